"""Whatever order the words of minutes come in, mining gives records at their places and does not fail."""

from __future__ import annotations

import random
from pathlib import Path

import srsly

from minutesminer import mine
from minutesminer.evaluate.gold import CLASSES
from minutesminer.text import clean

# The words that rules look for, and what may be missing beside them: a jumble ends where a rule expects more.
WORDS = (
    "That|the|RESOLVED|RESOLVED:|Panel|Cabinet|Members|Councillor Fell|The Chair|The Director|she|it|noted|agreed"
    "|AGREED|recommended|NOTED|asked|asked for|requested|that|would|will|would be|undertook|to|be|of|by|from|in|and"
    "|against|target|ACTION:|Action|1.|(a)|ii)|provide|a|report|bring back|next meeting|March|2024|45%|£1.2m|12|one"
    "|two|half|per cent|weeks|number of|rose|fell|moved|seconded|votes|.|,|;|:|(|)|•|-|\n|\n|\n\n"
).split("|")


def jumbles(count: int) -> list[str]:
    """Texts of up to fourteen of the words, every second one cleaned as parsing does, the same ones every time."""
    order = random.Random(20)
    raw = [" ".join(order.choices(WORDS, k=order.randint(1, 14))) for _ in range(count)]
    return [clean(text) if number % 2 else text for number, text in enumerate(raw)]


def test_a_jumble_of_the_words_of_minutes_is_mined_without_failing() -> None:
    nlp = mine.load()
    amiss = []
    for text in jumbles(4_000):
        try:
            records = mine.mine_text(nlp, text)
        except Exception as error:  # noqa: BLE001 (the test tells which texts fail, and by what)
            amiss.append((text, repr(error)))
            continue
        found = [record for class_ in CLASSES for record in getattr(records, class_)]
        amiss += [(text, one.rule) for one in found if text[one.start_char : one.end_char] != one.quote]
    assert amiss == []


def test_a_sentence_that_breaks_off_is_mined_without_failing() -> None:
    nlp = mine.load()
    order = random.Random(7)
    texts = [form["text"] for path in sorted(Path(__file__).parent.glob("*_forms.yaml")) for form in forms(path)]
    amiss = []
    for text in texts:
        words = text.split(" ")
        broken = " ".join(words[: order.randint(1, len(words))])
        try:
            mine.mine_text(nlp, broken)
        except Exception as error:  # noqa: BLE001 (the test tells which texts fail, and by what)
            amiss.append((broken, repr(error)))
    assert amiss == []


def forms(path: Path) -> list[dict[str, str]]:
    """The passages of a file of forms, at whatever depth it keeps them."""
    left, found = [srsly.read_yaml(path)], []
    while left:
        one = left.pop()
        if isinstance(one, dict) and isinstance(one.get("text"), str):
            found.append(one)
        elif isinstance(one, dict | list):
            left += one.values() if isinstance(one, dict) else one
    return found
