"""How strong an action is: promised to the committee, planned by a service, or no action at all.

What counts is who speaks of whom: an officer who "would provide" something promises it, a service that
"would develop" something plans it, and residents who "would need" something do neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis
from minutesminer.mine.promises.recipients import committee_like
from minutesminer.mine.promises.subjects import Subject

Strength = Literal["undertaken", "planned"]

_CERTAIN = frozenset(
    "assured assuring assurance assurances reassured undertook undertaken agreed confirmed confirming promised "
    "promising committed commitment undertaking guaranteed".split()
)
ASSURED = frozenset(
    "assured assuring assurance assurances reassured reassurance undertook promised guaranteed undertaking "
    "commitment".split()
)
_COMING = frozenset("next future final forthcoming updated new full annual further revised quarter".split())
_LAUNCHED = frozenset(
    "launched re-launched relaunched rolled refreshed finalised completed recruited appointed installed commissioned "
    "established introduced trialled implemented extended opened started updated revised procured consulted "
    "advertised tendered delivered adopted held".split()
)
PERSONAL = frozenset(  # what only a person does
    "ask circulate send email e-mail share forward chase liaise contact write speak talk check arrange find follow "
    "organise let bring invite query phone draft get look see sort sit put take pick raise ring call speak prepare "
    "produce investigate confirm".split()
)
_FETCHED = frozenset("obtained sought requested chased compiled collated drafted re-sent resent".split())
_NO_NAME = ("s", "tion", "ing", "ment", "ity", "ance", "ence", "ers", "care", "work", "ship", "ery", "ure")
_OWN = frozenset("the this a our their its next scrutiny select overview and sub".split())
_AGAIN = frozenset("revisit re-visit return reconsider re-consider review re-examine".split())
_CALLED = frozenset("asked invited contacted".split())
_ITEMS = frozenset("item matter topic issue subject this proposals draft policy strategy".split())
_MATTERS = frozenset("this matter issue question concern concerns point points query it suggestion request".split())
_FOLLOWED = frozenset("the a an this that these national from suit up".split())
_POLICIES = frozenset("plan review document guidance".split())
_DONE_SO = frozenset("done actioned sorted rectified progressed dealt".split())
_CONFIRMED = frozenset("confirmed agreed assured said replied responded advised undertook promised".split())
_AGREED = frozenset({"agreed", "resolved"})
_SPOKEN = frozenset(
    "noted explained stated said reported added indicated informed replied responded heard clarified outlined".split()
)
_SHOWN = frozenset(
    "circulated re-circulated recirculated shared distributed appended emailed e-mailed tabled attached".split()
)
_LATER_WORK = frozenset("published undertaken produced prepared scheduled convened monitored taken considered".split())
_TOLD = frozenset("provided sent supplied made informed updated notified issued given".split())
_EVENTS = frozenset("meeting visit visits session sessions briefing briefings training workshop tour seminar".split())
_TAKEN = frozenset({"back", "away", "forward", "up", "on", "to", "at"})
_THINGS = frozenset("this that these those it they both all".split())
_SAYING = frozenset(
    "sharing circulating providing reporting writing sending bringing presenting distributing "
    "e-mailing emailing".split()
)


def needed(words: Words, at: int) -> bool:
    """Whether the word before `to be` says that it has, had or needs to be."""
    return at == 0 or words.lower[at - 1] in {
        "had",
        "have",
        "has",
        "need",
        "needs",
        "needed",
        "ought",
        "used",
        "able",
        "due",
        "not",
    }


def first_name_will(words: Words, lexis: Lexis, subject: Subject, match: Match, verb: int, start: int) -> bool:
    """Whether a note says what somebody called by a first name will do: `Bev will ask the firm for a price`."""
    named = subject.start == start and first_name(words, lexis, subject.start, subject.end)
    return named and words.lower[match.start] == "will" and words.lower[verb] in PERSONAL


def first_name(words: Words, lexis: Lexis, start: int, end: int) -> bool:
    """Whether the range is one capitalised word that names no body, document or group."""
    if end - start != 1 or not words.bits[start] & lexis.capital or not words.text[start][1:].islower():
        return False
    if words.bits[start] & (lexis.document | lexis.third | lexis.body | lexis.own | lexis.pronoun | lexis.asking):
        return False
    if words.bits[start] & lexis.task:
        return False
    return not words.lower[start].endswith(_NO_NAME)


def elsewhere(words: Words, start: int, end: int) -> bool:
    """Whether the phrase names another deciding body than the one that meets: `the Place Committee`, `Cabinet`."""
    lower = words.lower
    for k in range(start, end):
        if lower[k] in {"cabinet", "council", "executive"}:
            return end - start <= 3
        if lower[k] in {"committee", "board", "panel", "commission"}:
            before = [lower[j] for j in range(start, k) if lower[j] not in _OWN]
            return bool(before) and words.text[k - 1][:1].isupper()
    return False


@dataclass(frozen=True, slots=True)
class Strengths:
    """Judges the strength of an action by its rule's kind, its subject and its verb."""

    lexis: Lexis
    strict: int
    deliver: int

    def of(
        self,
        words: Words,
        match: Match,
        subject: Subject,
        verb: int,
        recipient: tuple[int, int, int] | None,
        due: tuple[int, int] | None,
        start: int,
    ) -> Strength | None:
        kind = match.rule.kind
        agent = subject.kind in {"person", "pronoun", "body"}
        deciding = subject.kind == "body" and committee_like(words, self.lexis, subject.end - 1, subject.end)
        certain = self.said_by(words, subject, start, _CERTAIN)
        if kind == "able":
            handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
            return "undertaken" if agent and (handed or due is not None) else None
        if kind == "could_be":
            thing = subject.kind == "document" or words.lower[max(subject.end - 1, 0)] in _THINGS
            return "undertaken" if thing else None
        if kind == "promise":
            return self._promised(words, match, subject, verb, deciding)
        if kind == "promised_thing":
            return self._promised_thing(words, match, subject, recipient)
        if kind in {"modal", "is_to", "could"}:
            if first_name_will(words, self.lexis, subject, match, verb, start):
                return "undertaken"
            if self._named_body(words, subject, verb, recipient):
                return "undertaken"
            if not agent or (kind == "is_to" and subject.kind == "pronoun"):
                return None
            if subject.end > subject.start and words.lower[subject.end - 1] in {"programme", "project", "scheme"}:
                return None
            if deciding and words.lower[verb] in _AGAIN:
                return None
            if words.lower[verb] == "return" and subject.kind == "body" and recipient is None and due is None:
                return None
            if kind == "could" and words.lower[verb] == "provide":
                handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
                return "undertaken" if handed and subject.kind in {"person", "pronoun"} else None
            if kind == "could" and words.lower[subject.end - 1] in {"members", "councillors", "they", "we"}:
                return None
            if subject.kind != "body" or certain or words.bits[verb] & self.strict or kind == "could":
                return "undertaken"
            handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
            phrasal = not words.bits[verb] & self.deliver
            return "undertaken" if handed or phrasal else "planned"
        if kind in {"work", "progressive"}:
            if subject.kind == "document" and words.lower[match.end - 1] == "coming":
                return "undertaken"
            if not agent or words.lower[max(subject.end - 1, 0)] in {"members", "councillors", "colleagues"}:
                return None
            if deciding and words.lower[verb] in {"meet", "hold", "consider"} | _AGAIN:
                return None
            if kind == "progressive":
                return "undertaken" if words.lower[match.end - 1] in _SAYING and subject.kind != "body" else "planned"
            return "undertaken" if subject.kind == "person" or certain else "planned"
        if kind == "document":
            if words.lower[verb] == "return" or words.lower[match.start] in _ITEMS:
                handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
                return "undertaken" if handed or due is not None else None
            return self._contained(words, match, subject)
        if kind == "promised":
            return self._were_promised(words, subject, match)
        if kind == "receives":
            return self._received(words, subject, match, due)
        if kind in {"passive", "passive_work", "assured"}:
            return self._handed_over(words, kind, subject, match, recipient, due, certain, start)
        if kind == "intends":
            return "planned" if agent and subject.end > subject.start else None
        if kind == "to_be_by":
            return "undertaken" if subject.kind != "third" and not needed(words, match.start) else None
        if kind == "due_to_be":
            return "planned" if subject.kind == "document" else None
        return "planned"

    def _promised(self, words: Words, match: Match, subject: Subject, verb: int, deciding: bool) -> Strength | None:
        lower = words.lower
        if lower[match.start] == "agreed" and lower[subject.start : subject.end] == ["it"]:
            return (
                "undertaken" if words.bits[verb] & self.strict or lower[verb] in {"provide", "ask", "invite"} else None
            )
        if subject.kind in {"third", "document", "thing"}:
            return None
        members = subject.end > subject.start and lower[subject.end - 1] in {"members", "councillors"}
        if lower[match.start] in {"agreed", "agrees", "was", "were", "is", "are"} and (
            deciding or members or subject.kind == "none"
        ):
            told = lower[verb] in {
                "write",
                "send",
                "invite",
                "contact",
                "lobby",
                "visit",
                "ask",
                "meet",
                "respond",
                "liaise",
            }
            return "undertaken" if told and subject.kind != "none" else None
        if lower[match.start] in {"agreed", "agrees"} and lower[verb] in {"note", "approve", "endorse", "adopt"}:
            return None
        if "government" in lower[subject.start : subject.end]:
            return None
        return "undertaken" if subject.kind != "none" or match.rule.id.endswith("undertook_to") else None

    def _promised_thing(
        self, words: Words, match: Match, subject: Subject, recipient: tuple[int, int, int] | None
    ) -> Strength | None:
        """Whether a document is promised, or by a person offered: not what a service offers its users."""
        if subject.kind not in {"person", "pronoun", "body"} or subject.end <= subject.start:
            return None
        given = words.lower[match.start + 1 : match.end]
        named = [k for k in range(match.start + 1, match.end) if words.bits[k] & (self.lexis.third)]
        if named or "government" in words.lower[subject.start : subject.end]:
            return None
        handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
        if words.lower[match.start] in {"offered", "offers"} and subject.kind == "body":
            told = any(words.bits[match.start + 1 + k] & self.lexis.member for k in range(min(2, len(given))))
            return "undertaken" if handed or told else None
        return "undertaken"

    def _named_body(self, words: Words, subject: Subject, verb: int, recipient: tuple[int, int, int] | None) -> bool:
        """Whether a name that says nothing of its kind (`Healthwatch`) would hand something to the committee."""
        if subject.kind != "thing" or subject.end - subject.start != 1 or recipient is None:
            return False
        named = words.bits[subject.start] & self.lexis.capital and words.bits[verb] & self.strict
        return bool(named) and committee_like(words, self.lexis, recipient[1], recipient[2])

    def _contained(self, words: Words, match: Match, subject: Subject) -> Strength | None:
        lower = words.lower
        if lower[match.start] in _POLICIES and not _COMING & set(lower[max(0, match.start - 4) : match.start]):
            return None
        modal = next(k for k in range(match.start, match.end) if lower[k] in {"would", "will"})
        phrase = lower[max(0, match.start - 5) : modal]
        if lower[modal] == "will" and not _COMING & set(phrase):
            return None
        after = lower[match.end] if match.end < len(words) else ""
        if lower[match.end - 1] == "follow" and (after in _FOLLOWED or words.bits[match.end - 1] & self.lexis.capital):
            return None
        if lower[match.end - 1] == "come" and (
            match.end >= len(words) or lower[match.end] not in {"to", "back", "before"}
        ):
            return None
        return "undertaken"

    def _were_promised(self, words: Words, subject: Subject, match: Match) -> Strength | None:
        """Whether it is the committee that was promised something, or a document that was promised."""
        if words.lower[match.start] not in {"was", "were"}:
            return "undertaken"
        if words.lower[match.end - 1] in {"promised", "offered"}:
            return "undertaken" if subject.kind == "document" and words.lower[match.end - 1] == "promised" else None
        if subject.end <= subject.start or subject.kind == "third":
            return None
        return "undertaken" if committee_like(words, self.lexis, subject.end - 1, subject.end) else None

    def _received(self, words: Words, subject: Subject, match: Match, due: tuple[int, int] | None) -> Strength | None:
        if subject.end <= subject.start or words.lower[match.start] != "would":
            return None
        head = words.bits[subject.end - 1]
        if subject.kind == "third" or not head & (self.lexis.body | self.lexis.member | self.lexis.chair):
            return None
        if subject.kind == "body" and words.lower[subject.end - 1] in {
            "council",
            "authority",
            "trust",
            "partnership",
            "group",
        }:
            return None
        if words.lower[match.end - 1] in {"receive", "get", "receiving", "getting"}:
            window = words.bits[match.end : match.end + 6]
            return "undertaken" if any(bit & self.lexis.document for bit in window) else None
        return "undertaken"

    def _handed_over(
        self,
        words: Words,
        kind: str,
        subject: Subject,
        match: Match,
        recipient: tuple[int, int, int] | None,
        due: tuple[int, int] | None,
        certain: bool,
        start: int,
    ) -> Strength | None:
        if self.said_by(words, subject, start, ASSURED):
            return "undertaken" if subject.kind != "none" else None
        verb = words.lower[match.end - 1]
        following = words.lower[match.end] if match.end < len(words) else ""
        if (
            verb in _CALLED
            and subject.kind in {"person", "body"}
            and (due is not None or "attend" in words.lower[match.end : match.end + 3])
        ):
            return "undertaken"
        if verb in {"fed", "passed", "relayed", "conveyed"} and following in {"back", "on"}:
            return (
                "undertaken"
                if subject.kind not in {"third", "none", "person"}
                or words.lower[subject.end - 1] in {"views", "comments", "concerns", "thanks"}
                else None
            )
        if (verb, following) in {("raised", "with"), ("referred", "to"), ("taken", "up")} and (
            subject.kind == "document" or words.lower[max(subject.end - 1, 0)] in _MATTERS
        ):
            return "undertaken"
        if kind == "assured":
            done = verb in _DONE_SO and subject.end - subject.start == 1 and words.lower[subject.start] in _THINGS
            if done and self.said_by(words, subject, start, _CONFIRMED):
                return "undertaken"
            agreed = due is not None and subject.kind != "third" and self.said_by(words, subject, start, _AGREED)
            if not agreed and due is not None and verb in _LAUNCHED and subject.kind in {"document", "thing"}:
                return (
                    "planned"
                    if words.lower[due[0]] not in {"every", "each", "once", "when", "following", "over"}
                    else None
                )
            return "undertaken" if agreed else None
        head = words.lower[subject.end - 1] if subject.end > subject.start else ""
        if subject.kind in {"third", "none"} or (
            subject.kind in {"person", "pronoun", "body"} and verb in _TOLD | {"considered"}
        ):
            return None
        handed = recipient is not None and committee_like(words, self.lexis, recipient[1], recipient[2])
        returned = subject.kind == "document" or (subject.end - subject.start == 1 and head in _THINGS)
        if kind == "passive" and recipient is not None and elsewhere(words, recipient[1], recipient[2]):
            return "undertaken" if verb in _SHOWN or certain else "planned"
        if kind == "passive":
            if (
                verb in _SHOWN
                or handed
                or (returned and (verb not in {"made", "issued", "returned"} or due is not None))
            ):
                return "undertaken"
            if verb in {"reported", "presented", "brought", "fed"}:
                meets = due is not None and "meeting" in words.lower[due[0] : due[1]]
                return "undertaken" if meets or "separately" in words.lower[match.end : match.end + 4] else None
            return "planned" if due is not None and verb != "made" else None
        if verb in {"arranged", "organised", "convened"} and head in _EVENTS:
            return "undertaken"
        if verb in _FETCHED:
            return "undertaken" if returned else None
        if verb == "taken" and not _TAKEN & set(words.lower[match.end : match.end + 2]):
            return None
        if verb == "invited":
            return "undertaken" if due is not None else None
        if verb in {"added", "included"} and {"programme", "agenda", "list", "workplan", "register"} & set(
            words.lower[match.end : match.end + 8]
        ):
            return "undertaken"
        if verb in _LATER_WORK and handed and returned and verb != "considered":
            return "undertaken"
        if verb in _LATER_WORK and not certain:
            return "planned" if due is not None else None
        if returned and (certain or due is not None) or certain and due is not None:
            return "undertaken"
        if verb in {"investigated", "checked", "clarified", "corrected", "amended", "revisited"} and (
            returned or certain
        ):
            return "undertaken"
        spoken = certain or self.said_by(words, subject, start, _SPOKEN)
        return "planned" if due is not None or (spoken and returned) else None

    def said_by(self, words: Words, subject: Subject, start: int, verbs: frozenset[str]) -> bool:
        begin = subject.start
        return any(word in verbs for word in words.lower[max(start, begin - 9) : begin])
