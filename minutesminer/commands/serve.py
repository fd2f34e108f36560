"""`minutesminer serve`: the local website."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minutesminer.commands.options import database_option


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--open/--no-open", "open_", default=None, help="Open a browser.  [default: from a terminal, yes]")
@database_option
def serve(port: int, open_: bool | None, db: Path) -> None:
    """Explore the database in a browser. The site answers on this machine only and never changes the database.

    Officers with an account (`minutesminer officers add`) can say there what became of an action or follow-up.
    """
    from minutesminer import explore

    def ready(address: str) -> None:
        click.echo(f"Serving {db} at {address} (Ctrl+C ends it)", err=True)

    explore.serve(db, port, sys.stdout.isatty() if open_ is None else open_, ready)
