"""What a figure measures: the words a reader would put at the head of a column.

Sentences are cut into clauses (`clauses`); the `constructions` read a figure's own words in its clause; what those
leave out is looked for before it (`antecedents`). In this order:

- a target, benchmark, previous figure or change measures what the figure it is compared with does;
- else the first construction that holds, with the label that opens its line (`Complaints: 41 at stage one`);
- else the measure of the figure before that it goes on about.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from minutesminer.mine.engine.matching import NEWLINE
from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words
from minutesminer.mine.figures.clauses import Clause, ClauseReader
from minutesminer.mine.figures.constructions import Constructions
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.periods import Period
from minutesminer.mine.figures.roles import Part
from minutesminer.mine.figures.rows import RowReader
from minutesminer.mine.figures.views import COMPARING_ROLES, Label, View

_LONGEST_PLACE = 6  # words of `In Children’s Social Care,`
_DECIDING = frozenset(
    "resolved agreed recommended decision recommendation motion amendment action noted minute minutes item".split()
)
_PLACING = frozenset("in for from on at to by across within under – - : (".split())
_SPANS = frozenset("year quarter month week fortnight term winter summer spring autumn half".split())
_WHEN = frozenset({"in", "at", "by", "before", "since", "until", "during", "over", "within", "for", "throughout"})
_POSSESSED = frozenset({"the", "its", "their", "that", "his", "her", "this"})
_TIMES_OF = frozenset(
    "end of start beginning close first last same half second third final next previous past coming opening".split()
)
_LONGEST_ITEM = 12  # words behind the figure of an item that says no more than whose it is


class MeasureReader:
    """Reads the measure of every figure."""

    def __init__(self, rules: RuleSet) -> None:
        self._clauses = ClauseReader(rules)
        self._constructions = Constructions(rules)
        self._wording = self._constructions.wording
        self._rows = RowReader(rules, self._wording)
        self._weak = rules.flag("target_word") | rules.flag("generic_subject") | rules.flag("rise_noun")
        self._weak |= rules.flag("fall_noun") | rules.flag("judging_word")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("chair") | rules.flag("title")
        self._acted = rules.flag("participle") | rules.flag("verb_present") | rules.flag("verb_past")
        self._auxiliary = rules.flag("auxiliary")
        self._measured = rules.flag("weight_unit")

    def read(
        self, reading: Reading, figures: Sequence[Figure], parts: Sequence[Part], periods: Sequence[Period | None]
    ) -> list[str | None]:
        """The measure of every figure, in order, or None where none can be told."""
        words = reading.words
        taken = self._period_words(reading, periods)
        labels: list[Label | None] = [None] * len(figures)
        views = self._views(words, figures, parts, taken, labels)
        back = self._constructions.antecedents
        waiting: list[int] = []
        leading: list[int] = []
        for k, view in enumerate(views):
            row = self._rows.row(words, figures[k], taken)
            if row is not None:
                labels[k] = Label(row, row)
            elif self._compares(view):
                compared = self._compared(view)
                if compared is None:
                    waiting.append(k)
                    labels[k] = self._own(view)
                else:
                    labels[k] = compared
            else:
                spans = self._spans(view)
                labels[k] = None if spans else self._own(view)
                if labels[k] is None and (spans or self._leads(view)):
                    leading.append(k)
                elif labels[k] is None:
                    labels[k] = back.in_sentence(view) or back.measure(view)
        for k in reversed(leading):
            labels[k] = labels[k + 1]
        for k in range(len(views) - 1):
            labels[k] = self._with_shared(views[k], views[k + 1], labels[k], labels[k + 1])
        for k in waiting:
            later = self._compared_later(views[k])
            if views[k].role == "target" and views[k].lower(views[k].before[-2:]) == ["budget", "of"] and labels[k]:
                continue  # `approve a capital budget of £1.2m, funded from reserves of £800,000`
            if later is not None and (labels[k] is None or views[k].role != "change"):
                labels[k] = later
            elif labels[k] is None:
                labels[k] = self._constructions.antecedents.measure(views[k])
        return [
            label.text if label is not None else self._rows.heading(words, figures[k], taken)
            for k, label in enumerate(labels)
        ]

    def _with_shared(self, view: View, other: View, label: Label | None, later: Label | None) -> Label | None:
        """`94% of boys and 91% of girls had passed`: what is said of the second is said of the first."""
        clause, figure, ahead = view.clause, view.figure, other.figure
        if label is None or later is None or other.clause.host is not clause or label.text != label.thing:
            return label
        if figure.kind != ahead.kind or clause.verb is not None or not other.verb_follows or other.before:
            return label
        if view.role != other.role or view.before and view.lower(view.before) != ["that"]:
            return label
        if other.previous_of(ahead.start) not in {"and", "or"} or clause.joiner in {"(", "with"}:
            return label
        if not view.after or not later.text.startswith(f"{later.thing} "):
            return label
        return Label(label.text + later.text[len(later.thing) :], label.thing)

    def _leads(self, view: View) -> bool:
        """`over the last five years, six collisions had occurred`: a duration that says when of the next figure."""
        ahead = view.figures[view.k + 1 : view.k + 2]
        near = bool(ahead) and ahead[0].sentence == view.figure.sentence and ahead[0].kind != "timescale"
        return near and view.figure.kind == "timescale" and view.clause.verb is None

    def _spans(self, view: View) -> bool:
        """`over the last five years nine shops had closed`: without a comma, the same."""
        at, ahead, group = view.clause.at, view.figures[view.k + 1 : view.k + 2], view.clause.group
        if view.figure.kind != "timescale" or not ahead or ahead[0].number not in at or ahead[0].kind == "timescale":
            return False
        opens = view.figure.start in at[1:4] and view.words.lower[at[0]] in _WHEN - {"at", "by"}
        return opens and bool(group) and group[0] > ahead[0].start and view.clause.joiner == ""

    def _views(
        self,
        words: Words,
        figures: Sequence[Figure],
        parts: Sequence[Part],
        taken: set[int],
        labels: Sequence[Label | None],
    ) -> list[View]:
        """Every figure in its clause, in order."""
        views: list[View] = []
        for sentence, group in groupby(range(len(figures)), key=lambda k: figures[k].sentence):
            here = list(group)
            near = [figures[k] for k in here]
            low, high = words.sentences[sentence]
            clauses = self._clauses.read(words, low, max(high, near[-1].end), near)
            for k in here:
                figure = figures[k]
                holding = next((clause for clause in clauses if figure.number in clause.at), None)
                clause = holding or Clause(at=list(range(figure.start, figure.end)))
                opening = self._line_label(words, near, figure, taken)
                views.append(View(words, figures, parts, k, clause, taken, labels, near, opening))
        return views

    def _period_words(self, reading: Reading, periods: Sequence[Period | None]) -> set[int]:
        words = reading.words
        taken = self._times(words)
        for match in reading.of("exclusion", "fraction"):
            taken.update(range(match.start, match.end))  # `three quarters of the 412 respondents`
        if not any(periods):
            return taken
        for match in reading.of("qualifier", "period"):
            start = match.start
            if start and words.lower[start - 1] in {"in", "during", "for", "by", "at", "from", "over", "on"}:
                start -= 1
            taken.update(range(start, match.end))
        return taken

    def _times(self, words: Words) -> set[int]:
        """The words that only say when: `in its first month`, `over the winter`, `in the half year`."""
        taken: set[int] = set()
        lower = words.lower
        if _SPANS.isdisjoint(lower):
            return taken
        for j in [j for j, word in enumerate(lower) if word in _SPANS and j > 1]:
            start = j - 1
            while start and lower[start] in _TIMES_OF:
                start -= 1
            if lower[start] not in _POSSESSED or lower[start - 1] not in _WHEN:
                continue
            ahead = lower[j + 1] if j + 1 < len(words) else "."
            if ahead in {",", ".", ";", "and", "but", "compared", "against"} or j + 1 in words.values:
                taken.update(range(start - 1, j + 1))
        return taken

    # Figures that compare

    def _compares(self, view: View) -> bool:
        """Whether the figure takes the measure of another: not a count of things of its own, nor where it came from."""
        figure = view.figure
        if view.role not in COMPARING_ROLES:
            return False
        return not (bool(view.noun) and figure.kind == "count" and not self._same_unit(view)) and not (
            view.role == "previous" and view.previous_word == "from" and self._heads_pair(view)
        )

    def _same_unit(self, view: View) -> bool:
        """Whether a figure before in the sentence has the same unit: `9,000 tonnes, an increase of 600 tonnes`."""
        unit = (view.figure.unit or "").split()[-1:]
        before = [f for f in view.figures[: view.k] if f.sentence == view.figure.sentence and f.noun is not None]
        return view.role != "actual" and any((f.unit or "").split()[-1:] == unit for f in before)

    def _heads_pair(self, view: View) -> bool:
        """`from 58% to 71%`: the first of the two says what is measured."""
        ahead = view.figures[view.k + 1 : view.k + 2]
        return bool(ahead) and ahead[0].sentence == view.figure.sentence and bool(view.clause.group)

    def _compared(self, view: View) -> Label | None:
        """The label of the figure before, in this sentence or the last, that this one is compared with."""
        k, figures = view.k, view.figures
        if self._names_itself(view):
            return None
        for same_kind in (True, False):
            for j in range(k - 1, max(k - 6, -1), -1):
                if view.labels[j] is None or (figures[j].kind == view.figure.kind) is not same_kind:
                    continue
                if figures[j].sentence != view.figure.sentence:
                    break
                if not same_kind and (figures[j].kind == "timescale" or view.role != "change"):
                    continue
                if view.parts[j].role in {"actual", "forecast"} and not self._apart(view, figures[j]):
                    return view.labels[j]
        for j in range(k - 1, max(k - 3, -1), -1):
            near = figures[j].sentence == view.figure.sentence and figures[j].kind == view.figure.kind
            if near and view.labels[j] is not None and view.role == "benchmark":
                return view.labels[j]
        own = self._own(view)
        if own is not None:
            return None
        for j in range(k - 1, max(k - 4, -1), -1):
            if figures[j].kind == view.figure.kind and view.figure.sentence - figures[j].sentence <= 2:
                return view.labels[j]
        return view.labels[k - 1] if k and figures[k - 1].sentence == view.figure.sentence else None

    def _apart(self, view: View, figure: Figure) -> bool:
        """Whether a figure is the distance between two: `55.7%, 3.8% above the national average of 51.9%`."""
        return view.words.lower[figure.end : figure.end + 1] in (["above"], ["below"], ["short"])

    def _names_itself(self, view: View) -> bool:
        """`a fall of 11% in violent crime`, `the approved budget of £144m`: says of what, though it compares."""
        if view.role == "target" and view.lower(view.before[-2:]) == ["budget", "of"]:
            return self._constructions.besides.budget_apart(view) or "the" in view.lower(view.before[-5:-3])
        if view.role != "change" or view.previous_word != "of":
            return False
        if view.lower(view.after[:1]) == ["in"] and self._wording.content(view.words, view.after[:4], view.taken):
            return True
        if view.clause.verb is not None:
            return False
        return len(self._wording.content(view.words, view.before, view.taken, self._weak)) >= 2

    def _compared_later(self, view: View) -> Label | None:
        """The label of the actual figure that follows: `from 74% to 72.5%`, `against a target of 5% it was 6%`."""
        for j in range(view.k + 1, min(view.k + 3, len(view.figures))):
            other = view.figures[j]
            if other.sentence != view.figure.sentence or other.kind != view.figure.kind:
                continue
            if view.parts[j].role == "actual" or view.role == "change":
                return view.labels[j]
        return None

    # A figure's own words

    def _own(self, view: View) -> Label | None:
        """The label by the constructions, with the one that opens the line; None where it names nothing."""
        label = self._without_unit(view, self._constructions.label(view))
        if label is not None and view.clause.host is not None and view.figure.kind != "timescale":
            label = self._with_place(view, label)
        opening = view.opening
        if opening is None and not view.noun and view.figure.kind in {"money", "percentage", "count"}:
            under = self._under_line(view)
            if under is not None:
                return under
        if opening is None or label is None:
            return Label(opening, opening) if opening is not None else label
        short = len(opening.split()) <= 4 and len(label.text.split()) <= 3 and not label.thing.startswith(opening)
        if short and opening.lower() not in label.text.lower():
            return Label(f"{opening} {label.text}", label.thing)
        return label

    def _without_unit(self, view: View, label: Label | None) -> Label | None:
        """`9,800 tonnes of salt were spread`: salt spread."""
        noun = view.noun
        if label is None or len(noun) != 1 or not view.words.bits[noun[0]] & self._measured:
            return label
        unit = f"{view.words.text[noun[0]]} of "
        if not label.text.startswith(unit):
            return label
        return Label(label.text.removeprefix(unit), label.thing.removeprefix(unit))

    def _with_place(self, view: View, label: Label) -> Label:
        """`In Mathematics, three schools had improved`: a name that opens the sentence says where or of what."""
        host, words = view.clause.host, view.words
        if host is None or host.host is not None or host.verb is not None or view.clause.joiner != ",":
            return label
        if not 2 <= len(host.at) <= _LONGEST_PLACE or words.lower[host.at[0]] not in {"in", "for", "at", "across"}:
            return label
        named = self._wording.content(words, host.at, view.taken, self._people | self._weak)
        if not named or len(named) < len(host.at) - 2 or not all(words.text[j][0].isupper() for j in named):
            return label
        place = self._wording.text(words, host.at[1:], view.taken)
        if place is None or place in label.text:
            return label
        return Label(f"{label.text} {words.lower[host.at[0]]} {place}", label.thing)

    def _under_line(self, view: View) -> Label | None:
        """`Pressures on the budget:` and below it `- £4m in Adult Social Care`: what the list is of, and the item."""
        after, words = view.after, view.words
        if view.clause.group or view.clause.host is not None and view.clause.joiner != "-":
            return None
        if self._wording.content(words, view.before, view.taken) or len(after) > _LONGEST_ITEM:
            return None
        says = view.figure.kind == "count" and after and words.bits[after[0]] & self._acted
        if after and words.lower[after[0]] not in _PLACING and not says:
            return None  # `£11m pressures from demand` says it itself
        end = view.figure.end
        if not after and words.text[end : end + 1] in (["–"], ["-"], ["—"]):
            stop = next((j for j in range(end, len(words)) if words.bits[j] & NEWLINE), len(words))
            after = list(range(end + 1, stop)) if stop - end <= _LONGEST_ITEM else []
        near = {f.start for f in view.figures[max(view.k - 8, 0) : view.k]}
        thing = self._wording.text(words, self._rows.lead(words, view.figure, near), view.taken)
        if thing is None:
            return None
        said = self._wording.text(words, after, view.taken, True)
        return Label(f"{thing} {said}" if said else thing, thing)

    def _line_label(self, words: Words, near: Sequence[Figure], figure: Figure, taken: set[int]) -> str | None:
        """The words before the dash or colon at the head of the line: `Complaints – 41 at stage one, 7 upheld`."""
        low = words.sentences[figure.sentence][0]
        if low and not words.bits[low - 1] & NEWLINE:
            return None
        for j in range(low + 1, min(low + 12, figure.start)):
            if words.text[j] in {"–", "-", ":", "—"} and words.start[j + 1] > words.end[j]:
                chosen = list(range(low, j))
                if words.lower[low] in _DECIDING:
                    return None
                if any(other.start < j and other.kind != "timescale" and other.comparator == "=" for other in near):
                    return None
                if any(words.bits[i] & self._auxiliary for i in chosen):
                    return None
                return self._wording.text(words, chosen, taken)
        return None
