"""Somebody at a browser, asking a site in-process: keeps cookies, and sends forms with their token."""

from __future__ import annotations

import asyncio
from typing import Any

from bs4 import BeautifulSoup

TOKEN = "ds_csrftoken"


class Visitor:
    """A browser on the site over a database, with cookies of its own."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **arguments: Any) -> Any:
        """The response to one request; its cookies are kept."""
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers = {name: value for name, value in {**headers, **arguments.pop("headers", {})}.items() if value}
        response = asyncio.run(self.site.client.request(method, path, headers=headers, **arguments))
        for name, value in response.cookies.items():
            self.cookies[name] = value
        return response

    def get(self, path: str) -> Any:
        """The response to a reader."""
        return self.ask("GET", path)

    def page(self, path: str) -> BeautifulSoup:
        """The page as it is shown."""
        return BeautifulSoup(self.get(path).text, "lxml")

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Any:
        """The response to a form of this site."""
        if TOKEN not in self.cookies:
            self.get("/-/sign-in")
        fields = {"csrftoken": self.cookies[TOKEN], **fields}
        return self.ask("POST", path, data=fields, headers=headers or {})

    def sign_in(self, name: str, password: str, **fields: str) -> Any:
        """The response to the form for signing in."""
        return self.post("/-/sign-in", name=name, password=password, **fields)


def close(site: Any) -> None:
    """End a site's connections and threads."""
    for served in site.databases.values():
        served.close()
    site.executor.shutdown()
