"""Actions printed as such: `ACTION:` labels, lists and tables of actions, notes that say who is to do what.

A label may stand before the task (`Action: Officers to circulate ...`), or name only who does what the
sentence before says (`ACTION: Councillor X` on the next line, `(Action: Name)` at a bullet's end).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, after_label, in_background, strip_right
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.names import initials
from minutesminer.mine.promises.noted_entries import EntryReader
from minutesminer.mine.promises.noted_rows import OPEN, rows_of
from minutesminer.mine.promises.recipients import recipient_cut, recipient_of, without
from minutesminer.mine.promises.standalone_notes import StandaloneNotes
from minutesminer.models import Action

_DONE = frozenset("completed closed done actioned outstanding superseded".split())
_TRACKERS = (
    "matters arising", "action tracker", "action log", "previous action", "outstanding action", "actions from the last",
    "review of action", "actions arising from", "actions from last", "actions from previous",
    "actions from the previous",
)  # fmt: skip
_MOST_ENTRIES = 20  # lines under an `Actions:` heading that are read
_MOST_BESIDE = 3  # the initials may be printed once for each action of a paragraph
_LONGEST_BESIDE = 3  # letters
_NOTHING = frozenset("note none nil noted n/a".split())
_NO_ENTRY = frozenset("response status update outcome resolved action actions minutes".split())
_ANSWERS = frozenset("response status update outcome progress".split())


@dataclass(slots=True)
class NotedActions:
    """Reads the labelled and noted actions of one text."""

    lexis: Lexis
    reader: EntryReader

    @property
    def words(self) -> Words:
        """The words of the text."""
        return self.reader.words

    def add_to(self, found: list[Action], reading: Reading) -> list[Action]:
        """`found` with the printed actions added; a label takes over the actions in the text it covers."""
        words = self.words
        head = words.body[:160].lower()
        made: list[Action] = []
        labelled: list[Action] = []
        tracked = any(tracker in head for tracker in _TRACKERS)
        if not tracked:
            for header in reading.of("action", "table"):
                made += rows_of(self.reader, header, self._line(header.start))
            made += self._at_labels(reading, reading.of("action", "label"), found, made)
            # What stands at a label is a label's alone, whether or not a rule makes a record of it.
            labelled = made + self._at_labels(reading, reading.of("qualifier", "action_label"), found, made)
        reading.notes["labelled"] = [(action.start_char, action.end_char) for action in labelled]
        if tracked:
            found = [action for action in found if not self._reported_done(action)]
        standalone = StandaloneNotes(self.lexis, self.reader)
        for kind in () if tracked else ("note_form", "note_dash", "note_passive"):
            for match in reading.of("action", kind):
                if in_background(reading, words.start[match.start]):
                    continue
                for note in standalone.at(match):
                    if not _covered(note, labelled + made) and not _covered(note, found):
                        made.append(note)
        for action in found:
            action.owner = action.owner or self._beside(action)
        return [action for action in found if not _covered(action, labelled)] + made

    def _beside(self, action: Action) -> str | None:
        """The initials printed beside a paragraph, in a column of their own that became the next line."""
        line = self.words.body[action.end_char :].partition("\n")[2].partition("\n")[0]
        parts = line.replace("|", " ").split()
        beside = 0 < len(parts) <= _MOST_BESIDE and all(
            initials(part) and len(part) <= _LONGEST_BESIDE for part in parts
        )
        return parts[0] if beside and len(set(parts)) == 1 else None

    def _at_labels(
        self, reading: Reading, matches: list[Match], found: list[Action], made: list[Action]
    ) -> list[Action]:
        new: list[Action] = []
        for match in matches:
            at = self.words.start[match.start]
            inside = any(action.start_char <= at < action.end_char for action in made + new)
            if not inside and not in_background(reading, at):
                new.extend(self._labelled(match, found))
        return new

    def _reported_done(self, action: Action) -> bool:
        """Whether the rest of an earlier action's line says what became of it: `This had been done`."""
        after = self.words.body[action.end_char :].partition("\n")[0].lower()
        words = after.replace(".", " ").replace(",", " ").split()
        dashed = after.lstrip(" .")[:1] in {"–", "-", "—"}
        inside = f" {action.quote.lower()} "
        told = " – " in inside or " - " in inside
        return dashed or told or bool((_DONE | {"been", "complete"}) & set(words))

    def _line(self, at: int) -> tuple[int, int]:
        bits = self.words.bits
        start = end = at
        while start > 0 and not bits[start - 1] & NEWLINE:
            start -= 1
        while end < len(bits) and not bits[end] & NEWLINE:
            end += 1
        return start, end

    def _labelled(self, match: Match, found: list[Action]) -> list[Action]:
        words, text = self.words, self.words.text
        line_start, line_end = self._line(match.start)
        first = after_label(words, line_start, line_end)
        before = text[match.start - 1] if match.start > line_start else ""
        opened = before in {"(", "["}
        initialled = initials(text[match.end - 1])  # `ACTION LH`
        ended = before in {".", ";", "?", "!", "|"}
        if match.start > first and not opened and not ended and (initialled or not text[match.start].isupper()):
            return []
        bracketed = text[match.end - 1] == "("
        if text[match.end - 1] not in {":", "-", "–", "—", ":-", "("} and not initialled:
            return self._listed(match, line_end) if match.start == first and match.end == line_end else []
        begin, end = match.end - initialled, line_end
        if opened or bracketed:
            closing = [k for k in range(begin, line_end) if text[k] in {")", "]"}]
            end = closing[-1] if closing else line_end
            if bracketed and (end >= line_end or strip_right(words, end, line_end) > end + 1):
                return []  # `ACTION (Director): send the list`, read by its colon, or a name in a sentence
        end = strip_right(words, begin, end) if end > begin else end
        if self._done(begin, end) or self._answered(line_end):
            return []
        if end <= begin:
            return self._listed(match, line_end)
        if _NOTHING & set(words.lower[begin : begin + 1 + (words.lower[begin] == "to")]):
            return []
        numbered = self._numbered(begin, end)
        if len(numbered) > 1:
            return [self.reader.entry(match.rule.id, start, start, stop) for start, stop in numbered]
        named_by = due_within(words, self.reader.dues, begin, end)
        if named_by is not None and begin < named_by[0] and named_by[1] == end and self._only_names(begin, named_by[0]):
            stop = end + 1 if opened and end < line_end else end
            made = self._named(match, match.start - opened, stop, (begin, named_by[0]), found)
            for action in made:
                action.due = action.due or words.slice(*named_by)
                action.due_date = due_date(action.due, self.reader.held)
            return made
        if self._only_names(begin, end):
            stop = end + 1 if opened and end < line_end else end
            return self._named(match, match.start - opened, stop, (begin, end), found)
        if initialled and words.lower[match.end : match.end + 1] != ["to"]:
            return []
        parts = self.reader.parts(begin, end)
        if len(parts) > 1:
            return [self.reader.entry(match.rule.id, k if k > begin else match.start, k, stop) for k, stop in parts]
        if not opened:
            end = self._with_fields(end, line_end)
        entry = self.reader.entry(match.rule.id, match.start, begin, end)
        if entry.owner is None and text[match.start + 1] == "(" and not bracketed:
            entry.owner = words.slice(match.start + 2, match.end - 2)
        if entry.owner is None and words.lower[match.start + 1] in {"for", "by"} and match.end - match.start > 3:
            entry.owner = words.slice(match.start + 2, match.end - 1)
        return [entry]

    def _done(self, begin: int, end: int) -> bool:
        """Whether the text at a label says that it has been done."""
        words = self.words
        fields = self.reader.fields_in(begin, end)
        if any(field.name == "status" and words.lower[field.start] not in OPEN for field in fields):
            return True
        stop = min([end, *(field.label for field in fields)])
        closed = words.lower[stop - 1] == "complete" if stop > begin else False
        return closed or not _DONE.isdisjoint(words.lower[begin:stop]) or "had been" in words.slice(begin, stop)

    def _answered(self, line_end: int) -> bool:
        """Whether the next line says what became of the action: `Response: ...`, `Status: closed`."""
        words = self.words
        k = line_end + 1
        return k + 1 < len(words) and words.lower[k] in _ANSWERS and words.text[k + 1] in {":", "-", "–"}

    def _with_fields(self, end: int, line_end: int) -> int:
        """`end` moved over the lines that follow and hold fields of the action: `Owner: ...`, `Due: ...`."""
        words = self.words
        while line_end + 1 < len(words):
            start, stop = self._line(line_end + 1)
            start = after_label(words, start, stop)
            fields = self.reader.fields_in(start, stop) if stop > start else []
            if not fields or fields[0].label != start or fields[0].name == "status":
                break
            end = strip_right(words, start, stop)
            line_end = stop
        return end

    def _numbered(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The entries of `1. ... 2. ...` on one line: word ranges without their numbers and stops."""
        words = self.words
        starts: list[int] = []
        for k in range(begin, end - 2):
            stopped = words.text[k + 1] in {".", ")"} and words.text[k] == str(len(starts) + 1)
            if stopped and (k == begin or words.text[k - 1] in {".", ";", "("}):
                starts.append(k + 2)
        if not starts or starts[0] > begin + 3:
            return []
        stops = [first - 2 for first in starts[1:]] + [end]
        ranges = [(first, strip_right(words, first, stop)) for first, stop in zip(starts, stops, strict=True)]
        return [(first, stop) for first, stop in ranges if stop > first]

    def _only_names(self, begin: int, end: int) -> bool:
        if end - begin == 1 and initials(self.words.text[begin]):
            return True
        return self.reader.only_names(begin, end)

    def _named(
        self, match: Match, label_start: int, stop: int, name: tuple[int, int], found: list[Action]
    ) -> list[Action]:
        """The action whose task is the sentence before the label and whose owner the label names."""
        words = self.words
        k = bisect_right(words.sentences, (label_start, 0)) - 1
        if k < 0:
            return []
        start, end = words.sentences[k]
        start, end = after_label(words, start, end), min(end, label_start)
        end = strip_right(words, start, end)
        if end <= start:
            return []
        inner = [a for a in found if words.start[start] <= a.start_char < words.end[end - 1]]
        owner = words.slice(*name).strip("()[] ")
        written, task_start = self.reader.leading_owner(start, end)
        due = due_within(words, self.reader.dues, task_start, end)
        recipient = recipient_of(words, self.lexis, task_start, end, due)
        cuts = [due] if due is not None else []
        if recipient is not None:
            cuts.append(recipient_cut(words, self.lexis.task, task_start, recipient))
        whole = words.body[words.start[start] : words.end[stop - 1]]
        action = Action(
            quote=whole,
            sentence=whole,
            start_char=words.start[start],
            end_char=words.end[stop - 1],
            rule=match.rule.id,
            owner=written or owner,
            task=without(words, task_start, end, cuts),
            recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
            due=words.slice(*due) if due is not None else None,
        )
        if inner:
            action.owner = inner[0].owner or owner
            action.task, action.recipient, action.due = inner[0].task, inner[0].recipient, inner[0].due
        action.due_date = due_date(action.due, self.reader.held)
        return [action]

    def _listed(self, match: Match, line_end: int) -> list[Action]:
        """The entries of the lines after an `Actions:` heading: bulleted or numbered lines, else the one line.

        Under a heading without a colon only lines with bullets or numbers, and notes of who is to do what, count.
        """
        words = self.words
        bare = words.text[match.end - 1] not in {":", "-", "–", "—", ":-"}
        actions: list[Action] = []
        at = line_end + 1
        while at < len(words) and len(actions) < _MOST_ENTRIES:
            start, end = self._line(at)
            first = after_label(words, start, end)
            stop = strip_right(words, first, end) if end > first else end
            if stop <= first or words.lower[first] in _NO_ENTRY:
                break
            note = self.reader.opens_note(first, min(stop, first + 12))
            if (actions and first == start and not note) or (bare and first == start and not note):
                break
            actions.append(self.reader.entry(match.rule.id, first, first, stop))
            at = end + 1
            if first == start and not note:
                break
        return actions


def _covered(action: Action, others: list[Action]) -> bool:
    return any(other.start_char < action.end_char and action.start_char < other.end_char for other in others)
