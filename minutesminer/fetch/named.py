"""Whether a site is the council's that was asked for: a wrong address gives plausible minutes of somebody else."""

from __future__ import annotations

import re

from minutesminer.fetch.site import Site
from minutesminer.fetch.visit import Page, Visit
from minutesminer.models import Outcome
from minutesminer.parse import councils
from minutesminer.parse.page import cut_page, page_text, words_in

_READ = 20_000  # characters of a page's content in which a council may be named


def check(visit: Visit, page: Page | None) -> tuple[Outcome, str] | None:
    """Why the site is not to be believed: `page`, the one that should name its council, names another; None if not.

    Where the page could not be had, or names none, the name of the host is looked at, and nothing else can be.
    """
    site = visit.site
    other = None
    if page is not None and page.good:
        verdict = verdict_on(site, page.data)
        if verdict is True:
            return None
        other = verdict or None
    if other is None:
        other = _of_host(site)
    if other is None:
        return None
    return "wrong_council", (
        f"the site {site.root} is that of {other}, not of {site.council}; nothing was taken from it: "
        "look up where the council's site is, and name it with --root"
    )


def verdict_on(site: Site, data: bytes) -> bool | str | None:
    """True where a page names the council, the name of another that it names instead, or None."""
    page = cut_page(page_text(data))
    if page is None:
        return None
    header = "\n".join((page.words, *page.titles))
    if councils.register_has(site.council_id):
        ours = {site.council_id, *site.partners}
        named = councils.named_in_full(header)
        if named:
            return True if ours & named.keys() else next(iter(named.values()))
        found = councils.find(words_in(page.content)[:_READ])
        if found is not None:
            return True if found.id in ours else found.name
    if any(re.search(rf"\b{re.escape(name)}\b", header, re.I) for name in site.names if name):
        return True
    # A council that the register does not know: another that the page's header names in full is another.
    named = councils.named_in_full(header)
    return next(iter(named.values())) if named and not councils.register_has(site.council_id) else None


def _of_host(site: Site) -> str | None:
    """The other council that has the site's host, by the register."""
    found = councils.find("", site.root)
    return found.name if found is not None and found.id not in (site.council_id, *site.partners) else None
