"""Text as saved, pasted or taken from a page: one item, an issue over several meetings, or whole minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from minutesminer.models import Issue, Item, Meeting, Section
from minutesminer.parse.attendance import attendance_label, read_attendance
from minutesminer.parse.facts import committee_in_prose, find_date, header_facts, issue_line, meeting_line
from minutesminer.parse.items import Found, find_items, is_title
from minutesminer.parse.leaves import on_pages
from minutesminer.parse.listing import is_listing, listing_as_one, parse_listing
from minutesminer.parse.lone_numbers import with_numbers_placed
from minutesminer.parse.navigation import is_navigation, tells, without_navigation
from minutesminer.parse.opening import opening
from minutesminer.parse.parts import Block, Parsed
from minutesminer.parse.procedural import procedural_kind
from minutesminer.parse.sections import LOST_LABEL, build_item, section_label, tidy_title
from minutesminer.text import BULLET, clean

_GLUED = re.compile(r"((?:Supporting|Additional) documents?:)[ \t]*(?=Agenda item\b)", re.I)
_PAST = re.compile(
    r"\b(?:resolved|noted|agreed|(?<!\bbe )(?:received|considered)|advised|asked|queried|reported|explained|informed"
    r"|highlighted|commented|requested|thanked|introduced|presented|attended|outlined|discussed|welcomed"
    r"|confirmed|stated|moved|seconded|was|were|had|penderfynwyd|nodwyd|cytunwyd)\b",
    re.I,
)
# `Cadarnhawyd`, `Dywedodd`; `a gynhaliwyd` (that was held) and `amgaewyd` are an agenda's too.
_WELSH_PAST = re.compile(
    r"\b(?!(?:gynhaliwyd|cynhaliwyd|amgaewyd|atodwyd|cylchredwyd|dosbarthwyd)\b)\w{3,}(?:wyd|odd)\b|\bgwnaeth\b",
    re.I,
)
# What opens minutes besides the words above: an agenda may have these too, and not as what somebody did.
_DID = re.compile(
    r"\b(?:submitted|provided|gave|updated|reminded|drew|referred|responded|stressed|clarified) (?:an?|the|Members)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|to (?:consider|receive|note|approve|agree|confirm|review|scrutinise|announce|invite|identify|disclose)"
    r"|members (?:may|must|are reminded)|must (?:be|not|disclose)|(?:is|are) (?:asked"
    r"|invited|recommended|requested)|should declare)\b",
    re.I,
)
_NOW = re.compile(  # of minutes in the present tense; an agenda has `the Committee notes` in what it recommends
    r"\b(?:Chair|Vice-Chair|Panel|Committee|Board|Forum|Group|Members?|Cllr \w+|Councillor \w+|[A-Z]{2,3})"
    r" (?:reports|asks|thanks|welcomes|explains|advises|confirms|requests|queries|says|feels|highlights|gives"
    r"|suggests)\b"
)
_EXCLUSION = re.compile(  # as agendas propose it
    r"\bresolved\W+that (?:under [^\n]{0,80}?)?the (?:press and )?public(?: and press)? (?:be|should be|are)\b[^\n]*",
    re.I,
)
_BLURB = re.compile(
    r"(?:reports? (?:of|by|from)|to (?:consider|receive|note|approve|agree|confirm|review)|the (?:committee"
    r"|panel|board|cabinet|sub-committee|council)\b)",
    re.I,
)
_DECISION_PAGE = re.compile(r"^(?:Issue - decisions|Decision details|Record of decisions?)\b", re.I | re.M)
_LONGEST_TITLE = 200
_LIMB = re.compile(r"(?:\(?\w{1,3}[.)]\s+)?That\s")
_LONGEST_OPENED = 10  # words of an agenda's line with a colon: a longer one opens a list
_LONGEST_DATE = 60  # characters of the line of a page that says when its meeting was
_LONGEST_HEADER = 12  # blocks
_LONGEST_FACT = 12  # words
_OF_THIS = re.compile(
    r"(?:minutes?|notes?|record|at (?:a|the)|(?:a|the) (?:\w+ )?meeting|present|apolog|in attendance)\b", re.I
)
_LONGEST_STOPPED = 80  # characters of a title with a stop
_MOST_ABOVE = 8  # lines from the top of a page to that of its meeting
_LOST_GAP = 2  # blank lines, at least, where a label was lost


def parse_text(raw: str, title: str | None = None) -> Parsed:
    """What plain text holds. `title` is the item's title where the page told it apart from the text."""
    raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    listed = is_listing(raw)
    if listed:
        parsed = parse_listing(raw)
        if len(parsed.items) > 1:
            return _finished(parsed, clean(raw))
    raw = _with_lost_label(raw)
    lines = clean(with_numbers_placed(_GLUED.sub("\\1\n\n", raw))).split("\n")
    lines = [line for line in lines if line]
    prose = "\n".join(line for line in lines if line != LOST_LABEL)
    if _is_issue_page(lines):
        parsed = _issue_page(lines, title)
    elif _is_item_page(lines):
        parsed = _item_pages(lines, title)
    else:
        parsed = parse_blocks([Block(line) for line in without_navigation(lines)], title)
        if listed and len(parsed.items) == 1 and not any(item.number for item in parsed.items):
            parsed = listing_as_one(raw)
    return _finished(parsed, prose)


def _finished(parsed: Parsed, prose: str) -> Parsed:
    """What was read of a text, with the outcome it deserves and the committee that its words name."""
    parsed.prose = prose
    if not parsed.items:
        parsed.outcome = "no_minutes"
        parsed.issues.append(
            Issue(
                "parse",
                "no_minutes",
                "no minutes were found in the text; give the page or file of the minutes themselves",
            )
        )
    elif is_agenda(parsed.items):
        if _DECISION_PAGE.search(prose):
            for item in parsed.items:  # it tells nothing but what was decided
                item.sections = [Section("decision", 0, len(item.text))]
        else:
            _leave_out_agenda(parsed)
    for meeting in parsed.meetings:
        meeting.committee = meeting.committee or committee_in_prose(prose)
    return parsed


def _leave_out_agenda(parsed: Parsed) -> None:
    parsed.outcome, parsed.items = "no_minutes", []
    message = "this reads as an agenda, a notice or another page; give the minutes, when they are published"
    parsed.issues.append(Issue("parse", "no_minutes", message))


def parse_blocks(blocks: Sequence[Block], title: str | None = None) -> Parsed:
    """Whole minutes in flat text: a header with the attendance, then items under headings."""
    parsed = Parsed()
    for session in _sessions(blocks):
        preamble, found = find_items(session)
        head = preamble if found else [block for block in session[:12] if not _is_told(block.text)]
        meeting = _meeting_of(head, parsed.meetings)
        index = len(parsed.meetings)
        parsed.meetings.append(meeting)
        parsed.header += "\n".join(block.text for block in (preamble if found else session[:12])) + "\n"
        if found:
            found = [Found(None, None, opening(preamble)), *found]
            items = [
                on_pages(
                    build_item([block.text for block in each.blocks], each.number, each.title, index),
                    each.blocks,
                    each.heading,
                )
                for each in found
            ]
        else:
            below = _below_header(session)
            items = [on_pages(_single([block.text for block in below], title, None, index), below)]
        for item in items:
            if item.procedural == "apologies" and not any(
                person.status == "apologies" for person in meeting.attendance
            ):
                meeting.attendance.extend(
                    person for person in read_attendance([item.text]) if person.status == "apologies"
                )
        parsed.items.extend(item for item in items if item.text or item.title)
    _number(parsed.items)
    return parsed


def _below_header(session: Sequence[Block]) -> Sequence[Block]:
    """The blocks of minutes without items below those of the header, which ends with who was there."""
    labels = [None if tells(block.text) else attendance_label(block.text) for block in session[:_LONGEST_HEADER]]
    listed = [at for at, label in enumerate(labels) if label is not None and label[1]]
    present = any(label is not None and label[0] == "present" for label in labels)
    return session[listed[-1] + 1 :] if listed and present and listed[-1] + 1 < len(session) else session


def _with_lost_label(raw: str) -> str:
    """The text of one item's page with a mark where its label `Minutes:` was lost.

    Copying leaves a wide gap there: between the agenda's words, which tell of nothing past, and the minutes.
    """
    lines = raw.replace("\r\n", "\n").replace("\xa0", " ").split("\n")
    opening = next((at for at, line in enumerate(lines) if line.strip().lower() == "agenda item"), None)
    if opening is None or any(section_label(line.strip()) for line in lines):
        return raw
    above: list[str] = []
    gap = 0
    for at in range(opening + 1, len(lines)):
        if not lines[at].strip():
            gap += 1
            continue
        told = _PAST.search(" ".join(above[1:])) or not (_PAST.search(lines[at]) or _DID.search(lines[at]))
        if len(above) > 1 and gap >= _LOST_GAP and not told:
            return "\n".join([*lines[:at], LOST_LABEL, "", *lines[at:]])
        above.append(lines[at])
        gap = 0
    return raw


def is_agenda(items: Sequence[Item]) -> bool:
    """True where nothing is told as past: no labelled minutes or decisions, and almost only future tense."""
    if any(section.kind != "background" for item in items for section in item.sections):
        return False
    text = _EXCLUSION.sub("", "\n".join(item.text for item in items))
    # Minutes are told after a few words: half as many of the past as of the future, and one more, make them.
    enough = len(_FUTURE.findall(text)) // 2 + 1
    told = sum(1 for _ in islice(_PAST.finditer(text), enough))
    return told < enough and told + (len(_NOW.findall(text)) + len(_WELSH_PAST.findall(text))) // 2 < enough


def _is_issue_page(lines: Sequence[str]) -> bool:
    """Whether a line opens one of an issue's meetings, and nothing is told above it: minutes may cite a meeting so."""
    first = next((at for at, line in enumerate(lines) if issue_line(line)), None)
    return first is not None and not any(tells(line) and line[-1] in ".;:" for line in lines[:first])


def _is_item_page(lines: Sequence[str]) -> bool:
    opening = next((at for at, line in enumerate(lines) if line.removeprefix(BULLET).lower() == "agenda item"), None)
    if opening is not None:  # it may head a column of whole minutes too
        whole = opening >= _MOST_ABOVE or any(map(_opens_list_of_present, lines[:opening]))
        return not (whole and _has_items(lines))
    placed = next((found for found in map(meeting_line, lines[:_MOST_ABOVE]) if found), None)
    if placed is not None:  # whole minutes may open with `Meeting of the Panel held on ...` too
        return placed[1] is not None or not _has_items(lines)
    return (
        sum(1 for line in lines if section_label(line)) == 1
        and section_label(lines[min(2, len(lines) - 1)]) is not None
    )


def _has_items(lines: Sequence[str]) -> bool:
    """Whether lines are those of whole minutes: items are told apart, or those present are listed."""
    return len(find_items([Block(line) for line in lines])[1]) > 1 or any(map(_opens_list_of_present, lines))


def _opens_list_of_present(line: str) -> bool:
    return _opens(line) and attendance_label(line) is not None


def _item_pages(lines: Sequence[str], title: str | None) -> Parsed:
    """One item's page, or several saved one after the other; each starts with `Agenda item`."""
    starts = [at for at, line in enumerate(lines) if line.removeprefix(BULLET).lower() == "agenda item"]
    bounds = [0, *starts[1:], len(lines)]
    parsed = Parsed()
    for at in range(len(bounds) - 1):
        page = lines[bounds[at] : bounds[at + 1]]
        placed = next((found for found in map(meeting_line, page[:_MOST_ABOVE]) if found), None)
        meeting, number = placed if placed else (Meeting(), None)
        parsed.header += "\n".join(page[:6]) + "\n"
        if meeting not in parsed.meetings:
            parsed.meetings.append(meeting)
        item = _single(page, title, number, parsed.meetings.index(meeting))
        if item.text:
            parsed.items.append(item)
    _number(parsed.items)
    return parsed


def _issue_page(lines: Sequence[str], title: str | None) -> Parsed:
    """One issue over several meetings: blocks that open with `Meeting: 18/06/2012 - Committee (Item 12)`."""
    parsed = Parsed()
    starts = [at for at, line in enumerate(lines) if issue_line(line)]
    above = [line for line in lines[: starts[0]] if not is_navigation(line) and _title_like(line)]
    parsed.header = "\n".join(lines[: starts[0]])
    for at, start in enumerate(starts):
        page = lines[start + 1 : starts[at + 1] if at + 1 < len(starts) else len(lines)]
        found = issue_line(lines[start])
        if found is None:
            continue
        meeting, number = found
        index = len(parsed.meetings)
        parsed.meetings.append(meeting)
        first = re.sub(rf"^{re.escape(number)}\.?\s+", "", page[0]) if page and number else ""
        numbered = bool(page) and first != page[0]
        own = tidy_title(first) if numbered else (above[-1] if above else title)
        repeated = bool(page) and own is not None and tidy_title(page[0]) == tidy_title(own)
        body = page[1:] if numbered or repeated else page
        item = build_item(body, number, tidy_title(own) if own else None, index)
        if item.text:
            parsed.items.append(item)
    _number(parsed.items)
    return parsed


def _single(lines: Sequence[str], title: str | None, number: str | None, meeting: int) -> Item:
    """An item of a whole page of lines: the title line is told from the agenda's blurb above `Minutes:`."""
    body = _without_meeting_line(list(without_navigation(lines)))
    body[:1] = [re.sub(r"^(?:Skip to (?:main )?content\s+)?Agenda item\s+(?=[A-Z])", "", line) for line in body[:1]]
    marked = any(line.removeprefix(BULLET).lower() == "agenda item" for line in lines) or any(map(meeting_line, lines))
    titled = bool(body) and (_title_like(body[0]) or (marked and _titles_page(body[0])))
    if title is None and titled and not section_label(body[0]) and (marked or len(body) > 1):
        if marked or not _BLURB.match(body[0]):
            title, body = body[0], body[1:]
    elif title is not None and body and tidy_title(body[0]) == tidy_title(title):
        body = body[1:]
    title = title.rstrip(".") if title is not None and not title.endswith("..") else title
    if title is not None and number is None:
        # Without its stop a number is one only where the size of the report marks the line as a title.
        stop = "" if tidy_title(title) != title.strip() else r"\."
        match = re.match(rf"(\d{{1,4}}(?:\.\d{{1,3}})?){stop}\.?\s+(?=[A-Z])", title)
        number, title = (match[1], title[match.end() :]) if match else (None, title)
    return build_item(body, number, tidy_title(title) if title else None, meeting)


def _titles_page(line: str) -> bool:
    """True for a title of one item's page that looks like a label (`Minutes`) or has a stop (`Scrutiny Letters.`)."""
    short = len(line) <= _LONGEST_STOPPED and line.endswith(".") and not tells(line)
    return procedural_kind(line) is not None or (short and _title_like(line.rstrip(".")) and not _BLURB.match(line))


def _without_meeting_line(lines: list[str]) -> list[str]:
    """The lines without that of the meeting, which stands above the minutes; in them one speaks of another meeting."""
    until = next((at for at, line in enumerate(lines) if section_label(line)), len(lines))
    placed = next((at for at, line in enumerate(lines[: min(until, _MOST_ABOVE)]) if meeting_line(line)), None)
    if placed is None:
        return lines
    dated = placed > 0 and len(lines[placed - 1]) < _LONGEST_DATE and find_date(lines[placed - 1]) is not None
    return lines[placed + 1 :] if dated else lines[:placed] + lines[placed + 1 :]


def _title_like(line: str) -> bool:
    opens = line.endswith(":") and len(line.split()) > _LONGEST_OPENED and _BLURB.match(line) is not None
    return (
        not opens
        and len(line) <= _LONGEST_TITLE
        and is_title(line)
        and not re.match(r"(?:resolved|that)\b", line, re.I)
    )


def _sessions(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of each meeting in the file, without what stands before the first (a pack's front sheet)."""
    present = [
        at
        for at, block in enumerate(blocks)
        if (label := attendance_label(block.text)) and label[0] == "present" and _opens(block.text)
    ]
    starts: list[int] = []
    for at in present:
        start = at
        floor = starts[-1] + 1 if starts else 0
        while (
            start > floor
            and blocks[start - 1].page == blocks[at].page
            and at - start < 14
            and _heads(blocks[start - 1].text)
        ):
            start -= 1
        # A second list of those present is another meeting's only under a title of its own.
        headed = header_facts([block.text for block in blocks[start:at]])
        if not starts or headed.committee or headed.date:
            starts.append(start)
    if not starts:
        return [list(blocks)]
    if starts[0] and _are_minutes(blocks[: starts[0]]):
        # Who was there may be listed at the end, or under the next meeting only.
        starts = [0, *(starts if _are_minutes(blocks[starts[0] :]) else starts[1:])]
    bounds = [*starts, len(blocks)]
    return [list(blocks[bounds[at] : bounds[at + 1]]) for at in range(len(starts))]


def _are_minutes(blocks: Sequence[Block]) -> bool:
    """Whether blocks have items of which most tell of something, as those of a front sheet or an agenda do not."""
    found = find_items(blocks)[1]
    told = sum(any(tells(block.text) for block in each.blocks) for each in found)
    return bool(found) and 2 * told >= len(found)


def _opens(text: str) -> bool:
    return re.match(r"(?:members |councillors )?present\b", text.removeprefix(BULLET), re.I) is not None


def _heads(text: str) -> bool:
    """True for a line that can stand in a meeting's header."""
    return len(text) < 300 and (
        not text.endswith(".") or re.search(r"\b(?:held|meeting|minutes)\b", text, re.I) is not None
    )


def _is_told(text: str) -> bool:
    """True for a sentence or limb that speaks of other meetings, and does not say when this one was held."""
    if _LIMB.match(text):
        return True
    return tells(text) and len(text.split()) > _LONGEST_FACT and not _OF_THIS.match(text)


def _meeting_of(blocks: Sequence[Block], earlier: Sequence[Meeting]) -> Meeting:
    lines = [block.text for block in blocks]
    above = next((at for at, line in enumerate(lines) if attendance_label(line)), len(lines))
    meeting = header_facts(lines[:above])
    meeting.attendance = read_attendance(lines[above:])
    if earlier and not meeting.committee:
        meeting.committee = earlier[-1].committee
    if earlier and not meeting.date:
        meeting.date = earlier[-1].date
    return meeting


def _number(items: Sequence[Item]) -> None:
    for position, item in enumerate(items):
        item.position = position
