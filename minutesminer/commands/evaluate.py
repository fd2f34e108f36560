"""`minutesminer evaluate`: what was found, scored against hand-made annotation."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from minutesminer.commands.options import database_option, patterns_option

_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("gold", type=_PATH)
@click.option("--files", type=_PATH, help="Read and mine the files in this folder instead of using the database.")
@click.option("--slots", is_flag=True, help="Scores of the fields of what was found.")
@click.option("--documents", is_flag=True, help="Scores of each document.")
@click.option("--show", is_flag=True, help="List what was missed and what is spurious.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--floors", type=click.Path(dir_okay=False, path_type=Path), help="Fail where a score is below these.")
@click.option("--name", default="corpus", show_default=True, help="The corpus's name in the file of floors.")
@patterns_option
@database_option
def evaluate(
    gold: Path,
    files: Path | None,
    slots: bool,
    documents: bool,
    show: bool,
    as_json: bool,
    floors: Path | None,
    name: str,
    patterns: Path | None,
    db: Path,
) -> None:
    """Score the documents annotated in GOLD, a file or folder of gold JSON.

    Precision, recall and F1 by class, over what `minutesminer run` stored in the database, or over
    --files. With --floors, exit code 1 says that a score has fallen.
    """
    from minutesminer.evaluate import load_gold, predictions_from_db
    from minutesminer.evaluate.compare import compare
    from minutesminer.evaluate.gate import check, corpus_sha256, load_floors
    from minutesminer.evaluate.mined import mine_files
    from minutesminer.evaluate.report import as_json as scores_as_json
    from minutesminer.evaluate.report import as_text, differences_as_text
    from minutesminer.evaluate.scores import differences_of, scores_of

    if patterns is not None and files is None:
        raise click.UsageError("--patterns needs --files: what the database holds is mined already")
    annotated = load_gold(gold)
    predicted = predictions_from_db(db) if files is None else mine_files(annotated, files, patterns)
    matches = compare(annotated, predicted)
    scores = scores_of(matches)
    if show:
        click.echo(differences_as_text(differences_of(matches), slots=slots), err=as_json)
    if as_json:
        click.echo(json.dumps(scores_as_json(scores), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(scores, slots, documents), nl=False)
    if floors is None:
        return
    failures = check(scores, load_floors(floors).get(name, []), corpus_sha256([gold, files or gold]))
    for failure in failures:
        click.echo(f"below the floor: {failure}", err=True)
    if failures:
        sys.exit(1)
