"""The parts that run: with what command, on which port, in which order, and when each may be used."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib.util import find_spec

from cove.launch import readiness
from cove.launch.env import Environment

Command = tuple[str, ...]


@dataclass(frozen=True)
class Port:
    """An address that a part is to listen at, and the variable that changes it."""

    host: str
    number: int
    variable: str


@dataclass(frozen=True)
class Part:
    """A process that is kept running."""

    name: str
    command: Command
    ready: Callable[[], Awaitable[bool]]
    port: Port | None = None
    stop_within: float = 15.0
    """Seconds from SIGTERM to SIGKILL."""


@dataclass(frozen=True)
class Step:
    """A process that runs once, between parts."""

    name: str
    command: Command
    purpose: str
    is_needed: bool = True
    """Whether its failure ends the start."""


@dataclass(frozen=True)
class Plan:
    """What is started, in this order; stopped in the opposite one."""

    items: list[Part | Step] = field(default_factory=list)

    @property
    def parts(self) -> list[Part]:
        """Give the parts alone, in order."""
        return [item for item in self.items if isinstance(item, Part)]


def module(name: str, *arguments: str) -> Command:
    """Give the command that runs a Python module with this Python."""
    return (sys.executable, "-m", name, *arguments)


def postgres(environment: Environment) -> Part:
    """Give the embedded PostgreSQL; it makes its cluster and roles on the first start."""
    url, mark = environment.effective_database_url, environment.postgres_ready_mark
    command = module("cove.launch.embedded.postgres")
    return Part("postgres", command, lambda: readiness.postgres(url, mark), stop_within=30)


def clickhouse(environment: Environment) -> Part:
    """Give the embedded ClickHouse engine."""
    port = Port("127.0.0.1", environment.clickhouse_port, "COVE_CLICKHOUSE_PORT")
    ping = f"http://127.0.0.1:{port.number}/ping"
    return Part("clickhouse", module("cove.launch.embedded.clickhouse"), lambda: readiness.answers(ping), port, 20)


def web(environment: Environment) -> Part:
    """Give the web part: edge, API, pages and console on one port."""
    port = Port(environment.host, environment.port, "COVE_PORT")
    url = f"http://{_reachable(environment.host)}:{port.number}/readyz"
    return Part("web", module("cove.launch.web"), lambda: readiness.web(url), port)


def work(_environment: Environment) -> Part:
    """Give the part that consumes the log and does jobs; it listens nowhere."""
    return Part("work", module("cove.launch.work"), readiness.at_once, stop_within=30)


def _mail_both_ways(environment: Environment) -> tuple[str, ...]:
    """Let the sandbox answer names, and send back what comes back, where we listen for that."""
    names = environment.dns_server.partition("#")[2]
    back = f"{_reachable(environment.host)}:{environment.returns_port}" if environment.returns_port else ""
    return (*(("--dns-port", names) if names else ()), *(("--returns", back) if back else ()))


def sandbox(environment: Environment) -> Part:
    """Give the stand-in of the outside platforms, which belongs to the demo."""
    port = Port(environment.host, environment.sandbox_port, "COVE_SANDBOX_PORT")
    arguments = (
        *("--host", port.host, "--port", str(port.number)),
        *("--smtp-port", str(environment.sandbox_smtp_port), "--data", str(environment.data / "sandbox")),
        *_mail_both_ways(environment),
    )
    url = f"http://{_reachable(environment.host)}:{port.number}/"
    return Part("sandbox", module("sandbox", *arguments), lambda: readiness.answers(url), port)


PARTS: dict[str, Callable[[Environment], Part]] = {
    "postgres": postgres,
    "clickhouse": clickhouse,
    "web": web,
    "work": work,
    "sandbox": sandbox,
}

MIGRATE = Step("migrate", module("cove.launch.migrate"), "bringing the databases to this version")
SEED = Step("demo", module("cove.launch.demo"), "loading the demo company", is_needed=False)


def serve_plan(environment: Environment) -> Plan:
    """Plan production: servers of one's own by URL, or embedded ones where none is named."""
    servers: list[Part | Step] = []
    if environment.embedded_postgres:
        servers.append(postgres(environment))
    if environment.embedded_clickhouse:
        servers.append(clickhouse(environment))
    return Plan([*servers, MIGRATE, web(environment), work(environment)])


def demo_plan(environment: Environment) -> Plan:
    """Plan the demo: production, the sandbox, and a demo company that is loaded on the first start."""
    items = [*serve_plan(environment).items, sandbox(environment)]
    if find_spec("cove.launch.demo") is not None:
        items.append(SEED)
    return Plan(items)


def _reachable(host: str) -> str:
    """Give an address at which a listener on `host` can be asked."""
    if host in ("0.0.0.0", ""):  # noqa: S104 - compared, not listened at
        return "127.0.0.1"
    return f"[{host}]".replace("[::]", "[::1]") if ":" in host else host
