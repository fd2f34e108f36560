"""A promise in its clause: what flows from the finding of a rule's words to the judging and the filling of slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.subjects import Subject

Strength = Literal["undertaken", "planned"]

ASSURED = frozenset(
    "assured assuring assurance assurances reassured reassurance undertook promised guaranteed undertaking "
    "commitment".split()
)
HEARING = frozenset("received given welcomed heard".split())  # of an assurance: they are no promisers
CERTAIN = frozenset(
    "assured assuring assurance assurances reassured undertook undertaken agreed confirmed confirming promised "
    "promising committed commitment undertaking guaranteed".split()
)


@dataclass(slots=True)
class Promise:
    """One match with its clause, in word indices: `at` is the promising word, `verb` the task's verb.

    `start` to `stop` is the sentence, `end` the clause's end, `due` the due wording and `recipient` its
    preposition, start and end, each None where it is not stated.
    """

    words: Words
    match: Match
    at: int
    subject: Subject
    verb: int
    start: int
    stop: int
    end: int
    due: tuple[int, int] | None
    recipient: tuple[int, int, int] | None

    @property
    def kind(self) -> str:
        """The kind of the rule that matched."""
        return self.match.rule.kind

    @property
    def head(self) -> str:
        """The last word of the subject in lower case; empty where there is none."""
        return self.words.lower[self.subject.end - 1] if self.subject.end > self.subject.start else ""

    @property
    def subject_head(self) -> str:
        """The second word of the subject in lower case (`An item on ...`); empty where there is none."""
        second = self.subject.start + 1
        return self.words.lower[second] if second < self.subject.end else ""

    @property
    def final(self) -> str:
        """The last word of the match in lower case."""
        return self.words.lower[self.match.end - 1]

    @property
    def following(self) -> str:
        """The word after the match in lower case; empty at the text's end."""
        return self.words.lower[self.match.end] if self.match.end < len(self.words) else ""

    def said_by(self, verbs: frozenset[str]) -> bool:
        """Whether one of `verbs` stands close before the subject, within the sentence."""
        begin = self.subject.start
        return not verbs.isdisjoint(self.words.lower[max(self.start, begin - 9) : begin])
