"""Weights of what speaks for a later item, fitted to stories whose annotation says which items are about which request.

    python -m minutesminer.evaluate.link_weights corpus/follow_through tests/held_out/d ... --write

Prints how well each story is told by weights that were fitted without it, and with `--write` puts the weights of all
together into `patterns/evidence/item_weights.yaml`. Stories that are kept to measure the linking are not given.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from sqlite_utils import Database

from minutesminer import resources
from minutesminer.evaluate.follow_through import Story, by_council, opened_story
from minutesminer.link.evidence import LIKELY
from minutesminer.link.fit import best_fit
from minutesminer.link.later import OF_REQUESTS
from minutesminer.link.likely import FILE, SIGNS, signs
from minutesminer.link.wanted import all_wanted

POSSIBLE = 0.1  # of the score of a place: what is below tells nothing
_STEPS = 3000
_RATE = 1.0
_KEPT_SMALL = 0.002  # what large weights cost

_ABOUT = """\
# What each sign that a later item, which is no list of requests, is about a request is worth, in log odds; what the
# signs are is told in `minutesminer.link.likely`. Fitted to annotated stories:
# python -m minutesminer.evaluate.link_weights STORY ... --write
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a later item that shares words with it: the story, the signs in their order, and the annotation."""

    story: str
    signs: tuple[float, ...]
    about: bool


def pairs_of(folder: Path) -> list[Pair]:
    """The pairs of a story; an item in which the request is only made again is in none."""
    with opened_story(folder) as (story, db):
        return list(_pairs(folder.name, story, db))


def _pairs(name: str, story: Story, db: Database) -> Iterator[Pair]:
    for requests, council in by_council(story, db):
        for wanted in all_wanted(requests, council):
            request = wanted.request
            for index, item in enumerate(council.items):
                says = story.says[request.id].get(item.id)
                if item.date <= request.date or item.kind in OF_REQUESTS or says == "again" or not wanted.whole:
                    continue
                fit = best_fit(index, wanted, council, wanted.whole, POSSIBLE)
                if fit is not None:
                    yield Pair(name, tuple(signs(index, wanted, council, fit).values()), says is not None)


def fit_weights(pairs: Sequence[Pair]) -> list[float]:
    """The bias and the weight of each sign that make the annotation likeliest, large weights held down."""
    size = len(SIGNS) + 1
    weights = [0.0] * size
    rows = [(1.0, *pair.signs) for pair in pairs]
    for _ in range(_STEPS):
        slope = [_KEPT_SMALL * weight for weight in weights]
        slope[0] = 0.0
        for row, pair in zip(rows, pairs, strict=True):
            missed = _chance(weights, row) - pair.about
            for at, value in enumerate(row):
                slope[at] += missed * value / len(rows)
        weights = [weight - _RATE * down for weight, down in zip(weights, slope, strict=True)]
        if max(map(abs, slope)) < 1e-5:
            break
    return weights


def _chance(weights: Sequence[float], row: Sequence[float]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(weight * value for weight, value in zip(weights, row, strict=True))))


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Put the weights into the file of patterns.")
def main(folders: Sequence[Path], write: bool) -> None:
    """Fit the weights to the stories in FOLDERS."""
    pairs = [pair for folder in folders for pair in pairs_of(folder)]
    for folder in folders:
        weights = fit_weights([pair for pair in pairs if pair.story != folder.name])
        left_out = [pair for pair in pairs if pair.story == folder.name]
        likely = [pair for pair in left_out if _chance(weights, (1.0, *pair.signs)) >= LIKELY]
        right = sum(pair.about for pair in likely)
        about = sum(pair.about for pair in left_out)
        said = f"{len(likely)} items likely, {right} of them about the request, of {about}"
        click.echo(f"{folder.name}, fitted without it: {said}")
    weights = fit_weights(pairs)
    text = _ABOUT + "".join(f"{sign}: {weight:.2f}\n" for sign, weight in zip(("bias", *SIGNS), weights, strict=True))
    if write:
        (resources.folder("patterns") / "evidence" / FILE).write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
