"""Subjects without a parser: the phrase left of a verb, and what kind of thing it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minutesminer.mine.engine.words import Words
from minutesminer.mine.promises.clauses import DETERMINERS, HARD, STRIPPED, Lexis, phrase_end

Speaker = Literal["person", "pronoun", "body", "document", "third", "thing", "none"]

_OPENERS = frozenset(
    "in following at on after as for with under given during from by to regarding concerning through within upon "
    "before since despite about over via arising once by".split()
)
_PERIOD_ENDS = (["end"], ["close"], ["start"], ["beginning"], ["middle"], ["time"])  # `By the end of May the ...`
_REFERRED = frozenset("minute minutes item paragraph question page recommendation action".split())
_CLAUSES = frozenset("once when after before until if as".split())
_TURNS = frozenset("however therefore though nevertheless".split())
_RELATIVES = frozenset("which that who".split())
_SEVERAL = frozenset("members councillors officers".split())
_NAMES = frozenset({"May", "Will", "Early", "Still"})  # of people, as auxiliaries and adverbs are not written
_ALONE = frozenset("this it these they".split())
_AFTER_HEAD = frozenset("present concerned responsible requested required sought above mentioned".split())
_BESIDE = frozenset({"from", "by", "with", "to"})
_INTRODUCTIONS = frozenset(
    "response reply answer addition conclusion summary turn particular future consequence".split()
)
_BEFORE_SUBJECT = frozenset(
    "and or but so yet then also however therefore additionally finally furthermore moreover meanwhile consequently "
    "subsequently accordingly lastly firstly secondly thirdly thus while whilst although though that".split()
)


@dataclass(slots=True)
class Subject:
    """A subject phrase: words `start` to `end`, and what kind of thing its head is."""

    start: int
    end: int
    kind: Speaker


def subject_of(words: Words, lexis: Lexis, verb: int, start: int, depth: int = 0) -> Subject:
    """The subject phrase of the finite verb at `verb` in the sentence that begins at `start`.

    `and requested` takes the subject of the verb before it, `who would` what stands before `who`.
    """
    lower, bits = words.lower, words.bits
    end = verb
    while end > start and bits[end - 1] & (lexis.adverb | lexis.auxiliary) and not bits[end - 1] & lexis.pronoun:
        if words.text[end - 1] in _NAMES and end - 1 > start:
            break
        end -= 1
    if end == start:
        return Subject(verb, verb, "none")
    if bits[end - 1] & lexis.pronoun:
        return Subject(end - 1, end, "pronoun")
    if end - 2 > start and lower[end - 1] == "," and lower[end - 2] in _TURNS and lower[end - 3] == ",":
        return _shared_subject(words, lexis, end - 3, start, depth)  # `did not know, however, would check`
    last = lower[end - 1]
    if last == "that" and end - 1 == start:
        return Subject(start, end, "thing")  # `That would be raised with the firm`
    if last in {"who", "which"} and depth < 2 and end - 1 > start:
        subject = subject_of(words, lexis, end - 2 if lower[end - 2] == "," else end - 1, start, depth + 1)
        return subject if last == "who" else _antecedent(words, lexis, subject)
    if last in {"and", "but", "so", "&"} or (last == "," and _previous_comma(lower, end - 2, start) is None):
        return _shared_subject(words, lexis, end - 1, start, depth)
    begin = end - 1
    if last == ",":
        comma = _previous_comma(lower, end - 2, start)
        end -= 1
        if comma is not None:
            if not bits[comma + 1] & lexis.capital and lower[comma + 1] not in DETERMINERS:
                end = comma
            begin = comma - 1
    begin = _left(words, lexis, begin, end, start)
    begin = _trim_left(words, lexis, begin, end)
    if begin > start and lower[begin - 1] in _CLAUSES:
        begin = _after_clause(words, lexis, begin, end)
    if begin - 2 > start and lower[begin - 1] in _RELATIVES and bits[begin] & (lexis.auxiliary | lexis.verb_past):
        named = _trim_left(words, lexis, _left(words, lexis, begin - 2, begin - 1, start), begin - 1)
        return Subject(named, end, kind_of(words, lexis, named, begin - 1))  # `a note which would explain it would be`
    if end - 1 > begin and lower[end - 1] in _ALONE and words.text[end - 1] != "IT":
        begin = end - 1  # `Once a reply was received this would be sent`
    return Subject(begin, end, kind_of(words, lexis, begin, end))


def _antecedent(words: Words, lexis: Lexis, subject: Subject) -> Subject:
    """What `which` stands for, where the phrase before it is a clause: `apologised for the error, which would be`."""
    told = lexis.verb_past | lexis.speech | lexis.auxiliary
    verb = next(
        (
            k
            for k in range(subject.end - 2, subject.start, -1)
            if words.bits[k] & told or (words.lower[k].endswith("ed") and words.bits[k + 1] & lexis.preposition)
        ),
        None,
    )
    if verb is None:
        return subject
    begin = verb + 1 + bool(words.bits[verb + 1] & lexis.preposition)
    if begin >= subject.end or words.lower[begin] not in DETERMINERS:
        return subject
    return Subject(begin, subject.end, kind_of(words, lexis, begin, subject.end))


def whole_subject(words: Words, lexis: Lexis, verb: int, start: int) -> Subject:
    """All that stands between `that`, a colon or the sentence's start and the verb at `verb`.

    For decisions, whose subjects are long (`the measures reported to the Committee be amended`).
    """
    lower = words.lower
    begin = start
    for k in range(verb - 1, start - 1, -1):
        if lower[k] == "and" and (
            "be" in _back_to_that(lower, max(start, k - 14), k) or _second_clause(words, lexis, start, k)
        ):
            begin = k + 1
            break
        if lower[k] in {"that", ";", ":", "–", "—"} and not (
            lower[k] == "that" and k > start and _relative(words, lexis, k)
        ):
            begin = k + 1
            break
    return Subject(begin, verb, kind_of(words, lexis, begin, verb))


def _second_clause(words: Words, lexis: Lexis, start: int, at: int) -> bool:
    """Whether `and` at `at` joins a clause to one with a verb: `the Clerk email Members and the matter be reviewed`."""
    if words.lower[at + 1 : at + 2] not in (["the"], ["a"], ["an"], ["this"], ["these"]):
        return False
    bits, task = words.bits, lexis.task
    return any(
        bits[k] & task and bits[k - 1] & lexis.person and not bits[k + 1] & lexis.preposition
        for k in range(start + 1, at)
    )


def _back_to_that(lower: list[str], start: int, end: int) -> list[str]:
    """The words before `end` in its own clause: from `start`, or from the last `that` after it."""
    for k in range(end - 1, start - 1, -1):
        if lower[k] in {"that", ";", ":"}:
            return lower[k + 1 : end]
    return lower[start:end]


def _relative(words: Words, lexis: Lexis, at: int) -> bool:
    """Whether `that` at `at` goes on with a noun: a finite verb follows at once and no verb stands before."""
    bits, lower = words.bits, words.lower
    if lower[at - 1] in {"and", ",", ";", ":", ")"}:
        return False
    follows = at + 1 < len(words) and bits[at + 1] & (lexis.auxiliary | lexis.verb_past)
    return bool(follows) and not bits[at - 1] & (lexis.speech | lexis.verb_past)


def _after_clause(words: Words, lexis: Lexis, begin: int, end: int) -> int:
    """Where the subject begins behind a clause without a comma: `once the price was known an email would`."""
    finite = [k for k in range(begin, end) if words.bits[k] & (lexis.auxiliary | lexis.verb_past)]
    if not finite:
        return begin
    opening = [k for k in range(finite[-1] + 1, end) if words.lower[k] in DETERMINERS]
    if opening:
        return opening[-1]
    named = end  # `As nobody came forward Sam Hill offered`
    while named > finite[-1] + 1 and words.bits[named - 1] & lexis.capital:
        named -= 1
    return named if named < end else begin


def _previous_comma(lower: list[str], at: int, start: int) -> int | None:
    for k in range(at, max(start, at - 16), -1):
        if lower[k] == ",":
            return k
        if lower[k] in HARD or lower[k] == "that":
            return None
    return None


def _left(words: Words, lexis: Lexis, at: int, end: int, start: int) -> int:
    lower, bits, _text = words.lower, words.bits, words.text
    k = at
    while k >= start:
        word = lower[k]
        if word == ")":
            opening = k
            while opening > start and lower[opening] != "(":
                opening -= 1
            k = opening
        elif word == "that" and k > start and lower[k - 1] in {"of", "for", "to"}:
            pass  # `Members of that Committee`
        elif word == "as" and lower[k + 1] in {"regards", "to"}:
            pass  # `information as regards the scheme`
        elif word in HARD or word == "(" or word == "-" or bits[k] & lexis.asking:
            break
        elif word == ",":
            if not _inside_title(words, lexis, k, end) and not _inside_list(words, lexis, k, end, start):
                break
        elif word == "and":
            titled = bits[k - 1] & bits[min(k + 1, at)] & lexis.capital and not bits[min(k + 1, at)] & lexis.title
            titled = titled and lower[min(k + 1, at)] not in _SEVERAL
            if not titled and _finite_before(words, lexis, k, start):
                break
        elif (
            word in {"but", "however", "therefore", "yet"}
            or bits[k] & lexis.speech
            and k + 1 < end
            and not (k > start and bits[k - 1] & lexis.article)
            and not (word.endswith("ed") and bits[k - 1] & lexis.document and bits[k + 1] & lexis.preposition)
        ):
            break
        k -= 1
    return k + 1


def _inside_title(words: Words, lexis: Lexis, comma: int, end: int) -> bool:
    """Whether a comma stands within a post's name: `Director of Children, Families and Education`."""
    bits = words.bits
    if comma == 0 or comma + 1 >= end:
        return False
    if not bits[comma - 1] & lexis.capital or not bits[comma + 1] & lexis.capital:
        return False
    if bits[comma + 1] & (lexis.title | lexis.article | lexis.person):
        return False
    return "and" in words.lower[comma + 1 : min(end, comma + 8)]


def _inside_list(words: Words, lexis: Lexis, comma: int, end: int, start: int) -> bool:
    """Whether a comma stands in a list of plain nouns after `of`: `Details of the date, time and venue`."""
    lower, bits = words.lower, words.bits
    listed = [k for k in range(comma + 1, min(end, comma + 4)) if lower[k] == "and"]
    plain = all(words.text[k].islower() and not bits[k] & lexis.article for k in range(comma + 1, min(end, comma + 4)))
    return bool(listed) and plain and "of" in lower[max(start, comma - 4) : comma]


def _finite_before(words: Words, lexis: Lexis, at: int, start: int) -> bool:
    lower, bits = words.lower, words.bits
    for k in range(at - 1, start - 1, -1):
        if lower[k] in HARD or bits[k] & lexis.asking:
            return False
        if bits[k] & (lexis.auxiliary | lexis.verb_past | lexis.speech):
            return True
    return False


def _shared_subject(words: Words, lexis: Lexis, at: int, start: int, depth: int) -> Subject:
    lower, bits = words.lower, words.bits
    if depth > 2:
        return Subject(at, at, "none")
    start = _after_opening_clause(words, lexis, start, at)
    begin = start
    for k in range(at - 1, start - 1, -1):
        if lower[k] == ";" or (bits[k] & lexis.asking and lower[k] != "as"):
            begin = k + 1
            break
    inner = first_subject(words, lexis, begin, at, depth)
    # `The clerk said that a note was drafted and would be sent`: what is sent is the note.
    done_to = inner.kind in {"document", "thing"} and "be" in lower[at + 1 : at + 5]
    if begin > start and inner.kind not in {"person", "pronoun", "body"} and not done_to:
        outer = first_subject(words, lexis, start, at, depth)
        return outer if outer.kind != "none" else inner
    if inner.kind == "none":
        stop = phrase_end(words, lexis, begin, at)
        if stop > begin:
            return Subject(begin, stop, kind_of(words, lexis, begin, stop))
    return inner


def _after_opening_clause(words: Words, lexis: Lexis, start: int, end: int) -> int:
    """`As the plan was late, the Director ...`: where the main clause begins; else `start`."""
    lower, bits = words.lower, words.bits
    if not bits[start] & lexis.asking and lower[start] not in _OPENERS:
        return start
    for k in range(start + 1, end - 1):
        opens = lower[k + 1] in DETERMINERS or bits[k + 1] & (lexis.pronoun | lexis.title | lexis.person)
        if lower[k] == "," and opens:
            return k + 1
    return start


def first_subject(words: Words, lexis: Lexis, start: int, end: int, depth: int = 0) -> Subject:
    """The subject of the first finite verb among words `start` to `end`."""
    bits = words.bits
    for k in range(start, end):
        finite = bits[k] & (lexis.auxiliary | lexis.verb_past | lexis.speech)
        named = bits[k - 1] & (lexis.person | lexis.body | lexis.capital) if k > start else 0
        if k > start and (finite or (named and words.text[k].islower() and words.text[k].endswith("ed"))):
            return subject_of(words, lexis, k, start, depth + 1)
    return Subject(end, end, "none")


def _trim_left(words: Words, lexis: Lexis, begin: int, end: int) -> int:
    lower, bits = words.lower, words.bits
    last = end - (lower[end - 1] == "that")  # `That would be raised`: a subject of its own
    if begin + 3 < last and lower[begin] == "(" and lower[begin + 2] == ")":
        begin += 3  # a limb's label: `(i) an update will be sent`
    while begin < last and (lower[begin] in _BEFORE_SUBJECT or lower[begin] in STRIPPED or lower[begin] == "("):
        begin += 1
    if begin + 2 < end and lower[begin] == "in" and lower[begin + 1] in _INTRODUCTIONS:
        begin += 2
    beside = begin + 1 < end and lower[begin] in _BESIDE
    if (
        beside
        and lower[begin + 2 : begin + 3] not in _PERIOD_ENDS
        and (lower[begin + 1] in DETERMINERS or bits[begin + 1] & lexis.capital)
    ):
        return begin + 1
    if begin < end and lower[begin] in _OPENERS:
        for k in range(begin + 2, end):
            opens = lower[k] in DETERMINERS or bits[k] & (lexis.pronoun | lexis.title | lexis.person)
            joined = bits[k - 1] & (lexis.preposition | lexis.article) or lower[k - 1] in {"and", "&"}
            if bits[k - 1] & lexis.number and bits[k] & lexis.capital and lower[k - 2] in _REFERRED:
                return k  # `Arising from minute 119 Derek Morgan would`
            if opens and not joined and (lower[k] in DETERMINERS or not bits[k - 1] & lexis.capital):
                return k
    return begin


def kind_of(words: Words, lexis: Lexis, begin: int, end: int) -> Speaker:
    """What the head of the phrase is; the head stands before the first preposition."""
    lower, bits, text = words.lower, words.bits, words.text
    if begin >= end:
        return "none"
    if end - begin == 1 and bits[begin] & lexis.pronoun:
        return "pronoun"
    if bits[begin] & lexis.title:
        return "person"
    stop = end
    for k in range(begin + 1, end):
        if lower[k] == "of" and lower[k - 1] == "end":
            continue  # `the end of year reports`
        told = bits[k - 1] & lexis.document and lower[k].endswith("ing") and not bits[k] & lexis.document
        if told or bits[k] & lexis.preposition or text[k] in "(,":  # `A report setting out the options`
            stop = k
            break
    head = stop - 1
    if head > begin and lower[head] in _AFTER_HEAD:
        head -= 1
    if lower[head].endswith("’s") or text[head] in {"’s", "'s"}:
        return "thing"
    if head > begin and bits[head] & lexis.third:
        return "third"
    bit = bits[head]
    plural_of_document = bit & lexis.document and not bit & lexis.person
    if bit & lexis.third and not bit & lexis.person:
        return "third"
    if bit & lexis.person:
        return "person"
    if plural_of_document and not (bit & lexis.own and bit & lexis.capital):
        return "document"
    if bit & lexis.own or bit & lexis.body:
        return "body"
    capitals = [k for k in range(begin, stop) if bits[k] & lexis.capital and lower[k] not in DETERMINERS]
    if any(bits[k] & lexis.person for k in range(begin, stop)) and len(capitals) > 1:
        return "person"
    if len(capitals) == stop - begin and 2 <= len(capitals) <= 4:
        return "person"
    if stop - begin == 1 and text[begin].isupper() and 2 <= len(text[begin]) <= 3:
        return "person"
    if any(bits[k] & lexis.person for k in range(begin, head)) and bits[head] & lexis.capital:
        return "person"
    return "thing"
