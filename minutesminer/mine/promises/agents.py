"""By whom something would be done: the agent of a passive."""

from __future__ import annotations

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import Lexis, phrase_end
from minutesminer.mine.promises.subjects import kind_of

_NEAR = 3  # words after a passive within which anybody may be its agent; further off only persons and bodies
_TITLE_WORDS = 8  # within the brackets of a post: `the Assistant Director (Highways)`


def agent_of(words: Words, lexis: Lexis, month: int, start: int, passive: int, end: int) -> tuple[int, int] | None:
    """The word range of `by the Director` among words `start` to `end`, in or after a passive that ends at `passive`.

    Further off than a few words only a person or a body counts (`circulated to Members by the clerk`).
    """
    lower = words.lower
    for k in range(start, end - 1):
        if lower[k] != "by" or words.bits[k + 1] & month:
            continue
        stop = phrase_end(words, lexis, k + 1, len(words))
        if stop == k + 1:
            continue
        if words.text[stop : stop + 1] == ["("]:
            closing = next((j for j in range(stop, min(end, stop + _TITLE_WORDS)) if words.text[j] == ")"), None)
            stop = closing + 1 if closing is not None else stop
        if k < passive + _NEAR:
            return k, stop
        other = lower[k - 1].endswith("ed") or kind_of(words, lexis, k + 1, stop) not in {"person", "body"}
        if not other:
            return k, stop
    return None
