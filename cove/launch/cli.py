"""The command `cove`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from cove import __version__
from cove.launch.env import BadVariableError, Environment, environment
from cove.launch.lines import Lines, on_terminal
from cove.launch.parts import MIGRATE, PARTS, Plan, demo_plan, serve_plan
from cove.launch.processes import FolderTakenError, PortTakenError
from cove.launch.supervisor import Supervisor
from cove.launch.tenants import CannotBeDoneError
from cove.launch.welcome import demo_welcome, serve_welcome

application = typer.Typer(
    name="cove",
    help="Cove (港湾): a private-domain growth platform.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Text = Annotated[str | None, typer.Option()]
Number = Annotated[int | None, typer.Option()]
Folder = Annotated[Path | None, typer.Option()]


@application.command()
def demo(  # noqa: PLR0913 -- each is an option
    data: Folder = None,
    host: Text = None,
    port: Number = None,
    sandbox_port: Number = None,
    clickhouse_port: Number = None,
    public_url: Text = None,
    contacts: Annotated[int | None, typer.Option(help="how many customers the demo company has (60)")] = None,
    months: Annotated[int | None, typer.Option(help="over how many months they came (12)")] = None,
    seed: Annotated[int | None, typer.Option(help="the same seed, the same life (1)")] = None,
) -> None:
    """Start everything on this machine, with embedded servers, a demo company and the sandbox."""
    company = {"demo_contacts": contacts, "demo_months": months, "demo_seed": seed}
    servers = {"data": data, "host": host, "port": port, "sandbox_port": sandbox_port, "public_url": public_url}
    _given({**servers, "clickhouse_port": clickhouse_port, **company})
    _mail_to_sandbox()
    if not files("cove").joinpath("edge/console/built/index.html").is_file():
        typer.echo("The console is not built, so only the API answers. `make run` builds it.", err=True)
    _supervise(demo_plan, demo_welcome)


@application.command()
def serve(
    database_url: Text = None,
    database_owner_url: Text = None,
    clickhouse_url: Text = None,
    data: Folder = None,
    host: Text = None,
    port: Number = None,
    public_url: Text = None,
) -> None:
    """Start for production: web and work, and an embedded server for each URL that is not given."""
    _given(locals())
    _supervise(serve_plan, serve_welcome)


@application.command()
def part(name: Annotated[str, typer.Argument(help=f"one of {', '.join(PARTS)}")]) -> None:
    """Run one part alone, in the foreground."""
    if name not in PARTS:
        raise typer.BadParameter(f"There is no part {name}; there are {', '.join(PARTS)}.")
    command = PARTS[name](_read()).command
    os.execv(command[0], command)  # noqa: S606 - a command of our own, without a shell


@application.command()
def migrate() -> None:
    """Bring the databases to the shape of this version, as the owner's role."""
    _read()
    os.execv(MIGRATE.command[0], MIGRATE.command)  # noqa: S606 - same


@application.command()
def create_tenant(
    name: Annotated[str, typer.Argument(help="the company's name")],
    email: Annotated[str, typer.Option(help="the administrator's e-mail, for signing in")],
    slug: Annotated[str, typer.Option(help="its sign-in address: small letters, digits, hyphens")],
    administrator: Annotated[str, typer.Option(help="the administrator's name")] = "Administrator",
    timezone: Annotated[str, typer.Option(help="an IANA name")] = "Asia/Shanghai",
    json: Annotated[bool, typer.Option("--json", help="answer as JSON, for scripts")] = False,  # noqa: FBT002 -- an option
) -> None:
    """Create a company with its first administrator and print the password, once. The databases must run."""
    _read()
    from cove.launch.tenants import create

    made = create(name=name, slug=slug, timezone=timezone, email=email, administrator=administrator)
    typer.echo(made.as_json() if json else made.as_text())


@application.command()
def grant_owner(
    email: Annotated[str, typer.Argument(help="the member's e-mail")],
    tenant: Annotated[str, typer.Option(help="the sign-in address of his company, if the e-mail is in several")] = "",
) -> None:
    """Let a member look after the installation's companies. Nothing else can give this right."""
    _read()
    from cove.launch.tenants import set_owner

    typer.echo(set_owner(email=email, slug=tenant, owner=True))


@application.command()
def revoke_owner(
    email: Annotated[str, typer.Argument(help="the member's e-mail")],
    tenant: Annotated[str, typer.Option(help="the sign-in address of his company, if the e-mail is in several")] = "",
) -> None:
    """Take the right to look after the installation's companies away from a member."""
    _read()
    from cove.launch.tenants import set_owner

    typer.echo(set_owner(email=email, slug=tenant, owner=False))


@application.command(name="credits")
def set_credits(
    tenant: Annotated[str, typer.Argument(help="the company's sign-in address")],
    tariff: Annotated[str, typer.Argument(help="sms or email")],
    top_up: Annotated[int, typer.Option(help="put so many in; below zero takes them away")] = 0,
    warn_below: Annotated[int | None, typer.Option(help="tell its people when less is left")] = None,
    most_a_day: Annotated[int | None, typer.Option(help="the most it may use a day; 0 for no limit")] = None,
    counted: Annotated[bool | None, typer.Option("--counted/--unlimited", help="count, or let it send freely")] = None,
    note: Annotated[str, typer.Option(help="what it was put in for")] = "",
) -> None:
    """Show or change what a company may send; without options nothing changes. Where nothing is counted, everything is free."""
    _read()
    from cove.launch import credits as credits_of

    change = credits_of.Change(top_up, note, warn_below, most_a_day, counted)
    typer.echo(credits_of.set_credits(slug=tenant, tariff=tariff, change=change))


@application.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    """Run the command line; what the user can mend is told in one line."""
    try:
        application()
    except (BadVariableError, CannotBeDoneError, FolderTakenError, PortTakenError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _given(options: dict[str, object]) -> None:
    """Let an option of the command line stand for its variable, here and in all parts."""
    for name, value in options.items():
        if value is not None:
            os.environ[f"COVE_{name.upper()}"] = str(value)


def _mail_to_sandbox() -> None:
    """Hand the demo's mail to the sandbox, unless a server of one's own is named."""
    if not os.environ.get("COVE_SMTP_URL", "").strip():
        port = environment().sandbox_smtp_port
        environment.cache_clear()
        os.environ["COVE_SMTP_URL"] = f"smtp://127.0.0.1:{port}?from=Cove%20<no-reply@cove.example>"
        # The sandbox stands for the whole way of a mail: its names, and what comes back.
        os.environ.setdefault("COVE_RETURNS_PORT", str(port + 1))
        os.environ.setdefault("COVE_DNS_SERVER", f"127.0.0.1:{port + 2}")


def _read() -> Environment:
    """Read the environment, and hand the data folder to the parts as an absolute path."""
    read = environment()
    try:
        read.data.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=read.data).close()
    except OSError as error:
        problem = f"is {read.data}, which cannot be used ({error.strerror})"
        raise BadVariableError("COVE_DATA", problem, "Choose a folder that this user may write to.") from error
    os.environ["COVE_DATA"] = str(read.data)
    return read


def _supervise(plan: Callable[[Environment], Plan], welcome: Callable[[Environment], list[str]]) -> None:
    read = _read()
    lines: Lines = on_terminal()

    def greet() -> None:
        for line in welcome(read):
            lines.write("cove", line)

    raise typer.Exit(Supervisor(plan(read), read, lines).run(greet))
