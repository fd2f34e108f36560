"""`minutesminer evaluate`: what was found, scored against hand-made annotation, or probed where there is none."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutesminer.commands.options import as_csv_text, database_option, patterns_option, printable

if TYPE_CHECKING:
    from minutesminer.evaluate import GoldDocument, PredictedDocument

_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("gold", type=_PATH, required=False)
@click.option("--files", type=_PATH, help="Read and mine the files in this folder instead of using the database.")
@click.option("--slots", is_flag=True, help="Scores of the fields of what was found.")
@click.option("--documents", is_flag=True, help="Scores of each document.")
@click.option("--by", type=click.Choice(["council"]), help="F1 of each class by council.")
@click.option("--probe", is_flag=True, help="Look for what may have been missed with loose probes; needs no GOLD.")
@click.option("--show", is_flag=True, help="List what was missed and is spurious, or what the probes hit uncovered.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print what the probes hit uncovered as CSV.")
@click.option("--floors", type=click.Path(dir_okay=False, path_type=Path), help="Fail where a score is below these.")
@click.option("--name", default="corpus", show_default=True, help="The corpus's name in the file of floors.")
@patterns_option
@database_option
def evaluate(
    gold: Path | None,
    files: Path | None,
    slots: bool,
    documents: bool,
    by: str | None,
    probe: bool,
    show: bool,
    as_json: bool,
    as_csv: bool,
    floors: Path | None,
    name: str,
    patterns: Path | None,
    db: Path,
) -> None:
    """Score the documents annotated in GOLD, a file or folder of gold JSON.

    Precision, recall and F1 by class, over what `minutesminer run` stored in the database, or over
    --files. With --floors, exit code 1 says that a score has fallen.

    With --probe, loose patterns hit nearly all that a record could stand in, and what no record covers
    is counted: a hint at what was missed. With GOLD too, it says how much of that was missed indeed.
    """
    if as_csv and (as_json or not probe):
        raise click.UsageError("--csv goes with --probe, and not with --json")
    if probe and (slots or documents or by or floors is not None):
        raise click.UsageError("--slots, --documents, --by and --floors are for scores; leave them or --probe out")
    if gold is None and (files is not None or not probe):
        raise click.UsageError("Missing argument 'GOLD': a file or folder of gold JSON; only --probe needs none")
    if probe:
        _probe(gold, files, patterns, db, show, as_json, as_csv)
        return
    if patterns is not None and files is None:
        raise click.UsageError("--patterns needs --files or --probe: what the database holds is mined already")
    from minutesminer.evaluate.compare import compare
    from minutesminer.evaluate.report import as_json as scores_as_json
    from minutesminer.evaluate.report import as_text, differences_as_text, groups_as_json, groups_as_text
    from minutesminer.evaluate.scores import by_group, differences_of, scores_of
    from minutesminer.evaluate.sets import council_of

    annotated, predicted = _read(gold, files, patterns, db)
    matches = compare(annotated, predicted)
    scores = scores_of(matches)
    councils = by_group(scores, {document.document: council_of(document) for document in annotated})
    if show:
        click.echo(differences_as_text(differences_of(matches), slots=slots), err=as_json)
    if as_json:
        told = scores_as_json(scores) | ({"councils": groups_as_json(councils)} if by else {})
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif by:
        rows = [("all", scores.classes), *councils.items()]
        click.echo(groups_as_text("F1 by council, and the number of annotated records", rows), nl=False)
    else:
        click.echo(as_text(scores, slots, documents), nl=False)
    if floors is None or gold is None:
        return
    from minutesminer.evaluate.gate import check, corpus_sha256, load_floors

    failures = check(scores, load_floors(floors).get(name, []), corpus_sha256([gold, files or gold]))
    for failure in failures:
        click.echo(f"below the floor: {failure}", err=True)
    if failures:
        sys.exit(1)


def _read(
    gold: Path | None, files: Path | None, patterns: Path | None, db: Path
) -> tuple[list[GoldDocument], list[PredictedDocument]]:
    """The annotated documents, and what was found in them: in the database, or in the files mined now."""
    from minutesminer.evaluate import load_gold, predictions_from_db
    from minutesminer.evaluate.mined import mine_files

    annotated = load_gold(gold) if gold is not None else []
    if files is not None:
        return annotated, mine_files(annotated, files, patterns)
    return annotated, list(predictions_from_db(db).values())


def _probe(
    gold: Path | None, files: Path | None, patterns: Path | None, db: Path, show: bool, as_json: bool, as_csv: bool
) -> None:
    from minutesminer.evaluate.probe import items_from_db, probe_items, unfound_gold
    from minutesminer.evaluate.probe_report import FIELDS, rows
    from minutesminer.evaluate.probe_report import as_json as probing_as_json
    from minutesminer.evaluate.probe_report import as_text as probing_as_text

    if gold is None:
        probing = probe_items(items_from_db(db), patterns)
    else:
        items, unfound = unfound_gold(*_read(gold, files, patterns, db))
        probing = probe_items(items, patterns, unfound)
    if as_json:
        click.echo(json.dumps(probing_as_json(probing), ensure_ascii=False, indent=2))
    elif as_csv:
        click.echo(as_csv_text(rows(probing), FIELDS), nl=False)
    else:
        for line in probing_as_text(probing, show).splitlines():
            click.echo(_steady(line))


def _steady(line: str) -> str:
    """The line with its indent, and without what would steer the terminal."""
    return line if line.isprintable() else printable(line)
