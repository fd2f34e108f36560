"""Due wording and the dates it means, counted from the day of the meeting."""

from __future__ import annotations

import pytest

from minutesminer import mine
from minutesminer.mine.promises.due import due_date

HELD = "2024-01-16"  # a Tuesday


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("by 1 April 2010 at the latest", "2010-04-01"),
        ("on 23rd January 2025", "2025-01-23"),
        ("by 12th February", "2024-02-12"),
        ("by 5 January", "2025-01-05"),
        ("by 31/03/2024", "2024-03-31"),
        ("at their March meeting", "2024-03-31"),
        ("at the January meeting", "2025-01-31"),
        ("by the end of January", "2024-01-31"),
        ("at a meeting in February 2024", "2024-02-29"),
        ("in six months", "2024-07-16"),
        ("in six months’ time", "2024-07-16"),
        ("within a fortnight", "2024-01-30"),
        ("within the next week", "2024-01-23"),
        ("within 5 working days", "2024-01-23"),
        ("by the end of the financial year", "2024-03-31"),
        ("by the end of quarter 2", "2024-09-30"),
        ("by Friday", "2024-01-19"),
        ("by Tuesday", "2024-01-23"),
        ("before Christmas", "2024-12-24"),
        ("by Easter", "2024-03-29"),
        ("in Q3", "2024-12-31"),
        ("by the end of the quarter", "2024-03-31"),
        ("by the end of the year", "2024-12-31"),
        ("by the end of 2026", "2026-12-31"),
        ("by the end of the next financial year", "2025-03-31"),
        ("by the end of next week", "2024-01-26"),
        ("by the end of next month", "2024-02-29"),
        ("next week", "2024-01-26"),
        ("next month", "2024-02-29"),
        ("within the next month", "2024-02-16"),
        ("tomorrow", "2024-01-17"),
        ("within 48 hours", "2024-01-18"),
        ("in 6-8 weeks", "2024-03-12"),
        ("in two to three months", "2024-04-16"),
        ("in a couple of weeks", "2024-01-30"),
        ("in a year’s time", "2025-01-16"),
        ("w/c 3 June", "2024-06-07"),
        ("in the week commencing 3 June 2024", "2024-06-07"),
        ("in the new year", "2025-01-31"),
        ("early next year", "2025-03-31"),
        ("on 5 February 2026", "2026-02-05"),
        ("by noon on Monday 3 June", "2024-06-03"),
        ("in June", "2024-06-30"),
        ("by the end of March 2025", "2025-03-31"),
        ("by 30th of April", "2024-04-30"),
        ("on or before 1 May 2024", "2024-05-01"),
        ("by Monday 22 January", "2024-01-22"),
        ("by close of play on Friday", "2024-01-19"),
        ("by the close of business on 2 February", "2024-02-02"),
        ("the following morning", "2024-01-17"),
        ("the next day", "2024-01-17"),
        ("overnight", "2024-01-17"),
        ("this afternoon", "2024-01-16"),
        ("later this week", "2024-01-19"),
        ("by the end of this month", "2024-01-31"),
        ("by the end of next year", "2025-12-31"),
        ("by the end of the financial year 2024/25", "2025-03-31"),
        ("by the end of 2025-26", "2026-03-31"),
        ("in Q3 2024/25", "2024-12-31"),
        ("in the first quarter of 2025", "2025-03-31"),
        ("by the end of quarter three", "2024-12-31"),
        ("by mid-March", "2024-03-31"),
        ("in early March", "2024-03-31"),
        ("in early 2025", "2025-03-31"),
        ("in mid-2025", "2025-06-30"),
        ("by late 2025", "2025-12-31"),
        ("by the new year", "2024-12-31"),
        ("within seven days", "2024-01-23"),
        ("within ten working days", "2024-01-30"),
        ("within 28 days", "2024-02-13"),
        ("in a fortnight’s time", "2024-01-30"),
        ("in three weeks’ time", "2024-02-06"),
        ("in eighteen months", "2025-07-16"),
        ("in two years’ time", "2026-01-16"),
        ("within 72 hours", "2024-01-19"),
        ("after six months", "2024-07-16"),
        ("in 4-6 weeks", "2024-02-27"),
        ("in the next six months", "2024-07-16"),
        ("over the next three months", "2024-04-16"),
        ("by the end of the second quarter", "2024-09-30"),
        ("during the next quarter", "2024-06-30"),
        ("at the meeting on 14 March", "2024-03-14"),
        ("to the meeting on 9 June 2026", "2026-06-09"),
        ("at its September meeting", "2024-09-30"),
        ("to the 12 March meeting", "2024-03-12"),
        ("prior to the Panel’s meeting on 9 February", "2024-02-09"),
        ("by 2 Feb", "2024-02-02"),
        ("w/e 9 February", "2024-02-09"),
        ("in the week of 12 February", "2024-02-16"),
        ("31.01.2024", "2024-01-31"),
        ("by next Friday", "2024-01-26"),
        ("next Tuesday", "2024-01-23"),
        ("on Thursday", "2024-01-18"),
        ("by 17:00 on 3 February", "2024-02-03"),
        ("during February", "2024-02-29"),
    ],
)
def test_wording_that_means_a_date(wording: str, expected: str) -> None:
    assert due_date(wording, HELD) == expected


@pytest.mark.parametrize(
    "wording",
    [
        "at the next meeting",
        "in due course",
        "as soon as possible",
        "going forward",
        "by 31 February 2024",
        "in the spring",
        "before the next meeting",
        "before the summer recess",
        "by the end of term",
        "by the end of the municipal year",
        "later in the year",
        "in the next few weeks",
        "on an annual basis",
        "from April 2025",
        "from Quarter 4",
        "from the end of March",
        "from May 2025 onwards",
        "until March 2026",
        "every year",
        "each year",
        "every quarter",
        "every six months",
        "every quarter until March 2026",
        "annually in March",
        "twice a year",
        "by year end",
        "after Easter",
        "before Council met",
        "once the owners had seen it",
        "six months after implementation",
        "at the earliest opportunity",
        "within two cycles",
        "by half term",
        "before the election",
        "with the next report",
        "next meeting",
        None,
    ],
)
def test_wording_that_means_no_date(wording: str | None) -> None:
    assert due_date(wording, HELD) is None


def test_the_end_of_a_month_after_a_long_month_is_its_last_day() -> None:
    assert due_date("in six months", "2023-08-31") == "2024-02-29"


def test_without_a_meeting_date_only_full_dates_are_known() -> None:
    assert [due_date(w, None) for w in ("by 1 April 2010", "in March 2024", "by 1 April", "in six months")] == [
        "2010-04-01",
        "2024-03-31",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Director would circulate the figures to Members within the next week.", "within the next week"),
        ("The Director would circulate the figures to Members outside of the meeting.", "outside of the meeting"),
        ("The Director would send the list to Members as soon as possible.", "as soon as possible"),
        ("The Director would send the list once it had been published.", "once it had been published"),
        ("The Director would send Members the figures from April to June.", None),
        ("The Director would send Members the figures for the last quarter by Friday.", "by Friday"),
        ("The Director would bring a report to the next meeting.", "to the next meeting"),
        ("The Director would bring a report to the Panel’s March meeting.", "to the Panel’s March meeting"),
        ("The Director would send the list to Members w/c 3 June.", "w/c 3 June"),
        ("The Director would send the list to Members within 48 hours.", "within 48 hours"),
        ("The Director would send the list to Members before the summer recess.", "before the summer recess"),
        ("The Director would send the list to Members early next year.", "early next year"),
        ("The Director would send the list to Members by the end of 2026.", "by the end of 2026"),
        ("The Director would send the list to Members from June onwards.", "from June onwards"),
        ("The Director would attend a future meeting of the Panel.", "a future meeting of the Panel"),
        (
            "The Director would report to the next meeting of the Full Council.",
            "to the next meeting of the Full Council",
        ),
        (
            "The Director would report to Members after the meeting with the contractor.",
            "after the meeting with the contractor",
        ),
        ("The Director would report at the Panel’s meeting on 3 May.", "at the Panel’s meeting on 3 May"),
        ("The Director would report to the Panel’s next meeting.", "to the Panel’s next meeting"),
        ("The Director would send the list to Members before it went to Cabinet.", "before it went to Cabinet"),
        ("The Director would send the list to Members the following morning.", "the following morning"),
        ("The Director would send the list to Members before Council met.", "before Council met"),
        (
            "The Director would send the list once it had been checked by the auditor.",
            "once it had been checked by the auditor",
        ),
        ("The Director would send the list once the clerk had seen it.", "once the clerk had seen it"),
        ("The Director would send the list to Members by close of play on Friday.", "by close of play on Friday"),
        ("The Director would send the list to Members in early 2026.", "in early 2026"),
        ("The Director would report to Members at the next Committee.", "at the next Committee"),
        (
            "The Director would report at the Health Sub Committee meeting in May.",
            "at the Health Sub Committee meeting in May",
        ),
        ("The Director would report ahead of the Panel’s meeting on 9 May.", "ahead of the Panel’s meeting on 9 May"),
        ("Following the meeting, the Director would send the list to Members.", "Following the meeting"),
        ("By the end of May the Director would send the list to Members.", "By the end of May"),
        ("Once agreed, the list would be sent to Members.", "Once agreed"),
    ],
)
def test_due_wording_of_an_action(text: str, expected: str | None) -> None:
    records = mine.mine_text(mine.load(), text)
    assert [action.due for action in records.actions] == [expected]
