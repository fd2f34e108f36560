"""The operative verb of a limb: from its words to one of the decisions of the guideline.

The table from verbs to decisions is data: the lexicons `decides_*`. Here is only which verb counts: the one a limb
begins with, the body's own verb, or the first passive (`be noted`); of two verbs the first decides.
"""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words

DECISIONS = "note agree approve recommend request refer amend endorse appoint establish defer reject exclude".split()
_SKIP = frozenset(
    "that to i it also and hereby formally unanimously duly bod further then therefore not only strongly both"
    " otherwise".split()
) | frozenset(':-–—(),;‘“"')
_NOT_PASSIVE = frozenset("to would could can may might must".split())
_NOUN_TOO = frozenset(
    "support request back review sign direct permit grant welcome forward require supporting required".split()
)
_DETERMINERS = frozenset(
    "the a an to its their all any that this these those his her our and with on in for from each both no".split()
)

_ADVERBIAL = frozenset("subject following having in with under pursuant given after on for".split())


def _denied(name: str, before: list[str]) -> str:
    """The decision `name` behind the words `before`: what is not supported or approved is rejected."""
    return "reject" if "not" in before and "only" not in before and name in {"endorse", "approve", "agree"} else name


class Verbs:
    """Reads decisions off words, by the lexicons of one rule folder."""

    def __init__(self, rules: RuleSet) -> None:
        self._bits = [(rules.flag(f"decides_{name}"), name) for name in DECISIONS]
        self._any = 0
        for bit, _ in self._bits:
            self._any |= bit
        self._other = rules.flag("decides_other")
        self._body = rules.flag("deciding_body")
        self._adverb = rules.flag("adverb") | rules.flag("agreeing_adverb")
        self._brought = rules.flag("brought_back")
        self._granting = rules.flag("granting_noun")
        self._quality = rules.flag("record_quality")
        self._officer = rules.flag("officer_noun")
        self._softly = rules.flag("asks_softly")
        self._bringing = rules.flag("bringing_verb")
        self._told = rules.flag("officer_told") | self._officer
        self._title = rules.flag("person_title")
        self._seat = rules.flag("takes_seat")
        self._finite = rules.flag("finite_be")

    def of_word(self, bits: int) -> str | None:
        """The decision a word stands for, or None."""
        if bits & self._any:
            for bit, name in self._bits:
                if bits & bit:
                    return name
        return None

    def passive(self, words: Words, verb: int, start: int) -> str | None:
        """The decision of the participle at `verb` behind a form of `be`, whose subject begins at `start`."""
        lower, bits = words.lower, words.bits
        if lower[verb] in {"given", "granted", "obtained"}:
            if any(bits[k] & self._granting for k in range(max(start, verb - 12), verb)):
                return "approve"
            return None
        if lower[verb] == "commended" and lower[verb + 1 : verb + 2] != ["to"]:
            return None
        if lower[verb] in {"accepted", "accept"} and {"minutes", "notes"} & set(lower[start:verb]):
            return "approve"
        if lower[verb] == "continued" and lower[verb + 1 : verb + 2] in (["to"], ["until"]):
            return "defer"
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
        opening = self.of_word(bits[first])
        if opening is None and lower[first] == "set" and lower[first + 1 : first + 2] == ["up"]:
            return "establish", True
        following = lower[first + 1] if first + 1 < end else ""
        if opening == "agree" and following in {"to", "that"} and lower[first].startswith("agree"):
            inner = self.operative(words, first + 2, end, "agree")[0]
            # `agree to set up a group` sets it up; `agree to request that ...` has agreed, the request is to follow.
            return "agree" if inner == "request" and following == "to" else inner, True
        if opening == "recommend" and lower[first].startswith("commend") and "to" not in lower[first:end]:
            return fallback, True
        if passive is None and bits[first] & self._title and self._takes_seat(words, first, end):
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
            return own[1], True
        if record is not None:
            return record, True
        if passive is not None:
            return passive[1] or fallback, passive[1] is not None
        active = next(
            (
                self.of_word(bits[k])
                for k in range(first, min(end, first + 14))
                if bits[k] & self._any
                and lower[k] not in _NOUN_TOO
                and not lower[k].endswith("ed")
                and lower[k - 1] != "to"
            ),
            None,
        )
        if active is not None:
            return active, True
        if fallback == "other" and self._told_to_bring(words, first, end):
            return "request", True
        return fallback, False

    def _takes_seat(self, words: Words, first: int, end: int) -> bool:
        """`Cllr Ash goes on the forum`, `Mr Elm to replace Mrs Oak`: a named person takes a place on a body."""
        seat = next((k for k in range(first + 1, min(end, first + 7)) if words.bits[k] & self._seat), None)
        return seat is not None and (
            words.lower[seat].startswith("replace")
            or any(words.bits[k] & self._body for k in range(seat + 1, min(end, seat + 10)))
        )

    def _told_to_bring(self, words: Words, first: int, end: int) -> bool:
        """`the Director report back in June`: an officer is to hand something to the body."""
        officer = next((k for k in range(first, min(end, first + 4)) if words.bits[k] & self._told), None)
        return officer is not None and any(
            words.bits[k] & self._bringing for k in range(officer + 1, min(end, officer + 9))
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
        for k in range(first, end - 1):
            if words.bits[k] & self._quality and lower[k + 1] in {"record", "records", "and"}:
                verbs = any(words.bits[j] & self._any for j in range(first, k))
                return "agree" if "agreed" in lower[first:k] or (fallback == "agree" and not verbs) else "approve"
        return None

    def _first_passive(self, words: Words, first: int, end: int, fallback: str) -> tuple[int, str | None] | None:
        lower, bits = words.lower, words.bits
        for subjunctive in (True, False):
            unknown: tuple[int, str | None] | None = None
            for k in range(first, end - 1):
                if subjunctive:
                    if lower[k] != "be" or (k > first and lower[k - 1] in _NOT_PASSIVE):
                        continue
                elif not bits[k] & self._finite and lower[k] != "be":
                    continue
                verb = k + 1
                while verb < end - 1 and verb < k + 5 and (bits[verb] & self._adverb) and not bits[verb] & self._any:
                    verb += 1
                name = self.passive(words, verb, first)
                if name is None and subjunctive and bits[verb] & self._brought:
                    name = "request" if fallback == "other" else None
                if name == "request" and not subjunctive and lower[verb] == "required":
                    name = None
                if name == "request" and fallback == "agree" and bits[verb] & self._softly:
                    name = None
                if name is not None:
                    return k, _denied(name, lower[max(k - 1, first) : verb])
                if subjunctive and unknown is None and (bits[verb] & self._other or lower[verb].endswith("ed")):
                    unknown = (k, None)
            if unknown is not None:
                return unknown
        return None

    def _body_verb(self, words: Words, first: int, end: int) -> tuple[int, str] | None:
        """`the Panel notes`, `Cabinet also agree to`, `the Committee to note`: the body's own verb and its place."""
        lower, bits = words.lower, words.bits
        if lower[first] in _ADVERBIAL:
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
            name = self.of_word(bits[verb])
            if name is not None:
                return verb, _denied(name, lower[k + 1 : verb])
        return None
