"""Synthetic PDFs with a text layer: printed minutes, agendas, and reports."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from .business import Item, Meeting, clock, long_day

_LINES_A_PAGE = 50
_WIDTH = 88  # characters


def minutes_pdf(council: str, committee: str, meeting: Meeting) -> bytes:
    """The printed minutes of a meeting."""
    return pdf_of(tuple(_minutes(council, committee, meeting)))


def agenda_pdf(council: str, committee: str, meeting: Meeting) -> bytes:
    """The front sheet of a meeting's agenda: its items, and nothing of what was said."""
    lines = [f"**{council}", f"**{committee}", "**AGENDA", "", f"Date: {long_day(meeting.date)}", ""]
    lines += [f"Time: {clock(meeting.time)}", "", f"Venue: {meeting.location}", ""]
    for item in meeting.items:
        lines += [f"**{item.number}. {item.title}".replace("**. ", "**"), *item.background, ""]
    return pdf_of(tuple(lines))


def report_pdf(council: str, title: str) -> bytes:
    """A report to a committee: what is not minutes, although it has figures and recommendations."""
    return pdf_of(
        (
            f"**{council}",
            f"**{title}",
            "Report of the Corporate Director",
            "",
            "**Purpose of the report",
            "This report sets out performance in the year and the resources that are available to the service.",
            "",
            "**Recommendations",
            "It is recommended that the report be noted.",
        )
    )


@lru_cache(maxsize=256)
def pdf_of(lines: tuple[str, ...]) -> bytes:
    """A PDF of paragraphs: `**` makes one bold, an empty one leaves a gap; pages are numbered at the foot."""
    wrapped = list(_wrapped(lines))
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for start in range(0, max(len(wrapped), 1), _LINES_A_PAGE):
        height = 780
        for line in wrapped[start : start + _LINES_A_PAGE]:
            bold = line.startswith("**")
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 11)
            canvas.drawString(72, height, line.removeprefix("**"))
            height -= 14
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(300, 40, str(start // _LINES_A_PAGE + 1))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _minutes(council: str, committee: str, meeting: Meeting) -> Iterator[str]:
    yield f"**{council.upper()}"
    yield f"**{committee.upper()}"
    yield ""
    yield f"Minutes of a meeting of the {committee} held in the {meeting.location} on {long_day(meeting.date)}"
    yield f"at {clock(meeting.time)}"
    yield ""
    present = [f"{each.name} ({each.role})" for each in meeting.attendees if each.attendance == "Present"]
    if present:
        yield f"PRESENT: {', '.join(present).replace(' (Committee Member)', '')}"
        yield ""
    for item in meeting.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    yield f"**{item.number}. {item.title}".replace("**. ", "**")
    for paragraph in () if item.restricted else (*item.minutes, *item.decision):
        yield paragraph.replace("- ", "• ", 1) if paragraph.startswith("- ") else paragraph
        yield ""


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        bold = "**" if line.startswith("**") else ""
        for part in textwrap.wrap(line.removeprefix("**"), _WIDTH) or [""]:
            yield bold + part
