"""The marked text: nothing lost, nothing executed, every record told."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st
from rich.text import Text

from minutesminer.explore.explain import as_html, as_text
from minutesminer.models import Action, ItemRecords, Metric

TEXT = "[bold] 95% of <script>alert(1)</script> & more, and officers would report to the Panel."


def metric(start: int, end: int, text: str = TEXT, measure: str | None = None) -> Metric:
    return Metric(
        quote=text[start:end],
        sentence=text,
        start_char=start,
        end_char=end,
        rule="percentage.sign",
        kind="percentage",
        value=95.0,
        unit="%",
        measure=measure,
    )


def action(start: int, end: int, text: str = TEXT) -> Action:
    return Action(
        quote=text[start:end],
        sentence=text,
        start_char=start,
        end_char=end,
        rule="would",
        owner='"><i>officers',
    )


class Page(HTMLParser):
    """The words of `div.text`, and every tag of the page with its class or address."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words = ""
        self.marks: list[tuple[str, str]] = []
        self.rows: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        if given.get("class") == "text":
            self.depth = 1
        elif self.depth and tag == "mark":
            self.marks.append((given["class"] or "", given["title"] or ""))
        elif tag == "tr" and given.get("id"):
            self.rows.append(given["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div":
            self.depth = 0

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_the_page_shows_the_text_as_it_stands_and_runs_none_of_it() -> None:
    page = read(as_html(TEXT, ItemRecords(metrics=[metric(7, 10)], actions=[action(11, 40)])))
    assert page.words == TEXT
    assert page.tags & {"script", "i", "img", "link"} == set()


def test_each_mark_tells_class_rule_and_slots_and_has_a_row() -> None:
    page = read(as_html(TEXT, ItemRecords(metrics=[metric(7, 10, measure="a & b")])))
    slots = "kind percentage, value 95, unit %, comparator =, measure a & b, role actual"
    said = f"figure by percentage.sign: {slots}"
    assert (page.marks, page.rows) == ([("metrics", said)], ["record-1"])


def test_overlapping_marks_are_cut_where_they_meet_and_coloured_by_the_inner_one() -> None:
    page = read(as_html(TEXT, ItemRecords(metrics=[metric(7, 10)], actions=[action(0, 20)])))
    assert [(class_, said.count(" by ")) for class_, said in page.marks] == [
        ("actions", 1),
        ("metrics both", 2),
        ("actions", 1),
    ]


def test_a_text_without_records_says_so() -> None:
    assert "Nothing was found in this text." in as_html("Plain.", ItemRecords())
    assert Text.from_markup(as_text("Plain.", ItemRecords())).plain == "Plain.\n\nNothing was found in this text."


def test_the_terminal_text_colours_the_span_and_names_the_rule() -> None:
    shown = Text.from_markup(as_text(TEXT, ItemRecords(metrics=[metric(7, 10)])))
    assert shown.plain.splitlines() == [
        TEXT,
        "",
        "figure 95% by percentage.sign",
        "    kind=percentage  value=95  unit=%  comparator==  role=actual",
    ]
    assert [(span.start, span.end) for span in shown.spans if span.style == "bold cyan"][0] == (7, 10)


@given(st.text(alphabet="ab[]/\\<&\n ", min_size=1), st.data())
@example("<\\[", None)
@example("\\[b]\\", None)
def test_any_text_comes_through_whole(text: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(text) - 1)) if data else 1
    end = data.draw(st.integers(start + 1, len(text))) if data else 2
    records = ItemRecords(metrics=[metric(start, end, text)])
    assert read(as_html(text, records)).words == text
    assert Text.from_markup(as_text(text, records)).plain.startswith(text + "\n")
