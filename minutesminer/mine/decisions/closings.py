"""What may follow the words of a decision, so that they stay the meeting's own and of this day."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words

RECORDS = frozenset("minutes minute notes".split())  # accepting these approves them
_ENDED = frozenset(
    ". ; , and without with subject as for following unanimously by in on ) — – - ( pending until".split()
)
_FOREIGN = frozenset(
    "cabinet council government executive ofsted full parliament ministers minister secretary officers director".split()
)
_SITTING = frozenset("meeting item items room discussion consideration business session proceedings".split())
_STRICT = frozenset("received rejected supported accepted signed referred refused withdrawn".split())
_QUALITY = frozenset("record records correct accurate true".split())
_DATED = frozenset(
    "january february march april may june july august september october november december last 19 20".split()
)
_VOTES = frozenset("votes vote majority consensus consent hands".split())
_PROVISOS = (["subject", "to"], ["on", "the"], ["provided", "that"], ["with", "the"], ["pending", "the"])
_ON_THE = frozenset("understanding basis condition proviso".split())


def proviso(words: Words, start: int, last: int) -> int:
    """The word at which a condition begins in the words `start` to `last`; `last` where there is none."""
    for k in range(start, last - 2):
        if words.lower[k : k + 2] in _PROVISOS:
            third = words.lower[k + 2]
            if words.lower[k] == "on" and third not in _ON_THE:
                continue
            if words.lower[k] == "with" and third not in {"addition", "proviso"}:
                continue
            return k
    return last


def dated(words: Words, year: int, start: int, last: int) -> bool:
    """True where the sentence ends by saying when it was: it tells of another meeting."""
    for k in range(max(start, last - 7), last - 1):
        if words.lower[k] in {"in", "on", "during"}:
            near = range(k + 1, min(last, k + 4))
            if any(words.bits[j] & year or words.lower[j] in _DATED for j in near):
                return True
    return False


def closes_well(words: Words, body: int, year: int, at: int, last: int, verb: str) -> bool:
    """True where what follows the participle leaves it the meeting's own decision."""
    if at >= last:
        return True
    following = words.lower[at : min(last, at + 6)]
    if verb in {"deferred", "postponed", "adjourned"}:
        return "by" not in following[:1]
    if verb == "signed" and following[0] == "by":
        return True
    if verb == "excluded":
        return following[0] in {".", ";"} or bool(_SITTING & set(words.lower[at:last]))
    if verb == "referred" and following[0] in {"back", "to"}:
        to = following.index("to") if "to" in following else 0
        return following[to + 1 : to + 2] not in (["in"], ["by"], ["at"]) and not _DATED & set(words.lower[at:last])
    if following[0] not in _ENDED:
        return False
    if following[0] == "by" and _VOTES & set(following):
        return True
    if verb == "received" and following[:2] in (["for", "information"], ["for", "noting"]):
        return True
    if verb in _STRICT and following[0] not in {".", ";", "unanimously"} and not _QUALITY & set(words.lower[at:last]):
        return False
    if following[0] == "by" and not any(
        words.bits[k] & body and words.lower[k] not in _FOREIGN for k in range(at, min(last, at + 6))
    ):
        return False
    if following[0] == "by" and set(following) & _FOREIGN:
        return False
    if following[0] in {"in", "on", "for", "at"} and (
        set(following[:4]) & _DATED or any(words.bits[k] & year for k in range(at, min(last, at + 5)))
    ):
        return False
    return following[:2] != ["as", "being"] or bool(_QUALITY & set(words.lower[at:last]))


def closes_short(words: Words, at: int, last: int) -> bool:
    """True where a decision in note form may end at the word `at`: `Report noted subject to ...`."""
    allowed = {".", ";", ",", "nem", "unanimously", "as", "subject", "and", "with"}
    if words.lower[at - 1] in {"deferred", "postponed"}:
        allowed |= {"to", "until", "pending"}
    return at >= last or words.lower[at] in allowed
