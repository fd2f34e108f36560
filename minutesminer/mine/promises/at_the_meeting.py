"""Whether what is asked for is said, answered or done there and then, in the meeting, and so is no follow-up."""

from __future__ import annotations

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words

_SOFT = frozenset(
    "clarification clarity explanation confirmation reassurance assurance reasons reason cause advice".split()
)
_NEWS = frozenset({"update", "information", "details", "detail"})
_ANSWERED = frozenset("advised explained replied responded reported stated confirmed said informed".split())
_PROMISED = frozenset(
    "committed promised find response undertook agreed offered circulate provide send share e-mail email written "
    "forward".split()
)
OPINIONS = frozenset(
    "observations suggestions ideas views thoughts comments opinions questions "
    "nominations declarations volunteers patience permission leave".split()
)
DONE_AT_ONCE = frozenset(
    "closed heard noted endorsed approved thanked congratulated minuted adjourned withdrawn moved".split()
)
OWN_BODIES = frozenset("committee panel board commission council cabinet executive forum sub-committee".split())
_RECORDED = frozenset(
    "it vote votes dissent objection opposition thanks appreciation gratitude concern concerns".split()
)
_IN_THE_ROOM = frozenset(
    "introduce present explain outline summarise comment speak move leave note elaborate expand address describe "
    "highlight sit stand join sign agree approve vote consider support endorse clarify withdraw".split()
)
_CHAIRS = frozenset("chair chairman chairperson chairwoman convener convenor mayor".split())
_OVERVIEWS = frozenset("overview introduction through background outline".split())
_VIEWS_OF = (["views", "of"], ["experiences", "of"], ["opinions", "of"])  # of others, who are not in the room
_REPLIES = frozenset(
    "response reply answer officer officers director head manager he she it cabinet responding answering".split()
)
_THERE = frozenset("present attendance attendees attending apologies absent voted voting abstained abstaining".split())
_AND_THEN = frozenset("and which who but".split())
_ANSWERING = frozenset("explained advised confirmed replied clarified told answered responded given".split())
_COMES_BACK = frozenset("back provide bring return circulate".split())


def _replied(lower: list[str], start: int) -> bool:
    """Whether the sentence at `start`, on the same line, reports an answer and promises nothing."""
    following = lower[start : start + 30]
    if not following or "\n" in following[0]:
        return False
    return bool(_ANSWERED & set(following[:12])) and not _PROMISED & set(following)


def asked_into(words: Words, at: int) -> bool:
    """Whether `asked for` opens a question at the word `at`: `asked for what reasons it was late`."""
    noun = words.lower[at] == "what" and words.lower[at + 1 : at + 2] not in (["had"], ["was"], ["is"], ["has"])
    return noun or words.lower[at] in {"which", "how", "whom", "whose"}


def attendance(words: Words, request: int, end: int) -> bool:
    """Whether minutes are put right about who was there or how they voted: `be added to the list of those present`."""
    lower = words.lower
    be = next((k for k in range(request, end) if lower[k] == "be"), None)
    if be is None:
        return False
    after = lower[be + 1 : end]
    if after[:2] == ["recorded", "as"]:
        return not _THERE.isdisjoint(after)
    listed = after[:1] in (["added"], ["included"], ["shown"], ["listed"], ["removed"])
    return listed and not _THERE.isdisjoint(after) and not {"list", "record", "attendance"}.isdisjoint(after)


def settled(words: Words, request: int, end: int) -> bool:
    """Whether what was asked for was done in the meeting: the minutes amended, a report noted."""
    lower = words.lower
    be = next((k for k in range(request, end) if lower[k] == "be"), None)
    if be is None or be + 1 >= end:
        return False
    noted = {"note", "record"} & set(lower[request:be]) and lower[be + 1] in {"made", "taken"}
    if noted and not {"circulated", "sent", "provided"} & set(lower[be:end]):
        return True
    if lower[be + 1] == "recorded":
        return bool(_RECORDED & set(lower[request:be]))
    if lower[be + 1] in DONE_AT_ONCE and "back" not in lower[be:end]:
        return True
    minutes = {"minute", "minutes"} & set(lower[request:be])
    return bool(minutes) and lower[be + 1] in {"amended", "corrected", "altered", "changed"}


def looks_again(words: Words, asked_of: int) -> bool:
    """Whether the body at `asked_of` is asked to take a thing up later: `the Board to look again at allowances`."""
    to, verb, how = (words.lower[asked_of + 1 : asked_of + 4] + ["", "", ""])[:3]
    taken_up = verb in {"revisit", "reconsider", "re-examine"} or (verb == "look" and how in {"again", "into"})
    return words.lower[asked_of] not in {"members", "councillors"} and to == "to" and taken_up


def at_once(words: Words, match: Match, request: int, end: int) -> bool:
    """Whether somebody is asked to do something there and then: `asked Mr Lowe to introduce the report`."""
    lower = words.lower
    to = next((k for k in range(request, min(end, request + 12)) if lower[k] == "to"), None)
    if to is not None and any(
        lower[k] in _COMES_BACK or (lower[k] in {"report", "update"} and lower[k - 1] == "and")
        for k in range(to + 2, end)
    ):
        return False
    to_come = any(
        lower[k] == "future" or (lower[k] == "next" and lower[k + 1] in {"report", "update"})
        for k in range(request, end - 1)
    )
    if to is None or to + 1 >= end or lower[to - 1] in OWN_BODIES or to_come:
        return False  # another body, asked to consider something, is not in the room
    overview = lower[to + 1] in {"give", "provide", "take", "talk", "run", "lead"}
    chaired = lower[to + 1] in {"update", "brief", "inform"} and any(
        lower[k] in _CHAIRS for k in range(max(match.start - 20, 0), match.start)
    )
    return chaired or lower[to + 1] in _IN_THE_ROOM or (overview and bool(_OVERVIEWS & set(lower[to + 2 : to + 6])))


def answered(words: Words, match: Match, request: int, stop: int, due: bool) -> bool:
    """Whether what was asked for was an answer, given there and then."""
    lower = words.lower
    if lower[request - 1] == "for" and asked_into(words, request):
        return True
    if {"confirmation", "assurance", "reassurance"} & set(lower[request : request + 3]) and (
        "confirmed" in lower[stop : stop + 6]
    ):
        return True
    if due:
        return False
    if _SOFT & set(lower[request : request + 3]) and any(
        lower[k : k + 2] in (["was", "given"], ["were", "given"], ["was", "provided"], ["was", "received"])
        for k in range(request + 3, stop - 1)
    ):
        return True  # `asked for assurance that it was safe, and this was given`
    if lower[match.start] == "sought":
        return any(lower[k] in _REPLIES for k in range(stop, min(stop + 4, len(words))))
    first = [lower[k] for k in range(request, min(request + 4, stop))]
    whose = next((k + 2 for k in range(request, request + 3) if lower[k : k + 2] in _VIEWS_OF), None)
    carers = whose is not None and lower[whose : whose + 1] not in (["members"], ["the"])
    if OPINIONS & set(first[: first.index("to") if "to" in first else None]) and not carers:
        return True
    told = lower[match.start] in {"asked", "asks", "requested"} and _NEWS & set(lower[request : min(request + 5, stop)])
    if told and "written" not in first and _replied(lower, stop):
        return True
    if "written" not in first and _SOFT & set(first) and answered_within(lower, request + 2, stop):
        return True
    if "written" in first or not _SOFT & set(first) or "be" in lower[request:stop]:
        return False
    following = range(stop, min(stop + 14, len(words)))
    replies = any(lower[k] in _REPLIES for k in following[:5])
    return replies or (lower[match.start] in {"asked", "asks"} and any(lower[k] in _ANSWERED for k in following))


def answered_passive(words: Words, start: int, end: int, stop: int) -> bool:
    """`An explanation of the targets was requested. It was reported that ...`: an answer was given at once."""
    lower = words.lower
    if not (_SOFT | _NEWS) & set(lower[start : min(start + 3, end)]):
        return False
    if answered_within(lower, end, stop):
        return True
    return any(lower[k] in _ANSWERED for k in range(stop, min(stop + 9, len(words))))


def answered_within(lower: list[str], start: int, stop: int) -> bool:
    """Whether the sentence itself goes on to the answer: `..., and the officer explained that it meant a fine`."""
    for k in range(start, stop - 1):
        if lower[k] not in _AND_THEN:
            continue
        then = lower[k + 1 : min(k + 8, stop)]
        if _PROMISED & set(then) or {"would", "will"} & set(then):
            return False
        if _ANSWERING & set(then) or (lower[k] == "which" and "provided" in then):
            return True
    return False
