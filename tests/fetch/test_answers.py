"""What an answer is taken for, by its status, its headers and its bytes."""

from __future__ import annotations

import tracemalloc
import zlib

import pytest
from crawling import asked, patient
from stand_in import faults
from stand_in.answer import Answer, page
from stand_in.faults import Fault
from stand_in.server import StandIn

from minutesminer.fetch.answers import CHALLENGE_BYTES, is_challenge, is_cut, judge, leads_to_https, readable
from minutesminer.models import Outcome

WORDS = b"<p>The Committee noted the report of the Director and asked for a further one.</p>\n"
WHOLE = b"<!DOCTYPE html><html><body>" + WORDS * 200 + b"</body></html>"
WATCHING = b"<script>var s='/cdn-cgi/challenge-platform/scripts/jsd/main.js';</script>"
INJECTED = b'<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>'


def words(path: str, root: str) -> Answer:
    return page(WHOLE.decode())


def packed(data: bytes, bits: int = zlib.MAX_WBITS | 16) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("status", "outcome", "retry"),
    [
        (200, "ok", False),
        (203, "ok", False),
        (304, "unrecognised", False),
        (400, "unrecognised", False),
        (401, "blocked", False),
        (402, "unrecognised", False),
        (403, "blocked", False),
        (404, "gone", False),
        (405, "unrecognised", False),
        (407, "blocked", False),
        (408, "server_error", True),
        (410, "gone", False),
        (418, "unrecognised", False),
        (425, "server_error", True),
        (429, "blocked", True),
        (451, "blocked", False),
        (500, "server_error", True),
        (502, "server_error", True),
        (503, "server_error", True),
        (504, "server_error", True),
        (520, "server_error", True),
    ],
)
def test_each_status_has_its_outcome(status: int, outcome: Outcome, retry: bool) -> None:
    answer = judge(status, {"content-type": "text/html; charset=utf-8"}, WHOLE)
    assert (answer.outcome, answer.retry, answer.redirect, answer.media_type) == (outcome, retry, None, "text/html")


def test_a_redirect_says_where_it_leads_and_one_without_that_is_none() -> None:
    assert judge(302, {"location": "/x"}, b"").redirect == "/x"
    assert (judge(302, {}, b"").redirect, judge(302, {}, b"").outcome) == (None, "unrecognised")
    assert judge(200, {"location": "/x"}, WHOLE).redirect is None


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\n" * 5000])
def test_nothing_is_empty(data: bytes) -> None:
    assert (judge(200, {}, data).outcome, judge(204, {}, data).outcome) == ("empty", "empty")


CHALLENGES = {
    "Cloudflare": faults.challenge_answer().body,
    "Cloudflare, of old": b"<html><head><title>Attention Required! | Cloudflare</title></head></html>",
    "Incapsula": b'<html><head><script src="/_Incapsula_Resource?SWJIYLWA=0"></script><body></body></html>',
    "Incapsula, with words": b"<html>" + b" " * 9000 + b"Request unsuccessful. Incapsula incident ID: 1-2</html>",
    "Akamai": b"<html><title>Access Denied</title>Reference https://errors.edgesuite.net/18.1</html>",
    "AWS": b"<html><script src='https://x.token.awswaf.com/x/challenge.js'></script></html>",
    "F5": b"<html><head><title>Request Rejected</title></head><body>The requested URL was rejected.</body></html>",
    "DataDome": b"<html><script src='https://ct.captcha-delivery.com/c.js'></script></html>",
    "Distil": b"<html><head><title>Pardon Our Interruption</title></head></html>",
}
PAGES = {
    "minutes": WHOLE,
    "minutes that Cloudflare watches": WHOLE.replace(b"</body>", WATCHING + b"</body>"),
    "minutes that Incapsula watches": WHOLE.replace(b"</body>", INJECTED + b"</body>"),
    "minutes that tell of Azure WAF": WHOLE.replace(b"</body>", b"<p>Azure WAF was bought.</p></body>"),
    "a long page that quotes a challenge": WORDS * 3000 + faults.challenge_answer().body,
}


def test_challenges_are_told_from_pages_that_their_makers_only_watch() -> None:
    found = {name: is_challenge(data, {}) for name, data in (CHALLENGES | PAGES).items()}
    assert found == dict.fromkeys(CHALLENGES, True) | dict.fromkeys(PAGES, False)
    assert (len(PAGES["a long page that quotes a challenge"]) > CHALLENGE_BYTES) is True
    assert is_challenge(WHOLE, {"cf-mitigated": "challenge"}) is True


@pytest.mark.parametrize("status", [200, 202, 403, 503])
def test_a_challenge_is_a_refusal_whatever_its_status(status: int) -> None:
    answer = judge(status, {}, CHALLENGES["Cloudflare"])
    assert (answer.outcome, answer.retry, answer.message) == (
        "blocked",
        False,
        f"the site refuses programs ({status}, a challenge page); save its pages by hand",
    )


@pytest.mark.parametrize(
    ("data", "media_type", "cut"),
    [
        (WHOLE, "text/html", False),
        (WHOLE[:-20], "text/html", True),
        (WHOLE.replace(b"</html>", b"</HTML>\r\n<!-- page made in 0.2 s -->"), "text/html", False),
        (WORDS, "text/html", False),
        (WHOLE[:-20], "application/xhtml+xml", True),
        (WHOLE[:-20], "text/xml", False),
        (WHOLE[:-20], None, False),
    ],
)
def test_a_page_that_began_as_a_whole_one_has_an_end(data: bytes, media_type: str | None, cut: bool) -> None:
    assert is_cut(data, media_type) == cut


def test_a_script_that_leads_to_https_is_known() -> None:
    script = Answer(b"")
    with StandIn(words, faults=[Fault("^/x", faults.script_redirect())]) as stand_in:
        _, data = asked(f"{stand_in.root}/x", patient(stand_in))
    assert [leads_to_https(each) for each in (data or b"", script.body, WHOLE)] == [True, False, False]


@pytest.mark.parametrize(
    ("media_type", "read"),
    [
        ("text/html", True),
        ("application/pdf", True),
        ("application/octet-stream", True),
        (None, True),
        ("", True),
        ("video/mp4", False),
        ("image/jpeg", False),
        ("application/zip", False),
        ("application/json", False),
        ("text/calendar", False),
    ],
)
def test_only_what_may_hold_minutes_is_read(media_type: str | None, read: bool) -> None:
    assert readable(media_type) == read


@pytest.mark.parametrize(
    ("packing", "body", "outcome"),
    [
        ("gzip", packed(WHOLE), "ok"),
        ("GZip", packed(WHOLE), "ok"),
        ("deflate", packed(WHOLE, zlib.MAX_WBITS), "ok"),
        ("deflate", packed(WHOLE, -zlib.MAX_WBITS), "ok"),
        ("identity", WHOLE, "ok"),
        ("gzip", WHOLE, "unreachable"),
        ("gzip", packed(WHOLE)[:-40], "damaged"),
        ("gzip, gzip", packed(packed(WHOLE)), "unrecognised"),
        ("br", WHOLE, "unrecognised"),
        ("zstd", WHOLE, "unrecognised"),
    ],
)
def test_what_is_packed_as_was_asked_for_is_unpacked(packing: str, body: bytes, outcome: Outcome) -> None:
    def act(wire: faults.Wire) -> None:
        wire.send_last(Answer(b"", headers={"Content-Encoding": packing}).head(Connection="close") + body)

    with StandIn(words, faults=[Fault("^/x", act)]) as stand_in:
        fetched, data = asked(f"{stand_in.root}/x", patient(stand_in))
    assert (fetched.outcome, data) == (outcome, WHOLE if outcome == "ok" else data)


def test_a_page_that_is_packed_in_itself_takes_no_memory() -> None:
    bomb = packed(packed(bytes(200_000_000)))
    answer = Answer(bomb, headers={"Content-Encoding": "gzip, gzip"})
    with StandIn(words, faults=[Fault("^/x", lambda wire: answer)]) as stand_in:
        tracemalloc.start()
        fetched, data = asked(f"{stand_in.root}/x", patient(stand_in))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (fetched.outcome, data, fetched.message) == (
        "unrecognised",
        None,
        "it is packed in a way that was not asked for (gzip, gzip); it was not taken",
    )
    assert (len(bomb) < 5000, most < 30_000_000) == (True, True)


@pytest.mark.parametrize(("status", "outcome"), [(404, "gone"), (503, "server_error"), (302, "ok")])
def test_how_an_error_is_packed_changes_nothing(status: int, outcome: Outcome) -> None:
    headers = {"Content-Encoding": "br", **({"Location": "/y"} if status == 302 else {})}
    with StandIn(words, faults=[Fault("^/x", lambda wire: Answer(b"?", status, headers=headers))]) as stand_in:
        fetched, _ = asked(f"{stand_in.root}/x", patient(stand_in))
    assert fetched.outcome == outcome


def test_a_body_of_the_most_bytes_is_taken_and_one_more_is_not() -> None:
    with StandIn(words) as stand_in:
        outcomes = [
            asked(f"{stand_in.root}/x", patient(stand_in, most_bytes=len(WHOLE) - less))[0].outcome for less in (0, 1)
        ]
    assert outcomes == ["ok", "too_large"]
