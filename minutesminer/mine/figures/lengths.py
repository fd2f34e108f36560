"""Constructions of durations: `completed within 45 days`, `it took 31 weeks to re-let a home`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import BE, Phrases
from minutesminer.mine.figures.views import Label, View

_POINTERS = frozenset({"of", "them", "whom", "which", "these", "those"})
_GOES_ON = frozenset({"between", "for", "after", "from", "to", "before"})
_SHARES = frozenset(
    "percentage percentages proportion proportions share number numbers rate rates level levels".split()
)


class Lengths(Phrases):
    """Durations, which first of all qualify what is told around them."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._given = rules.flag("time_given_verb")
        self._time_unit = rules.flag("time_unit")
        self._time = rules.flag("duration_verb")

    def length_of_time(self, view: View) -> Label | None:
        """`assessments were completed within 45 days`, `it took 31 weeks to re-let a home`."""
        words, figure, group = view.words, view.figure, view.clause.group
        if figure.kind != "timescale":
            return None
        given = self._time_given(view)
        if given is not None:
            return given
        again = self._time_again(view)
        if again is not None:
            return again
        subject = self._subject(view)
        named = self._content(view, subject, self._generic)
        before = [j for j in self._matter(view) if j not in view.taken]
        if view.lower(before[-1:]) in (["only"], ["just"]):
            before = before[:-1]
        after = [j for j in self._to_next_figure(view, view.after) if j not in view.taken]
        if group and any(words.bits[j] & self._time for j in group) and group[0] < figure.start:
            told = next((p for p, j in enumerate(after) if words.lower[j] == "to"), None)
            if told is not None and not any(words.lower[j].startswith("wait") for j in group):
                return self._time_to(view, named, after[told:])
            chosen = [*self._without_share(view, before), *after]
            if named:
                return self._label(view, self.wording.predicate(words, chosen, False))
        between = [j for j in view.before if group and j > group[-1]]
        noun = self._behind_article(view, view.before)
        if len(noun) < len(view.before) and self._content(view, noun, self._comparing | self._generic):
            return self._label(view, [*noun[:-1], *self._behind_of(view)])  # `favoured an extension of two years`
        if between and view.previous_word in {"from", "to", "by"} and self._content(view, between, self._comparing):
            return self._label(view, [j for j in between if not words.bits[j] & self._preposition])
        level = group and group[-1] < figure.start and any(words.bits[j] & self._level for j in group)
        is_level = group and group[-1] < figure.start and words.lower[group[-1]] in BE and self._direct(view)
        if (level or is_level) and (named or not self._content(view, after)):
            return None
        shared = any(f.start in before and f.kind != "timescale" for f in view.figures[: view.k])
        if len(self._content(view, before, self._generic | self._verb)) == 0 and not shared:
            if not self._content(view, after):
                return None
            verbs = [j for j in before if words.bits[j] & self._verb and not words.bits[j] & self._auxiliary]
            return self._label(view, self.wording.predicate(words, [*verbs, *after], False))
        comma = next((p for p, j in enumerate(after) if words.text[j] == ","), len(after))
        rest = after[:comma] if after and words.lower[after[0]] in _GOES_ON else []
        of = next((p for p, j in enumerate(before) if words.bits[j] & self._indicator), None)
        if of is not None and words.lower[before[of]] in _SHARES and view.lower(before[of + 1 : of + 2]) == ["of"]:
            before = before[of + 2 :]
        own = self._without_share(view, before)
        if not own and self._content(view, before):
            thing = self.antecedents.thing(view)
            share = max(f.end for f in view.figures[: view.k] if f.start in before)
            part = [j for j in before if j >= share and words.lower[j] not in _POINTERS]
            said = self._text(view, self.wording.predicate(words, part, False), True)
            return Label(f"{thing} {said}" if said else thing, thing) if thing else None
        chosen = self.wording.predicate(words, [*own, *rest], False)
        if not self._content(view, chosen, self._comparing | self._generic):
            return None
        if not self._content(view, chosen, self._verb | self._past | self._generic):
            # `all were acknowledged within a day`: of the things before
            thing, said = self.antecedents.thing(view), self._text(view, chosen, True)
            return Label(f"{thing} {said}", thing) if thing and said else self._label(view, chosen)
        return self._label(view, chosen, own)

    def _time_given(self, view: View) -> Label | None:
        """`crews had lost 1,900 hours waiting to hand over`: hours crews had lost waiting to hand over."""
        words, group, figure = view.words, view.clause.group, view.figure
        unit = figure.end - 1
        if not group or not words.bits[group[-1]] & self._given or not self._counts_time(view, unit):
            return None
        if view.verb_follows and not view.before and view.lower(view.after[:1]) != ["of"]:
            return self._label(view, self.wording.predicate(words, [unit, *view.after], False), [unit])
        subject = self._subject(view)
        active = group[-1] == figure.start - 1 and not any(word in BE for word in view.lower(group))
        if not active or not self._content(view, subject, self._generic):
            return None
        subject = subject[view.lower(subject[:1]) in (["a"], ["an"], ["the"]) :]
        said = self.wording.predicate(words, [*subject, *group, *self._to_next_figure(view, view.after)], False)
        return self._joined(view, [[unit], said], [unit])

    def _counts_time(self, view: View, unit: int) -> bool:
        """Whether the figure is so many hours or days, with the word at place `unit`."""
        lower = view.words.lower[unit]
        return view.figure.comparator != "<=" and lower.endswith("s") and bool(view.words.bits[unit] & self._time_unit)

    def _matter(self, view: View) -> list[int]:
        """The words before the figure without who says, asks or is told to: `a Member asked about the wait of`."""
        group, words = view.clause.group, view.words
        if not group or group[0] >= view.figure.start:
            return view.before
        people = self._content(view, view.clause.subject)
        persons = [j for j in people if words.bits[j] & self._people]
        said = words.bits[group[-1]] & self._speech and (persons or not people)
        told = said or people and len(persons) == len(people)
        behind = [j for j in view.before if j > group[-1]]
        return behind if told and self._content(view, behind) else view.before

    def _without_share(self, view: View, before: list[int]) -> list[int]:
        """A duration that qualifies a share or count leaves that figure and its `of` out: `52% of plans issued`."""
        words = view.words
        for other in reversed(view.figures[: view.k]):
            if other.start not in before or other.kind == "timescale":
                continue
            behind = [j for j in before if j >= (other.noun[0] if other.noun and other.kind == "count" else other.end)]
            if other.start == before[0] or not self._content(view, [j for j in before if j < other.start]):
                if behind and words.lower[behind[0]] == "of":
                    behind = behind[1:]
                if other.noun is None and not self._content(view, behind, self._verb | self._past):
                    return []  # `of which 96% were cleared`
                return behind
            if other.noun is not None and any(words.bits[j] & self._past for j in before if j >= other.noun[1]):
                return behind  # `had acknowledged all 8,270 enquiries received within a day`
            if other.noun is not None or other.comparator != "=":
                return before
            if behind and words.lower[behind[0]] == "of":
                return behind[1:]  # `had achieved 88% of calls answered within`
            kept = [j for j in before if not other.start <= j < other.end]
            return [
                j for j in kept if not (j + 1 == other.start and words.lower[j] in {"from", "to", "at", "of", "by"})
            ]
        return before

    def _time_again(self, view: View) -> Label | None:
        """`it took 26 days to complete a repair and 9 days to answer a complaint`."""
        last = view.labels[view.k - 1] if view.k else None
        if last is None or view.figures[view.k - 1].sentence != view.figure.sentence or "time to " not in last.text:
            return None
        if view.lower(view.after[:1]) != ["to"] or not self._at_head(view):
            return None
        told = self._text(view, self.wording.predicate(view.words, self._to_next_figure(view, view.after), True))
        return Label(f"{last.text.partition('time to ')[0]}time to {told}", f"time to {told}") if told else None

    def _time_to(self, view: View, named: list[int], purpose: list[int]) -> Label | None:
        """`an empty home took 41 days to re-let`: time to re-let an empty home."""
        inner = self._content(view, purpose)
        subject = [j for j in self._subject(view) if j not in view.taken]
        told = self._text(view, self.wording.predicate(view.words, purpose, True))
        owner = self._text(view, subject) if named else None
        if told is None:
            return None
        if owner is None:
            return Label(f"time to {told}", f"time to {told}")
        text = f"time to {told} {owner}" if len(inner) == 1 else f"{owner} time to {told}"
        return Label(text, text)
