"""Who asks: the chair, the committee and its members may, officers, residents and petitions may not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from minutesminer.mine.engine.lexicon import Lexicon
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, phrase_end
from minutesminer.mine.promises.speakers import speaker_before
from minutesminer.mine.promises.subjects import Subject, first_subject, kind_of
from minutesminer.mine.review import PRONOUN_UNCLEAR
from minutesminer.models import Meeting

_BODIES = ("Panel", "Board", "Commission", "Forum", "Cabinet", "Sub-Committee", "Executive", "Committee", "Council")
_CALLED = frozenset("panel committee board commission forum sub-committee".split())
_IMPERSONAL = frozenset("it there that this these those".split())
_DEFAULT = "The Committee"
_CO_OPTED = frozenset("parent governor diocesan church faith teacher healthwatch tenant youth co-opted".split())
_ASKED = frozenset("asked requested suggested".split())
_MOODS = frozenset(
    "glad pleased concerned worried disappointed mindful conscious aware surprised dissatisfied encouraged unhappy "
    "alarmed delighted satisfied who while whilst although though as having given with".split()
)
_LONGEST_NAME = 8  # words of a name, its title and a role in brackets


def officers_of(meeting: Meeting | None) -> frozenset[str]:
    """The names, in lower case, of those in attendance who are no members."""
    if meeting is None:
        return frozenset()
    return frozenset(
        person.name.lower()
        for person in meeting.attendance
        if person.status == "in attendance" and person.role and "councillor" not in person.name.lower()
    )


def body_of(meeting: Meeting | None) -> str:
    """What the meeting calls itself: `The Panel` for a Corporate Parenting Panel, else `The Committee`."""
    name = (meeting.committee or "") if meeting is not None else ""
    for word in _BODIES:
        if name.endswith(word):
            return f"The {word}"
    return _DEFAULT


def body_in(words: Words) -> str | None:
    """What the text calls the meeting most often: `The Panel`; None where it does not say."""
    lower = words.lower
    called = [
        word
        for k, word in enumerate(lower)
        if word in _CALLED and k > 0 and lower[k - 1] == "the" and words.text[k][0].isupper()
    ]
    if not called:
        return None
    best, _ = Counter(called).most_common(1)[0]
    return "The " + "-".join(part.capitalize() for part in best.split("-"))


def far_from(words: Words, subject: Subject, at: int) -> bool:
    """Whether another clause stands between the subject and the verb at `at`, so that the quote leaves it out."""
    between = words.lower[subject.end : at]
    return between != [","] and any(word in {"and", "but", ",", ";", "who", "which"} for word in between)


_FIRST_LABELS = frozenset({"1", "a", "i"})
_AUTHORITIES = frozenset("the fire and rescue combined national park".split())
_FAR_LIST = 90  # words


def joined_subject(words: Words, lexis: Lexis, start: int, at: int) -> Subject | None:
    """The sentence's first subject, where the verb at `at` may take it.

    After `and`, after an earlier asking (`asked that A be shown, asked for B`) or a remark between commas
    (`Councillor Orr, glad that costs had fallen, asked`, `and, noting the fall in visits, asked`).
    """
    lower = words.lower
    before = at - 1 - (lower[at - 1] == "also")
    if lower[before] == ")":
        return listed_subject(words, lexis, before)
    if lower[before] in {"and", ";"} or (lower[before] == "by" and lower[at].endswith("ing")):  # `ended by asking for`
        return first_subject(words, lexis, start, at)
    if lower[before] != ",":
        return None
    opening = next((k for k in range(before - 1, start, -1) if lower[k] == ","), None)
    if opening is not None and lower[opening + 1] in _MOODS:
        named = phrase_end(words, lexis, start, opening)
        return Subject(start, named, kind_of(words, lexis, start, named)) if named == opening else None
    asked = any(lower[k] in _ASKED and lower[k + 1] in {"that", "for", "a", "an"} for k in range(start, before))
    remark = opening is not None and lower[opening + 1].endswith("ing")
    return first_subject(words, lexis, start, at) if asked or remark else None


def listed_subject(words: Words, lexis: Lexis, at: int) -> Subject | None:
    """The body before the first label of a list in one line: `The Committee (1) noted it; and (2) asked that ...`."""
    lower = words.lower
    for k in range(at - 2, max(at - _FAR_LIST, 1), -1):
        if "\n" in lower[k]:
            return None
        if lower[k] != ")" or lower[k - 1] not in _FIRST_LABELS:
            continue
        end = k - 1
        while end > 1 and lower[end - 1] in {"(", ":", ":-", "–", "-"}:
            end -= 1
        begin = end - 1 - (lower[end - 2] in {"the", "this"})
        body = words.bits[end - 1] & lexis.body
        return Subject(begin, end, "body") if body else None
    return None


def _own_authority(words: Words, subject: Subject) -> bool:
    """Whether it is an authority that meets as such: `The Authority`, `the Fire and Rescue Authority`."""
    named = words.lower[subject.start : subject.end]
    return words.text[subject.end - 1] == "Authority" and set(named[:-1]) <= _AUTHORITIES


def _before_answer(words: Words, at: int, start: int) -> tuple[int, int]:
    """`at` and `start` moved back over an answer: `The Chair asked. It was 5%, as Mr Lee advised. She ...`."""
    k = bisect_right(words.sentences, (at, len(words) + 1)) - 2
    answer = words.sentences[k][0] if k > 0 else start
    return (answer, answer) if k > 0 and words.lower[answer] in _IMPERSONAL else (at, start)


def _first_name(words: Words, lexis: Lexis, subject: Subject, start: int, at: int) -> bool:
    """Whether a first name alone asks for something to come to the body: `Tia asked for it to be told to the Board`."""
    lower, k = words.lower, subject.start
    if subject.end - k != 1 or k != start or not words.bits[k] & lexis.capital or not words.text[k].istitle():
        return False
    if words.bits[k] & (lexis.third | lexis.document | lexis.own | lexis.body):
        return False
    return any(
        lower[j : j + 2] == ["to", "the"] and lower[j + 2] in _CALLED for j in range(at, min(at + 30, len(words) - 2))
    )


@dataclass(frozen=True, slots=True)
class Requesters:
    """Tells requesters from others. `deciding` is the bit of the words for deciding bodies."""

    lexis: Lexis
    deciding: int
    officer: Lexicon | None

    def requester(
        self, words: Words, subject: Subject, at: int, start: int, officers: frozenset[str], body: str
    ) -> tuple[str | None, str | None] | None:
        """(requester, review), or None where the subject may not ask."""
        lower, bits = words.lower, words.bits
        if subject.end <= subject.start:
            k = at
            while k > start and bits[k - 1] & self.lexis.adverb:
                k -= 1
            if k > start + 1 and words.text[k - 1] == ":" and bits[start] & (self.lexis.title | self.lexis.person):
                named = words.slice(start, k - 1)  # `Councillor Manning: Suggested that ...`
                return (named, None) if k - start < _LONGEST_NAME and self.may_ask(named, officers) else None
            return (body, None) if k == start else None
        text = words.slice(subject.start, subject.end)
        if lower[subject.start] == "we":
            return text, None
        if lower[subject.start : subject.end] == ["it"]:
            meant = speaker_before(words, self.lexis, subject.start, min(start, subject.start))
            return (meant, None) if meant is not None and meant.split()[-1].lower() in _CALLED else None
        if subject.kind == "pronoun":
            meant = speaker_before(words, self.lexis, subject.start, start)
            if meant is None:
                return text, PRONOUN_UNCLEAR
            if not self.may_ask(meant, officers):
                meant = speaker_before(words, self.lexis, *_before_answer(words, subject.start, start)) or meant
            return (meant, None) if self.may_ask(meant, officers) else None
        if subject.kind not in {"person", "body"}:
            return (text, None) if _first_name(words, self.lexis, subject, start, at) else None
        third = (k for k in range(subject.start, subject.end) if bits[k] & self.lexis.third)
        if subject.kind == "body" and any(words.text[k][:1].islower() for k in third):
            return None  # `the tenants’ group`
        if (
            subject.kind == "body"
            and not bits[subject.end - 1] & self.deciding
            and not _own_authority(words, subject)
            and not any(bits[k] & self.deciding for k in range(subject.start, min(subject.end, subject.start + 4)))
        ):
            return None
        if lower[subject.end - 1] == "council" and "county" not in lower[subject.start : subject.end]:
            return None
        allowed = self.may_ask(text, officers) or (subject.kind == "body" and _own_authority(words, subject))
        return (text, None) if allowed else None

    def may_ask(self, name: str, officers: frozenset[str]) -> bool:
        lower = name.lower()
        if lower in officers or any(officer in lower for officer in officers if " " in officer):
            return False
        parts = lower.replace(",", " ").split()
        if "chief executive" in lower or "of the public" in lower or "of staff" in lower:
            return False
        if parts and parts[-1].startswith("representative") and _CO_OPTED & set(parts):
            return True
        if any(
            word
            in {
                "chair",
                "chairman",
                "chairperson",
                "councillor",
                "cllr",
                "member",
                "members",
                "vice-chair",
                "councillors",
                "cllrs",
            }
            for word in parts
        ):
            return not {"cabinet", "executive", "portfolio"} & set(parts) or "chair" in parts
        head: list[str] = []
        for word in parts:
            if head and word in {"of", "for", "in", "from", "at"}:
                break
            head.append(word)
        if head and head[-1] in {
            "committee",
            "panel",
            "board",
            "commission",
            "forum",
            "sub-committee",
            "cabinet",
            "meeting",
            "group",
        }:
            return True
        return not any(
            (self.officer is not None and self.officer.holds(word))
            for word in head
            if word != "lead" or "scrutiny" not in head
        )
