"""What pages look like: furniture, columns, turned pages, large print, hyphens. All synthetic, made here."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from minutesminer.models import Attendee
from minutesminer.parse import parse

Put = tuple[float, float, str, str, float]  # from the left and from below, words, font, size

WIDTH, HEIGHT, LEFT, STEP = 595, 842, 72, 14
HEAD = [
    "WESTMERE COUNTY COUNCIL",
    "AUDIT PANEL",
    "Minutes of a meeting held on Tuesday, 4 June 2024.",
    "PRESENT: Mrs A Lee (Chairman) and Mr B Moe",
    "",
]
PLAN = (
    "Mr Poe introduced the plan, which set out the work of the coming year and had been drawn up after talks with "
    "every director. He was confident that the thirty reviews in it could be done by the end of March and that none "
    "would be late. Members thanked him for it and asked that the plan be sent to all schools."
)
LINES = textwrap.wrap(PLAN, 86)
FIRST = [*HEAD, "**1. Apologies", "", "None were received.", "", "**2. Plan", "", *LINES[:2]]
SECOND = [*LINES[2:], "", "**3. Work Programme", "", "RESOLVED that the programme be agreed."]
LAST = ["**4. Any other business", "", "There was none."]
READ = [
    ("Apologies", "None were received."),
    ("Plan", PLAN),
    ("Work Programme", "RESOLVED that the programme be agreed."),
]


def put(left: float, down: float, words: str, size: float = 11) -> Put:
    return left, HEIGHT - down, words.removeprefix("**"), "Helvetica-Bold" if words[:2] == "**" else "Helvetica", size


def body(lines: Sequence[str], size: float = 11) -> list[Put]:
    """Lines under each other from the top of a page; `**` is bold, `##` is large print."""
    return [
        put(LEFT, 82 + STEP * at, line.removeprefix("##"), 14 if line.startswith("##") else size)
        for at, line in enumerate(lines)
        if line
    ]


def pdf(*pages: Iterable[Put]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1)
    for puts in pages:
        for left, height, words, font, size in puts:
            canvas.setFont(font, size)
            canvas.drawString(left, height, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def read(data: bytes) -> list[tuple[str | None, str]]:
    return [(item.title, item.text) for item in parse(data, "minutes.pdf").items]


@pytest.mark.parametrize("pages", [(1, 11), (9, 109)])
def test_two_page_numbers_and_a_footer_of_two_lines_go(pages: tuple[int, int]) -> None:
    def feet(at: int) -> list[Put]:
        own, packs = (page + at for page in pages)
        return [
            put(LEFT, 790, "Audit Panel: 4 June 2024"),
            put(LEFT, 802, "Minutes to be confirmed at the next meeting"),
            put(290, 814, str(own)),
            put(480, 826, f"Page {packs}"),
        ]

    assert read(pdf([*body(FIRST), *feet(0)], [*body(SECOND), *feet(1)])) == READ


def test_footers_with_figures_at_their_ends_are_no_table() -> None:
    def feet(at: int) -> list[Put]:
        return [
            *(put(LEFT, 790, "Minutes of the Panel"), put(300, 790, "2024"), put(500, 790, str(at))),
            *(put(LEFT, 804, "Westmere"), put(300, 804, "2025"), put(500, 804, str(at + 30))),
        ]

    assert read(pdf([*body(FIRST), *feet(1)], [*body(SECOND), *feet(2)])) == READ


def test_headers_that_change_with_the_section_go() -> None:
    def header(words: str, number: int) -> list[Put]:
        return [put(LEFT, 27, words), put(510, 27, str(number))]

    a, b = "Part A: open session", "Part B: other business"
    assert read(
        pdf(
            [*header(a, 1), *body(FIRST)],
            [*header(a, 2), *body(SECOND[:1])],
            [*header(b, 3), *body(SECOND[1:])],
            [*header(b, 4), *body(LAST)],
        )
    ) == [*READ, ("Any other business", "There was none.")]


def test_the_header_of_a_section_of_one_page_goes_and_a_sentence_in_its_place_stays() -> None:
    def headed(header: str, lines: list[str]) -> list[Put]:
        return [put(LEFT, 27, header), *body(lines)]

    a, b = "Part A: open session", "Part B: other business"
    before = [headed(a, FIRST), headed(a, SECOND)]
    assert read(pdf(*before, headed(b, LAST))) == [*READ, ("Any other business", "There was none.")]
    assert read(pdf(*before, headed("The Panel rose at noon.", LAST)))[2] == (
        "Work Programme",
        "RESOLVED that the programme be agreed.\nThe Panel rose at noon.",
    )


def test_headings_in_large_print_are_headings_like_bold_ones() -> None:
    texts = {
        "Apologies for absence": "None were received.",
        "Declarations of interest": "There were none.",
        "The library in Oak Street": PLAN,
    }

    def page(mark: str) -> bytes:
        lines = [*HEAD]
        for title, text in texts.items():
            lines += [
                f"{mark}{title}",
                "",
                *textwrap.wrap(text, 86),
                "",
                "A line of names",
                "",
                "The Panel agreed.",
                "",
            ]
        return pdf(body(lines))

    expected = [(title, f"{text}\nA line of names\nThe Panel agreed.") for title, text in texts.items()]
    assert read(page("**")) == expected
    assert read(page("##")) == expected


def test_a_bullet_in_larger_print_does_not_make_its_line_a_heading() -> None:
    lines = FIRST[:-2]
    down = 90 + STEP * len(lines)
    text = [
        "The plan had been drawn up after talks with every director and with all of those whom the",
        "Members had named.",
    ]
    puts = [put(LEFT, down, "•", 14), *(put(LEFT + 14, down + STEP * at, line) for at, line in enumerate(text))]
    assert read(pdf([*body(lines), *puts]))[1] == ("Plan", f"• {' '.join(text)}")


def test_paragraphs_numbered_anew_under_each_item_and_lettered_ones_stay_in_it() -> None:
    under = {
        "Apologies": ["1. None were received."],
        "Plan": [
            *(
                "1. The plan was received.",
                "2. RESOLVED that:",
                "(a) the plan be noted;",
                "(b) the Director be asked to:",
            ),
            *("(i) write to schools; and", "(ii) report back in May.", "3. It was noted."),
        ],
        "Work Programme": ["1. The programme was agreed.", "2. It would be sent out."],
    }
    lines = [*HEAD]
    for at, (title, text) in enumerate(under.items(), start=1):
        lines += [f"**{at}. {title}", "", *text, ""]
    assert read(pdf(body(lines))) == [(title, "\n".join(text)) for title, text in under.items()]


def test_words_at_the_right_are_a_block_of_their_own() -> None:
    lines = [*FIRST[:-2], LINES[0]]
    after = "The Panel then turned to the second of the motions, which had been moved by Mr Moe."
    down = 82 + STEP * len(lines)
    puts = [*body(lines), put(430, down, "Motion carried."), put(LEFT, down + STEP, after)]
    assert read(pdf(puts))[1] == ("Plan", f"{LINES[0]}\nMotion carried.\n{after}")


def test_hyphens_at_line_ends_go_where_the_word_is_written_without_one() -> None:
    lines = [
        *("The Panel heard of the re-", "organisation, of co-", "operation and of long-", "term plans in the organ-"),
        *(
            "isation. The organisation was glad of sub-",
            "categories and of its bene-",
            "fits. The benefits were clear.",
        ),
    ]
    assert read(pdf(body([*FIRST[:-2], *lines])))[1] == (
        "Plan",
        "The Panel heard of the re-organisation, of co-operation and of long-term plans in the organisation. "
        "The organisation was glad of sub-categories and of its benefits. The benefits were clear.",
    )


def test_a_drop_capital_belongs_to_its_word() -> None:
    lines = FIRST[:-2]
    down = 90 + STEP * len(lines)
    puts = [
        *body(lines),
        put(LEFT, down + 16, "T", 36),
        put(LEFT + 22, down, "he Panel met on the day of the fair and heard from all of the traders who had"),
        put(LEFT + 22, down + STEP, "come to it."),
    ]
    assert read(pdf(puts))[1] == (
        "Plan",
        "The Panel met on the day of the fair and heard from all of the traders who had come to it.",
    )


COLUMNS = [
    "The Panel heard that the number of homes let in the year had risen and that the wait had fallen in each of the "
    "five areas of the borough. Members asked what had been done to bring this about and were told of the new team.",
    "Repairs had been slower than hoped. Two firms had left the contract in the spring and a third had been late to "
    "start. The Director said that the work was now on time and that a report would come to the Panel in the autumn.",
]


@pytest.mark.parametrize("order", ["line by line", "column by column"])
def test_prose_in_two_columns_is_read_column_by_column(order: str) -> None:
    lines = FIRST[:-2]
    start = 90 + STEP * len(lines)
    left, right = (textwrap.wrap(column, 42) for column in COLUMNS)
    puts = [
        *(put(LEFT, start + 12 * at, line, 10) for at, line in enumerate(left)),
        *(put(310, start + 12 * at, line, 10) for at, line in enumerate(right)),
    ]
    if order == "line by line":
        puts.sort(key=lambda each: (-each[1], each[0]))
    end = put(
        LEFT, start + 200, "The Panel thanked all of those who had come to the meeting for their work in the year."
    )
    assert read(pdf([*body(lines), *puts, end]))[1] == ("Plan", "\n".join([*COLUMNS, end[2]]))


def test_values_beside_labels_are_read_line_by_line() -> None:
    pairs = [
        *(("Lead member", "Mrs A Lee"), ("Lead officer", "Mr D Poe"), ("Wards", "All of them")),
        *(("Key decision", "No, it is not"), ("Date of report", "In the spring"), ("Annexes", "None at all")),
    ]
    puts = [
        put((LEFT, 310)[column], 200 + 20 * at, words)
        for at, pair in enumerate(pairs)
        for column, words in enumerate(pair)
    ]
    text = " ".join(read(pdf(body(FIRST[:-2]), puts))[1][1].split())
    assert text == " ".join(word for pair in pairs for word in pair)


def test_names_in_two_columns_are_told_apart_and_offices_go_with_them() -> None:
    names = [
        *(("Cllr Ada Marl (Chair)", "Cllr Bo Wick"), ("Cllr Cy Dale", "Cllr Di Poe")),
        *(("In attendance:", ""), ("Ed Roe", "Head of Housing"), ("Flo Noe", "Clerk")),
    ]
    top = [*HEAD[:3], "PRESENT:"]
    start = 82 + STEP * len(top)
    puts = [
        put((LEFT, 310)[column], start + STEP * at, words)
        for at, pair in enumerate(names)
        for column, words in enumerate(pair)
        if words
    ]
    rest = [put(LEFT, start + STEP * (len(names) + 1 + at), line) for at, line in enumerate(FIRST[len(HEAD) :]) if line]
    document = parse(pdf([*body(top), *puts, *rest], body(SECOND)), "minutes.pdf")
    assert document.meetings[0].attendance == [
        Attendee("Ada Marl", "Chair"),
        Attendee("Bo Wick"),
        Attendee("Cy Dale"),
        Attendee("Di Poe"),
        Attendee("Ed Roe", "Head of Housing", "in attendance"),
        Attendee("Flo Noe", "Clerk", "in attendance"),
    ]
    assert [(item.title, item.text) for item in document.items] == READ


CELLS = [
    ["Indicator", "Target", "Actual", "Status"],
    ["Care leavers in EET", "60%", "55%", "Red"],
    ["Visits in time", "95%", "96%", "Green"],
]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_read_like_others(turn: int, ruled: bool) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1)
    for left, height, words, font, size in body([*FIRST[:-2], "1. The Panel received the scorecard."]):
        canvas.setFont(font, size)
        canvas.drawString(left, height, words)
    canvas.showPage()
    canvas.setPageRotation(turn)
    canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
    canvas.rotate(turn)  # so that the page, turned by whoever shows it, stands upright
    canvas.setFont("Helvetica", 11)
    if ruled:
        table = Table(CELLS, colWidths=100, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
        _, deep = table.wrapOn(canvas, 450, 500)
        table.drawOn(canvas, LEFT, 500 - deep)
    else:
        for down, row in enumerate(CELLS):
            for at, words in enumerate(row):
                canvas.drawString((LEFT, 230, 330, 430)[at], 480 - STEP * down, words)
    canvas.drawString(
        LEFT, 400, "2. Members asked why fewer care leavers were in work than had been hoped at the start"
    )
    canvas.drawString(LEFT, 400 - STEP, "of the year.")
    canvas.save()
    assert read(file.getvalue())[1] == (
        "Plan",
        "1. The Panel received the scorecard.\n"
        "Indicator: Care leavers in EET; Target: 60%; Actual: 55%; Status: Red\n"
        "Indicator: Visits in time; Target: 95%; Actual: 96%; Status: Green\n"
        "2. Members asked why fewer care leavers were in work than had been hoped at the start of the year.",
    )
