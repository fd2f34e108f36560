"""Decisions in running text: `It was agreed that ...`, `The Panel noted the report.`, `The minutes were agreed.`"""

from __future__ import annotations

from minutesminer.mine.decisions.apart import bidden, called_in, signed
from minutesminer.mine.decisions.blocks import Walker
from minutesminer.mine.decisions.closings import RECORDS, closes_short, closes_well, dated, proviso
from minutesminer.mine.decisions.edges import skip_lead, trim
from minutesminer.mine.decisions.labels import inline_labels
from minutesminer.mine.decisions.mood import deliberate
from minutesminer.mine.decisions.scene import Found, Scene
from minutesminer.mine.decisions.welsh import told_verb_first
from minutesminer.mine.engine.matching import Match
from minutesminer.models import Resolution

_BEHIND = frozenset("attached appended circulated submitted tabled presented annexed enclosed".split())
_DELIBERATE = frozenset("be would will should shall must can".split())
_SETTLED = frozenset("agreed approved endorsed adopted".split())
_OPINIONS = frozenset("need importance value point points view views difficulty concern concerns issue issues".split())
_RELATIVE = frozenset("which who that whose as where , ( and".split())
_LEADING = frozenset("following after on therefore accordingly thus subject with having pending".split())
_LABELS = frozenset("decision outcome conclusion result".split())
_NAMED_ONLY = frozenset("we referred adjourned".split())  # these decide nothing but on a document or matter


class Statements:
    """The running-text decisions of one scene; `covered` are ranges that blocks have taken already."""

    def __init__(self, scene: Scene, covered: list[tuple[int, int]], first_block: int, walker: Walker) -> None:
        self.scene = scene
        self.found: list[Found] = []
        self._covered = covered
        self.blocks: list[tuple[int, int, bool]] = []  # as those of the introducers, for lists in running text
        self._first_block = first_block
        self._walker = walker
        rules = scene.rules
        self._stop = (
            rules.flag("preposition")
            | rules.flag("relative")
            | rules.flag("conjunction")
            | rules.flag("be")
            | rules.flag("sentence_stop")
        )
        self._noted = rules.flag("noted_document")
        self._decided = rules.flag("decided_document")
        self._participle = rules.flag("verb_past")
        self._year = rules.flag("year_like")
        self._capital = rules.flag("capitalised")
        self._verb = rules.flag("decision_verb")
        self._title = rules.flag("person_title")
        self._body = rules.flag("deciding_body")
        reading = scene.reading
        for kind, read in (
            ("clause", self._clause),
            ("statement", self._statement),
            ("passive", self._passive),
            ("passive_be", self._apart),
            ("signed", self._apart),
            ("appointed", self._appointed),
            ("short", self._short),
            ("called_in", self._apart),
            ("verb_first", self._verb_first),
        ):
            for match in reading.of("resolution", kind):
                start = scene.words.start[match.start]
                if self._taken(start) or scene.section_kind(start) == "background" or scene.quoted(match):
                    continue
                line = scene.lines.index(start)
                if (kind != "clause" or scene.lines[line].number is not None) and scene.under_introducer(line):
                    continue
                read(match)

    def _taken(self, char: int) -> bool:
        return any(begin <= char < end for begin, end in self._covered)

    # It was agreed that ..., Members agreed to ...

    def _clause(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        body = next((k for k in range(match.start, match.end) if words.bits[k] & self._body), None)
        if words.lower[match.start] in {"moved", "proposed", "seconded"}:
            pass
        elif words.lower[match.start] not in {"it", "was", "agreement", "there", "we", "also"}:
            if body is None or not (scene.own_body(match.start, first) or self._resolves(match, first)):
                return
        elif (
            words.lower[match.start] == "also"
            and match.start > first
            or words.lower[match.start] == "was"
            and (match.start == first or words.lower[match.start - 1] not in {"it", "and"})
        ):
            return
        begins = first
        if words.text[first] == "That" and match.start - first < 5 and words.text[last - 1] == ":":
            begins += 1  # `That the Local Committee agreed:`, over its list
        if scene.told(begins, match.start) or (first < match.start and scene.headed(first)):
            return
        opened = next((k for k in range(match.end - 1, match.start, -1) if words.lower[k] in {"that", "to"}), None)
        given = match.rule.set
        line = scene.lines.index(words.start[match.start])
        to_end = words.end[last - 1] >= scene.lines[line].end - 1
        fallback = given.get("decision", "agree")
        hangs = words.lower[last - 1] in {"to", "that"}  # `The Committee resolved to`, its list in the lines below
        listed = to_end and (hangs or scene.lines.ends_open(line)) and line + 1 < len(scene.lines)
        begin = skip_lead(scene.text, words.end[match.end - 1], words.end[last - 1])
        labels = inline_labels(scene.text, begin, words.end[last - 1])
        inside = bool(labels) and labels[0].start() == begin
        below = scene.lines[line + 1] if listed else None
        opens = below is not None and (
            below.bullet
            or below.number is not None
            or scene.text.startswith(("to ", "that ", "To ", "That ", "in ", "under ", "subject "), below.start)
        )
        if inside or opens:
            block = self._walker.walk(begin, stop=None if to_end else words.end[last - 1])
            if len(block.limbs) > 0:
                lasts = max(limb.sentence_end for limb in block.limbs)
                self.blocks.append((words.start[match.start], lasts, scene.section_kind(begin) == "decision"))
                for limb in block.limbs:
                    start, end = trim(scene.text, limb.start, limb.end)
                    if end <= start:
                        continue
                    a, b = scene.word_at(start), scene.word_at(end)
                    decision, _ = scene.verbs.operative(words, a, b, fallback)
                    fixed = given.get("verb") == "fixed"
                    sentence = scene.text[limb.sentence_start : limb.sentence_end].strip()
                    block_number = self._first_block + len(self.blocks) - 1
                    self._add(match, start, end, sentence, fallback if fixed else decision, limb.number, block_number)
                return
        if match.end >= last or not any(c.isalpha() for c in scene.text[begin : words.end[last - 1]]):
            return
        elided = opened is None and words.text[match.end - 1].isalpha()  # `it was agreed the Chair would write`
        shouted = elided and words.text[match.end - 2] in {"AGREED", "RESOLVED"}
        if shouted and not _DELIBERATE & set(words.lower[match.end : last]):
            return  # `The Committee AGREED the work programme`
        if elided:
            begin = words.start[match.end - 1]
        asks = elided or (opened is not None and words.lower[opened] == "that" and given.get("verb") != "fixed")
        if asks and not deliberate(scene, match.end, last):
            return
        if (
            opened is not None
            and words.lower[opened] == "to"
            and words.lower[match.end] in {"the", "a", "this", "these"}
        ):
            head = self._head(match.end, last)
            if head is None or not words.bits[head] & self._decided:
                return
        named = scene.verbs.of_word(words.bits[match.end]) is not None
        if given.get("verb") == "named" and (not named or words.lower[match.end + 1 : match.end + 2] == ["that"]):
            return
        start, end = trim(scene.text, begin, words.end[last - 1])
        decision, _ = scene.verbs.operative(words, scene.word_at(start), last, fallback)
        self._add(match, start, end, words.slice(first, last), fallback if given.get("verb") == "fixed" else decision)

    def _resolves(self, match: Match, first: int) -> bool:
        """True where a sentence opens with `The Council resolved`, and nothing tells which body met."""
        words = self.scene.words
        opens = match.start == first or (match.start == first + 1 and words.lower[first] == "the")
        return opens and not self.scene.committee and "resolved" in words.lower[match.start : match.end]

    # The Committee noted the report

    def _statement(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        if not scene.own_body(match.start, first) or scene.told(first, match.start):
            return
        if first < match.start and scene.headed(first):
            return
        decision = next(
            (
                scene.verbs.of_word(words.bits[k])
                for k in range(match.start + 1, match.end)
                if words.bits[k] & self._verb and words.lower[k] not in {"received", "welcomed"}
            ),
            None,
        )
        if decision is None:
            return
        wanted = self._noted if decision == "note" else self._decided
        head = self._head(match.end, last)
        bare = bool(words.bits[match.end - 1] & self._verb)  # `Board noted report`
        bare = bare or bool(_NAMED_ONLY & set(words.lower[match.start : match.end]))
        if head is None:
            return
        if not words.bits[head] & wanted and (bare or not self._own_line(match, first, last, words.lower[head])):
            return
        if decision == "note" and self._first_block + len(self.blocks) and not words.bits[head] & wanted:
            return  # where a block tells what was decided, it is part of the discussion
        if (
            decision != "note"
            and words.lower[head] not in {"minutes", "minute"}
            and dated(words, self._year, head + 1, proviso(words, head + 1, last))
        ):
            return
        if head is not None and "accepted" in words.lower[match.start : match.end] and words.lower[head] in RECORDS:
            decision = "approve"
        begin = match.start
        while begin > first and (
            words.bits[begin - 1] & self._capital or words.lower[begin - 1] in {"the", "and", "&"}
        ):
            begin -= 1
        start, end = trim(scene.text, words.start[begin], words.end[last - 1])
        self._add(match, start, end, words.slice(first, last), decision)

    def _own_line(self, match: Match, first: int, last: int, head: str) -> bool:
        """True where the sentence is a line of its own, as the outcome of an item is: a short one, or one that opens
        with the body's agreement to a thing."""
        words = self.scene.words
        line = self.scene.lines[self.scene.lines.index(words.start[first])]
        settled = _SETTLED & set(words.lower[match.start : match.end]) and match.start <= first + 1
        return (
            not line.bullet
            and (last - first < 16 or bool(settled))
            and head not in _OPINIONS
            and not any(
                words.lower[k] in {"asked", "queried", "questioned", "enquired", "wondered"} for k in range(first, last)
            )
            and words.start[first] <= line.body
            and words.end[last - 1] >= line.end - 1
        )

    def _head(self, start: int, last: int) -> int | None:
        """The last word of the noun phrase that begins at `start`, up to a preposition, verb or stop."""
        words = self.scene.words
        k = start
        while k < last and k < start + 14:
            bits = words.bits[k]
            if (
                (k > start + 1 and words.lower[k] in _BEHIND)
                or bits & self._stop
                or words.text[k] in ",.;:()"
                or words.lower[k] in {"subject", "back"}
                or (bits & self._participle and k > start and not bits & self._decided)
            ):
                break
            k += 1
        return k - 1 if k > start else None

    # The minutes were approved

    def _passive(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        first = max(first, scene.word_at(scene.lines[scene.lines.index(words.start[match.start])].body))
        verb = words.lower[match.end - 1]
        if match.start <= first or match.start - first > 45 or scene.headed(first):
            return
        decision = scene.verbs.of_word(words.bits[match.end - 1])
        if verb == "withdrawn":
            decision = "other"
        begin = first
        while begin < match.start and words.lower[begin] in _LEADING:
            comma = next((k for k in range(begin, match.start) if words.text[k] == ","), None)
            begin = comma + 1 if comma is not None else begin + 1
        if words.lower[first] == "subject":  # `Subject to the above amendments the minutes were approved`
            begin = next((k for k in range(match.start - 1, begin, -1) if words.lower[k] == "the"), begin)
        if words.lower[begin] != "the" and not scene.told(first, match.start):  # a title run into the sentence
            begin = next((k for k in range(match.start - 2, begin, -1) if words.text[k] in {"The", "THE"}), begin)
        label = next((k for k in range(begin, min(match.start, begin + 4)) if words.text[k] == ":"), None)
        begin = label + 1 if label is not None else begin  # `Outcome: the report was noted`
        if words.lower[begin] in {"and", "that"}:
            begin += 1
        head = self._head(begin + 2 * (words.lower[begin : begin + 2] == ["the", "following"]), match.start)
        named = match.rule.set.get("verb") == "fixed" and bool(
            {"public", "press"} & set(words.lower[begin : match.start])
        )
        if words.lower[begin] == "no":  # `No nominations were received`
            return
        if head is None or decision is None or head - begin > 7 or not (named or words.bits[head] & self._decided):
            return
        minutes = words.lower[head] in RECORDS
        if verb == "accepted" and words.lower[head] in RECORDS:
            decision = "approve"
        be = words.lower[match.start]
        if be in {"is", "are"} and words.lower[head] not in {"minutes", "report", "recommendations", "reports"}:
            return
        subject = words.lower[begin : match.start]
        if {"that", "who", "whether", "if"} & set(subject) or (not minutes and scene.reported(first, match.start)):
            return
        which = minutes and words.lower[match.end : match.end + 1] == ["for"]  # `agreed for 13 April and 10 May`
        if not which and not closes_well(words, self._body, self._year, match.end, last, verb):
            return
        start, end = trim(scene.text, words.start[begin], words.end[last - 1])
        if "record" in words.lower[match.end : last] and decision not in {"agree", "approve"}:
            decision = "approve"
        self._add(match, start, end, words.slice(*scene.sentence(match.start)), decision)

    # The minutes be confirmed; the Chairman signed the minutes

    def _apart(self, match: Match) -> None:
        scene = self.scene
        if match.rule.kind == "signed":
            told = signed(scene, match, self._covered)
        else:
            told = (bidden if match.rule.kind == "passive_be" else called_in)(scene, match)
        if told is not None:
            self._add(match, told.start, told.end, told.sentence, told.decision)

    # Councillor X was elected Chair

    def _appointed(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        first = max(first, scene.word_at(scene.lines[scene.lines.index(words.start[match.start])].body))
        subject = words.lower[first : match.start]
        if not subject or {"who", "which", "whether", "if"} & set(subject) or scene.reported(first, match.start):
            return
        if any(words.text[k].isupper() and scene.introduced(k, k + 1) for k in range(first, match.start)):
            return
        that = max((k for k in range(first, match.start) if words.lower[k] == "that"), default=first - 1)
        begin = that + 1
        if dated(words, self._year, match.end, min(last, match.end + 8)):
            return
        if that < first and (words.lower[match.start] == "be" or match.start - begin > 16 or scene.headed(first)):
            return
        if that >= first and not {"moved", "proposed", "seconded", "nominated"} & set(subject):
            return
        if words.lower[begin] == "there":
            begin = next((k + 1 for k in range(begin, match.start) if words.text[k] == ","), begin)
        named = any(words.bits[k] & self._title for k in range(begin, match.start))
        if not (named or (words.bits[match.start - 1] & self._capital and words.bits[begin] & self._capital)):
            return
        start, end = trim(scene.text, words.start[begin], words.end[last - 1])
        self._add(match, start, end, words.slice(*scene.sentence(match.start)), "appoint", proposed=that >= first)

    # Cymeradwyodd y Pwyllgor yr adroddiad

    def _verb_first(self, match: Match) -> None:
        told = told_verb_first(self.scene, match)
        if told is not None:
            start, end, decision = told
            self._add(match, start, end, self.scene.words.slice(*self.scene.sentence(match.start)), decision)

    # Report noted.

    def _short(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        first, last = scene.sentence(match.start)
        line = scene.lines[scene.lines.index(words.start[match.start])]
        first = max(first, scene.word_at(line.body))
        if words.lower[first] in _LABELS and words.text[first + 1 : first + 2] == [":"]:
            first += 2  # `Outcome: report noted`
        decision = scene.verbs.of_word(words.bits[match.end - 1])
        if (
            decision is None
            or words.lower[first] == "no"
            or match.start - first > 8
            or line.bullet
            or not closes_short(words, match.end, last)
        ):
            return
        if words.text[match.end - 1].istitle() and words.text[last - 1] != ".":
            return  # a heading: `Items Deferred`
        apart = match.end - match.start > 2  # `Report of the Director noted`: its stop tells it from a title
        if apart and (match.start > first + 2 or words.text[last - 1] != "."):
            return
        if self._head(first, match.start + 1) != match.start and words.lower[first] not in {"minutes", "notes", "the"}:
            return
        if scene.introduced(first, match.start) or scene.text[line.start : line.end].isupper():
            return
        start, end = trim(scene.text, words.start[first], words.end[last - 1])
        self._add(match, start, end, words.slice(*scene.sentence(match.start)), decision)

    def _add(
        self,
        match: Match,
        start: int,
        end: int,
        sentence: str,
        decision: str,
        number: str | None = None,
        block: int | None = None,
        proposed: bool = False,
    ) -> None:
        joined = self.scene.text.find(" and it was ", start, end)
        if joined > 0 and match.rule.kind != "clause":
            end = joined
        for begin, _ in self._covered:
            if start < begin < end:  # another decision begins in the same sentence
                start, end = trim(self.scene.text, start, begin)
        if end <= start or self._taken(start):
            return
        scene = self.scene
        record = Resolution(
            quote=scene.text[start:end],
            sentence=sentence,
            start_char=start,
            end_char=end,
            rule=match.rule.id,
            decision=decision,
            number=number,
        )
        apart = scene.section_kind(start) == "decision"
        self.found.append(Found(record, block, apart, running=True, proposed=proposed))
        begin = scene.words.start[match.start]
        self._covered.append((min(begin, start), end))
