"""The operative verb of a limb: from its words to one of the decisions of the guideline.

The table from verbs to decisions is data: the lexicons `decides_*`. Here is only which verb counts: the one a limb
begins with, the body's own verb, or the first passive (`be noted`); of two verbs the first decides.
"""

from __future__ import annotations

from copy import copy

from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words

DECISIONS = "note agree approve recommend request refer amend endorse appoint establish defer reject exclude".split()
_MOVED = "approve agree reject defer appoint".split()
_SKIP = frozenset(
    "that to i it also and hereby formally unanimously duly bod further then therefore not only strongly both"
    " otherwise".split()
) | frozenset(':-–—(),;‘“"')
_NOT_PASSIVE = frozenset("to would could can may might must".split())
_RELATIVE = frozenset("which who whose that where as whether what how".split())
_NOUN_TOO = frozenset(
    "support request back review sign direct permit grant welcome forward require supporting required".split()
)
_DETERMINERS = frozenset(
    "the a an to its their all any that this these those his her our and with on in for from each both no".split()
)

_NAMES_A_THING = frozenset("note notes refuse".split())
_OBJECT = _DETERMINERS - {"to", "in", "on", "for", "from", "no", "with"} | {"that"}
_ELSEWHERE = frozenset(  # behind these a verb is no longer the limb's own
    "which who whose whom how what where whether when those write provide submit ensure continue undertake circulate"
    " publish arrange prepare develop investigate consult explore send".split()
)
_DECIDERS = frozenset("cabinet council executive mayor government".split())
_BE = frozenset("be were was are".split())
_MINUTES = frozenset("minutes notes".split())
_BECOMES = frozenset("be become becomes remain remains serve serves act acts continue continues".split())
_BEFORE_BECOMES = frozenset("would will shall should to and , . then".split())
_SEAT_BEFORE = frozenset("the its a as acting interim new our".split())
_ADVERBIAL = frozenset("subject following having in with under pursuant given after on for".split())


def _denied(name: str, before: list[str]) -> str:
    """The decision `name` behind the words `before`: what is not supported or approved is rejected."""
    if "not" in before and name == "request":
        return "other"
    return "reject" if "not" in before and "only" not in before and name in {"endorse", "approve", "agree"} else name


class Verbs:
    """Reads decisions off words, by the lexicons of one rule folder."""

    def __init__(self, rules: RuleSet) -> None:
        self._bits = [(rules.flag(f"decides_{name}"), name) for name in DECISIONS]
        self._nouns = [(rules.flag(f"moves_{name}"), name) for name in _MOVED]
        self.senses: dict[int, str] = {}
        self._any = 0
        for bit, _ in self._bits:
            self._any |= bit
        self._other = rules.flag("decides_other")
        self._body = rules.flag("deciding_body")
        self._adverb = rules.flag("adverb") | rules.flag("agreeing_adverb")
        self._brought = rules.flag("brought_back")
        self._paper = rules.flag("paper_brought")
        self._granting = rules.flag("granting_noun")
        self._quality = rules.flag("record_quality")
        self._officer = rules.flag("officer_noun")
        self._softly = rules.flag("asks_softly")
        self._bringing = rules.flag("bringing_verb")
        self._told = rules.flag("officer_told") | self._officer
        self._title = rules.flag("person_title")
        self._seat = rules.flag("takes_seat")
        self._chairing = rules.flag("chairing")
        self._capital = rules.flag("capitalised")
        self._finite = rules.flag("finite_be")

    def bound(self, reading: Reading) -> Verbs:
        """These verbs with what the rules for senses say of the words of one text."""
        own = copy(self)
        own.senses = {}
        for match in reading.of("qualifier", "sense"):
            behind = [k for k in range(match.start + 1, match.end) if reading.words.lower[k - 1] in _BE]
            last = match.rule.set.get("verb") == "last"
            verb = match.end - 1 if last else (behind or [match.start])[-1]
            own.senses[verb] = match.rule.set["decision"]
        return own

    def at(self, words: Words, k: int) -> str | None:
        """The decision of word `k` as it stands in its text, or None."""
        return self.senses.get(k) or self.of_word(words.bits[k])

    def of_word(self, bits: int) -> str | None:
        """The decision a word stands for, or None."""
        if bits & self._any:
            for bit, name in self._bits:
                if bits & bit:
                    return name
        return None

    def of_noun(self, bits: int) -> str | None:
        """The decision that a noun moved in place of a clause stands for (`the adoption of the plan`), or None."""
        return next((name for bit, name in self._nouns if bits & bit), None)

    def may_open(self, bits: int) -> bool:
        """True for a verb that a limb may begin with, whether it has a decision of its own or not."""
        return bool(bits & (self._any | self._other))

    def passive(self, words: Words, verb: int, start: int) -> str | None:
        """The decision of the participle at `verb` behind a form of `be`, whose subject begins at `start`."""
        lower, bits = words.lower, words.bits
        if verb in self.senses:
            return self.senses[verb]
        if lower[verb] in {"given", "granted", "obtained"}:
            near = [*range(max(start, verb - 12), verb), *range(verb + 1, min(verb + 4, len(words)))]
            if any(bits[k] & self._granting for k in near):
                return "approve"
            return None
        if lower[verb] == "taken" and lower[verb + 1 : verb + 3] == ["as", "read"]:
            return "approve"
        if lower[verb] == "commended" and lower[verb + 1 : verb + 2] != ["to"]:
            return None
        if lower[verb] in {"accepted", "accept"} and _MINUTES & set(lower[start:verb]):
            return "approve"
        if lower[verb] == "set" and lower[verb + 1 : verb + 2] == ["up"]:
            return "establish"
        if lower[verb] == "referred" and lower[verb + 1 : verb + 3] == ["to", "in"]:
            return None
        return self.of_word(bits[verb])

    def operative(self, words: Words, start: int, end: int, fallback: str) -> tuple[str, bool]:
        """The decision of the limb `start` to `end` (words), and whether a verb of the table gave it."""
        lower, bits = words.lower, words.bits
        first = start
        while first < end and lower[first] in _SKIP:
            first += 1
        if first >= end:
            return fallback, False
        record = self._record(words, first, end, fallback)
        passive = self._first_passive(words, first, end, fallback)
        opening = self.at(words, first)
        if opening is None and lower[first] == "set" and lower[first + 1 : first + 2] == ["up"]:
            return "establish", True
        following = lower[first + 1] if first + 1 < end else ""
        if opening == "agree" and following in {"to", "that"} and lower[first].startswith("agree"):
            return self._agreed(words, first, end), True
        if opening == "agree" and lower[first].startswith("accept") and _MINUTES & set(lower[first : first + 6]):
            return "approve", True
        if opening == "recommend" and lower[first].startswith("commend") and "to" not in lower[first:end]:
            return fallback, True
        if passive is None and bits[first] & self._title and self._takes_seat(words, first, end):
            return "appoint", True
        if passive is None and bits[first] & self._capital and self._takes_chair(words, first, end):
            return "appoint", True
        adjective = (
            passive is not None
            and (lower[first].endswith("ed") or lower[first] in _NOUN_TOO)
            and following not in _DETERMINERS
        )
        if opening is not None and not adjective:
            return opening, True
        last = next((k for k in range(end - 1, first, -1) if lower[k].isalpha()), first)
        if opening is None and passive is None and last - first < 8 and not bits[last - 1] & self._finite:
            name = self.of_word(bits[last])
            if name is not None and lower[last].endswith("ed"):
                return name, True  # `Report noted`
        if opening is None and bits[first] & self._other and (following in _DETERMINERS or passive is None):
            return fallback, True
        own = self._body_verb(words, first, end)
        if own is not None and (passive is None or own[0] < passive[0]):
            verb, name = own
            further = name == "agree" and lower[verb].startswith("agree") and lower[verb + 1] in {"to", "that"}
            return self._agreed(words, verb, end) if further else name, True
        if record is not None:
            return record, True
        if passive is not None:
            return passive[1] or fallback, passive[1] is not None
        led = self._behind_phrase(words, first, end) if lower[first] in _ADVERBIAL else None
        if led is not None:
            return led, True
        stop = next((k for k in range(first, min(end, first + 14)) if lower[k] in _ELSEWHERE), min(end, first + 14))
        near = range(first, stop)
        active = next((self.at(words, k) for k in near if k in self.senses or self._acts(words, k)), None)
        if active is not None:
            return active, True
        if fallback in {"other", "agree"} and self._told_to_bring(words, first, end):
            return "request", True
        return fallback, False

    def _agreed(self, words: Words, verb: int, end: int) -> str:
        """The decision of `agree to ...` or `agrees that ...` with the verb at `verb`: `agree to set up a group` sets
        it up, but `agree to request that ...` has agreed, and the request is to follow."""
        inner = self.operative(words, verb + 2, end, "agree")[0]
        return "agree" if inner == "request" and words.lower[verb + 1] == "to" else inner

    def bids(self, words: Words, start: int, end: int) -> bool:
        """True where the limb `start` to `end` has a verb in the mood of a decision, and is no mere thing that the verb
        above its list acts on: `(a) the terms of the lease`, `(b) that £95m was agreed`."""
        lower = words.lower
        first = start
        while first < end and lower[first] in _SKIP and lower[first] != "to":
            first += 1
        if first >= end or lower[first] == "to" or self.at(words, first) is not None:
            return True
        be = (k for k in range(first, end) if lower[k] == "be")
        return any(lower[k - 1] not in _NOT_PASSIVE for k in be) or self._body_verb(words, first, end) is not None

    def _papers(self, words: Words, first: int, end: int) -> bool:
        """True where the subject `first` to `end` is what a committee is sent: a report, an update, figures."""
        return any(words.bits[k] & self._paper for k in range(first, min(end, first + 12)))

    def _behind_phrase(self, words: Words, first: int, end: int) -> str | None:
        """`in terms of section 50 to exclude the public`: the decision of the infinitive behind a leading phrase."""
        for k in range(first, end - 1):
            if words.lower[k] == "to":
                verb = k + 2 if words.bits[k + 1] & self._adverb and k + 2 < end else k + 1
                name = self.of_word(words.bits[verb])
                if name is not None and words.lower[verb + 1 : verb + 2] != ["of"]:
                    return name
        return None

    def _acts(self, words: Words, k: int) -> bool:
        """True where word `k` is a verb of decision in the mood of a limb, and no noun, participle or infinitive."""
        lower = words.lower[k]
        noun = lower in _NOUN_TOO or lower.endswith("ed")
        if lower in _NAMES_A_THING and (
            words.lower[k - 1] in _DETERMINERS or words.lower[k + 1 : k + 2] == [] or words.lower[k + 1] not in _OBJECT
        ):
            noun = True  # `provide a briefing note`, `the refuse contract`
        return bool(words.bits[k] & self._any) and not noun and words.lower[k - 1] != "to"

    def _takes_seat(self, words: Words, first: int, end: int) -> bool:
        """`Cllr Ash goes on the forum`, `Mr Elm to replace Mrs Oak`: a named person takes a place on a body."""
        seat = next((k for k in range(first + 1, min(end, first + 7)) if words.bits[k] & self._seat), None)
        return seat is not None and (
            words.lower[seat].startswith("replace")
            or any(words.bits[k] & self._body for k in range(seat + 1, min(end, seat + 10)))
        )

    def _takes_chair(self, words: Words, first: int, end: int) -> bool:
        """`Councillor Ash would be Chair`, `Mrs Oak act as Vice-Chair for the year`: a named person takes the chair."""
        lower = words.lower
        for k in range(first + 1, min(end - 1, first + 9)):
            if lower[k] in _BECOMES:
                seat = k + 1
                while seat < end - 1 and lower[seat] in _SEAT_BEFORE:
                    seat += 1
                return bool(words.bits[seat] & self._chairing) and not words.bits[first] & self._body
            if not words.bits[k] & (self._capital | self._title) and lower[k] not in _BEFORE_BECOMES:
                return False
        return False

    def _told_to_bring(self, words: Words, first: int, end: int) -> bool:
        """`the Director report back in June`: an officer is to hand something to the body."""
        officer = next((k for k in range(first, min(end, first + 4)) if words.bits[k] & self._told), None)
        return officer is not None and any(
            words.bits[k] & self._bringing and words.lower[k - 1] not in _DETERMINERS
            for k in range(officer + 1, min(end, officer + 9))
        )

    def decides(self, words: Words, start: int, end: int) -> bool:
        """True where the sentence `start` to `end` goes on deciding: `That ...`, `be noted`, `the Council urges`."""
        if words.lower[start] in {"that", "to", "and", "including", "this"}:
            return True
        passive = any(
            words.lower[k] == "be" and (k == start or words.lower[k - 1] not in _NOT_PASSIVE) for k in range(start, end)
        )
        return passive or self._body_verb(words, start, end) is not None

    def _record(self, words: Words, first: int, end: int, fallback: str) -> str | None:
        """Minutes confirmed as a correct record: `agree` where they are agreed, else `approve`."""
        lower = words.lower
        for k in range(first, min(end, len(words) - 1)):
            if words.bits[k] & self._quality and (lower[k + 1] in {"record", "records", "and"} or lower[k - 1] == "as"):
                verbs = any(words.bits[j] & self._any for j in range(first, k))
                return "agree" if "agreed" in lower[first:k] or (fallback == "agree" and not verbs) else "approve"
        return None

    def _first_passive(self, words: Words, first: int, end: int, fallback: str) -> tuple[int, str | None] | None:
        lower, bits = words.lower, words.bits
        for subjunctive in (True, False):
            unknown: tuple[int, str | None] | None = None
            for k in range(first, end - 1):
                would = subjunctive and lower[k - 1] == "would" and not _RELATIVE & set(lower[first:k])
                if subjunctive:  # or `the report would be noted`
                    if lower[k] != "be" or (not would and k > first and lower[k - 1] in _NOT_PASSIVE):
                        continue
                elif not bits[k] & self._finite and lower[k] != "be":
                    continue
                verb = k + 1
                while verb < min(end - 1, k + 5) and bits[verb] & self._adverb and self.at(words, verb) is None:
                    verb += 1
                name = self.passive(words, verb, first)
                if name is None and subjunctive and not would and bits[verb] & self._brought:
                    asked = fallback == "other" or self._papers(words, first, k)
                    name = "request" if asked else None
                if name == "request" and not subjunctive and lower[verb] == "required":
                    name = None
                if name == "request" and fallback == "agree" and bits[verb] & self._softly:
                    name = None
                if name is not None:
                    return k, _denied(name, lower[max(k - 1, first) : verb])
                acts = bits[verb] & self._other or lower[verb].endswith("ed")
                if subjunctive and not would and unknown is None and acts:
                    unknown = (k, None)
            if unknown is not None:
                return unknown
        return None

    def others_act(self, words: Words, first: int) -> bool:
        """True where a limb opens with what those shall do who decide: `Cabinet approve`, `Council should adopt`."""
        while first + 1 < len(words) and (words.lower[first] in _SKIP or words.lower[first] == "the"):
            first += 1
        return words.lower[first] in _DECIDERS and words.lower[first + 1 : first + 2] != ["be"]

    def body_resolves(self, words: Words, first: int, end: int) -> bool:
        """True where a body does something in the mood of a decision: `the Panel endorse`, `Cabinet notes`."""
        own = self._body_verb(words, first, end)
        return own is not None and not words.lower[own[0]].endswith("ed")

    def _body_verb(self, words: Words, first: int, end: int) -> tuple[int, str] | None:
        """`the Panel notes`, `Cabinet also agree to`, `the Committee to note`: the body's own verb and its place."""
        lower, bits = words.lower, words.bits
        if first < end and lower[first] in _ADVERBIAL:
            first = next((k + 1 for k in range(first, end) if words.text[k] == ","), first)
        for k in range(first, min(end - 1, first + 9)):
            if lower[k] in {"to", "with", "by", "from", "be", "that", "at"}:
                return None
            if not bits[k] & self._body:
                continue
            verb = k + 1
            while (
                verb < end - 1
                and verb < k + 6
                and (
                    lower[verb] in _SKIP
                    or bits[verb] & self._adverb
                    or lower[verb] in {"should", "has", "have", "does", "do"}
                )
            ):
                verb += 1
            name = self.at(words, verb)
            if name is not None:
                return verb, _denied(name, lower[k + 1 : verb])
        return None
