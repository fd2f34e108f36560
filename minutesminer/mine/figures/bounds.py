"""Words of quantity before and after a figure: over, at least, within, or more."""

from __future__ import annotations

from collections.abc import Iterable

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

_WENT = frozenset({"gone", "went", "go", "going", "goes", "come", "came", "moved", "crept", "shot", "jumped", "back"})
_SPANS = [["a", noun, "of"] for noun in ("timescale", "period", "timeframe", "maximum", "limit")]
_CENTRED = frozenset({"based", "built", "structured", "centred", "organised", "grouped", "arranged", "focused"})
EXPECTED = frozenset({"standard", "standards", "level", "levels", "progress"})
"""Behind `expected` these are what pupils reach, and no forecast."""
_SIGNS = frozenset("+-−–")
_LIMITS = frozenset({"limit", "target", "standard", "threshold", "deadline", "mark", "maximum"})


def without_standards(words: Words, matches: Iterable[Match]) -> list[Match]:
    """The cues of a role but those in `the expected standard`, which is what pupils reach and no forecast or target."""
    kept = []
    for match in matches:
        around = words.lower[max(match.start - 1, 0) : match.end + 1]
        if "expected" not in around or not EXPECTED & set(around):
            kept.append(match)
    return kept


def signed(words: Words, figure: Figure) -> bool:
    """Whether a percentage has a sign of its own: `+4%`, `(-12.5%)`; a dash behind a number is no sign."""
    at = figure.start - 1
    if figure.kind != "percentage" or at < 0 or words.text[at] not in _SIGNS or words.end[at] != words.start[at + 1]:
        return False
    if at == 0 or words.text[at - 1] == "(":
        return True
    return words.text[at] != "–" and at - 1 not in words.values and words.end[at - 1] < words.start[at]


def read_bounds(reading: Reading, figures: list[Figure]) -> None:
    """Set the comparator of every figure, and widen it by the words that say it."""
    words = reading.words
    before: dict[int, Match] = {}
    for match in reading.of("qualifier", "comparator"):
        if match.end not in before or match.start < before[match.end].start:
            before[match.end] = match
    after = {match.start: match for match in reading.of("qualifier", "comparator_after")}
    ends = {figure.end for figure in figures}
    for figure in figures:
        bound = before.get(figure.start)
        if bound is None or _is_other(words, bound, figure) or bound.start in ends:
            bound = _bound_further(words, before, figure)
        if bound is not None:
            figure.comparator = str(bound.rule.set["comparator"])
            figure.start = bound.start
        elif figure.kind == "timescale" and figure.start and words.lower[figure.start - 1] == "in":
            _deadline(words, figure)
        if words.text[figure.number].endswith("+"):
            figure.comparator = ">="  # `3,000+ homes`
        behind = after.get(figure.after) or after.get(figure.end) or after.get(figure.number + 1)
        if (
            behind is not None
            and words.text[behind.start] == "+"
            and words.start[behind.start] > words.end[behind.start - 1]
        ):
            behind = None  # `£20,000 + £989` adds
        if behind is not None:
            figure.comparator = str(behind.rule.set["comparator"])
            figure.end = figure.after = max(behind.end, figure.end)


def _bound_further(words: Words, before: dict[int, Match], figure: Figure) -> Match | None:
    """`around a further 22%`, `over the 6 week limit`: words of quantity with an article between."""
    start = figure.start
    ahead = words.lower[figure.end : figure.end + 1]
    if words.lower[max(start - 2, 0) : start] in (["a", "further"], ["an", "additional"], ["an", "extra"]):
        return before.get(start - 2)
    if figure.kind == "timescale" and words.lower[max(start - 3, 0) : start] in _SPANS:
        return before.get(start - 2) or before.get(start - 3)  # `within a timescale of six months`
    if figure.kind in {"percentage", "money"} and start and words.lower[start - 1] in {"a", "an"}:
        return before.get(start - 1)  # `at least an 80% cut`
    if figure.kind == "timescale" and ahead and ahead[0] in _LIMITS and words.lower[start - 1] in {"the", "its"}:
        return before.get(start - 1)
    return None


def _is_other(words: Words, bound: Match, figure: Figure) -> bool:
    """Words of quantity that are something else: a lone `c` is circa before counts only, `within` needs a measure."""
    lower = words.lower[bound.start : bound.end]
    if lower == ["up", "to"] and bound.start and words.lower[bound.start - 1] in _WENT:
        return True  # `had gone up to 1,318` is reached, not a limit
    if lower == ["around"] and bound.start and words.lower[bound.start - 1] in _CENTRED:
        return True  # `a strategy based around four themes`
    return (lower == ["c"] and figure.kind not in {"count", "money"}) or (
        lower[0] == "within" and figure.kind == "count"
    )


def _deadline(words: Words, figure: Figure) -> None:
    start = figure.start
    if "-" in words.text[figure.number]:
        return  # `in one-day repairs`
    clause = words.lower[max(start - 6, 0) : start - 1]
    future = any(word in {"would", "will", "shall", "be", "back", "again"} for word in clause)
    figure.start = start - 1
    if words.lower[figure.end : figure.end + 2] == ["on", "average"] or "average" in clause:
        return
    if not future and "not" not in clause and "never" not in clause and figure.unit not in {"month", "year"}:
        figure.comparator = "<="
