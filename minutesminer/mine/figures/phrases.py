"""The words around a figure as phrases: what the constructions have in common."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.antecedents import Antecedents
from minutesminer.mine.figures.views import Label, View
from minutesminer.mine.figures.wording import Wording

_BEHIND = frozenset({"in", "for", "on", "of", "from", "at", "to", "towards", "into", "across"})


_AMONG = frozenset({"in", "on", "across", "over", "at", "into", "among", "outside", "through", "under"})
_VARIANCES = frozenset("overspend overspends overspent underspend underspends underspent variance overspending".split())
_STOPS = frozenset({"and", ",", "out"})
_WHOLES = frozenset({"number", "total"})
_LONGEST_OBJECT = 5  # words of a subject that a pronoun behind a later verb stands for
BE = frozenset({"was", "were", "is", "are", "be", "been", "being"})


class Phrases:
    """Reads phrases of a view; the constructions are built on it."""

    def __init__(self, rules: RuleSet) -> None:
        self.wording = Wording(rules)
        self.antecedents = Antecedents(rules, self.wording)
        self._article = rules.flag("article")
        self._pronoun = rules.flag("pronoun")
        self._preposition = rules.flag("preposition")
        self._conjunction = rules.flag("conjunction")
        self._auxiliary = rules.flag("auxiliary")
        self._adverb = rules.flag("adverb")
        self._frequency = rules.flag("weekly")
        self._verb = rules.flag("verb") | rules.flag("rise_verb") | rules.flag("fall_verb")
        self._past = rules.flag("verb_past") | rules.flag("past_form")
        self._participle = rules.flag("participle")
        self._level = rules.flag("level_verb")
        self._movement = rules.flag("rise_noun") | rules.flag("fall_noun")
        self._moving = self._level | rules.flag("level_base")
        self._holding = rules.flag("holding_verb")
        self._comparing = rules.flag("target_word")
        self._generic = rules.flag("generic_subject")
        self._indicator = rules.flag("indicator_noun")
        self._case = rules.flag("case_noun")
        self._people = rules.flag("member") | rules.flag("body") | rules.flag("chair") | rules.flag("officer_noun")
        self._wordlike = rules.flag("wordlike")
        self._unnamed = rules.flag("before_count")
        self._forecast = rules.flag("forecast_word")
        self._peer = rules.flag("peer_word") | rules.flag("benchmark_place")
        self._base = rules.flag("base_verb") | rules.flag("verb_present") | rules.flag("level_verb")
        self._month = rules.flag("month")
        self._judging_sum = rules.flag("judging_word") | rules.flag("judging_sum")
        self._changing = rules.flag("changing_verb")
        self._speech = rules.flag("speech_verb_measure")

    def _text(self, view: View, chosen: list[int], behind: bool = False) -> str | None:
        return self.wording.text(view.words, chosen, view.taken, behind)

    def _content(self, view: View, chosen: list[int], without: int = 0) -> list[int]:
        return self.wording.content(view.words, chosen, view.taken, without)

    def _label(self, view: View, chosen: list[int], thing: list[int] | None = None) -> Label | None:
        bits = view.words.bits
        while chosen and view.words.lower[chosen[0]] in {"a", "an", "the", "its", "their"}:
            if view.words.text[chosen[0]] == "A" and view.previous_of(chosen[0]) == "of":
                break  # `6% of A roads`
            chosen = chosen[1:]
        if len(chosen) > 2 and bits[chosen[0]] & self._changing and view.previous_word in {"to", "from", "at"}:
            thing = thing[1:] if thing and thing[0] == chosen[0] else thing
            chosen = chosen[1:]  # `to raise the standard rate to £812`
        moved = len(chosen) > 2 and bits[chosen[0]] & self._movement and view.words.lower[chosen[1]] in {"in", "of"}
        if moved and view.role != "change":
            chosen = chosen[2:]  # `the reduction in the number of agency workers from 45 to 31`
        text = self._text(view, chosen)
        if text is None:
            return None
        return Label(text, (self._text(view, thing) if thing else None) or text)

    def _joined(self, view: View, pieces: list[list[int]], thing: list[int]) -> Label | None:
        texts = [text for piece in pieces if piece and (text := self._text(view, piece))]
        if not texts:
            return None
        return Label(" ".join(texts), self._text(view, thing) or texts[0])

    def _at_head(self, view: View) -> bool:
        """Whether nothing that names stands before the figure in its clause."""
        if view.heads is None:
            before = view.before[1:] if view.clause.joiner == "ing" else view.before
            before = self._behind_span(view, before)
            view.heads = not self._content(view, before, self._comparing | self._verb | self._unnamed)
        return view.heads

    def _behind_span(self, view: View, before: list[int]) -> list[int]:
        """The words behind a span that opens the sentence: `in the twelve months to September | seven children`."""
        words = view.words
        span = view.near[0]
        if span is view.figure or span.kind != "timescale" or span.start not in before[:3]:
            return before
        if words.lower[before[0]] not in {"in", "over", "during", "within", "for"}:
            return before
        rest = [j for j in before if j >= span.end]
        if rest and words.lower[rest[0]] in {"to", "from", "since", "before", "after", "until"}:
            rest = [j for j in rest[1:] if j not in view.taken and not words.bits[j] & self._month]
        return rest

    def _phrase_and_rest(self, view: View) -> tuple[list[int], list[int]]:
        """The words behind the figure, parted at the verb of the clause."""
        after = view.after
        group = view.clause.group
        if not group or group[0] < view.figure.end:
            return self._first_phrase(view, self._to_next_figure(view, after)), []
        phrase = [j for j in after if j < group[0]]
        first = self._first_phrase(view, phrase)
        if len(first) < len(phrase):
            return first, []
        return phrase, self._to_next_figure(view, [j for j in after if j >= group[0]])

    def _first_phrase(self, view: View, after: list[int]) -> list[int]:
        """The words up to where another subject begins: `reduction in anti-social behaviour | a Member asked`."""
        words = view.words
        joining = self._preposition | self._conjunction | self._verb | self._past | self._auxiliary | self._adverb
        for p in range(2, len(after)):
            before = words.bits[after[p - 1]]
            article = words.lower[after[p]] in {"a", "an", "the"} and not words.lower[after[p - 1]].endswith("ing")
            if article and before & self._wordlike and not before & joining:
                return after[:p]
        return after

    def _to_next_figure(self, view: View, after: list[int]) -> list[int]:
        """The words up to a sum, share or price told besides: `at an average price of £1,064`, `by 5%`."""
        lower = view.words.lower
        for p, j in enumerate(after[:-1]):
            if lower[j] not in _STOPS:
                continue
            if p and lower[j] == "and" and view.lower(after[p + 1 : p + 3]) in (["the", "rest"], ["the", "others"]):
                after = after[:p]  # `11% in residential homes and the rest with family`
                break
            if lower[j] == "and" and view.words.bits[after[p + 1]] & self._past:
                coordinated = p and view.words.bits[after[p - 1]] & self._past
                if not coordinated and view.clause.joiner != "which":
                    after = after[:p]  # `covered 48 cases and found that`
                    break
            if lower[j] == "," and after[p + 1] in view.words.values and p:
                after = after[:p]  # `14 decided, nine dismissed`
                break
            if p and lower[j] == "out" and lower[after[p + 1]] == "of" and self._whole(view, after[p + 2 : p + 4]):
                after = after[:p]  # `recruited out of the 24 that were needed`
                break
        for other in view.figures[view.k + 1 : view.k + 3]:
            if other.start not in after:
                continue
            place = after.index(other.start)
            if not place and other.kind == view.figure.kind == "count":
                return []
            lead = view.words.lower[after[place - 1]] if place else ""
            rising = [p for p in range(place) if view.words.lower[after[p]] in {"rising", "falling", "increasing"}]
            if rising:
                return after[: rising[0]]
            if lead in {"over", "for"} and other.kind == "timescale" and view.figure.kind == "money":
                return after[: place - 1]
            if lead == "in" and other.kind == "percentage":
                return after[: place - 1]
            things = other.kind == "count" and other.noun is not None and other.comparator == "="
            if things and lead in _AMONG and view.figure.kind == "count":
                return after[: place - 1]  # `being carried on 118 contracts`
            bounded = other.kind == "count" and lead not in {"from", "to", "by"} and other.comparator != "="
            if bounded or other.kind == "timescale" and (lead not in {"from", "to", "by"} or other.comparator != "="):
                continue  # a limit: `dealt with within the target of ten days`
            if lead in {"from", "to", "by", "at", "of", "against", "or"} and view.role != "target":
                told = [p for p in range(max(place - 5, 0), place) if self._tells_besides(view, after[p : p + 2])]
                return after[: told[-1]] if told else after[: place - 1]
        return after

    def _tells_besides(self, view: View, pair: list[int]) -> bool:
        """Whether `at`, `with` or `on a` begins what is told besides: `an overspend of £4.9m | on a budget of £62m`."""
        words = view.lower(pair)
        return words[:1] in (["at"], ["with"]) or words in (["on", "a"], ["on", "an"])

    def _whole(self, view: View, behind: list[int]) -> bool:
        """Whether `the 24` or `the number` stands behind `out of`."""
        return any(j in view.words.values or view.words.lower[j] in _WHOLES for j in behind)

    def budget_apart(self, view: View) -> bool:
        """Whether a budget stands beside what went over it: `an overspend of £5m on a budget of £214m`."""
        last = view.labels[view.k - 1] if view.k else None
        if view.role != "target" or view.lower(view.before[-2:]) != ["budget", "of"] or last is None:
            return False
        return not _VARIANCES.isdisjoint(last.text.lower().split())

    def _one_in(self, view: View) -> bool:
        """Whether the figure is of the kind of `one in seven`."""
        figure = view.figure
        return figure.kind == "rate" and bool({"in", "out"} & set(view.words.lower[figure.number + 1 : figure.end]))

    def _named(self, view: View, phrase: list[int]) -> bool:
        return len(self._content(view, phrase)) >= 3

    def _said(self, view: View, head: list[int]) -> list[int]:
        """The head with the phrase and predicate behind the figure, without helping verbs."""
        phrase, rest = self._phrase_and_rest(view)
        rest = self._named_for_it(view, rest)
        return self.wording.predicate(view.words, [*head, *phrase, *rest], self._named(view, [*head, *phrase]))

    def _judges_sum(self, view: View, rest: list[int]) -> bool:
        """`asked whether £600 was enough`, `thought that £1,150 was fair`: what is said judges the sum."""
        told = self._content(view, rest)
        judged = view.figure.kind == "money" and view.verb_follows and view.words.lower[view.clause.group[-1]] in BE
        return judged and bool(told) and all(view.words.bits[j] & self._judging_sum for j in told)

    def _named_for_it(self, view: View, rest: list[int]) -> list[int]:
        """A predicate with what its object points to: `the hub had opened and 640 families had used | the hub |`."""
        words = view.words
        at = next((p for p, j in enumerate(rest) if p and words.lower[j] in {"it", "them"}), None)
        if at is None or not words.bits[rest[at - 1]] & self._past:
            return rest
        owner = self.antecedents.host_subject(view)
        named = self._content(view, owner, self._generic | self._people)
        if not named or len(named) > _LONGEST_OBJECT:
            return rest
        owner = owner[view.lower(owner[:1]) in (["a"], ["an"], ["the"]) :]
        many = words.lower[named[-1]].endswith("s")
        if many is not (words.lower[rest[at]] == "them"):
            return rest
        behind = rest[at + 1 :]
        particle = behind[:1] if view.lower(behind[:1]) in (["up"], ["on"], ["out"], ["in"], ["over"]) else []
        return [*rest[:at], *particle, *owner, *behind[len(particle) :]]

    def _behind_article(self, view: View, before: list[int]) -> list[int]:
        """The noun phrase with `a` in front of `of` and the figure: `the Director favoured | an extension | of`."""
        words = view.words
        if view.previous_word != "of":
            return before
        at = [p for p in range(1, len(before)) if words.lower[before[p]] in {"a", "an"}]
        if not at or words.bits[before[at[-1] - 1]] & (self._preposition | self._conjunction):
            return before
        return before[at[-1] + 1 :] if self._content(view, before[at[-1] :]) else before

    def _subject(self, view: View) -> list[int]:
        subject = [j for j in view.clause.subject if j < view.figure.start]
        if view.clause.group and not subject and view.clause.joiner in {"and", ",", "but", "at"}:
            subject = self.antecedents.host_subject(view)
        return self.wording.without_figures(view.words, subject, view.near, view.figure)

    def _last_phrase(self, view: View, subject: list[int]) -> list[int]:
        """The subject behind an adverbial without a comma: `during 2011-12 | the overall level of crime`."""
        words = view.words
        if not subject or not words.bits[subject[0]] & self._preposition:
            return subject
        joining = self._preposition | self._conjunction
        if view.lower(subject[:2]) == ["since", "then"]:
            return subject[2:]
        starts = [
            p
            for p in range(2, len(subject))
            if words.bits[subject[p]] & self._article and not words.bits[subject[p - 1]] & joining
        ]
        return subject[starts[-1] :] if starts else subject

    def _starts_noun(self, view: View, j: int) -> bool:
        words = view.words
        closed = self._article | self._pronoun | self._conjunction | self._preposition | self._auxiliary
        closed |= self._adverb | self._frequency
        bits = words.bits[j]
        if not bits & self._wordlike or bits & closed:
            return False
        if bits & (self._past | self._participle | self._verb):
            later = j + 1 < len(words) and words.bits[j + 1]
            return bool(later) and bool(later & self._wordlike) and not later & (closed | self._past | self._verb)
        return True

    def _direct(self, view: View) -> bool:
        """Whether only words of quantity stand between the verb and the figure."""
        group = view.clause.group
        between = [j for j in view.before if j > group[-1]]
        lengths = {j for f in view.figures if f.kind == "timescale" for j in range(f.start, f.end)}
        between = self.wording.without_figures(view.words, between, view.near, view.figure)
        between = [j for j in between if j not in lengths]
        weak = self._comparing | self._indicator | self._moving | self._forecast | self._generic | self._peer
        return not self._content(view, between, weak)

    def _behind_of(self, view: View) -> list[int]:
        """The prepositional phrase that goes on behind the figure of `a shortfall of £3m in the service`."""
        after = view.after
        if after and view.lower(after[:1])[0] in _BEHIND:
            phrase, _ = self._phrase_and_rest(view)
            if view.lower(after[:1]) == ["to"] and (len(after) < 2 or view.words.bits[after[1]] & self._base):
                return []
            return self.wording.predicate(view.words, phrase, True)
        return []

    def _superlative(self, view: View, named: list[int]) -> Label | None:
        """`the average award was £2,750 and the largest £10,000`; `12,400 calls, an average of 140 a day`."""
        last = view.labels[view.k - 1] if view.k else None
        if len(named) != 1 or last is None or view.figures[view.k - 1].sentence != view.figure.sentence:
            return None
        word = view.words.lower[named[0]]
        average = word == "average" and view.previous_word == "of" and view.clause.joiner == ","
        alike = view.figures[view.k - 1].kind == view.figure.kind
        if word.endswith("est") and not alike and view.figures[view.k - 1].kind == "count":
            return Label(
                f"{word} of {last.thing}", last.thing
            )  # `19 managers had been used, the dearest at £720 a day`
        if not average and not (word.endswith("est") and alike):
            return None
        text = last.text.removeprefix("average ").removeprefix("Average ")
        return Label(f"{word} {text}", last.thing)

    def _clause_before(self, view: View, before: list[int]) -> Label | None:
        """Subject and predicate in front of the figure, without helping verbs and the figure's preposition."""
        while before and view.words.bits[before[-1]] & (self._preposition | self._article):
            before = before[:-1]
        return self._label(view, self.wording.predicate(view.words, before, False))
