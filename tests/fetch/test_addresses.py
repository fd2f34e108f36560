"""Whose a host is, and whether it is of the public internet: what nobody else's page may talk us into asking."""

from __future__ import annotations

import ipaddress

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutesminer.fetch.addresses import OwnHosts, allows, authority_of, is_public

NORTHMERE = OwnHosts.of(["https://democracy.northmere.gov.uk/ieDocHome.aspx", "https://northmere.moderngov.co.uk"])
WALES = OwnHosts.of(["https://www.gogledd.gov.wales", "https://democratiaeth.gogledd.llyw.cymru"])
BARE = OwnHosts.of(["http://www.northmere.example:8080/minutes/", "https://northmere.example"])


def private(*parts: int) -> str:
    return ".".join(map(str, parts))


@pytest.mark.parametrize(
    ("address", "authority"),
    [
        ("https://democracy.northmere.gov.uk/x?y=1", "democracy.northmere.gov.uk:443"),
        ("http://Democracy.NORTHMERE.gov.uk", "democracy.northmere.gov.uk:80"),
        ("HTTPS://northmere.gov.uk.:8443/", "northmere.gov.uk:8443"),
        ("http://[::1]/", "[::1]:80"),
        ("http://[2001:DB8::1]:81/", "[2001:db8::1]:81"),
        ("https://somebody@northmere.gov.uk/", None),
        ("https://somebody:secret@northmere.gov.uk/", None),
        ("https://@northmere.gov.uk/", None),
        ("https://northmere.gov.uk:port/", None),
        ("https://northmere.gov.uk:65536/", None),
        ("https://[northmere.gov.uk/", None),
        ("https:///x", None),
        ("https://", None),
        ("ftp://northmere.gov.uk/", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("//northmere.gov.uk/", None),
        ("northmere.gov.uk", None),
        ("", None),
    ],
)
def test_only_addresses_of_the_web_have_a_host(address: str, authority: str | None) -> None:
    assert authority_of(address) == authority


@pytest.mark.parametrize(
    ("hosts", "address", "held"),
    [
        (NORTHMERE, "https://democracy.northmere.gov.uk/x", True),
        (NORTHMERE, "http://democracy.northmere.gov.uk/x", True),
        (NORTHMERE, "https://www.northmere.gov.uk/x", True),
        (NORTHMERE, "https://northmere.gov.uk/x", True),
        (NORTHMERE, "https://a.b.northmere.gov.uk/x", True),
        (NORTHMERE, "https://WWW.Northmere.GOV.UK./x", True),
        (NORTHMERE, "https://northmere.moderngov.co.uk/x", True),
        (NORTHMERE, "https://www.northmere.moderngov.co.uk/x", True),
        (NORTHMERE, "https://westmere.moderngov.co.uk/x", False),
        (NORTHMERE, "https://moderngov.co.uk/x", False),
        (NORTHMERE, "https://notnorthmere.gov.uk/x", False),
        (NORTHMERE, "https://not_northmere.gov.uk/x", False),
        (NORTHMERE, "https://énorthmere.gov.uk/x", False),
        (NORTHMERE, "https://xn--northmere-d1a.gov.uk/x", False),
        (NORTHMERE, "https://northmere.gov.uk.evil.example/x", False),
        (NORTHMERE, "https://northmere.gov.uk-evil.example/x", False),
        (NORTHMERE, "https://evil.example/northmere.gov.uk", False),
        (NORTHMERE, "https://evil.example?northmere.gov.uk", False),
        (NORTHMERE, "https://evil.example#.northmere.gov.uk", False),
        (NORTHMERE, "https://northmere.gov.uk@evil.example/x", False),
        (NORTHMERE, "https://northmere.gov.uk\\@evil.example/x", False),
        (NORTHMERE, "https://westmere.gov.uk/x", False),
        (NORTHMERE, "https://gov.uk/x", False),
        (NORTHMERE, "https://www.gov.uk/x", False),
        (NORTHMERE, "https://www.northmere.gov.uk:8443/x", False),
        (NORTHMERE, "https://democracy.northmere.gov.uk:8443/x", False),
        (NORTHMERE, "https://www.northmere.gov.uk:80/x", True),
        (NORTHMERE, "ftp://www.northmere.gov.uk/x", False),
        (NORTHMERE, "", False),
        (WALES, "https://modgov.gogledd.gov.wales/x", True),
        (WALES, "https://www.gogledd.llyw.cymru/x", True),
        (WALES, "https://www.gogledd.gov.uk/x", False),
        (WALES, "https://dwyrain.gov.wales/x", False),
        (BARE, "http://www.northmere.example:8080/x", True),
        (BARE, "https://www.northmere.example:8080/x", True),
        (BARE, "http://www.northmere.example:8081/x", False),
        (BARE, "http://northmere.example:8080/x", False),
        (BARE, "http://www.northmere.example/x", True),
        (BARE, "https://media.northmere.example/x", False),
        (OwnHosts.of(["mailto:somebody@northmere.gov.uk"]), "https://northmere.gov.uk/", False),
        (OwnHosts(()), "https://northmere.gov.uk/", False),
    ],
)
def test_a_council_has_its_known_hosts_and_those_below_its_own_domain(
    hosts: OwnHosts, address: str, held: bool
) -> None:
    assert hosts.holds(address) == held


PUBLIC = {
    "8.8.8.8": True,
    "1.1.1.1": True,
    "172.15.255.255": True,
    "172.32.0.1": True,
    "100.63.255.255": True,
    "127.0.0.1": False,
    "127.255.255.254": False,
    "0.0.0.0": False,
    "0.1.2.3": False,
    private(10, 0, 0, 1): False,
    private(172, 16, 0, 1): False,
    private(172, 31, 255, 255): False,
    private(192, 168, 1, 1): False,
    "100.64.0.1": False,  # behind a provider's translation
    "100.100.100.200": False,  # a cloud's metadata
    "169.254.169.254": False,
    "192.0.0.192": False,  # a cloud's metadata, in the block of protocols
    "192.0.2.1": False,
    "198.18.0.1": False,
    "198.51.100.1": False,
    "203.0.113.1": False,
    "224.0.0.1": False,
    "239.255.255.250": False,
    "240.0.0.1": False,
    "255.255.255.255": False,
    "2606:4700:4700::1111": True,
    "2a00:1450:4009::1": True,
    "::": False,
    "::1": False,
    "::127.0.0.1": False,
    "::8.8.8.8": False,  # the old form of an IPv4 address in an IPv6 one, which nobody is reached by
    "::ffff:127.0.0.1": False,
    "::ffff:8.8.8.8": True,
    f"::ffff:{private(10, 0, 0, 1)}": False,
    "::ffff:169.254.169.254": False,
    "2002:7f00:1::": False,  # 6to4
    "2002:a00:1::": False,
    "2002:808:808::": True,
    "2001:0:4136:e378:8000:63bf:80ff:fffe": False,  # Teredo of 127.0.0.1
    "64:ff9b::7f00:1": False,  # NAT64
    "64:ff9b::a00:1": False,
    "64:ff9b::808:808": True,
    "64:ff9b:1::7f00:1": False,  # NAT64 of a network's own
    "fe80::1": False,
    "fe80::1%eth0": False,
    "fec0::1": False,
    "fc00::1": False,
    "fd00:ec2::254": False,  # a cloud's metadata
    "ff02::1": False,
    "2001:db8::1": False,
    "100::1": False,
    "4000::1": False,
}


def test_public_addresses_are_those_of_the_internet_however_they_are_wrapped() -> None:
    assert {address: is_public(address) for address in PUBLIC} == PUBLIC


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_as_itself(ip: ipaddress.IPv4Address) -> None:
    judged = is_public(str(ip))
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80))
    translated = ipaddress.IPv6Address((0x64FF9B << 96) | int(ip))
    assert [is_public(f"::ffff:{ip}"), is_public(str(six_to_four)), is_public(str(translated))] == [judged] * 3


@given(st.ip_addresses())
def test_no_address_of_a_network_within_is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    within = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified
    wrapped = isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo)
    assert (is_public(str(ip)) and within and not wrapped) is False


_PIECES = st.lists(
    st.sampled_from(
        [
            "http://",
            "https://",
            "//",
            "/",
            "\\",
            "@",
            ":",
            "#",
            "?",
            "[",
            "]",
            "%",
            ".",
            "%2e",
            "%00",
            "\t",
            "\n",
            "。",
            "／",
        ]
        + ["northmere.gov.uk", "evil.example", "www", "443", "80", "ß", "é", "xn--", "_", "-", " ", "127.0.0.1", "::1"]
    ),
    max_size=9,
)


@settings(max_examples=500)
@given(_PIECES.map("".join), st.sampled_from(["https://northmere.gov.uk", "https://", "http://", ""]))
def test_what_is_judged_to_be_a_councils_is_what_is_asked(rest: str, start: str) -> None:
    address = start + rest
    own = OwnHosts.of(["https://democracy.northmere.gov.uk"])
    if not own.holds(address):
        return
    try:
        asked = httpx.URL(address).raw_host.decode().rstrip(".").lower()
    except httpx.InvalidURL:
        return  # it is refused, and not asked
    assert (asked == "northmere.gov.uk" or asked.endswith(".northmere.gov.uk")) is True


def test_hosts_are_allowed_by_their_whole_names() -> None:
    allowed = ["localhost", "northmere.test:8080", "[::1]:81", "::2"]
    asked = [
        ("localhost", 80),
        ("localhost", 8080),
        ("northmere.test", 8080),
        ("::1", 81),
        ("::2", 1),
        ("northmere.test", 80),
        ("x.northmere.test", 8080),
        ("::1", 80),
        ("localhost.evil.example", 80),
    ]
    assert [allows(allowed, *each) for each in asked] == [True] * 5 + [False] * 4
