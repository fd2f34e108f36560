"""Actions printed as such: `ACTION:` labels, notes that say who is to do what.

A label may stand before the task (`Action: Officers to circulate ...`), or name only who does what the
sentence before says (`ACTION: Councillor X` on the next line, `(Action: Name)` at a bullet's end).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.matching import NEWLINE, Match
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, after_label, in_background, strip_right
from minutesminer.mine.promises.due import due_date, due_within
from minutesminer.mine.promises.recipients import recipient_cut, recipient_of, without
from minutesminer.mine.promises.strength import PERSONAL, first_name
from minutesminer.mine.promises.subjects import kind_of
from minutesminer.models import Action

_DONE = frozenset("completed complete closed done actioned outstanding superseded".split())
_TRACKERS = (
    "matters arising", "action tracker", "action log", "previous action", "outstanding action", "actions from the last",
    "review of action", "actions arising from",
)  # fmt: skip
_NAME_LIMIT = 10  # words: a label followed by more than that holds a task
_MOST_ENTRIES = 20  # lines under an `Actions:` heading that are read
_NOTHING = frozenset("note none nil noted n/a".split())
_NO_ENTRY = frozenset("response status update outcome resolved action actions minutes".split())
_TELLING = frozenset("ask request invite instruct require remind urge encourage direct task mandate authorise".split())
_FORMALLY = frozenset("formally also further therefore again strongly".split())
_AGENDA_VERBS = frozenset("consider present receive report introduce update attend".split())


@dataclass(slots=True)
class NotedActions:
    """Reads the labelled and noted actions of one text."""

    lexis: Lexis
    task_verb: int
    told_verb: int
    words: Words
    dues: list[Match]
    held: str | None

    def add_to(self, found: list[Action], reading: Reading) -> list[Action]:
        """`found` with the printed actions added; a label takes over the actions in the text it covers."""
        words = self.words
        head = words.body[:160].lower()
        made: list[Action] = []
        labelled: list[Action] = []
        tracked = any(tracker in head for tracker in _TRACKERS)
        if not tracked:
            made = self._at_labels(reading, reading.of("action", "label"), found)
            # What stands at a label is a label's alone, whether or not a rule makes a record of it.
            labelled = self._at_labels(reading, reading.of("qualifier", "action_label"), found)
        reading.notes["labelled"] = [(action.start_char, action.end_char) for action in labelled]
        if tracked:
            found = [action for action in found if not self._reported_done(action)]
        for kind in () if tracked else ("note_form", "note_passive"):
            for match in reading.of("action", kind):
                if in_background(reading, words.start[match.start]):
                    continue
                note = self._note(match)
                if note is not None and not _covered(note, labelled + made) and not _covered(note, found):
                    made.append(note)
        return [action for action in found if not _covered(action, labelled)] + made

    def _at_labels(self, reading: Reading, matches: list[Match], found: list[Action]) -> list[Action]:
        made: list[Action] = []
        for match in matches:
            if not in_background(reading, self.words.start[match.start]):
                made.extend(self._labelled(match, found))
        return made

    def _reported_done(self, action: Action) -> bool:
        """Whether the rest of an earlier action's line says what became of it: `This had been done`."""
        after = self.words.body[action.end_char :].partition("\n")[0].lower()
        words = after.replace(".", " ").replace(",", " ").split()
        dashed = after.lstrip(" .")[:1] in {"–", "-", "—"}
        inside = f" {action.quote.lower()} "
        told = " – " in inside or " - " in inside
        return dashed or told or bool((_DONE | {"been"}) & set(words))

    def _line(self, at: int) -> tuple[int, int]:
        bits = self.words.bits
        start = end = at
        while start > 0 and not bits[start - 1] & NEWLINE:
            start -= 1
        while end < len(bits) and not bits[end] & NEWLINE:
            end += 1
        return start, end

    def _labelled(self, match: Match, found: list[Action]) -> list[Action]:
        words = self.words
        line_start, line_end = self._line(match.start)
        first = after_label(words, line_start, line_end)
        before = words.text[match.start - 1] if match.start > line_start else ""
        opened = before in {"(", "["}
        shouted = words.text[match.start].isupper()
        if match.start > first and not opened and not shouted and before not in {".", ";", "?", "!"}:
            return []
        begin, end = match.end, line_end
        if opened:
            closing = [k for k in range(begin, line_end) if words.text[k] in {")", "]"}]
            end = closing[-1] if closing else line_end
        end = strip_right(words, begin, end) if end > begin else end
        if any(word in _DONE for word in words.lower[begin:end]) or "had been" in words.slice(begin, end):
            return []
        if end <= begin:
            return self._listed(match, line_end)
        if _NOTHING & set(words.lower[begin : begin + 1 + (words.lower[begin] == "to")]):
            return []
        numbered = self._numbered(begin, end)
        if len(numbered) > 1:
            return [self._entry(match, first, first, stop) for first, stop in numbered]
        if self._only_names(begin, end):
            stop = end + 1 if opened and end < line_end else end
            return self._named(match, match.start - opened, stop, (begin, end), found)
        entry = self._entry(match, match.start, begin, end)
        if entry.owner is None and words.text[match.start + 1] == "(":
            entry.owner = words.slice(match.start + 2, match.end - 2)
        if entry.owner is None and words.lower[match.start + 1] in {"for", "by"} and match.end - match.start > 3:
            entry.owner = words.slice(match.start + 2, match.end - 1)
        return [entry]

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
        due = due_within(words, self.dues, start, end)
        owner = words.slice(*name).strip("()[] ")
        recipient = recipient_of(words, self.lexis, start, end, due)
        cuts = [due] if due is not None else []
        if recipient is not None:
            cuts.append(recipient_cut(words, start, recipient))
        whole = words.body[words.start[start] : words.end[stop - 1]]
        action = Action(
            quote=whole,
            sentence=whole,
            start_char=words.start[start],
            end_char=words.end[stop - 1],
            rule=match.rule.id,
            owner=owner,
            task=without(words, start, end, cuts),
            recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
            due=words.slice(*due) if due is not None else None,
        )
        if inner:
            action.owner = inner[0].owner or owner
            action.task, action.recipient, action.due = inner[0].task, inner[0].recipient, inner[0].due
        action.due_date = due_date(action.due, self.held)
        return [action]

    def _listed(self, match: Match, line_end: int) -> list[Action]:
        """The entries of the lines after an `Actions:` heading: bulleted or numbered lines, else the one line."""
        words = self.words
        actions: list[Action] = []
        at = line_end + 1
        while at < len(words) and len(actions) < _MOST_ENTRIES:
            start, end = self._line(at)
            first = after_label(words, start, end)
            stop = strip_right(words, first, end) if end > first else end
            if stop <= first or (actions and first == start) or words.lower[first] in _NO_ENTRY:
                break
            actions.append(self._entry(match, first, first, stop))
            at = end + 1
            if first == start:
                break
        return actions

    def _entry(self, match: Match, quote: int, begin: int, end: int) -> Action:
        """One written-out action: `[Owner to] do something [by then] [(Owner)]`."""
        words = self.words
        lower, text = words.lower, words.text
        owner: str | None = None
        task_start, task_end = begin, end
        if lower[task_start] == "that":
            task_start += 1
        opening = task_start
        for k in range(task_start + 1, min(end - 1, task_start + 12)):
            bare = (
                bool(words.bits[k] & self.task_verb) and not words.bits[k] & self.lexis.document and text[k].islower()
            )
            bare = bare or (task_start > begin and bool(words.bits[k] & self.told_verb))
            if bare and k > opening and self._names(opening, k):
                owner, task_start = words.slice(opening, k), k
                break
            if lower[k] in {"to", "will", "would", "should", "agreed"} and lower[k + 1] != "be":
                if self._names(opening, k):
                    owner = words.slice(opening, k)
                    task_start = k + 2 if lower[k + 1] == "to" else k + 1
                break
            if text[k] == ":" or (text[k] in {"–", "-"} and words.start[k] > words.end[k - 1]):
                if owner is None and self._names(opening, k):
                    owner = words.slice(opening, k)
                    task_start = opening = k + 1
                continue
            if text[k] in {".", ";"}:
                break
        if owner is None and text[end - 1] == ")":
            bracket = end - 1
            while bracket > begin and text[bracket] != "(":
                bracket -= 1
            if bracket > begin and self._only_names(bracket + 1, end - 1):
                owner = words.slice(bracket + 1, end - 1)
                task_end = strip_right(words, begin, bracket)
        due = due_within(words, self.dues, task_start, task_end)
        recipient = recipient_of(words, self.lexis, task_start, task_end, due)
        cuts = [due] if due is not None else []
        if recipient is not None:
            cuts.append(recipient_cut(words, task_start, recipient))
        due_text = words.slice(*due) if due is not None else None
        return Action(
            quote=words.slice(quote, end),
            sentence=words.slice(quote, end),
            start_char=words.start[quote],
            end_char=words.end[end - 1],
            rule=match.rule.id,
            owner=owner,
            task=without(words, task_start, task_end, cuts),
            recipient=words.slice(recipient[1], recipient[2]) if recipient is not None else None,
            due=due_text,
            due_date=due_date(due_text, self.held),
        )

    def _after_asking(self, start: int, to: int) -> int:
        """Where the one who is asked begins in `(to) ask the Director to include ...`; else `start`."""
        words, lower = self.words, self.words.lower
        k = start + (lower[start] == "to")
        while k < to and lower[k] in _FORMALLY:
            k += 1
        asked = lower[k] in _TELLING and k + 1 < to
        named = asked and (lower[k + 1] in DETERMINERS or words.bits[k + 1] & (self.lexis.capital | self.lexis.person))
        return k + 1 if named else start

    def _names(self, start: int, end: int) -> bool:
        known = kind_of(self.words, self.lexis, start, end) in {"person", "body"}
        return (known or first_name(self.words, self.lexis, start, end)) and not self._verb_in(start, end)

    def _verb_in(self, start: int, end: int) -> bool:
        return any(self.words.bits[k] & (self.lexis.auxiliary | self.lexis.verb_past) for k in range(start, end))

    def _note(self, match: Match) -> Action | None:
        words, lexis = self.words, self.lexis
        k = bisect_right(words.sentences, (match.start, len(words) + 1)) - 1
        start, end = words.sentences[max(k, 0)]
        start = after_label(words, start, end)
        to = next(j for j in range(match.start, match.end) if words.lower[j] == "to")
        if words.text[min(start + 1, to)] == ":" and words.lower[start] in {"agreed", "agree", "noted", "resolved"}:
            start += 2
        if words.lower[start] in {"action", "actions"}:
            return None
        quote = start
        start = self._after_asking(start, to)
        if to <= start or to - start > 12 or self._verb_in(start, to) or words.text[end - 1] == "?":
            return None
        if any(words.text[j] in {",", ";", ":"} or words.bits[j] & lexis.asking for j in range(start, to)):
            return None
        if any(words.lower[j].endswith("ed") and not words.bits[j] & lexis.capital for j in range(start, to)):
            return None
        kind = kind_of(words, lexis, start, to)
        if words.lower[to + 1] in PERSONAL and first_name(words, lexis, start, to):
            kind = "person"
        if match.rule.kind == "note_form":
            head = words.bits[to - 1]
            deciding = head & lexis.body and not head & lexis.person and words.lower[to - 1] not in {"team", "service"}
            if kind not in {"person", "body"} or deciding or words.bits[start] & lexis.preposition:
                return None
            if words.lower[to + 1] in _AGENDA_VERBS and words.text[end - 1] != ".":
                return None
        elif kind != "document":
            return None
        action = self._entry(match, quote, start, strip_right(words, start, end))
        return None if match.rule.kind == "note_form" and action.owner is None else action


def _covered(action: Action, others: list[Action]) -> bool:
    return any(other.start_char < action.end_char and action.start_char < other.end_char for other in others)
