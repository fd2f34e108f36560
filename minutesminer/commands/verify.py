"""`minutesminer verify`: is the database sound?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minutesminer.commands.options import database_option, printable


@click.command()
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    help="Check this archive of fetched pages instead: every byte kept, against its sha256.",
)
@database_option
def verify(archive: Path | None, db: Path) -> None:
    """Check every quote against its text, every reference, the file and the search indexes.

    Ends with exit code 1 where something is wrong.
    """
    if archive is not None:
        from minutesminer.fetch.archive_check import check_archive

        looked_at, wrong = check_archive(archive)
        click.echo(f"{looked_at:>9,} answers kept in {archive}: {f'{len(wrong):,} WRONG' if wrong else 'sound'}")
        for each in wrong:
            click.echo(f"          {printable(each)}")
        sys.exit(1 if wrong else 0)
    from minutesminer.errors import UsageError
    from minutesminer.store import open_database
    from minutesminer.store.verify import verify as verify_database

    # Opened for writing, an empty file would become a database that is sound.
    if not db.exists() or not db.stat().st_size:
        raise UsageError(f"there is no database {db}; make it with `minutesminer run --db {db}`")
    with open_database(db, write=True) as database:
        checks = verify_database(database)
    for check in checks:
        said = "sound" if not check.wrong else f"{check.wrong:,} WRONG"
        click.echo(f"{check.looked_at:>9,} {check.name}: {said}")
        for example in check.examples:
            click.echo(f"          {printable(example)}")
    if any(check.wrong for check in checks):
        sys.exit(1)
