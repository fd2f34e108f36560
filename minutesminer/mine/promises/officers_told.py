"""Requests by a passive: officers were asked, are requested or be instructed to do something."""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.asked_in_decisions import Span, predicate
from minutesminer.mine.promises.asked_softly import SoftWordings
from minutesminer.mine.promises.clauses import Lexis, clause_end, introducer, phrase_end
from minutesminer.mine.promises.requesters import Requesters
from minutesminer.mine.promises.subjects import Subject, subject_of, whole_subject

_ASKED = frozenset("requested asked requests asks requesting asking suggested recommended proposed".split())
NOT_TOLD = frozenset(
    "committee panel board members councillors cabinet council sub-committee commission forum everyone staff "
    "employees colleagues partners attendees".split()
)
_BODIES = frozenset("committee panel board commission forum sub-committee".split())
_OWN = frozenset("the this that our its select scrutiny overview and sub".split())
_DECIDERS = frozenset("cabinet executive".split())  # they are asked for what comes back to the committee
_BACK = frozenset("committee panel board commission members back respond response".split())
_LONGEST_NAME = 14  # words
_COUNCILS = frozenset({"council", "councils"})
_MEMBERS = frozenset({"members", "councillors"})
_LOCAL = frozenset("parish town community local other".split())


@dataclass(frozen=True, slots=True)
class OfficersTold:
    """Reads `The Director was asked to report back`: whom the committee asked, and for what."""

    lexis: Lexis
    requesters: Requesters
    soft: SoftWordings

    def told(
        self, words: Words, match: Match, start: int, stop: int, officers: frozenset[str], body: str
    ) -> Span | None:
        lower = words.lower
        subject = subject_of(words, self.lexis, match.start, start)
        if lower[match.start] == "be":
            subject = self.named_in_full(words, subject, match.start, start)
        if subject.end <= subject.start or subject.kind == "third":
            return None
        answering = lower[match.start] == "be" and lower[subject.end - 1] in _DECIDERS
        if answering and not _BACK & set(lower[match.end - 1 : stop]):
            return None
        if not answering and not self.may_be_told(lower, subject):
            return None
        governs = introducer(words, self.lexis, subject.start, start) if lower[match.start] == "be" else None
        if governs is not None and lower[governs] in _ASKED:
            return None
        if lower[match.start] == "be" and match.start > start and words.bits[match.start - 1] & self.lexis.auxiliary:
            said = self.soft.should_be_asked(words, match, subject, start, officers, body)
            if said is None:
                return None
            return said[0], subject.start, clause_end(words, self.lexis, match.end - 1, stop), said[1], said[2]
        if subject.kind == "thing" and lower[match.start] == "be":
            whole = whole_subject(words, self.lexis, match.start, start)
            if words.bits[whole.end - 1] & self.lexis.person and not predicate(
                words, self.lexis, whole.start, whole.end
            ):
                subject = Subject(whole.start, whole.end, "person")  # `the Controls, Risk and Performance Manager`
        if subject.kind not in {"person", "body", "pronoun"} or lower[match.start] in {"is", "are"}:
            return None
        end = clause_end(words, self.lexis, match.end - 1, stop)
        if "by" in lower[match.start : match.end]:
            by = match.start + lower[match.start : match.end].index("by") + 1
            body = words.slice(by, phrase_end(words, self.lexis, by, match.end - 2))
            if not body or not self.requesters.may_ask(body, officers):
                return None
        return subject.start, subject.start, end, body, None

    def named_in_full(self, words: Words, subject: Subject, be: int, start: int) -> Subject:
        """The whole name where a comma stands in it: `the Economy, Environment and Regeneration Committee be asked`."""
        whole = whole_subject(words, self.lexis, be, start)
        commas = [k for k in range(whole.start + 1, whole.end - 1) if words.text[k] == ","]
        if (
            not commas
            or whole.end - whole.start > _LONGEST_NAME
            or predicate(words, self.lexis, whole.start, whole.end)
        ):
            return subject
        last, capital = whole.end - 1, self.lexis.capital
        titled = all(words.bits[k - 1] & capital and words.bits[k + 1] & capital for k in commas)
        named = titled and words.bits[last] & capital and words.bits[last] & (self.lexis.body | self.lexis.person)
        return (
            Subject(whole.start, whole.end, "body" if words.bits[last] & self.lexis.body else "person")
            if named
            else subject
        )

    def may_be_told(self, lower: list[str], subject: Subject) -> bool:
        """Whether those who were asked may be: not Members, not all councils; Cabinet Members may."""
        last, before = lower[subject.end - 1], lower[subject.start : subject.end - 1]
        if last in _COUNCILS and _LOCAL & set(before):
            return False
        if before and _MEMBERS & set(before[:2]) and "of" in before:
            return False  # `All Members of the Board were asked to comment`
        if last in _BODIES and any(word not in _OWN for word in before):
            return True  # another body than the one that meets: `the Health and Wellbeing Board`
        return last not in NOT_TOLD or (last == "members" and bool({"cabinet", "executive"} & set(before)))
