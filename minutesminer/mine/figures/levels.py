"""Constructions in which the subject or the noun behind says it: `absence was 6.4%`, `an 18% vacancy rate`."""

from __future__ import annotations

from itertools import pairwise

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import BE, Phrases
from minutesminer.mine.figures.views import Label, View

_DETERMINERS = frozenset({"a", "an", "the", "this", "its", "their", "further", "additional", "that"})
_APART = frozenset({"below", "above", "over", "under", "short", "overspent", "underspent"})
_ASIDES = frozenset("response reply answer total addition fact short practice all general particular".split())
_PLACING = frozenset({"on", "in", "across", "for", "through", "with", "into", "over"})
_LONGEST_SUBJECT = 12  # words
_REACHING = frozenset("reached reaches hit ran runs moved reduced increased improved exceeded cut".split())


class Levels(Phrases):
    """The level of something."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._price = rules.flag("asked_price")
        self._money = rules.flag("price_noun") | rules.flag("sum_noun")
        self._bare_head = rules.flag("bare_head")
        self._attribute = rules.flag("cost_attribute")
        self._finite = self._auxiliary | self._level | self._past

    def there_were(self, view: View) -> Label | None:
        """`there were 612 children in care`, `there was an income shortfall of £3m`."""
        group, figure = view.clause.group, view.figure
        if not group or group[0] >= figure.start:
            return None
        if "there" not in view.lower([*view.clause.subject[-2:], *view.before[-4:]]):
            return None
        if view.noun:
            phrase = self._to_next_figure(view, view.after)
            chosen = self.wording.predicate(view.words, [*view.noun, *phrase], False)
            return self._placed(view, chosen) or self._label(view, chosen, chosen)
        between = [j for j in view.before if j > group[-1]]
        if between and not self._content(view, between, self._comparing) and view.lower(view.after).count("of") == 1:
            return self._label(view, view.after[view.lower(view.after).index("of") + 1 :])
        if self._content(view, between):
            while view.words.bits[between[-1]] & (self._preposition | self._adverb):
                between = between[:-1]
            return self._label(view, [*between, *self._behind_of(view)])
        if view.clause.joiner == "of which" and not between:
            return self.antecedents.related(view, True)  # `the use of exemptions, of which there had been 29`
        thing = self.antecedents.asked_about(view) or self.antecedents.thing(view)
        said = self._text(view, self._to_next_figure(view, view.after))
        if thing is None or view.figure.kind not in {"count", "money"}:
            return None
        return Label(f"{thing} {said}" if said else thing, thing)

    def fronted(self, view: View) -> Label | None:
        """`at 94.1%, attendance was above target`: the subject of the clause that the figure opens."""
        words, figure = view.words, view.figure
        low, high = words.sentences[figure.sentence]
        opens = figure.start == low + 1 and words.lower[low] == "at"
        if not opens or view.noun or words.lower[figure.end : figure.end + 1] != [","]:
            return None
        start = figure.end + 1
        ends = (j for j in range(start, min(start + _LONGEST_SUBJECT, high)) if words.bits[j] & self._finite)
        subject = list(range(start, next(ends, start)))
        if not self._content(view, subject) or words.bits[start] & self._pronoun:
            return None
        return None if any(j in words.values for j in subject) else self._label(view, subject)

    def named_behind(self, view: View) -> Label | None:
        """`an 18% vacancy rate in the service`, `the £0.8m overspend`, `£6.2m savings`."""
        figure, after, words = view.figure, view.after, view.words
        if not after or view.noun or figure.kind not in {"percentage", "money", "timescale"}:
            return None
        first = after[0]
        if first != max(figure.after, figure.end):
            return None
        determined = view.previous_word in _DETERMINERS and bool(words.bits[first] & self._wordlike)
        closed = self._auxiliary | self._adverb | self._preposition | self._conjunction | self._pronoun
        if view.lower(after[:2]) == ["by", "which"]:
            # `the £673,000 by which Housing was projected to overspend`
            return self._label(view, self.wording.predicate(words, self._to_next_figure(view, after[2:]), False))
        if words.bits[first] & closed or words.lower[first] in {"due", "each", "per", "less", "more"}:
            return None
        if not determined and (figure.kind in {"timescale", "rate"} or not self._starts_noun(view, first)):
            return None
        phrase, rest = self._phrase_and_rest(view)
        named = self._content(view, phrase, self._comparing | self._generic)
        if not named:
            return None
        if determined or self._named(view, phrase):
            rest = []
        chosen = self.wording.predicate(words, [*phrase, *rest], True)
        group, subject = view.clause.group, self._subject(view)
        lone = len(named) == 1 and not determined and group and group[0] < figure.start
        owner = self._content(view, subject, self._generic | self._people)
        if lone and words.bits[named[0]] & self._participle and owner:
            return self._label(view, [*subject, *chosen], subject)  # `the fund had £620,000 unspent`
        return self._label(view, chosen, phrase)

    def level(self, view: View) -> Label | None:
        """`absence was 6.4%`, `journeys had risen to 6.8 million`: the subject of the verb."""
        words, group, figure = view.words, view.clause.group, view.figure
        if not group or group[-1] >= figure.start:
            return None
        behind = [j for j in view.before if j > group[-1]]
        moves = any(words.bits[j] & self._moving for j in [*group, *behind])
        between = view.lower(behind)
        passive = not moves and any(words.bits[j] & self._past for j in group if not words.bits[j] & self._auxiliary)
        passive = passive and any(word in BE for word in view.lower(group))
        if (
            not moves
            and words.lower[group[-1]] not in BE
            and not (passive and between and between[-1] in {"at", "to", "by"})
        ):
            return None
        if view.noun and not behind and self._inverted(view):
            chosen = self.wording.predicate(words, [*view.noun, *self._to_next_figure(view, view.after)], False)
            return self._placed(view, chosen) or self._label(view, chosen, view.noun)
        if view.noun and between and between[-1] in _PLACING:
            return None  # `212 buses ran on 14 routes`
        direct_object = words.lower[group[-1]] in _REACHING and not between
        if not self._direct(view) or view.noun and (passive or direct_object or "have" in between):
            return None
        subject = self._subject(view)
        if "in" in view.lower(view.after[:1]) and view.figure.kind == "money" and not behind:
            named = self._content(view, subject)
            if named and all(words.bits[j] & self._people for j in named):
                return None  # `officers had recovered £212,000 in overpayments`
        told = [
            p
            for p in range(1, len(behind))
            if words.lower[behind[p - 1]] == "to" and words.bits[behind[p]] & self._moving
        ]
        if told and self._content(view, behind[: told[0]], self._forecast | self._comparing):
            subject = behind[: told[0] - 1]  # `officers expected the number to settle at`
        subject = self._last_phrase(view, subject)
        weak = self._generic | (self._comparing if view.role != "actual" else 0)
        if view.clause.joiner == "which" and not self._subject(view):
            return self.antecedents.related(view)
        if not self._content(view, subject, weak | self._peer) or self._pointing(view, subject):
            pointed = self.antecedents.pointed(view, subject)
            if pointed is not None or not self._content(view, subject, weak):
                return pointed
        most = self._superlative(view, self._content(view, subject))
        if most is not None:
            return most
        text = self._text(view, [*subject, *self._completed(view), *self._gap(view), *self._place(view)])
        if view.figure.kind == "money" and text and self._one_of_a_thing(view, subject):
            return Label(f"cost of {text}", text)
        owned = self._owned(view, subject)
        if owned is not None:
            return owned
        return Label(text, self._text(view, view.noun or subject) or text) if text else None

    def _one_of_a_thing(self, view: View, subject: list[int]) -> bool:
        """Whether a thing is priced: `a permit for the dirtiest cars would be £240`."""
        one = view.lower(subject[:1]) in (["a"], ["an"]) and view.words.lower[view.clause.group[-1]] in BE
        money = self._movement | self._comparing | self._indicator | self._price | self._money
        return one and not any(view.words.bits[j] & money for j in subject) and view.role in {"actual", "forecast"}

    def _owned(self, view: View, subject: list[int]) -> Label | None:
        """`the average wait was 11 weeks`: a bare cost, wait or length is of what was told before."""
        bits, named = view.words.bits, self._content(view, subject)
        bare = named and bits[named[-1]] & self._bare_head
        if not bare or not all(bits[j] & (self._bare_head | self._attribute) for j in named):
            return None
        owner, text = self.antecedents.owner(view), self._text(view, subject)
        lead = "for" if bare and bits[named[-1]] & self._price else "of"
        return Label(f"{text} {lead} {owner}", owner) if owner and text else None

    def _placed(self, view: View, chosen: list[int]) -> Label | None:
        """`on the register there were 214 landlords`: a bare noun with the place that opens the clause."""
        words = view.words
        place = [j for j in view.clause.subject if words.lower[j] != "there" and j not in view.taken]
        if len(self._content(view, chosen)) != 1 or len(place) < 2 or words.lower[place[0]] not in {"in", "on", "at"}:
            return None
        thing, where = self._text(view, chosen), self._text(view, place[1:])
        if thing is None or where is None or words.lower[place[1]] in _ASIDES:
            return None
        return Label(f"{thing} {words.lower[place[0]]} {where}", thing)

    def _inverted(self, view: View) -> bool:
        """`on the register were 214 landlords`: a place, its verb, and then the subject."""
        subject, bits = self._subject(view), view.words.bits
        if not subject or not bits[subject[0]] & self._preposition or view.words.lower[subject[0]] == "of":
            return False
        return not any(bits[j] & self._article and not bits[i] & self._preposition for i, j in pairwise(subject))

    def _pointing(self, view: View, subject: list[int]) -> bool:
        """Whether a subject ends in a pronoun or `the figure`: `to give some context the figure was`."""
        bits = view.words.bits
        if bits[subject[-1]] & self._pronoun:
            return True
        return len(subject) > 1 and bool(bits[subject[-1]] & self._generic and bits[subject[-2]] & self._article)

    def _place(self, view: View) -> list[int]:
        """`take-up had fallen to 41% in secondary schools`: the place behind the figure, where there are several."""
        after = view.after
        alike = [f for f in view.figures if f.kind == view.figure.kind and f.sentence == view.figure.sentence]
        if not after or view.words.lower[after[0]] not in {"in", "among", "for"} or len(alike) < 2:
            return []
        phrase = [j for j in self._first_phrase(view, self._to_next_figure(view, after)) if j not in view.taken]
        told = any(f.start in phrase for f in view.figures)
        named = len(self._content(view, phrase, self._peer))
        return phrase if 0 < named <= 3 and view.role == "actual" and not told else []

    def _gap(self, view: View) -> list[int]:
        """`income was £310,000 below budget`: a sum that is a distance says from what."""
        after = self._to_next_figure(view, view.after)
        apart = after and view.words.lower[after[0]] in _APART
        return after if apart and view.figure.kind == "money" else []

    def _completed(self, view: View) -> list[int]:
        """`improved from 58% to 71% completed within 20 days`: the participle behind the last figure."""
        last = next((f for f in view.figures[view.k + 1 : view.k + 2] if f.start in view.clause.at), view.figure)
        after = [j for j in view.clause.at if j >= last.end]
        if after and view.words.bits[after[0]] & self._past:
            return after
        return []
