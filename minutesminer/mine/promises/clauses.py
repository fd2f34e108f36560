"""Clauses without a parser: their sentence, their end, what introduces them, and short phrases in them.

Everything here works on word indices of `Words` (half-open ranges) and on the bits of the lexicons.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from minutesminer.mine.engine.ruleset import Reading, RuleSet
from minutesminer.mine.engine.words import Words

HARD = frozenset(';:–—“"•')
DETERMINERS = frozenset("the a an this that these those its their his her our any each every some all no".split())
_CUTTING = frozenset("because although though whereas but whilst unless however".split())
_REMARKS = frozenset(
    "which where noting adding stating saying commenting emphasising stressing highlighting explaining recognising "
    "acknowledging observing remarking citing expressing suggesting feeling believing".split()
)  # after a comma they open what is remarked besides
_CLAUSE_PRONOUNS = frozenset("it he she they there this these we".split())
_AS_THEY = frozenset("so many there it he she they the this these no several most".split())
_AUXILIARIES = frozenset("was were had would is are will has have could should did does cannot must may".split())
STRIPPED = frozenset(",.;:-–—?! ")
_FINDING_OUT = frozenset(
    "see check ascertain confirm clarify establish out know ask consider investigate determine identify review "
    "whether and or even verify explore enquire inquire checking into tell understand advise".split()
)
_POLITE = frozenset(
    "possible necessary required needed appropriate available members councillors requested desired any so "
    "relevant applicable practicable wished helpful useful not".split()
)
_TITLE_JOINTS = frozenset({"of", "for", "and", "&", "the", "on", "to"})


@dataclass(frozen=True, slots=True)
class Lexis:
    """The bits of the lexicons that clauses are told by."""

    adverb: int
    article: int
    asking: int
    auxiliary: int
    body: int
    capital: int
    chair: int
    container: int
    document: int
    member: int
    not_promising: int
    own: int
    number: int
    person: int
    preposition: int
    pronoun: int
    recipient: int
    speech: int
    task: int
    third: int
    title: int
    verb: int
    verb_past: int

    @classmethod
    def of(cls, rules: RuleSet) -> Lexis:
        """The bits in `rules`; 0 where a folder lacks a list."""
        return cls(
            adverb=rules.flag("adverb") | rules.flag("promising_adverb"),
            article=rules.flag("article"),
            asking=rules.flag("asking_word"),
            auxiliary=rules.flag("auxiliary"),
            body=rules.flag("body"),
            capital=rules.flag("capitalised"),
            chair=rules.flag("chair"),
            container=rules.flag("container_noun"),
            document=rules.flag("document_noun"),
            member=rules.flag("member"),
            not_promising=rules.flag("not_promising_speech"),
            own=rules.flag("own_service"),
            number=rules.flag("number"),
            person=rules.flag("person_noun") | rules.flag("chair") | rules.flag("member"),
            preposition=rules.flag("preposition"),
            pronoun=rules.flag("agent_pronoun"),
            recipient=rules.flag("recipient_noun"),
            speech=rules.flag("speech_verb"),
            task=rules.flag("task_verb"),
            third=rules.flag("third_party"),
            title=rules.flag("title"),
            verb=rules.flag("verb"),
            verb_past=rules.flag("verb_past"),
        )


def sentence_of(words: Words, at: int) -> tuple[int, int]:
    """The sentence that holds word `at`, without its bullet or list label."""
    k = bisect_right(words.sentences, (at, len(words) + 1)) - 1
    start, end = words.sentences[max(k, 0)]
    return min(after_label(words, start, end), at), end


def after_label(words: Words, start: int, end: int) -> int:
    """The first word after a bullet and list labels such as `(1)`, `a)`, `2.` and `ii.`."""
    text = words.text
    while start < end:
        if text[start] in "•-–*":
            start += 1
        elif text[start] == "(" and start + 2 < end and text[start + 2] == ")" and len(text[start + 1]) < 4:
            start += 3
        elif start + 1 < end and text[start + 1] in ").]" and len(text[start]) < 4 and _label(text[start]):
            start += 2
        elif text[start : start + 4] == ["T", "H", "A", "T"]:
            start += 4  # letter-spaced, as some councils print it
        elif _paragraph_number(text[start]) and start + 1 < end and text[start + 1][:1].isupper():
            start += 1
        else:
            break
    return start


def _label(text: str) -> bool:
    return text.isdigit() or len(text) == 1 or not text.lower().strip("ivx")


def _paragraph_number(text: str) -> bool:
    return text[:1].isdigit() and not text.strip("0123456789.") and len(text) < 7


def in_background(reading: Reading, start: int) -> bool:
    """Whether the character at `start` stands in the agenda's own words, from which nothing is mined."""
    return any(s.kind == "background" and s.start <= start < s.end for s in reading.sections)


def clause_end(words: Words, lexis: Lexis, at: int, end: int) -> int:
    """Where the clause whose verb stands at `at` ends: at a new clause, a reason, or the sentence's end."""
    lower, _bits = words.lower, words.bits
    k = at + 1
    while k < end:
        word = lower[k]
        if word == ";":
            break
        if word == "(":
            if k + 1 < end and lower[k + 1].startswith(("action", "owner", "lead")):
                break
            closing = k
            while closing < end and lower[closing] != ")":
                closing += 1
            if closing == end:
                break
            k = closing
        elif (
            word in _CUTTING
            or word in {"as", "so", "since"}
            and lower[k + 1 : k + 2] not in (["part"], ["soon"])
            and lower[k - 1] != "soon"
            and _starts_clause(words, lexis, k + 1, end)
            or word == "and"
            and (_starts_clause(words, lexis, k + 1, end) or _asks_again(words, lexis, k + 1, end))
        ):
            break
        elif word == ",":
            following = lower[k + 1] if k + 1 < end else ""
            answered = following == "to" and lower[k + 2 : k + 3] == ["which"]  # `, to which officers replied`
            reason = following == "as" and lower[k + 2 : k + 3] and lower[k + 2] in _AS_THEY  # `, as so many had asked`
            since = following == "since" and words.text[k + 2 : k + 3] and words.text[k + 2].isalpha()
            reason = reason or (since and words.text[k + 2].islower())
            further = following == "and" and lower[k + 3 : k + 4] == ["that"] and lower[k + 2].endswith("ed")
            if (
                following in _REMARKS
                or answered
                or reason
                or further
                or _starts_clause(words, lexis, k + (2 if following in {"and", "so", "as"} else 1), end)
            ):
                break
        k += 1
    return strip_right(words, at, min(k, end))


def conditional_after(words: Words, start: int, end: int) -> bool:
    """Whether what is said hangs on a condition that follows it: `would write to residents if it was approved`.

    `to see if`, `check if` ask, and `if possible`, `if Members wished` are no more than polite.
    """
    lower = words.lower
    for k in range(start, end - 1):
        if lower[k] in {"if", "unless"} and lower[k - 1] not in _FINDING_OUT and lower[k + 1] not in _POLITE:
            return True
        if lower[k - 1 : k + 2] == [",", "provided", "that"] or lower[k : k + 2] == ["long", "as"]:
            return True
    return False


def _asks_again(words: Words, lexis: Lexis, at: int, end: int) -> bool:
    """Whether `and` is followed by a further thing said: `and asked that`, `and also suggested that`."""
    lower = words.lower
    if at < end and lower[at] in {"also", "further", "therefore", "then"}:
        at += 1
    if at + 1 >= end:
        return False
    return bool(words.bits[at] & lexis.speech) and lower[at + 1] in {"that", "for", "to", "whether", "officers", "if"}


def strip_right(words: Words, start: int, end: int) -> int:
    """`end` moved left over punctuation and a hanging conjunction."""
    while end > start + 1 and (words.text[end - 1] in STRIPPED or words.lower[end - 1] in {"and", "”", "’", '"'}):
        end -= 1
    return end


def _starts_clause(words: Words, lexis: Lexis, at: int, end: int) -> bool:
    lower, bits = words.lower, words.bits
    if at >= end:
        return False
    if lower[at] in _CLAUSE_PRONOUNS and at + 1 < end:
        return bool(bits[at + 1] & (lexis.auxiliary | lexis.verb_past | lexis.speech | lexis.adverb))
    for k in range(at, min(end, at + 9)):
        if lower[k] in {",", ";", "(", "to"} or bits[k] & lexis.asking:
            return False
        if k > at and lower[k] in _AUXILIARIES:
            return True
        speaker = k > at and bits[k - 1] & (lexis.person | lexis.body | lexis.capital)
        if speaker and bits[k] & lexis.speech and not bits[k - 1] & lexis.document and k + 1 < end:
            return True
    return False


def introducer(words: Words, lexis: Lexis, begin: int, start: int) -> int | None:
    """The word that governs a clause whose subject begins at `begin`: the word before `that`, or the one before."""
    k = begin - 1
    lower = words.lower
    while k >= start and lower[k] in {",", "both", "also", "however", "therefore", "then", "in"}:
        k -= 1
    if k < start:
        return None
    if lower[k] == "that":
        return k - 1 if k > start else k
    return k


def phrase_end(words: Words, lexis: Lexis, at: int, end: int) -> int:
    """The end of a short noun phrase that names a person, a post or a body and begins at `at`."""
    lower, bits = words.lower, words.bits
    k = at
    while k < end and (lower[k] in DETERMINERS or lower[k] in {"all", "relevant", "local", "ward", "other", "both"}):
        k += 1
    seen = False
    while k < end:
        bit = bits[k]
        if bit & lexis.capital or bit & (lexis.person | lexis.own | lexis.body) or lower[k] in {"’s", "'s"}:
            seen = True
            k += 1
        elif seen and lower[k] in _TITLE_JOINTS | {","} and k + 1 < end:
            step = k + 1
            if lower[step] in {"the", "and"} and lower[k] != "to":
                step += 1
            named = step < end and (bits[step] & lexis.capital or bits[step] & (lexis.person | lexis.own))
            if not named or lower[k] in {"on", "to"} or (lower[k] == "for" and not bits[step] & lexis.capital):
                break
            if lower[k] == "for" and bits[step] & (lexis.member | lexis.chair):
                break
            k = step
        elif not seen and k + 1 < end and bits[k + 1] & (lexis.person | lexis.own | lexis.body):
            k += 1
        else:
            break
    if seen and k < end and lower[k] == "concerned":
        k += 1
    return k if seen else at
