"""Where something asked for is to appear: `the work programme`, `performance reports`, `the Committee`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

_INTO = frozenset("in into within".split())
_COMING = frozenset("future next subsequent later all forthcoming".split())
_PLACES = frozenset(
    "committee sub-committee subcommittee panel board commission forum cabinet programme programmes workplan list "
    "agenda agendas report reports minutes register dashboard scorecard log tracker plan strategy website".split()
)
_SHOWING = frozenset(
    "include included show showed break contain contained cover covered provide provided give set look separate "
    "split also should must to have had reflect reflected".split()
)
_ENDING = frozenset("be , before after when once that which if as until".split())
_LISTS = frozenset("agenda agendas workplan watchlist".split())
_LIMIT = 9  # words of a destination
_STOPS = frozenset(", . ; : ( ) and with as so at by for in on within instead which that to from before after".split())


def destination_of(
    words: Words, rules: RuleSet, start: int, end: int, due: tuple[int, int] | None
) -> tuple[int, int, int] | None:
    """(start of its preposition, start, end) of the destination in words `start` to `end`; `due` is not one."""
    lower, bits = words.lower, words.bits
    noun, put, verb_past = rules.flag("destination_noun"), rules.flag("put_in"), rules.flag("verb_past")
    verb = rules.flag("task_verb") | rules.flag("verb_present")
    for k in range(start, end - 1):
        word = lower[k]
        if due is not None and due[0] <= k < due[1]:
            continue
        placed = k > start and bool(bits[k - 1] & put or lower[k - 1] in {"to", "be", "back", "down", "up"})
        if word in _INTO:
            if not (
                placed
                or (k > start + 1 and bits[k - 2] & put)
                or (word == "in" and _contained(words, rules, start, k))
                or lower[k + 1] in _COMING
                or (lower[k + 1] == "the" and lower[k + 2 : k + 3] == ["next"])
            ):
                continue
        elif word in {"on", "onto", "with"}:
            listed = word == "on" and any(
                lower[j] in _LISTS or (lower[j] in {"programme", "plan"} and lower[j - 1] in {"work", "forward"})
                for j in range(k + 1, min(end, k + 6))
            )
            if not (placed or listed) or (
                word == "with" and lower[k - 1] not in {"shared", "circulated", "sent", "included", "published"}
            ):
                continue
        elif (
            word == "to"
            and not any(lower[j] in _PLACES for j in range(k + 1, min(end, k + 8)))
            or word != "to"
            or (bits[k + 1] & verb and not bits[k + 1] & noun)
            or lower[k - 1]
            in {"referred", "regard", "respect", "due", "relation", "went", "go", "goes", "going", "gone"}
        ):
            continue
        stop = _phrase(words, noun, verb_past, k + 1, end, due)
        if stop is not None:
            return k, k + 1, stop
    return None


def _contained(words: Words, rules: RuleSet, start: int, at: int) -> bool:
    """Whether `in the scorecard` goes with a verb of putting before it: `include a measure of the cost in ...`."""
    put, container = rules.flag("put_in"), rules.flag("container_noun")
    near = any(words.bits[k] & container for k in range(at + 1, min(len(words), at + 5)))
    seen = start > 0 and words.lower[start - 1] in {"see", "have", "seeing", "having"}
    return near and (seen or any(words.bits[k] & put for k in range(start, at)))


def document_asked(words: Words, rules: RuleSet, start: int, end: int) -> tuple[int, int, int] | None:
    """The document that is asked to show something: `the next scorecard` in `the next scorecard break down ...`."""
    lower, bits = words.lower, words.bits
    container = rules.flag("container_noun")
    for noun in range(start, min(end, start + 5)):
        if bits[noun] & container and (noun == start or lower[noun - 1] != "to"):
            for k in range(noun + 1, min(end, noun + 8)):
                if lower[k] in _SHOWING and lower[k : k + 2] != ["to", "be"]:
                    return start, start, k
                if lower[k] in _ENDING:
                    return None
            return None
    return None


def _phrase(words: Words, noun: int, verb_past: int, start: int, end: int, due: tuple[int, int] | None) -> int | None:
    lower, bits = words.lower, words.bits
    found: int | None = None
    if lower[start] in {"members", "councillors", "officers"} or lower[start : start + 2] in (
        ["all", "members"],
        ["all", "councillors"],
    ):
        return None
    for k in range(start, min(end, start + _LIMIT)):
        if due is not None and k == due[0]:
            break
        if bits[k] & noun:
            found = k + 1
        elif lower[k] in _STOPS or (bits[k] & verb_past and found is None and k > start + 3):
            if found is not None and lower[k] in {"to", "for"} and k + 1 < end and bits[k - 1] & verb_past:
                continue
            break
    if found is None or (found < end and lower[found] in {"members", "member", "councillors", "chair"}):
        return None
    if found == start + 1 and lower[start] in {
        "include",
        "report",
        "update",
        "review",
        "list",
        "plan",
        "schedule",
        "chair",
        "log",
    }:
        return None
    return _whole_possessive(words, found, end, due)


def _whole_possessive(words: Words, found: int, end: int, due: tuple[int, int] | None) -> int:
    """`found` moved right over what a place owns: `the Panel’s meeting`, `the Board’s attention`."""
    lower = words.lower
    if found >= end or lower[found] not in {"’s", "'s", "’", "'"}:
        return found
    k = found + 1
    stop = min(end, found + _LIMIT) if due is None or due[0] < found else min(due[0], end)
    while k < stop and lower[k] not in _STOPS and lower[k] not in {"and", "to", "be", "of"}:
        k += 1
    return k
