"""Constructions of counted things: `44 care leavers in custody`, `the group visited eleven homes`."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.phrases import BE, Phrases
from minutesminer.mine.figures.views import Label, View

_HAVING = frozenset({"had", "have", "has", "having", "held"})
_INCLUDING = frozenset({"included", "includes", "include", "comprised", "contained", "featured"})
_DECIDED = frozenset("endorsed supported approved agreed opposed refused included endorses supports approves".split())
_OUT = frozenset({"out", "up", "off", "over"})
_NOT_PARTICIPLES = frozenset(
    "took gave saw ran began chose wrote drew went fell rose grew knew came became did".split()
)


class Counts(Phrases):
    """Figures that stand with the noun they count."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._title = rules.flag("title")
        self._moves = rules.flag("rise_verb") | rules.flag("fall_verb") | rules.flag("level_verb")
        self._occasion = rules.flag("occasion_noun")

    def cases_of(self, view: View) -> Label | None:
        """`uniform was given as the reason in 70 cases`, `in nine cases the risk had gone`: what the clause says."""
        words, noun = view.words, view.noun
        if not noun or not all(words.bits[j] & self._case for j in noun) or not view.clause.group:
            return None
        if view.verb_follows:
            if view.previous_word not in {"in", "on"}:
                return None
            return self._label(view, self.wording.predicate(words, self._to_next_figure(view, view.after), True))
        if not words.bits[view.before[-1]] & self._preposition or self._content(view, view.after):
            return None
        return self._clause_before(view, view.before)

    def occasions(self, view: View) -> Label | None:
        """`the group had met five times`: what was done so often."""
        if not view.noun or not all(view.words.bits[j] & self._occasion for j in view.noun):
            return None
        if not view.clause.group or view.verb_follows:
            return None
        between = [j for j in view.before if j > view.clause.group[-1]]
        chosen = [*self._subject(view), *view.clause.group, *between, *self._to_next_figure(view, view.after)]
        said = self.wording.predicate(view.words, chosen, False)
        dated = view.previous_word in {"on", "for"} and view.words.lower[view.noun[-1]] not in {"occasion", "occasions"}
        return self._joined(view, [view.noun, said], view.noun) if dated else self._label(view, said)

    def counted_at_head(self, view: View) -> Label | None:
        """`44 care leavers were in custody`: the noun, and what the clause says of it."""
        if not view.noun or view.figure.kind != "count" and not self._one_in(view) or not self._at_head(view):
            return None
        if view.clause.group and not view.verb_follows:
            return None
        shared = self.antecedents.shared(view)
        if shared is not None:
            return shared
        phrase, _ = self._phrase_and_rest(view)
        said = self._said(view, view.noun)
        if len(self._content(view, said)) <= len(self._content(view, view.noun)) and view.clause.joiner == "with":
            owner = self.antecedents.host_subject(view)
            if owner:
                return self._joined(view, [view.noun, owner], view.noun)
        return self._label(view, said, [*view.noun, *phrase])

    def counted_in_phrase(self, view: View) -> Label | None:
        """`home to school transport for 1,043 children would cost`: the noun, and what it stands with."""
        if not view.noun or view.clause.group and not view.verb_follows:
            return None
        before = view.before
        lead = [j for j in before[-2:] if view.words.bits[j] & self._preposition]
        if not lead or view.figure.kind == "rate" and view.previous_word in {"of", "at"}:
            return None  # `an outturn of 5.2 days per employee`
        again = any(f.unit == view.figure.unit and f.start < view.figure.start for f in view.near)
        if again and view.previous_word == "of" and self._content(view, before, self._generic):
            return None  # `emissions were 3,912 tonnes, above the carbon budget of 3,700 tonnes`
        phrase, _ = self._phrase_and_rest(view)
        if len(self._content(view, [*view.noun, *phrase])) >= 4:
            return self._label(view, self.wording.predicate(view.words, [*view.noun, *phrase], True), view.noun)
        noun = [*view.noun, *(phrase if not view.clause.group else [])]
        before = self.wording.without_figures(view.words, before, view.near, view.figure)
        named = self._content(view, before, self._comparing | self._generic)
        if not named or len(named) > 5:
            return self._label(view, self.wording.predicate(view.words, noun, True), view.noun)
        holder = [j for j in before if j < lead[0]]
        held = next((p for p in range(len(before) - 2, 0, -1) if view.words.bits[before[p]] & self._article), 0)
        within = held and not view.clause.group and self._holder(view, before[held:])
        if within:
            holder, lead = before[held:-1], before[-1:]  # `the Panel endorses the bid for twelve buses`
        if view.lower(lead) == ["of"] or within:
            return self._label(view, self.wording.predicate(view.words, [*holder, *lead, *noun], True), view.noun)
        return self._joined(view, [self.wording.predicate(view.words, noun, True), holder], view.noun)

    def _holder(self, view: View, between: list[int]) -> list[int]:
        """The object behind the verb, with an article, in which things are counted: `approved | a tender for | 14`."""
        words, bits = view.words, view.words.bits
        if len(between) > 3 and bits[between[0]] & self._preposition:
            between = between[1:]  # `rested on the closure of three libraries`
        if len(between) < 3 or not bits[between[0]] & self._article or words.lower[between[-1]] not in {"of", "for"}:
            return []
        stop = self._preposition | self._auxiliary | self._pronoun | self._conjunction
        weak = self._generic | self._comparing | self._movement | self._unnamed | self._indicator | self._adverb
        if any(bits[j] & stop for j in between[1:-1]) or not self._content(view, between, weak):
            return []
        return between

    def _held_in(self, view: View, held: list[int], verbs: list[int], subject: list[int]) -> Label | None:
        """`a tender for 14 minibuses`, and what was done with it, if more than to decide on it."""
        words = view.words
        mere = not verbs or words.bits[verbs[-1]] & self._holding or words.lower[verbs[-1]] in _DECIDED
        named = self._text(view, held)
        if named is None or mere or not words.bits[verbs[-1]] & self._past:
            return Label(named, named) if named else None
        done = words.text[verbs[-1]]
        by = self._text(view, subject)
        return Label(f"{named} {done} by {by}" if by else f"{named} {done}", named)

    def counted_object(self, view: View) -> Label | None:
        """`the group visited eleven homes`: homes visited by the group; `had 12 vacancies`: vacancies."""
        words, figure, group = view.words, view.figure, view.clause.group
        if not view.noun or figure.kind != "count" or not group or group[0] >= figure.start:
            return None
        phrase = self._to_next_figure(view, view.after)
        spans = [f for f in view.figures if f.kind == "timescale" and f.comparator == "=" and f.start in phrase]
        if spans and words.lower[spans[0].start - 1] == "for":
            phrase = [j for j in phrase if j < spans[0].start - 1]
        noun = self.wording.predicate(words, [*view.noun, *phrase], True)
        subject = self._last_phrase(view, self._subject(view))
        verbs = [j for j in group if not words.bits[j] & (self._auxiliary | self._adverb)]
        between = [j for j in view.before if j > group[-1]]
        if between and between[-1] != group[-1] + 1:
            between = self.wording.without_figures(words, between, view.near, figure)
        lead = [j for j in between if words.bits[j] & self._preposition and words.lower[j] != "since"][-1:]
        if len(between) == 2 and lead == between[-1:] and words.lower[between[0]] in _OUT:
            lead = between  # `repairs were carried out on 14 streets`
        active = not any(w in BE for w in view.lower(group))
        actor = self._content(view, subject, self._generic | self._people)
        if subject and words.bits[subject[0]] & self._title:
            actor = []  # `Ms Brodie reported 1,460 contacts`
        named = len(self._content(view, noun))
        if view.previous_word == "the" and lead and between[-2:-1] == lead[-1:]:
            return self._label(view, noun, noun)  # `had looked at the thirty cases`
        if named >= 5 or lead and named >= 3 or not verbs and not actor:
            return self._label(view, noun, noun)
        if any(words.bits[j] & self._speech for j in group) and named >= 2 and not actor:
            return self._label(view, noun, noun)  # `asked about the 41 children excluded twice`
        if view.previous_word in {"from", "to", "by"} and any(words.bits[j] & self._moves for j in group) and actor:
            return self._label(view, subject)  # `the backlog had been cut from 3,900 jobs to 2,150`
        if any(word in {"have", "having"} for word in view.lower(between)):
            return self._label(view, noun, noun)
        if not between and verbs and words.lower[verbs[-1]] in _INCLUDING:
            return self._label(view, noun, noun)  # `the vehicles kept there included 22 gritters`
        held = any(words.bits[j] & self._holding for j in verbs or group[-1:])
        done = bool(verbs) and len(verbs) < len(group) and actor and words.lower[verbs[-1]] not in _HAVING
        if held and (not done or self._content(view, phrase)) and not self._content(view, between):
            if self._content(view, phrase) or not actor:
                return self._label(view, noun, noun)
            return self._joined(view, [subject, noun], noun)
        holder = self._holder(view, between)
        if holder:
            done = verbs if holder == between else []
            return self._held_in(view, [*holder, *noun], done, subject if actor else [])
        if self._content(view, between, self._verb):
            # `asked to fund two posts`, `had taken on board views from 14 residents`
            opens = words.bits[between[0]] & (self._preposition | self._base) or words.lower[between[0]] == "to"
            opens = opens or any(words.bits[j] & self._conjunction for j in between)
            if lead and lead[-1] == between[-1] and not opens:
                # `had planted 800 bulbs in six parks`
                return self._joined(view, [noun, [*(subject if actor else []), *between[:-1], *verbs, *lead]], noun)
            return self._joined(view, [noun, *([subject] if actor else []), [*verbs, *between]], noun)
        if not actor:
            return self._joined(view, [noun, [*verbs, *lead]], noun)
        told = (
            bool(verbs) and bool(words.bits[verbs[-1]] & self._past) and words.lower[verbs[-1]] not in _NOT_PARTICIPLES
        )
        if active and not lead and told:
            thing = self._text(view, noun)
            text = f"{thing} {words.text[verbs[-1]]} by {self._text(view, subject)}"
            return Label(text, thing or text)
        if view.lower(lead) == ["by"]:
            return self._joined(view, [noun, verbs, subject], noun)
        return self._joined(view, [noun, [*subject, *verbs, *lead]], noun)
