"""The sites of councils: from the register, or as the user says."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from minutesminer.errors import UsageError
from minutesminer.fetch.addresses import OwnHosts, authority_of
from minutesminer.fetch.platforms import platform_of
from minutesminer.fetch.site import Site
from minutesminer.parse import councils
from minutesminer.parse.councils import CouncilEntry

__all__ = ["Site", "council_of", "sites_of"]

_COLUMNS = ("id", "name", "platform", "root", "quirks")
_USUAL_SECONDS = 60  # that a site is waited for


def council_of(name: str) -> CouncilEntry:
    """The council of a three-letter code or a name. Raises UsageError for one that is unknown or not clear."""
    found = councils.by_id(name.strip().upper()) or councils.by_name(name)
    if found is not None:
        return found
    words = name.casefold().split()
    near = [entry for entry in councils.register() if words and all(word in entry.name.casefold() for word in words)]
    if len(near) == 1:
        return near[0]
    listed = "; ".join(f"{entry.id} is {entry.name}" for entry in near[:8])
    meant = f"do you mean one of these? {listed}" if near else "`minutesminer councils WORDS` looks for one"
    raise UsageError(f"there is no council {name!r} in the register; {meant}")


def sites_of(
    names: Sequence[str],
    *,
    root: str | None = None,
    platform: str | None = None,
    own_hosts: Sequence[str] = (),
    addresses: Sequence[str] = (),
    table: Path | None = None,
) -> list[Site]:
    """The sites of the councils of those names, each once.

    `root` and `platform` come before what the register says of the one council named; `addresses` are pages of links
    or documents of it, asked for instead of its system of meetings. `own_hosts` are more hosts of the councils.
    `table` is a CSV with the columns id, name, platform, root and quirks, whose rows come before the register's.
    Raises UsageError for what cannot be used.
    """
    if (root or addresses) and len(names) != 1:
        raise UsageError("name one council with --root or --page: they are of one council's site")
    own = _read_table(table) if table is not None else {}
    found: dict[str, Site] = {}
    for name in names:
        site = own.get(name.strip().upper()) or _registered(council_of(name))
        if addresses:
            site = replace(site, platform="custom", addresses=tuple(addresses))
        elif root or platform:
            site = replace(site, root=(root or site.root).rstrip("/"), platform=platform or site.platform)
        site = replace(site, hosts=OwnHosts.of((*site.hosts.addresses, *map(_of_host, own_hosts))))
        found.setdefault(site.council_id, _checked(site))
    return list(found.values())


def _registered(entry: CouncilEntry) -> Site:
    return _with_quirks(Site(entry.id, entry.common_name, entry.platform, entry.root), entry.quirks, entry.website)


def _with_quirks(site: Site, quirks: Sequence[str], *addresses: str) -> Site:
    said = [quirk.partition("=")[::2] for quirk in quirks]
    seconds = [float(value) for name, value in said if name == "timeout" and value.isdigit()]
    partners = tuple(value for name, value in said if name == "shared")
    slow = max(1.0, seconds[0] / _USUAL_SECONDS) if seconds else 1.0
    more = [_of_host(value) for name, value in said if name == "host"]
    return replace(site, partners=partners, slow=slow, hosts=OwnHosts.of((site.root, *addresses, *more)))


def _of_host(host: str) -> str:
    return host if "://" in host else f"https://{host}"


def _checked(site: Site) -> Site:
    platform_of(site.platform)
    for address in (site.root, *site.addresses):
        if address and authority_of(address) is None:
            raise UsageError(f"{address!r} is not a web address; start it with https://")
    if not site.root and not site.addresses:
        raise UsageError(
            f"it is not known where {site.council} publishes its minutes; give the page that links to them with --page"
        )
    return replace(site, hosts=OwnHosts.of((*site.hosts.addresses, site.root, *site.addresses)))


def _read_table(path: Path) -> dict[str, Site]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the table of sites {path} cannot be read ({error}); save it as CSV in UTF-8") from error
    rows = csv.DictReader(text.splitlines())
    if not {"id", "platform", "root"} <= set(rows.fieldnames or ()):
        raise UsageError(f"{path} must have the columns {', '.join(_COLUMNS)}; name and quirks may be missing")
    sites = {}
    for row in rows:
        code = (row["id"] or "").strip().upper()
        entry = councils.by_id(code)
        name = (row.get("name") or "").strip() or (entry.common_name if entry else code)
        site = Site(code, name, (row["platform"] or "").strip(), (row["root"] or "").strip().rstrip("/"))
        sites[code] = _with_quirks(site, [part.strip() for part in (row.get("quirks") or "").split(";")])
    return sites
