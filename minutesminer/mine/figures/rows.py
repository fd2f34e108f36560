"""Rows of tables (`Indicator: Calls answered; Q3: 71%; Target: 80%`) and headings: labels that no sentence states."""

from __future__ import annotations

from collections.abc import Collection

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.wording import Wording

_LONGEST_HEADING = 9  # words
_LONGEST_LEAD = 14  # words
_LONGEST_LIST = 9  # lines from an item back to the line it hangs on
_BACK = 12  # lines that a heading may stand above its figure


class RowReader:
    """Reads what the rows and headings around a figure say it measures."""

    def __init__(self, rules: RuleSet, wording: Wording) -> None:
        self._wording = wording
        self._auxiliary = rules.flag("auxiliary")
        self._preposition = rules.flag("preposition")
        self._generic = rules.flag("generic_subject") | rules.flag("pronoun")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("chair") | rules.flag("title")
        self._column = rules.flag("target_word") | rules.flag("generic_subject") | rules.flag("column_word")
        self._column |= rules.flag("financial_year") | rules.flag("month") | rules.flag("indicator_noun")

    def row(self, words: Words, figure: Figure, taken: set[int]) -> str | None:
        """The label of a figure in a table's row: its first cell, and the column's name where that names something."""
        low, high = words.sentences[figure.sentence]
        if ";" not in words.text[low:high]:
            return None
        low, high = self._line(words, figure.start)
        cells = self._cells(words, low, high)
        if len(cells) < 3:
            return None
        own = next(((head, value) for head, value in cells if value[0] <= figure.start < value[1]), None)
        first = cells[0]
        if own is None:
            return None
        if own is first:
            # `Calls answered within 60 seconds`: a limit in the indicator's name
            rest = [j for j in range(*first[1]) if not figure.start <= j < figure.end]
            return self._wording.text(words, rest, taken)
        text = self._wording.text(words, range(*first[1]), taken)
        named = self._wording.content(words, range(*own[0]), taken, self._column)
        unit = {"£", "m", "k", "£m", "£k", "£000", "£000s", "000s", "%"}
        column = [j for j in range(*own[0]) if words.lower[j] not in unit]
        head = self._wording.text(words, column, taken) if named else None
        if text is None:
            return head
        return f"{head} {text}" if head else text

    def lead(self, words: Words, figure: Figure, starts: Collection[int]) -> list[int]:
        """The words of the line that a list hangs on: `Pressures on the budget:` above `- £4m in Adult Social Care`.

        Empty where the figure does not open its line, or no line above ends in a colon. `starts` are the words at
        which figures begin.
        """
        low, _ = self._line(words, figure.start)
        if not all(len(words.text[j]) <= 2 or words.text[j] == "and" for j in range(low, figure.start)):
            return []
        for _ in range(_LONGEST_LIST):
            if low < 2:
                return []
            start, end = self._line(words, low - 2)
            while end > start and words.bits[end - 1] & NEWLINE:
                end -= 1
            low = start
            if end <= start:
                continue
            if words.text[end - 1] == ":":
                return self._named_in(words, start, end - 1, starts)
            if not any(j in starts for j in range(start, min(start + 4, end))):
                return []
        return []

    def _named_in(self, words: Words, start: int, end: int, starts: Collection[int]) -> list[int]:
        """The noun phrase of a line above a list: without its number, brackets, verb and own figures."""
        at = list(range(start, end))
        if ")" in words.text[end - 3 : end] and "(" in words.text[start:end]:
            at = at[: max(p for p, j in enumerate(at) if words.text[j] == "(")]
        told = [p for p, j in enumerate(at) if j in starts]
        if told:
            at = at[told[-1] :]
            through = [p for p, j in enumerate(at) if words.bits[j] & self._preposition]
            at = at[through[0] + 1 :] if through else []
        if "following" in words.lower[start:end]:
            at = [j for j in at if j > start + words.lower[start:end].index("following")]
        verbs = [p for p, j in enumerate(at) if words.bits[j] & self._auxiliary]
        if verbs:
            p = verbs[0]
            at = at[p + 1 :] if p and words.lower[at[p - 1]] == "there" else at[:p]
        at = [j for j in at if words.lower[j] not in {"following", "follows"}]
        by = [p for p, j in enumerate(at) if words.lower[j] == "by" and p and len(at) - p <= 3]
        if by:
            at = at[: by[0]]  # `Staff by service:` above `120 in Housing`
        named = [j for j in at if words.text[j][0].isalpha() and not words.bits[j] & self._generic]
        if any(words.bits[j] & self._people for j in at):
            return []  # `The Panel received the following figures:`
        return at if named and len(at) <= _LONGEST_LEAD else []

    def _line(self, words: Words, at: int) -> tuple[int, int]:
        low = at
        while low and not words.bits[low - 1] & NEWLINE:
            low -= 1
        high = at
        while high < len(words) and not words.bits[high] & NEWLINE:
            high += 1
        return low, high

    def _cells(self, words: Words, low: int, high: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """The cells of a row as (range of the column's name, range of the value); empty where it is none."""
        cells: list[tuple[tuple[int, int], tuple[int, int]]] = []
        start = low
        for j in range(low, high + 1):
            if j < high and words.text[j] != ";":
                continue
            colon = next((i for i in range(start, j) if words.text[i] == ":"), None)
            if colon is None or colon - start > 7 or colon == start or colon + 1 >= j:
                return []
            cells.append(((start, colon), (colon + 1, j)))
            start = j + 1
        return cells

    def heading(self, words: Words, figure: Figure, taken: set[int]) -> str | None:
        """The heading nearest above the figure: a short line without figures, verb or stop."""
        low, _ = self._line(words, figure.start)
        for _ in range(_BACK):
            if low < 2:
                return None
            start, end = self._line(words, low - 2)
            while end > start and words.bits[end - 1] & NEWLINE:
                end -= 1
            if self._is_heading(words, start, end):
                return self._wording.text(words, range(start, end), taken)
            low = start
        return None

    def _is_heading(self, words: Words, start: int, end: int) -> bool:
        if not 1 <= end - start <= _LONGEST_HEADING or words.text[end - 1] in {".", ",", ";", "?"}:
            return False
        if any(words.bits[j] & self._auxiliary or j in words.values for j in range(start, end)):
            return False
        return words.text[start][:1].isupper() and words.lower[start] not in {
            "minutes",
            "resolved",
            "decision",
            "agreed",
        }
