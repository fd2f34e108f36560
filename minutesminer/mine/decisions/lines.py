"""The lines of a text with their labels and bullets. All ranges are half-open character ranges into the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.decisions.labels import label_at


@dataclass(slots=True)
class Line:
    """One block of the clean text: `body` is where its text behind bullet and label begins."""

    start: int
    end: int
    body: int
    number: str | None
    bullet: bool


class Lines:
    """The lines of a text, read when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._known: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.starts)

    def index(self, char: int) -> int:
        """The number of the line that holds the character."""
        return bisect_right(self.starts, char) - 1

    def __getitem__(self, k: int) -> Line:
        line = self._known.get(k)
        if line is None:
            start = self.starts[k]
            end = self.starts[k + 1] - 1 if k + 1 < len(self.starts) else len(self.text)
            body, number, bullet = label_at(self.text, start, end)
            line = self._known[k] = Line(start, end, body, number, bullet)
        return line

    def ends_open(self, k: int) -> bool:
        """True when the line opens a list: it ends with a colon or a dash."""
        text = self.text[self[k].start : self[k].end].rstrip()
        return text.endswith((":", ":-", "–", "—", " -", ": -"))
