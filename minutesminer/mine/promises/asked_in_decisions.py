"""Requests that stand in a decision: `That a further report be submitted ...`, `to receive an update`."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, clause_end, introducer, strip_right
from minutesminer.mine.promises.subjects import Subject, subject_of, whole_subject

# First word of the quote, first word of the request, end, requester, review.
Span = tuple[int, int, int, str | None, str | None]

_DECIDING = frozenset("agreed resolved moved agree agrees resolves resolve".split())
_ASKING = frozenset("requested asked suggested recommended proposed requests recommends".split())

_FINITE = frozenset("reports provides receives".split())  # elsewhere in -s they tell what somebody does
_FINITE_BE = frozenset("is are was were would will".split())
_BEFORE_MEMBERS = frozenset("committee sub-committee panel board commission members councillors meeting".split())
_ASKED_FOR = frozenset("receive request seek require".split())
_NO_INFINITIVE = frozenset("all future next every meetings members both subsequent later another".split())
_OPENS_LIMB = frozenset("to note agree approve resolved agreed".split())
_LATER = frozenset("further future next meeting months month year quarterly annual regular another back".split())
_LIMB_ONLY = frozenset("bring have schedule add revisit re-visit".split())  # elsewhere they say a purpose
_CONTAINING = frozenset(
    "show include contain cover provide give come go set explain compare attend deal address carry state list".split()
)  # with a document as subject they are verbs; `report`, `update` and `review` may be its name


def _is_verb(words: Words, lexis: Lexis, at: int, subject: Subject) -> bool:
    """Whether the word at `at` is a verb there: not the noun of `a progress report be presented`."""
    if at + 1 < len(words) and words.bits[at + 1] & lexis.auxiliary:
        return False
    return subject.kind != "document" or words.lower[at] in _CONTAINING


def predicate(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether a finite verb stands in the range, so that it is no subject phrase."""
    lower, bits = words.lower, words.bits
    relative = False
    for k in range(start, end):
        relative = relative or lower[k] in {"which", "who", "where", "whose"}
        infinitive = k > start and lower[k] in {"be", "have"} and lower[k - 1] == "to"  # `work still to be done`
        if bits[k] & lexis.auxiliary and not relative and not infinitive:
            return True
    return False


def asked_to(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether the verb before `start` asks somebody to do something: `(ask) the Director to include ...`."""
    lower = words.lower
    if lower[start - 1] not in {"ask", "asks", "invite", "invites", "instruct", "instructs"}:
        return False
    return any(
        lower[k] == "to"
        and words.text[k + 1].islower()
        and not words.bits[k + 1] & lexis.article
        and lower[k + 1] not in DETERMINERS | _NO_INFINITIVE
        for k in range(start + 1, end - 1)
    )


@dataclass(frozen=True, slots=True)
class Decisions:
    """Finds where a request in a decision begins and ends, and which body asks. `limb_verb` is a lexicon's bit."""

    lexis: Lexis
    limb_verb: int

    def decided(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        lower, bits = words.lower, words.bits
        kind = match.rule.kind
        at = match.start
        if kind == "infinitive":
            return self._to_receive(words, match, start, stop, in_limb, body)
        if kind == "limb_verb":
            verb = self._limb_verb(words, match)
            if verb is None:
                return None
            opens = (
                at == start
                or in_limb
                or lower[at] != "that"
                or (at > start and lower[at - 1] in _DECIDING | {":", "-", "–", ")"})
            )
            if (
                not opens or bits[at + 1] & self.lexis.preposition
            ):  # `the action agreed at the last meeting for a report`
                return None
            subject = subject_of(words, self.lexis, verb, at + 1)
            decided = at > start and lower[at - 1] in _DECIDING
            if lower[verb].endswith("s") and lower[verb] not in _FINITE and not (in_limb or decided) and at > start:
                return None
            end = clause_end(words, self.lexis, verb, stop)
            asked = self.decider(words, at, start, body)
            return subject.start, subject.start, end, asked, None
        continued = lower[at - 2 : at] in (["continue", "to"], ["continues", "to"]) and at - 2 > start
        if at > start and (bits[at - 1] & self.lexis.auxiliary or lower[at - 1] in {"to", "not", "also"}):
            if not continued:
                return None
            at -= 2
        subject = whole_subject(words, self.lexis, at, start)
        if subject.end > subject.start and predicate(words, self.lexis, subject.start, at):
            subject = subject_of(words, self.lexis, at, start)  # `It was agreed the draft be shared`
            if lower[subject.start - 1] not in _DECIDING:
                return None
        if subject.end <= subject.start or lower[subject.start] == "to":
            return None
        if any(lower[k] in _ASKING and self._named_before(words, k) for k in range(subject.start + 1, at)):
            return None
        governs = introducer(words, self.lexis, subject.start, start)
        if governs is not None and lower[governs] in _ASKING:
            return None
        spoken = governs is not None and lower[governs] in _DECIDING
        opening = governs is None or lower[governs] in {"that", ":", ";", ")", ".", "-", "–", "and"}
        if not (spoken or opening or in_limb):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        further = next((k for k in range(match.end, end - 1) if lower[k : k + 2] == ["and", "that"]), None)
        if further is not None:
            end = strip_right(words, match.end, further)
        return subject.start, subject.start, end, self.decider(words, subject.start, start, body), None

    def given(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        """A limb by which the committee is to be given something: `the Committee were provided with a breakdown`."""
        lower = words.lower
        verb = match.start + (lower[match.start] not in _FINITE_BE)
        past = lower[match.start] in {"was", "were"}  # some councils write their limbs in the past
        if past and not _BEFORE_MEMBERS & set(lower[match.end : stop]):
            return None
        subject = subject_of(words, self.lexis, verb, start)
        if past:  # `a summary for the year, by type, was circulated`
            subject = whole_subject(words, self.lexis, verb, start)
        if subject.end <= subject.start or subject.end != verb or predicate(words, self.lexis, subject.start, verb):
            return None
        governs = introducer(words, self.lexis, subject.start, start)
        opening = governs is None or lower[governs] in {"that", ":", ";", ")", "-", "–", "and"}
        decided = governs is not None and lower[governs] in _DECIDING and not past
        if not (in_limb and opening or decided):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        return subject.start, subject.start, end, self.decider(words, subject.start, start, body), None

    def _limb_verb(self, words: Words, match: Match) -> int | None:
        """The first word of the match that can be its verb: not the noun in `That the update report show ...`."""
        begin = match.start + 1
        verbs = self.limb_verb
        past = self.lexis.auxiliary | self.lexis.verb_past
        for k in range(begin + 1, match.end):
            if words.bits[k] & verbs:
                subject = subject_of(words, self.lexis, k, begin)
                named = subject.kind in {"person", "body", "document"} and subject.start == begin
                named = named or (words.lower[begin:k] in (["this"], ["it"]) and words.lower[k] in {"come", "return"})
                if named and subject.end == k and _is_verb(words, self.lexis, k, subject):
                    return k
            if words.bits[k] & past and words.text[k][:1].islower():  # not the `Working` of a Working Group
                return None
        return None

    def in_list(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        """A limb without its own `that`: `the Director report back ...`, `ask the Director to ...`."""
        lower = words.lower
        if not in_limb or lower[match.start - 1] == "to":
            return None
        joined = self._joined(words, match, start) if match.rule.kind == "limb_bare" else None
        if joined is not None:
            return joined, joined, clause_end(words, self.lexis, match.end - 1, stop), body, None
        if lower[start] == "that":
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if match.rule.kind == "bare":
            if match.start != start:
                return None
            request = match.start + (2 if lower[match.start + 1] == "that" else 1)
            if lower[match.start] in {"invite", "invites"} and not asked_to(words, self.lexis, request, end):
                request = match.start  # `invite the operator to the next meeting`
            return match.start, request, end, body, None
        if match.start == start or match.start - start > 14 or match.end >= end:
            return None
        past = self.lexis.auxiliary | self.lexis.verb_past | self.lexis.speech
        if any(words.bits[k] & past and words.text[k][:1].islower() for k in range(start, match.start)):
            return None
        subject = subject_of(words, self.lexis, match.start, start)
        if subject.start != start or subject.kind not in {"person", "body", "document"}:
            return None
        if not _is_verb(words, self.lexis, match.end - 1, subject):
            return None
        return start, start, end, body, None

    def _joined(self, words: Words, match: Match, start: int) -> int | None:
        """Where the second half of a limb begins: `the report be noted and | the Head of Audit provide an update`."""
        verb = match.end - 1
        subject = subject_of(words, self.lexis, verb, start)
        if (
            subject.end != verb
            or subject.kind not in {"person", "body"}
            or not _is_verb(words, self.lexis, verb, subject)
        ):
            return None
        joint = subject.start - 1
        named = verb + 1 < len(words) and words.bits[verb + 1] & self.lexis.verb_past  # `and the audit report noted`
        if joint <= start or words.lower[joint] != "and" or named:
            return None
        settled = joint - 1 - (words.text[joint - 1] == ",")
        passive = settled > start and "be" in words.lower[max(start, settled - 2) : settled]
        return subject.start if passive and words.bits[settled] & self.lexis.verb_past else None

    def _named_before(self, words: Words, at: int) -> bool:
        """Whether a person or body stands before the word: `Members requested a visit`, not `the data requested`."""
        return bool(words.bits[at - 1] & (self.lexis.person | self.lexis.body | self.lexis.capital))

    def decider(self, words: Words, at: int, start: int, body: str) -> str:
        """The body that decides: the subject of `agreed` or `resolved` before `at`, else the committee."""
        for k in range(at - 1, start, -1):
            if words.lower[k] in _DECIDING:
                subject = subject_of(words, self.lexis, k, start)
                if subject.kind in {"body", "person"} and subject.end > subject.start:
                    return words.slice(subject.start, subject.end)
                break
        return body

    def _to_receive(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        lower = words.lower
        head = lower[match.start]
        further = head == "and"  # `To note the report and look again at lifts in June`
        if further and not (in_limb and lower[start] in _OPENS_LIMB):
            return None
        told = match.end - 1 - further
        verb = lower[told]
        if (
            head in {":", "-", "–"}
            and not in_limb
            and lower[match.start - 1] not in {"resolved", "agreed", "recommended"}
        ):
            return None
        before = lower[match.start - 1] if match.start > start else ""
        beside = before == "," and lower[start] in {"in", "with", "regarding", "on", "following", "having"}
        joined = in_limb and (before == "and" or beside)  # `to note it and to ask officers`, `in view of this, to ask`
        if head == "to" and ((match.start != start and not joined) or (verb in _LIMB_ONLY and not in_limb)):
            return None
        if head == "to" and not in_limb and verb == "receive" and not _LATER & set(lower[match.end : stop]):
            return None  # an agenda says so what stands before the meeting
        if (
            head in {"agreed", "agree", "agrees"}
            and match.start > start
            and lower[match.start - 1] in {"had", "have", "has", "be"}
        ):
            return None
        subject = subject_of(words, self.lexis, match.start, start)
        impersonal = lower[subject.start : subject.end] == ["it"]
        if impersonal or (head == "to" and (beside or joined)) or further:
            subject = Subject(subject.start, subject.start, "none")
        named = subject.end > subject.start and subject.kind == "body"
        members = subject.kind == "person" and lower[subject.end - 1] in {"members", "councillors"}
        if subject.end > subject.start and not named and not members:
            return None
        end = clause_end(words, self.lexis, told, stop)
        request = told + 1 if verb in _ASKED_FOR or asked_to(words, self.lexis, told + 1, end) else told
        if further:
            return match.start + 1, request, end, body, None
        if head == "to":
            return match.start, request, end, body, None
        begin = subject.start if named or members or impersonal else match.end - 2
        if head == "it":
            begin = match.start
        return begin, request, end, words.slice(subject.start, subject.end) if named or members else body, None
