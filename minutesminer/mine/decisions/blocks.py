"""Blocks of limbs: the walk from an introducing word over the limbs below it.

All ranges are half-open character ranges into the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from minutesminer.mine.decisions.edges import skip_lead
from minutesminer.mine.decisions.labels import Sequence, inline_labels, running_labels, stem_labels
from minutesminer.mine.decisions.lines import Line, Lines

_CONDITIONED = re.compile(  # a whole clause over the list of its conditions
    r"\b(?:be|are|were)\b.*\b(?:subject to|with) [^:;.]{0,40}"
    r"\b(?:following|amendments?|corrections?|changes)\b[^:;.]{0,40}[:–—-]+$"
    r"|\bbe\b.*\bsubject to\s?[:–—-]+$"
    r"|\b(?:be|are|were)\b.*\b(?:refus|reject|defer|approv|grant|withdraw)\w+\b[^:;.]*"
    r"\bfor the following reasons?[:–—-]+$",
    re.I,
)
_THAT = re.compile(r"(?:that|bod)\b", re.I)
_JOINED = re.compile(r"\s*(?:and|or|that)\s*[;:,.–-]*\s*", re.I)
_BODIES = frozenset("Members Councillors Cabinet Council".split())
_HANGING = re.compile(
    r"\b(?:of|the|for|with|in|on|by|a|an|and|its|their|Vice|Deputy|Councillors?|Cllrs?|Mr|Mrs|Ms|Dr|Lord|Assistant|Chief)$"
)
_STEM = re.compile(r":-?$|\b(?:that|to)$")
BODY_ALONE = re.compile(  # a line that names who decided, over a list of what they did
    r"(?:The |That the )?(?:[A-Z][\w-]+ ){0,5}(?:Sub-)?(?:Committee|Panel|Cabinet|Board|Council|Commission|Members)$"
)
_CLOSES_QUOTE = re.compile(r"[”\"][\s.;]*$")
_BROKEN = re.compile(r"(?:[a-z,]|\b(?:and|or|of|the|to|for|with))$")


@dataclass(slots=True)
class Limb:
    """One limb: its text, the sentence it stands in, its label, and the stem (a range) it hangs on."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    number: str | None = None
    stem: tuple[int, int] | None = None
    depth: int = 0


@dataclass(slots=True)
class Block:
    """The limbs behind one introducing word, and the lines they cover (half-open)."""

    limbs: list[Limb] = field(default_factory=list)
    first_line: int = 0
    end_line: int = 0


class Walker:
    """Walks from an introducing word over its limbs. `closes(k)` says that line k ends any block, `aside(k)`
    that it stands between limbs without belonging to them, `acts(char)` that a verb of decision begins there."""

    def __init__(
        self,
        lines: Lines,
        closes: Callable[[int], bool],
        aside: Callable[[int], bool],
        acts: Callable[[int], bool],
    ) -> None:
        self.lines = lines
        self.closes = closes
        self.aside = aside
        self.acts = acts

    def walk(self, begin: int, *, stop: int | None = None, heading: bool = False, alike: bool = False) -> Block:
        """The block whose text begins at character `begin`; `stop` ends its first line's text early.

        A `heading` has no text of its own: every line below it that is not closed off is a limb. `alike` limbs
        are labelled all or none.
        """
        lines, text = self.lines, self.lines.text
        k = lines.index(begin if begin < len(text) else max(len(text) - 1, 0))
        first = lines[k]
        end = first.end if stop is None else stop
        block = Block(first_line=k, end_line=k + 1)
        sequence = Sequence()
        at = skip_lead(text, min(begin, end), end)
        stem: tuple[int, int] | None = None
        rest = text[at:end].rstrip()
        complete = False
        if rest:
            labels = inline_labels(text, at, end) or self._opening_label(at, end, k)
            if labels:
                if labels[0].start() > at:
                    stem = (at, labels[0].start())
                self._inline(block, sequence, labels, first.start, end, stem)
            elif end == first.end and self._lists_names(k, rest):
                k = self._over_names(block, Limb(at, end, first.start, end), k)
                complete = True
            elif end == first.end and _CONDITIONED.search(rest):
                block.limbs.append(Limb(at, end, first.start, end))
                while k + 1 < len(lines) and (lines[k + 1].bullet or lines[k + 1].number is not None):
                    k += 1  # what the list says is the condition, and no limb
                block.end_line = k + 1
                return block
            elif end == first.end and self._is_stem(k, rest):
                stem = (at, end)
            else:
                block.limbs.append(Limb(at, end, first.start, end))
                complete = not rest.endswith((";", "and", ","))
        if stop is not None and stop < first.end:
            return block
        paragraph = first.number
        listed = stem is not None or not rest
        self._below(
            block,
            sequence,
            k,
            stem,
            complete=complete,
            heading=heading,
            paragraph=paragraph,
            alike=alike,
            listed=listed,
        )
        return block

    def _opening_label(self, start: int, end: int, k: int) -> list[re.Match[str]]:
        """Of `RESOLVED to (1) note the report; and`, the label, where the line below goes on with the next one."""
        number = self.lines[k + 1].number if k + 1 < len(self.lines) else None
        first = {"2": "1", "b": "a", "ii": "i", "B": "A"}.get(number or "")
        return [label for label in stem_labels(self.lines.text, start, end) if (label[1] or label[2]) == first][:1]

    def _parallel(self, limbs: list[Limb], line: Line) -> bool:
        """True where a paragraph begins as the unlabelled limb did that opened the block: `Members note`, `This
        Council agrees`."""
        if not limbs or limbs[0].number is not None or line.number is not None or line.bullet:
            return False
        if limbs[0].start != limbs[0].sentence_start:
            return False
        first, here = (self.lines.text[at : at + 60].split() for at in (limbs[0].start, line.start))
        short = first[:1] != here[:1] or len(first) < 2 or not first[0][:1].isupper()
        return not short and (first[1] == here[1] or first[0] in _BODIES) and not first[0].startswith("That")

    def _act_alike(self, limb: Limb, line: Line) -> bool:
        """True where a paragraph under a stem begins with a verb as the limb above it did: `Approve`, `Delegate`."""
        capital = self.lines.text[line.start : line.start + 1].isupper() or self.lines.text[limb.start].islower()
        return capital and self.acts(limb.start) and self.acts(line.start)

    def walk_lines(self, k: int) -> Block:
        """The block whose first limb is line `k` itself: labelled all or none."""
        block = Block(first_line=k, end_line=k + 1)
        self._below(block, Sequence(), k - 1, None, complete=False, heading=False, paragraph=None, alike=True)
        return block

    def opens(self, limb: Limb, limbs: list[Limb]) -> bool:
        """True where the limb is the stem of a later one."""
        return any(other.stem == (limb.start, limb.end) for other in limbs)

    def _lists_names(self, k: int, rest: str) -> bool:
        """True where a whole clause ends with a colon over short lines without labels: names, dates or places."""
        return rest.endswith(":") and " be " in rest and k + 1 < len(self.lines) and self._is_entry(k + 1)

    def _opens_entries(self, k: int) -> bool:
        """True where a labelled limb ends with a colon over names, dates or places without labels."""
        text, lines = self.lines.text, self.lines
        if not text[lines[k].start : lines[k].end].rstrip().endswith(":") or k + 1 >= len(lines):
            return False
        return self._is_entry(k + 1) and not text[lines[k + 1].start].islower()

    def _is_entry(self, k: int) -> bool:
        line = self.lines[k]
        if line.number is not None or line.bullet or self.closes(k) or line.end - line.start > 60:
            return False
        return not _THAT.match(self.lines.text, line.start) and not self.lines.text[line.start : line.end].endswith(
            (".", ";", ":")
        )

    def _over_names(self, block: Block, limb: Limb, k: int) -> int:
        while k + 1 < len(self.lines) and self._is_entry(k + 1):
            k += 1
            limb.end = limb.sentence_end = self.lines[k].end
        block.limbs.append(limb)
        block.end_line = k + 1
        return k

    def _is_stem(self, k: int, rest: str) -> bool:
        if k + 1 >= len(self.lines) or self.closes(k + 1):
            return rest.endswith((":", ":-"))
        following = self.lines[k + 1]
        if rest.endswith((":", ":-", "–", "—", " -")):
            return True
        text = self.lines.text
        if rest.endswith((".", ";", ",")) or rest[-1:] in '”’"':
            return False
        if len(rest) < 60 and self.lines.text.startswith(("That ", "THAT "), following.body):
            return True
        if following.bullet:
            below = text[following.body : following.end]
            return self.acts(following.body) or _THAT.match(below) is not None or not below[:1].isdigit()
        return following.number is not None and following.number.lower() in {"1", "a", "i"}

    def _inline(
        self,
        block: Block,
        sequence: Sequence,
        labels: list[re.Match[str]],
        start: int,
        end: int,
        stem: tuple[int, int] | None,
    ) -> None:
        for place, label in enumerate(labels):
            stop = labels[place + 1].start() if place + 1 < len(labels) else end
            number = next(group for group in label.groups() if group)
            depth = sequence.take(number) or 0
            begin = start if place == 0 else label.start()
            block.limbs.append(Limb(label.end(), stop, begin, stop, number, stem, depth))

    def _below(
        self,
        block: Block,
        sequence: Sequence,
        k: int,
        stem: tuple[int, int] | None,
        *,
        complete: bool,
        heading: bool,
        paragraph: str | None,
        alike: bool,
        listed: bool = False,
    ) -> None:
        lines, text, limbs = self.lines, self.lines.text, block.limbs
        j = k + 1
        while j < len(lines) and ((alike and j == block.first_line) or not self.closes(j)):
            line = lines[j]
            if self.aside(j) or _JOINED.fullmatch(text, line.start, line.end):
                j += 1
                continue
            last = text[limbs[-1].start : limbs[-1].end].rstrip() if limbs else ""
            quoted = self._quoted(j) if last.endswith((":", ":-")) else None
            if quoted is not None:
                j = block.end_line = quoted
                continue
            opened = not limbs or last.endswith((":", ":-"))
            limb = Limb(line.body, line.end, line.start, line.end, line.number, stem)
            runs_on = text[line.start : line.start + 1].islower() and not last.endswith((".", ";", ":"))
            runs_on = runs_on or _THAT.match(text, line.body) is not None
            if alike and not opened and not runs_on and (limbs[-1].number is None) != (line.number is None):
                break
            if line.number is not None:
                if complete and not opened and not _THAT.match(text, line.body):
                    break
                narrated = last.endswith(".") and not _THAT.match(text, line.body) and len(sequence.levels) < 2
                if limbs and narrated and _next_paragraph(paragraph, line.number):
                    break
                if (
                    len(limbs) == 1
                    and limbs[0].number is None
                    and line.number == "B"
                    and text.startswith("A ", limbs[0].start)
                ):
                    sequence.take("A")
                    limbs[0].number, limbs[0].start = "A", limbs[0].start + 2
                fresh = line.number.lower() in {"1", "a", "i"} or "." in line.number or _THAT.match(text, line.body)
                if limbs and not sequence.levels and not fresh and last.endswith("."):
                    break  # the number of the next item
                depth = sequence.take(line.number)
                if depth is None:
                    break
                limb.depth = depth
                self._hang(limbs, limb, text)
                if self._opens_entries(j):
                    j = self._over_names(block, limb, j) + 1
                    continue
                labels = inline_labels(text, line.body, line.end)
                if len(labels) > 1 and labels[0].start() > line.body:
                    head = (line.body, labels[0].start())
                    limbs.append(Limb(*head, line.start, line.end, line.number, stem, depth))
                    self._inline(block, Sequence(), labels, line.start, line.end, head)
                    j += 1
                    block.end_line = j
                    continue
                limbs.append(limb)
                running = running_labels(text, line.number, line.body, line.end)
                if running:
                    limb.end = limb.sentence_end = running[0].start()
                    self._inline(block, sequence, running, running[0].start(), line.end, stem)
            elif line.bullet:
                labelled = bool(limbs) and limbs[-1].number is not None
                if not opened and (complete or (labelled and last.endswith("."))):
                    break
                limb.depth = 9
                self._hang(limbs, limb, text)
                if self._opens_entries(j):
                    j = self._over_names(block, limb, j) + 1
                    continue
                limbs.append(limb)
            elif self._broken(limbs, line, last):
                limbs[-1].end = limbs[-1].sentence_end = line.end
            elif self._parallel(limbs, line):
                limb.depth = -1
                limbs[0].depth = -1
                sequence = Sequence()
                limbs.append(limb)
            elif (
                opened
                or heading
                or _THAT.match(text, line.start)
                or _continues(last, listed=True)
                or (listed and limbs[-1].number is None and self._act_alike(limbs[-1], line))
            ):
                if complete and not opened and not text.startswith(("That", "THAT", "Bod"), line.start):
                    break
                if self._lists_names(j, text[line.start : line.end].rstrip()):
                    j = self._over_names(block, limb, j) + 1
                    complete = True
                    continue
                stems = last == "" or limbs[0].depth == -1  # `That the following be noted:`, and later `approved:`
                limb.depth = -1 if stems and self._heads(line) else 0
                limbs.append(limb)
                if line.number is None and not line.bullet and _CONDITIONED.search(text[line.start : line.end]):
                    break  # what stands below is the condition
            elif limbs and self._runs_on(line, last):
                limbs[-1].end = limbs[-1].sentence_end = line.end
            else:
                break
            j += 1
            block.end_line = j

    def _heads(self, line: Line) -> bool:
        here = self.lines.text[line.start : line.end].rstrip()
        return _STEM.search(here) is not None or BODY_ALONE.match(here) is not None

    def _quoted(self, j: int) -> int | None:
        """Behind which line a list in quotation marks ends that begins in line `j`; None where none begins or ends."""
        text, lines = self.lines.text, self.lines
        if not text.startswith(("“", '"'), lines[j].start):
            return None
        last = min(len(lines), j + 12)
        return next((k + 1 for k in range(j, last) if _CLOSES_QUOTE.search(text[lines[k].start : lines[k].end])), None)

    def _runs_on(self, line: Line, last: str) -> bool:
        """True where a limb that ends with the text `last` was broken before the line."""
        if last.endswith((".", ":")) or not _BROKEN.search(last):
            return False
        lower = self.lines.text[line.start : line.start + 1].islower()
        return lower or last.endswith(",") or _HANGING.search(last) is not None

    def _broken(self, limbs: list[Limb], line: Line, last: str) -> bool:
        """True where a labelled limb was broken before a line that cannot be one: it has no label and no `That`."""
        if not limbs or limbs[-1].number is None or _THAT.match(self.lines.text, line.start):
            return False
        return self._runs_on(line, last)

    def _hang(self, limbs: list[Limb], limb: Limb, text: str) -> None:
        """Give a sub-limb the stem it hangs on: the nearest limb above it that is less deep."""
        for above in reversed(limbs):
            if above.depth < limb.depth:
                if text[above.start : above.end].rstrip().endswith((":", ":-", "–", "to", "that")):
                    limb.stem = (above.start, above.end)
                return


def _continues(last: str, *, listed: bool = False) -> bool:
    return last.endswith((";", "; and", ";and", "; or")) or (listed and last.endswith((", and",)))


def _next_paragraph(paragraph: str | None, number: str) -> bool:
    return paragraph is not None and paragraph.isdigit() and number.isdigit() and int(number) == int(paragraph) + 1
