"""What is measured of the whole program, kept in a file from which `docs/how-good.md` is printed.

    python -m minutesminer.evaluate.how_good --record docs/scores.json

measures and writes the file; without `--record` the page is printed. The annotated documents that may not be given
away lie beside some checkouts only; where they do not, what was recorded of them before stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from minutesminer import resources
from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate import hard, measure_mapping
from minutesminer.evaluate.compare import compare
from minutesminer.evaluate.follow_through import FILE as STORY
from minutesminer.evaluate.follow_through import score_story
from minutesminer.evaluate.gold import load_gold
from minutesminer.evaluate.how_good_page import page
from minutesminer.evaluate.mined import mine_files
from minutesminer.evaluate.scores import Scores, Tally, scores_of
from minutesminer.evaluate.sets import GoldSet, held_out_sets, packaged_sets, shared_sets
from minutesminer.link.catalogue import load_catalogue

Measured = dict[str, Any]


def measured(before: Mapping[str, Any]) -> Measured:
    """Everything measured anew: by set, of evidence, of measures and of hard sentences, as plain values.

    Of a set that is not at hand, what `before` has stays. Raises GoldError for broken gold.
    """
    sets = [*packaged_sets(), *held_out_sets(), *shared_sets()]
    stories = [one for one in sets if (one.files / STORY).is_file()]
    return {
        "sets": {**before.get("sets", {}), **{one.name: set_scores(one) for one in sets}},
        "evidence": {one.name: _evidence(one.files) for one in stories},
        "measures": mappings(),
        "hard": hard_sentences(),
    }


def set_scores(one: GoldSet) -> Measured:
    """The counts by class and by kind, and the agreement of the slots, of an annotated set."""
    annotated = load_gold(one.gold)
    return as_counts(scores_of(compare(annotated, mine_files(annotated, one.files))))


def as_counts(scores: Scores) -> Measured:
    """Scores as they are kept: counts, from which every share can be had again, and slots to three digits."""
    return {
        "documents": len(scores.documents),
        "classes": {class_: asdict(tally) for class_, tally in scores.classes.items()},
        "kinds": {kind: asdict(tally) for kind, tally in scores.kinds.items()},
        "slots": {
            class_: {slot: round(share, 3) for slot, share in slots.items()} for class_, slots in scores.slots.items()
        },
    }


def _evidence(folder: Path) -> Measured:
    linked, story = score_story(folder)
    return {"requests": len(story.requests), **asdict(linked)}


def mappings() -> Measured:
    """How the annotated wordings of figures are joined to the catalogue, by file."""
    catalogue = load_catalogue(resources.folder("patterns"))
    found = {}
    for path in _test_files("link/measure_gold", "*.yaml"):
        mapping = measure_mapping.judge(catalogue, measure_mapping.load_wordings(path, catalogue))
        found[path.stem] = {name: getattr(mapping, name) for name in ("wordings", "measured", "joined", "right")}
    return {"catalogued": len(catalogue.measures), "files": found}


def hard_sentences() -> Measured:
    """How many of the hard sentences come out right, and their records counted, by file."""
    found = {}
    for path in _test_files("hard", "*.json"):
        verdicts = hard.judge(hard.load_cases(path))
        tally = Tally()
        for verdict in verdicts:
            tally.add(verdict.tally)
        found[path.stem] = {"cases": len(verdicts), "passed": sum(one.passed for one in verdicts), **asdict(tally)}
    return found


def _test_files(folder: str, pattern: str) -> Iterable[Path]:
    checkout = resources.checkout()
    return sorted((checkout / "tests" / folder).glob(pattern)) if checkout else ()


@click.command()
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), help="Write what is measured to this file.")
def main(record: Path | None) -> None:
    """Measure all there is to measure, and print the page or record the numbers."""
    try:
        known = json.loads(record.read_text(encoding="utf-8")) if record is not None and record.exists() else {}
        found = measured(known)
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    if record is None:
        click.echo(page(found), nl=False)
        return
    record.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"recorded in {record}; `make docs` prints the page anew")


if __name__ == "__main__":
    main()
