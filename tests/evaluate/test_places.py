"""Gold quotes found in the text of items, in spite of what the two write differently."""

from __future__ import annotations

import pytest

from minutesminer.evaluate.places import Place, bones_of, locate, overlap


def texts(build, items: list[str], *quotes: tuple[str, str]) -> list[str | None]:
    """What the items hold at the places found for (quote, sentence) pairs."""
    places = locate(bones_of(items), [build.gold("metrics", *pair) for pair in quotes])
    return [None if place is None else items[place.item][place.start : place.end] for place in places]


@pytest.mark.parametrize(
    ("text", "quote", "sentence", "found"),
    [
        ("It was\u00a095% in  May.", "95%", "It was 95% in May.", "95%"),
        (
            "The Sub?Committee met.",
            "The Sub-Committee met",
            "The Sub-Committee met.",
            "The Sub?Committee met",
        ),
        ("• “Staying Put” rose", '"Staying Put"', '· "Staying Put" rose', "Staying Put"),
        ("a multi-\nagency plan", "multi-agency plan", "a multi-agency plan", "multi-\nagency plan"),
        ("status ofred for it", "a status of red for it", "status of red for it", None),
        ("Placements: £1.9moverspend", "£1.9m", "Placements: £1.9moverspend", "£1.9m"),
        ("30 cases audited, 24good", "24", "30 cases audited, 24good", "24"),
        ("It fell to 9.5% here.", "9.5%", "It fell to 9.5% here.", "9.5%"),
        ("• dear me", "dear me", "o dear me", "dear me"),
        ("the scheme as shown in the plan", "as shown ...", "the scheme as shown ...", "as shown"),
    ],
)
def test_a_quote_is_found_though_the_page_writes_it_otherwise(
    build, text: str, quote: str, sentence: str, found: str | None
) -> None:
    assert texts(build, [text], (quote, sentence)) == [found]


def test_a_number_is_not_found_inside_another_number_or_word(build) -> None:
    items = ["By phone, 16 of sixty had 6.5 and 0.6 but also 6 more, not one."]
    places = locate(bones_of(items), [build.gold("metrics", quote, items[0]) for quote in ("6", "one", "six")])
    assert places == [Place(0, 47, 48), Place(0, 59, 62), None]


def test_a_quote_that_recurs_is_placed_by_its_sentence(build) -> None:
    items = ["In May 90% agreed. In June 90% agreed.", "In July 90% agreed."]
    sentences = ["In July 90% agreed.", "In June 90% agreed."]
    places = locate(bones_of(items), [build.gold("metrics", "90%", sentence) for sentence in sentences])
    assert places == [Place(1, 8, 11), Place(0, 27, 30)]


def test_records_that_read_alike_take_one_occurrence_each_in_order(build) -> None:
    items = ["RESOLVED: the report be noted.", "RESOLVED: the report be noted."]
    record = build.gold("resolutions", "the report be noted", "RESOLVED: the report be noted.")
    assert locate(bones_of(items), [record, record]) == [Place(0, 10, 29), Place(1, 10, 29)]


def test_a_short_quote_does_not_stand_where_a_longer_one_does(build) -> None:
    items = ["There were six indicators, of which six were red."]
    golds = [build.gold("metrics", quote, items[0]) for quote in ("six", "six indicators")]
    assert locate(bones_of(items), golds) == [Place(0, 36, 39), Place(0, 11, 25)]


def test_the_same_case_is_preferred_to_another(build) -> None:
    items = ["The Panel noted it. NOTED"]
    assert locate(bones_of(items), [build.gold("resolutions", "NOTED", "NOTED")]) == [Place(0, 20, 25)]


def test_a_sentence_cut_by_a_page_number_still_tells_the_place(build) -> None:
    items = ["Ten agreed. After a long debate about the many roads 12 of the borough, ten people agreed to it."]
    sentence = "After a long debate about the many roads of the borough, ten people agreed to it."
    assert locate(bones_of(items), [build.gold("metrics", "ten", sentence)]) == [Place(0, 72, 75)]


def test_words_shared_are_counted_against_the_shorter_quote() -> None:
    items = ["over 200 learners and 600 parents"]
    bones = bones_of(items)
    whole, inner, other = Place(0, 0, 17), Place(0, 5, 8), Place(0, 22, 33)
    shares = [
        overlap(bones, whole, inner),
        overlap(bones, Place(0, 0, 8), Place(0, 5, 17)),
        overlap(bones, whole, other),
    ]
    assert shares == [1.0, 0.5, 0.0]


def test_no_run_of_words_crosses_from_one_item_to_the_next(build) -> None:
    assert texts(build, ["it was ten", "people in all"], ("ten people", "it was ten people")) == [None]
