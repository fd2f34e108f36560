"""Who moved and who seconded: names beside the matches of the rules `mover_*` and `seconder_*`."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words

_PARTICLES = frozenset("de van von der la le bin al ap ’s".split())
_NOT_NAMES = frozenset(
    "it the this that these those and which who he she they a an on in at by following moved seconded proposed motion"
    " amendment resolved agreed unanimously recommendation recommendations proposal vote upon for as was be members"
    " then being having".split()
)
_POSSESSIVE = frozenset(["'s", "’s", "s'", "s’"])
_PAIR = re.compile(
    r"(?i:(?:(?:moved|proposed) and )?seconded by (?:Councillors|Cllrs|Members|Messrs)) "
    r"(?P<mover>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){0,3}) and (?!RESOLVED|AGREED)"
    r"(?P<seconder>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class Named:
    """A mover or seconder: the match's character and the name."""

    at: int
    name: str


class Movers:
    """Reads the names of movers and seconders off a text."""

    def __init__(self, rules: RuleSet) -> None:
        self._capital = rules.flag("capitalised")
        self._title = rules.flag("person_title")
        self._post = rules.flag("named_post")

    def movers(self, reading: Reading) -> list[Named]:
        """All movers in the order of the text."""
        return self._named(reading, "mover")

    def seconders(self, reading: Reading) -> list[Named]:
        """All seconders in the order of the text."""
        return self._named(reading, "seconder")

    def _named(self, reading: Reading, role: str) -> list[Named]:
        words = reading.words
        found: list[Named] = []
        for match in reading.of("qualifier", f"{role}_after"):
            name = self.behind(words, match.end)
            if words.lower[max(match.start - 2, 0) : match.start] == ["had", "been"]:
                continue  # `a motion which had been moved by`, at an earlier meeting
            if name:
                found.append(Named(words.start[match.start], name))
        for match in reading.of("qualifier", f"{role}_before"):
            name = self.before(words, match.start)
            if name:
                found.append(Named(words.start[match.start], name))
        found.sort(key=lambda named: named.at)
        return [self._of_pair(words, named, role) for named in found]

    def _of_pair(self, words: Words, named: Named, role: str) -> Named:
        """Of `moved and seconded by Councillors Ash and Elm`, the first as the mover and the second as the seconder."""
        both = _PAIR.match(words.body, named.at)
        if both is None:
            return named
        return Named(named.at, both["mover"] if role == "mover" else both["seconder"])

    def behind(self, words: Words, k: int) -> str | None:
        """The name that begins at word `k`: a titled or capitalised name, or a post (`the Chair`)."""
        begin = k
        if k < len(words) and words.lower[k] == "the":
            k += 1
        end = k
        post = False
        while end < len(words) and end - k < _LONGEST and self._in_name(words, end, end == k, post):
            post = post or (bool(words.bits[end] & self._post) and not words.bits[end] & self._title)
            end += 1
        while end > k and (words.lower[end - 1] in {"of", "for", ".", "-"} and not self._initial(words, end - 1)):
            end -= 1
        if end == k:
            return None
        post = post or (end > k and bool(words.bits[end - 1] & self._post))  # `the Lord Mayor`
        if begin < k and not post:
            return None
        if end == k + 1 and words.text[k].isupper() and len(words.text[k]) > 2:
            return None  # `proposed by NHSE`: a body, not one of the members
        return words.slice(begin, end)

    def before(self, words: Words, k: int) -> str | None:
        """The name that ends before word `k`; behind a comma, the name the apposition belongs to."""
        end = k
        while end > 0 and words.lower[end - 1] in {"then", "duly", "formally", "also", "therefore", "had", "has"}:
            end -= 1
        if end > 0 and (words.text[end - 1] in _POSSESSIVE or words.text[end - 1].endswith(("'", "’"))):
            return None  # `the Trust’s proposed approach`
        if end > 0 and words.text[end - 1] == ",":
            aside = next((j for j in range(end - 2, max(end - 12, 0), -1) if words.lower[j] == "seconded"), None)
            if aside is not None and words.text[aside - 1] == ",":  # `Mr Ash, seconded by Mr Elm, moved`
                return self.before(words, aside - 1)
            opening = words.sentences[bisect_right(words.sentences, (end - 1, len(words))) - 1][0]
            for j in range(end - 2, max(end - 24, opening - 1), -1):
                if words.bits[j] & self._title and (j == 0 or words.lower[j - 1] in {"and", ",", ".", "\n", ":", ")"}):
                    return self.behind(words, j)
                if words.bits[j] & self._post and words.text[j + 1] == "," and self._apart(words, j - 1):
                    return words.slice(j - 1, j + 1)
            return None
        begin = end
        while begin > 0 and end - begin < _LONGEST and self._in_name(words, begin - 1, False, False):
            begin -= 1
        while begin < end and (words.text[begin] in ".-'’" or words.lower[begin] in _PARTICLES):
            begin += 1
        post = any(words.bits[j] & self._post for j in range(begin, end))
        if begin == end and begin > 0 and words.bits[begin - 1] & self._post:
            begin, post = begin - 1, True
        if post and begin > 0 and words.lower[begin - 1] == "the":
            return words.slice(begin - 1, end)
        return words.slice(begin, end) if begin < end else None

    def _apart(self, words: Words, k: int) -> bool:
        """True where a clause begins with the article at word `k`: `As an amendment, the Convener, ...`."""
        return words.text[k] == "The" or (words.text[k] == "the" and k > 0 and words.text[k - 1] in {",", ":"})

    def _in_name(self, words: Words, k: int, first: bool, post: bool) -> bool:
        word, lower = words.text[k], words.lower[k]
        if lower in _NOT_NAMES and lower != "the" and (first or len(word) > 1 or not word.isupper()):
            return False
        if lower in {"of", "for"}:
            return post and k + 1 < len(words) and bool(words.bits[k + 1] & self._capital)
        if word == "-":
            return not first
        if word == "." or lower in _PARTICLES or word in "'’":
            return not first and (word != "." or self._initial(words, k))
        if lower == "the":  # `the Right Honourable the Lord Mayor`
            following = words.bits[k + 1] if k + 1 < len(words) else 0
            return not first and bool(following & self._post) and bool(following & self._capital)
        if words.bits[k] & self._capital:
            return word.isalpha() or len(word) > 1
        return first and bool(words.bits[k] & self._post)

    def _initial(self, words: Words, k: int) -> bool:
        if words.text[k] != "." or k == 0:
            return False
        before = words.text[k - 1]
        return (len(before) == 1 and before.isupper()) or words.lower[k - 1] in {
            "cllr",
            "cllrs",
            "mr",
            "mrs",
            "ms",
            "dr",
            "prof",
            "ald",
        }
