"""Requests in the talk of a meeting that need more than their verb: what should be, was wished, was requested.

Each gives where the quote and the request begin, where they end and who asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.asked_in_decisions import Span, predicate
from minutesminer.mine.promises.clauses import Lexis, clause_end, introducer, phrase_end
from minutesminer.mine.promises.requesters import Requesters
from minutesminer.mine.promises.speakers import speaker_before
from minutesminer.mine.promises.subjects import Subject, kind_of, subject_of, whole_subject
from minutesminer.mine.review import REQUESTER_NOT_SAID

_SAID = frozenset(
    "agreed suggested highlighted commented felt said stated stressed emphasised recommended noted asked requested "
    "considered proposed resolved added reiterated thought argued decided repeated insisted directed".split()
)
_APPROVED = frozenset("agreed approved endorsed accepted adopted noted supported resolved recommended".split())
_DECIDED = frozenset("agreed decided resolved".split())
_REMINDED = frozenset("reminded challenged pressed implored pushed mandated".split())
_WANTED = frozenset("wanted wants want wished wishes wish".split())
_PRONOUNS = frozenset("it this them these that".split())
_TO_TAKE_IN = frozenset("note know consider understand remember recognise thank bear realise appreciate".split())
_HOPED = frozenset("hoped hopes expected expects anticipated".split())
_ASKED_INTO = frozenset(
    "why how what whether which who when and".split()
)  # `Explanation requested of why costs are up`
_PARTICIPLES = frozenset("written updated revised expected".split())  # `a written explanation was requested`
_OUGHT = frozenset("should must would will".split())
_OPENS = frozenset({"that", ":", ";", ")", "-", "–", ".", "and", "resolved", "agreed"})
_AGAIN = frozenset("return revisit re-visit reconsider re-examine review".split())


@dataclass(frozen=True, slots=True)
class Wordings:
    """Reads the wordings that a member uses besides `requested` and `asked for`."""

    lexis: Lexis
    requesters: Requesters

    def needed(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        lower = words.lower
        # A pattern may begin with its subject: `future reports should be consistent`.
        verb = next(
            (k for k in range(match.start, match.end) if words.bits[k] & self.lexis.auxiliary or lower[k] == "to"),
            match.start,
        )
        if lower[verb] == "to" and lower[verb - 1] in {"ought", "needed"}:
            verb -= 1
        subject = whole_subject(words, self.lexis, verb, start)
        if subject.start == start or predicate(words, self.lexis, subject.start, verb):
            subject = subject_of(words, self.lexis, verb, start)
        decided = next((k for k in range(verb - 1, subject.start, -1) if lower[k] in _DECIDED), None)
        if decided is not None and lower[decided + 1] != "to":  # `The Committee decided the report would come back`
            subject = Subject(decided + 1, verb, kind_of(words, self.lexis, decided + 1, verb))
        if lower[match.start] == "there":  # `felt there should be a report on damp`
            subject = Subject(match.start, match.start + 1, "thing")
        if subject.end <= subject.start or subject.kind == "third":
            return None
        placed = {"should", "must"} & set(lower[match.start : match.end]) and "in" in lower[match.start : match.end]
        if lower[subject.end - 1] == "meeting":
            return None
        if subject.start == start and (placed or {"need", "needs", "needed"} & set(lower[match.start : match.end])):
            return self._needed_there(words, match, subject, stop, officers, body)
        k = subject.start - 1
        if lower[k - 1 : k + 1] == [
            "and",
            "that",
        ]:  # `thought that a table would do and that it should be in the report`
            k = next((j for j in range(k - 2, start, -1) if lower[j] in _SAID and lower[j + 1] in {"that", ","}), k)
        while k > start and (
            lower[k] in {"that", ",", "both"} or words.bits[k] & self.lexis.adverb or lower[k] == "strongly"
        ):
            k -= 1
        if lower[k] not in _SAID:  # `Members agreed with the Chair that a report should be made`
            k = next((j for j in range(k - 1, max(start, k - 8), -1) if lower[j : j + 2] == ["agreed", "with"]), k)
        if k > start and lower[k] in {"view", "opinion", "mind"}:
            k -= 1
            while k > start and not words.bits[k] & (self.lexis.verb_past | self.lexis.speech | self.lexis.auxiliary):
                k -= 1
        elif k > start and lower[k] == "expressed" and {"view", "opinion"} & set(lower[start:k]):
            return start, subject.start, clause_end(words, self.lexis, match.end - 1, stop), body, None
        elif k < start or lower[k] not in _SAID:
            return None
        if {"would", "will"} & set(lower[match.start : match.end]) and lower[k] not in _DECIDED:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        said = subject_of(words, self.lexis, k, start)
        if said.start > start and lower[said.start - 1] in {"whether", "if"}:
            return None
        if said.end > said.start and lower[said.end - 1] == "it" or k == start:
            if lower[k] in {"noted", "stated", "said", "added"}:
                return None
            return (k if k == start else said.start), subject.start, end, body, None
        asked = self.requesters.requester(words, said, k, start, officers, body)
        if asked is None:
            return None
        return said.start if said.end <= k else k, subject.start, end, asked[0], asked[1]

    def told_to_hold(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """What a limb says of a document: `That the monthly report should include a commentary on high risks`."""
        verb = next((k for k in range(match.start, match.end) if words.lower[k] in _OUGHT), None)
        if verb is None:
            return None
        subject = subject_of(words, self.lexis, verb, start)
        if subject.kind != "document" or subject.end != verb:
            return None
        governs = introducer(words, self.lexis, subject.start, start)
        if governs is not None and words.lower[governs] not in _OPENS:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        return subject.start, subject.start, end, body, None

    def _needed_there(
        self, words: Words, match: Match, subject: Subject, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        """`The risks would need to be shown in the Risk Register`, said by whoever spoke last."""
        speaker = speaker_before(words, self.lexis, subject.start, subject.start)
        if speaker is not None and not self.requesters.may_ask(speaker, officers):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if not {"report", "reports", "register", "minutes", "programme", "list"} & set(words.lower[match.end : end]):
            return None
        return subject.start, subject.start, end, speaker or body, REQUESTER_NOT_SAID

    def agentless(
        self, words: Words, match: Match, start: int, stop: int, body: str, officers: frozenset[str]
    ) -> Span | None:
        lower, bits = words.lower, words.bits
        said = match.end - 1 - (lower[match.end - 1] == "for")
        finite = lower[said - 1 - (lower[said - 1] == "also")] in {"was", "were"}
        begin = match.start
        while begin > start and lower[begin - 1] not in {"and", ",", ";", "-", "–", ":", ".", ")"}:
            begin -= 1
        following = lower[match.end] if match.end < stop else ""
        requester = body
        if following == "by":
            named = phrase_end(words, self.lexis, match.end + 1, stop)
            kind = kind_of(words, self.lexis, match.end + 1, named)
            requester = words.slice(match.end + 1, named)
            if not finite or kind not in {"person", "body"} or not self.requesters.may_ask(requester, officers):
                return None
        noted = begin == start or lower[begin - 1] in {"-", "–", ":"} and not predicate(words, self.lexis, start, begin)
        defined = lower[begin] in {"the", "this", "that"} or (not finite and lower[match.start - 1] == "the")
        if defined or (not finite and not noted):
            return None
        for k in range(match.end, min(stop, match.end + 6)):
            if lower[k] in _ASKED_INTO or lower[k : k + 3] == [",", "to", "be"]:
                break  # `Further detail was sought on reserves, to be supplied after the meeting`
            if bits[k] & self.lexis.auxiliary:
                return None
        verbal = self.lexis.verb_past | self.lexis.auxiliary
        if any(bits[k] & verbal and lower[k] not in _PARTICIPLES for k in range(begin, match.start)):
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        return begin, begin, end, requester, None

    def added_to(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        """What a decision agrees to only with an addition: `subject to a session on carers being added`."""
        lower = words.lower
        k = next((k for k in range(match.start - 1, start, -1) if lower[k] in _APPROVED), None)
        if k is None and not in_limb:
            return None
        requester = body
        if k is not None:
            subject = subject_of(words, self.lexis, k, start)
            if subject.kind == "third":
                return None
            if subject.end > subject.start and words.bits[subject.end - 1] & self.lexis.body:
                requester = words.slice(subject.start, subject.end)
        request = match.start + 2 if lower[match.end - 2] != "of" else match.end - 1
        request -= lower[match.start : match.start + 2] == ["with", "the"] and request == match.start + 2
        return match.start, request, clause_end(words, self.lexis, match.end - 1, stop), requester, None

    def claimed(self, words: Words, match: Match) -> int | None:
        """Where what is demanded, wanted or hoped for begins; None where the committee itself is reminded of it."""
        lower = words.lower
        first = lower[match.start]
        if first in _WANTED and lower[match.start + 1] in _PRONOUNS:
            return match.start + 1  # `wanted it back in six months`
        near = range(match.start, min(match.start + 7, len(lower) - 1))
        if first in _WANTED and any(lower[k] == "to" and lower[k + 1] in _TO_TAKE_IN for k in near):
            return None  # `the points he wished Members to note`
        if match.rule.kind == "sought":
            return match.start + lower[match.start : match.end].index("that") + 1
        if first in _REMINDED and lower[match.end - 2] == "to":
            asked = match.start + 1 + (lower[match.start + 1] in {"the", "all"})
            own = words.bits[asked] & (self.lexis.member | self.lexis.third)
            return None if own or lower[asked] in {"everyone", "attendees"} else match.start + 1
        if first in _HOPED and lower[match.start + 1] != "to" and match.end - match.start > 3:
            return match.start + 1 + (lower[match.start + 1] == "that")
        if lower[match.start : match.start + 2] == ["would", "find"]:
            return match.start + 2
        if first == "called":
            called = range(match.start + 2, min(match.start + 6, match.end))
            return None if any(words.bits[k] & self.lexis.third for k in called) else match.start + 2
        if "that" in lower[match.start : match.end]:
            return match.start + lower[match.start : match.end].index("that") + 1
        if lower[match.end - 2] in {"more", "less", "fewer"}:  # `want more on outcomes`
            return match.end - 2
        return match.end - 1

    def wished(self, words: Words, match: Match) -> int:
        lower = words.lower
        taken = {"see", "receive", "have", "get", "getting", "receiving", "seeing", "having", "hear", "hearing"}
        if lower[match.end - 1] in taken:
            return match.end
        first, second = lower[match.start], lower[match.start + 1]
        if first in {"wanted", "wants", "wished", "want", "wish", "preferred", "prefers"} and second != "to":
            return match.start + 1
        if "prefer" in lower[match.start : match.end]:
            return match.start + lower[match.start : match.end].index("prefer") + 1
        if first == "keen" and second in {"for", "that"}:
            return match.start + 2
        if lower[match.end - 1] in _AGAIN:
            return match.end - 1
        opening = {"welcome", "appreciate", "like", "value", "to", "for", "want"}
        k = match.end - 1
        while k > match.start and lower[k] not in opening:
            k -= 1
        return k + 1
