"""What a suggestion or a wish is for: something looked into, told or handed over later, and not what ought to be so."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words

MEMBERS = frozenset("members councillors committee panel board commission".split())
_DRAWN_UP = frozenset("produced prepared drafted compiled collated created".split())
_LOOKED_INTO = frozenset(
    "looked explored investigated examined revisited re-visited checked repeated re-run re-examined".split()
)
_TOLD = frozenset("told informed notified kept consulted briefed updated".split())
_LOOKS = frozenset("look explore investigate examine check revisit re-visit".split())
_CHARTED = frozenset("chart charts graph graphs line dashboard".split())
_MODALS = frozenset("should could might may".split())
_JOINTS = frozenset("of on for by about from which who in at with to".split())
_INFORMING = frozenset(
    "assessment assessments idea picture indication notice reporting overview insight impact effect number numbers "
    "proportion share cost costs rate extent scale reasons".split()
)
_MOVED = frozenset(
    "increase increased rise fall reduce reduced improve improved improvement grow higher lower cut down up more fewer "
    "less better greater".split()
)
_VIEWS = frozenset("views experiences opinions voices stories".split())
_CHANCE = frozenset({"opportunity", "chance"})
_TAKEN_UP = frozenset("comment contribute see consider scrutinise review discuss respond".split())
_AGAIN = frozenset("look return revisit review consider come re-visit".split())


def suggested(words: Words, request: int, end: int, document: int, agent: int) -> bool:
    """Whether a suggestion is that something be drawn up, looked into or told to Members, or that somebody do so.

    `document` and `agent` are the bits of documents, and of persons and bodies.
    """
    lower, bits = words.lower, words.bits
    for k in range(request + 1, end):
        following = lower[k + 1] if k + 1 < end else ""
        if lower[k] == "be" and following:
            subject = lower[request:k]
            if following in _DRAWN_UP:
                return any(bits[j] & document for j in range(request, k))
            if following in _TOLD:
                return bool(MEMBERS & set(subject))
            given = following in {"given", "shown"} and bool(MEMBERS & set(lower[k + 2 : k + 7]))
            charted = following == "shown" and bool(_CHARTED & set(lower[k + 2 : end]))
            weighed = following == "given" and subject[-1:] == ["consideration"]
            return following in _LOOKED_INTO or given or charted or weighed
        if lower[k : k + 2] == ["hear", "from"] and lower[k - 1] in MEMBERS:
            return True
        if lower[k] in {"receive", "receives"} and lower[k - 1] in MEMBERS:
            return any(bits[j] & document for j in range(k + 1, end))
        by = k - 1 - (lower[k - 1] in _MODALS)
        looks = lower[k] in _LOOKS or (lower[k] in {"visit", "invite"} and lower[by] in MEMBERS)
        if looks and by >= request and bits[by] & agent:
            return True
    return False


def wished(words: Words, request: int, end: int) -> bool:
    """Whether what is wished is to be told or shown something, without a word for a document."""
    lower = words.lower
    told = set(lower[request:end])
    if lower[request] == "something" and lower[request + 1 : request + 2] in (["on"], ["about"]):
        return True
    if lower[request - 1] == "hear" and lower[request] in {"how", "what"}:
        return True
    if (
        lower[request] == "being"
        and lower[request + 1 : request + 2]
        and lower[request + 1] in _TOLD | {"sent", "given"}
    ):
        return True
    if _VIEWS & told and ("of" in told or "’" in told or "'" in told):
        return True
    if _CHANCE & told and _TAKEN_UP & told:
        return True
    joint = next((k for k in range(request + 1, end) if lower[k] in _JOINTS), end)
    head = joint - 1
    if any(lower[k : k + 2] in (["come", "back"], ["report", "back"], ["comes", "back"]) for k in range(request, end)):
        return True
    told -= {"better", "fuller"} & set(lower[request:joint])  # `a better picture of demand`
    named = lower[head] in _INFORMING and (joint - request < 4 or lower[request] in {"a", "an", "the", "some"})
    return named and joint < end and not _MOVED & told


def again(words: Words, request: int, end: int, due: bool) -> bool | None:
    """Whether a body that wishes to look at, come back to or consider something means later; None for other verbs."""
    lower = words.lower
    if lower[request] not in _AGAIN:
        return None
    return due or bool({"again", "back", "further"} & set(lower[request : request + 6]))
