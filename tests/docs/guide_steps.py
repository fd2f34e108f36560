"""Guides as a reader follows them: the commands of a page, run one after the other in one folder.

A block of `sh` is run line by line, one of `python` in the page's own namespace; a block of `text` after either is
what it prints, where `...` stands for anything and blanks count once. A block after the comment `<!-- not run: why
-->` is passed over. `minutesminer` is called in this process, everything else by the shell. What `minutesminer serve`
opens is asked for its front page and for each address that the page names, and ends with the page.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from minutesminer.cli import main

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"(?P<before>[^\n]*\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
_NOT_RUN = "<!-- not run: "
_SERVED = re.compile(r"http://(?:127\.0\.0\.1|localhost):8001(/[^\s`)>\"']*)?")
_PROGRAM = "minutesminer"


@dataclass(frozen=True, slots=True)
class Step:
    """A command or a piece of Python, the line of the page where it stands, and what the page says that it prints."""

    language: str
    text: str
    line: int
    prints: str | None = None


def steps_of(page: str) -> list[Step]:
    """What a page has to be run, in its order. What stands after several commands is printed by the last."""
    steps: list[Step] = []
    passed_over = False
    for block in _BLOCK.finditer(page):
        line = page.count("\n", 0, block.start("text")) + 1
        language, text = block["language"], block["text"]
        if language == "text":
            if not passed_over:
                steps[-1] = Step(steps[-1].language, steps[-1].text, steps[-1].line, text)
            continue
        passed_over = (block["before"] or "").startswith(_NOT_RUN)
        if passed_over or language not in ("sh", "python"):
            continue
        commands = [text] if language == "python" else _commands(text)
        steps += [Step(language, command, line) for command in commands]
    return steps


def _commands(text: str) -> list[str]:
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def shown(text: str) -> str:
    """What is printed, with blanks counted once."""
    return " ".join(text.split())


def is_printed(stated: str, printed: str) -> bool:
    """Whether what a page states, `...` standing for anything, is all that was printed."""
    pattern = ".*".join(re.escape(part.strip()) for part in shown(stated).split("..."))
    return re.fullmatch(re.sub(r"(?:\.\*)+", r"\\s*.*\\s*", pattern), shown(printed), re.S) is not None


@dataclass
class Reader:
    """Somebody who follows a page in `folder`; `made` makes the database of `minutesminer run --db minutes.db`."""

    folder: Path
    page: str
    made: Callable[[Path], str]
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    _serving: list[subprocess.Popen[str]] = field(default_factory=list)

    def follow(self, step: Step) -> str:
        """Do what a step says, and give what it prints. Raises AssertionError where it fails."""
        if step.language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(step.text, f"line {step.line}", "exec"), self.names)  # noqa: S102
            return out.getvalue()
        words = shlex.split(step.text, comments=True)
        if words == [_PROGRAM, "run", "--db", "minutes.db"]:
            return self.made(self.folder / "minutes.db")
        if words[:2] == [_PROGRAM, "serve"]:
            return self._serve(words[2:])
        if words[0] == _PROGRAM and not {"|", "<", "&&", ";"} & set(words):
            return self._call(words[1:])
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        done = subprocess.run(
            ["bash", "-e", "-c", step.text],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"line {step.line}: {step.text}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _call(self, words: list[str]) -> str:
        target = None
        if ">" in words:
            at = words.index(">")
            words, target = words[:at], self.folder / words[at + 1]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, f"minutesminer {shlex.join(words)}\n{done.output}"
        if target is None:
            return done.stdout
        target.write_text(done.stdout, encoding="utf-8")
        return ""

    def _serve(self, words: list[str]) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", _PROGRAM, "serve", *words, "--port", str(port), "--no-open"]
        process = subprocess.Popen(
            command, cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self._serving.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        assert f":{port}/" in said, said + process.stdout.read()
        for path in ["/", *dict.fromkeys(match[1] or "/" for match in _SERVED.finditer(self.page))]:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                assert answer.status == 200, path
                answer.read()
        return said.replace(str(port), "8001")

    def leave(self) -> None:
        """End what serves."""
        for process in self._serving:
            process.terminate()
            process.communicate(timeout=30)


@contextlib.contextmanager
def reading(folder: Path, page: str, made: Callable[[Path], str]) -> Iterator[Reader]:
    """A reader of a page, who leaves nothing running."""
    reader = Reader(folder, page, made)
    try:
        yield reader
    finally:
        reader.leave()
