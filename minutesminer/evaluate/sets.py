"""The annotated sets that lie in the tree or beside it, and one table of scores over all of them.

`python -m minutesminer.evaluate.sets` prints F1 of every class by set and by council, and never a text: some of
the sets are kept unread by those who write the rules.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import click

from minutesminer import resources
from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.compare import compare
from minutesminer.evaluate.gold import GoldDocument, load_gold
from minutesminer.evaluate.mined import mine_files
from minutesminer.evaluate.report import groups_as_json, groups_as_text
from minutesminer.evaluate.scores import Tally, by_group, scores_of


@dataclass(frozen=True, slots=True)
class GoldSet:
    """An annotated set: its name, the folder of its gold, and the folder of the files."""

    name: str
    gold: Path
    files: Path


def packaged_sets() -> list[GoldSet]:
    """The parts of the corpus, which travel with the program."""
    corpus = resources.folder("corpus")
    folders = sorted(path.parent for path in corpus.glob("*/gold"))
    return [GoldSet(f"corpus/{folder.name}", folder, folder) for folder in folders]


def held_out_sets() -> list[GoldSet]:
    """The held-out sets of a checkout; none where the program is installed."""
    checkout = resources.checkout()
    folders = sorted(path.parent for path in (checkout / "tests" / "held_out").glob("*/gold")) if checkout else []
    return [GoldSet(f"held_out/{folder.name}", folder, folder) for folder in folders]


def shared_sets() -> list[GoldSet]:
    """Annotated real documents that may not be given away, where they lie beside a checkout."""
    checkout = resources.checkout()
    if checkout is None:
        return []
    shared = Path(os.environ.get("MINUTESMINER_SHARED") or checkout.parent / "shared")
    pairs = (("gold", "seeds"), ("gold_fixtures", "fixtures"))
    return [GoldSet(gold, shared / gold, shared / files) for gold, files in pairs if (shared / gold).is_dir()]


def council_of(document: GoldDocument) -> str:
    """The council by which a gold document is grouped, or its own name where it states none."""
    return document.council or document.document.rpartition(".")[0] or document.document


def scores_by_council(sets: list[GoldSet], patterns: Path | None = None) -> dict[str, dict[str, dict[str, Tally]]]:
    """The tallies by set, by council (`""` is the whole set) and by class."""
    result = {}
    for one in sets:
        annotated = load_gold(one.gold)
        scores = scores_of(compare(annotated, mine_files(annotated, one.files, patterns)))
        groups = {document.document: council_of(document) for document in annotated}
        result[one.name] = {"": dict(scores.classes), **by_group(scores, groups)}
    return result


@click.command()
@click.option("--patterns", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other rules.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(patterns: Path | None, as_json: bool) -> None:
    """Score every annotated set that is there, by set and by council."""
    try:
        tallies = scores_by_council([*packaged_sets(), *held_out_sets(), *shared_sets()], patterns)
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        told = {name: groups_as_json(groups) for name, groups in tallies.items()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    rows = [
        (f"  {council}" if council else name, classes)
        for name, groups in tallies.items()
        for council, classes in groups.items()
    ]
    click.echo(groups_as_text("F1 by set and council", rows), nl=False)


if __name__ == "__main__":
    main()
