"""`minutesminer fetch`: from a council's name to its archived minutes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer.cli import EPILOG
from minutesminer.commands.fetching import Asked, exit_code, fetching_options, gather
from minutesminer.commands.options import database_option
from minutesminer.errors import UsageError
from minutesminer.fetch.files import STDIN

if TYPE_CHECKING:
    from minutesminer.fetch.crawl import Gathered


@click.command(epilog=EPILOG)
@click.argument("councils", nargs=-1, required=True)
@click.option(
    "--committee",
    "committees",
    multiple=True,
    metavar="WORDS",
    help="Committees that have all WORDS in their name, as they begin there; may be given again.",
)
@click.option("--all-committees", "every", is_flag=True, help="All committees, and not only those that scrutinise.")
@fetching_options
@click.option("--page", "pages", multiple=True, metavar="ADDRESS", help="A page with links to the council's minutes.")
@click.option(
    "--addresses",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="A file with an address of a document or a page of links on each line; - is standard input.",
)
@click.option("--root", metavar="ADDRESS", help="Where the council's site is, if it is not where the register says.")
@click.option("--platform", type=click.Choice(["moderngov", "cmis", "custom"]), help="What its site is run by.")
@click.option("--own-host", "own_hosts", multiple=True, metavar="HOST", help="Another host that is the council's own.")
@database_option
def fetch(
    councils: tuple[str, ...],
    committees: tuple[str, ...],
    every: bool,
    pages: tuple[str, ...],
    addresses: Path | None,
    root: str | None,
    platform: str | None,
    own_hosts: tuple[str, ...],
    sites: Path | None,
    db: Path,
    **options: Any,
) -> None:
    """Fetch the minutes of COUNCILS from their own sites into an archive.

    COUNCILS are names or three-letter codes. Without --committee, those of the scrutiny committees are fetched. A
    site is asked for one thing at a time, slowly, where its robots.txt allows it, and councils side by side. Asked
    again, only what is new, may have changed or failed is fetched. What came of it is told, and stored in the
    database; `minutesminer run ARCHIVE` reads the minutes.
    """
    from minutesminer import store
    from minutesminer.fetch.fetched import from_archive
    from minutesminer.fetch.sites import sites_of

    named = (*pages, *_lines(addresses))
    asked = Asked(committees, every, **options)
    found = sites_of(councils, root=root, platform=platform, own_hosts=own_hosts, addresses=named, table=sites)

    def take_in(gathered: Gathered) -> None:
        from minutesminer.run import save_fetched  # loads spaCy, which no request needs to wait for

        known = from_archive(asked.archive, [site.council_id for site in found])
        with store.open_database(db, write=True) as database:
            save_fetched(database, known)

    gathered = gather(asked, found, take_in)
    if any(meeting.outcome == "ok" for visit in gathered.visits for meeting in visit.meetings):
        where = f"{shlex.quote(str(asked.archive))} --db {shlex.quote(str(db))}"
        click.echo(f"Next: minutesminer run {where}")
    sys.exit(exit_code(gathered))


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        text = sys.stdin.read() if str(path) == STDIN else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list of addresses {path} cannot be read ({error}); save it as text in UTF-8") from error
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
