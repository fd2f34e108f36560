"""Tests reach nothing but this machine, and neither do the programs that they start."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest
import sitecustomize

_ELSEWHERE = "192.0.2.1"  # set aside for documentation: RFC 5737


def _refused_since(before: int) -> list[str]:
    told = sitecustomize.REFUSED[before:]
    del sitecustomize.REFUSED[before:]
    return told


def test_another_machine_is_not_connected_to():
    before = len(sitecustomize.REFUSED)
    with socket.socket() as made, pytest.raises(RuntimeError, match="nothing but this machine"):
        made.connect((_ELSEWHERE, 80))
    assert _refused_since(before) == [f"socket.connect {_ELSEWHERE}"]


def test_no_name_is_looked_up_elsewhere():
    before = len(sitecustomize.REFUSED)
    with pytest.raises(RuntimeError, match="nothing but this machine"):
        socket.getaddrinfo("democracy.northmere.example", 443)
    assert _refused_since(before) == ["socket.getaddrinfo democracy.northmere.example"]


def test_a_program_that_a_test_starts_is_held_to_it_too():
    asks = f"import socket; socket.create_connection(({_ELSEWHERE!r}, 80), 1)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "nothing but this machine" in done.stderr) == (1, True)


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as made:
        reached = made.getpeername() == server.getsockname()
    assert reached
