"""Requests listed under a line that ends with a colon: `Members requested:` and a bullet for each thing."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, after_label, in_background, sentence_of, strip_right
from minutesminer.mine.promises.due import due_date
from minutesminer.mine.promises.recipients import without
from minutesminer.mine.promises.requesters import Requesters
from minutesminer.mine.promises.subjects import Subject, subject_of
from minutesminer.mine.promises.when_and_where import WhenAndWhere
from minutesminer.mine.review import NOTE_FORM
from minutesminer.models import FollowUp

_MOST = 25  # lines of one list
_OBJECTS = frozenset("committee panel board members councillors cabinet council executive government".split())
_HANDED = frozenset("provided circulated brought included added supplied shared sent reported see receive have".split())
_QUESTIONS = frozenset("if whether what why how when where who which".split())
_INFORMATION = frozenset("information data figures details detail".split())
_REPORTS = frozenset("next future subsequent".split())
_PAST = frozenset("had has have previously being".split())


@dataclass(frozen=True, slots=True)
class AskedLists:
    """Reads the bullets under `... requested:`.

    `document` and `back` are the bits of what can be asked for and of the words of coming back.
    """

    lexis: Lexis
    slots: WhenAndWhere
    requesters: Requesters
    document: int
    back: int

    def read(
        self, reading: Reading, dues: list[Match], held: str | None, officers: frozenset[str], body: str
    ) -> tuple[list[FollowUp], list[tuple[int, int]]]:
        """(the requests, one a bullet; the character ranges of the lists with the lines above them)."""
        words = reading.words
        limbs: list[tuple[int, int, int]] = reading.notes.get("limbs", [])
        found: list[FollowUp] = []
        taken: list[tuple[int, int]] = []
        for match in reading.of("follow_up", "list"):
            at = words.start[match.start]
            if in_background(reading, at) or any(start <= at < end for start, end in taken):
                continue
            lines = self._lines(words, match.end)
            whole = words.lower[match.start] == "following"  # `that the following be brought back:`
            if lines and not whole and any(start <= words.start[lines[0][0]] < end for start, end, _ in limbs):
                continue  # limbs of a decision are judged one by one
            start, _ = sentence_of(words, match.start)
            elsewhere = words.lower[match.start] == "for" and match.start > start  # `Items for the next meeting:`
            who = self._who(words, match, start, officers, body) if lines and not elsewhere else None
            if who is None:
                continue
            if all(words.lower[begin] in _QUESTIONS for begin, _ in lines) and not _INFORMATION & set(
                words.lower[match.start : match.end]
            ):
                continue
            requester, review = who
            head = set(words.lower[match.start : match.end])
            told = bool({"to", "that"} & head) and not _HANDED & head
            above, place = self._above(words, dues, match)
            for begin, end in lines:
                due, destination = self.slots.read(words, dues, begin, begin, end)
                due = due or above
                if told and due is None and destination is None and not self._returns(words, begin, end):
                    continue
                cuts = [due] if due is not None and due is not above else []
                if destination is not None:
                    cuts.append((destination[0], destination[2]))
                due_text = words.slice(*due) if due is not None else None
                found.append(
                    FollowUp(
                        quote=words.slice(begin, end),
                        sentence=words.slice(begin, end),
                        start_char=words.start[begin],
                        end_char=words.end[end - 1],
                        rule=match.rule.id,
                        review=review,
                        requester=requester,
                        request=without(words, begin, end, cuts) or None,
                        due=due_text,
                        due_date=due_date(due_text, held),
                        destination=words.slice(destination[1], destination[2]) if destination is not None else place,
                    )
                )
            taken.append((words.start[start], words.end[lines[-1][1] - 1]))
        return found, taken

    def _above(self, words: Words, dues: list[Match], match: Match) -> tuple[tuple[int, int] | None, str | None]:
        """(due, destination) that the line above the list gives for all of it."""
        due, destination = self.slots.read(words, dues, match.start, match.start, match.end - 1)
        if words.lower[match.start] in _REPORTS:
            verb = next(k for k in range(match.start, match.end) if words.lower[k] in {"to", "should", "must", "could"})
            begin = match.start - (match.start > 0 and words.lower[match.start - 1] in {"the", "all"})
            return None, words.slice(begin, verb)
        return due, words.slice(destination[1], destination[2]) if destination is not None else None

    def _returns(self, words: Words, start: int, end: int) -> bool:
        """Whether what officers are told in words `start` to `end` comes back to the committee."""
        return any(words.bits[k] & (self.document | self.back) for k in range(start, end))

    def _lines(self, words: Words, after: int) -> list[tuple[int, int]]:
        """The word ranges of the labelled lines that follow the line which ends at `after`."""
        lines: list[tuple[int, int]] = []
        at = after
        while at < len(words) and words.bits[at] & NEWLINE and len(lines) < _MOST:
            end = at + 1
            while end < len(words) and not words.bits[end] & NEWLINE:
                end += 1
            first = after_label(words, at + 1, end)
            if first in {at + 1, end}:
                break
            lines.append((first, strip_right(words, first, end)))
            at = end
        if any(words.text[end] == "?" for _, end in lines if end < len(words)):
            return []
        return lines

    def _noted(self, words: Words, match: Match, start: int) -> bool:
        """Whether the line is a note without a verb: `Additional information required:`."""
        return words.lower[match.start] in _INFORMATION and match.start - start < 3

    def _who(
        self, words: Words, match: Match, start: int, officers: frozenset[str], body: str
    ) -> tuple[str | None, str | None] | None:
        lower = words.lower
        if match.start > start and lower[match.start - 1] in _PAST | {"is", "are", "been"}:
            return None
        if "following" in lower[start : match.end] and lower[match.start] == "following":
            return body, None
        if lower[match.start] in _REPORTS | {"for"} or (match.rule.kind == "list" and self._noted(words, match, start)):
            return body, NOTE_FORM
        passive = match.start > start and lower[match.start - 1] in {"was", "were", "be"}
        subject: Subject = subject_of(words, self.lexis, match.start, start)
        if passive:
            told = subject.kind in {"person", "body", "document"} and lower[subject.end - 1] not in _OBJECTS
            told = told or "following" in lower[start : match.start]
            return (body, None) if told or lower[start : match.start - 1] == ["it"] else None
        if subject.kind in {"document", "none", "thing"} and subject.start in {start, match.start}:
            noun = any(words.bits[k] & self.document for k in range(start, match.start))
            return (body, None) if noun or match.start == start else None
        return self.requesters.requester(words, subject, match.start, start, officers, body)
