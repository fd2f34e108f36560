"""Whether what is asked for is to come back later, or is said, answered or done there and then."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words

_SOFT = frozenset("clarification clarity explanation confirmation reassurance assurance reasons advice".split())
_NEWS = frozenset({"update", "information", "details", "detail"})
_ANSWERED = frozenset("advised explained replied responded reported stated confirmed said informed".split())
_PROMISED = frozenset(
    "committed promised find response undertook agreed offered circulate provide send share e-mail email written "
    "forward".split()
)
_OPINIONS = frozenset(
    "observations suggestions ideas views thoughts comments opinions questions "
    "nominations declarations volunteers patience permission leave".split()
)
_BEFORE_REQUEST = frozenset("receive request seek require ask invite instruct".split())
_TOLD_BEFORE = frozenset("useful thing asked_if spoken_of asked_for granted".split())  # judged where they are found
_KNOWN_RETURNS = frozenset(
    "provided circulated reported supplied shared scheduled returned re-submitted resubmitted prepared produced "
    "arranged distributed revisited re-visited e-mailed emailed written re-circulated recirculated issued relayed "
    "compiled collated drafted appended attached copied forwarded brought submitted presented sent tabled invited "
    "kept updated informed fed sought obtained requested".split()
)
_TAKEN_AWAY = frozenset("deleted removed withdrawn dropped".split())
_PUT_BEFORE = frozenset(
    "included added reported brought provided circulated presented incorporated shown reflected shared submitted "
    "represented broken amended updated invited revisited supplied in on clearer consistent shorter".split()
)
_TOLD_MEMBERS = frozenset("members councillors committee panel board commission".split())
_PRESENTED = frozenset("shown displayed split itemised highlighted summarised simplified reformatted reworded".split())
_SENT_TO_LOOK = frozenset("look investigate explore check find establish revisit take".split())
_WEIGH = frozenset({"consider", "think"})  # in talk; in a decision it recommends a policy
_PUBLIC_CALLS = frozenset("called calling calls pressed presses".split())
_LARGER = frozenset("more greater better additional".split())  # `called for more funding`
_URGED = frozenset("make ensure thank work continue remember bear encourage support promote avoid think".split())
_OWN_BODIES = frozenset("committee panel board commission council cabinet executive forum sub-committee".split())
_APPROVING = frozenset("approve endorse adopt agree consider note support reject".split())
_DONE_AT_ONCE = frozenset(
    "closed heard noted endorsed approved thanked congratulated minuted adjourned withdrawn moved".split()
)
_LEAVE = frozenset("approval authority permission consent delegation thanks".split())
_RECORDED = frozenset("it vote votes dissent objection thanks appreciation gratitude concern concerns".split())
_IN_THE_ROOM = frozenset(
    "introduce present explain outline summarise comment speak move leave note elaborate expand address describe "
    "highlight sit stand join sign agree approve vote consider support endorse clarify withdraw".split()
)
_CHAIRS = frozenset("chair chairman chairperson chairwoman convener convenor mayor".split())
_OVERVIEWS = frozenset("overview introduction through background outline".split())
_REPLIES = frozenset(
    "response reply answer officer officers director head manager he she it cabinet responding answering".split()
)
_SET_UP = frozenset("arranged organised established set convened held scheduled formed".split())
_EVENTS = frozenset("visit visits group session sessions workshop briefing briefings inquiry training tour".split())
_COMES_BACK = frozenset("back provide bring return circulate".split())
_PUT_IN = frozenset("include contain show cover included circulated shared brought provided supplied sent".split())
_DECIDED = frozenset("infinitive limb_verb limb_bare bare were_asked".split())
_CARRIED_OUT = frozenset(
    "keep monitor implement continue ensure proceed work maintain progress pursue apply commence manage oversee "
    "enforce "
    "deliver consult promote encourage support address improve reduce increase finalise complete authorise "
    "sign issue advertise procure appoint recruit install repair make take act negotiate lobby".split()
)
_BRINGS_BACK = frozenset(
    "report reports reporting back bring provide circulate update updates updated informed advised briefed present "
    "submit share return briefing".split()
)
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
    """Judges requests.

    The fields are bits: of documents, of words of coming back, of verbs of looking into, of what a decision tells.
    """

    document: int
    back: int
    looks: int
    told: int

    def returning(self, words: Words, kind: str, request: int, end: int, due: bool, destination: bool) -> bool:
        lower, bits = words.lower, words.bits
        documents = sum(1 for k in range(request, end) if bits[k] & self.document and lower[k - 1] != "by")
        if kind == "ask" and lower[request - 2] in _PUBLIC_CALLS and lower[request] in _LARGER and not documents:
            return False
        if kind in _DECIDED and self._left_to_officers(words, request, end, due):
            return False
        if kind in {"ask", "it_was", "agentless", "note", "request_noun", "note_to_be", "noting"} | _TOLD_BEFORE:
            return True
        weak = kind in {"weak", "it_was_weak", "suggestion"}
        returns = sum(1 for k in range(request, end) if bits[k] & self.back and not (weak and bits[k] & self.document))
        if kind == "ask_object":
            to = next((k for k in range(request, min(end, request + 12) - 1) if lower[k] == "to"), None)
            urged = to is not None and lower[to + 1] in _URGED and lower[request] != "to"
            return bool(not urged or due or destination or documents or returns)
        if kind in {"claim", "hope", "sought", "subject_to", "please", "welsh"}:
            return self._claimed(words, kind, request, end, due, destination)
        if kind == "were_asked":
            to = next((k for k in range(request, end) if lower[k] == "to"), request)
            sent = lower[to + 1] in _SENT_TO_LOOK or (lower[to - 2] != "be" and lower[to + 1] in _WEIGH)
            sent = sent or bool({"writing", "email", "e-mail"} & set(lower[to:end]))
            return bool(
                destination
                or documents
                or returns
                or sent
                or (due and bits[min(to + 1, end - 1)] & self.looks and lower[to + 1] != "raise")
            )
        if kind == "wish" and lower[request - 1] == "would":
            return due
        if kind == "heading":
            return due or destination or documents > 0
        if kind == "given":
            return lower[request] not in {"cabinet"} and (due or destination or documents > 0 or returns > 0)
        if weak and (lower[request] == "if" or _TAKEN_AWAY & set(lower[request:end])):
            return False
        if kind in {"wish", "helpful", "weak", "it_was_weak", "suggestion"}:
            return bool(
                due
                or destination
                or (documents and kind not in {"weak", "it_was_weak", "suggestion"})
                or (documents and returns)
                or returns > 1
                or (_SET_UP & set(lower[request:end]) and _EVENTS & set(lower[request:end]))
            )
        if kind == "need":
            return destination or due or (documents > 0 and self._put_before(lower, request, end))
        if kind == "infinitive":
            verb = lower[request - 1] if lower[request - 1] in _BEFORE_REQUEST else lower[request]
            if _APPROVING & set(lower[request : request + 6]):
                return due
            if verb == "receive":
                return due or bool(_MORE & set(lower[request:end]))
            if {"minister", "government", "secretary", "parliament", "mps"} & set(lower[request : request + 8]):
                return False
            if verb in {"look", "return", "review"}:
                return due
            if verb == "bring" and lower[request + 1] in {"forward", "back"}:
                return documents > 0 or due
            if verb in {"bring", "have", "schedule"}:
                return destination or (due and (documents > 0 or "back" in lower[request:end]))
            return verb in {"invite"} or due or destination or documents > 0 or returns > 0
        if kind == "bare":
            if lower[request - 1] == "commission":
                return due or "back" in lower[request:end]
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
            if received:
                return due or bool(_MORE & set(lower[request:end]))
            if not any(bits[k] & self.told for k in range(request, min(end, request + 12))):
                own = bool(_OWN_BODIES & set(lower[request : request + 3]))
                return due or "back" in lower[request:end] or (documents > 0 and not own)
            return due or documents > 0 or returns > 0 or destination
        return self._subjunctive_returns(words, request, end, due, destination, documents)

    def _left_to_officers(self, words: Words, request: int, end: int, due: bool) -> bool:
        """Whether a decision only tells officers to act (`to keep watch on costs`) or Members to comment now."""
        lower = words.lower
        if _TOLD_MEMBERS & set(lower[request : request + 2]) and _OPINIONS & set(lower[request : request + 8]):
            return True
        to = next((k for k in range(request, min(end, request + 20)) if lower[k] == "to"), request - 1)
        at = to + 1 + (to + 1 < end and lower[to + 1] in {"also", "continue", "closely", "further", "immediately"})
        if due or at >= end or lower[at - 1] != "to" and lower[at - 1] not in {"continue", "closely"}:
            return False
        kept = lower[at] in _CARRIED_OUT or lower[to + 1] == "continue"
        known = {k for k in range(at + 1, end) if lower[k - 1] in {"the", "this"}}  # `to take forward the report`
        back = any(lower[k] in _BRINGS_BACK | _TOLD_MEMBERS and k not in known for k in range(at + 1, end))
        return kept and not back

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
        if be + 3 < end and lower[be + 2] in {"and", ","}:  # `be drafted and brought back`
            verb = lower[be + 3 + (lower[be + 3] == "then")] if verb not in _KNOWN_RETURNS else verb
        after = lower[be : be + 8]
        elsewhere = bool(_OTHER_BODIES & set(after)) or "approval" in lower[be:end]
        if verb == "received" and _MORE & set(lower[request:be]):
            return True
        if verb == "given" and _LEAVE & set(lower[request:be]):
            return False
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
            "looked",
        }:
            return (
                due
                or "again" in after
                or (destination and verb in {"placed", "put", "scheduled"})
                or verb == "monitored"
            )
        if verb in {"amended", "revised", "developed", "expanded", "built", "broken"}:
            return documents > 0 and bool({"include", "show", "reflect", "down", "to", "into"} & set(after))
        if verb in {"brought", "submitted", "presented", "reported", "returned", "sent", "tabled"}:
            return not elsewhere and (due or destination or documents > 0 or "back" in after)
        if verb in {"kept", "updated", "informed"}:
            return True
        if verb == "invited":
            return "to" in after or "back" in after
        if verb in _PRESENTED:
            return due or destination or documents > 0
        if verb in {"added", "included", "incorporated"}:
            return destination or documents > 0 or due
        if verb in _KNOWN_RETURNS:
            return due or destination or documents > 0
        # Of what is drafted, held or looked into a decision says that it is to come back, or names paper and time.
        return (
            ("back" in after and not elsewhere)
            or (due and "again" in after)
            or (documents > 0 and (due or destination))
        )

    def _put_before(self, lower: list[str], request: int, end: int) -> bool:
        """Whether what is said to be needed is that a document be handed over, and not reviewed or built."""
        be = next((k for k in range(request, end) if lower[k] == "be"), None)
        if be is None or be + 1 >= end:
            return True
        verb = lower[be + 1 + (lower[be + 1] in {"also", "clearly"})] if be + 2 < end else lower[be + 1]
        to_members = bool(_TOLD_MEMBERS & set(lower[request:be]))
        return verb in _PUT_BEFORE or to_members

    def settled(self, words: Words, request: int, end: int) -> bool:
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
        if lower[be + 1] in _DONE_AT_ONCE and "back" not in lower[be:end]:
            return True
        minutes = {"minute", "minutes"} & set(lower[request:be])
        return bool(minutes) and lower[be + 1] in {"amended", "corrected", "altered", "changed"}

    def at_once(self, words: Words, match: Match, request: int, end: int) -> bool:
        """Whether somebody is asked to do something there and then: `asked Mr Lowe to introduce the report`."""
        lower = words.lower
        to = next((k for k in range(request, min(end, request + 12)) if lower[k] == "to"), None)
        if to is not None and any(
            lower[k] in _COMES_BACK or (lower[k] in {"report", "update"} and lower[k - 1] == "and")
            for k in range(to + 2, end)
        ):
            return False
        if to is None or to + 1 >= end:
            return False
        overview = lower[to + 1] in {"give", "provide", "take", "talk", "run", "lead"}
        chaired = lower[to + 1] in {"update", "brief", "inform"} and any(
            lower[k] in _CHAIRS for k in range(max(match.start - 20, 0), match.start)
        )
        return chaired or lower[to + 1] in _IN_THE_ROOM or (overview and bool(_OVERVIEWS & set(lower[to + 2 : to + 6])))

    def answered(self, words: Words, match: Match, request: int, stop: int, due: bool) -> bool:
        """Whether what was asked for was an answer, given there and then."""
        lower = words.lower
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
        if _OPINIONS & set(first[: first.index("to") if "to" in first else None]):
            return True
        told = lower[match.start] in {"asked", "asks", "requested"} and _NEWS & set(
            lower[request : min(request + 5, stop)]
        )
        if told and "written" not in first and _replied(lower, stop):
            return True
        if "written" in first or not _SOFT & set(first) or "be" in lower[request:stop]:
            return False
        following = range(stop, min(stop + 14, len(words)))
        replies = any(lower[k] in _REPLIES for k in following[:5])
        return replies or (lower[match.start] in {"asked", "asks"} and any(lower[k] in _ANSWERED for k in following))

    def answered_passive(self, words: Words, start: int, end: int, stop: int) -> bool:
        """`An explanation of the targets was requested. It was reported that ...`: an answer was given at once."""
        lower = words.lower
        if not (_SOFT | _NEWS) & set(lower[start : min(start + 3, end)]):
            return False
        return any(lower[k] in _ANSWERED for k in range(stop, min(stop + 9, len(words))))
