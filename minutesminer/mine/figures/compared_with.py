"""Constructions in which a figure measures what another figure or the clause before does."""

from __future__ import annotations

from minutesminer.mine.engine.ruleset import RuleSet
from minutesminer.mine.figures.figure import Figure
from minutesminer.mine.figures.phrases import Phrases
from minutesminer.mine.figures.views import Label, View

_POINTERS = (["them"], ["whom"], ["which"], ["these"], ["those"])
_COUNTING = frozenset({"share", "percentage", "proportion", "number", "rate", "total"})
_MOST = frozenset("most many some all the rest others remainder of them these".split())
_FRACTIONS = frozenset("a one two three half third thirds quarter quarters fifth fifths most nearly about over".split())
_CLOSING = frozenset({"’", "”", "'", '"'})
_TOTALLING = frozenset({"totalling", "amounting", "worth", "averaging", "equating"})


def _replaces(between: list[str]) -> bool:
    """Whether the words between two figures say that one stands for the other."""
    return between in (["in", "place", "of"], ["instead", "of"], ["rather", "than"], ["in", "lieu", "of"])


class Besides(Phrases):
    """Figures told beside, behind or against another."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__(rules)
        self._judging = rules.flag("judging_word")

    def end_of_movement(self, view: View) -> Label | None:
        """`from 74% to 72.5%`: the second measures what the first does."""
        first = view.figures[view.k - 1] if view.k else None
        if first is None or first.kind != view.figure.kind or first.sentence != view.figure.sentence:
            return None
        between = view.words.lower[first.end : view.figure.start]
        if view.previous_word != "to" or not between or {",", ";", "while", "but", "and"} & set(between):
            return None
        placed = [j for j in view.after[:4] if view.words.lower[j] == "in" and j not in view.taken]
        others = view.noun and first.noun is not None and first.unit != view.figure.unit
        if others and "from" not in view.lower(range(max(first.start - 2, 0), first.start)):
            return None  # `1,200 meals had been delivered to 90 homes`
        return None if placed else view.labels[view.k - 1]

    def replaced(self, view: View) -> Label | None:
        """`a target of 85% in place of 95% for invoices paid`: what stands behind both."""
        words, figure = view.words, view.figure
        last = view.figures[view.k - 1] if view.k else None
        if last is not None and last.kind == figure.kind and _replaces(view.lower(range(last.end, figure.start))):
            return view.labels[view.k - 1]
        ahead = view.figures[view.k + 1] if view.k + 1 < len(view.figures) else None
        if ahead is None or ahead.kind != figure.kind or not _replaces(view.lower(range(figure.end, ahead.start))):
            return None
        low, high = words.sentences[figure.sentence]
        behind = list(range(ahead.end, high))
        start = next((p for p, j in enumerate(behind[:3]) if words.lower[j] in {"for", "on", "of", "in"}), None)
        if start is None:
            before = [j for j in range(low, figure.start) if j in view.before]
            return self._clause_before(view, before) if self._content(view, before, self._comparing) else None
        named = behind[start + 1 :]
        quoted = [p for p, j in enumerate(named) if words.text[j] in {"‘", "“", "'", '"'}]
        if quoted and quoted[0] <= 5:
            close = next((p for p in range(quoted[0] + 1, len(named)) if words.text[named[p]] in _CLOSING), len(named))
            named = named[quoted[0] + 1 : close]
        else:
            named = named[: next((p for p, j in enumerate(named) if words.text[j] in {",", ";"}), len(named))]
        return self._label(view, named[2:] if view.lower(named[:2]) == ["%", "of"] else named)

    def respectively(self, view: View) -> Label | None:
        """`results in English and maths were 61% and 58% respectively`: each takes its own member of the list."""
        run = self._run(view)
        if not run:
            return None
        low = view.words.sentences[view.figure.sentence][0]
        listed = self._listed(view, list(range(low, run[0].start)), len(run))
        if listed is None:
            return None
        head, items, tail = listed
        item = items[run.index(view.figure)]
        return self._label(view, [*head, *item, *tail], item)

    def _run(self, view: View) -> list[Figure]:
        """The figures alike in front of `respectively`, of which this is one; empty where the word does not stand."""
        figures, words = view.near, view.words
        low, high = words.sentences[view.figure.sentence]
        if "respectively" not in words.lower[low : max(high, figures[-1].end) + 4]:
            return []
        at = figures.index(view.figure)
        first = last = at
        while first and figures[first - 1].kind == view.figure.kind and self._beside(view, first - 1):
            first -= 1
        while last + 1 < len(figures) and figures[last + 1].kind == view.figure.kind and self._beside(view, last):
            last += 1
        end = figures[last].end
        told = last > first and "respectively" in words.lower[end : end + 4]
        return list(figures[first : last + 1]) if told else []

    def _beside(self, view: View, at: int) -> bool:
        """Whether only a comma or `and` stands between a figure of the sentence and the next."""
        between = view.words.lower[view.near[at].end : view.near[at + 1].start]
        return bool(between) and all(word in {",", "and", "to", "at", "by"} for word in between)

    def _listed(self, view: View, at: list[int], count: int) -> tuple[list[int], list[list[int]], list[int]] | None:
        """What stands before, in and behind the last list of `count` members: `results | in English | and maths |`."""
        words, bits = view.words, view.words.bits
        joining = self._article | self._preposition
        stops = self._preposition | self._auxiliary | self._article | self._level | self._pronoun
        for p in range(len(at) - 2, 0, -1):
            if words.lower[at[p]] != "and":
                continue
            end = p + 1
            while end < len(at) and (not bits[at[end]] & stops or end == p + 1 and bits[at[end]] & joining):
                end += 1
            opened = bool(bits[at[p + 1]] & self._preposition)
            items = [at[p + 1 + opened : end]]  # `in Housing and in Highways`
            start = p
            while len(items) < count:
                back = start - (words.text[at[start - 1]] == ",")
                begin = back
                while begin and words.text[at[begin - 1]] != "," and not bits[at[begin - 1]] & stops:
                    begin -= 1
                items.insert(0, at[begin:back])
                start = begin - (len(items) < count and begin > 0 and words.text[at[begin - 1]] == ",")
                if begin == 0 or start == begin and len(items) < count:
                    break
            if len(items) != count or not all(items):
                continue
            if len(items[0]) == 1 < len(items[-1]) and not bits[items[-1][0]] & self._article:
                shared = items[-1][1:]  # `maths and English results`
                items = [[*item, *shared] for item in items[:-1]] + items[-1:]
            dated = all(j in view.taken for item in items for j in item)
            head = [j for j in at[: at.index(items[0][0])] if not dated or not bits[j] & self._preposition]
            behind = [j for j in at[end:] if not bits[j] & (self._auxiliary | self._level)]
            tail = behind if behind and bits[behind[0]] & self._preposition else []
            return head, items, tail
        return None

    def other_end(self, view: View) -> Label | None:
        """`rates varied from 21% in Ashby to 48% in Colne`: the second place in the stead of the first."""
        last, words = (view.figures[view.k - 1] if view.k else None), view.words
        label = view.labels[view.k - 1] if view.k else None
        if last is None or label is None or last.sentence != view.figure.sentence or last.kind != view.figure.kind:
            return None
        if view.previous_word != "to" or not last.start or words.lower[last.start - 1] != "from" or not view.after:
            return None
        lead = words.lower[last.end : last.end + 1]
        if lead != view.lower(view.after[:1]) or lead[0] not in {"in", "for", "at", "among", "on"}:
            return None
        head, found, _ = label.text.rpartition(f" {lead[0]} ")
        place = self._text(view, self._to_next_figure(view, view.after))
        return Label(f"{head} {lead[0]} {place}", label.thing) if found and place else None

    def set_against(self, view: View) -> Label | None:
        """`against a sector average of 13%`: what it is set against measures the same."""
        moved = view.clause.joiner == "at" and view.previous_word == "from" and view.role == "previous"
        if view.clause.joiner in {"at", ","} and view.previous_word == "to" and len(view.before) == 1:
            return self._moved_to(view)
        if view.clause.joiner != "against" and not moved or view.noun or self.budget_apart(view):
            return None
        if self._content(view, view.before, self._comparing | self._generic | self._peer | self._indicator):
            return None
        return self.antecedents.in_sentence(view)

    def _moved_to(self, view: View) -> Label | None:
        """`the time taken had fallen slightly, to 22.9 weeks`: what moved, in the clause before."""
        host = view.clause.host
        if host is None or not any(view.words.bits[j] & self._level for j in host.group):
            return None
        if any(figure.number in host.at for figure in view.near) or self._content(view, view.after):
            return None
        subject = self.antecedents.host_subject(view)
        named = self._content(view, subject, self._generic | self._people)
        return self._label(view, subject) if named else self.antecedents.pointed(view, [])

    def than(self, view: View) -> Label | None:
        """`it was 26%, although that was lower than the 34% of the first quarter`: what it is compared with."""
        last = view.labels[view.k - 1] if view.k else None
        if view.lower(view.before[-1:]) not in (["the"], ["than"]) or "than" not in view.lower(view.before[-2:]):
            return None
        if last is None or view.figures[view.k - 1].kind != view.figure.kind:
            return None
        near = view.figures[view.k - 1].sentence == view.figure.sentence
        return last if near and not self._content(view, view.before, self._comparing | self._judging) else None

    def target_for(self, view: View) -> Label | None:
        """`the target of 95% for calls to be answered`: what the target is for."""
        if view.role == "change":
            return self._movement_in(view)
        if view.role not in {"target", "benchmark"}:
            return None
        before = view.before
        if view.lower(before[-2:]) == ["budget", "of"]:
            start = next(
                (p for p in range(len(before) - 3, -1, -1) if view.words.bits[before[p]] & self._article), None
            )
            named = before[start + 1 : -1] if start is not None else []
            return self._label(view, named) if 0 < len(named) <= 4 else None
        held = view.lower(view.after[:2]) == ["target", "for"]  # `the ten-day target for answering complaints`
        if not held and view.lower(view.after[:1]) != ["for"]:
            return self._held_to(view)
        phrase, _ = self._phrase_and_rest(view)
        phrase = phrase[1:] if held else phrase
        if self._content(view, view.before, self._comparing | self._generic):
            return None
        named = self._content(view, phrase, self._comparing | self._generic | self._peer)
        return self._label(view, self.wording.predicate(view.words, phrase, True)) if named else None

    def _movement_in(self, view: View) -> Label | None:
        """`a fall of 11% in violent crime`: what fell."""
        bits = view.words.bits
        told = view.previous_word == "of" and len(view.before) > 1 and bits[view.before[-2]] & self._movement
        if not told or view.lower(view.after[:1]) != ["in"]:
            return None
        return self._label(view, self._first_phrase(view, self._to_next_figure(view, view.after[1:])))

    def _held_to(self, view: View) -> Label | None:
        """`processing should be able to meet the published target of 75%`: what is held to the target."""
        group = view.clause.group
        if (
            not group
            or group[0] > view.figure.start
            or view.previous_word != "of"
            or "target" not in view.lower(view.before)
        ):
            return None
        if not {"meet", "met", "achieve", "achieved", "reach", "below", "above", "within", "missed", "exceeded"} & set(
            view.lower(view.before)
        ):
            return None
        subject = self._subject(view)
        named = self._content(view, subject, self._generic | self._comparing | self._people)
        return self._label(view, subject) if named else None

    def put_besides(self, view: View) -> Label | None:
        """`leavers moved into work, at 96.7%`: what the clause before says."""
        host, words = view.clause.host, view.words
        if view.clause.joiner != "at" or view.previous_word != "at" or len(view.before) > 2 or host is None:
            return None
        if self._content(view, view.after) or not host.verb or any(f.number in host.at for f in view.figures):
            return None
        acted = self._content(view, host.at[host.verb[1] :], self._judging)
        if not acted and any(words.bits[j] & (self._level | self._auxiliary) for j in host.group):
            return self._label(view, host.subject)
        said = self.wording.predicate(words, [*host.subject, *host.at[host.verb[0] :]], True)
        return self._label(view, said, host.subject)

    def brought_to(self, view: View) -> Label | None:
        """`..., bringing the total to 257`: the figure before, as a total."""
        weak = self._generic | self._comparing | self._indicator
        if not view.k or view.previous_word not in {"to", "at"} or view.clause.verb is not None or not view.before:
            return None
        at, before = view.k - 1, view.before
        while at and view.figures[at].kind == "timescale" and view.figures[at].start in before:
            span = view.figures[at]  # `bringing the total over the last six months to 257`
            before = [j for j in before if not span.start - 2 <= j < span.end]
            at -= 1
        last, counting = view.labels[at], [w for w in view.lower(before) if w in _COUNTING]
        near = view.figures[at].sentence == view.figure.sentence
        if last is None or not near or self._content(view, before, weak) or not counting:
            return None
        text = last.text if last.text.startswith(counting[0]) else f"{counting[0]} of {last.text}"
        return Label(text, last.thing)

    def brought_about(self, view: View) -> Label | None:
        """`..., saving £38k a month`: the participle, and what brought it about."""
        if view.clause.joiner != "ing" or view.figure.kind not in {"money", "percentage"}:
            return None
        if len(self._content(view, view.before)) != 1:
            return None
        cause = view.labels[view.k - 1] if view.k else None
        after = self._text(view, self._behind_of(view))
        verb = self._text(view, view.before)
        if verb is None or cause is None or view.figures[view.k - 1].sentence != view.figure.sentence:
            return None
        if verb in _TOTALLING:
            return cause
        if verb == "including":
            behind = self._text(view, self._behind_of(view), True)
            return Label(f"{cause.text} {behind}", cause.thing) if behind else cause
        text = " ".join(piece for piece in (verb, after or f"from {cause.text}") if piece)
        return Label(text, cause.thing)

    def in_brackets(self, view: View) -> Label | None:
        """`six (43%) of the indicators`, `24% (147 children)`: the same in another measure."""
        before = view.figures[view.k - 1] if view.k else None
        last = view.labels[view.k - 1] if view.k else None
        if before is None or last is None or view.clause.joiner != "(" or before.kind == "timescale":
            return None
        if before.sentence != view.figure.sentence or self._content(view, view.before, self._comparing):
            return None
        beside = before.end == view.figure.start - 1
        hosted = view.clause.host is not None and before.number in view.clause.host.at
        if not beside and not hosted and view.role == "actual":
            return None
        behind = self._content(view, view.after)
        unit = view.figure.unit
        if view.lower(view.after[:1]) == ["of"] and view.lower(view.after[1:2])[:1] in _POINTERS:
            return None  # `to 41 firms, 12 of them small, and had cost`
        told_again = bool(view.clause.at) and view.previous_of(view.clause.at[0]) == "or"
        if told_again and (not behind or view.words.lower[view.after[0]] in {"a", "per", "each"}):
            return last  # `absence was 22.1%, or 7,906 pupils`
        if view.noun and unit and unit in last.text:
            return Label(last.text[last.text.index(unit) :], last.thing)
        if view.noun and view.role == "actual":
            return None
        if told_again and view.words.lower[view.after[0]] != "of":
            return Label(f"{last.text} {self._text(view, view.after, True)}", last.thing)
        text = self._text(view, view.after) if behind and view.words.lower[view.after[0]] == "of" else None
        if text is not None:
            return Label(f"{last.text} {view.words.lower[view.after[0]]} {text}", last.thing)
        return last

    def _judged(self, view: View, host: list[int]) -> Label | None:
        """`complaints were minor (64%), the rest serious (14%) or major (11%)`: the thing, and what it is."""
        words, clause = view.words, view.clause.host
        if len(host) < 2 or clause is None or words.bits[host[-1]] & self._case:
            return None
        be = words.lower[host[-2]] in {"were", "was", "are", "is", "being"}
        again = words.lower[host[-2]] in {"or", "and", "others", "rest"} or len(host) == 2
        last = view.labels[view.k - 1] if view.k else None
        if again and last is not None and view.figures[view.k - 1].sentence == view.figure.sentence:
            ending = last.text.rpartition(" ")[0]
            if ending == last.thing and words.text[host[-1]][0].islower():
                return Label(f"{last.thing} {words.text[host[-1]]}", last.thing)
        if not be:
            return None
        subject = [j for j in host[:-2] if words.lower[j] not in _MOST]
        named = self._content(view, subject, self._generic | self._peer)
        if not named and clause.host is not None:
            subject = [j for j in clause.host.subject if words.lower[j] not in _MOST]
            named = self._content(view, subject, self._generic | self._people | self._adverb)
        while named and words.bits[subject[-1]] & self._adverb:
            subject = subject[:-1]
        thing = self._text(view, subject) if named else self.antecedents.thing(view)
        return Label(f"{thing} {words.text[host[-1]]}", thing) if thing else None

    def in_brackets_behind(self, view: View) -> Label | None:
        """`end of tenancy (36%), family breakdown (24%)`: the phrase in front of the bracket."""
        clause, words = view.clause, view.words
        start = clause.at[0] - 1 if clause.at else 0
        if clause.joiner != "(" or clause.host is None or view.before or view.noun or view.role != "actual":
            return None
        host = [j for j in clause.host.at if j < start]
        if not host or host[-1] != start - 1 or self._content(view, view.after):
            return None
        judged = self._judged(view, host)
        if judged is not None:
            return judged
        place = len(host)
        while place and words.text[host[place - 1]] != "," and words.lower[host[place - 1]] not in {"and", "or", "as"}:
            if words.bits[host[place - 1]] & self._auxiliary:
                break
            place -= 1
        named = host[place:]
        of = view.lower(named).index("of") if "of" in view.lower(named) else 0
        if of and all(word in _FRACTIONS for word in view.lower(named[:of])):
            # `two thirds of staff (64%) had done the training`
            behind = [j for j in clause.host.at if j > view.figure.end]
            said = self.wording.predicate(words, [*named[of + 1 :], *self._to_next_figure(view, behind)], False)
            return self._label(view, said, named[of + 1 :])
        return self._label(view, named) if self._content(view, named) else None
