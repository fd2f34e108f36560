"""Component `minutes_resolutions`: what the body decided, limb by limb.

A note for newcomers. Words that introduce a decision open *blocks* (`introducers`, `blocks`), whose limbs are
walked by their labels; sentences in which the body decides are *statements*; *motions* are followed to their
fate. Movers, seconders and votes are then given to the records they stand by, and doubles are marked.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from minutesminer.mine.decisions.introducers import Introducers
from minutesminer.mine.decisions.limbs import Verbs
from minutesminer.mine.decisions.motions import Motions
from minutesminer.mine.decisions.movers import Movers, Named
from minutesminer.mine.decisions.restates import mark_restated, without_proposals
from minutesminer.mine.decisions.scene import Found, Scene
from minutesminer.mine.decisions.statements import Statements
from minutesminer.mine.decisions.votes import Tallies
from minutesminer.mine.engine.ruleset import Reading, RuleSet, rule_set
from minutesminer.models import Meeting

_PROCEDURE = re.compile(
    r"\b(?:amendment|(?:motion|question|matter)\b[^.]{0,60}? be (?:now )?put|extend the (?:meeting|sitting)"
    r"|suspen(?:d|sion of) (?:standing orders|council procedure)|recorded vote|next business)\b",
    re.I,
)
_ON_MOTION = re.compile(
    r"(?:to )?(?:adopt|reject|approve|agree|support|accept)\w* the (?:\w+ )?(?:motion|amendment)\b", re.I
)
_AFTER_BLOCK = 400  # characters behind a block in which its mover or votes may stand, in lines of their own


class Resolutions:
    """Finds the resolutions of a text. Leaves in `reading.notes`:

    - `limbs`: list of (start, end, index), the character ranges of resolutions by their index in the records;
    - `motions`: list of (start, end), the character ranges of the texts of proposed motions.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._verbs = Verbs(rules)
        self._movers = Movers(rules)

    def __call__(self, doc: Doc) -> Doc:
        reading = self.rules.reading(doc)
        reading.notes["limbs"] = []
        reading.notes["motions"] = []
        if not any(class_ == "resolution" for class_, _ in reading.matches):
            return doc
        meeting = doc.user_data.get("meeting")
        self._find(reading, meeting if isinstance(meeting, Meeting) else None)
        return doc

    def _find(self, reading: Reading, meeting: Meeting | None) -> None:
        scene = Scene(self.rules, self._verbs, reading, meeting)
        movers, seconders = self._movers.movers(reading), self._movers.seconders(reading)
        blocks = Introducers(scene)
        covered = list(blocks.covered)
        statements = Statements(scene, covered, len(blocks.blocks), blocks.walker)
        motions = Motions(scene, movers, blocks.covered)
        found = [*blocks.found, *statements.found, *_standing(motions, blocks, statements)]
        found.sort(key=lambda entry: (entry.record.start_char, -entry.record.end_char))
        _Stated(scene, movers, seconders, [*blocks.blocks, *statements.blocks], motions).fill(found)
        for entry in found:
            if entry.proposed and motions.lost_at(entry.record.start_char):
                entry.record.outcome = "lost"
        found = without_proposals(found)
        mark_restated(found)
        _to_decision(found)
        reading.records.resolutions = [entry.record for entry in found]
        reading.notes["limbs"] = [(e.record.start_char, e.record.end_char, k) for k, e in enumerate(found)]
        reading.notes["motions"] = [
            (motion.start, motion.end) for motion in motions.motions if motion.fate or not motion.suggested
        ]


def _standing(motions: Motions, blocks: Introducers, statements: Statements) -> list[Found]:
    """The motions that are records of their own: those lost, and those carried with no block behind them to say so."""
    taken = [(e.record.start_char, e.record.end_char) for e in [*blocks.found, *statements.found]]
    kept: list[Found] = []
    for entry in motions.found:
        record = entry.record
        if any(start < record.end_char and record.start_char < end for start, end in taken):
            continue
        if record.outcome == "carried":
            later = [e for e in blocks.found if e.record.start_char > record.start_char and e.block is not None]
            trial = Found(record, None, entry.decided_apart)
            if later and not _repeats(trial, blocks.found):
                same = [
                    e.record
                    for e in later
                    if e.block == later[0].block and e.record.decision == record.decision not in {"other", "agree"}
                ]
                if not same:
                    continue
                record.restates = same[0].number or "Decision"
        kept.append(entry)
    return kept


def _repeats(entry: Found, found: list[Found]) -> bool:
    before = entry.record.restates
    pair = [*found, entry]
    record = entry.record
    copies = {id(e): e.record.restates for e in found}
    slots = [(e.record, e.record.mover, e.record.seconder) for e in found]
    mark_restated(pair)
    repeated = record.restates is not None
    record.restates = before
    for e in found:
        e.record.restates = copies[id(e)]
    for other, mover, seconder in slots:
        other.mover, other.seconder = mover, seconder
    return repeated


def _to_decision(found: list[Found]) -> None:
    """Give what the minutes tell of the motion that was adopted to the limbs under `Decision:`, which quote it."""
    apart = [e.record for e in found if e.decided_apart and e.record.outcome == "carried"]
    adopted = [e.record for e in found if not e.decided_apart and _ON_MOTION.match(e.record.quote)]
    if len(adopted) != 1 or any(record.votes_for is not None for record in apart):
        return
    for record in (record for record in apart if record.mover in {None, adopted[0].mover}):
        for name in ("mover", "seconder", "votes_for", "votes_against", "abstentions"):
            setattr(record, name, getattr(adopted[0], name))


class _Stated:
    """Gives movers, seconders and votes to the records they stand by."""

    def __init__(
        self,
        scene: Scene,
        movers: list[Named],
        seconders: list[Named],
        blocks: list[tuple[int, int, bool]],
        motions: Motions,
    ) -> None:
        self.scene = scene
        self.movers = movers
        self.seconders = seconders
        self.blocks = blocks
        self.motions = motions
        self.tallies = Tallies(scene.reading)

    def fill(self, found: list[Found]) -> None:
        """Fill the slots of all records, in the order of the text."""
        if not self.movers and not self.seconders and not self.tallies:
            return
        for number, (start, end, _) in enumerate(self.blocks):
            self._within([entry for entry in found if entry.block == number], start, end)
        lone = [e for e in found if e.block is None or e.block >= len(self.blocks)]
        for entry in lone:
            if entry.record.outcome == "carried" and _ON_MOTION.match(entry.record.quote):
                self._within([entry], entry.record.start_char, entry.record.end_char)
            else:
                self._by_sentence(entry)

    def _within(self, entries: list[Found], start: int, end: int) -> None:
        """Fill the records of one block, whose characters are `start` to `end`, from what stands since the last one."""
        before = max((stop for begin, stop, _ in self.blocks if begin < start), default=0)
        before = max(before, self._section_start(start))
        following = min((begin for begin, _, _ in self.blocks if begin > start), default=len(self.scene.text))
        after = min(end + _AFTER_BLOCK, following, self._section_end(start))
        for entry in entries:
            self._give(entry, before, start, end, after)

    def _section_start(self, char: int) -> int:
        k = self.scene.section(char)
        return self.scene.reading.sections[k].start if k >= 0 else 0

    def _section_end(self, char: int) -> int:
        k = self.scene.section(char)
        return self.scene.reading.sections[k].end if k >= 0 else len(self.scene.text)

    def _give(self, entry: Found, before: int, start: int, end: int, after: int) -> None:
        record = entry.record
        lost = [(a, b) for a, b, fate in self.motions.fates if fate == "lost"]
        movers = [
            m
            for m in self.movers
            if before <= m.at < end
            and not record.start_char <= m.at < record.end_char
            and not any(a <= m.at <= b for a, b in lost)
            and (start - m.at < 200 or self._moved(m.at))
        ]
        if movers:
            mover = next((m for m in reversed(movers) if not self._on_procedure(m.at)), movers[-1])
            record.mover = mover.name
            record.seconder = self._seconder(mover.at, after)
            tally_from = max([mover.at, *(b for a, b in lost if b < start)])
        else:
            tally_from = max([before, *(b for _, b in lost if b < start)])
            behind = self._behind(end, after)
            later = next((m for m in self.movers if end <= m.at < behind), None)
            if later is not None:
                record.mover = later.name
                record.seconder = self._seconder(later.at, behind)
            else:
                seconder = [s for s in self.seconders if max(before, tally_from) <= s.at < end and start - s.at < 200]
                record.seconder = seconder[-1].name if seconder else None
        behind = min([self._behind(end, after), *(a for a, _ in lost if a >= end)])
        votes = self.tallies.between(tally_from, end, last=True) or self.tallies.between(end, behind)
        record.votes_for, record.votes_against, record.abstentions = votes.for_, votes.against, votes.abstentions

    def _on_procedure(self, at: int) -> bool:
        """True where an amendment or a motion on the debate itself is moved at the character."""
        first, last = self.scene.sentence(self.scene.word_at(at))
        return _PROCEDURE.search(self.scene.words.slice(first, last)) is not None

    def _moved(self, at: int) -> bool:
        """True where somebody seconds what was moved at the character: a motion, and not a suggestion."""
        return any(at - 120 <= seconder.at < at + 900 for seconder in self.seconders)

    def _behind(self, end: int, after: int) -> int:
        """Where the lines directly behind a block end: the rest of its line and two more."""
        text = self.scene.text
        at = end
        for _ in range(4):
            found = text.find("\n", at + 1)
            if found < 0 or found > after:
                return after
            at = found
        return at

    def _seconder(self, at: int, until: int) -> str | None:
        first, _ = self.scene.sentence(self.scene.word_at(at))
        opening = self.scene.words.start[first]  # `X, seconded by Y, moved`
        own = [s for s in self.seconders if opening <= s.at < at]
        if own and not any(opening <= m.at < own[-1].at for m in self.movers):
            return own[-1].name
        following = min((m.at for m in self.movers if m.at > at), default=until)
        behind = next((s.name for s in self.seconders if at < s.at < min(following, until)), None)
        if behind is not None:
            return behind
        near = [s for s in self.seconders if at - 120 <= s.at < at]
        if not near or any(near[-1].at - 200 < m.at < near[-1].at for m in self.movers):
            return None  # nobody, or the seconder of what was moved before
        return near[-1].name

    def _nominations(self, line: int) -> int:
        """Where the nominations begin for an election told in the line: there, or in the line above it."""
        scene = self.scene
        here = scene.lines[line]
        if line == 0 or any(here.start <= mover.at < here.end for mover in self.movers):
            return here.start
        above = scene.lines[line - 1]
        moved = any(above.start <= mover.at < above.end for mover in self.movers)
        return above.start if moved and scene.section(above.start) == scene.section(here.start) else here.start

    def _by_sentence(self, entry: Found) -> None:
        record, scene = entry.record, self.scene
        word = scene.word_at(record.start_char)
        first, last = scene.sentence(word)
        start, end = scene.words.start[first], scene.words.end[last - 1]
        if record.decision == "appoint" or record.rule.endswith("document_be"):  # who nominates or moves stands before
            start = self._nominations(scene.lines.index(start))
        follow_end = scene.words.end[scene.sentence(last)[1] - 1] if last < len(scene.words) else end
        fate = next(((a, b) for a, b, _ in self.motions.fates if start <= a < end or a <= record.start_char < b), None)
        if fate is not None:
            moved, _ = scene.sentence(scene.word_at(fate[0]))
            start = min(start, scene.words.start[moved])
        movers = [m for m in self.movers if start <= m.at < end]
        stop = fate[1] if fate is not None else follow_end
        if movers:
            record.mover = movers[-1].name
            record.seconder = self._seconder(movers[-1].at, max(stop, follow_end))
        else:
            here = next((s for s in self.seconders if start <= s.at < end), None)
            record.seconder = here.name if here is not None else None
        if record.start_char in self.motions.votes:
            record.votes_for, record.votes_against = self.motions.votes[record.start_char]
            return
        votes = self.tallies.between(start, max(stop, follow_end))
        record.votes_for, record.votes_against, record.abstentions = votes.for_, votes.against, votes.abstentions


def make_resolutions(nlp: object, name: str, patterns: str | None = None) -> Resolutions:
    """Factory `minutes_resolutions`. `patterns` is another rule folder than the packaged one."""
    return Resolutions(rule_set(patterns))
