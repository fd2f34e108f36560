"""Requests without a verb of asking: something would be useful, somebody suggests a visit, would be grateful if.

Each gives where the quote and the request begin, where they end, who asks and why a person should look at it.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.asked_in_decisions import Span, predicate
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, clause_end, phrase_end
from minutesminer.mine.promises.requesters import Requesters
from minutesminer.mine.promises.speakers import speaker_before
from minutesminer.mine.promises.subjects import Subject, kind_of, subject_of, whole_subject
from minutesminer.mine.review import REQUESTER_NOT_SAID

_HEAD_ENDS = frozenset(
    "of on for by about from which who whom whose in at with to into before after once when where setting detailing "
    "showing outlining explaining covering regarding concerning including how why what whether relating between "
    "comparing containing describing that".split()
)
_DECIDED = frozenset("agreed resolved decided moved recommended that".split())
_IMPERSONAL = frozenset("it there".split())
_REQUESTS = frozenset("request requests suggestion proposal".split())
_GRANTED = frozenset("agreed supported accepted granted endorsed approved noted".split())
_MEETINGS = frozenset(
    "visit visits group session sessions workshop workshops briefing briefings training tour item items seminar "
    "inquiry meeting presentation presentations".split()
)


def head_of(words: Words, start: int, end: int) -> int:
    """The head of the noun phrase in words `start` to `end`: the last word before its first joint."""
    stop = next((k for k in range(start + 1, end) if words.lower[k] in _HEAD_ENDS or words.text[k] in "(,"), end)
    return stop - 1 - (words.lower[stop - 1] == "back" and stop - 2 > start)  # `a report back`


@dataclass(frozen=True, slots=True)
class SoftWordings:
    """Reads wishes in other dress. `document` is the bit of what can be asked for."""

    lexis: Lexis
    requesters: Requesters
    document: int

    def asked_for_thing(self, words: Words, start: int, end: int) -> bool:
        """Whether the phrase in words `start` to `end` names a document or an event by its head."""
        if end <= start:
            return False
        head = head_of(words, start, end)
        return bool(words.bits[head] & self.document) or words.lower[head] in _MEETINGS

    def useful(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        """`A Member commented that a map of the sites would be useful`."""
        lower = words.lower
        subject = whole_subject(words, self.lexis, match.start, start)
        if subject.start == start or predicate(words, self.lexis, subject.start, match.start):
            subject = subject_of(words, self.lexis, match.start, start)
        if subject.end <= subject.start or lower[subject.start] in _IMPERSONAL:
            return None
        if not self.asked_for_thing(words, subject.start, subject.end):
            return None
        said = self.said_by(words, subject, start, officers, body)
        if said is None:
            return None
        begin, requester, review = said
        return begin, subject.start, clause_end(words, self.lexis, match.end - 1, stop), requester, review

    def said_by(
        self, words: Words, clause: Subject, start: int, officers: frozenset[str], body: str
    ) -> tuple[int, str | None, str | None] | None:
        """(first word of the quote, requester, review) of what is said in a clause, None where an officer says it."""
        lower = words.lower
        k = clause.start - 1
        while k > start and lower[k] in {"that", ",", "both"}:
            k -= 1
        if k < start:
            speaker = speaker_before(words, self.lexis, clause.start, clause.start)
            if speaker is not None and not self.requesters.may_ask(speaker, officers):
                return None
            return clause.start, speaker or body, REQUESTER_NOT_SAID
        if lower[k] in {"view", "opinion"}:
            k = next((j for j in range(k - 1, start, -1) if words.bits[j] & self.lexis.verb_past), start)
        if not words.bits[k] & (self.lexis.speech | self.lexis.verb_past) or lower[k] in {"heard", "reported"}:
            return None
        speaker_of = subject_of(words, self.lexis, k, start)
        if lower[speaker_of.start : speaker_of.end] == ["it"]:
            return speaker_of.start, body, None
        asked = self.requesters.requester(words, speaker_of, k, start, officers, body)
        if asked is None:
            return None
        return (speaker_of.start if speaker_of.end > speaker_of.start else k), asked[0], asked[1]

    def thing(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        """`The Vice-Chair suggested a briefing on the reforms`, `pressed officers for a timetable`."""
        lower = words.lower
        subject = subject_of(words, self.lexis, match.start, start)
        request = match.start + 1
        if "for" in lower[match.start : match.end - 1]:
            request = match.start + lower[match.start : match.end - 1].index("for") + 1
        end = clause_end(words, self.lexis, match.end - 1, stop)
        added = {"inclusion", "addition"} & set(lower[match.start : match.end])
        if added:  # `the inclusion of costs in future reports`, not `of a crossing in the scheme`
            request = match.start + 1
        placed = added and any(words.bits[k] & self.document for k in range(match.end, end))
        if not placed and (added or not self.asked_for_thing(words, request, end)):
            return None
        if lower[subject.start : subject.end] == ["it"]:
            return None
        asked = self.requesters.requester(words, subject, match.start, start, officers, body)
        if asked is None:
            return None
        begin = subject.start if subject.end > subject.start else match.start
        return begin, request, end, asked[0], asked[1]

    def grateful_if(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        """`The Chair would be grateful if officers could provide the data by ward`."""
        lower = words.lower
        subject = subject_of(words, self.lexis, match.start, start)
        asked = self.requesters.requester(words, subject, match.start, start, officers, body)
        if asked is None:
            return None
        opens = next(k for k in range(match.start, match.end) if lower[k] == "if") + 1
        end = clause_end(words, self.lexis, match.end - 1, stop)
        modal = next(k for k in range(opens, match.end) if lower[k] in {"could", "can", "might", "would"})
        thing = (opens, modal) if lower[modal + 1] == "be" else (match.end, end)
        if thing[0] < thing[1] and lower[thing[0]] in {"members", "councillors", "them", "him", "her", "us"}:
            thing = (thing[0] + 1 + (lower[thing[0] + 1 : thing[0] + 2] == ["with"]), thing[1])
        if not self.asked_for_thing(words, *thing):
            return None
        begin = subject.start if subject.end > subject.start else match.start
        return begin, opens, end, *asked

    def spoken_of(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """`There was a request from Councillor Lunn that the data be updated`, `A suggestion was made that ...`."""
        lower = words.lower
        if lower[match.start] == "there" and match.start > start and lower[match.start - 1] not in {",", "and", "that"}:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        requester: str | None = body
        if {"from", "by", "of"} & set(lower[match.start : match.end]):
            by = next(k for k in range(match.start, match.end) if lower[k] in {"from", "by", "of"}) + 1
            named = phrase_end(words, self.lexis, by, match.end)
            requester = words.slice(by, named)
            kind = kind_of(words, self.lexis, by, named)
            if kind not in {"person", "body"} or not self.requesters.may_ask(requester, frozenset()):
                return None
        opens = next((k for k in range(match.start, match.end) if lower[k] in {"that", "for", "to"}), match.end - 1)
        return match.start, opens + 1, end, requester, None

    def granted(self, words: Words, match: Match, start: int, stop: int, body: str) -> Span | None:
        """`Councillor Dale’s request for a breakdown by age was agreed`: whose it was, as far as it is said."""
        lower = words.lower
        at = next(k for k in range(match.start, match.end) if lower[k] in _REQUESTS)
        begin = next((k + 1 for k in range(at - 1, start - 1, -1) if lower[k] in {"that", ",", ";", ":", "to"}), start)
        requester: str | None = body
        if lower[at + 1] in {"by", "from"}:
            requester = words.slice(at + 2, phrase_end(words, self.lexis, at + 2, match.end))
        elif at - 1 > begin and lower[at - 1] in {"’s", "'s", "’", "'"}:
            requester = words.slice(begin, at - 1)
        if not requester or not self.requesters.may_ask(requester, frozenset()):
            return None
        opens = next((k for k in range(at + 1, match.end) if lower[k] in {"for", "that", "to"}), None)
        granted = lower[match.end - 1] in _GRANTED
        end = match.end - 2 if granted else clause_end(words, self.lexis, match.end - 1, stop)
        if opens is None or (lower[opens] == "for" and not self.asked_for_thing(words, opens + 1, end)):
            return None
        handed = any(words.bits[k] & self.document for k in range(opens + 1, end))
        if lower[at] in {"suggestion", "proposal"} and not handed:
            return None
        return begin, opens + 1, end, requester, None

    def should_be_asked(
        self, words: Words, match: Match, subject: Subject, start: int, officers: frozenset[str], body: str
    ) -> tuple[int, str | None, str | None] | None:
        """Who says that officers should be asked: `Members felt that officers should be asked to report back`."""
        if words.lower[match.start - 1] not in {"should", "must", "ought"}:
            return None
        said = self.said_by(words, subject, start, officers, body)
        return None if said is None or said[0] == subject.start else said

    def asked_for(self, words: Words, match: Match, start: int, stop: int, in_limb: bool, body: str) -> Span | None:
        """`The Head of Finance was asked for a note on reserves`."""
        subject = subject_of(words, self.lexis, match.start, start)
        if subject.end <= subject.start or subject.kind not in {"person", "body", "pronoun"}:
            return None
        decided = in_limb or _DECIDED & set(words.lower[start : subject.start])
        if words.lower[match.start] == "be" and not decided:
            return None
        if words.lower[match.end - 1] == "back":
            end = clause_end(words, self.lexis, match.end - 1, stop)
            return subject.start, subject.start, end, body, None
        if words.lower[subject.end - 1] in {"members", "councillors", "committee", "panel", "board", "cabinet"}:
            return None
        if match.end >= stop:
            return None
        if words.lower[match.end] in DETERMINERS - {"a", "an", "the", "more"} and not self.asked_for_thing(
            words, match.end, stop
        ):
            return None
        end = clause_end(words, self.lexis, match.end, stop)
        if not self.asked_for_thing(words, match.end, end):
            return None
        return subject.start, match.end, end, body, None
