"""Constructions of sums and of what stands in front: `a place cost £1,060`, `savings of £6.2m`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import BE, Phrases
from minutesminer.mine.figures.views import Label, View

_TOTALLING = frozenset({"totalling", "worth", "amounting"})
_PROPOSED = frozenset("moved proposed recommended recommends requested requests authorised invited asked urged".split())
_MOTIONS = frozenset(
    {"amendment", "motion", "proposal", "recommendation", "cabinet", "executive", "councillor", "cllr"}
)
_TITLED = frozenset({"councillor", "cllr", "mr", "mrs", "ms", "miss", "dr", "alderman"})
_COPULAS = frozenset({"was", "were", "is", "are"})
_GOING_OVER = frozenset({"overspend", "underspend"})
_GONE_OVER = {"overspent": "overspend", "underspent": "underspend"}
_SPENT = frozenset({"overspent", "underspent"})
_AGREED = frozenset("noted agreed approved endorsed accepted supported received welcomed confirmed ratified".split())
_FRAME = 6  # words in which a motion names who is to do it


class Sums(Phrases):
    """Sums, what was done with them, and phrases in front of a figure."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._cost = rules.flag("cost_verb")
        self._body = rules.flag("body")
        self._price = rules.flag("price_noun")

    def cost_of(self, view: View) -> Label | None:
        """`a place cost £1,060 a week`, `lighting would be improved at a cost of £85k`."""
        words, group = view.words, view.clause.group
        if view.figure.kind != "money":
            return None
        if group and group[0] < view.figure.start and any(words.bits[j] & self._cost for j in group):
            subject = self._subject(view)
            if self._content(view, subject, self._generic):
                text = self._text(view, subject)
            elif view.lower(view.after[:1]) == ["to"] and view.lower(subject) == ["it"]:
                return self._prefixed(view, "cost to", view.after[1:])
            else:
                related = self.antecedents.related(view, True) if view.clause.joiner == "which" else None
                text = related.text if related is not None else self.antecedents.thing(view)
            return Label(f"cost of {text}", text) if text else None
        before = view.before
        while before and words.bits[before[-1]] & self._adverb:
            before = before[:-1]
        if view.lower(before[-1:]) != ["of"]:
            return None
        start = len(before) - 1
        stop = self._preposition | self._auxiliary
        while start and (words.bits[before[start - 1]] & self._cost or not words.bits[before[start - 1]] & stop):
            start -= 1
        phrase = before[start:-1]
        if not start or words.lower[before[start - 1]] != "at" or not self._content(view, phrase):
            return None
        price = self._text(view, phrase)
        host = [j for j in before[: start - 1] if j not in view.taken]
        named = self._last_noun(view, host) if host else self.antecedents.host_noun(view)
        subject = self._subject(view)
        agent = any(words.bits[j] & (self._people | self._body) for j in host[-2:]) and "by" in view.lower(host[-3:])
        if agent:
            named = None  # `31 services were supported by the Council at a cost of`
        beside = agent and bool(view.k) and view.figures[view.k - 1].start in host
        owner = host and not beside and group and self._content(view, subject, self._generic | self._people)
        if named is None and owner:
            named = self._text(view, subject)
        if host and named is None and view.k:
            last = view.labels[view.k - 1]
            named = last.text if last is not None else None
        return Label(f"{price} of {named}", named) if named and price else None

    def gone_over(self, view: View) -> Label | None:
        """`the residential budget was forecast to overspend by £2.1m`, `Highways was £0.4m underspent`: whose it is."""
        words, group = view.words, view.clause.group
        near = [*group, *(j for j in view.before if group and j > group[-1]), *view.after[:1]]
        helped = ("to", "would", "will", "may", "could", "might")
        word = next(
            (
                words.lower[j]
                for j in near
                if words.lower[j] in _GONE_OVER or words.lower[j] in _GOING_OVER and view.previous_of(j) in helped
            ),
            None,
        )
        if word is None or not group or group[0] > view.figure.start:
            return None
        subject = self._subject(view)
        while subject and words.bits[subject[-1]] & (self._base | self._past | self._forecast):
            subject = subject[:-1]  # `Highways expected to be £0.4m underspent`
        if not self._content(view, subject, self._generic | self._comparing):
            return None
        whose = self._text(view, subject)
        return Label(f"{whose} {_GONE_OVER.get(word, word)}", whose) if whose else None

    def _prefixed(self, view: View, head: str, chosen: list[int]) -> Label | None:
        text = self._text(view, self.wording.predicate(view.words, self._to_next_figure(view, chosen), True))
        return Label(f"{head} {text}", text) if text else None

    def _last_noun(self, view: View, host: list[int]) -> str | None:
        """The last noun phrase of the words in front of `at a cost of`."""
        end = len(host)
        start = end
        while start and not view.words.bits[host[start - 1]] & (
            self._preposition | self._verb | self._auxiliary | self._past
        ):
            start -= 1
        lead = view.words.lower[host[start - 1]] if start else ""
        named = self.wording.without_figures(view.words, host[start:end], view.near, view.figure)
        return None if lead in {"of", "in", "at"} else self._text(view, named)

    def sum_acted_on(self, view: View) -> Label | None:
        """`the Council had spent £109m on care`, `set aside £250,000 for ventilation`."""
        words, figure, group = view.words, view.figure, view.clause.group
        if figure.kind not in {"money", "percentage", "count", "rate"} or not group or group[-1] >= figure.start:
            return None
        between = [j for j in view.before if j > group[-1]]
        verbs = [j for j in group if not words.bits[j] & (self._auxiliary | self._adverb)]
        if view.previous_word == "of" and self._content(view, between):
            return None
        subject = self._subject(view)
        taken_on = self._acted_on_more(view, verbs, between, subject)
        if taken_on is not None:
            return taken_on
        if "be" in view.lower(between[1:]):
            raised = self._before_be(view, between)
            if raised != between:
                return self._label(view, raised)
        if view.previous_word == "by" and view.lower(between[:1]) == ["in"] and words.lower[group[-1]] in BE:
            return self._label(view, [*subject, *between])  # `the fund was in surplus by £310,000`
        acts = self._asked_to(view, between)
        if acts:
            rest = self.wording.predicate(words, self._to_next_figure(view, view.after), True)
            return self._label(view, [*acts, *rest], acts)
        told = self._content(view, between, self._comparing | self._unnamed)
        rest = self._to_next_figure(view, view.after)
        weak = self._generic | self._body
        after = self.wording.predicate(words, rest, True)
        action = [*([] if told and words.lower[group[-1]] in BE else verbs), *between]
        placed = self._placed_at(view, subject, verbs, between) if told and not self._content(view, rest) else None
        if placed is not None:
            return placed
        if told:
            if all(words.bits[j] & (self._indicator | self._generic | self._level) for j in told):
                return self.antecedents.pointed(view, told)
            if rest and view.lower(rest[:1]) not in (["of"], ["for"], ["in"], ["on"], ["from"], ["towards"]):
                after = after[:1] if words.lower[rest[0]] in _SPENT else []
            if any(words.bits[j] & self._holding for j in verbs or group[-1:]) and self._content(view, subject, weak):
                return self._joined(view, [subject, [*between, *after]], between)  # `the service had a budget of`
            if self._content(view, subject, weak) and not words.bits[between[-1]] & self._preposition:
                return self._label(view, [*subject, *verbs, *between, *after], between)
            return self._label(view, [*between, *after], between)
        if figure.kind == "percentage":
            if not self._content(view, subject, weak):
                return self.antecedents.pointed(view, subject)
            return self._label(view, [*subject, *verbs, *after], subject)
        if view.lower(rest[:1]) == ["of"]:
            thing = self._text(view, rest) if self._content(view, rest, self._generic) else None
            if thing is None and self._content(view, subject, weak):
                held = any(words.bits[j] & self._holding for j in verbs or group[-1:])
                return self._label(view, subject if held else [*subject, *action], subject)
            if thing and any(words.bits[j] & self._holding for j in verbs):
                return Label(thing, thing)  # `would receive £250,000 of Government funding`
            actor = self._text(view, subject) if self._content(view, subject, weak) else None
            acted = self._text(view, action)
            text = " ".join(piece for piece in (thing, acted, f"by {actor}" if actor else None) if piece)
            return Label(text, thing or text) if text else None
        if self._content(view, subject, weak):
            return self._label(view, [*subject, *action, *after], subject)
        if self._content(view, after):
            return self._label(view, [*action, *after], after)
        return self._label(view, [*subject, *action]) if self._content(view, subject, self._generic) else None

    def _placed_at(self, view: View, subject: list[int], verbs: list[int], between: list[int]) -> Label | None:
        """`the floor had been let to the Health Board at £92,000`, `plans were complete for 90%`."""
        words = view.words
        if not words.bits[between[-1]] & self._preposition or view.role not in {"actual", "forecast"}:
            return None
        weak = self._generic | self._comparing | self._body
        if not any(word in BE for word in view.lower(view.clause.group)) or not self._content(view, subject, weak):
            return None
        if any(words.bits[j] & (self._people | self._moving) for j in [*subject, *view.clause.group]):
            return None
        moving = self._movement | self._comparing | self._forecast | self._moving | self._indicator
        asked = "to" in view.lower(between) and any(words.bits[j] & self._base for j in between)
        if asked or any(words.bits[j] & moving for j in between):
            return None
        said = self.wording.predicate(words, [*subject, *verbs, *between[:-1]], False)
        return self._label(view, said, subject)

    def _acted_on_more(self, view: View, verbs: list[int], between: list[int], subject: list[int]) -> Label | None:
        """`eight leavers were in work and the contractor had taken on three more`: the things counted before."""
        words, last = view.words, view.figures[view.k - 1] if view.k else None
        passive = any(word in BE for word in view.lower(view.clause.group))
        if view.noun or view.figure.kind != "count" or passive or not verbs or not words.bits[verbs[-1]] & self._past:
            return None
        if last is None or last.sentence != view.figure.sentence or last.kind != "count" or len(between) > 1:
            return None
        thing = view.figure.unit or self.antecedents.counted_beside(view)
        if thing is None or not self._content(view, subject, self._generic) or self._content(view, view.after):
            return None
        done = " ".join(words.text[j] for j in [verbs[-1], *between])
        return Label(f"{thing} {done} by {self._text(view, subject)}", thing)

    def _asked_to(self, view: View, between: list[int]) -> list[int]:
        """`recommends Cabinet to invest £3m`, `moved an amendment to add £50,000`: the verb of what is asked."""
        words, group = view.words, view.clause.group
        if not any(words.bits[j] & self._speech or words.lower[j] in _PROPOSED for j in group):
            return []
        at = next((p for p, j in enumerate(between[:-1]) if words.lower[j] == "to"), None)
        if at is None or not words.bits[between[at + 1]] & self._base:
            return []
        named = self._content(view, between[:at], self._people | self._body)
        acts = between[at + 1 :]
        while acts and words.bits[acts[-1]] & (self._article | self._unnamed):
            acts = acts[:-1]
        return acts if all(words.lower[j] in _MOTIONS for j in named) else []

    def _done_to(self, view: View, before: list[int]) -> bool:
        """Whether a subject with a verb unknown stands before a counted noun: `the library lent 410,000 books`."""
        if view.clause.verb is not None or not before or before[-1] != view.figure.start - 1:
            return False
        return len(before) > 1 and not view.words.bits[before[-1]] & (self._preposition | self._article)

    def _before_be(self, view: View, before: list[int]) -> list[int]:
        """`that the number of wardens be raised from eight`: what is to be raised."""
        at = view.lower(before).index("be", 1)
        named = before[:at]
        acted = self._content(view, before[at:], self._moving | self._verb | self._past)
        return before if acted or not self._content(view, named) else named

    def _proposed(self, view: View, before: list[int]) -> list[int]:
        """`that the Committee support the bid`, `to approve a virement`: what is proposed, without who and the verb."""
        bits, words = view.words.bits, view.words.lower
        if len(before) > 1 and bits[before[0]] & self._base and view.previous_of(before[0]) == "to":
            rest = before[1:]
            return rest if self._content(view, rest) else before
        asked = [p for p in range(1, len(before)) if words[before[p]] == "to" and p + 1 < len(before)]
        if asked and bits[before[asked[0] + 1]] & self._base:
            frame = self._content(view, before[: asked[0]], self._people | self._body | self._speech)
            if frame and all(words[j] in _MOTIONS | _PROPOSED or words[j - 1] in _TITLED for j in frame):
                return before[asked[0] + 1 :]  # `Cllr Roe proposed an amendment to add`
        for p in range(1, min(len(before) - 1, _FRAME)):
            if (
                bits[before[p]] & self._base
                and bits[before[p - 1]] & self._body
                and bits[before[p + 1]] & self._article
            ):
                return before[p + 1 :]
        return before

    def _decided(self, view: View) -> list[int]:
        """`a grant of £5,000 be made to the hall`: what is to be done with a sum, if more than to agree to it."""
        words, group = view.words, view.clause.group
        if not view.verb_follows or words.lower[group[0]] != "be":
            return []
        rest = self._to_next_figure(view, [j for j in view.after if j > group[0]])
        if rest and words.lower[rest[0]] in _AGREED:
            rest = rest[1:]
            return rest if rest and words.lower[rest[0]] in {"for", "towards", "from", "to"} else []
        return self.wording.predicate(words, rest, True)

    def priced(self, view: View) -> Label | None:
        """`freeze the price of a permit at £42`, `that the charge for garden waste be increased to £55`: the price."""
        words = view.words
        if view.figure.kind != "money" or view.previous_word not in {"at", "to", "from", "by"}:
            return None
        before = view.before[:-1]
        at = next((p for p in range(len(before) - 1, -1, -1) if words.bits[before[p]] & self._price), None)
        if at is None:
            return None
        end = next((p for p in range(at, len(before)) if words.bits[before[p]] & self._auxiliary), len(before))
        start = at
        closed = self._article | self._preposition | self._base | self._auxiliary | self._pronoun
        while start and not words.bits[before[start - 1]] & closed and before[start - 1] not in view.clause.group:
            start -= 1
        named = before[start:end]
        return self._label(view, named) if len(self._content(view, named)) > 1 else None

    def named_before(self, view: View) -> Label | None:
        """`savings of £6.2m had been built in`, `caseload 16 per worker`: the phrase in front of the figure."""
        words = view.words
        if view.role == "target" and view.lower(view.after[:1]) == ["target"]:
            return None  # `the gap to the 90% target`
        before = self.wording.without_figures(words, view.before, view.near, view.figure)
        group = view.clause.group
        if group and group[-1] < view.figure.start:
            before = [j for j in before if j > group[-1]]
        copulas = [p for p, j in enumerate(before) if words.lower[j] in _COPULAS]
        if copulas and view.previous_word == "of" and self._content(view, before[copulas[-1] + 1 :]):
            before = before[copulas[-1] + 1 :]  # `what was talked about was the budget of`
        while before and words.bits[before[-1]] & self._adverb:
            before = before[:-1]
        if "be" in view.lower(before[1:]):
            before = self._before_be(view, before)
        weak = self._generic | (self._comparing if view.role != "actual" else 0)
        if not self._content(view, before, weak):
            return None
        counted = view.figure.kind == "count" and view.previous_word == "of"
        while before and (
            words.bits[before[-1]] & (self._preposition | self._article) or words.lower[before[-1]] in _TOTALLING
        ):
            before = before[:-1]
        best = self._content(view, before)
        most = self._superlative(view, best)
        if most is not None:
            return most
        while before and words.lower[before[0]] in {"still", "above", "below", "beyond"}:
            before = before[1:]
        while before and words.bits[before[0]] & self._preposition and not words.bits[before[0]] & self._conjunction:
            before = before[1:]
        if (
            before
            and not view.clause.joiner
            and words.bits[before[0]] & self._base
            and words.text[before[0]][0].isupper()
        ):
            before = before[1:]  # `Note the forecast overspend of`
        before = self._behind_article(view, self._proposed(view, before))
        doing = [
            p
            for p, j in enumerate(before[:-1])
            if words.lower[j].endswith("ing") and words.bits[before[p + 1]] & self._article
        ]
        if doing:
            before = before[doing[-1] + 1 :]
        acts = [
            p
            for p in range(1, len(before))
            if words.lower[before[p - 1]] == "to" and words.bits[before[p]] & self._base
        ]
        if acts and self._content(view, before[acts[-1] + 1 :]):
            before = before[acts[-1] + 1 :]
        if view.noun and view.figure.kind == "count" and self._done_to(view, before):
            return self._joined(view, [[*view.noun, *self._behind_of(view)], before], view.noun)
        chosen = [*before, *self._behind_of(view), *self._decided(view)]
        if counted and view.after and self._starts_noun(view, view.after[0]):
            phrase, _ = self._phrase_and_rest(view)
            return self._joined(view, [before, phrase], phrase)
        if view.verb_follows and len(self._content(view, chosen)) == 1 and words.lower[group[0]] != "be":
            chosen = self.wording.predicate(words, [*before, *self._to_next_figure(view, view.after)], True)
        return self._label(view, chosen, before)
