"""`minutesminer officers`: who may write through the website."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minutesminer.commands.options import Rows, database_option, listing


@click.group()
def officers() -> None:
    """List, add or remove the officers who may write through the website (`minutesminer serve`).

    Anybody on this machine may read it. The accounts are in officers.accounts beside the database, with hashed
    passwords.
    """


@officers.command("add")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, without its line end.")
@database_option
def add(name: str, password_stdin: bool, db: Path) -> None:
    """Add the officer NAME, whose password is asked for twice and not shown."""
    from minutesminer.explore.accounts import accounts_path, add_account

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    add_account(accounts_path(db), name, password)
    click.echo(f"{name} may sign in now")


@officers.command("list")
@database_option
@listing(("name",), ("name",))
def list_(db: Path) -> Rows:
    """List the officers."""
    from minutesminer.explore.accounts import accounts_path, read_accounts

    return [{"name": account.name} for account in read_accounts(accounts_path(db)).values()]


@officers.command("remove")
@click.argument("name")
@database_option
def remove(name: str, db: Path) -> None:
    """Remove the officer NAME and end the sessions of that account."""
    from minutesminer.explore.accounts import accounts_path, remove_account

    remove_account(accounts_path(db), name)
    click.echo(f"{name} may not sign in any more")
