"""Requests in the manner of notes: `Needs performance data`, `Request for figures by ward`, `Useful to have trends`.

Each gives where the quote and the request begin, where they end, who asks and why a person should look at it.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.asked_in_decisions import Span
from minutesminer.mine.promises.clauses import Lexis, clause_end, phrase_end
from minutesminer.mine.promises.requesters import Requesters
from minutesminer.mine.review import NOTE_FORM

_DASHES = frozenset({"-", "–", "—"})
_LISTS = frozenset("agenda workplan watchlist list".split())
_LABELS = frozenset(
    "scrutiny member members members’ members' ’ ' further committee panel more additional better updated the".split()
)  # what may stand before a note's first word: `Members’ request: ...`, `More data needed on ...`
_LEADING = 8  # words of `Page 4, paragraph 2 –` before a note
_LONGEST = 12  # words that go on after a note's verb


@dataclass(frozen=True, slots=True)
class Notes:
    """Reads notes. `document` is the bit of what can be asked for."""

    lexis: Lexis
    requesters: Requesters
    document: int

    def note(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """`Staffing - include vacancy data`."""
        lower = words.lower
        dashed = lower[match.start] in _DASHES
        line = start == match.start or dashed or lower[match.start - 1] in _DASHES
        if not line or self._verbal(words, start, match.start) or match.start - start > 6:
            return None
        auxiliary = any(words.bits[k] & self.lexis.auxiliary for k in range(match.end, stop))
        if dashed and auxiliary:
            return None
        whole = (dashed or not auxiliary) and stop - match.end < _LONGEST
        return start, start, stop if whole else match.end, body, NOTE_FORM

    def to_be(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """`Neighbour figures to be shown next to every measure`."""
        if self._verbal(words, start, match.start) or "to" in words.lower[start : match.start]:
            return None
        if any(words.bits[k] & self.lexis.asking for k in range(start, match.start)):
            return None
        documents = any(words.bits[k] & self.document for k in range(start, match.start))
        if not documents and not self._listed(words, match.end, stop):
            return None
        return start, start, clause_end(words, self.lexis, match.end - 1, stop), body, NOTE_FORM

    def heading(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """`Request for comparison figures`, `Useful to see the figures by age`, also after `Page 4 –`."""
        lower = words.lower
        labelled = match.start > start and all(lower[k] in _LABELS for k in range(start, match.start))
        if (
            match.start > start
            and not labelled
            and not (
                lower[match.start - 1] in _DASHES | {":"}
                and match.start - start <= _LEADING
                and (not self._verbal(words, start, match.start) or lower[start : match.start] == ["agreed", ":"])
            )
        ):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if self._answers(words, match.end, end):
            return None
        opens = match.start
        if ":" in lower[match.start : match.end] and lower[opens] != "for":
            opens = match.end - 1
        elif lower[opens] in {"request", "requests", "beneficial", "useful", "helpful", "good", "interesting", "would"}:
            opens = match.end - (lower[match.end - 1] not in {"for", "that"})
        asked = self._from(words, match) or self._led(words, start, match.start) or body
        return match.start, opens, end, asked, NOTE_FORM

    def pleaded(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """A member's own words: `Can we see the outcomes by agency please`; `(Cllr Noon)` after it says whose."""
        led = self._led(words, start, match.start)
        if match.start - start > 3 and led is None:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        request = match.start + 2 if words.lower[match.start] == "please" else match.end - 1
        if words.lower[match.start] == "please" and match.end - match.start == 2 + (
            words.lower[match.start + 1] == "also"
        ):
            request = match.start + 1  # `Please circulate the slides`
        if words.lower[match.start] in {"future", "next", "subsequent", "later"}:
            request = start  # `The next report is to give a figure for each ward`
        elif words.lower[match.start + 1] in {"the", "all", "future", "each", "every"}:
            request = match.start + 1  # `Could the next report show the split?`
        begin = start + (words.text[start] in {'"', "“"}) if led is None else match.start
        return begin, request, end, self._signed(words, stop) or led or body, NOTE_FORM

    def _from(self, words: Words, match: Match) -> str | None:
        """Whose request it is: `Request from Cllr Dean for figures by area`."""
        if words.lower[match.start + 1] not in {"from", "by"}:
            return None
        name = words.slice(match.start + 2, phrase_end(words, self.lexis, match.start + 2, match.end))
        return name if self.requesters.may_ask(name, frozenset()) else None

    def _led(self, words: Words, start: int, at: int) -> str | None:
        """Who speaks before a colon: `Cllr Oakley: can we see ...`, `Question (Cllr Nolan): could we have ...`."""
        if at - start < 2 or words.text[at - 1] not in {":", "–", "-"}:
            return None
        named = self.lexis.title | self.lexis.person
        begin = next((k for k in range(start, at - 1) if words.bits[k] & named), None)
        if begin is None:
            return None
        name = words.slice(begin, phrase_end(words, self.lexis, begin, at - 1))
        return name if name and self.requesters.may_ask(name, frozenset()) else None

    def _signed(self, words: Words, at: int) -> str | None:
        if words.text[at : at + 1] != ["("]:
            return None
        closing = next((k for k in range(at + 1, min(at + 6, len(words))) if words.text[k] == ")"), None)
        if closing is None or not words.bits[at + 1] & (self.lexis.title | self.lexis.person):
            return None
        name = words.slice(at + 1, closing)
        return name if self.requesters.may_ask(name, frozenset()) else None

    def _answers(self, words: Words, start: int, end: int) -> bool:
        """Whether what looks like a note goes on with a finite verb: `Request for funding was refused`."""
        for k in range(start, end):
            if words.bits[k] & self.lexis.asking:
                return False
            if words.lower[k] in {"was", "were", "is", "are", "had", "has", "have"} and k > start:
                return True
        return False

    def _verbal(self, words: Words, start: int, end: int) -> bool:
        return any(words.bits[k] & (self.lexis.auxiliary | self.lexis.verb_past) for k in range(start, end))

    def _listed(self, words: Words, start: int, stop: int) -> bool:
        """Whether the words from `start` name the work programme, the agenda or another list of the committee."""
        for k in range(start, min(stop, start + 8)):
            if words.lower[k] in _LISTS or (
                words.lower[k] in {"programme", "plan"} and words.lower[k - 1] in {"work", "forward", "scrutiny"}
            ):
                return True
        return False
