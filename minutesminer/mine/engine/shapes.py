"""The tests of a word's shape (regular expressions), tried only on words that can pass them.

Some hundred tests hold for a word by its form (`18th`, `2015/16`, `completed`), and every new word meets them all.
Nearly all of them say how a word begins, so that a test is filed under the characters a passing word can begin with.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ASCII = [chr(code) for code in range(128)]
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_REPEAT = re.compile(r"(?:([?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\})[?+]?")

Test = tuple[Callable[[str], object], int, bool]


class Shapes:
    """Tests by how a word begins. Each has a bit; `bits(text, lower)` joins those of the tests that a word passes."""

    def __init__(self) -> None:
        self._all: list[Test] = []
        self._by_opening: dict[str, list[Test]] = {opening: [] for opening in _ASCII}

    def add(self, pattern: re.Pattern[str], bit: int, *, on_lower: bool) -> None:
        """File a regular expression, to be searched in a word's text or in its lower case."""
        branches = _branches(pattern.pattern)
        openings = None
        holds: Callable[[str], object] = pattern.search
        if not pattern.flags & (re.MULTILINE | re.IGNORECASE | re.VERBOSE) and all(b[:1] == "^" for b in branches):
            holds = pattern.match  # the same as to search where every branch is tied to the start, and faster
            openings = _openings([branch[1:] for branch in branches], folded=False)
        self._file((holds, bit, on_lower), openings)

    def add_test(self, holds: Callable[[str], object], bit: int) -> None:
        """File a test of a word's text that any word may pass."""
        self._file((holds, bit, False), None)

    def bits(self, text: str, lower: str) -> int:
        """The bits of all tests that a word passes; `lower` is its lower case."""
        found = 0
        # What begins with a character beyond ASCII is tried on everything: letters with accents are rare.
        for holds, bit, on_lower in self._by_opening.get(text[:1], self._all):
            if holds(lower if on_lower else text):
                found |= bit
        return found

    def _file(self, test: Test, openings: set[str] | None) -> None:
        self._all.append(test)
        for character, tests in self._by_opening.items():
            if openings is None or (character.lower() if test[2] else character) in openings:
                tests.append(test)


def _openings(branches: list[str], *, folded: bool) -> set[str] | None:
    """The ASCII characters that what fits one of `branches` can begin with; None where that is not plain to see."""
    found: set[str] = set()
    for branch in branches:
        opening = _opening(branch, folded=folded)
        if opening is None:
            return None
        found |= opening
    return found


def _opening(branch: str, *, folded: bool) -> set[str] | None:
    found: set[str] = set()
    rest = branch
    while rest:
        if rest[0] == "(":
            atom = _group(rest)
            kind = re.match(r"\(\?(i?):", atom)
            if kind is None:
                return None  # a look-ahead
            inner = _openings(_branches(atom[kind.end() : -1]), folded=folded or bool(kind[1]))
        else:
            piece = _PIECE.match(rest)
            if piece is None or piece[0] in {".", "^", "$"} or piece[0][:2] in {r"\b", r"\B", r"\A", r"\Z"}:
                return None
            atom = piece[0]
            inner = {c for c in _ASCII if re.match(atom, c, re.IGNORECASE if folded else 0)}
        if inner is None:
            return None
        found |= inner
        rest = rest[len(atom) :]
        repeat = _REPEAT.match(rest)
        if repeat is None or repeat[1] is None:
            return found  # this must stand; after what may be missing, the next can begin the word too
        rest = rest[repeat.end() :]
    return None


def _branches(pattern: str) -> list[str]:
    """The alternatives of a regular expression that stand in no group."""
    branches, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            branches.append("")
        else:
            branches[-1] += piece
    return branches


def _group(pattern: str) -> str:
    """The group that `pattern` begins with, from `(` to its `)`."""
    group, depth = "", 0
    for piece in _PIECE.findall(pattern):
        group += piece
        depth += (piece == "(") - (piece == ")")
        if depth == 0:
            break
    return group
