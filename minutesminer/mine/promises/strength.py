"""How strong an action is: promised to the committee, planned by a service, or no action at all.

What counts is who speaks of whom: an officer who "would provide" something promises it, a service that
"would develop" something plans it, and residents who "would need" something do neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, Lexis, introducer
from minutesminer.mine.promises.names import first_name, owner_named
from minutesminer.mine.promises.passive_strength import THINGS, elsewhere, passive_strength
from minutesminer.mine.promises.promise import ASSURED, CERTAIN, Promise, Strength
from minutesminer.mine.promises.recipients import committee_like
from minutesminer.mine.promises.subjects import first_subject, subject_of

_COMING = frozenset("next future final forthcoming updated new full annual further revised quarter".split())
PERSONAL = frozenset(  # what only a person does
    "ask circulate send email e-mail share forward chase liaise contact write speak talk check arrange find follow "
    "organise let bring invite query phone draft get look see sort sit put take pick raise ring call speak prepare "
    "produce investigate confirm".split()
)
_NO_NAME = ("s", "tion", "ing", "ment", "ity", "ance", "ence", "ers", "care", "work", "ship", "ery", "ure")
_AGAIN = frozenset("revisit re-visit return reconsider re-consider review re-examine".split())
_OUTWARD = frozenset("write send invite contact lobby visit ask meet respond liaise".split())  # beyond the meeting
_AFTER = frozenset("after following outside by before".split())  # the meeting, or a day
_SUPPLYING = frozenset("provide submit forward supply circulate share".split())
_ITEMS = frozenset(
    "item matter topic issue subject this proposals draft policy strategy plan document review guidance".split()
)
_FOLLOWED = frozenset("the a an this that these national from suit up".split())
_POLICIES = frozenset("plan review document guidance".split())
_COMING_BACK = frozenset("arrange bring report present come".split())
_BROUGHT = frozenset("presented brought reported".split())
_SOON = frozenset({"next", "later", ".", ","})
_SOMEBODY = frozenset({"he", "she"})
_SEVERAL = frozenset("members councillors councillor cllr chair chairman chairperson".split())  # they agree as a body
_AGREEING = frozenset("agreed accepted conceded".split())
_UNSAID = frozenset("more less something anything lessons nothing".split())  # `agreed that more could be reported`
_ENDING = frozenset({"", ".", ",", ";", ":", ")", "and", "but", "–", "-"})
_FIGURATIVE = frozenset("into light fruition nothing life normal".split())
_STOPS = frozenset("end close halt head stop conclusion standstill".split())
_RECURRING = frozenset("every each".split())
_ROUTINE = frozenset("each every annually quarterly monthly weekly daily residents tenants agenda later".split())
_AIMS = frozenset("aim purpose intention objective goal idea hope role job task focus priority challenge".split())
_POSTS = frozenset("post role position appointment duties seat office job employment secondment reins".split())
_SPOKEN_ONLY = frozenset({"verbal", "oral"})
_ITEMS_TAKEN = frozenset("item items agenda report reports motion petition paper".split())
_ORDER = frozenset("as before after first next urgent ahead earlier last together".split())
_OUTSIDE = frozenset("agencies partners organisations bodies authorities".split())
_BEGINS = frozenset("start begin commence".split())
_COMES_AND_GOES = frozenset("standing stepping retiring leaving joining representing substituting deputising".split())
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


def no_task(promise: Promise) -> bool:
    """Whether it is news of a person (`would take up the post`) or of the item (`would give a verbal update`)."""
    words, verb = promise.words, promise.verb
    after = words.lower[verb + 1 : promise.end]
    if words.lower[verb] == "take" and after[:1] == ["up"]:
        return not _POSTS.isdisjoint(after[1:4])
    return words.lower[verb] == "give" and promise.due is None and not _SPOKEN_ONLY.isdisjoint(after[:3])


def taken_now(promise: Promise) -> bool:
    """Whether it is done in the meeting itself: `agreed to take item 9 before item 5`, `happy to take questions`."""
    after = promise.words.lower[promise.verb + 1 : promise.end]
    item = not _ITEMS_TAKEN.isdisjoint(after[:3]) and not _ORDER.isdisjoint(after)
    return item or not {"question", "questions"}.isdisjoint(after[:4])


def first_name_will(promise: Promise, lexis: Lexis) -> bool:
    """Whether a note says what somebody called by a first name will do: `Bev will ask the firm for a price`."""
    words, subject = promise.words, promise.subject
    named = subject.start == promise.start and (
        first_name(words, lexis, subject.start, subject.end)
        or (subject.kind == "thing" and owner_named(words, lexis, subject.start, subject.end))
    )
    return named and words.lower[promise.match.start] == "will" and words.lower[promise.verb] in PERSONAL


@dataclass(frozen=True, slots=True)
class Strengths:
    """Judges the strength of an action by its rule's kind, its subject and its verb."""

    lexis: Lexis
    strict: int
    deliver: int

    def of(self, promise: Promise) -> Strength | None:
        """The strength of `promise`, or None where it is no action."""
        kind, subject = promise.kind, promise.subject
        agent = subject.kind in {"person", "pronoun", "body"}
        if kind == "able":
            return "undertaken" if agent and (self._handed(promise) or promise.due is not None) else None
        if promise.match.rule.id.endswith("be_agreed"):
            return "undertaken" if self._agreed_that(promise) else None
        if kind == "could_be":
            if self._others(promise):
                return None  # `The data could be shared with other agencies`
            weak = promise.final in _BROUGHT and promise.due is None and not self._handed(promise)
            return "undertaken" if (subject.kind == "document" or promise.head in THINGS) and not weak else None
        if kind == "promise":
            return self._promised(promise)
        if kind == "promised_thing":
            return self._promised_thing(promise)
        if kind in {"modal", "is_to", "could"}:
            return self._spoken(promise, agent)
        if kind in {"work", "progressive"}:
            return self._worked(promise, agent)
        if kind == "document":
            item = promise.words.lower[promise.match.start] in _ITEMS
            if promise.words.lower[promise.verb] == "return" or (item and promise.words.lower[promise.verb] == "come"):
                after = promise.words.lower[promise.match.end : promise.match.end + 2]
                if promise.following in _FIGURATIVE or not _STOPS.isdisjoint(after):
                    return None  # `The plan would come to an end in March`
                return "undertaken" if self._handed(promise) or promise.due is not None else None
            if promise.words.lower[promise.verb] == "go":
                gone = promise.recipient
                away = gone is not None and elsewhere(promise.words, gone[1], gone[2])
                return "planned" if away else "undertaken"
            return self._contained(promise)
        if kind == "promised":
            return self._were_promised(promise)
        if kind == "receives":
            return self._received(promise)
        if kind in {"passive", "passive_work", "assured"}:
            return passive_strength(promise, self.lexis)
        if kind == "intends":
            return "planned" if agent and subject.end > subject.start else None
        if kind == "to_be_by":
            return "undertaken" if subject.kind != "third" and not needed(promise.words, promise.match.start) else None
        if kind == "due_to_be":
            return "planned" if subject.kind == "document" else None
        if kind == "is_to_be":
            return self._to_be_done(promise)
        if kind == "there_would_be" and promise.match.rule.id.endswith("report"):
            words = promise.words
            recurring = promise.due is not None and words.lower[promise.due[0]] in _RECURRING
            told = promise.due is not None or self._handed(promise)
            ends = promise.match.end >= len(words)
            alone = ends or words.bits[promise.match.end] & self.lexis.preposition or promise.following in _SOON
            return "undertaken" if told and alone and not recurring else None
        return "planned"

    def _to_be_done(self, promise: Promise) -> Strength | None:
        """Whether one thing, or anything by a time, "is to be" done, and not whatever is always done so."""
        words, subject = promise.words, promise.subject
        if subject.kind not in {"document", "thing"} or not _AIMS.isdisjoint({promise.head, promise.subject_head}):
            return None
        first, after = subject.start, words.lower[promise.match.end : promise.end]
        single = words.lower[first] in DETERMINERS | {"this", "it"} or words.bits[first] & self.lexis.number
        routine = not _ROUTINE.isdisjoint(after) or words.lower[first] in {"each", "every", "any", "all", "no"}
        if words.lower[promise.match.start] in {
            "was",
            "were",
        }:  # told of the past unless a time or a decision says more
            single = promise.said_by(CERTAIN)
        return "planned" if (single or promise.due is not None) and not routine else None

    def _agreed_that(self, promise: Promise) -> bool:
        """Whether it is an officer who agreed that a document or a matter could be dealt with so."""
        words, subject = promise.words, promise.subject
        if subject.kind not in {"document", "thing"} or not _UNSAID.isdisjoint(
            words.lower[subject.start : subject.end]
        ):
            return False
        governs = introducer(words, self.lexis, subject.start, promise.start)
        if governs is None or words.lower[governs] not in _AGREEING:
            return False
        speaker = subject_of(words, self.lexis, governs, promise.start)
        if speaker.kind != "person" or words.lower[speaker.start] in _SEVERAL:
            return False
        cabinet = "cabinet" in words.lower[speaker.start : speaker.end]
        return cabinet or words.lower[speaker.end - 1] not in _SEVERAL | {"member"}

    def _others(self, promise: Promise) -> bool:
        """Whether the recipient is somebody outside: residents, other agencies."""
        words, recipient = promise.words, promise.recipient
        if recipient is None or self._handed(promise):
            return False
        third = any(words.bits[k] & self.lexis.third for k in range(recipient[1], recipient[2]))
        return third or not _OUTSIDE.isdisjoint(words.lower[recipient[1] : recipient[2]])

    def _handed(self, promise: Promise) -> bool:
        """Whether the committee, its chair or its members are the recipient."""
        recipient = promise.recipient
        return recipient is not None and committee_like(promise.words, self.lexis, recipient[1], recipient[2])

    def _deciding(self, promise: Promise) -> bool:
        subject = promise.subject
        return subject.kind == "body" and committee_like(promise.words, self.lexis, subject.end - 1, subject.end)

    def _spoken(self, promise: Promise, agent: bool) -> Strength | None:
        """The strength of what an agent would, could or is to do for the committee."""
        words, kind, subject = promise.words, promise.kind, promise.subject
        verb = words.lower[promise.verb]
        if first_name_will(promise, self.lexis) or self._named_body(promise):
            return "undertaken"
        if kind == "is_to" and verb == "follow" and subject.kind == "document":
            return "undertaken"
        if not agent or (kind == "is_to" and subject.kind == "pronoun") or no_task(promise):
            return None
        if kind == "is_to" and subject.kind == "body" and not words.bits[promise.verb] & self.deliver:
            return None
        if promise.head in {"programme", "project", "scheme"} or (self._deciding(promise) and verb in _AGAIN):
            return None
        if verb == "return" and subject.kind == "body" and promise.recipient is None and promise.due is None:
            return None
        if verb == "see" and promise.head in {"members", "councillors", "they", "we", "committee", "panel"}:
            return None
        if kind == "could" and verb == "provide":
            given = self._handed(promise) or (promise.due is not None and promise.words.lower[promise.due[0]] in _AFTER)
            return "undertaken" if given and subject.kind in {"person", "pronoun"} else None
        if kind == "could" and promise.head in {"members", "councillors", "they", "we"}:
            return None
        if kind == "could" and verb in _COMING_BACK:
            told = self._handed(promise) or promise.due is not None
            return "undertaken" if told and subject.kind in {"person", "pronoun"} else None
        if promise.match.rule.id.endswith("need_to"):
            alone = subject.kind == "person" and promise.head not in {"members", "councillors"}
            return "undertaken" if alone or promise.head in _SOMEBODY else None
        strict = words.bits[promise.verb] & self.strict
        if subject.kind != "body" or promise.said_by(CERTAIN) or strict or kind == "could":
            return "undertaken"
        phrasal = not words.bits[promise.verb] & self.deliver
        return "undertaken" if self._handed(promise) or phrasal else "planned"

    def _worked(self, promise: Promise, agent: bool) -> Strength | None:
        """The strength of a piece of work that somebody would do, or would be doing."""
        verb, subject = promise.words.lower[promise.verb], promise.subject
        if subject.kind == "document" and promise.final == "coming":
            return "undertaken"
        if first_name_will(promise, self.lexis):
            return "undertaken"
        if not agent or promise.head in {"members", "councillors", "colleagues"}:
            return None
        if self._deciding(promise) and verb in {"meet", "hold", "consider"} | _AGAIN:
            return None
        alone = promise.words.bits[min(promise.verb + 1, len(promise.words) - 1)] & self.lexis.preposition
        if verb in _BEGINS and subject.kind == "person" and (alone or promise.verb + 1 == promise.end):
            return None  # `The new Director would start in May`
        if verb == "support" and promise.kind == "work" and subject.kind in {"person", "pronoun"}:
            return None  # an opinion
        if promise.kind == "progressive" and promise.final in {"asking", "requesting"} | _COMES_AND_GOES:
            return None  # a request, or news of a person
        if promise.kind == "progressive":
            return "undertaken" if promise.final in _SAYING and subject.kind != "body" else "planned"
        return "undertaken" if subject.kind == "person" or promise.said_by(CERTAIN) else "planned"

    def _promised(self, promise: Promise) -> Strength | None:
        words, match, subject = promise.words, promise.match, promise.subject
        first, verb = words.lower[match.start], words.lower[promise.verb]
        if first == "agreed" and words.lower[subject.start : subject.end] == ["it"]:
            told = words.bits[promise.verb] & self.strict or verb in {"provide", "ask", "invite"}
            return "undertaken" if told else None
        if subject.kind in {"third", "document", "thing"} or (verb == "take" and taken_now(promise)):
            return None
        if match.rule.id.endswith("to_this"):
            alone = subject.kind == "person" and promise.head not in _SEVERAL
            return "undertaken" if promise.following in _ENDING and (alone or promise.head in _SOMEBODY) else None
        members = promise.head in {"members", "councillors"}
        agreeing = first in {"agreed", "agrees", "was", "were", "is", "are"}
        if agreeing and (self._deciding(promise) or members or subject.kind == "none"):
            recipient = promise.recipient
            outside = recipient is not None and not self._handed(promise) and verb in _SUPPLYING
            return "undertaken" if (verb in _OUTWARD or outside) and subject.kind != "none" else None
        fact = "pleased" in words.lower[match.start : match.end] and "be" not in words.lower[match.start : match.end]
        if fact and promise.due is None and not self._handed(promise):
            return None  # `Officers were pleased to show progress`
        if first in {"agreed", "agrees"} and verb in {"note", "approve", "endorse", "adopt"}:
            return None
        if "government" in words.lower[subject.start : subject.end]:
            return None
        return "undertaken" if subject.kind != "none" or match.rule.id.endswith("undertook_to") else None

    def _promised_thing(self, promise: Promise) -> Strength | None:
        """Whether a document is promised, or by a person offered: not what a service offers its users."""
        words, match, subject = promise.words, promise.match, promise.subject
        if subject.kind not in {"person", "pronoun", "body"} or subject.end <= subject.start:
            return None
        passive = match.start > 0 and words.lower[match.start - 1] == "be"
        if passive and not committee_like(words, self.lexis, subject.start, subject.end):
            return None  # `Staff would be offered a briefing`
        named = [k for k in range(match.start + 1, match.end) if words.bits[k] & self.lexis.third]
        if named or "government" in words.lower[subject.start : subject.end]:
            return None
        if words.lower[match.start] in {"offered", "offers"} and subject.kind == "body":
            told = any(bit & self.lexis.member for bit in words.bits[match.start + 1 : min(match.start + 3, match.end)])
            return "undertaken" if self._handed(promise) or told else None
        return "undertaken"

    def _named_body(self, promise: Promise) -> bool:
        """Whether a name that says nothing of its kind (`Healthwatch`) would hand something to the committee."""
        words, subject = promise.words, promise.subject
        if subject.kind != "thing" or subject.end - subject.start != 1:
            return False
        if not words.bits[subject.start] & self.lexis.capital or not self._handed(promise):
            return False
        named = first_name(words, self.lexis, subject.start, subject.end)
        return bool(words.bits[promise.verb] & self.strict) or (
            named and words.lower[promise.verb] in PERSONAL | {"keep"}
        )

    def _contained(self, promise: Promise) -> Strength | None:
        words, match = promise.words, promise.match
        lower = words.lower
        if lower[match.start] in _POLICIES and not _COMING & set(lower[max(0, match.start - 4) : match.start]):
            return None
        phrase = lower[max(0, match.start - 5) : promise.at]
        if lower[promise.at] == "will" and not _COMING & set(phrase):
            return None
        after = promise.following
        if promise.final == "follow" and (after in _FOLLOWED or words.bits[match.end - 1] & self.lexis.capital):
            return None
        if promise.final == "have" and not words.bits[min(match.end, len(words) - 1)] & self.lexis.article:
            return None
        if promise.final == "come" and after not in {"to", "back", "before"}:
            return None
        return "undertaken"

    def _were_promised(self, promise: Promise) -> Strength | None:
        """Whether it is the committee that was promised something, or a document that was promised."""
        subject = promise.subject
        if promise.words.lower[promise.match.start] not in {"was", "were"}:
            return "undertaken"
        if promise.final in {"promised", "offered"}:
            return "undertaken" if subject.kind == "document" and promise.final == "promised" else None
        if subject.end <= subject.start or subject.kind == "third":
            return None
        return "undertaken" if committee_like(promise.words, self.lexis, subject.start, subject.end) else None

    def _told_member(self, promise: Promise) -> bool:
        """Whether it is Members or one of them that were told so."""
        words = promise.words
        told = first_subject(words, self.lexis, promise.start, promise.subject.start)
        member = self.lexis.member | self.lexis.chair | self.lexis.body
        return any(words.bits[k] & member for k in range(told.start, told.end))

    def _received(self, promise: Promise) -> Strength | None:
        words, subject, match = promise.words, promise.subject, promise.match
        if subject.end <= subject.start or words.lower[match.start] == "shall":
            return None
        if subject.kind == "pronoun":  # `Councillor Yeo was told that he would be sent the list`
            so_told = words.lower[max(subject.start - 2, 0) : subject.start] == ["told", "that"]
            return "undertaken" if so_told and self._told_member(promise) else None
        head = words.bits[subject.end - 1]
        titled = words.bits[subject.start] & self.lexis.title
        told = titled or head & (self.lexis.body | self.lexis.member | self.lexis.chair)
        if subject.kind == "third" or not told:
            return None
        if subject.kind == "body" and promise.head in {"council", "authority", "trust", "partnership", "group"}:
            return None
        if words.lower[promise.verb] in {"have", "see"} or promise.final == "expect":
            described = any(bit & self.lexis.document for bit in words.bits[match.end : match.end + 4])
            described = described or words.lower[match.end - 1] in {"it", "them", "one"}
            assured = promise.said_by(ASSURED)
            return "undertaken" if described and (promise.due is not None or assured) else None
        if promise.final in {"receive", "get", "receiving", "getting"}:
            window = words.bits[match.end : match.end + 6]
            return "undertaken" if any(bit & self.lexis.document for bit in window) else None
        return "undertaken"
