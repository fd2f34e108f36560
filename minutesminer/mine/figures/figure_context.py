"""What a count takes from its neighbours: its noun, its kind, the whole it is a part of."""

from __future__ import annotations

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.nouns import NounPhrases

DETERMINED = frozenset(
    ("the these those all both other first last next previous following its their our other").split()
)
_INSTEAD = (["rather", "than"], ["instead", "of"], ["not", "the"])
_SCALED = frozenset({"averaged", "to", "from", "at", "with", "of"})
_STANDARDS = frozenset("quartile target average benchmark median neighbours landlords standard best previously".split())
_CORRECTING = frozenset(
    {("should", "read"), ("should", "be"), ("should", "have"), ("corrected", "to"), ("amended", "to")}
)
_TARGETS = frozenset({"target", "standard", "ceiling"})
_ONE_WHO = frozenset("another day time hand point stop of way who that member".split())
_ONE_ONLY = frozenset("only just total considered received upheld having".split())
_UNNAMED = frozenset({"numbers", "figures", "levels", "rates", "totals", "volumes", "results", "targets"})
_LISTED = frozenset({",", "and", ":", "-", "–", "were", "with", "finding", "(", ";", "of"})
_DATING = frozenset("in for during of the to year quarter month first second third fourth".split())
_TIMED = frozenset({"in", "last", "this", "at", "for"})
_PARTITIVES = frozenset({"them", "whom", "which", "these", "those"})
_COMPARING = frozenset({"target"}) | frozenset(
    ("from to with was were is are averaged at and against : of for nationally than by rate being").split()
)


class ContextReader:
    """Reads units and bases that stand beside another figure."""

    def __init__(self, rules: RuleSet, nouns: NounPhrases) -> None:
        self._nouns = nouns
        self._verb = rules.flag("verb") | rules.flag("auxiliary")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("officer_noun")
        self._dated = rules.flag("financial_year") | rules.flag("year_like") | rules.flag("month")
        self._vague = rules.flag("vague_noun")
        self._having = rules.flag("having_verb")
        self._wordlike = rules.flag("wordlike")
        self._function = rules.flag("function_word")

    def counting_ones(self, words: Words, figures: list[Figure]) -> list[Figure]:
        """Keep `one` only where it counts: in a row of counts, after only or there was, before more or fewer."""
        others = [f.number for f in figures if f.kind in {"count", "percentage"} and words.lower[f.number] != "one"]
        kept: list[Figure] = []
        for figure in figures:
            k = figure.number
            if figure.kind != "count" or words.lower[k] != "one" or figure.base is not None:
                kept.append(figure)
            elif self._one_counts(words, figure, others):
                kept.append(figure)
                others.append(k)  # `three for waste, one for litter, one for noise`
        return kept

    def _one_counts(self, words: Words, figure: Figure, others: list[int]) -> bool:
        k = figure.number
        before = words.lower[k - 1] if k else "\n"
        two_before = words.lower[k - 2] if k > 1 else "\n"
        after = words.lower[k + 1] if k + 1 < len(words) else "\n"
        if after in {"more", "fewer", "less"} or figure.role == "change":
            return True
        if after in _ONE_WHO:
            return False
        head = words.bits[figure.noun[1] - 1] if figure.noun is not None else 0
        vague = bool(head & self._vague)
        if before in _ONE_ONLY and (not vague or words.lower[figure.noun[1] - 1] in {"person", "resident"}):  # type: ignore[index]
            return True
        if two_before in {"there", "had", "been"} and before in {"was", "is", "been", "only", "were"} and not vague:
            return True
        if figure.noun is not None and not vague and words.bits[k - 1] & self._having and k:
            return True
        near = any(abs(k - other) < 40 and self._same_line(words, k, other) for other in others)
        return near and not vague

    def _same_line(self, words: Words, a: int, b: int) -> bool:
        low, high = min(a, b), max(a, b)
        return not any(words.bits[k] & NEWLINE for k in range(low, high))

    def inherit(self, words: Words, figures: list[Figure]) -> None:
        """Counts without a noun take kind and unit of the figure they are compared with, or the noun counted before."""
        for k, figure in enumerate(figures):
            if figure.kind == "money":
                self._of_sum(words, figures, k)
            if figure.kind not in {"count", "percentage"}:
                continue
            if figure.kind == "count" and figure.base is None:
                self._out_of(words, figures, k)
            if figure.base is None:
                self._of_them(words, figures, k)
            if figure.kind == "count" and figure.unit is not None and self._rate_again(words, figures, k):
                continue
            if (
                figure.kind != "count"
                or figure.noun is not None
                or figure.unit is not None
                or figure.role == "change"
                and figure.unit
            ):
                continue
            if figure.base is None and self._same_scale(words, figures, k):
                continue
            shared = (
                self._shared_noun(words, figures, k)
                or self._label_noun(words, figure)
                or self._subject_noun(words, figure)
            )
            if shared is not None:
                figure.unit = words.slice(*shared)
            for other in reversed(figures[:k]):
                if other.kind == "count" and other.unit and self._same_line(words, other.number, figure.number):
                    figure.unit = figure.unit or other.unit
                    if figure.base is None and self._part_of(words, other, figure):
                        figure.base = other.value if other.base is None else other.base
                        figure.unit = other.unit
                    break
        self._summed(words, figures)

    def without_corrected(self, words: Words, figures: list[Figure]) -> list[Figure]:
        """Leave out the wrong figure of a correction (`45,000 and not 42,800`) and wholes (`out of 562`)."""
        wrong: set[int] = {k for k, figure in enumerate(figures) if figure.whole}
        for k, figure in enumerate(figures):
            lead = words.lower[max(figure.start - 2, 0) : figure.start]
            same = k and figures[k - 1].sentence == figure.sentence and figures[k - 1].kind == figure.kind
            if same and (lead in _INSTEAD or lead == ["and", "not"] or lead == [",", "not"]):
                wrong.add(k)
                figures[k - 1].unit = figures[k - 1].unit or figure.unit
            between = words.lower[figures[k - 1].end : figure.start] if same else []
            if any(pair in _CORRECTING for pair in zip(between, between[1:], strict=False)):
                wrong.add(k - 1)
        return [figure for k, figure in enumerate(figures) if k not in wrong]

    def _of_them(self, words: Words, figures: list[Figure], k: int) -> None:
        """`83 per cent of them`, `three of which`, `of whom 74`: the whole was counted before in the sentence."""
        figure = figures[k]
        after = words.lower[figure.after : figure.after + 2]
        before = words.lower[max(figure.start - 2, 0) : figure.start]
        if (len(after) == 2 and after[0] == "of" and after[1] in _PARTITIVES) or (
            len(before) == 2 and before[0] == "of" and before[1] in _PARTITIVES
        ):
            wholes = [
                other
                for other in reversed(figures[:k])
                if other.sentence == figure.sentence
                and other.kind == "count"
                and other.unit is not None
                and other.value >= figure.value * (figure.kind == "count")
            ]
            if (
                wholes
            ):  # one with its own noun before one that is only compared: `612 children, up from 587, of whom 74`
                whole = next((other for other in wholes if other.noun is not None), wholes[0])
                figure.base = whole.value
                if figure.kind == "count" and figure.noun is None:
                    figure.unit = whole.unit

    def _same_scale(self, words: Words, figures: list[Figure], k: int) -> bool:
        """`from 171 in the previous year`, `45 to 50%`: a bare number beside a figure of another kind."""
        figure = figures[k]
        before = words.lower[figure.start - 1] if figure.start else ""
        ahead = figures[k + 1 : k + 2]
        if ahead and ahead[0].unit == "percentage points" and words.lower[figure.end : ahead[0].start] == ["to"]:
            figure.unit = ahead[0].unit
            return True
        paired = before == "from" and ahead and words.lower[figure.end : ahead[0].start] == ["to"]
        if paired and ahead[0].kind == "count" and ahead[0].noun is not None:
            figure.unit = ahead[0].unit  # `from 22 to 21 employees`
            return True
        if self._goes_on(words, figures, k):
            figure.kind, figure.unit = figures[k - 1].kind, figures[k - 1].unit
            return True
        if before not in _COMPARING:
            return False
        around = [
            f
            for j, f in enumerate(figures)
            if j in {k - 2, k - 1, k + 1} and f.kind in {"rate", "timescale", "percentage", "score"} and f.base is None
        ]
        for other in sorted(around, key=lambda f: abs(f.number - figure.number)):
            gap = words.lower[min(other.end, figure.end) : max(other.start, figure.start)]
            if other.number > figure.number and gap != ["to"] and other.kind != "rate":
                continue
            same = other.sentence == figure.sentence
            if other.kind != "rate" and abs(figures.index(other) - k) > 1:
                continue
            if other.kind == "percentage" and not (same and other.number > figure.number and gap == ["to"]):
                continue
            if other.kind == "timescale" and (words.text[other.start - 1] == "(" or "and" in gap and before == "at"):
                continue
            if other.kind == "timescale" and (other.comparator != "=" or before == "of" and not _TARGETS & set(gap)):
                continue
            if other.kind == "timescale" and not (
                same
                and (before in _SCALED or before in {"is", "was"} and _STANDARDS & set(gap))
                and not set(gap) & {"within", "over"}
            ):
                continue
            if other.kind == "score" and not (same and before in {"from", "to", "against", "with", "was", "of"}):
                continue
            if other.kind == "rate" and not (same or figure.sentence - other.sentence == 1):
                continue
            if self._same_line(words, other.number, figure.number) or (same and other.kind == "rate"):
                figure.kind, figure.unit = other.kind, other.unit
                return True
        return False

    def _of_sum(self, words: Words, figures: list[Figure], k: int) -> None:
        """`£1.27m, of which £640,000 was met by grant`: the sum before is the whole."""
        figure = figures[k]
        if words.lower[max(figure.start - 2, 0) : figure.start] != ["of", "which"]:
            return
        for other in reversed(figures[:k]):
            if other.sentence == figure.sentence and other.kind == "money" and other.value >= figure.value:
                figure.base = other.value
                return

    def _out_of(self, words: Words, figures: list[Figure], k: int) -> None:
        """`557 chats answered out of 562`, `of the 31 schools in the area 27 were`: the whole stands apart."""
        figure = figures[k]
        ahead = figures[k + 1] if k + 1 < len(figures) else None
        if ahead is not None and ahead.kind == "count" and ahead.base is None and ahead.sentence == figure.sentence:
            lead = words.lower[max(ahead.start - 3, 0) : ahead.start]
            if (lead[1:] == ["out", "of"] or lead == ["out", "of", "the"]) and figure.value <= ahead.value:
                figure.base = ahead.value
                ahead.whole = True
                return
        for j in range(figure.end, min(figure.end + 7, words.sentences[figure.sentence][1] - 2)):
            if words.lower[j : j + 2] == ["out", "of"]:
                at = j + 2 + (words.lower[j + 2] == "the")
                if words.values.get(at, -1.0) >= figure.value:
                    figure.base = words.values[at]
                return
        behind = figures[k - 1] if k else None
        if behind is None or behind.kind != "count" or behind.sentence != figure.sentence or behind.noun is None:
            return
        of = words.lower[max(behind.start - 2, 0) : behind.start]
        opened = of[-1:] == ["of"] or of == ["of", "the"]
        verb = figure.end < len(words) and words.bits[figure.end] & self._verb
        if opened and figure.noun is None and verb and figure.value <= behind.value and behind.base is None:
            figure.base, figure.unit = behind.value, behind.unit

    def _goes_on(self, words: Words, figures: list[Figure], k: int) -> bool:
        """`212 days in 2019, 180 in 2021 and 164 last year`: a row of times, whose unit is said once."""
        last, figure = (figures[k - 1] if k else figures[k]), figures[k]
        if last is figure or last.sentence != figure.sentence or last.kind not in {"timescale", "rate", "percentage"}:
            return False
        timed = [words.lower[f.end : f.end + 1] for f in (last, figure)]
        joined = words.lower[figure.start - 1] in {",", "and"} and figure.start - last.end < 5
        return joined and all(word and word[0] in _TIMED for word in timed) and last.comparator == "="

    def _rate_again(self, words: Words, figures: list[Figure], k: int) -> bool:
        """`451kg per household, against 468kg`: what it is per is said once."""
        figure = figures[k]
        if words.lower[figure.start - 1] not in _COMPARING or not figure.start:
            return False
        for other in (f for j, f in enumerate(figures) if j in {k - 1, k + 1} and f.kind == "rate" and f.unit):
            if other.sentence == figure.sentence and other.unit.startswith(f"{figure.unit} per "):  # type: ignore[union-attr]
                figure.kind, figure.unit = other.kind, other.unit
                figure.end = figure.after
                return True
        return False

    def _subject_noun(self, words: Words, figure: Figure) -> tuple[int, int] | None:
        """The noun before: `the number of moves fell to 118`, `of the measures, seven`, `caseloads were 17`."""
        low = figure.start
        while low and not words.bits[low - 1] & NEWLINE and words.text[low - 1] not in {".", ";", "?"}:
            low -= 1
        for k in range(figure.start - 1, low - 1, -1):
            if words.lower[k] in {"number", "numbers", "total", "volume"} and words.lower[k + 1 : k + 2] == ["of"]:
                return self._nouns.after(words, k + 2, 2.0)
        while low < figure.start and words.text[low] in {"•", "-", "–", "·", "*"}:
            low += 1
        if words.lower[low] == "of" and words.lower[low + 1] in DETERMINED:
            return self._nouns.after(words, low + 2, 2.0)
        low += low in words.values  # a paragraph's number
        verb = next(
            (k for k in range(figure.start - 1, max(low, figure.start - 8), -1) if words.bits[k] & self._verb),
            None,
        )
        if verb is None or verb == low or any(k in words.values for k in range(low, verb)):
            return None
        while verb > low and words.bits[verb - 1] & self._verb:
            verb -= 1
        head = verb - 1
        dated = head
        while dated > low and (words.bits[dated] & self._dated or words.lower[dated] in _DATING):
            dated -= 1
        if dated < head and words.lower[dated + 1] in {"in", "for", "during", "of"}:
            head = dated  # `journeys in 2023/24 had reached 6.84 million`
        head -= head > low and bool(words.bits[head] & self._verb) and dated < verb - 1  # `complaints upheld in May`
        if words.bits[head] & self._people:
            return None  # who speaks is not what is counted
        if (
            head >= low
            and words.lower[head].endswith("s")
            and self._nouns.plural(words, head)
            and not words.bits[head] & self._function
            and words.lower[head] not in _UNNAMED
        ):
            start = head
            if words.text[figure.start - 1] == ":":  # a label is named in full: `Fixed penalty notices issued: 61`
                while start > max(low, head - 2) and not words.bits[start - 1] & (self._function | self._verb):
                    start -= 1
            return start, head + 1
        return None

    def _label_noun(self, words: Words, figure: Figure) -> tuple[int, int] | None:
        """`Complaints – 41 at stage one`: a plural that opens the line and a dash or colon before the figure."""
        k = figure.start - 1
        if k < 1 or words.text[k] not in {"-", "–", "—", ":"} or words.start[figure.start] == words.end[k]:
            return None
        low = k
        while low and words.bits[low - 1] & self._wordlike and not words.bits[low - 1] & self._function:
            low -= 1
        opens = not low or words.bits[low - 1] & NEWLINE or words.text[low - 1] in {"•", "-", ";"}
        return (low, k) if opens and 0 < k - low <= 4 and self._nouns.plural(words, k - 1) else None

    def _summed(self, words: Words, figures: list[Figure]) -> None:
        """`30 cases audited, 24 good, 5 poor and 1 unrated`: counts that make up the one before are parts of it."""
        for k, whole in enumerate(figures):
            if whole.kind != "count" or whole.noun is None or whole.base is not None:
                continue
            parts: list[Figure] = []
            for part in figures[k + 1 :]:
                if part.sentence != whole.sentence or part.kind != "count" or part.noun is not None or part.base:
                    break
                if words.lower[part.start - 1] not in _LISTED:
                    break  # `opened 18 beds and closed 11, a net gain of seven`
                parts.append(part)
                if len(parts) > 1 and sum(p.value for p in parts) == whole.value:
                    for p in parts:
                        p.base, p.unit = whole.value, whole.unit
                    break

    def _shared_noun(self, words: Words, figures: list[Figure], k: int) -> tuple[int, int] | None:
        """`six (43%) of the indicators`: the noun stands behind the bracket."""
        after = figures[k].after
        if after + 3 < len(words) and words.text[after] == "(":
            close = next((j for j in range(after + 1, min(after + 6, len(words))) if words.text[j] == ")"), None)
            if close is not None and close + 2 < len(words):
                at = close + 1
                if words.lower[at] == "of":
                    at += 1 + (words.lower[at + 1] in DETERMINED)
                return self._nouns.after(words, at, figures[k].value)
        if after + 2 < len(words) and words.lower[after] == "of" and words.lower[after + 1] in DETERMINED:
            return self._nouns.after(words, after + 2, 2.0)
        return None

    def _part_of(self, words: Words, whole: Figure, part: Figure) -> bool:
        """Whether a bare count is said to be among those counted before it."""
        if part.value > (whole.value if whole.base is None else whole.base):
            return False
        between = words.lower[whole.end : part.start]
        joined = " ".join(between[-5:])
        if any(cue in joined for cue in ("of this number", "of these", "of which", "of whom", "of those", "of them")):
            return True
        if whole.base is not None and between and between[-1] in {",", ";", "and", "whilst", "while", "but"}:
            return whole.sentence == part.sentence
        if whole.noun is None:
            return False
        verb_next = part.end < len(words) and words.bits[part.end] & self._verb
        opened = bool(between) and (
            between[-1] == "," or between[-2:] in (["however", "only"], [",", "only"], ["but", "only"])
        )
        return bool(verb_next) and opened and whole.sentence == part.sentence and words.lower[part.number] != "none"
