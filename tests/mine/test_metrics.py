"""Figures by construction: what comes out of a sentence, whole, and what must not."""

from __future__ import annotations

import pytest


def figures(mined, text: str) -> list[tuple]:
    return [
        (m.quote, m.kind, m.value, m.value_max, m.unit, m.comparator, m.base, m.role, m.direction)
        for m in mined(text).metrics
    ]


def brief(mined, text: str) -> list[tuple]:
    return [(m.quote, m.value, m.role) for m in mined(text).metrics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sickness absence had increased from 13% to 19%.",
            [
                ("13%", "percentage", 13, None, "%", "=", None, "previous", None),
                ("19%", "percentage", 19, None, "%", "=", None, "actual", "up"),
            ],
        ),
        (
            "The number of complaints decreased to 4,873 from 12,123.",
            [
                ("4,873", "count", 4873, None, "complaints", "=", None, "actual", "down"),
                ("12,123", "count", 12123, None, "complaints", "=", None, "previous", None),
            ],
        ),
        (
            "Absence stood at 9.75 days per FTE.",
            [("9.75 days per FTE", "rate", 9.75, None, "days per FTE", "=", None, "actual", None)],
        ),
        (
            "The rate of admissions was 612.4 per 100,000 population.",
            [("612.4 per 100,000", "rate", 612.4, None, "per 100,000", "=", None, "actual", None)],
        ),
        (
            "Calls took 4 minutes 30 seconds to answer.",
            [("4 minutes 30 seconds", "timescale", 4.5, None, "minute", "=", None, "actual", None)],
        ),
        (
            "Families waited 5-8 weeks.",
            [("5-8 weeks", "timescale", 5, 8, "week", "=", None, "actual", None)],
        ),
        (
            "The subsidy bought 3.2 trips per passenger.",
            [("3.2 trips per passenger", "rate", 3.2, None, "trips per passenger", "=", None, "actual", None)],
        ),
        (
            "Staff scored 3.6 out of 5 for kindness.",
            [("3.6 out of 5", "score", 3.6, None, None, "=", 5, "actual", None)],
        ),
        (
            "There were 26 triggers, five fewer than in 2021/22.",
            [
                ("26 triggers", "count", 26, None, "triggers", "=", None, "actual", "down"),
                ("five fewer", "count", 5, None, "triggers", "=", None, "change", "down"),
            ],
        ),
        (
            "One in seven households was affected.",
            [("One in seven", "rate", 1, None, None, "=", 7, "actual", None)],
        ),
        (
            "The panel heard that 17 of the 24 recommendations had been met.",
            [("17 of the 24", "count", 17, None, "recommendations", "=", 24, "actual", None)],
        ),
        (
            "It cost £7.142million, of which £250k was new.",
            [
                ("£7.142million", "money", 7_142_000, None, "GBP", "=", None, "actual", None),
                ("£250k", "money", 250_000, None, "GBP", "=", 7_142_000, "actual", None),
            ],
        ),
        (
            "Three hundred and forty-two permits were issued.",
            [("Three hundred and forty-two permits", "count", 342, None, "permits", "=", None, "actual", None)],
        ),
    ],
)
def test_a_figure_comes_with_all_its_slots(mined, text, expected):
    assert figures(mined, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "80% of calls were answered, above the target of 65%; 91% of visits were on time against a target of 78%.",
            [("80%", 80, "actual"), ("65%", 65, "target"), ("91%", 91, "actual"), ("78%", 78, "target")],
        ),
        ("Turnover was better than target at 9.5%.", [("9.5%", 9.5, "actual")]),
        ("Repairs stood at 88.4% (target 95%).", [("88.4%", 88.4, "actual"), ("95%", 95, "target")]),
        (
            "Unemployment was 4.2%, compared with 5.1% nationally.",
            [("4.2%", 4.2, "actual"), ("5.1%", 5.1, "benchmark")],
        ),
        (
            "The figure was below the national (6%) and London (5.3%) averages.",
            [("6%", 6, "benchmark"), ("5.3%", 5.3, "benchmark")],
        ),
        (
            "The overspend was £1.2m, compared with £800,000 the year before.",
            [("£1.2m", 1_200_000, "actual"), ("£800,000", 800_000, "previous")],
        ),
        ("Knife crime fell by 12%.", [("12%", 12, "change")]),
        (
            "A saving of £0.4m was expected, with spending of £3m against a budget of £2.9m.",
            [("£0.4m", 400_000, "forecast"), ("£3m", 3_000_000, "actual"), ("£2.9m", 2_900_000, "target")],
        ),
        ("The scheme will cost £4m.", [("£4m", 4_000_000, "forecast")]),
        ("There were nine more than in the autumn.", [("nine more", 9, "change")]),
        (
            "Waste recycled: 47.9% (target 50%; 46.2% in 2023/24).",
            [("47.9%", 47.9, "actual"), ("50%", 50, "target"), ("46.2%", 46.2, "previous")],
        ),
        ("Average stay 47 days, was 39 days last winter.", [("47 days", 47, "actual"), ("39 days", 39, "previous")]),
        ("£4.4m (71%) would be delivered.", [("£4.4m", 4_400_000, "forecast"), ("71%", 71, "forecast")]),
        (
            "A charge followed in 13.2% of cases, against 8.8% for the most similar forces.",
            [("13.2%", 13.2, "actual"), ("8.8%", 8.8, "benchmark")],
        ),
        ("Spend was £1.06m, budget £720k.", [("£1.06m", 1_060_000, "actual"), ("£720k", 720_000, "target")]),
    ],
)
def test_the_part_a_figure_plays(mined, text, expected):
    assert brief(mined, text) == expected


@pytest.mark.parametrize(
    ("text", "comparator", "quote"),
    [
        ("They saw over 200 learners.", ">", "over 200 learners"),
        ("They saw just under 200 learners.", "<", "just under 200 learners"),
        ("They saw at least 200 learners.", ">=", "at least 200 learners"),
        ("They saw up to 200 learners.", "<=", "up to 200 learners"),
        ("They saw nearly 200 learners.", "~", "nearly 200 learners"),
        ("They saw no more than 200 learners.", "<=", "no more than 200 learners"),
        ("They saw 200 learners or more.", ">=", "200 learners or more"),
        ("They saw 200 learners.", "=", "200 learners"),
    ],
)
def test_words_of_quantity_belong_to_the_quote(mined, text, comparator, quote):
    assert [(m.quote, m.comparator, m.value) for m in mined(text).metrics] == [(quote, comparator, 200)]


def test_so_many_in_so_many_things_are_two_counts(mined):
    assert [(m.quote, m.kind) for m in mined("There were two officers in 14 schools.").metrics] == [
        ("two officers", "count"),
        ("14 schools", "count"),
    ]
    assert [(m.quote, m.kind) for m in mined("One pupil in six was absent.").metrics] == [("One pupil in six", "rate")]


def test_a_bound_belongs_to_the_figure_it_stands_before(mined):
    found = mined("It drew over 200 learners and 600 parents / carers.").metrics
    assert [(m.quote, m.comparator) for m in found] == [("over 200 learners", ">"), ("600 parents / carers", "=")]


def test_an_elided_noun_is_still_counted(mined):
    found = mined("There were four schools rated as requiring improvement and one rated as inadequate.").metrics
    assert [(m.quote, m.value, m.unit) for m in found] == [("four schools", 4, "schools"), ("one", 1, "schools")]


def test_parts_of_a_counted_whole_carry_it_as_base(mined):
    found = mined("20 LAC in residential provision, of this number, 16 have special needs.").metrics
    assert [(m.quote, m.base, m.unit) for m in found] == [("20 LAC", None, "LAC"), ("16", 20, "LAC")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The figure was 45,000 and not 42,800.", ["45,000"]),
        ("There were ten vacancies rather than nine.", ["ten vacancies"]),
        ("The sum of £1.5m in the table should read £1.2m.", ["£1.2m"]),
    ],
)
def test_only_the_corrected_figure_is_kept(mined, text, kept):
    assert [m.quote for m in mined(text).metrics] == kept


@pytest.mark.parametrize(
    "text",
    [
        "Minute 34 refers, and item 7 was deferred.",
        "See pages 52 - 61 and paragraph 4.4 of appendix 2.",
        "The meeting began at 6.30 pm and closed at 8.15pm.",
        "Children under section 20 of the Act and the Localism Act 2011.",
        "Young people aged 16 and 17, over 75s and 16-18 year olds.",
        "Telephone 01246 242424 for a copy (PDF 57 KB).",
        "The decision of 12 March 2024 covers 2020-2025 and 2016/17.",
        "The motion was carried by 22 votes to one, with two abstentions.",
        "For (52), Against (0), Abstain (11).",
        "The motion was carried by 23 to 17.",
        "Yes: 5 No: 3 Abstain: 1",
        "Seven Members voted in favour and two against.",
        "It was carried by the 9 members present. Quorum: 4.",
        "It was staffed between 10.00 and 22.00 only.",
        "There were none under 25 and no young people over 18.",
        "Each speaker may speak for three minutes after five working days’ notice.",
        "It was one of the strongest bids and nobody chose one.",
        "Complaints at stage one, category 2 calls, Phase 1 and 2, Year 6 pupils.",
        "It is at 294 High Road, in Room 15 on the 2nd floor.",
        "The net zero plan was number one on the list.",
        "1. The Committee noted it.",
        "(2) That it be noted.",
        "5.2 The Committee noted it.",
    ],
)
def test_noise_gives_no_figure(mined, text):
    assert [m.quote for m in mined(text).metrics] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "95% of families with young children were registered at a centre.",
            ["families with young children registered at a centre"],
        ),
        ("There was an 18% vacancy rate in the service.", ["vacancy rate in the service"]),
        ("The average time for concluding proceedings was 40.9 weeks.", ["average time for concluding proceedings"]),
        ("Turnover was 9%. It had risen to 12%.", ["Turnover", "Turnover"]),
        (
            "Tenancy checks: 84% done on time.",
            ["Tenancy checks done on time"],
        ),
    ],
)
def test_what_a_figure_measures(mined, text, expected):
    assert [m.measure for m in mined(text).metrics] == expected


def test_nothing_is_read_from_agenda_background(nlp):
    from minutesminer.mine.document import mine_one
    from minutesminer.models import Section

    text = "To receive 12 reports.\nMinutes:\nThe panel saw 14 reports."
    start = text.index("The panel")
    sections = [Section("background", 0, 22), Section("minutes", start, len(text))]
    assert [m.quote for m in mine_one(nlp, text, sections, None).metrics] == ["14 reports"]
