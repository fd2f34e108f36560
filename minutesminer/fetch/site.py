"""Where a council publishes its meetings."""

from __future__ import annotations

from dataclasses import dataclass, field

from minutesminer.fetch.addresses import OwnHosts
from minutesminer.parse import councils


@dataclass(frozen=True, slots=True)
class Site:
    """Where a council publishes its meetings. `root` is the folder of the pages, without a slash at its end.

    `partners` are the other councils of a shared site, by their codes. `addresses` are pages and files that the user
    named. `slow` says how many times longer than usual the site is waited for.
    """

    council_id: str
    council: str
    platform: str
    root: str
    partners: tuple[str, ...] = ()
    slow: float = 1.0
    addresses: tuple[str, ...] = ()
    hosts: OwnHosts = field(default_factory=lambda: OwnHosts(()))

    @property
    def names(self) -> tuple[str, ...]:
        """What the council is called."""
        entry = councils.by_id(self.council_id)
        return (self.council, *((entry.name, entry.common_name, *entry.aliases) if entry else ()))
