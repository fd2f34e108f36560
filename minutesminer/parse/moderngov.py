"""ModernGov's pages: a whole meeting, one item, one decision, one issue, or the attendance.

Everything stands in `#modgov`; its inner `mg*` classes are the same in every skin since 2010 and are
what is relied upon. A page without them is read as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag

from minutesminer.models import Attendee, Issue, Item, Meeting, SectionKind
from minutesminer.parse.attendance import Status
from minutesminer.parse.facts import find_date, find_time, header_facts
from minutesminer.parse.html import attribute, blocks_of, children, classes, text_of, with_class
from minutesminer.parse.page import Page
from minutesminer.parse.parts import Parsed
from minutesminer.parse.plain import parse_text
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import compose, section_label, tidy_title, without_tail

_CUT = re.compile(r"view the full (?:minutes|decision|agenda) text for item", re.I)
_NO_NAME = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|agenda\b.*|decisions|minutes)$", re.I)
_STATUSES: dict[str, Status] = {
    "present": "present",
    "absent": "absent",
    "in attendance": "in attendance",
    "apologies": "apologies",
    "substitute": "substitute",
}
_Part = tuple[SectionKind | None, str | None, list[str]]


def parse_moderngov(content: Tag, page: Page, address: str | None) -> Parsed:
    """What a ModernGov page holds. `content` is the tree of its `#modgov`, `address` where it was fetched."""
    rows = _item_rows(content)
    if rows:
        return _whole_meeting(content, page, rows, address)
    if _attendance_tables(content):
        return _attendance_page(content)
    if with_class(content, "mgSubSubTitleTxt"):
        return _decision_page(content)
    return _text_page(content)


def _item_rows(content: Tag) -> list[Tag]:
    rows: list[Tag] = []
    for cell in content.find_all("td"):
        row = cell.parent
        # Told apart by identity: to BeautifulSoup two rows that read the same are equal.
        numbered = "mgItemNumberCell" in attribute(cell, "class")
        if numbered and row is not None and row.name == "tr" and not (rows and rows[-1] is row):
            rows.append(row)
    return rows


def _attendance_tables(content: Tag) -> list[Tag]:
    return [table for table in content.find_all("table") if "attendance" in attribute(table, "summary")]


def _whole_meeting(content: Tag, page: Page, rows: list[Tag], address: str | None) -> Parsed:
    parsed = Parsed(meetings=[_meeting(content, page)])
    prose = [text_of(title) for title in with_class(content, "mgSubTitleTxt")]
    for row in rows:
        item = _item(row, address)
        if item is None:
            continue
        item.position = len(parsed.items)
        parsed.items.append(item)
        prose.append(item.text)
        if _CUT.search(row.get_text()):
            links = [attribute(anchor, "href") for anchor in row.find_all("a")]
            link = next((link for link in links if "mgAi.aspx" in link), "the item's own page")
            named = item.number or item.position + 1
            message = f"the text of item {named} is cut on this page; {link} has all of it"
            parsed.issues.append(Issue("parse", "cut_item", message))
    parsed.prose = "\n".join(prose)
    if not any(section.kind != "background" for item in parsed.items for section in item.sections):
        parsed.outcome = "no_minutes"
        message = "the page has an agenda but no minutes or decisions; fetch it again when they are published"
        parsed.issues = [Issue("parse", "no_minutes", message)]
    return parsed


def _meeting(content: Tag, page: Page) -> Meeting:
    titles = [text_of(title) for title in with_class(content, "mgSubTitleTxt")] + page.titles
    meeting = Meeting()
    for title in titles:
        committee, when = _title_parts(title)
        meeting.committee = meeting.committee or committee
        meeting.date = meeting.date or find_date(when)
        meeting.time = meeting.time or (find_time(re.sub(r"^.*\b\d{4}\b", "", when)) if find_date(when) else None)
    meeting.date = meeting.date or find_date(page.dates)
    meeting.committee = meeting.committee or header_facts(titles).committee
    labels: dict[str, str] = {}
    for label, paragraph in _labels(content, "mgLabel", "mgMainTxtBold"):
        labels.setdefault(text_of(label).rstrip(":").lower(), text_of(paragraph))
    if "venue" in labels:
        meeting.venue = header_facts([labels["venue"]]).venue
    return meeting


def _labels(content: Tag, *names: str) -> list[tuple[Tag, Tag]]:
    """The labels of facts (`Venue:`), each with the paragraph that it opens."""
    return [
        (label, label.parent)
        for label in content.find_all("span")
        if label.parent is not None
        and label.parent.name == "p"
        and any(name in attribute(label, "class") for name in names)
    ]


def _title_parts(title: str) -> tuple[str | None, str]:
    """Committee and the rest of `Audit Panel - Thursday 15 May 2025` or `Agenda for Audit Panel on ...`."""
    bare = re.sub(
        r"^(?:Agenda|Decisions|Minutes|Agenda and minutes|Agenda, decisions and minutes)\s+(?:for|of)\s+",
        "",
        title,
    )
    match = re.match(
        r"(?P<when>(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s.*?\b[ap]\.?m\.?),\s+(?P<name>.+)$", bare
    ) or re.match(
        r"(?P<name>.+?)(?:\s+[-–]\s+|\s+on\s+|,\s+)(?P<when>(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd"
        r"|th)?[\s/.-].*)$",
        bare,
    )
    if match is None or find_date(match["when"]) is None:
        return None, ""
    name = match["name"].strip()
    # `Agenda and minutes - Wednesday, 22nd January, 2025` names no committee.
    return (None, title) if _NO_NAME.match(name) else (name, match["when"])


def _item(row: Tag, address: str | None) -> Item | None:
    cells = [cell for cell in children(row) if cell.name == "td"]
    number = text_of(cells[0]).rstrip(".").strip() or None
    if len(cells) < 2:
        return None
    titles = with_class(cells[1], "mgAiTitleTxt")
    title = tidy_title(text_of(titles[0])) if titles else None
    item = compose(_parts(cells[1], titles))
    if not title and not item.text:
        return None
    item.number = None if number == "0" else number
    item.title = title or None
    item.procedural = procedural_kind(title)
    anchor = row.find("a", attrs={"name": True})
    if address and anchor is not None and attribute(anchor, "name"):
        item.url = f"{address.split('#')[0]}#{attribute(anchor, 'name')}"
    return item


def _parts(cell: Tag, titles: Sequence[Tag]) -> list[_Part]:
    """The cell's sections: the agenda's own words, then what follows each `Decision:` and `Minutes:`."""
    parts: list[_Part] = [("background", None, [])]
    listed = False  # under `Additional documents:` and the like, only a list of files follows
    for block in _top_blocks(cell, titles):
        if "mgSubItemTitleTxt" in classes(block):
            label = text_of(block)
            found = section_label(label)
            listed = found is None and label.endswith(":") and "document" in label.lower()
            if found:
                parts.append((found[0], label, []))
            elif not listed:
                parts[-1][2].append(label)
            continue
        if listed and block.name in ("ul", "ol", "li"):
            continue
        listed = False
        if {"mgActionList", "mgBulletList", "mgFileList"} & classes(block):
            continue
        parts[-1][2].extend(without_tail(blocks_of(block)))
    return [part for part in parts if part[1] or part[2]]


def _top_blocks(cell: Tag, titles: Sequence[Tag]) -> list[Tag]:
    """The blocks of the cell in order; wrappers that hold labels are opened."""
    found: list[Tag] = []
    for child in children(cell):
        if any(child is title for title in titles):
            continue
        inner = with_class(child, "mgSubItemTitleTxt") or with_class(child, "mgAiTitleTxt")
        if inner and "mgSubItemTitleTxt" not in classes(child):
            found.extend(_top_blocks(child, titles))
        else:
            found.append(child)
    return found


def _decision_page(content: Tag) -> Parsed:
    """One decision's page: title, labelled facts, then `Decision:` with its text."""
    title = next((text_of(element) for element in with_class(content, "mgSubTitleTxt")), None)
    facts: dict[str, str] = {}
    for name, paragraph in _labels(content, "mgLabel"):
        facts[text_of(name).rstrip(":").lower()] = text_of(paragraph).removeprefix(text_of(name)).strip()
    parts: list[_Part] = []
    for heading in with_class(content, "mgSubSubTitleTxt"):
        label = text_of(heading)
        found = section_label(label)
        body = next((sibling for sibling in heading.next_siblings if isinstance(sibling, Tag)), None)
        lines = blocks_of(body) if body is not None and "mgWordPara" in classes(body) else []
        parts.append((found[0], label, lines) if found else ("background", None, lines))
    item = compose(parts)
    item.title = tidy_title(title) if title else None
    item.procedural = procedural_kind(item.title)
    decided = facts.get("decided at meeting", "")
    meeting = Meeting(
        committee=re.sub(r"^\S+\s+-\s+", "", decided) or None,
        date=find_date(facts.get("date of decision", "")) or find_date(decided),
    )
    parsed = Parsed(meetings=[meeting], items=[item], prose=item.text)
    if not any(section.kind == "decision" for section in item.sections):
        parsed.outcome, parsed.items = "no_minutes", []
        parsed.issues.append(
            Issue("parse", "no_minutes", "the decision's text is not on this page; fetch the meeting's page")
        )
    return parsed


def _attendance_page(content: Tag) -> Parsed:
    meeting = Meeting()
    for title in with_class(content, "mgSubTitleTxt"):
        meeting.committee, when = _title_parts(text_of(title))
        meeting.date, meeting.time = find_date(when), find_time(re.sub(r"^.*\b\d{4}\b", "", when))
    for row in (row for table in _attendance_tables(content) for row in table.find_all("tr")):
        cells = [text_of(cell) for cell in children(row) if cell.name == "td"]
        status = _STATUSES.get(cells[2].lower() if len(cells) > 2 else "")
        if status:
            name = re.sub(r"^(?:Councillor|Cllr)\s+", "", cells[0])
            meeting.attendance.append(Attendee(name=name, role=cells[1] or None, status=status))
    message = "this page lists who attended, and has no minutes; fetch the meeting's own page"
    return Parsed(meetings=[meeting], outcome="no_minutes", issues=[Issue("parse", "no_minutes", message)])


def _text_page(content: Tag) -> Parsed:
    """One item's page (mgAi), one issue's page, or a skin without the known classes: read as text."""
    heading = " ".join(text_of(element) for element in content.find_all("h1"))
    if re.match(
        r"(?:search|decisions published|officer decisions|calendar|committees?\b|councillors?\b)",
        heading,
        re.I,
    ):
        message = f"this page ({heading.strip().lower()}) holds no minutes; fetch a meeting's own page"
        return Parsed(outcome="no_minutes", issues=[Issue("parse", "no_minutes", message)])
    title = next(
        (text_of(element) for element in with_class(content, "mgSubTitleTxt") if not find_date(text_of(element))),
        None,
    )
    return parse_text("\n\n".join(blocks_of(content)), tidy_title(title) if title else None)
