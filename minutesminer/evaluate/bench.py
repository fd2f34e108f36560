"""How fast mining is, and what memory it takes: `python -m minutesminer.evaluate.bench [FOLDER ...]`, or `make bench`.

CPU time of mining all four classes, against spaCy's blank English tokenizer alone on the same text in the same
run. Every round makes both pipelines anew, and no text is read twice in a round. The ratio is what to quote: seconds
differ from machine to machine. It is for a run that has met most words before, as any but the first minutes do: what
rules know of a word is kept as long as the process. The second ratio is for rules that have met none.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import click
import spacy

import minutesminer.mine as mine
from minutesminer import resources
from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate import growth
from minutesminer.fetch import find
from minutesminer.mine.engine.ruleset import forget_rule_sets
from minutesminer.parse import parse


class Speed(NamedTuple):
    """CPU seconds of one round for `characters` of text: the blank tokenizer, mining, and mining with new rules."""

    characters: int
    tokenizer: float
    mining: float
    first: float


def texts_of(folders: Sequence[Path]) -> list[str]:
    """The distinct item texts of all readable minutes under `folders`."""
    texts: dict[str, None] = {}
    for source in find(folders).sources:
        document = parse(Path(source.path).read_bytes(), source.path, source.given)
        texts.update({item.text: None for item in document.items if item.text})
    return list(texts)


def round_of(texts: Sequence[str]) -> Speed:
    """One round over `texts`, each pipeline made anew before its clock starts."""
    blank = spacy.blank("en")
    forget_rule_sets()
    new, known = mine.load(), mine.load()
    return Speed(
        sum(map(len, texts)),
        tokenizer=_cpu(blank.make_doc, texts),
        first=_cpu(lambda text: mine.mine_text(new, text), texts),
        mining=_cpu(lambda text: mine.mine_text(known, text), texts),
    )


def _cpu(run: Callable[[str], object], texts: Sequence[str]) -> float:
    gc.collect()
    started = time.process_time()
    for text in texts:
        run(text)
    return time.process_time() - started


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--rounds", default=7, show_default=True, help="Rounds; the medians are printed.")
@click.option("--new-words", default=1_000_000, show_default=True, help="Distinct words to test memory with; 0: none.")
def main(folders: tuple[Path, ...], rounds: int, new_words: int) -> None:
    """Time mining on the minutes under FOLDERS (default: the packaged corpus), and see what memory it takes.

    Ends with exit code 1 where memory grows with the words met.
    """
    try:
        texts = texts_of(folders or (resources.folder("corpus"),))
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    round_of(texts)  # the first round pays for imports and the reading of the rules
    speeds = [round_of(texts) for _ in range(rounds)]
    characters = speeds[0].characters
    click.echo(f"{len(texts)} texts, {characters:,} characters, medians of {rounds} rounds")
    click.echo(f"blank tokenizer  {characters / median(s.tokenizer for s in speeds):12,.0f} characters per CPU-second")
    click.echo(f"mining           {characters / median(s.mining for s in speeds):12,.0f} characters per CPU-second")
    click.echo(
        f"ratio            {median(s.mining / s.tokenizer for s in speeds):12.2f} times the tokenizer's CPU time"
    )
    click.echo(
        f"                 {median(s.first / s.tokenizer for s in speeds):12.2f} times with every word new to the rules"
    )
    click.echo(f"memory           {growth.resident():12,.0f} MB resident at most")
    if not new_words:
        return
    grown = growth.grow(max(new_words // 500, 5))
    click.echo(f"growth           {grown.first:12,.0f} MB after {grown.words // 5:,} new words")
    click.echo(f"                 {grown.last:12,.0f} MB after {grown.words:,} new words")
    if not grown.bounded:
        limits = f"{growth.MOST_MEGABYTES:.0f} MB in all, {growth.MOST_GROWTH:.0f} MB of growth"
        click.echo(f"memory is not bounded: the limits are {limits}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
