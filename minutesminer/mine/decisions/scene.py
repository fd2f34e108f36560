"""What the finders of decisions share of one text: its lines, sentences, sections, and who is meeting."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.decisions.limbs import Verbs
from minutesminer.mine.decisions.lines import Lines
from minutesminer.mine.engine.matching import Match
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.models import Meeting, Resolution

_OWN = frozenset("members councillors meeting".split())
_BEFORE_KEYWORD = frozenset("it was and unanimously therefore is were decision decisions outcome ( : – -".split())
_AT_BUSINESS = (
    r"(?:,? having)? (?:had before it|gave consideration to|was (?:requested|asked|invited|advised) |"
    r"(?:then |also )?(?:considered|received|heard|debated|discussed) (?:a|an|the)\b)"
)
_LEADING = frozenset("having following after given noting since although because recognising".split())
_BODIES = frozenset("cabinet council executive group forum board commission authority trust partnership".split())


@dataclass(slots=True)
class Found:
    """A resolution with what later steps need: `block` numbers the list it belongs to (None where it is none's),
    `decided_apart` says that it stands under a `Decision:` heading, `running` that running text introduces it,
    `proposed` that it is so far what somebody moved, `paragraph` the label of the paragraph its keyword stands in.
    """

    record: Resolution
    block: int | None = None
    decided_apart: bool = False
    running: bool = False
    proposed: bool = False
    paragraph: str | None = None


class Scene:
    """One text under reading. Ranges are characters unless they are called words."""

    def __init__(self, rules: RuleSet, verbs: Verbs, reading: Reading, meeting: Meeting | None) -> None:
        self.rules = rules
        self.verbs = verbs.bound(reading)
        self.reading = reading
        self.words = reading.words
        self.text = reading.words.body
        self.lines = Lines(self.text)
        self.committee = (meeting.committee or "").lower() if meeting is not None else ""
        self._sentence_starts = [start for start, _ in self.words.sentences]
        self._reported = [self.words.start[m.start] for m in reading.of("qualifier", "reported_decision")]
        self._reporting = rules.flag("reporting_verb")
        self._presiding = rules.flag("chair")
        self._quote = rules.flag("quote_open")
        self._introducing = rules.flag("introducing_word")
        self._capital = rules.flag("capitalised")
        self._post = rules.flag("named_post") | rules.flag("person_title")

    # Places

    def sentence(self, word: int) -> tuple[int, int]:
        """The word range of the sentence that holds the word."""
        k = bisect_right(self._sentence_starts, word) - 1
        return self.words.sentences[k] if k >= 0 else (0, len(self.words))

    def word_at(self, char: int) -> int:
        """The first word that starts at or behind the character."""
        return bisect_right(self.words.start, char - 1)

    def section(self, char: int) -> int:
        """The number of the section that holds the character, -1 outside all."""
        for k, section in enumerate(self.reading.sections):
            if section.start <= char < section.end:
                return k
        return -1

    def section_kind(self, char: int) -> str:
        """`background`, `decision` or `minutes`."""
        k = self.section(char)
        return self.reading.sections[k].kind if k >= 0 else "minutes"

    def line_body(self, match: Match) -> tuple[int, int]:
        """The number of the match's line, and where that line's text begins."""
        line = self.lines.index(self.words.start[match.start])
        return line, self.lines[line].body

    def starts_line(self, match: Match) -> bool:
        """True where the match opens its line, behind bullet, label and `It was`."""
        _, body = self.line_body(match)
        first = self.word_at(body)
        return match.start <= first or all(self.words.lower[k] in _BEFORE_KEYWORD for k in range(first, match.start))

    def quoted(self, match: Match) -> bool:
        """True behind an opening quotation mark in the same line: somebody else's words."""
        start = self.words.start[match.start]
        line = self.text[self.lines[self.lines.index(start)].start : start]
        return line.rstrip().endswith(("“", '"', "‘")) or line.count("“") > line.count("”")

    # Who speaks, and of when

    def told(self, start: int, end: int) -> bool:
        """True where the words `start` to `end`, before a decision, make it somebody's report of one."""
        words = self.words
        if words.lower[end - 1 : end] == ["and"] and (
            words.text[end - 2 : end - 1] in ([","], [";"]) or self._from_the_chair(start)
        ):
            return self.reported(start, end)
        if words.lower[start] in _LEADING:  # `Having noted that nobody came, the Committee agreed`
            start = next((k + 1 for k in range(end - 1, start, -1) if words.text[k] == ","), start)
        for k in range(start, end):
            lower = words.lower[k]
            if lower in {"that", "whether", "if", "unless", "who", "when", "where", "why", "how", "until"}:
                return True
            if words.bits[k] & self._reporting and words.lower[k + 1 : k + 2] in (["that"], ["how"], ["it"]):
                return True
            if words.bits[k] & self._quote:
                return True
        return self.reported(start, end)

    def _from_the_chair(self, sentence: int) -> bool:
        """True where who presides or keeps the minutes speaks: what `and it was agreed` adds to that is the body's."""
        return any(bits & self._presiding for bits in self.words.bits[sentence : sentence + 5])

    def reported(self, start: int, end: int) -> bool:
        """True where a rule for earlier decisions matches in the words `start` to `end`."""
        if not self._reported:
            return False
        begin, stop = self.words.start[start], self.words.end[end - 1] if end > start else self.words.start[start]
        return any(begin <= at < stop for at in self._reported)

    def own_body(self, word: int, sentence: int) -> bool:
        """True where the body named by the word is the one that meets, as far as can be told."""
        words = self.words
        body = words.lower[word]
        if body == "we":
            return True
        if word > sentence and words.lower[word - 1] in {"chief", "non-executive", "operations"}:
            return False
        if words.text[word].islower() and {"'s", "’s", "s’"} & set(words.lower[max(sentence, word - 3) : word]):
            return False
        if body in _OWN and not (
            word > sentence and words.lower[word - 1] in {"cabinet", "board", "executive"} and not self.committee
        ):
            return not (
                word > sentence
                and words.lower[word - 1] in {"cabinet", "board"}
                and words.lower[word - 1] not in self.committee
            )
        begin = word
        while begin > max(sentence, word - 8) and (
            words.bits[begin - 1] & self._capital or words.lower[begin - 1] in {"and", "&", "of", "for"}
        ):
            begin -= 1
        named = [
            words.lower[k]
            for k in range(begin, word)
            if words.bits[k] & self._capital
            and not words.bits[k] & self._post
            and words.lower[k]
            not in {"the", "and", "&", "following", "joint", "overview", "scrutiny", "select", "sub", "chair", "all"}
        ]
        if self.committee:
            if body not in self.committee and not (body == "sub-committee" and "committee" in self.committee):
                return body in {"committee", "panel"} and not named
            return all(name in self.committee or not name.isalpha() for name in named)
        if body in _BODIES and body not in {"board", "commission"}:
            lower = self.text.lower()
            if "committee" not in lower and "panel" not in lower and "members" not in lower:
                return True
            return self._sits(body)
        return True

    def _sits(self, body: str) -> bool:
        """True where the body is told at its business: `Council had before it`, `The Cabinet considered`."""
        return re.search(rf"(?:^|\n)(?:The )?{body}\b{_AT_BUSINESS}", self.text, re.I) is not None

    def list_head(self, line: int) -> int:
        """The number of the line that opens the list in which the line stands; -1 where none is above it."""
        k = line - 1
        if self.lines[line].number is not None or self.lines[line].bullet:
            while k >= 0 and (self.lines[k].number is not None or self.lines[k].bullet):
                k -= 1
        return k

    def under_introducer(self, line: int) -> bool:
        """True where the line above, or above its list, opens a block: what stands here belongs to that block."""
        head = self.list_head(line)
        if head < 0:
            return False
        first, last = self.word_at(self.lines[head].start), self.word_at(self.lines[head].end)
        if last - first < 5:
            label = self.words.lower[first] in {"decision", "decisions"} and last - first < 3
            return not label and self.introduced(first, last)
        opening = max(first, last - 4)
        return (
            self.lines.ends_open(head)
            and self.introduced(opening, last)
            and "noted" not in self.words.lower[opening:last]
        )

    def headed(self, first: int) -> bool:
        """True where the sentence begins with a word that opens a block, but for `Decision: the Panel agreed`."""
        words = self.words
        label = words.lower[first] in {"decision", "decisions"} and words.text[first + 1 : first + 2] == [":"]
        return not label and self.introduced(first, first + 1)

    def introduced(self, start: int, end: int) -> bool:
        """True where one of the words `start` to `end` opens a block, so that no other rule may read it."""
        return any(bits & self._introducing for bits in self.words.bits[start:end])
