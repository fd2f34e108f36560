"""The command line: names and short helps of the commands, each of which is imported when it is used.

Exceptions of the package become messages here and nowhere else.
"""

from __future__ import annotations

import errno
import importlib
import sys
from typing import Any

import click

from minutesminer.errors import MinutesMinerError, UsageError
from minutesminer.version import __version__

# Command, module under `minutesminer.commands` that holds it by the same name, and its line in the
# list of commands: kept here so that `--help` imports none of them.
_COMMANDS = {
    "run": ("run", "Read minutes and make a database of them (start here)."),
    "fetch": ("fetch", "Fetch the minutes of councils from their own sites."),
    "outstanding": ("outstanding", "List what was promised or asked for, oldest first; as a calendar or a sheet."),
    "track": ("track", "Say what became of one of them; kept when the database is made anew."),
    "report": ("report", "Write a page to take to the meeting: what is outstanding, what was answered."),
    "trends": ("trends", "List the figures of a measure over councils and years, and draw them."),
    "review": ("review", "List the records that a person should check, and why."),
    "search": ("listings", "Search agenda items and records."),
    "status": ("listings", "List how complete the fetched minutes are, by committee."),
    "councils": ("listings", "List the councils of the register."),
    "export": ("export", "Write files of open standards: CSV, Parquet, JSON."),
    "serve": ("serve", "Explore the database in a browser on this machine."),
    "officers": ("officers", "List, add or remove the officers who may write through the website."),
    "explain": ("explain", "Show what is found in a text, and by which rule."),
    "measures": ("measures", "List the measures that figures are joined to, try a wording, see what is missing."),
    "rules": ("rules", "List the rules, or test them on their own examples."),
    "evaluate": ("evaluate", "Score the database against hand-made annotation."),
    "verify": ("verify", "Check that the database is sound."),
}

EPILOG = """\b
Exit codes:
  0  all went well
  1  something failed: a check, a test, the database
  2  bad usage: an option, a path, a date
  3  run: no file could be read
  4  run: some files could not be read, the rest are stored
  5  fetch: a site refuses programs (robots.txt, 403, a challenge page); the rest is archived
  6  fetch: something else could not be had; the rest is archived
  130  fetch, run: stopped by Ctrl-C; the same command goes on where it stopped
"""


class _BadUsage(click.ClickException):
    """What the user gave cannot be used; exit code 2, as for wrong options."""

    exit_code = 2


class _WithoutFrames:
    """Keeps sqlite-utils from importing pandas, which takes longer than most commands: none stores a frame with it.

    A finder of `sys.meta_path`; pandas is there for all that asks for it otherwise.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Nothing, or ModuleNotFoundError for pandas while sqlite-utils is being imported."""
        asking = sys.modules.get("sqlite_utils.db") if name == "pandas" else None
        if asking is not None and not hasattr(asking, "Database"):
            raise ModuleNotFoundError(name=name)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which people meet them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"minutesminer.commands.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; its exceptions become messages."""
        if _WithoutFrames not in sys.meta_path:
            sys.meta_path.insert(0, _WithoutFrames)
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise _BadUsage(str(error)) from error
        except MinutesMinerError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise click.ClickException("the disk that is written to is full; free some room and try again") from error


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="minutesminer")
def main() -> None:
    """Council scrutiny minutes in, a database of figures, decisions, actions and requests out.

    `minutesminer run` reads the demonstration minutes; `minutesminer run FOLDER` reads yours.
    """
