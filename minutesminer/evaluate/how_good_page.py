"""The page `docs/how-good.md`, printed from what `minutesminer.evaluate.how_good` has measured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from minutesminer.evaluate.gold import CLASSES
from minutesminer.evaluate.scores import Tally

Measured = Mapping[str, Any]

_NAMES = {"metrics": "figures", "resolutions": "decisions", "actions": "actions", "follow_ups": "requests"}
_SETS = {
    "held_out/c": "nine meetings of one council in another hand; nobody has read what is missed in them",
    "held_out/b": "ten documents of ten councils; nobody has read what is missed in them",
    "held_out/k": "ten meetings of a county, their figures not annotated; nobody has read them",
    "held_out/f": "ten meetings of a unitary authority, their figures not annotated; nobody has read them",
    "held_out/g": "ten meetings of a London borough, their figures not annotated; read for the linking only",
    "held_out/h": "ten meetings of a district, their figures not annotated; read for the linking only",
    "held_out/e": "ten meetings of a borough; what is missed in them was not read, but for its answers",
    "corpus/adults_and_place": "the packaged half that those who wrote the rules did not read",
    "held_out/d": "ten meetings of a county, which may be read",
    "held_out/i": "ten meetings of a unitary authority, their figures not annotated, which may be read",
    "held_out/j": "ten meetings of a Welsh county borough, their figures not annotated, which may be read",
    "corpus/follow_through": "a packaged story of requests and answers, read",
    "corpus/children": "the packaged half that they did read",
    "held_out/a": "ten documents of ten councils, whose errors were read and mended",
    "gold": "published agenda items of London boroughs, read; they may not be given away",
    "gold_fixtures": "published minutes of three councils, read; they may not be given away",
}
"""The sets, the least known to those who wrote the rules first, and what each is."""

UNREAD = (
    "held_out/c",
    "held_out/b",
    "held_out/k",
    "held_out/f",
    "held_out/g",
    "held_out/h",
    "held_out/e",
    "corpus/adults_and_place",
)
"""The sets that tell what to expect of new minutes."""

_WIDTH = 120
_WEAK = 0.85
"""Agreement of a slot below which it is listed among the weak ones."""

_HEAD = """\
# How good is it

Printed from `docs/scores.json` by `minutesminer.evaluate.how_good_page`; tests check that page and numbers are current.
`make evaluate` measures all of it again, and `make evaluate PIN=--pin` records it here.

**In short**, on minutes that nobody wrote rules for:

{short}

Every record keeps its sentence and its place in the text, so that a reader can judge each one. What is doubtful carries
a reason (`minutesminer review`), and [checking.md](checking.md) says how to look for what was missed on minutes of your
own.

## What the numbers mean

People annotated minutes by hand, by one guideline, before any program had read them. A record counts as found where its
quote overlaps the annotated one by half of the shorter one's words and, for figures, kind and value agree.

- **Precision**: of what the program lists, the share that is annotated. 0.95 is one false row in twenty.
- **Recall**: of what is annotated, the share that the program lists. 0.80 is one in five missed.
- **F1** lies between the two, and is low where either is.
- **Agreement** of a slot (what a figure measures, who promised, by when): of the records found, the mean share of the
  words that are the same, articles left out; for numbers and closed lists all or nothing.

All documents but those called published are invented. So are their councils, and the numbers are as good a guess at
real minutes as the invention is true to life.

## By set

F1 by class, and in brackets how many are annotated. The sets that the rules know least come first.

"""

_AGAIN = """\
## To measure it again

```sh
make evaluate
minutesminer evaluate corpus --by council
python -m minutesminer.evaluate tests/held_out/b tests/held_out/b --slots
python -m minutesminer.evaluate.follow_through corpus/follow_through
python -m minutesminer.evaluate.measure_mapping tests/link/measure_gold/own.yaml
python -m minutesminer.evaluate.hard tests/hard/a.json tests/hard/b.json
```

The first measures every set, against its recorded floors; the second scores a database of the packaged minutes; the
others are one set and one question each.

Your own annotation counts as well: `minutesminer evaluate GOLD` takes any folder of it, and the corrections that
officers make become such a folder ([tracking.md](tracking.md#corrections-as-annotation)).
"""


def page(scores: Measured) -> str:
    """The page, in Markdown."""
    return (
        _HEAD.format(short=_short(scores))
        + _by_set(scores)
        + "\n## By class, on minutes nobody wrote rules for\n\n"
        + _by_class(scores)
        + "\n## By kind of figure\n\n"
        + _by_kind(scores)
        + "\n## Slots\n\n"
        + _by_slot(scores)
        + "\n## Answers to what was asked for\n\n"
        + _evidence(scores)
        + "\n## Figures joined to the catalogue of measures\n\n"
        + _mapping(scores)
        + "\n## Hard sentences\n\n"
        + _hard(scores)
        + "\n## Where it is weak\n\n"
        + _weak(scores)
        + "\n"
        + _AGAIN
    )


def _short(scores: Measured) -> str:
    tallies = {class_: _sum(scores, UNREAD, "classes", class_) for class_ in CLASSES}
    return "\n".join(
        f"- {_NAMES[class_]}: of a hundred listed, {_of_hundred(tally.precision)} are right; of a hundred in the "
        f"minutes, {_of_hundred(tally.recall)} are listed"
        for class_, tally in tallies.items()
    )


def _by_set(scores: Measured) -> str:
    rows = []
    for name, what in _SETS.items():
        one = scores["sets"].get(name)
        if one is not None:
            cells = [_with_count(_tally(one["classes"][class_])) for class_ in CLASSES]
            rows.append([f"`{name}`: {what}", str(one["documents"]), *cells])
    return _table(["set", "documents", *_NAMES.values()], rows)


def _by_class(scores: Measured) -> str:
    rows = []
    for class_ in CLASSES:
        tally = _sum(scores, UNREAD, "classes", class_)
        shares = [_share(tally.precision), _share(tally.recall), _share(tally.f1)]
        rows.append([_NAMES[class_], *shares, str(tally.found), str(tally.missed), str(tally.spurious)])
    heading = ["class", "precision", "recall", "F1", "found", "missed", "false"]
    return f"The sets {_listed(UNREAD)} together.\n\n" + _table(heading, rows)


def _by_kind(scores: Measured) -> str:
    kinds = sorted({kind for one in scores["sets"].values() for kind in one["kinds"]})
    rows = []
    for kind in kinds:
        unread, every = (_sum(scores, names, "kinds", kind) for names in (UNREAD, tuple(scores["sets"])))
        rows.append([kind, _share(unread.precision), _share(unread.recall), _with_count(unread), _with_count(every)])
    heading = ["kind", "precision", "recall", "F1 (annotated)", "F1 over all sets (annotated)"]
    return "The first three columns are of the unread sets together.\n\n" + _table(heading, rows)


def _by_slot(scores: Measured) -> str:
    names = [name for name in (*UNREAD, "gold", "gold_fixtures") if name in scores["sets"]]
    rows = []
    for class_ in CLASSES:
        slots = [slot for slot in scores["sets"][UNREAD[0]]["slots"].get(class_, {}) if slot != "value"]
        for slot in slots:
            shares = [scores["sets"][name]["slots"].get(class_, {}).get(slot) for name in names]
            rows.append([f"{_NAMES[class_]}: {slot}", *map(_share, shares)])
    return "Mean agreement over the records found.\n\n" + _table(["slot", *(f"`{name}`" for name in names)], rows)


def _evidence(scores: Measured) -> str:
    rows = []
    for name, one in scores["evidence"].items():
        right, found = one["right"] / one["linked"], one["found"] / one["answers"]
        rows.append(
            [f"`{name}`", str(one["requests"]), f"{right:.2f} of {one['linked']}", f"{found:.2f} of {one['answers']}"]
        )
    heading = ["set", "requests", "of the later items linked, the share that bears on it",
               "of the items that answer, the share linked"]  # fmt: skip
    return (
        "A request or a promise is linked to later items that may answer it; the annotation says which do.\n"
        "`held_out/c`, `held_out/f` and `held_out/k` were not read by those who wrote the rules of linking.\n\n"
        + _table(heading, rows)
    )


def _mapping(scores: Measured) -> str:
    measures = scores["measures"]
    rows = []
    for name, one in measures["files"].items():
        precision = _share(one["right"] / one["joined"] if one["joined"] else None)
        recall = _share(one["right"] / one["measured"] if one["measured"] else None)
        rows.append([f"`{name}`", str(one["wordings"]), str(one["measured"]), precision, recall])
    return (
        _filled(
            f"Wordings of figures, joined to the {measures['catalogued']} measures of the catalogue. A wording of no "
            "catalogued measure must stay alone. `own` was written by those who wrote the catalogue, the others by "
            "somebody who had not seen its names."
        )
        + "\n\n"
        + _table(["file", "wordings", "of a measure", "precision", "recall"], rows)
    )


def _hard(scores: Measured) -> str:
    rows = [
        [f"`{name}`", str(one["cases"]), _share(_tally(one).f1), _share(one["passed"] / one["cases"])]
        for name, one in scores["hard"].items()
    ]
    return (
        "One construction each: reversed comparisons, corrections, references that look like figures, lost motions.\n"
        "The failures of `a` were read and mended, those of `b` never.\n\n"
        + _table(
            ["set", "sentences", "F1 of the records", "all of the sentence right, to the words of its slots"], rows
        )
    )


def _weak(scores: Measured) -> str:
    requests = _sum(scores, UNREAD, "classes", "follow_ups")
    actions = _sum(scores, UNREAD, "classes", "actions")
    slots_of = [scores["sets"][name]["slots"].get("metrics", {}) for name in UNREAD]
    measure = [slots["measure"] for slots in slots_of if "measure" in slots]
    slots = sorted(
        {
            f"{_NAMES[class_]}: {slot}"
            for name in UNREAD
            for class_, values in scores["sets"][name]["slots"].items()
            for slot, share in values.items()
            if share < _WEAK
        }
    )
    asked, listed = requests.found + requests.missed, requests.found + requests.spurious
    spots = [
        f"**Requests are the hardest class.** On the unread sets {requests.missed} of {asked} were missed, and "
        f"{requests.spurious} of the {listed} listed were none: minutes soften what is asked for until it reads like a "
        "remark.",
        f"**Few actions.** There are only {actions.found + actions.missed} annotated actions on the unread sets: one "
        "more or less moves their scores by more than a hundredth.",
        f"**What a figure measures** agrees with the annotation in {min(measure):.2f} to {max(measure):.2f} of the "
        "words. The figure itself is rarely wrong, but the wording may be some words short or long, and `this had "
        "risen to 34%` may say little.",
        f"**Slots that agree in less than {_WEAK:.2f}** on at least one unread set: {', '.join(slots)}.",
        "**A later item is a hint, not a verdict.** Answers in other words altogether are missed, and two requests "
        "that share most of their words may get each other's.",
        "**Tables, slides and attachments** are not minutes and are not read: what only the report says is in no row.",
        "**Welsh minutes**: decisions only.",
    ]
    listed_spots = "\n".join(_filled(f"- {spot}", "  ") for spot in spots)
    return f"{listed_spots}\n\nMore, with reasons: [limits.md](limits.md).\n"


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _sum(scores: Measured, names: Iterable[str], group: str, key: str) -> Tally:
    total = Tally()
    for name in names:
        counts = scores["sets"].get(name, {}).get(group, {}).get(key)
        if counts is not None:
            total.add(_tally(counts))
    return total


def _tally(counts: Measured) -> Tally:
    return Tally(counts["found"], counts["missed"], counts["spurious"])


def _with_count(tally: Tally) -> str:
    return f"{_share(tally.f1)} ({tally.found + tally.missed})"


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _of_hundred(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
