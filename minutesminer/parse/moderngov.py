"""ModernGov's pages: a whole meeting, one item, one decision, one issue, or the attendance.

Everything stands in `#modgov`; its inner `mg*` classes are the same in every skin since 2010 and are
what is relied upon. A page without them is read as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from minutesminer.models import Attendee, Issue, Item, Link, Meeting
from minutesminer.parse.attendance import STATUSES
from minutesminer.parse.facts import find_date, find_time, header_facts, issue_line
from minutesminer.parse.html import attribute, blocks_of, children, classes, text_of, with_class
from minutesminer.parse.page import Element, Page, whole_address, words_in
from minutesminer.parse.parts import Parsed, refused
from minutesminer.parse.plain import parse_text
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import Part, compose, section_label, tidy_title, without_tail
from minutesminer.text import clean_blocks

_CUT = re.compile(r"view the full (?:minutes|decision|agenda) text for item\s+(?P<item>[\w./()]*\w)", re.I)
_LINES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "dt"})
_DOCUMENT = re.compile(r"(?:^|/)documents/[a-z]\d|mgConvert2PDF\.aspx|\.(?:pdf|docx?|xlsx?|pptx?)(?:$|[?#])", re.I)
_PACK = re.compile(r"documents/g\d", re.I)  # of the whole meeting: its agenda, its printed minutes
_LISTS = frozenset({"mgActionList", "mgBulletList", "mgFileList"})  # of files and of links to do something
_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INLINE = frozenset("a abbr b big code em font i ins mark q s small span strike strong sub sup tt u".split())
_NO_NAME = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|agenda\b.*|decisions|minutes)$", re.I)


def parse_moderngov(page: Page, address: str | None) -> Parsed:
    """What a ModernGov page holds: its `content` is `#modgov`; `address` is where it was fetched."""
    content = page.content
    rows = _item_rows(content)
    if rows:
        return _whole_meeting(page, rows, address)
    if _attendance_tables(content):
        return _attendance_page(page)
    if any(section_label(text_of(heading)) for heading in with_class(content, "mgSubSubTitleTxt")):
        return _decision_page(content, address)
    return _text_page(content, address)


def _item_rows(content: Element) -> list[Element]:
    rows: list[Element] = []
    for cell in content.iterdescendants("td"):
        row = cell.getparent()
        numbered = "mgItemNumberCell" in attribute(cell, "class")
        if numbered and row is not None and row.tag == "tr" and not (rows and rows[-1] is row):
            rows.append(row)
    return rows


def _add_below(item: Item, lines: list[str]) -> None:
    """Adds lines to the end of an item, and so to its last section."""
    if lines:
        item.text = "\n".join(filter(None, [item.text, clean_blocks(lines)]))
        for section in item.sections[-1:]:
            section.end = len(item.text)


def _rows_without_number(row: Element) -> Iterator[Element]:
    """The rows that go on with the item of a numbered one."""
    for below in row.itersiblings("tr"):
        if any("mgItemNumberCell" in attribute(cell, "class") for cell in below.iterchildren("td")):
            return
        yield below


def _attendance_tables(content: Element) -> list[Element]:
    return [table for table in content.iterdescendants("table") if "attendance" in attribute(table, "summary")]


def _whole_meeting(page: Page, rows: list[Element], address: str | None) -> Parsed:
    parsed = Parsed(meetings=[_meeting(page)])
    prose = [text_of(title) for title in with_class(page.content, "mgSubTitleTxt")]
    for row in rows:
        item = _item(row, address)
        if item is None:
            continue
        _add_below(item, without_tail(line for each in _rows_without_number(row) for line in blocks_of(each)))
        item.position = len(parsed.items)
        parsed.items.append(item)
        prose.append(item.text)
        parsed.issues.extend(_cuts(row, address))
    parsed.prose = "\n".join(prose)
    if not any(section.kind != "background" for item in parsed.items for section in item.sections):
        parsed.outcome = "no_minutes"
        message = "the page has an agenda but no minutes or decisions; fetch it again when they are published"
        parsed.issues = [Issue("parse", "no_minutes", message)]
    return parsed


def _cuts(element: Element, address: str | None) -> Iterator[Issue]:
    """An issue for each item whose text the page cuts short: `view the full minutes text for item 12.`"""
    links = [(_CUT.search(words_in(anchor)), anchor) for anchor in element.iterdescendants("a")]
    linked = {match["item"]: whole_address(attribute(anchor, "href"), address) for match, anchor in links if match}
    for item in dict.fromkeys(match["item"] for match in _CUT.finditer(words_in(element))):
        link = linked.get(item, "the item's own page")
        yield Issue("parse", "cut_item", f"the text of item {item} is cut on this page; {link} has all of it")


def _meeting(page: Page) -> Meeting:
    titles = [text_of(title) for title in with_class(page.content, "mgSubTitleTxt")] + page.titles
    meeting = Meeting()
    for title in titles:
        committee, when = _title_parts(title)
        meeting.committee = meeting.committee or committee
        meeting.date = meeting.date or find_date(when)
        meeting.time = meeting.time or (find_time(re.sub(r"^.*\b\d{4}\b", "", when)) if find_date(when) else None)
    meeting.date = meeting.date or find_date(page.dates)
    meeting.committee = meeting.committee or header_facts(titles).committee
    labels: dict[str, str] = {}
    for label, paragraph in _labels(page.content, "mgLabel", "mgMainTxtBold"):
        labels.setdefault(text_of(label).rstrip(":").lower(), text_of(paragraph))
    if "venue" in labels:
        meeting.venue = header_facts([labels["venue"]]).venue
    return meeting


def _labels(content: Element, *names: str) -> list[tuple[Element, Element]]:
    """The labels of facts (`Venue:`), each with the paragraph that it opens."""
    return [
        (label, label.getparent())
        for label in content.iterdescendants("span")
        if label.getparent().tag == "p" and any(name in attribute(label, "class") for name in names)
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


def _item(row: Element, address: str | None) -> Item | None:
    cells = list(row.iterchildren("td"))
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
    item.links = _links(row, address)
    anchor = next((anchor for anchor in row.iterdescendants("a") if attribute(anchor, "name")), None)
    if address and anchor is not None:
        item.url = f"{address.split('#')[0]}#{attribute(anchor, 'name')}"
    return item


def _parts(cell: Element, titles: Sequence[Element]) -> list[Part]:
    """The cell's sections: the agenda's own words, then what follows each `Decision:` and `Minutes:`."""
    parts: list[Part] = [("background", None, [])]
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
        if listed and block.tag in ("ul", "ol", "li"):
            continue
        listed = False
        if _LISTS & classes(block):
            continue
        parts[-1][2].extend(without_tail(blocks_of(block)))
    return [part for part in parts if part[1] or part[2]]


def _top_blocks(cell: Element, titles: Sequence[Element]) -> list[Element]:
    """The blocks of the cell in order; wrappers that hold labels are opened."""
    found: list[Element] = []
    _wrap_loose(cell)
    for child in children(cell):
        if any(child is title for title in titles):
            continue
        inner = with_class(child, "mgSubItemTitleTxt") or with_class(child, "mgAiTitleTxt")
        if inner and "mgSubItemTitleTxt" not in classes(child):
            found.extend(_top_blocks(child, titles))
        else:
            found.append(child)
    return found


def _wrap_loose(cell: Element) -> None:
    """Puts text that stands in a cell and in no block, with the words marked in it, into paragraphs of its own."""
    parts = list(cell)
    if not any(text and text.strip() for text in (cell.text, *(part.tail for part in parts))):
        return
    text, cell.text = cell.text, None
    paragraph = _paragraph_in(cell, text) if text and text.strip() else None
    for part in parts:
        tail, part.tail = part.tail, None
        if part.tag in _INLINE:
            paragraph = _paragraph_in(cell, None) if paragraph is None else paragraph
            paragraph.append(part)
            part.tail = _sound(tail)
            continue
        cell.append(part)
        paragraph = _paragraph_in(cell, tail) if tail and tail.strip() else None


def _paragraph_in(cell: Element, text: str | None) -> Element:
    paragraph = cell.makeelement("p")
    paragraph.text = _sound(text)
    cell.append(paragraph)
    return paragraph


def _sound(text: str | None) -> str | None:
    """Text as lxml takes it: without the control characters that it reads of a damaged page, and does not write."""
    return None if text is None else _UNSOUND.sub("", text)


def _decision_page(content: Element, address: str | None) -> Parsed:
    """One decision's page: title, labelled facts, then `Decision:` with its text."""
    title = next((text_of(element) for element in with_class(content, "mgSubTitleTxt")), None)
    facts: dict[str, str] = {}
    for name, paragraph in _labels(content, "mgLabel"):
        facts[text_of(name).rstrip(":").lower()] = text_of(paragraph).removeprefix(text_of(name)).strip()
    parts: list[Part] = []
    for heading in with_class(content, "mgSubSubTitleTxt"):
        label = text_of(heading)
        found = section_label(label)
        lines = without_tail(line for block in _under(heading) for line in blocks_of(block))
        parts.append((found[0], label, lines) if found else ("background", None, lines))
    item = compose(parts)
    item.title = tidy_title(title) if title else None
    item.procedural = procedural_kind(item.title)
    item.links = _links(content, address)
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


def _under(heading: Element) -> Iterator[Element]:
    """The blocks under a heading of a decision, up to the next one, a labelled fact or a list of files."""
    for block in heading.itersiblings("*"):
        named = classes(block)
        if named & {"mgSubSubTitleTxt", *_LISTS} or (block.tag == "p" and with_class(block, "mgLabel")):
            return
        yield block


def _attendance_page(page: Page) -> Parsed:
    meeting = _meeting(page)
    for row in (row for table in _attendance_tables(page.content) for row in table.iterdescendants("tr")):
        cells = [text_of(cell) for cell in row.iterchildren("td")]
        status = STATUSES.get(cells[2].lower() if len(cells) > 2 else "")
        if status:
            name = re.sub(r"^(?:Councillor|Cllr)\s+", "", cells[0])
            meeting.attendance.append(Attendee(name=name, role=cells[1] or None, status=status))
    message = "this page lists who attended, and has no minutes; fetch the meeting's own page"
    return Parsed(meetings=[meeting], outcome="no_minutes", issues=[Issue("parse", "no_minutes", message)])


def _text_page(content: Element, address: str | None) -> Parsed:
    """One item's page (mgAi), one issue's page, or a skin without the known classes: read as text."""
    heading = " ".join(text_of(element) for element in content.iterdescendants("h1"))
    if re.match(
        r"(?:search|decisions published|officer decisions|calendar|committees?\b|councillors?\b)",
        heading,
        re.I,
    ):
        message = f"this page ({heading.strip().lower()}) holds no minutes; fetch a meeting's own page"
        return refused("no_minutes", message)
    title = next(
        (text_of(element) for element in with_class(content, "mgSubTitleTxt") if not find_date(text_of(element))),
        None,
    )
    parsed = parse_text("\n\n".join(blocks_of(content)), tidy_title(title) if title else None)
    _link(parsed, content, address)
    parsed.issues.extend(_cuts(content, address))
    return parsed


def _link(parsed: Parsed, content: Element, address: str | None) -> None:
    """Give each item the documents of its part of the page: all of it, or what stands under its meeting's line."""
    parts: list[list[Element]] = [[]]
    for element in content.iterdescendants("a", *_LINES):
        if element.tag in _LINES and issue_line(text_of(element)):
            parts.append([])
        elif element.tag == "a":
            parts[-1].append(element)
    for item in parsed.items:
        own = parts[item.meeting + 1] if len(parts) == len(parsed.meetings) + 1 and len(parts) > 1 else parts[0]
        if len(parts) > 1 or len(parsed.items) == 1:
            item.links = _documents(own, address)


def _links(element: Element, address: str | None) -> list[Link]:
    """The documents that an element lists, each once, in reading order."""
    return _documents(element.iterdescendants("a"), address)


def _documents(anchors: Iterable[Element], address: str | None) -> list[Link]:
    links: dict[str, Link] = {}
    for anchor in anchors:
        target = attribute(anchor, "href")
        if not _DOCUMENT.search(target) or _PACK.search(target):
            continue
        url = whole_address(target, address)
        title = tidy_title(text_of(anchor)) or url
        links.setdefault(url, Link(title=title, url=url))
    return list(links.values())
