"""From introducing words to blocks: which matches open one, and the limbs below them."""

from __future__ import annotations

import re

from minutesminer.mine.decisions.bare import bare_limbs, bare_lists
from minutesminer.mine.decisions.blocks import BODY_ALONE, Block, Limb, Walker
from minutesminer.mine.decisions.edges import MANNER, trim
from minutesminer.mine.decisions.listed import did_in_list, is_phrase, limb_decision, noted_in_list
from minutesminer.mine.decisions.openings import Openings
from minutesminer.mine.decisions.scene import Found, Scene
from minutesminer.mine.engine.matching import Match
from minutesminer.mine.review import HEADING_LOST
from minutesminer.models import Resolution

_KINDS = ("block", "line_block", "inline_block", "heading", "end_block", "list_block")
_AFTER = re.compile(
    r"\s*(?:$|[:;–—.,(-]|\(?unanimously\b|that\b|to\b|by\b|nem\b|as (?:follows|an?|the)\b|the\b|with(?:out)?\b|bod\b"
    r"|on\b|recommendations?\b|(?:too|also|then|further)\s+(?:that|to)\b|accordingly\b|therefore\b|i\s+\w{4})",
    re.I,
)
_ADDRESSED = re.compile(r"\s*\(?to\s[^.;:\n]{3,50}?(?::|\bthat\b|$)", re.I)
_GOES_ON = re.compile(r"\s+(?!that\b|to\b|unanimously\b|as follows\b|bod\b|i\s|nem\b|[–—-]\s*\w)[a-z]")
_MANNER = re.compile(rf"(?:[\s,(]*{MANNER}\)?)+[\s,]*(?=[:–—-]|that\b|to\b)", re.I)
_COMPLETE = re.compile(r"(?:\s*(?:unanimously|nem\.? con))?\.\s*", re.I)
_PAST = frozenset("had have has having been".split())
_TEMPLATE = re.compile(r"\b(?:press|public)\b[^;\n]{0,60}\bbe excluded\b", re.I)
_NOTHING = re.compile(  # what stands under a heading where nothing was decided
    r"(?:not (?:required|applicable|needed)|none|n/?a|nil|(?:there (?:was|were) )?no(?:ne| \w+)\b[^.]*)[\s.]*", re.I
)
_RECOMMENDED_THAT = re.compile(r"[\s:;,–—-]*(?:that|t h a t)\b", re.I)
_FIRST = re.compile(r"\s*(?:\((?:1|a|i|A)\)|(?:1|a|i)[.)])\s")  # the label of a list's first limb
_TOLD = frozenset("will had".split())
_THAT = frozenset(["that", "bod ", "nad "])
_SHORT = 8  # words of a decision in note form
_LONG_TAIL = 3  # lines of narrative that may follow recommendations at an item's end


class Introducers:
    """The blocks of one scene, found once: `found` are their resolutions, `covered` the ranges of their lines."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.found: list[Found] = []
        self.covered: list[tuple[int, int]] = []
        self.motions: list[tuple[int, int]] = []
        self.blocks: list[tuple[int, int, bool]] = []  # character range, and whether under a Decision heading
        reading, lines = scene.reading, scene.lines
        self._openings = Openings(scene)
        matches = [match for match in reading.of_kinds("resolution", _KINDS) if self._opens(match)]
        matches.sort(key=lambda m: (m.start, -m.end))
        for match in matches:
            line = lines.index(scene.words.start[match.start])
            if match.rule.kind == "block" or scene.starts_line(match) or line not in self._openings.by_line:
                self._openings.by_line.setdefault(line, match)
        self.walker = Walker(lines, self._openings.closes, self._openings.aside, self._openings.acts)
        for match in matches:
            self._read(match)
        self._bare_limbs()

    # What opens

    def _opens(self, match: Match) -> bool:
        scene, words = self.scene, self.scene.words
        start = words.start[match.start]
        kind = match.rule.kind
        if scene.section_kind(start) == "background" or scene.quoted(match):
            return False
        line, body = scene.line_body(match)
        after = words.end[match.end - 1]
        rest = scene.text[after : scene.lines[line].end]
        first, _ = scene.sentence(match.start)
        if kind == "block":
            if words.lower[match.start - 1 : match.start] and words.lower[match.start - 1] in _PAST:
                return False
            return not scene.reported(first, match.start)
        if kind == "line_block":
            welsh = words.lower[match.start] in {"penderfynwyd", "cytunwyd"}
            if not scene.starts_line(match) or not (welsh or _AFTER.match(rest)):
                return False
            if scene.lines[line].number is not None and not words.text[match.start].isupper():
                head = scene.list_head(line)
                if head >= 0 and scene.lines.ends_open(head):
                    return False
            if words.lower[match.start] in {"noted", "received", "nodwyd"} and rest.lstrip()[:4].lower() in _THAT:
                capitals = words.text[match.start].isupper() or scene.section_kind(start) == "decision"
                return capitals and not scene.lines[line].bullet
            if rest.lstrip().startswith(("that", "to", "the", "by", "on", "with")) and scene.lines[line].bullet:
                return False
            if match.rule.set.get("decision") == "recommend":
                that = _RECOMMENDED_THAT.match(rest) is not None
                keyword = words.text[match.start].isupper() and self._last(line)
                return self._closes_item(line) or (keyword and (that or self._tail(line)))
            if rest.lstrip(" .").startswith(("the ", "by ", "on ", "with ")) and not _MANNER.match(rest):
                return words.text[match.start].isupper() or words.lower[match.start] in {"noted", "deferred"}
            return True
        if kind == "inline_block":
            if words.lower[match.start - 1] in {"actions", "action", "points"} | _PAST:
                return False
            if words.text[match.start].istitle() and match.start != first:
                return False
            return not scene.starts_line(match) and not scene.told(first, match.start)
        if kind == "heading":
            if line > 0 and scene.text[: scene.lines[line - 1].end].endswith((" for", " of")):
                return False  # `Reason for`, broken before `decision`
            return scene.starts_line(match) and (
                not rest.strip(" :–-")
                or words.text[match.end - 1] == ":"
                or (words.text[match.end - 1] in "–—-" and rest.lstrip().startswith(("That ", "To ", "to ")))
            )
        if kind == "list_block":
            hangs = rest.strip() == "" and words.lower[match.end - 1] in {"that", "to"}
            inline = self._listed_here(after, scene.lines[line].end) is not None
            if match.rule.set.get("verb") == "below":  # the body alone in its line, and no colon behind it
                here = scene.lines[line]
                named = scene.text[here.start : here.end].rstrip()
                alone = BODY_ALONE.match(named.title() if named.isupper() else named)
                return alone is not None and did_in_list(scene, line, match, first)
            if not (hangs or inline or scene.lines.ends_open(line)) or scene.told(first, match.start):
                return False
            if match.rule.set.get("decision") == "note":
                return noted_in_list(scene, line, match, first)
            return match.rule.set.get("decision") in {"recommend", "agree"} or did_in_list(scene, line, match, first)
        colon = words.text[match.end - 1] == ":"
        if rest.strip(" :–-") and not (colon and (rest.lstrip().startswith(("That ", "To ")) or _FIRST.match(rest))):
            return False
        return start <= body and line > 0 and self._closes_item(line)

    def _listed_here(self, start: int, end: int) -> int | None:
        """Where a list begins in the rest of the line itself: `made the following recommendations: (a) that ...`."""
        colon = self.scene.text.find(":", start, min(end, start + 60))
        return colon + 1 if colon >= 0 and _FIRST.match(self.scene.text, colon + 1) else None

    def _last(self, line: int) -> bool:
        """True where no word that opens a block follows the line."""
        return not any(
            self.scene.words.start[m.start] > self.scene.lines[line].end
            for m in self.scene.reading.of("resolution", "block")
        )

    def _closes_item(self, line: int) -> bool:
        """True where recommendations at this line are the committee's own: something stands before them, no
        keyword of a decision and little narrative behind them."""
        scene = self.scene
        if line == 0 or not self._last(line) or scene.section_kind(scene.lines[line - 1].start) == "background":
            return False
        return self._tail(line)

    def _tail(self, line: int) -> bool:
        scene = self.scene
        plain = [
            k
            for k in range(line + 1, len(scene.lines))
            if scene.lines[k].number is None
            and not scene.lines[k].bullet
            and not scene.text.startswith("That", scene.lines[k].start)
        ]
        return len(plain) <= _LONG_TAIL

    # Reading

    def _read(self, match: Match) -> None:
        scene, words = self.scene, self.scene.words
        start, after = words.start[match.start], words.end[match.end - 1]
        if any(begin <= start < end for begin, end in self.covered):
            return
        kind, rule = match.rule.kind, match.rule
        line = scene.lines.index(start)
        stop = None
        heading = kind == "heading" and scene.section_kind(after + 1) == "decision"
        beside = min(match.end + 4, scene.word_at(scene.lines[line].end))
        if kind == "heading" and scene.introduced(match.end, beside):
            return
        if kind == "heading" and line + 1 < len(scene.lines):
            following = scene.word_at(scene.lines[line + 1].start)
            below = scene.lines[line + 1]
            clauses = scene.reading.of("resolution", "clause")
            told = below.number is None and any(following <= m.start < following + 12 for m in clauses)
            alone = below.number is None and BODY_ALONE.match(scene.text[below.start : below.end])
            near = {line + 1} if below.number is not None or alone else {line + 1, line + 2}
            if (
                any(map(self._openings.introduces, near))
                or told
                or scene.introduced(following, min(following + 2, len(words)))
            ):
                return
        if kind == "list_block":
            after = self._listed_here(after, scene.lines[line].end) or scene.lines[line].end
        elif kind == "inline_block":
            _, last = scene.sentence(match.start)
            stop = words.end[last - 1] if last > match.start else None
            if stop is not None and scene.text[stop : scene.lines[line].end].strip() == "":
                stop = None
        rest = scene.text[after : scene.lines[line].end]
        given = dict(rule.set)
        if rule.set.get("decision") == "recommend":
            addressed = _ADDRESSED.match(rest)
            if addressed is not None and given.get("verb") == "addressed":
                given["verb"] = "fixed"
            after += addressed.end() if addressed is not None else 0
        elif kind == "line_block" and _COMPLETE.fullmatch(rest):
            self._alone(match, line)
            return
        elif (
            kind == "line_block"
            and (rule.set.get("decision") == "defer" or (_GOES_ON.match(rest) and not _MANNER.match(rest)))
            and not rest.rstrip().endswith(":")
        ):
            self._alone(match, line, longest=400)
            return
        block = self.walker.walk(after, stop=stop, heading=heading)
        if not block.limbs:
            if kind == "line_block" and scene.starts_line(match):
                self._alone(match, line)
            return
        if kind == "line_block" and scene.lines[line].end - after <= 2 and not self._limb_like(block, match):
            self._alone(match, line)
            return
        if len(block.limbs) == 1 and block.limbs[0].number is None:
            self._to_decision(block.limbs[0])
        if heading:
            self._without_narrative(block)
            if not block.limbs:
                return
        self._keep(match, block, start, given)

    def _to_decision(self, limb: Limb) -> None:
        """End an unnumbered limb before the first sentence of its paragraph that decides nothing more."""
        scene, words = self.scene, self.scene.words
        word, stop = scene.word_at(limb.start), scene.word_at(limb.end)
        if word >= stop:
            return
        _, last = scene.sentence(word)
        while last < stop:
            first, end = last, min(scene.sentence(last)[1], stop)
            if end <= first:
                break
            if not scene.verbs.decides(words, first, end):
                limb.end = limb.sentence_end = words.end[first - 1]
                return
            last = end

    def _without_narrative(self, block: Block) -> None:
        """Under a heading every line is a limb, but for those without label, `That` and a verb of decision."""
        text = self.scene.text
        block.limbs[:] = [
            limb
            for limb in block.limbs
            if (limb.number is not None and "." not in limb.number)
            or text.startswith(("That ", "To ", "THAT "), text.rfind("\n", 0, limb.start) + 1)
            or self._known(limb)
        ]

    def _known(self, limb: Limb) -> bool:
        scene = self.scene
        first, last = scene.word_at(limb.start), scene.word_at(limb.end)
        if _TOLD & set(scene.words.lower[first : min(first + 12, last)]):
            return False  # `The Panel will receive a report`, `a request had been received`
        if last - first < _SHORT and scene.words.bits[last - 1] & scene.rules.flag("decided_passive"):
            return True  # `Decision: report noted`
        return scene.verbs.operative(scene.words, first, last, "other")[1]

    def _limb_like(self, block: Block, match: Match) -> bool:
        """True where what stands below a keyword alone on its line reads as a limb."""
        scene = self.scene
        limb = block.limbs[0]
        if limb.number is not None or len(block.limbs) > 1 or match.rule.set.get("decision") == "recommend":
            return True
        if scene.text.startswith(("That", "THAT", "that", "To ", "to ", "Bod"), limb.start):
            return True
        if scene.words.text[match.start].isupper() and is_phrase(scene, limb.start, limb.end):
            return True
        if match.rule.id.endswith(("resolved_title", "agreed")):
            return True
        first = scene.word_at(limb.start)
        return first < len(scene.words) and scene.verbs.of_word(scene.words.bits[first]) is not None

    def _moved_in(self, line: int) -> bool:
        """True where the line proposes a motion: `Agreed.` below it is that motion's fate."""
        scene = self.scene
        return any(
            scene.lines.index(scene.words.start[m.start]) == line
            and scene.words.lower[m.start] in {"moved", "proposed", "suggested"}
            for m in scene.reading.of("qualifier", "motion_text")
        )

    def _alone(self, match: Match, line: int, longest: int = 80) -> None:
        """A keyword that is the entire minute; quoted as it stands, with what follows it on the line."""
        scene = self.scene
        here = scene.lines[line]
        start, end = trim(scene.text, max(here.body, scene.words.start[match.start]), here.end)
        if start >= end or (end - start) > longest or (here.bullet and line > 0 and scene.lines[line - 1].bullet):
            return
        if scene.text[here.start : here.end].rstrip().endswith(":"):
            return
        decision = match.rule.set.get("decision", "other")
        fate = decision == "agree" and line > 0 and here.end - here.body < 40
        if fate and (self._moved_in(line - 1) or (self._openings.aside(line - 1) and not self._last(line))):
            return
        name = scene.verbs.of_word(scene.words.bits[match.start])
        self._add(match, Limb(start, end, here.start, here.end), name or decision, None, exact=True)
        self.covered.append((here.start, here.end + 1))

    def _keep(self, match: Match, block: Block, start: int, given: dict[str, str]) -> None:
        scene = self.scene
        number = len(self.blocks)
        apart = scene.section_kind(start) == "decision" or match.rule.kind == "heading"
        last = scene.lines[max(block.end_line - 1, block.first_line)].end
        stops = [limb.sentence_end for limb in block.limbs]
        self.blocks.append((start, max(stops), apart))
        self.covered.append((start, max(last, max(stops)) if block.end_line - block.first_line > 1 else max(stops)))
        fallback, fixed = given.get("decision", "other"), given.get("verb") == "fixed"
        for limb in block.limbs:
            if fallback == "recommend" and _TEMPLATE.search(scene.text, limb.start, limb.end):
                continue  # an agenda's standing template: a meeting resolves it, or does not
            if len(block.limbs) > 1 and BODY_ALONE.match(scene.text[limb.sentence_start : limb.sentence_end]):
                continue  # `The Committee`, over what it did
            if match.rule.kind == "heading" and _NOTHING.fullmatch(scene.text, limb.start, limb.end):
                continue
            decision, review = (fallback, None) if fixed else limb_decision(scene, limb, fallback)
            if review is not None and self.walker.opens(limb, block.limbs):
                continue
            if match.rule.kind in {"bare_limb", "bare_list"}:
                review = review or HEADING_LOST
            self._add(match, limb, decision, number, review=review, apart=apart)

    def _add(
        self,
        match: Match,
        limb: Limb,
        decision: str,
        block: int | None,
        *,
        review: str | None = None,
        exact: bool = False,
        apart: bool = False,
    ) -> None:
        text = self.scene.text
        start, end = (limb.start, limb.end) if exact else trim(text, limb.start, limb.end)
        if end <= start or not any(character.isalpha() for character in text[start:end]):
            return
        record = Resolution(
            quote=text[start:end],
            sentence=text[limb.sentence_start : limb.sentence_end].strip(),
            start_char=start,
            end_char=end,
            rule=match.rule.id,
            review=review,
            decision=decision,
            number=limb.number,
        )
        here = self.scene.lines[self.scene.lines.index(self.scene.words.start[match.start])]
        self.found.append(Found(record, block, apart, paragraph=here.number if here.body < start else None))

    # Limbs whose heading is lost

    def _bare_limbs(self) -> None:
        for match, line in (*bare_limbs(self.scene), *bare_lists(self.scene)):
            start = self.scene.lines[line].body
            if any(begin <= start < end for begin, end in self.covered):
                continue
            block = self.walker.walk_lines(line)
            if block.limbs:
                self._keep(match, block, start, match.rule.set)
