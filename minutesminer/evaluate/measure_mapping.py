"""Are wordings joined to the right measures? `python -m minutesminer.evaluate.measure_mapping FILE ...`

A file is a YAML list of wordings with kind, unit and the id of their measure, as said in
`tests/link/measure_gold/README.md`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from minutesminer import resources
from minutesminer.errors import MinutesMinerError, RuleError
from minutesminer.evaluate.gold import KINDS, GoldError
from minutesminer.link.catalogue import Catalogue, load_catalogue
from minutesminer.link.measures import match_measure
from minutesminer.yaml_files import read_yaml

_KEYS = ("wording", "kind", "unit", "measure")


@dataclass(frozen=True, slots=True)
class Wording:
    """One annotated wording. `measures` are the ids that are right; none where it is of no measure."""

    text: str
    kind: str
    unit: str | None
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wording that was joined to a measure it is not of, or to none although it has one."""

    wording: Wording
    found: str | None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the wordings of a file were joined: `joined` of `measured` that have a measure, `right` of them rightly."""

    wordings: int
    measured: int
    joined: int
    right: int
    mistakes: tuple[Mistake, ...]

    @property
    def precision(self) -> float | None:
        """Share of the joined that are right; None where nothing is joined."""
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """Share of the wordings with a measure that are joined to it; None where there are none."""
        return self.right / self.measured if self.measured else None


def load_wordings(path: Path, catalogue: Catalogue) -> list[Wording]:
    """Read a file of annotated wordings.

    Raises GoldError, naming file and place, for what the format does not allow: another key, an unknown kind or
    measure, a wording that stands there twice with the same kind and unit.
    """
    try:
        entries = read_yaml(path)
    except (RuleError, OSError) as error:
        raise GoldError(str(error)) from error
    if not isinstance(entries, list):
        raise GoldError(f"{path}: a file of wordings is a list of entries")
    known = {measure.id for measure in catalogue.measures}
    wordings = [_wording(f"{path}: entry {number}", entry, known) for number, entry in enumerate(entries, start=1)]
    seen: set[tuple[str, str, str | None]] = set()
    for number, wording in enumerate(wordings, start=1):
        key = (wording.text.casefold(), wording.kind, wording.unit)
        if key in seen:
            raise GoldError(f"{path}: entry {number}: this wording, kind and unit stand there already")
        seen.add(key)
    return wordings


def judge(catalogue: Catalogue, wordings: Sequence[Wording]) -> Mapping:
    """Join each wording to a measure, as the link stage does with a figure's own wording, and count."""
    joined = right = 0
    mistakes = []
    for wording in wordings:
        match = match_measure(catalogue, wording.text, wording.kind, wording.unit)
        found = match.id if match is not None else None
        joined += found is not None
        right += found in wording.measures
        if found not in (wording.measures or (None,)):
            mistakes.append(Mistake(wording, found))
    return Mapping(len(wordings), sum(bool(one.measures) for one in wordings), joined, right, tuple(mistakes))


def as_text(name: str, mapping: Mapping, show: bool = False) -> str:
    """The counts and shares in a line, and with `show` a line for each mistake."""
    shares = ", ".join(
        f"{called} {share:.3f}" if share is not None else f"{called} -"
        for called, share in (("precision", mapping.precision), ("recall", mapping.recall))
    )
    lines = [
        f"{name}: {mapping.wordings} wordings, {mapping.measured} with a measure, {mapping.joined} joined, "
        f"{mapping.right} rightly: {shares}"
    ]
    for one in mapping.mistakes if show else ():
        right = " or ".join(one.wording.measures) or "none"
        unit = f", {one.wording.unit}" if one.wording.unit else ""
        lines.append(f"  {one.wording.text} ({one.wording.kind}{unit}): {one.found or 'none'}, not {right}")
    return "\n".join(lines) + "\n"


def _wording(where: str, entry: Any, known: set[str]) -> Wording:
    if not isinstance(entry, dict) or set(entry) != set(_KEYS):
        raise GoldError(f"{where}: a wording is a mapping with the keys {', '.join(_KEYS)}")
    text, kind, unit, measure = (entry[key] for key in _KEYS)
    if not isinstance(text, str) or not text.strip():
        raise GoldError(f"{where}: 'wording' must be text")
    if kind not in KINDS:
        raise GoldError(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}")
    if unit is not None and not isinstance(unit, str):
        raise GoldError(f"{where}: 'unit' must be text or null")
    measures = [] if measure is None else measure if isinstance(measure, list) else [measure]
    for id_ in measures:
        if id_ not in known:
            raise GoldError(f"{where}: the catalogue has no measure {id_!r}; `minutesminer measures list` has them all")
    return Wording(text, kind, unit, tuple(measures))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--show", is_flag=True, help="List what went wrong (not for files that are to stay unread).")
@click.option("--patterns", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Other rules.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(files: tuple[Path, ...], show: bool, patterns: Path | None, as_json: bool) -> None:
    """Say how many of the wordings in FILES are joined to the measure they are of."""
    told = []
    try:
        catalogue = load_catalogue(patterns or resources.folder("patterns"))
        for path in files:
            mapping = judge(catalogue, load_wordings(path, catalogue))
            counts = {name: getattr(mapping, name) for name in ("wordings", "measured", "joined", "right")}
            told.append({"file": str(path), **counts, "precision": mapping.precision, "recall": mapping.recall})
            if not as_json:
                click.echo(as_text(path.name, mapping, show), nl=False)
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
