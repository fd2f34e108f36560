"""Which lines of a scene open a block of decisions, close one, or stand aside from it."""

from __future__ import annotations

from minutesminer.mine.decisions.scene import Scene
from minutesminer.mine.engine.matching import Match


class Openings:
    """What a walk over the lines of one scene asks of them; `by_line` has the match that opens a block, by its line."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.by_line: dict[int, Match] = {}
        self._ends = self._line_starts("block_end")
        self._asides = self._line_starts("block_aside")

    def _line_starts(self, kind: str) -> set[int]:
        scene = self.scene
        starts = set()
        for match in scene.reading.of("section", kind):
            line, body = scene.line_body(match)
            if scene.words.start[match.start] <= body:
                starts.add(line)
        return starts

    def closes(self, k: int) -> bool:
        """True where line `k` ends any block before it."""
        scene = self.scene
        if k in self._ends:  # but not `(b) Councillor Ash be thanked`
            here = scene.lines[k]
            return here.number is None or scene.text.find(" be ", here.body, here.end) < 0
        if k in self.by_line:
            return self.introduces(k)
        before = scene.section(scene.lines[k - 1].start)  # a section's label stands before it, in none
        return before >= 0 and scene.section(scene.lines[k].start) != before

    def aside(self, k: int) -> bool:
        """True where line `k` stands between limbs without belonging to them."""
        return k in self._asides

    def introduces(self, k: int) -> bool:
        """True where a block opens in the line; `2. Noted the report` is a limb of the list it stands in."""
        opening = self.by_line.get(k)
        if opening is None:
            return False
        labelled = self.scene.lines[k].number is not None and opening.rule.kind == "line_block"
        return not labelled or self.scene.words.text[opening.start].isupper()

    def acts(self, char: int) -> bool:
        """True where a verb begins at the character that a limb may begin with, `to` before it or not."""
        words = self.scene.words
        word = self.scene.word_at(char)
        if word + 1 < len(words) and words.lower[word] == "to":
            word += 1
        return word < len(words) and self.scene.verbs.may_open(words.bits[word])
