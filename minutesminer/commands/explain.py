"""`minutesminer explain`: what is found in a text, and by which rule."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click

from minutesminer.commands.options import CONTROLS, patterns_option
from minutesminer.errors import UsageError


@click.command()
@click.argument("text")
@click.option("--html", "as_html", is_flag=True, help="Print a page with every record marked in place.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@patterns_option
def explain(text: str, as_html: bool, as_json: bool, patterns: Path | None) -> None:
    """Show the records found in TEXT (- reads standard input) and the rule behind each."""
    if as_html and as_json:
        raise click.UsageError("--html and --json exclude each other")
    from minutesminer.api import mine
    from minutesminer.explore import explain as rendering

    given = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    if not given.strip():
        raise UsageError('there is no text to explain; give some, as in `minutesminer explain "It rose to 95%."`')
    ((item, records),) = mine(given, patterns=patterns).by_item()
    if as_json:
        click.echo(json.dumps({"text": item.text, **dataclasses.asdict(records)}, ensure_ascii=False, indent=2))
    elif as_html:
        click.echo(rendering.as_html(item.text, records), nl=False)
    else:
        from rich.console import Console

        Console(highlight=False).print(CONTROLS.sub("", rendering.as_text(item.text, records)))
