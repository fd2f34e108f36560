"""The guides of `docs/` as pages of the site: `/-/guides/<name>`, and `/-/guides`, which leads to the first."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from datasette import Response
from markupsafe import Markup

from minutesminer import resources
from minutesminer.explore.pages import html, may_read, not_found

_FIRST = "index"
_NAME = re.compile(r"[a-z][a-z-]*")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


@cache
def guide(name: str, root: str) -> tuple[str, Markup] | None:
    """Title and HTML of a guide; None where there is none of that name. What is in it is the program's own.

    `root` is the address of the guides, `/-/guides/`.
    """
    from markdown import markdown

    path = resources.folder("docs") / f"{name}.md"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    # Alignment by an attribute: the site's policy allows no styles in pages.
    settings = {"tables": {"use_align_attribute": True}}
    made = markdown(text, extensions=["tables", "fenced_code", "toc", "sane_lists"], extension_configs=settings)
    # Neither a wide table nor a long line of code makes the page wider than a telephone.
    made = made.replace("<table>", '<div class="table-wrapper" role="region" aria-label="Table" tabindex="0"><table>')
    made = (
        made.replace("</table>", "</table></div>")
        .replace("<th>", '<th scope="col">')
        .replace(' style="', ' data-was="')
    )
    return _title(text), Markup(_LINK.sub(lambda found: _link(found, root), made))


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ")


def _link(found: re.Match[str], root: str) -> str:
    """A link between guides as one between their pages; one to another file of the source is no link here."""
    address, words = found.groups()
    if address.startswith(("http://", "https://")):
        return f'<a href="{address}" rel="noopener noreferrer">{words}</a>'
    name, _, place = address.partition("#")
    if not name:
        return found[0]
    path = resources.folder("docs") / name
    if not name.endswith(".md") or not path.is_file():
        return words
    words = _title(path.read_text(encoding="utf-8")) if words == name else words
    return f'<a href="{root}{name.removesuffix(".md")}{"#" * bool(place)}{place}">{words}</a>'


async def guides_page(datasette: Any, request: Any) -> Any:
    """The page of a guide."""
    await may_read(datasette, request)
    name = request.url_vars["name"]
    if name is None:
        return Response.redirect(datasette.urls.path(f"/-/guides/{_FIRST}"))
    found = guide(name, str(datasette.urls.path("/-/guides/")))
    if found is None:
        return await not_found(datasette, request, f"There is no guide {name}.")
    title, text = found
    return await html(datasette, request, "guide.html", {"title": title, "text": text, "first": name == _FIRST})
