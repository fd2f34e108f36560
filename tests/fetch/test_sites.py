"""The register as a list of sites, what the user says instead, and whether a site is the council's."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutesminer.errors import UsageError
from minutesminer.fetch.addresses import authority_of
from minutesminer.fetch.named import verdict_on
from minutesminer.fetch.platforms import platform_names
from minutesminer.fetch.sites import Site, council_of, sites_of
from minutesminer.parse import councils
from minutesminer.parse.committees import committee_kind, means, nearest


@pytest.mark.parametrize(
    ("said", "code"),
    [("ISL", "ISL"), ("isl", "ISL"), ("islington", "ISL"), ("London Borough of Islington", "ISL"), ("harrow", "HRW")],
)
def test_a_council_is_known_by_its_code_and_by_its_names(said: str, code: str) -> None:
    assert council_of(said).id == code


def test_a_name_that_several_councils_share_is_asked_back() -> None:
    with pytest.raises(UsageError, match="do you mean one of these.*NTY is North Tyneside"):
        council_of("tyneside")


def test_a_name_that_no_council_has_says_how_to_look_for_one() -> None:
    with pytest.raises(UsageError, match="no council 'Atlantis' in the register; `minutesminer councils WORDS`"):
        council_of("Atlantis")


def test_every_root_of_the_register_is_an_address_and_every_platform_is_read() -> None:
    entries = councils.register()
    bad = [entry.id for entry in entries if entry.root and authority_of(entry.root) is None]
    unread = [entry.id for entry in entries if entry.platform and entry.platform not in platform_names()]
    rootless = [entry.id for entry in entries if entry.platform in ("moderngov", "cmis") and not entry.root]
    assert (bad, unread, rootless) == ([], [], [])


def test_every_quirk_of_the_register_is_one_that_its_sources_explain() -> None:
    known = {"shared", "timeout", "host", "tls", "proxy", "robots", "blocked", "unreachable"}
    said = {quirk.partition("=")[0] for entry in councils.register() for quirk in entry.quirks}
    assert said - known == set()


def test_roots_with_a_path_and_shared_sites_are_those_of_the_register() -> None:
    fenland, adur = sites_of(["Fenland", "ADU"])
    assert (fenland.root, fenland.partners) == ("https://www.fenland.gov.uk/localgov", ())
    assert (adur.root, adur.partners) == ("https://democracy.adur-worthing.gov.uk", ("WOT",))


def test_a_council_without_a_known_page_says_how_to_name_one() -> None:
    with pytest.raises(UsageError, match="not known where Fife publishes its minutes; give the page .* with --page"):
        sites_of(["Fife"])
    (fife,) = sites_of(["Fife"], addresses=["https://www.fife.gov.uk/minutes"])
    assert (fife.platform, fife.addresses) == ("custom", ("https://www.fife.gov.uk/minutes",))


def test_what_the_user_says_comes_before_the_register(tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text("id,name,platform,root,quirks\nISL,,cmis,https://x.example/cmis/,timeout=120; host=y.example\n")
    (from_table,) = sites_of(["ISL"], table=table)
    (from_option,) = sites_of(["ISL"], root="https://z.example/mg/")
    assert (from_table.platform, from_table.root, from_table.slow) == ("cmis", "https://x.example/cmis", 2.0)
    assert from_table.hosts.holds("https://y.example/minutes.pdf")
    assert (from_option.platform, from_option.root) == ("moderngov", "https://z.example/mg")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ISL,x,gopher,https://x.example/,", "'gopher' is not a platform"),
        ("ISL,x,cmis,ftp://x.example/,", "is not a web address"),
        ("ISL,x,cmis,https://user:word@x.example/,", "is not a web address"),
    ],
)
def test_a_row_that_cannot_be_used_is_told(tmp_path: Path, row: str, said: str) -> None:
    table = tmp_path / "sites.csv"
    table.write_text(f"id,name,platform,root,quirks\n{row}\n")
    with pytest.raises(UsageError, match=said):
        sites_of(["ISL"], table=table)


def test_a_table_without_the_columns_is_told(tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text("code;root\nISL;https://x.example\n")
    with pytest.raises(UsageError, match="must have the columns id, name, platform, root, quirks"):
        sites_of(["ISL"], table=table)


def _site(code: str, root: str = "https://democracy.canterbury.gov.uk") -> Site:
    entry = council_of(code)
    return Site(entry.id, entry.common_name, "moderngov", root, partners=("WOT",) if code == "ADU" else ())


def _page(title: str, body: str = "", footer: str = "") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><div id='modgov'>{body}</div><footer>{footer}</footer></body>"
    ).encode()


@pytest.mark.parametrize(
    ("code", "page", "verdict"),
    [
        ("CAT", _page("Committees - Canterbury City Council"), True),
        ("CAT", _page("Committees - Kent County Council"), "Kent County Council"),
        ("CAT", _page("Modern Council", footer="© 2026 Canterbury City Council"), True),
        # The neighbour names the council among its committees only.
        (
            "CAT",
            _page("Committees - Kent County Council", "Canterbury City Council Joint Board"),
            "Kent County Council",
        ),
        ("CAT", _page("Browse committees", "Audit Committee, Scrutiny Committee"), None),
        ("LAN", _page("Committees - West Lancashire Borough Council"), "West Lancashire Borough Council"),
        ("ADU", _page("Committees - Worthing Borough Council"), True),
        ("ADU", _page("Committees - Adur District Council and Worthing Borough Council"), True),
        ("NET", _page("Committees - North Tyneside Council"), "North Tyneside Council"),
    ],
)
def test_a_page_is_the_councils_that_it_names(code: str, page: bytes, verdict: bool | str | None) -> None:
    assert verdict_on(_site(code), page) == verdict


@pytest.mark.parametrize(
    ("words", "committee", "meant"),
    [
        ("children", "Children’s Services Scrutiny Committee", True),
        ("children", "Children and Young People Scrutiny Panel", True),
        ("child serv", "Children's Services Scrutiny Committee", True),
        ("health & care", "Health and Care Overview Board", True),
        ("children", "Adults' Services Scrutiny Committee", False),
        ("ren", "Children's Services Scrutiny Committee", False),
        ("children planning", "Children's Services Scrutiny Committee", False),
    ],
)
def test_words_mean_the_committees_whose_names_begin_so(words: str, committee: str, meant: bool) -> None:
    assert means(words, committee) is meant


def test_the_nearest_names_come_first() -> None:
    names = ["Planning Committee", "Children's Services Scrutiny Committee", "Audit Committee"]
    assert nearest("childrens servces scrutiny", names, 1) == ["Children's Services Scrutiny Committee"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Overview and Scrutiny Board", "scrutiny"),
        ("Audit and Scrutiny Committee", "scrutiny"),
        ("Cabinet", "executive"),
        ("Planning Committee", "regulatory"),
        ("Council", "council"),
        ("Corporate Parenting Panel", "other"),
    ],
)
def test_a_committee_is_of_the_kind_that_its_name_says(name: str, kind: str) -> None:
    assert committee_kind(name) == kind
