"""Motions in running text: what was proposed, and whether it was lost or carried."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutesminer.mine.decisions.divisions import division, named_side
from minutesminer.mine.decisions.edges import trim
from minutesminer.mine.decisions.movers import Named
from minutesminer.mine.decisions.scene import Found, Scene
from minutesminer.mine.engine.matching import Match
from minutesminer.models import Resolution

_SECONDED = re.compile(
    r"[,;.(]?\s*(?:and\s+)?\(?(?:(?:this|which|it|the (?:motion|proposal|amendment))\s+)?"
    r"(?:(?:was|were|being)\s+)?(?:duly\s+)?(?:seconded\b|(?:proposed|moved) by\b|(?:up)?on being put|put to the vote)"
    r"|,?\s+(?:and|which)\s+(?:this\s+)?(?:was|were)\s+(?:unanimously\s+|duly\s+)?(?:agreed|accepted|supported)\b"
    r"|\s+(?:was|were) (?:declared |then )?(?:lost|defeated|carried)\b"
    r"|\s+(?:fell|failed) by\b"
    r"|,?\s+and (?:the (?:meeting|committee|council|panel)|members|all|it was|this was)\s[^.]{0,30}?agreed\b",
    re.I,
)
_ASKED = re.compile(r".{0,60}?\b(?:is|are) (?:asked|requested|recommended|invited) to:?\s*", re.I)
_ROW = re.compile(r"[^\n]*(?:\||\(\d+\))|(?:for|against|abst)", re.I)
_CARRIED_ON = frozenset("out forward over through into away".split())
_REACH = 9  # sentences between a motion and the word on its fate


@dataclass(slots=True)
class Motion:
    """A motion's text (characters), the place where it was moved, and whether it amends another motion."""

    at: int
    start: int
    end: int
    sentence: str
    amendment: bool
    suggested: bool = False
    fate: str | None = None


class Motions:
    """The motions of one scene; `found` are the records of those that fell or were carried without a block."""

    def __init__(self, scene: Scene, movers: list[Named], covered: list[tuple[int, int]]) -> None:
        self.scene = scene
        self.found: list[Found] = []
        self.fates: list[tuple[int, int, str]] = []  # where moved, where decided, how
        self.votes: dict[int, tuple[int, int]] = {}  # votes for and against, by where a motion's record begins
        self._covered = covered
        self._noun = scene.rules.flag("moved_noun")
        self.motions = self._motions(movers)
        ends = [(m, "lost") for m in scene.reading.of("resolution", "lost")]
        ends += [(m, "carried") for m in scene.reading.of("resolution", "carried")]
        ends.sort(key=lambda pair: (pair[0].start, pair[1] == "carried"))
        for match, fate in ends:
            self._decide(match, fate)

    def lost_at(self, char: int) -> bool:
        """True where the character stands in the text of a motion that fell."""
        return any(motion.fate == "lost" and motion.at <= char < motion.end for motion in self.motions)

    def _motions(self, movers: list[Named]) -> list[Motion]:
        scene, words = self.scene, self.scene.words
        amendments = [words.start[m.start] for m in scene.reading.of("qualifier", "amendment")]
        fates = [match.start for match in scene.reading.of_kinds("resolution", ("lost", "carried"))]
        motions: list[Motion] = []
        for match in scene.reading.of("qualifier", "motion_text"):
            first, last = scene.sentence(match.start)
            at = words.start[first]
            if scene.section_kind(at) == "background":
                continue
            opener = words.lower[match.start]
            told = words.lower[match.start : match.end]
            if motions and motions[-1].at >= words.start[first]:
                if motions[-1].suggested and opener != "suggested":
                    motions.pop()
                else:
                    continue
            moved = [named for named in movers if words.start[first] <= named.at <= words.end[last - 1]]
            if opener in {"motion", "amendment", "proposal"} and not moved and "made" not in told:
                directly = words.lower[match.start + 1] in {"to", "that"}
                if not directly or not any(match.start < place < last for place in fates):
                    continue  # but for `the proposal to refuse the grant was lost`
            start, end = self._extent(match, last)
            if end <= start:
                continue
            amendment = any(words.start[first] <= place < start for place in amendments)
            motions.append(Motion(at, start, end, words.slice(first, last), amendment, opener == "suggested"))
        for named in movers:
            self._below(named, motions)
        motions.sort(key=lambda motion: motion.at)
        return motions

    def _below(self, named: Named, motions: list[Motion]) -> None:
        """The motion in the line below `... proposed by X, seconded by Y:`, quoted or not."""
        scene = self.scene
        line = scene.lines.index(named.at)
        if not scene.lines.ends_open(line) or line + 1 >= len(scene.lines):
            return
        here, below = scene.lines[line], scene.lines[line + 1]
        first = scene.word_at(below.body)
        if any(here.start <= motion.at < here.end for motion in motions) or scene.introduced(first, first + 1):
            return
        end = below.end
        if scene.text.startswith("“", below.body):
            close = scene.text.find("”", below.body)
            end = close + 1 if close > 0 else end
        sentence = scene.text[below.start : end]
        amendment = "amendment" in scene.text[here.start : here.end].lower()
        motions.append(Motion(here.start, below.body, end, sentence, amendment))

    def _extent(self, match: Match, last: int) -> tuple[int, int]:
        """The characters of a motion's text: to the sentence's end, or over the quotation or list it opens."""
        scene, words = self.scene, self.scene.words
        opens = range(match.start + 1, match.end)
        opened = next((k for k in opens if words.lower[k] == "that"), None)
        if opened is None:
            opened = next(
                (
                    k
                    for k in opens
                    if words.lower[k] == "to"
                    and words.lower[k - 1] not in {"votes", "vote", "put"}
                    and words.lower[k + 1 : k + 2] not in (["the"], ["a"], ["an"], ["this"], ["our"])
                    and k - 1 not in words.values
                ),
                None,
            )
        named = next((k for k in opens if words.bits[k] & self._noun), None)
        if words.bits[match.start] & self._noun:  # `the adoption of the report was proposed by`
            verb = next(k for k in range(match.end - 1, match.start, -1) if words.lower[k] in {"was", "were"})
            return words.start[match.start], words.end[verb - 1]
        if named is not None and (opened is None or named < opened):
            opened = named - 1
        if opened is None:
            return words.end[match.end - 1], words.end[match.end - 1]
        start = words.end[opened]
        end = words.end[last - 1]
        seconded = _SECONDED.search(scene.text, start, end)
        if seconded is not None:
            end = seconded.start()
        line = scene.lines.index(start)
        rest = scene.text[start : scene.lines[line].end].strip()
        if rest.startswith(("“", ":", '"')) or not rest or words.text[last - 1] == ":":
            close = scene.text.find("”", start)
            if "“" in scene.text[start : start + 200] and close > 0:
                return start, close + 1
            k = line
            while k + 1 < len(scene.lines) and (scene.lines[k + 1].bullet or scene.lines[k + 1].number is not None):
                if scene.introduced(scene.word_at(scene.lines[k + 1].body), scene.word_at(scene.lines[k + 1].body) + 1):
                    break
                k += 1
            end = max(end, scene.lines[k].end)
        return start, end

    def _decide(self, match: Match, fate: str) -> None:
        scene, words = self.scene, self.scene.words
        at = words.start[match.start]
        if scene.section_kind(at) == "background" or any(begin <= at < end for begin, end in self._covered):
            return
        first, last = scene.sentence(match.start)
        if scene.reported(first, match.start):
            return
        if fate == "carried" and _CARRIED_ON & set(words.lower[match.end : match.end + 1]):
            return
        agreed = "agreed" in words.lower[match.start : match.end]
        motion = self._before(at, agreed)
        if motion is not None and self._divided(match, motion, fate):
            return
        if motion is None:
            if fate == "lost" and {"motion", "amendment", "proposal", "proposition", "recommendation"} & set(
                words.lower[first:last]
            ):
                start, end = trim(scene.text, words.start[first], words.end[last - 1])
                amendment = "amendment" in words.lower[first:last]
                self._add(match, start, end, words.slice(first, last), "amend" if amendment else "other", fate)
            elif fate == "carried" and {"recommendation", "recommendations"} & set(
                words.lower[first : match.start + 1]
            ):
                start, end = trim(scene.text, words.start[first], words.end[last - 1])
                self._add(match, start, end, words.slice(first, last), "agree", fate)
            return
        if "amendment" in words.lower[first : match.end]:
            motion.amendment = True
        self._record(match, motion, fate)

    def _divided(self, match: Match, latest: Motion, fate: str) -> bool:
        """True where one vote decided between a motion and its amendment: both get their records."""
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        side = named_side(words, first, match.end)
        other = next((m for m in reversed(self.motions) if m.at < latest.at and m.fate is None), None)
        if side is None or other is None or not latest.amendment or other.amendment:
            return False
        if scene.section(other.at) != scene.section(latest.at):
            return False
        tally = division(words, scene.word_at(latest.end), last)
        if tally is None:
            return False
        for motion, name, votes in ((other, "motion", tally), (latest, "amendment", (tally[1], tally[0]))):
            carried = (name == side) == (fate == "carried")
            self._record(match, motion, "carried" if carried else "lost", votes)
        return True

    def _record(self, match: Match, motion: Motion, fate: str, votes: tuple[int, int] | None = None) -> None:
        """Keep the fate of a motion, and its text as a record."""
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        agreed = "agreed" in words.lower[match.start : match.end]
        motion.fate = fate
        self.fates.append((motion.at, self._end_of_tally(words.end[last - 1]), fate))
        start, end = trim(scene.text, motion.start, motion.end)
        while start < end and scene.text[start] in '“"‘: ':
            start += 1
        start, end = trim(scene.text, start, end)
        asked = _ASKED.match(scene.text, start, end)
        if asked is not None and asked.end() < end:
            start, end = trim(scene.text, asked.end(), end)
        if scene.text.count("“", start, end) != scene.text.count("”", start, end) or scene.text[end - 1] != "”":
            end -= len(scene.text[start:end]) - len(scene.text[start:end].rstrip('”’" .'))
        if end <= start or "\n" in scene.text[start:end] and fate == "carried":
            return
        if fate == "lost" and end - start < 12:
            start, end = trim(scene.text, words.start[first], words.end[last - 1])
        if fate == "carried" and (scene.text[start:end].endswith("that") or scene.text[end - 1 : end] == ":"):
            return
        decision, _ = scene.verbs.operative(
            words,
            scene.word_at(start),
            scene.word_at(end),
            "amend" if motion.amendment else "agree" if agreed else "other",
        )
        decision = scene.verbs.of_noun(words.bits[scene.word_at(start)]) or decision
        if votes is not None:
            self.votes[start] = votes
        self._add(match, start, end, motion.sentence, decision, fate)

    def _end_of_tally(self, end: int) -> int:
        """Where the lines end that count the votes below a sentence on a fate which ends with a colon."""
        scene = self.scene
        if not scene.text[:end].endswith(":"):
            return end
        line = scene.lines.index(end - 1)
        while line + 1 < len(scene.lines) and _ROW.match(scene.text, scene.lines[line + 1].start):
            line += 1
        return max(end, scene.lines[line].end)

    def _before(self, at: int, agreed: bool) -> Motion | None:
        """The motion a fate at the character is told of; a mere suggestion only where it is agreed at once."""
        scene = self.scene
        for motion in reversed(self.motions):
            if motion.at < at and motion.start < at:
                if motion.suggested and not (agreed and len(scene.text[motion.end : at].strip(" .;\n")) < 3):
                    continue
                if motion.fate is not None or scene.section(motion.at) != scene.section(at):
                    return None
                between = scene.text[motion.end : at] if motion.end < at else ""
                return motion if between.count(". ") + between.count("\n") <= _REACH * 2 else None
        return None

    def _add(self, match: Match, start: int, end: int, sentence: str, decision: str, fate: str) -> None:
        record = Resolution(
            quote=self.scene.text[start:end],
            sentence=sentence,
            start_char=start,
            end_char=end,
            rule=match.rule.id,
            decision=decision,
            outcome="lost" if fate == "lost" else "carried",
        )
        self.found.append(Found(record, None, self.scene.section_kind(start) == "decision", running=True))
