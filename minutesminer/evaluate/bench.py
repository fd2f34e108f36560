"""How fast mining is: `python -m minutesminer.evaluate.bench [FOLDER ...]`, or `make bench`.

CPU time of mining all four classes, against spaCy's blank English tokenizer alone on the same text in the same
run. Every round starts both anew, so that no word is known beforehand, and no text is read twice in a round. The ratio
is what to quote: seconds differ from machine to machine.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import click
import spacy

from minutesminer import mine, resources
from minutesminer.errors import MinutesMinerError
from minutesminer.fetch import find
from minutesminer.parse import parse


class Speed(NamedTuple):
    """CPU seconds of one round for `characters` of text, by the blank tokenizer and by mining."""

    characters: int
    tokenizer: float
    mining: float


def texts_of(folders: Sequence[Path]) -> list[str]:
    """The distinct item texts of all readable minutes under `folders`."""
    texts: dict[str, None] = {}
    for source in find(folders).sources:
        document = parse(Path(source.path).read_bytes(), source.path, source.given)
        texts.update({item.text: None for item in document.items if item.text})
    return list(texts)


def round_of(texts: Sequence[str]) -> Speed:
    """One round over `texts`, each pipeline made anew before its clock starts."""
    blank, nlp = spacy.blank("en"), mine.load()
    return Speed(
        sum(map(len, texts)),
        _cpu(blank.make_doc, texts),
        _cpu(lambda text: mine.mine_text(nlp, text), texts),
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
def main(folders: tuple[Path, ...], rounds: int) -> None:
    """Time mining on the minutes under FOLDERS (default: the packaged corpus)."""
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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    click.echo(f"memory           {peak:12,.0f} MB resident at most")


if __name__ == "__main__":
    main()
