"""What a site's answer is: a page, a refusal, a challenge to prove oneself human, an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutesminer.models import Outcome

CHALLENGE_BYTES = 200_000
"""A longer page is content, whatever words stand in it."""

_CHALLENGE = re.compile(
    # Cloudflare, Incapsula, Akamai, AWS, Azure and DataDome, as their pages name themselves.
    rb"<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare|Access denied|Pardon Our Interruption)"
    rb"|Incapsula incident ID|/cdn-cgi/challenge-platform/h/\w/orchestrate|window\._cf_chl_opt"
    rb"|errors\.edgesuite\.net|captcha-delivery\.com|<title>\s*Request Rejected",
    re.I,
)
_STUB_BYTES = 5000
_STUB = re.compile(rb"_Incapsula_Resource|/cdn-cgi/challenge-platform|awswaf\.com|azure waf", re.I)
"""What the same firms also write into whole pages: scripts that only watch. A page of nothing else is a challenge."""
_TO_HTTPS = re.compile(
    rb"location(?:\.href)?\s*(?:=|\.replace\()\s*(?:httpsURL|['\"]https:|['\"]https:['\"]\s*\+)|redirectToHttps\(", re.I
)
_PAGES = ("text/html", "application/xhtml+xml")
_PACKED = ("", "identity", "gzip", "deflate")
_REFUSALS = {401, 403, 407, 451}
_GONE = {404, 410}
_READ = (
    "text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain", "application/pdf",
    "application/soap+xml", "application/octet-stream", "binary/octet-stream", "application/x-pdf",
    "application/force-download", "application/download", "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)  # fmt: skip

HEADERS = (
    "content-type", "content-length", "content-encoding", "content-disposition", "last-modified", "etag", "date",
    "server", "location", "retry-after", "cf-mitigated", "x-robots-tag",
)  # fmt: skip
"""The headers that are kept."""


@dataclass(slots=True)
class Answer:
    """An answer, or what came instead of one. `data` is the body, unpacked; `retry` says that asking again may help.

    `redirect` is where it leads on. `wait` is what the site asks to wait, in seconds.
    """

    outcome: Outcome
    message: str | None = None
    status: int | None = None
    media_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    data: bytes | None = None
    redirect: str | None = None
    retry: bool = False
    wait: float | None = None


def readable(media_type: str | None) -> bool:
    """Whether bytes of a media type may be minutes or a page that leads to them; an unsaid type may."""
    return not media_type or media_type in _READ


def unpacks(packed: str) -> bool:
    """Whether a `Content-Encoding` is one that was asked for; what is packed in itself may have any size."""
    return packed.strip().lower() in _PACKED


def is_challenge(data: bytes, headers: dict[str, str]) -> bool:
    """Whether an answer asks the visitor to prove to be human, instead of giving what was asked for."""
    if headers.get("cf-mitigated") == "challenge":
        return True
    if len(data) <= _STUB_BYTES and _STUB.search(data):
        return True
    return len(data) <= CHALLENGE_BYTES and _CHALLENGE.search(data) is not None


def is_cut(data: bytes, media_type: str | None) -> bool:
    """Whether a web page lacks its end: where no length was said, nothing else tells that the connection broke."""
    return media_type in _PAGES and b"<html" in data[:5000].lower() and b"</html" not in data[-5000:].lower()


def leads_to_https(data: bytes) -> bool:
    """Whether a page only sends the browser on to https by a script."""
    return len(data) < 5000 and _TO_HTTPS.search(data) is not None


def judge(status: int, headers: dict[str, str], data: bytes) -> Answer:
    """The answer of a status, its headers (names in small letters) and its body (b"" where it was not read)."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower() or None
    answer = Answer("ok", status=status, media_type=media_type, headers=headers, data=data or None)
    if status in _REFUSALS or (status != 429 and is_challenge(data, headers)):
        answer.outcome = "blocked"
        answer.message = f"the site refuses programs ({_called(status, data, headers)}); save its pages by hand"
    elif status == 429:
        answer.outcome, answer.retry = "blocked", True
        answer.message = "the site says that it is asked too often (429); try again later, with a longer --delay"
    elif status in _GONE:
        answer.outcome, answer.message = "gone", f"there is nothing at this address any more ({status})"
    elif status in (408, 425) or status >= 500:
        answer.outcome, answer.retry = "server_error", True
        answer.message = f"the site failed to answer ({status}); try again later"
    elif 300 <= status < 400 and headers.get("location"):
        answer.redirect = headers["location"]
    elif not 200 <= status < 300:
        answer.outcome, answer.message = "unrecognised", f"the site answered with status {status}"
    elif not data.strip():
        answer.outcome, answer.message = "empty", "the site answered with nothing; try again later"
    return answer


def _called(status: int, data: bytes, headers: dict[str, str]) -> str:
    return f"{status}, a challenge page" if is_challenge(data, headers) else str(status)
