"""Where something asked for is to appear: `the work programme`, `performance reports`, `the Committee`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

_INTO = frozenset("in into within through via".split())
_COMING = frozenset("future next subsequent later all forthcoming".split())
_PLACES = frozenset(
    "committee sub-committee subcommittee panel board commission forum cabinet council table column programme "
    "programmes workplan list agenda agendas report reports minutes register dashboard scorecard log tracker plan "
    "strategy website".split()
)
_SHOWING = frozenset(
    "include included show showed break contain contained cover covered provide provided give set look separate "
    "split also should must to have had reflect reflected state list explain name compare highlight deal address "
    "carry".split()
)
_ONE_MORE = frozenset("a an another further one".split())
_LAID = frozenset("laid placed put brought".split())
_BODIES = frozenset("committee sub-committee panel board commission forum".split())
_RECURRING = frozenset(
    "each every annual quarterly monthly six-monthly next future final revised forthcoming all".split()
)
_CONTAINING = frozenset(
    "include included show showed contain contained cover covered provide provided separate split reflect reflected "
    "break give highlight explain set compare list state".split()
)
_HANDLED = frozenset(
    "moved brought submitted presented provided circulated reported removed added included sent shared put placed "
    "deferred scheduled received considered tabled taken".split()
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
                or recurring(words, rules, k, end)
            ):
                continue
        elif word in {"on", "onto", "with"}:
            listed = word == "on" and any(
                lower[j] in _LISTS or (lower[j] in {"programme", "plan"} and lower[j - 1] in {"work", "forward"})
                for j in range(k + 1, min(end, k + 6))
            )
            together = {"shared", "circulated", "sent", "included", "published"}
            if not (placed or listed or (word == "with" and recurring(words, rules, k, end))) or (
                word == "with" and lower[k - 1] not in together and not recurring(words, rules, k, end)
            ):
                continue
        elif lower[k : k + 3] == ["as", "part", "of"] and k > start and bits[k - 1] & put and k + 4 < end:
            stop = _phrase(words, noun, verb_past, k + 3, end, due)
            if stop is not None:
                return k, k + 3, stop
            continue
        elif word == "before":
            if lower[k - 1] not in _LAID or bits[k + 1] & verb:
                continue
        elif (
            word == "to"
            and not any(lower[j] in _PLACES for j in range(k + 1, min(end, k + 8)))
            or word != "to"
            or lower[k + 1] == "be"
            or (bits[k + 1] & verb and not bits[k + 1] & noun)
            or lower[k - 1]
            in {"referred", "regard", "respect", "due", "relation", "went", "go", "goes", "going", "gone"}
            and lower[k - 2 : k] != ["to", "go"]
        ):
            continue
        stop = _phrase(words, noun, verb_past, k + 1, end, due)
        if stop is not None:
            return k, k + 1, stop
    return None


def recurring(words: Words, rules: RuleSet, at: int, end: int) -> bool:
    """Whether `in each quarterly report` ends the request: a document that comes again and holds what is asked for."""
    if end - at > _LIMIT or not _is_container(words, rules, end - 1):
        return False
    return bool(_RECURRING & set(words.lower[at + 1 : end - 1]))


def _contained(words: Words, rules: RuleSet, start: int, at: int) -> bool:
    """Whether `in the scorecard` goes with a verb of putting before it: `include a measure of the cost in ...`."""
    put, container = rules.flag("put_in"), rules.flag("container_noun")
    near = any(words.bits[k] & container for k in range(at + 1, min(len(words), at + 5)))
    seen = start > 0 and words.lower[start - 1] in {"see", "have", "seeing", "having"}
    return near and (seen or any(words.bits[k] & put for k in range(start, at)))


def shown_in(words: Words, rules: RuleSet, start: int, end: int) -> tuple[int, int, int] | None:
    """The document that somebody suggests should contain something: `the dashboard include a forecast`.

    Unlike `document_asked`, a bare `should` does not do: `the plan should be simpler` is an opinion.
    """
    found = document_asked(words, rules, start, end)
    if found is None:
        part = next((k for k in range(start, end - 2) if words.lower[k : k + 3] == ["as", "part", "of"]), None)
        if part is None or words.lower[part + 3 : part + 4] not in (["future"], ["the"], ["each"]):
            return None
        stop = next((k + 1 for k in range(part + 3, min(end, part + 8)) if _is_container(words, rules, k)), None)
        return None if stop is None else (part, part + 3, stop)
    shown = words.lower[found[2] : found[2] + 3]
    showing = 1 if shown[:1] and shown[0] in {"should", "must", "also", "could", "to"} else 0
    showing += shown[showing : showing + 1] in (["also"], ["clearly"])
    return found if _CONTAINING.intersection(shown[showing : showing + 1]) else None


def provided_with(words: Words, start: int, end: int) -> tuple[int, int, int] | None:
    """The committee in `provide the Committee with an analysis`; what is left is `provide an analysis`."""
    lower = words.lower
    for k in range(start, end - 4):
        if lower[k] in {"provide", "provides", "supply", "supplies"} and lower[k + 1] in {"the", "this"}:
            body = k + 2
            if lower[body] in _BODIES and lower[body + 1] == "with":
                return k + 1, k + 1, body + 1
    return None


def programme_before(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The programme that is agreed with an addition: `its work programme` in `agreed its work programme, with ...`."""
    lower = words.lower
    for k in range(end - 1, start, -1):
        if lower[k] in _LISTS or (
            lower[k] in {"programme", "plan"} and lower[k - 1] in {"work", "forward", "scrutiny"}
        ):
            begin = next(
                (j for j in range(k - 1, max(start, k - 6) - 1, -1) if lower[j] in {"the", "its", "their"}), None
            )
            return None if begin is None else (begin, k + 1)
    return None


def _is_container(words: Words, rules: RuleSet, at: int) -> bool:
    return bool(words.bits[at] & rules.flag("container_noun"))


def _shows(lower: list[str], at: int) -> bool:
    """Whether the word at `at` says what a document is to hold: `to show`, `should be clearer`; not `to go on`."""
    following = lower[at + 1] if at + 1 < len(lower) else ""
    if lower[at] == "to":
        return following in _CONTAINING or following in {
            "look",
            "say",
            "focus",
            "address",
            "identify",
            "have",
            "report",
        }
    if following == "be" and lower[at + 2 : at + 3] and lower[at + 2] in _HANDLED:
        return False  # `the annual report should be moved to September`
    return following not in {"come", "go", "return"} or lower[at] not in {"should", "must", "also"}


def document_asked(words: Words, rules: RuleSet, start: int, end: int) -> tuple[int, int, int] | None:
    """The document that is asked to show something: `the next scorecard` in `the next scorecard break down ...`."""
    lower, bits = words.lower, words.bits
    container = rules.flag("container_noun")
    for noun in range(start, min(end, start + 5)):
        if bits[noun] & container and (noun == start or lower[noun - 1] != "to"):
            for k in range(noun + 1, min(end, noun + 8)):
                if lower[k] in _SHOWING and _shows(lower, k):
                    modal = lower[k - 1] in {"would", "could", "will", "is", "are", "ought", "needs", "needed"}
                    return (start, start, k - modal) if lower[start] not in _ONE_MORE else None
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
        elif (
            lower[k] == "and"
            and found is None
            and k + 1 < end
            and words.text[k - 1][:1].isupper()
            and words.text[k + 1][:1].isupper()
        ):
            continue
        elif lower[k] in _STOPS or (bits[k] & verb_past and found is None and k > start + 3):
            if found is not None and lower[k] in {"to", "for"} and k + 1 < end and bits[k - 1] & verb_past:
                continue
            break
    if found is not None and lower[found : found + 1] == ["of"] and found + 2 < end and lower[found + 2] == "meeting":
        found += 3  # `the minutes of this meeting`
    if found is not None and lower[found - 1] == "list" and lower[found : found + 1] == ["of"]:
        while found < end and (due is None or found != due[0]) and lower[found] not in {"for", "at", "in", ",", "by"}:
            found += 1  # `the list of possible reviews`
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
