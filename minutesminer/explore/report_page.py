"""The report as one HTML page that needs nothing else: no script, no request to anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from minutesminer import resources
from minutesminer.explore.dates import spoken_date
from minutesminer.explore.report import CommitteeReport
from minutesminer.explore.report_chart import draw_bars
from minutesminer.explore.row_words import KINDS, person, printable, web_address, what


def report_page(reports: Sequence[CommitteeReport], made: date) -> bytes:
    """The page of the template `db/templates/report.html`, in UTF-8: each report begins on a sheet of its own.

    Whatever comes from minutes is escaped, and only addresses of the web become links.
    """
    environment = Environment(
        loader=FileSystemLoader(resources.folder("db") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable_text,
    )
    environment.globals |= {
        "chart": lambda bars, name: Markup(draw_bars(bars, name)),
        "count": count,
        "in_capital": lambda text: text[:1].upper() + text[1:],
        "kinds": KINDS,
        "person": person,
        "spoken_date": spoken_date,
        "web_address": web_address,
        "what": what,
    }
    page = environment.get_template("report.html").render(reports=reports, made=made.isoformat())
    return page.encode()


def printable_text(value: object) -> object:
    """A value of the template without control characters; what is markup already stays."""
    return value if isinstance(value, Markup) else printable(value)


def count(number: int, one: str, several: str) -> str:
    """A number with its noun: `1 meeting`, `1,200 meetings`."""
    return f"{number:,} {one if number == 1 else several}"
