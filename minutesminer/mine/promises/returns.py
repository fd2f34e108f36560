"""Whether what is asked for is to come back later, or is said, answered or done there and then."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words

_SOFT = frozenset("clarification clarity explanation confirmation reassurance assurance reasons advice".split())
_NEWS = frozenset({"update", "information", "details", "detail"})
_ANSWERED = frozenset("advised explained replied responded reported stated confirmed said informed".split())
_PROMISED = frozenset("undertook agreed offered circulate provide send share e-mail email written forward".split())
_OPINIONS = frozenset(
    "suggestions ideas views thoughts comments opinions questions nominations declarations volunteers".split()
)
_BEFORE_REQUEST = frozenset("receive request seek require ask invite instruct".split())
_IN_THE_ROOM = frozenset(
    "introduce present explain outline summarise comment speak move leave note elaborate expand address describe "
    "highlight sit stand join sign agree approve vote consider support endorse clarify withdraw".split()
)
_REPLIES = frozenset(
    "response reply answer officer officers director head manager he she it cabinet responding answering".split()
)
_SET_UP = frozenset("arranged organised established set convened held scheduled formed".split())
_EVENTS = frozenset("visit visits group session sessions workshop briefing briefings inquiry training tour".split())
_COMES_BACK = frozenset("back provide bring return circulate".split())
_PUT_IN = frozenset("include contain show cover included circulated shared brought provided supplied sent".split())
_JOINTS = frozenset("of on for by about from which who in at with".split())
_PLACES = frozenset("report reports dashboard scorecard plan update updates minutes paper papers".split())
_NOT_CLAIMED = frozenset("improvement improvements progress work working hard assistance".split())
_OTHER_BODIES = frozenset("cabinet council executive government".split())
_MORE = frozenset(
    "further update updates regular progress quarterly monthly six-monthly future another additional more".split()
)


def _replied(lower: list[str], start: int) -> bool:
    """Whether the sentence at `start`, on the same line, reports an answer and promises nothing."""
    following = lower[start : start + 30]
    if not following or "\n" in following[0]:
        return False
    return bool(_ANSWERED & set(following[:12])) and not _PROMISED & set(following)


@dataclass(frozen=True, slots=True)
class Returns:
    """Judges requests. The fields are bits: of documents, of words of coming back, of verbs of looking into."""

    document: int
    back: int
    looks: int

    def returning(self, words: Words, kind: str, request: int, end: int, due: bool, destination: bool) -> bool:
        lower, bits = words.lower, words.bits
        if kind in {"ask", "it_was", "agentless", "note", "request_noun", "note_to_be", "noting"}:
            return True
        documents = sum(1 for k in range(request, end) if bits[k] & self.document)
        returns = sum(1 for k in range(request, end) if bits[k] & self.back)
        if kind == "ask_object":
            return True
        if kind in {"claim", "hope", "sought", "subject_to", "please", "welsh"}:
            return self._claimed(words, kind, request, end, due, destination)
        if kind == "were_asked":
            to = next((k for k in range(request, end) if lower[k] == "to"), request)
            return bool(
                destination
                or documents
                or returns
                or (due and bits[min(to + 1, end - 1)] & self.looks and lower[to + 1] != "raise")
            )
        if kind == "wish" and lower[request - 1] == "would":
            return due
        if kind in {"wish", "helpful", "weak", "it_was_weak"}:
            return bool(
                due
                or destination
                or (documents and kind not in {"weak", "it_was_weak"})
                or (documents and returns)
                or returns > 1
                or (_SET_UP & set(lower[request:end]) and _EVENTS & set(lower[request:end]))
            )
        if kind == "need":
            return destination or due or bool(documents)
        if kind == "infinitive":
            verb = lower[request - 1] if lower[request - 1] in _BEFORE_REQUEST else lower[request]
            if verb == "receive":
                return due or bool(_MORE & set(lower[request:end]))
            if {"minister", "government", "secretary", "parliament", "mps"} & set(lower[request : request + 8]):
                return False
            if verb in {"look", "return", "review"}:
                return due
            if verb in {"bring", "have", "schedule"}:
                return destination or (due and (documents > 0 or "back" in lower[request:end]))
            return verb in {"invite"} or due or destination or documents > 0 or returns > 0
        if kind == "bare":
            return (
                due
                or bool(_MORE & set(lower[request:end]))
                or (documents > 0 and "to" in lower[request:end] and lower[request - 1] != "receive")
            )
        if kind in {"limb_verb", "limb_bare"}:
            if lower[request] in {"cabinet", "council"}:
                return False
            if (
                kind == "limb_verb"
                and not due
                and {"review", "consider", "examine"} & set(lower[request : request + 4])
            ):
                return False
            received = any(lower[k] in {"receive", "receives"} for k in range(request, min(end, request + 9)))
            return due or (returns > 0 if received else documents > 0 or returns > 0 or destination)
        return self._subjunctive_returns(words, request, end, due, destination, documents)

    def _claimed(self, words: Words, kind: str, request: int, end: int, due: bool, destination: bool) -> bool:
        """Whether what is demanded, wanted or hoped for is a document or an event, or has its place or time."""
        lower, bits = words.lower, words.bits
        if kind in {"sought", "welsh"}:
            return kind == "welsh" or any(bits[k] & self.document for k in range(request, end))
        head = next((k for k in range(request + 1, end) if lower[k] in _JOINTS), end)
        head = min(head, request + 7)
        named = any(bits[k] & self.document or lower[k] in _EVENTS for k in range(request, head))
        if kind == "please":
            told = lower[request - 1] in {"should", "must", "to"} or "please" in lower[request:end]
            return told or named or destination
        if kind == "subject_to":  # without a time it is an amendment, made there and then
            return due and (named or destination)
        if lower[request] in _NOT_CLAIMED:
            return False
        if kind == "hope":
            more = due or bool((_MORE | _PUT_IN) & set(lower[request:end]))
            return (named and more) or destination
        placed = destination or any(lower[k] in _PLACES and bits[k] & self.document for k in range(head, end))
        return named or placed

    def _subjunctive_returns(
        self, words: Words, request: int, end: int, due: bool, destination: bool, documents: int
    ) -> bool:
        lower = words.lower
        be = next((k for k in range(request, end) if lower[k] == "be"), end - 1)
        verb = lower[be + 1] if be + 1 < end else ""
        if verb in {"also", "therefore", "subsequently", "further"} and be + 2 < end:
            verb = lower[be + 2]
        after = lower[be : be + 8]
        elsewhere = bool(_OTHER_BODIES & set(after)) or "approval" in lower[be:end]
        if verb == "received" and _MORE & set(lower[request:be]):
            return True
        if verb == "extended":
            return bool({"attend", "invitation"} & set(lower[request:end]))
        if verb == "given":
            return due or destination or bool({"adding", "including", "updates", "update", "report"} & set(after))
        if verb in {
            "received",
            "considered",
            "reviewed",
            "undertaken",
            "given",
            "made",
            "organised",
            "scheduled",
            "monitored",
            "put",
            "placed",
        }:
            return due or (destination and verb in {"placed", "put", "scheduled"}) or verb == "monitored"
        if verb in {"amended", "revised", "developed", "expanded", "built", "broken"}:
            return documents > 0 and bool({"include", "show", "reflect", "down", "to", "into"} & set(after))
        if verb in {"brought", "submitted", "presented", "reported", "returned", "sent", "tabled"}:
            return not elsewhere and (due or destination or documents > 0 or "back" in after)
        if verb in {"kept", "updated", "informed"}:
            return True
        if verb == "invited":
            return "to" in after
        if verb in {"added", "included", "incorporated"}:
            return destination or documents > 0 or due
        return due or destination or documents > 0

    def at_once(self, words: Words, match: Match, request: int, end: int) -> bool:
        """Whether somebody is asked to do something there and then: `asked Mr Lowe to introduce the report`."""
        lower = words.lower
        to = next((k for k in range(request, min(end, request + 12)) if lower[k] == "to"), None)
        if to is not None and any(
            lower[k] in _COMES_BACK or (lower[k] in {"report", "update"} and lower[k - 1] == "and")
            for k in range(to + 2, end)
        ):
            return False
        return to is not None and to + 1 < end and lower[to + 1] in _IN_THE_ROOM

    def answered(self, words: Words, match: Match, request: int, stop: int, due: bool) -> bool:
        """Whether what was asked for was an answer, given there and then."""
        lower = words.lower
        if due:
            return False
        if lower[match.start] == "sought":
            return any(lower[k] in _REPLIES for k in range(stop, min(stop + 4, len(words))))
        first = [lower[k] for k in range(request, min(request + 4, stop))]
        if _OPINIONS & set(first):
            return True
        told = lower[match.start] in {"asked", "asks"} and _NEWS & set(lower[request : min(request + 5, stop)])
        if told and "written" not in first and _replied(lower, stop):
            return True
        if "written" in first or not _SOFT & set(first):
            return False
        return lower[match.start] not in {"requested", "requests"} or any(
            lower[k] in _REPLIES for k in range(stop, min(stop + 4, len(words)))
        )
