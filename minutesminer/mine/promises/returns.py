"""Whether what is asked for is to come back later: a document, an event, something with a time or a place."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.at_the_meeting import DONE_AT_ONCE, OPINIONS, OWN_BODIES
from minutesminer.mine.promises.suggested import MEMBERS, again, suggested, wished

_BEFORE_REQUEST = frozenset("receive request seek require ask invite instruct".split())
_TOLD_BEFORE = frozenset("useful thing grateful_if spoken_of asked_for granted".split())  # judged where they are found
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
_PRESENTED = frozenset("shown displayed split itemised highlighted summarised simplified reformatted reworded".split())
_SENT_TO_LOOK = frozenset("look investigate explore check find establish revisit take".split())
_WEIGH = frozenset({"consider", "think"})  # in talk; in a decision it recommends a policy
_PUBLIC_CALLS = frozenset("called calling calls pressed presses pleaded appealed".split())
_LARGER = frozenset("more greater better additional".split())  # `called for more funding`
_URGED = frozenset("make ensure thank work continue remember bear encourage support promote avoid think".split())
_APPROVING = frozenset("approve endorse adopt agree consider note support reject".split())
_LEAVE = frozenset("approval authority permission consent delegation thanks".split())
_SET_UP = frozenset("arranged organised established set convened held scheduled formed".split())
_EVENTS = frozenset("visit visits group session sessions workshop briefing briefings inquiry training tour".split())
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
_MINUTED = frozenset("noted recorded minuted".split())
_OTHER_BODIES = frozenset("cabinet council executive government".split())
_LOOKED_AT = frozenset("examination scrutiny investigation review consideration".split())  # by another committee
_LOOKED_INTO = frozenset("investigated explored costed calculated quantified worked assessed".split())
_OPEN_QUESTIONS = frozenset(
    "cost costs feasibility possibility possibilities reason reasons cause causes option options scope viability "
    "potential impact effect effects scale extent whether how why".split()
)
_MORE = frozenset(
    "further update updates regular progress quarterly monthly six-monthly future another additional more annual "
    "yearly termly weekly half-yearly biannual bi-annual follow-up interim ongoing".split()
)
_THE = frozenset("the a an this its our all members each every".split())
_TELLS = frozenset("inform update tell advise notify".split())
_PLACED = frozenset("placed moved added rescheduled".split())
_HANDS = frozenset("provide give send supply show".split())
_COMPARED = frozenset("compared compares compare".split())


@dataclass(frozen=True, slots=True)
class Returns:
    """Judges requests.

    The fields are bits: of documents, of words of coming back, of verbs of looking into, of what a decision tells, of
    persons and bodies.
    """

    document: int
    back: int
    looks: int
    told: int
    agent: int

    def returning(self, words: Words, kind: str, request: int, end: int, due: bool, destination: bool) -> bool:
        lower, bits = words.lower, words.bits
        documents = sum(1 for k in range(request, end) if bits[k] & self.document and lower[k - 1] != "by")
        if kind == "ask" and lower[request] in _LARGER and not documents:
            back = due or destination or lower[request + 1 : request + 2] in (["on"], ["about"], ["from"])
            if lower[request - 2] in _PUBLIC_CALLS or not back:
                return False  # `called for more funding`, `asked for more to be done`
        if kind in _DECIDED and self._left_to_officers(words, request, end, due):
            return False
        if kind in {"ask", "it_was", "agentless", "note", "request_noun", "note_to_be", "noting"} | _TOLD_BEFORE:
            return True
        weak = kind in {"weak", "it_was_weak", "suggestion"}
        if weak and suggested(words, request, end, self.document, self.agent):
            return True
        returns = sum(1 for k in range(request, end) if bits[k] & self.back and not (weak and bits[k] & self.document))
        if kind == "ask_object":
            to = next((k for k in range(request, min(end, request + 12) - 1) if lower[k] == "to"), None)
            urged = to is not None and lower[to + 1] in _URGED and lower[request] != "to"
            return bool(not urged or due or destination or documents or returns)
        if kind in {"claim", "hope", "sought", "subject_to", "please", "welsh"}:
            return self._claimed(words, kind, request, end, due, destination)
        if kind == "were_asked":
            to = next((k for k in range(request, end) if lower[k] == "to"), request)
            if lower[to + 1] in {"speak", "address"} and "meeting" not in lower[to:end]:
                return False  # in the meeting
            body = bool(OWN_BODIES & set(lower[request : min(to, request + 14)]))
            sent = (
                lower[to + 1] in _SENT_TO_LOOK
                or (body and lower[to + 1] in {"examine", "review"})
                or (lower[to - 2] != "be" and lower[to + 1] in _WEIGH)
            )
            sent = sent or bool({"writing", "email", "e-mail"} & set(lower[to:end]))
            given = lower[to + 1] in _HANDS and bool(MEMBERS & set(lower[to + 2 : to + 5]))
            given = given or any(lower[k] in _TELLS and MEMBERS & set(lower[k : k + 4]) for k in range(to + 2, end))
            return bool(
                destination
                or documents
                or returns
                or given
                or sent
                or (due and bits[min(to + 1, end - 1)] & self.looks and lower[to + 1] != "raise")
            )
        if kind == "wish" and lower[request - 1] == "would":
            return due
        if kind == "heading":
            return due or destination or documents > 0
        if kind == "given":
            return lower[request] not in {"cabinet"} and (due or destination or documents > 0 or returns > 0)
        moved = bool(_PLACED & set(lower[request:end]))  # `be removed from July's agenda and placed on September's`
        if weak and (lower[request] == "if" or (_TAKEN_AWAY & set(lower[request:end]) and not moved)):
            return False
        later = again(words, request, end, due) if kind == "wish" else None
        if later is not None:
            return later
        if kind in {"wish", "helpful", "weak", "it_was_weak", "suggestion"}:
            return bool(
                due
                or destination
                or (documents and not weak)
                or (not weak and _COMPARED & set(lower[request:end]))
                or (not weak and wished(words, request, end))
                or (documents and returns)
                or returns > 1
                or ("subject" in lower[request:end] and _EVENTS & set(lower[request:end]))
                or (_SET_UP & set(lower[request:end]) and _EVENTS & set(lower[request:end]))
            )
        if kind == "need":
            told = next((k for k in range(request, end) if lower[k] in {"told", "informed"}), None)
            if told is not None and lower[told - 1] == "be":
                return bool(MEMBERS & set(lower[request:told]))  # `Members should be told how long it took`
            there = lower[request] == "there"  # `there should be a report on damp`
            return destination or due or (documents > 0 and (there or self._put_before(lower, request, end)))
        if kind == "infinitive":
            verb = lower[request - 1] if lower[request - 1] in _BEFORE_REQUEST else lower[request]
            if _APPROVING & set(lower[request : request + 6]):
                return due
            if verb == "receive":
                known = lower[request] in {"the", "this"}  # `to receive the update`: it is before the meeting
                return due or (bool(_MORE & set(lower[request:end])) and not known)
            if {"minister", "government", "secretary", "parliament", "mps"} & set(lower[request : request + 8]):
                return False
            if verb in {"look", "return", "review", "come", "discuss", "consider", "hear"}:
                return due
            if verb == "bring" and lower[request + 1 : request + 2] in (["forward"], ["back"]):
                return documents > 0 or due
            if verb in {"bring", "have", "schedule", "take", "see", "hold", "programme", "timetable"}:
                more = {"back", "further", "fuller", "another"} & set(lower[request:end])
                return destination or (due and (documents > 0 or bool(more)))
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
                return "back" in lower[request:end]
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
                own = bool(OWN_BODIES & set(lower[request : request + 3]))
                return due or "back" in lower[request:end] or (documents > 0 and not own)
            return due or documents > 0 or returns > 0 or destination
        return self._subjunctive_returns(words, request, end, due, destination, documents)

    def _left_to_officers(self, words: Words, request: int, end: int, due: bool) -> bool:
        """Whether a decision only tells officers to act (`to keep watch on costs`) or Members to comment now."""
        lower = words.lower
        if MEMBERS & set(lower[request : request + 2]) and OPINIONS & set(lower[request : request + 8]):
            return True
        to = next((k for k in range(request, min(end, request + 20)) if lower[k] == "to"), request - 1)
        at = to + 1 + (to + 1 < end and lower[to + 1] in {"also", "continue", "closely", "further", "immediately"})
        if due or at >= end or lower[at - 1] != "to" and lower[at - 1] not in {"continue", "closely"}:
            return False
        kept = lower[at] in _CARRIED_OUT or lower[to + 1] == "continue"
        known = {k for k in range(at + 1, end) if lower[k - 1] in {"the", "this"}}  # `to take forward the report`
        back = any(lower[k] in _BRINGS_BACK | MEMBERS and k not in known for k in range(at + 1, end))
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
        if lower[request] in _NOT_CLAIMED or _MINUTED & set(lower[request + 1 : request + 4]):
            return False  # `wanted his approval noted`
        risen = any(
            lower[k] == "to" and not bits[k + 1] & self.document and lower[k + 1] not in _THE
            for k in range(request + 1, end - 1)
        )
        if kind == "hope" and lower[request - 1] in {"expected", "expects"} and risen:
            told = lower[request - 1 : request + 1] == ["to", "be"]
            if not told and not _PUT_IN & set(lower[request:end]):
                return False  # `expected the figures to rise by March`
        if lower[request - 2 : request] == ["to", "be"]:
            return True  # `wanted to be told when it was let`
        if kind == "claim" and wished(words, request, end):
            return True
        if kind == "hope" and due and lower[request - 1] == "hearing":
            return True
        if (
            kind == "claim"
            and lower[request] in {"it", "this", "them", "these", "that"}
            and "back" in lower[request:end]
        ):
            return True
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
        after = lower[be : end if verb == "referred" else be + 8]
        elsewhere = bool(_OTHER_BODIES & set(after)) or "approval" in lower[be:end]
        noted = verb and lower[be + 1] in DONE_AT_ONCE | {"received"} and lower[be + 2 : be + 3] == ["and"]
        if noted and not due and verb in {"shared", "circulated", "forwarded", "sent"}:
            return False  # `the report be noted and shared with the Housing Board`
        if verb == "received" and _MORE & set(lower[request:be]) and lower[request] not in {"the", "this"}:
            return True
        if lower[be + 1 : be + 2] == ["received"] and {"confirmed", "signed"} & set(after):
            return False  # `the minutes be received, confirmed and signed`
        if verb in {"amended", "corrected"} and "minutes" in lower[request:be]:
            return False
        if verb == "referred":
            return not elsewhere and bool(_LOOKED_AT & set(after))
        if verb in _LOOKED_INTO or after[1:3] == ["looked", "into"]:
            return due or (bool(_OPEN_QUESTIONS & set(lower[request:be])) and lower[be + 1] == verb)
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
        if verb in {"updated", "informed"} and "kept" not in after:
            return bool(MEMBERS & set(lower[request:be])) or documents > 0
        if verb == "kept":
            return True
        if verb in {"briefed", "told", "notified", "consulted"} and MEMBERS & set(lower[request:be]):
            return True
        if verb == "invited":
            return "to" in after or "back" in after
        if verb in _PRESENTED:
            return due or destination or documents > 0
        if verb in {"added", "included", "incorporated"}:
            return destination or documents > 0 or due
        if verb in _KNOWN_RETURNS:
            return due or destination or documents > 0
        if verb in {"taken", "heard", "resumed"}:
            return due or "again" in after
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
        to_members = bool(MEMBERS & set(lower[request:be]))
        return verb in _PUT_BEFORE or to_members
