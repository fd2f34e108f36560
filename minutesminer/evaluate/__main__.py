"""`python -m minutesminer.evaluate GOLD FILES`: parse and mine files and score them, without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.compare import compare
from minutesminer.evaluate.gate import check, corpus_sha256, load_floors, pin_floors
from minutesminer.evaluate.gold import CLASSES, load_gold
from minutesminer.evaluate.mined import mine_files
from minutesminer.evaluate.report import as_json, as_text, differences_as_text
from minutesminer.evaluate.scores import Scores, differences_of, scores_of

_FOLDER = click.Path(exists=True, path_type=Path)


def gate(scores: Scores, folders: list[Path], floors: Path, name: str, pin: bool, reason: str) -> list[str]:
    """Record the scores as the floors of corpus `name`, or say why they do not pass the recorded ones."""
    sha256 = corpus_sha256(folders)
    if pin:
        pin_floors(floors, name, scores, sha256, reason)
        return []
    return check(scores, load_floors(floors).get(name, []), sha256)


@click.command()
@click.argument("gold", type=_FOLDER)
@click.argument("files", type=_FOLDER)
@click.option("--show", multiple=True, type=click.Choice([*CLASSES, "all"]), help="List what differs.")
@click.option("--slots", is_flag=True, help="Slot scores, and wrong slots among the differences.")
@click.option("--documents", is_flag=True, help="Scores of each document.")
@click.option("--only", default="", help="Only documents whose name holds this text.")
@click.option("--patterns", type=_FOLDER, help="Another folder of rules.")
@click.option("--json", "json_", is_flag=True, help="The scores as JSON.")
@click.option("--floors", type=click.Path(path_type=Path), help="Fail where a score is below these floors.")
@click.option("--name", default="corpus", show_default=True, help="The corpus's name in the floors file.")
@click.option("--pin", is_flag=True, help="Record the scores as the floors.")
@click.option("--reason", default="", help="Why a floor is lowered.")
def main(
    gold: Path,
    files: Path,
    show: tuple[str, ...],
    slots: bool,
    documents: bool,
    only: str,
    patterns: Path | None,
    json_: bool,
    floors: Path | None,
    name: str,
    pin: bool,
    reason: str,
) -> None:
    """Score the files under FILES against GOLD (a gold file or a folder of them)."""
    if pin and floors is None:
        raise click.UsageError("--pin needs --floors FILE")
    if only and floors is not None:
        raise click.UsageError("floors are for the whole corpus; leave --only out")
    try:
        annotated = [document for document in load_gold(gold) if only in document.document]
        matches = compare(annotated, mine_files(annotated, files, patterns))
        scores = scores_of(matches)
        failures = gate(scores, [gold, files], floors, name, pin, reason) if floors else []
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    if show:
        classes = CLASSES if "all" in show else show
        click.echo(differences_as_text(differences_of(matches), classes, slots))
    click.echo(json.dumps(as_json(scores), indent=1) if json_ else as_text(scores, slots, documents).rstrip())
    for failure in failures:
        click.echo(f"gate: {failure}", err=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
