"""Whether the text says of a figure that it has risen or fallen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure

Direction = Literal["up", "down"]

_WAYS: dict[str, Direction] = {
    **dict.fromkeys(("more", "higher", "up", "above"), "up"),
    **dict.fromkeys(("fewer", "lower", "less", "down", "below"), "down"),
}
_CAME = frozenset({"came", "come", "gone", "went", "was", "is", "were", "been", "brought", "going", ","})
_UPWARD = frozenset({"more", "higher", "better", "longer"})
_DOWNWARD = frozenset({"fewer", "less", "lower", "worse", "shorter", "quicker", "faster"})
_POINTS = frozenset({"%", "per", "cent", "percent", "percentage", "points", "point"})


class DirectionReader:
    """Reads directions from verbs and nouns of movement and from words of comparison."""

    def __init__(self, rules: RuleSet) -> None:
        self._rise_noun = rules.flag("rise_noun")
        self._fall_noun = rules.flag("fall_noun")
        self._up = rules.flag("rise_verb") | rules.flag("rise_noun")
        self._down = rules.flag("fall_verb") | rules.flag("fall_noun")

    def read(self, words: Words, figures: Sequence[Figure], k: int, role: str) -> Direction | None:
        figure = figures[k]
        if role in {"target", "benchmark", "previous"}:
            return None
        lower = words.lower
        if role == "change" and lower[figure.number + 1 : figure.number + 2] in (
            ["more"],
            ["fewer"],
            ["less"],
        ):
            return "up" if lower[figure.number + 1] == "more" else "down"
        found = self._moved(words, figures, k, role)
        if found is not None:
            return found
        # `49% ..., down from 52%`, `81% ..., up six points`: said of the figure by what follows it.
        for between, other in enumerate(figures[k + 1 : k + 3]):
            if other.sentence != figure.sentence or (figure.kind == "timescale") != (other.kind == "timescale"):
                continue
            lead = lower[max(other.start - 2, figure.end) : other.start]
            if any(f.kind == figure.kind for f in figures[k + 1 : k + 1 + between]):
                break
            moved = self._beyond(words, other)
            if moved is not None and lead and lead[-1] in {",", "was", "which", "("}:
                return moved
            if lead and (
                lead[-1] in {"from", "on", "up", "down"} or other.kind != figure.kind or "points" in (other.unit or "")
            ):
                word = next((w for w in reversed(lead) if w in {"up", "down"}), None)
                if word is not None:
                    return "up" if word == "up" else "down"
            if lead and lead[-1] == "of" and len(lead) > 1:
                bits = words.bits[other.start - 2]
                if bits & self._rise_noun:
                    return "up"
                if bits & self._fall_noun:
                    return "down"
        return None

    def _beyond(self, words: Words, figure: Figure) -> Direction | None:
        """`five fewer than`, `5.2% lower than`, `9 up on`: which way a change goes that is told of another figure."""
        ahead = words.lower[figure.number + 1 : figure.end + 3]
        for j, word in enumerate(ahead[:-1]):
            if ahead[j + 1] in {"than", "on"} and word in _WAYS and _POINTS.issuperset(ahead[:j]):
                return _WAYS[word]
        return None

    def _moved(self, words: Words, figures: Sequence[Figure], k: int, role: str) -> Direction | None:
        """Up or down by the verb or noun of movement that governs the figure."""
        figure = figures[k]
        low, high = words.sentences[figure.sentence]
        lower = words.lower
        before = lower[figure.start - 1] if figure.start else ""
        if role == "change" and figure.end < high:  # `alongside a two-percent increase`, `3% down on 2019`
            bits = words.bits[figure.end]
            if lower[figure.end] in {"up", "down"}:
                return "up" if lower[figure.end] == "up" else "down"
            if bits & (self._rise_noun | self._fall_noun):
                return "up" if bits & self._rise_noun else "down"
        if before in {"to", "by", "of", "at", "from", "up", "down"} or role == "change":
            for back in range(figure.start - 1, max(low, figure.start - 16) - 1, -1):
                word = lower[back]
                if word in {"up", "down"}:
                    if lower[back - 1] in {"made", "make", "makes", "making", "set", "take", "taken", "took"}:
                        continue  # `made up 58 per cent`
                    if (
                        back + 1 == figure.start
                        or lower[back + 1] in {"by", "from", "on"}
                        or (back > low and lower[back - 1] in _CAME)
                    ):
                        return "up" if word == "up" else "down"
                    continue
                if words.bits[back] & self._up:
                    return "up"
                if words.bits[back] & self._down:
                    return "down"
                if word == "," and before == "at" and back == figure.start - 2:
                    continue  # `offences were up, at 3,406`
                if (
                    word in {";", ".", "but", "while", "whilst", "although", "who"}
                    or (word == "," and before not in {"to", "by"})
                    or (back in {f.number for f in figures[:k]} and lower[back - 1] != "from" and before == "of")
                ):
                    break
        if role == "change":
            for ahead in range(figure.end, min(figure.end + 4, high)):
                bits = words.bits[ahead]
                if bits & self._up or lower[ahead] in _UPWARD:
                    return "up"
                if bits & self._down or lower[ahead] in _DOWNWARD:
                    return "down"
        return None
