"""Single hard sentences, each with what must come out of it and what must not.

`python -m minutesminer.evaluate.hard FILE ...` mines and judges them.
A file is a JSON list of objects:

- `id`, `class` (`metrics`, `resolutions`, `actions`, `follow_ups`) and `construction` (what is hard about it);
- `text`: the sentence; `context`: text that stands before it, if any, as a line of its own;
- `must`: records that have to be found, each with `class` (the case's own if left out), `quote`, the slots that decide
  a match (`kind` and `value` of a metric) and, under `slots`, those that have to agree;
- `must_not`: records that may not come out, each with `class` and `quote` (null: none of that class);
- `optional`: records that may or may not come out, as in `must`;
- `complete`: true where no other record of any class may come out; else none of the case's own class may, but for
  planned actions, which are always optional in gold.

A record is found where it matches as gold does: quotes that overlap by half of the shorter one's words, and for metrics
equal kind and value. Text slots agree where they have the same words, whatever their case and articles.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutesminer.errors import MinutesMinerError
from minutesminer.evaluate.compare import ClassMatch, compare
from minutesminer.evaluate.gold import CLASSES, GoldDocument, GoldError, GoldRecord, RecordClass, gold_record
from minutesminer.evaluate.places import Place, bones_of, locate, overlap
from minutesminer.evaluate.predictions import PredictedDocument
from minutesminer.evaluate.scores import Tally
from minutesminer.evaluate.slots import agreement
from minutesminer.models import Action, ItemRecords, Record

if TYPE_CHECKING:
    from spacy.language import Language

_KEYS = {"id", "class", "construction", "text", "context", "must", "must_not", "optional", "complete", "why"}
_ENOUGH = 0.5


@dataclass(slots=True)
class Case:
    """One hard sentence. `slots` has, parallel to `must`, the slots of each record that have to agree."""

    id: str
    class_: RecordClass
    construction: str
    text: str
    start: int  # where the sentence starts, after its context
    must: list[GoldRecord] = field(default_factory=list)
    slots: list[tuple[str, ...]] = field(default_factory=list)
    optional: list[GoldRecord] = field(default_factory=list)
    must_not: list[tuple[RecordClass, str | None]] = field(default_factory=list)
    complete: bool = False


@dataclass(slots=True)
class Verdict:
    """What became of a case: why it fails (empty where it passes), and its records counted."""

    case: Case
    failures: list[str]
    tally: Tally

    @property
    def passed(self) -> bool:
        """Whether all that must comes out, and nothing that must not."""
        return not self.failures


def load_cases(path: Path) -> list[Case]:
    """Read a file of cases. Raises GoldError, naming file and case, for what the format does not allow."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(data, list):
        raise GoldError(f"{path}: a file of hard sentences is a list of cases")
    cases = [_case(path, raw) for raw in data]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise GoldError(f"{path}: the id {case.id!r} is given twice; give each case its own")
        seen.add(case.id)
    return cases


def judge(cases: Iterable[Case], nlp: Language | None = None) -> list[Verdict]:
    """Mine every case's text and say what became of it."""
    import minutesminer.mine as mine

    pipeline = nlp if nlp is not None else mine.load()
    return [verdict(case, mine.mine_text(pipeline, case.text)) for case in cases]


def verdict(case: Case, records: ItemRecords) -> Verdict:
    """The verdict on a case, given the records mined from its text."""
    found = _from(case.start, records)
    gold = GoldDocument(case.id, Path(case.id), records={class_: [] for class_ in CLASSES})
    for record in [*case.must, *case.optional]:
        gold.records[record.class_].append(record)
    (match,) = compare([gold], [PredictedDocument(case.id, [(case.text, found)])])
    failures: list[str] = []
    tally = Tally()
    for class_, matched in match.classes.items():
        spurious = [record for record in matched.spurious if case.complete or _counts(case, class_, record)]
        failures += [f"missed {class_}: {record.quote!r}" for record in matched.missing]
        failures += _wrong_slots(case, matched)
        failures += [f"spurious {class_}: {record.quote!r} by {record.rule}" for record in spurious]
        tally.add(Tally(len(matched.pairs), len(matched.missing), len(spurious)))
    for class_, quote in case.must_not:
        failures += [f"must not be {class_}: {one.quote!r} by {one.rule}" for one in _at(case, found, class_, quote)]
    return Verdict(case, failures, tally)


def as_text(verdicts: Sequence[Verdict], show: bool = False) -> str:
    """Share of cases passed and F1 of records, by class and by construction; with `show` why cases fail."""
    lines = _table("By class", ((verdict.case.class_, verdict) for verdict in verdicts))
    lines += ["", *_table("By construction", ((_construction(verdict.case), verdict) for verdict in verdicts))]
    lines += ["", *_table("", (("all", verdict) for verdict in verdicts))[1:]]
    if show:
        for failed in (verdict for verdict in verdicts if not verdict.passed):
            lines += ["", f"{failed.case.id}: {_construction(failed.case)}", f"    {failed.case.text}"]
            lines += [f"  {failure}" for failure in failed.failures]
    return "\n".join(lines) + "\n"


def as_json(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The shares as plain values, by class and by construction, and the ids of the cases that fail."""
    by_class = {class_: [one for one in verdicts if one.case.class_ == class_] for class_ in CLASSES}
    names = sorted({_construction(one.case) for one in verdicts})
    by_construction = {name: [one for one in verdicts if _construction(one.case) == name] for name in names}
    return {
        "all": _row(verdicts),
        "classes": {class_: _row(those) for class_, those in by_class.items() if those},
        "constructions": {name: _row(those) for name, those in by_construction.items()},
        "failed": [one.case.id for one in verdicts if not one.passed],
    }


def _case(path: Path, raw: Any) -> Case:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        raise GoldError(f"{path}: every case is an object with an id, which is text")
    where = f"case {raw['id']!r}"
    unknown, missing = set(raw) - _KEYS, {"class", "construction", "text"} - set(raw)
    if unknown or missing:
        wrong = f"unknown key {min(unknown)!r}" if unknown else f"key {min(missing)!r} is missing"
        raise GoldError(f"{path}: {where}: {wrong}; keys are {', '.join(sorted(_KEYS))}")
    class_ = _class(path, where, raw["class"])
    context = raw.get("context")
    before = f"{context.rstrip()}\n" if context else ""
    case = Case(raw["id"], class_, raw["construction"], before + raw["text"], len(before))
    case.complete = raw.get("complete", False)
    for wanted in raw.get("must") or []:
        record, slots = _wanted(path, where, class_, raw["text"], wanted)
        case.must.append(record)
        case.slots.append(slots)
    case.optional = [
        _wanted(path, where, class_, raw["text"], {**wanted, "optional": True})[0]
        for wanted in raw.get("optional") or []
    ]
    for refused in raw.get("must_not") or []:
        case.must_not.append((_class(path, where, refused.get("class", class_)), refused.get("quote")))
    return case


def _class(path: Path, where: str, name: Any) -> RecordClass:
    for class_ in CLASSES:
        if name == class_:
            return class_
    raise GoldError(f"{path}: {where}: class is {name!r}; it can be {', '.join(CLASSES)}")


def _wanted(path: Path, where: str, own: RecordClass, text: str, raw: Any) -> tuple[GoldRecord, tuple[str, ...]]:
    if not isinstance(raw, dict) or not isinstance(raw.get("quote"), str):
        raise GoldError(f"{path}: {where}: a record that must be found is an object with a quote")
    if " ".join(raw["quote"].split()) not in " ".join(text.split()):
        raise GoldError(f"{path}: {where}: the quote {raw['quote']!r} is not in its text")
    slots = raw.get("slots") or {}
    given = {key: value for key, value in raw.items() if key not in {"class", "slots"}} | slots
    class_ = _class(path, where, raw.get("class", own))
    if class_ == "resolutions":
        given = {"decision": "other", **given}  # gold always says the verb; a case need not
    record = gold_record(path, f"{where}: {raw['quote']!r}", class_, {"sentence": text, **given})
    record.optional = raw.get("optional", False)  # a planned action that must come out is no longer optional
    return record, tuple(slots)


def _from(start: int, records: ItemRecords) -> ItemRecords:
    """The records of the sentence itself, not of the context before it."""
    kept = {class_: [one for one in getattr(records, class_) if one.end_char > start] for class_ in CLASSES}
    return ItemRecords(**kept)


def _counts(case: Case, class_: RecordClass, record: Record) -> bool:
    return class_ == case.class_ and not (isinstance(record, Action) and record.strength == "planned")


def _wrong_slots(case: Case, matched: ClassMatch) -> list[str]:
    wrong = []
    for gold, record in matched.pairs:
        names = next((case.slots[i] for i, wanted in enumerate(case.must) if wanted is gold), ())
        for slot in names:
            found = getattr(record, slot)
            if agreement(slot, gold.slots[slot], found) < 1:
                wrong.append(f"{slot} of {record.quote!r} is {found!r}, not {gold.slots[slot]!r}")
    return wrong


def _at(case: Case, found: ItemRecords, class_: RecordClass, quote: str | None) -> list[Record]:
    """The records of a class that overlap a quote; all of them where the quote is None."""
    records: list[Record] = getattr(found, class_)
    if quote is None:
        return records
    bones = bones_of([case.text])
    (place,) = locate(bones, [GoldRecord(class_, quote, case.text[case.start :], {})])
    if place is None:
        raise GoldError(f"case {case.id!r}: the quote {quote!r} is not in its text")
    places = [(Place(0, record.start_char, record.end_char), record) for record in records]
    return [record for other, record in places if overlap(bones, place, other) >= _ENOUGH]


def _construction(case: Case) -> str:
    return f"{case.class_}: {case.construction}"


def _table(heading: str, named: Iterable[tuple[str, Verdict]]) -> list[str]:
    groups: dict[str, list[Verdict]] = {}
    for name, one in named:
        groups.setdefault(name, []).append(one)
    width = max([len(name) for name in groups], default=0)
    lines = [heading, "  " + " " * width + "".join(head.rjust(9) for head in ("cases", "passed", "share", "F1"))]
    for name, those in groups.items():
        row = _row(those)
        shares = ("-" if row[key] is None else f"{row[key]:.3f}" for key in ("share", "f1"))
        cells = (str(row["cases"]), str(row["passed"]), *shares)
        lines.append("  " + name.ljust(width) + "".join(cell.rjust(9) for cell in cells))
    return lines


def _row(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    tally = Tally()
    for one in verdicts:
        tally.add(one.tally)
    passed = sum(one.passed for one in verdicts)
    share = round(passed / len(verdicts), 4) if verdicts else None
    return {"cases": len(verdicts), "passed": passed, "share": share, "f1": tally.f1 and round(tally.f1, 4)}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--show", is_flag=True, help="List the cases that fail, and why.")
@click.option("--only", default="", help="Only constructions whose name holds this text.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.option("--floor", default=0.0, show_default=True, help="Fail where F1 over all records is lower.")
@click.option("--passes", default=0.0, show_default=True, help="Fail where a smaller share of the cases passes.")
def main(files: tuple[Path, ...], show: bool, only: str, json_: bool, floor: float, passes: float) -> None:
    """Judge the hard sentences of FILES. Ends with exit code 1 where they fall below the floors asked for.

    A case passes only where all of it is right, to the words of its slots; F1 counts the records found.
    """
    try:
        cases = [case for path in files for case in load_cases(path) if only in case.construction]
        verdicts = judge(cases)
    except MinutesMinerError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(as_json(verdicts), indent=1) if json_ else as_text(verdicts, show).rstrip())
    row = _row(verdicts)
    sys.exit(0 if (row["f1"] or 0.0) >= floor and (row["share"] or 0.0) >= passes else 1)


if __name__ == "__main__":
    main()
