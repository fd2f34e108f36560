"""Any other site: a list of addresses, or a page of links to minutes and the pages below it.

Of a page's links, those to minutes are taken: they say so, or stand under a heading that does. Links that lead to more
of them (a committee, a year, the next page of a list) are followed so far as the limits below let them be.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutesminer.fetch import named
from minutesminer.fetch.platforms.documents import is_minutes, judge_document
from minutesminer.fetch.visit import Listing, Page, Visit
from minutesminer.models import ListedMeeting, Outcome
from minutesminer.parse import parse
from minutesminer.parse.committees import committee_kind, means
from minutesminer.parse.facts import find_date
from minutesminer.parse.page import Element, page_text, tree_of, whole_address, words_in
from minutesminer.parse.sniff import kind_of

DEEPEST = 2
"""Pages that lie between the first and a document, at most."""
MOST_PAGES = 100
"""Pages with links that are asked for in one visit, at most."""

_MOST_EARLIER = 2  # links to minutes in minutes: those of the meetings before, which were approved

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|rtf|txt)(?:$|[?#])|/download\b|/downloads?/", re.I)
_MORE = re.compile(
    r"^(?:\d{4}(?:\s*[-/–]\s*(?:\d{2}|\d{4}))?|next(?: page)?|page \d+|[›»>]|older|archive[ds]?)$"
    r"|^(?:all |past |previous )?meetings$|\bminutes\b|\bcommittees?\b|\bpanels?\b|\bscrutiny\b",
    re.I,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "legend", "dt")


@dataclass(frozen=True, slots=True)
class _Link:
    """A link: its address and words, the line around it, and the headings above it."""

    address: str
    said: str
    around: str
    headings: str

    @property
    def all(self) -> str:
        return f"{self.said} {self.around} {self.headings}"


def meetings(visit: Visit) -> Listing:
    """The documents that are minutes of the committees wanted, each as a meeting of its own."""
    starts = visit.site.addresses or (visit.site.root,)
    if visit.site.addresses and all(_DOCUMENT.search(address) for address in starts):
        return Listing([_listed(visit, _Link(address, "", "", "")) for address in starts])
    found: dict[str, ListedMeeting] = {}
    first: list[Page] = []
    seen = set(starts)
    coming = deque((address, 0, "") for address in starts)
    pages = elsewhere = 0
    while coming and pages < MOST_PAGES:
        address, depth, led = coming.popleft()
        if _DOCUMENT.search(address):
            found.setdefault(address, _listed(visit, _Link(address, "", "", "")))
            continue
        page = visit.get(address, "page", _judge)
        pages += 1
        if depth == 0:
            first.append(page)
            wrong = named.check(visit, page) if page.good and not visit.site.addresses else None
            if wrong is not None:
                return Listing(outcome=wrong[0], message=wrong[1])
        if not page.good:
            continue
        if kind_of(page.data) != "html":
            found.setdefault(address, _listed(visit, _Link(address, "", "", "")))
            continue
        links = list(_links(page, led))
        if depth == 0 and visit.site.addresses and _holds_minutes(page, links):
            found.setdefault(address, _listed(visit, _Link(address, "", "", "")))
            continue
        for link in links:
            if not visit.site.hosts.holds(link.address):
                elsewhere += _to_minutes(link)
            elif _to_minutes(link) and _wanted(visit, link):
                found.setdefault(link.address, _listed(visit, link))
            elif depth < DEEPEST and link.address not in seen and _leads_on(visit, link):
                seen.add(link.address)
                coming.append((link.address, depth + 1, f"{led} / {link.said}"))
    listing = Listing([each for each in found.values() if visit.scope.covers(each.date)])
    bad = [page for page in first if not page.good]
    if bad and not found:
        listing.outcome, listing.message = bad[-1].outcome, bad[-1].told
    elif not found:
        listing.outcome, listing.matched = "empty", not visit.scope.committees
        listing.message = f"{starts[0]} links to no minutes of the committees asked for"
    elif elsewhere:
        listing.message = (
            f"links to minutes that lead to other hosts: {elsewhere}; name those with --own-host to follow them"
        )
    elif coming:
        listing.message = f"only {MOST_PAGES} pages were followed; name a page nearer to the minutes with --page"
    return listing


def minutes(visit: Visit, meeting: ListedMeeting, later: Sequence[ListedMeeting]) -> None:
    """Ask for a document."""
    visit.asked(meeting, visit.get(meeting.url or "", "document", judge_document), "listed")


def _links(page: Page, led: str) -> Iterator[_Link]:
    """The links of a page in its order, each address once; `led` are the words of those that led to it.

    Of the links in its menus, only those are taken that lead below the page's own folder.
    """
    root = tree_of(page_text(page.data))
    titles = [words_in(title) for title in root.iter("title")]
    seen = {page.address}
    above: dict[int, str] = {}
    for element in root.iter():
        if element.tag in _HEADINGS:
            level = int(element.tag[1]) if element.tag[1:].isdigit() else 7
            above = {rank: text for rank, text in above.items() if rank < level}
            above[level] = words_in(element)
        if element.tag != "a" or not element.get("href"):
            continue
        address = whole_address(element.get("href"), page.address).partition("#")[0]
        menu = next(element.iterancestors("nav", "header", "footer"), None) is not None
        if address in seen or not _is_of_the_web(address) or (menu and not _is_below(address, page.address)):
            continue
        seen.add(address)
        headings = " / ".join((led, *titles[:1], *above.values()))
        yield _Link(address, words_in(element), _around(element), headings)


def _holds_minutes(page: Page, links: Sequence[_Link]) -> bool:
    """Whether a page that the user named holds minutes itself, and does not list those of several meetings."""
    if sum(map(_to_minutes, links)) > _MOST_EARLIER:
        return False
    document = parse(page.data, page.address)
    return document.outcome == "ok" and any(meeting.date for meeting in document.meetings)


def _is_below(address: str, page: str) -> bool:
    return address.startswith(f"{page.partition('?')[0].rpartition('/')[0]}/")


def _is_of_the_web(address: str) -> bool:
    """Whether a link leads to a page or file of the web, and not to a mailbox or a script."""
    return address.startswith(("http://", "https://"))


def _around(anchor: Element) -> str:
    """The words of the line, list entry or row that a link stands in."""
    for parent in anchor.iterancestors("li", "tr", "p", "dd"):
        return words_in(parent)[:300]
    return ""


def _to_minutes(link: _Link) -> bool:
    """Whether a link leads to a document of minutes: it says so, or its line or heading does of a document."""
    title = link.said or link.address.rpartition("/")[2]
    if is_minutes(title) and (find_date(title) is not None or _DOCUMENT.search(link.address)):
        return True
    if not (_DOCUMENT.search(link.address) or find_date(title)):
        return False
    name = link.address.rpartition("/")[2].replace("-", " ").replace("_", " ").replace("%20", " ")
    if re.search(r"\bagenda|\breport|\bpack\b|\bnotice\b", f"{title} {name}", re.I):
        return False
    return is_minutes(name) or is_minutes(link.headings.rpartition(" / ")[2])


def _wanted(visit: Visit, link: _Link) -> bool:
    if visit.scope.committees:
        return any(means(words, _spaced(f"{link.all} {link.address}")) for words in visit.scope.committees)
    return True


def _leads_on(visit: Visit, link: _Link) -> bool:
    """Whether a link to a page may lead to more minutes."""
    if _DOCUMENT.search(link.address):
        return False
    if visit.scope.committees and committee_kind(link.said) not in ("other", "council") and not _wanted(visit, link):
        return False
    return _MORE.search(link.said) is not None or (bool(visit.scope.committees) and _wanted(visit, link))


def _listed(visit: Visit, link: _Link) -> ListedMeeting:
    words = _spaced(link.address.rpartition("/")[2])
    key = hashlib.sha256(link.address.encode()).hexdigest()[:12]
    return ListedMeeting(
        id=f"{visit.site.council_id}-{key}",
        council_id=visit.site.council_id,
        date=find_date(link.said) or find_date(link.around) or find_date(words),
        url=link.address,
    )


def _spaced(address: str) -> str:
    return re.sub(r"[-_+/]|%20", " ", address)


def _judge(data: bytes, address: str) -> tuple[Outcome, str | None]:
    return ("ok", None) if kind_of(data) == "html" else judge_document(data, address)
