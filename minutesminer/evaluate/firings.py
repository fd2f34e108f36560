"""What each rule does on annotated minutes: how often it fires, and how much of what it gives is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from minutesminer.evaluate.compare import compare
from minutesminer.evaluate.gold import load_gold
from minutesminer.evaluate.predictions import predictions_from_mining
from minutesminer.evaluate.sets import GoldSet
from minutesminer.mine.engine.rules import RECORD_CLASSES


@dataclass(slots=True)
class Use:
    """One rule's work: pattern matches, records it gave, and of these the right and the wrong ones.

    Records that match optional gold are neither.
    """

    matches: int = 0
    records: int = 0
    right: int = 0
    wrong: int = 0

    def fired(self, class_: str) -> int:
        """Records, of a rule whose class makes them; else matches of its pattern."""
        return self.records if class_ in RECORD_CLASSES else self.matches

    @property
    def precision(self) -> float | None:
        """Share of the records that gold has too; None where none could be judged."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


def use_of_rules(sets: Iterable[GoldSet], patterns: Path | None = None) -> dict[str, Use]:
    """Parse, mine and score the sets, and say what each rule did, by its id; rules that did nothing are left out."""
    import minutesminer.mine as mine
    from minutesminer.mine.document import read_one
    from minutesminer.parse import parse

    nlp = mine.load(patterns)
    uses: dict[str, Use] = {}
    for one in sets:
        annotated = load_gold(one.gold)
        files = {path.name: path for path in sorted(one.files.rglob("*")) if path.is_file()}
        predicted = []
        for gold in annotated:
            if gold.document not in files:
                continue
            document = parse(files[gold.document].read_bytes(), gold.document)
            records = []
            for item in document.items:
                meeting = document.meetings[item.meeting] if item.meeting < len(document.meetings) else None
                reading = read_one(nlp, item.text, item.sections, meeting)
                records.append(reading.records)
                for match in (match for group in reading.matches.values() for match in group):
                    uses.setdefault(match.rule.id, Use()).matches += 1
            predicted.append(predictions_from_mining(document, records))
        for match_ in compare(annotated, predicted):
            for found in match_.classes.values():
                for _, record in found.pairs:
                    uses.setdefault(record.rule, Use()).right += 1
                for record in found.spurious:
                    uses.setdefault(record.rule, Use()).wrong += 1
                for record in [*(pair[1] for pair in found.pairs), *found.spurious, *found.excused]:
                    uses[record.rule].records += 1
    return uses
