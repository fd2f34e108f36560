"""How far the work is: lines where nobody looks on, bars on a terminal."""

from __future__ import annotations

import io
from functools import partial

import pytest
import rich.console

from minutesminer.commands.progress import steps


def test_without_a_terminal_each_step_is_a_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with steps() as step:
        step("", 1, 2, "minutes/\x1b[2Jone.txt")
        step("NMB", 0, 12, "meetings listed")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "1/2 minutes/[2Jone.txt\nNMB 0/12 meetings listed\n")


def test_on_a_terminal_each_name_has_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    console = partial(rich.console.Console, force_terminal=True, width=100)
    monkeypatch.setattr(rich.console, "Console", lambda stderr: console(file=shown))
    with steps() as step:
        step("NMB", 1, 2, "2026-07-14 [red]Panel[/red]")
        step("NFL", 3, 4, "2026-07-15 Board")
    drawn = shown.getvalue()
    assert [words in drawn for words in ("NMB", "1/2", "[red]Panel[/red]", "NFL", "3/4", "Board")] == [True] * 6
