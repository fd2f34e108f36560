"""One written-out action of a note: `[Owner to] do something [by then] [(Owner)] [Owner: name; Due: day]`.

A note names its owner before the task (`JM to send`, `Clerk - send`, `Head of Service -> send`), behind it
in brackets, or in a field of its own; fields stand behind a colon (`By when: 3 June`) in the same line, in
the lines that follow or in the cells of a table's row.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.agents import agent_of
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, strip_right
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.names import first_name, initials, owner_named
from minutesminer.mine.promises.recipients import recipient_cut, recipient_of, without
from minutesminer.mine.promises.subjects import kind_of
from minutesminer.models import Action

_OWNER_LIMIT = 12  # words of an owner before its verb
_NAME_LIMIT = 10  # words of a name that stands alone
_FIELD_WORDS = 3  # words of a field's label: `person responsible`
_DATE_WORDS = 4
_DASHES = frozenset("–—-")
_ARROWS = frozenset({"->", "→", ">", "➔", "=>", "➢"})
_PROMISING = frozenset({"to", "will", "would", "should", "agreed", "must"})
_NO_VERB = frozenset("be the a an all any this that these those".split())


@dataclass(frozen=True, slots=True)
class Fields:
    """The words that name a column or a field of a list of actions, as bits of lexicons."""

    action: int
    owner: int
    due: int
    status: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field in a note: what it is (`owner`, `due`, `status`), where its label begins and its value's word range."""

    name: str
    label: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads written-out actions from word ranges; `dues` are the due rules' matches, `held` the meeting's date."""

    lexis: Lexis
    task_verb: int
    told_verb: int
    noted_verb: int
    month: int
    fields: Fields
    words: Words
    dues: list[Match]
    held: str | None

    def entry(self, rule: str, quote: int, begin: int, end: int) -> Action:
        """The action written out in words `begin` to `end`, quoted from `quote`; `rule` is the id of its rule."""
        words = self.words
        fields = self.fields_in(begin, end)
        task_end = strip_right(words, begin, min([end, *(field.label for field in fields)]))
        owner, task_start = self.leading_owner(begin, task_end)
        dated = self._dated_end(task_start, task_end)
        due_text = words.slice(dated, task_end) if dated is not None else None
        task_end = strip_right(words, task_start, dated) if dated is not None else task_end
        if owner is None:
            owner, task_end = self._bracketed_owner(begin, task_end)
        due = due_within(words, self.dues, task_start, task_end)
        recipient = recipient_of(words, self.lexis, task_start, task_end, due)
        cuts = [due] if due is not None else []
        if recipient is not None:
            cuts.append(recipient_cut(words, self.lexis.task, task_start, recipient))
        if owner is None:
            passive = next((k + 2 for k in range(task_start, task_end) if words.lower[k] == "be"), task_start)
            agent = agent_of(words, self.lexis, self.month, task_start, passive, task_end)
            if agent is not None and owner_named(words, self.lexis, agent[0] + 1, agent[1]):
                owner = words.slice(agent[0] + 1, agent[1])
                cuts.append(agent)
        if due is not None:
            due_text = words.slice(*due)
        for field in fields:
            if field.end <= field.start:
                continue
            if field.name == "owner":
                owner = words.slice(field.start, field.end)
            elif field.name == "due":
                due_text = words.slice(field.start, field.end)
        return Action(
            quote=words.slice(quote, end),
            sentence=words.slice(quote, end),
            start_char=words.start[quote],
            end_char=words.end[end - 1],
            rule=rule,
            owner=owner,
            task=without(words, task_start, task_end, cuts) or None,
            recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
            due=due_text,
            due_date=due_date(due_text, self.held),
        )

    def parts(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The word ranges of several notes in one: `JM to update the register; PD to book the room`."""
        words = self.words
        starts = [begin]
        for k in range(begin + 1, end - 3):
            if words.text[k] not in {";", ".", ",", "/"} and words.lower[k] != "and":
                continue
            first = k + 1 + (words.text[k] == "," and words.lower[k + 1] == "and")
            if words.text[k] == "." and words.start[first] == words.end[k]:
                continue
            tasked = "to" in words.lower[starts[-1] : k] or not _DASHES.isdisjoint(words.text[starts[-1] : k])
            if not tasked:  # `Head of Service and Clerk to agree dates` is one note
                continue
            if first > starts[-1] + 2 and self.opens_note(first, min(end, first + _OWNER_LIMIT)):
                starts.append(first)
        if len(starts) > 1 and not self.opens_note(begin, min(end, begin + _OWNER_LIMIT)):
            return [(begin, end)]
        return [
            (first, strip_right(words, first, stop))
            for first, stop in zip(starts, [*(first - 1 for first in starts[1:]), end], strict=True)
        ]

    def opens_note(self, start: int, limit: int) -> bool:
        """Whether words from `start` on name somebody who is `to` do something."""
        lower = self.words.lower
        for k in range(start + 1, limit - 1):
            dashed = self.words.text[k] in _DASHES and self.words.bits[k + 1] & self.noted_verb
            if lower[k] == "to" or dashed:
                named = owner_named(self.words, self.lexis, start, k) and self.words.bits[start] & self.lexis.capital
                return bool(named) and lower[k + 1].isalpha() and lower[k + 1] not in _NO_VERB
        return False

    def only_names(self, begin: int, end: int) -> bool:
        """Whether the range holds names and posts alone, and no task."""
        words, lexis = self.words, self.lexis
        if end - begin > _NAME_LIMIT:
            return False
        inside = range(begin, end)
        if any(words.bits[k] & lexis.auxiliary or (words.lower[k] == "to" and k + 1 < end) for k in inside):
            return False
        verb_first = words.bits[begin] & self.task_verb and not words.bits[begin] & lexis.person
        if verb_first and end - begin > 1 and not words.text[begin].isupper():
            return False
        named = [k for k in inside if words.bits[k] & (lexis.capital | lexis.person | lexis.own)]
        return len(named) * 2 >= len([k for k in inside if words.text[k].isalnum()])

    def fields_in(self, begin: int, end: int) -> list[Field]:
        """The fields `Owner: ...; Due: ...` among words `begin` to `end`, which may run over several lines."""
        words = self.words
        marks: list[tuple[str, int, int]] = []
        for k in range(begin + 1, end):
            if words.text[k] != ":":
                continue
            label = k
            while label > begin and k - label < _FIELD_WORDS and words.text[label - 1].isalpha():
                label -= 1
            opened = label == begin or words.bits[label - 1] & NEWLINE or words.text[label - 1] in ";|.,(/"
            name = self._field_name(label, k, end) if opened and label < k else None
            if name is not None:
                marks.append((name, label, k + 1))
        stops = [*(label for _, label, _ in marks[1:]), end][: len(marks)]
        return [
            Field(name, label, start, self._value_end(start, stop))
            for (name, label, start), stop in zip(marks, stops, strict=True)
        ]

    def _value_end(self, start: int, stop: int) -> int:
        words = self.words
        while stop > start and (words.bits[stop - 1] & NEWLINE or words.text[stop - 1] in ";|.,()/ "):
            stop -= 1
        return stop

    def _field_name(self, label: int, colon: int, end: int) -> str | None:
        bits, lower = self.words.bits[label:colon], self.words.lower
        if any(bit & self.fields.status for bit in bits):
            return "status"
        if lower[colon - 1] == "by":  # `Done by: 3 June`, `By: the clerk`
            value = range(colon + 1, min(end, colon + _FIELD_WORDS + 2))
            dated = any(self.words.bits[k] & (self.month | self.lexis.number) for k in value)
            return "due" if dated or any(bit & self.fields.due for bit in bits) else "owner"
        if any(bit & self.fields.due for bit in bits):
            return "due"
        return "owner" if any(bit & self.fields.owner for bit in bits) else None

    # The owner

    def leading_owner(self, begin: int, end: int) -> tuple[str | None, int]:
        """The owner before the task and where the task begins."""
        words, lower, text = self.words, self.words.lower, self.words.text
        start = begin
        while start < end - 1 and (text[start] in _ARROWS or lower[start] == "that"):
            start += 1
        opening = start
        for k in range(start + 1, min(end - 1, start + _OWNER_LIMIT)):
            if self._bare_verb(k, begin, start) and k > opening and self._names(opening, k):
                return words.slice(opening, k), k
            if lower[k] in _PROMISING and lower[k + 1] != "be":
                if self._names(opening, k):
                    return words.slice(opening, k), k + 2 if lower[k + 1] == "to" else k + 1
                break
            spaced = text[k] in _DASHES and (words.start[k] > words.end[k - 1] or words.start[k + 1] > words.end[k])
            if text[k] == ":" or spaced or text[k] in _ARROWS:
                if self._names(opening, k):
                    return words.slice(opening, k), k + 1 + (lower[k + 1] == "to" and k + 2 < end)
                continue
            if text[k] == ";" or (text[k] == "." and len(text[k - 1]) > 1):
                break
        return None, start

    def _bare_verb(self, at: int, begin: int, start: int) -> bool:
        words = self.words
        if words.bits[at] & self.task_verb and not words.bits[at] & self.lexis.document and words.text[at].islower():
            return True
        return start > begin and bool(words.bits[at] & self.told_verb)

    def _bracketed_owner(self, begin: int, end: int) -> tuple[str | None, int]:
        """The owner in brackets at the task's end, or behind its last dash, and where the task ends."""
        words, text = self.words, self.words.text
        if text[end - 1] in {")", "]"}:
            bracket = end - 1
            while bracket > begin and text[bracket] not in {"(", "["}:
                bracket -= 1
            if bracket > begin and self.only_names(bracket + 1, end - 1):
                return words.slice(bracket + 1, end - 1), strip_right(words, begin, bracket)
        for k in range(end - 2, max(begin + 2, end - _NAME_LIMIT), -1):
            if text[k] in _DASHES and words.start[k] > words.end[k - 1]:
                named = words.bits[k + 1] & self.lexis.capital and owner_named(words, self.lexis, k + 1, end)
                return (words.slice(k + 1, end), strip_right(words, begin, k)) if named else (None, end)
        return None, end

    def _dated_end(self, begin: int, end: int) -> int | None:
        """Where a bare date behind the last dash begins: `provide the figures - 1 May 2024`."""
        words = self.words
        for k in range(end - 1, max(begin, end - _DATE_WORDS - 2), -1):
            if words.text[k] in _DASHES and words.start[k] > words.end[k - 1]:
                dated = any(words.bits[j] & self.month for j in range(k + 1, end))
                plain = all(words.bits[j] & (self.month | self.lexis.number) for j in range(k + 1, end))
                return k + 1 if dated and plain else None
        return None

    def _names(self, start: int, end: int) -> bool:
        if end > start + 2 and self.words.text[start + 1] == "." and len(self.words.text[start]) == 1:
            start += 2  # `A. Patel`
        if end - start == 1 and initials(self.words.text[start]):
            return True
        known = kind_of(self.words, self.lexis, start, end) in {"person", "body"}
        named = (
            known or first_name(self.words, self.lexis, start, end) or owner_named(self.words, self.lexis, start, end)
        )
        return named and not self.verb_in(start, end) and self.words.lower[start] not in DETERMINERS - {"the", "all"}

    def verb_in(self, start: int, end: int) -> bool:
        """Whether a finite verb stands in the range."""
        return any(self.words.bits[k] & (self.lexis.auxiliary | self.lexis.verb_past) for k in range(start, end))
