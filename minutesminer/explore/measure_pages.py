"""The pages of measures: `/-/measures`, the catalogue, and `/-/measure/<id>`, one measure over time and councils."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from minutesminer.explore.addresses import list_address
from minutesminer.explore.measure_chart import ROLES, common_scale, draw
from minutesminer.explore.measures import NEWEST, NEWEST_OF_ONE, read_catalogue, read_measure, read_themes
from minutesminer.explore.pages import html, may_read, not_found, page_number, read


async def measures_page(datasette: Any, request: Any) -> Any:
    """Measures by theme, those that figures are of, or all; narrowed down by theme and words."""
    await may_read(datasette, request)
    asked = {name: (request.args.get(name) or "").strip() for name in ("theme", "words", "all")}
    number = page_number(request)
    measures = await read(
        datasette,
        lambda connection: read_catalogue(connection, asked["theme"], asked["words"], bool(asked["all"]), number),
    )
    themes = await read(datasette, read_themes)
    context = {"measures": measures, "themes": themes or [], "asked": asked}
    return await html(datasette, request, "measures.html", context)


async def measure_page(datasette: Any, request: Any) -> Any:
    """One measure: what it is, councils side by side, and each council's series, drawn and as a table."""
    await may_read(datasette, request)
    id_, number = unquote(request.url_vars["id"]), page_number(request)
    council = (request.args.get("council") or "").strip()
    page = await read(datasette, lambda connection: read_measure(connection, id_, council, number))
    if page is None:
        return await not_found(datasette, request, f"There is no measure {id_}.")
    scale = common_scale(series.rows for series in page.series)
    pictures = []
    for place, series in enumerate(page.series, start=1):
        whose = f"{page.measure['label']}: {series.council['name'] if series.council else 'council not known'}"
        pictures.append(None if scale is None else draw(series.rows, scale, f"picture-{place}", whose))
    conditions = {"measure_id": id_, **({"council_id": council} if council else {}), "_sort_desc": "date"}
    address = list_address(datasette, "trends", conditions, "atom")
    context = {
        "page": page,
        "measure": page.measure,
        "pictures": pictures,
        "roles": ROLES,
        "most": NEWEST_OF_ONE if council else NEWEST,
        "conditions": conditions,
        "feeds": [{"title": page.measure["label"], "address": address}],
    }
    return await html(datasette, request, "measure.html", context)
