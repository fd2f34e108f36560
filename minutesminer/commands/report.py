"""`minutesminer report`: a page about a committee, to take to its meeting."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click

from minutesminer.commands.options import Date, database_option
from minutesminer.commands.output import STDOUT, write_file
from minutesminer.errors import UsageError


@click.command()
@click.option("--committee", required=True, help="The committees with this in their name, each on a page of its own.")
@click.option("--council", help="Only this council: its id, or part of its name.")
@click.option(
    "--since", type=Date(), help="Tell of answers from this date on.  [default: the last meeting before today]"
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=STDOUT,
    metavar="FILE",
    help="FILE.html, or FILE.pdf (printed by Chromium or Chrome); - is HTML on standard output.  [default: -]",
)
@database_option
def report(committee: str, council: str | None, since: str | None, out: Path, db: Path) -> None:
    """Write a page to take to the meeting: what is outstanding, and what was answered since the last one.

    It tells who promised or asked for what, when it is due and how long ago that was, what later items may have
    answered, and how much was asked for and answered by quarter. The file needs nothing else: it can be sent by e-mail,
    read on a telephone and printed on A4.
    """
    kind = out.suffix.lower()
    if out != STDOUT and kind not in (".html", ".htm", ".pdf"):
        raise UsageError(f"{out} is neither FILE.html nor FILE.pdf; a report is one of these")

    from minutesminer.explore.report import committee_reports
    from minutesminer.explore.report_page import report_page
    from minutesminer.explore.report_print import print_pdf
    from minutesminer.store import open_database

    today = datetime.now(timezone.utc).date()  # the day by which the database reckons ages
    with open_database(db) as database:
        reports = committee_reports(database, committee, council, since, today)
    content = report_page(reports, today)
    if kind == ".pdf":
        content = print_pdf(content, out.parent)
    write_file(out, content)
    if out != STDOUT:
        for one in reports:
            said = f"{one.place.committee}: {len(one.outstanding)} outstanding, {one.states['overdue']} overdue"
            click.echo(said, err=True)
        click.echo(f"Written: {out}", err=True)
