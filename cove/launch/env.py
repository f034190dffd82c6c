"""The environment: read here, once, and nowhere else."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from cove.kernel.mail.server import MailServer, read_mail_server

SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
"""Bytes. sun_path holds 107 on Linux and 103 on macOS, less the terminating zero and a margin for `.lock`."""

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
POSTGRES_SCHEMES = ("postgres", "postgresql")
HTTP_SCHEMES = ("http", "https")


class BadVariableError(Exception):
    """A variable that cannot be used. The text names the variable and the remedy."""

    def __init__(self, variable: str, problem: str, remedy: str) -> None:
        self.variable = variable
        super().__init__(f"{variable} {problem}. {remedy}")


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says, checked and typed. Made by `read_environment`."""

    data: Path
    host: str
    port: int
    sandbox_port: int
    sandbox_smtp_port: int
    database_url: str | None
    database_owner_url: str | None
    clickhouse_url: str | None
    clickhouse_port: int
    clickhouse_cluster: str
    public_url: str
    mail_server: MailServer | None
    returns_port: int
    dns_server: str
    trusted_proxies: tuple[str, ...]
    log_level: str
    given_secret_key: str | None
    events_per_source: int
    events_per_address: int
    webhook_networks: tuple[str, ...]
    demo_contacts: int | None
    demo_months: int | None
    demo_seed: int | None

    @property
    def embedded_postgres(self) -> bool:
        """True when no outside PostgreSQL is named, so that one of our own runs in the data folder."""
        return self.database_url is None

    @property
    def embedded_clickhouse(self) -> bool:
        """True when no outside ClickHouse is named, so that the engine runs in a part of our own."""
        return self.clickhouse_url is None

    @cached_property
    def secret_key(self) -> str:
        """The key that signs sessions: COVE_SECRET_KEY, else one made once and kept in the data folder."""
        return self.given_secret_key or kept_secret(self.data / "secret.key")

    @property
    def postgres_socket_folder(self) -> Path:
        """The folder of the embedded PostgreSQL's socket: in the data folder if its path can be used."""
        inside = self.data / "postgres" / "run"
        # A comma would part the address into two hosts in libpq.
        if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and "," not in str(inside):
            return inside
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"cove-{os.getuid()}-{name}"

    @property
    def postgres_ready_mark(self) -> Path:
        """The file that lies there while the embedded PostgreSQL has its roles and its database."""
        return self.data / "postgres" / "ready"

    @property
    def starting_mark(self) -> Path:
        """The file that lies there while the supervisor starts, and not everything may be used."""
        return self.data / "starting"

    @property
    def effective_database_url(self) -> str:
        """The URL of the application's role (neither owner nor superuser)."""
        return self.database_url or self.embedded_postgres_url("cove_app")

    @property
    def effective_database_owner_url(self) -> str:
        """The URL of the role that owns the tables and runs migrations."""
        return self.database_owner_url or self.database_url or self.embedded_postgres_url("cove_owner")

    @property
    def effective_clickhouse_url(self) -> str:
        """`http://user:password@host:port/database` as clickhouse-connect's `dsn` takes it."""
        if self.clickhouse_url is not None:
            return self.clickhouse_url
        return f"http://cove:{self.clickhouse_password}@127.0.0.1:{self.clickhouse_port}/cove"

    @cached_property
    def clickhouse_password(self) -> str:
        """The password of the embedded ClickHouse part, made once and kept in the data folder."""
        return kept_secret(self.data / "clickhouse.key")

    def embedded_postgres_url(self, role: str, database: str = "cove") -> str:
        """Give the URL of a role at the embedded PostgreSQL, over its socket."""
        folder = quote(str(self.postgres_socket_folder), safe="")
        return f"postgresql://{role}@/{database}?host={folder}"


def kept_secret(path: Path) -> str:
    """Give a random secret of 256 bits, written once with mode 0600; two processes at once get the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secrets.token_urlsafe(32))
            handle.flush()
            os.fsync(handle.fileno())
        try:
            # A link fails where the name is taken, so the first process wins and nobody reads half a key.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read and check the COVE_* variables; an empty one counts as unset.

    Raises `BadVariableError`, which names the variable and what to do.
    """
    given = {name: value.strip() for name, value in variables.items() if value.strip()}
    host = given.get("COVE_HOST", "127.0.0.1")
    port = _port(given, "COVE_PORT", 8000)
    sandbox_port = _port(given, "COVE_SANDBOX_PORT", 8100)
    return Environment(
        data=Path(given.get("COVE_DATA", ".cove")).expanduser().absolute(),
        host=host,
        port=port,
        sandbox_port=sandbox_port,
        sandbox_smtp_port=_port(given, "COVE_SANDBOX_SMTP_PORT", _beside(sandbox_port)),
        database_url=_url(given, "COVE_DATABASE_URL", POSTGRES_SCHEMES),
        database_owner_url=_url(given, "COVE_DATABASE_OWNER_URL", POSTGRES_SCHEMES),
        clickhouse_url=_url(given, "COVE_CLICKHOUSE_URL", HTTP_SCHEMES),
        clickhouse_port=_port(given, "COVE_CLICKHOUSE_PORT", 8124),
        clickhouse_cluster=_cluster(given),
        public_url=(_url(given, "COVE_PUBLIC_URL", HTTP_SCHEMES) or f"http://127.0.0.1:{port}").rstrip("/"),
        mail_server=_mail_server(given),
        returns_port=_port(given, "COVE_RETURNS_PORT", 8110) if "COVE_RETURNS_PORT" in given else 0,
        dns_server=_dns_server(given),
        trusted_proxies=_networks(given, "COVE_TRUSTED_PROXIES"),
        log_level=_log_level(given),
        given_secret_key=_secret_key(given),
        events_per_source=_count(given, "COVE_EVENTS_PER_SOURCE", 1_200_000),
        events_per_address=_count(given, "COVE_EVENTS_PER_ADDRESS", 30_000),
        webhook_networks=_networks(given, "COVE_WEBHOOK_NETWORKS"),
        demo_contacts=_within(given, "COVE_DEMO_CONTACTS", 0, 10_000_000),
        demo_months=_within(given, "COVE_DEMO_MONTHS", 1, 36),
        demo_seed=_within(given, "COVE_DEMO_SEED", 0, 2**31),
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the environment of this process, read on first use."""
    return read_environment(os.environ)


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:  # noqa: PLR2004 - TCP's range
        raise BadVariableError(name, f"is “{text}”", f"Give a port from 1 to 65535, for example {default}.")
    return int(text)


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10**9:
        raise BadVariableError(name, f"is “{text}”", f"Give a whole number from 1 on, for example {default}.")
    return int(text)


def _within(given: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 12 or not least <= int(text) <= most:  # noqa: PLR2004 -- digits
        raise BadVariableError(name, f"is “{text}”", f"Give a whole number from {least:,} to {most:,}.")
    return int(text)


def _url(given: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    text = given.get(name)
    if text is None:
        return None
    if urlsplit(text).scheme not in schemes:
        remedy = f"Begin it with {schemes[-1]}://"
        raise BadVariableError(name, "is not a URL that can be used here", remedy)
    return text


def _cluster(given: Mapping[str, str]) -> str:
    name = given.get("COVE_CLICKHOUSE_CLUSTER", "")
    if name and "COVE_CLICKHOUSE_URL" not in given:
        remedy = "Name one of the cluster's servers in COVE_CLICKHOUSE_URL, or leave the cluster out."
        raise BadVariableError("COVE_CLICKHOUSE_CLUSTER", "is set, but the embedded ClickHouse is no cluster", remedy)
    if not re.fullmatch(r"[A-Za-z0-9_.-]*", name):
        remedy = "Use the name under which the servers know it (remote_servers), of letters, digits and _ . -"
        raise BadVariableError("COVE_CLICKHOUSE_CLUSTER", f"is “{name}”", remedy)
    return name


def _beside(port: int) -> int:
    """Choose the port of the sandbox's mail server: near its web port, and not the next ones, which neighbours take."""
    return port + 5 if port + 5 <= 65535 else port - 5  # noqa: PLR2004 - TCP's range


def _mail_server(given: Mapping[str, str]) -> MailServer | None:
    url = given.get("COVE_SMTP_URL")
    if url is None:
        return None
    try:
        return read_mail_server(url)
    except ValueError as error:
        remedy = "Write smtp://user:password@host:587?starttls=1&from=cove@example.com (smtps:// for TLS at once)."
        raise BadVariableError("COVE_SMTP_URL", str(error), remedy) from error


def _dns_server(given: Mapping[str, str]) -> str:
    """Read the name server that is asked about sender domains, as ``address`` or ``address:port``; empty for the machine's own."""
    text = given.get("COVE_DNS_SERVER", "")
    if not text:
        return ""
    address, _, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "53")
    try:
        ipaddress.ip_address(address)
        good = 0 < int(port) <= 65535  # noqa: PLR2004 - UDP's range
    except ValueError:
        good = False
    if not good:
        raise BadVariableError(
            "COVE_DNS_SERVER", f"is “{text}”", "Give an address such as 223.5.5.5 or 127.0.0.1:5353."
        )
    return f"{address}#{port}"


def _networks(given: Mapping[str, str], variable: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in given.get(variable, "").split(",") if part.strip())
    for name in names:
        try:
            ipaddress.ip_network(name)
        except ValueError as error:
            remedy = "Give addresses or networks with commas between, for example 10.0.0.5,172.16.0.0/12."
            raise BadVariableError(variable, f"names “{name}”", remedy) from error
    return names


def _log_level(given: Mapping[str, str]) -> str:
    level = given.get("COVE_LOG_LEVEL", "INFO").upper()
    if level not in LOG_LEVELS:
        raise BadVariableError("COVE_LOG_LEVEL", f"is “{level}”", f"Use one of {', '.join(LOG_LEVELS)}.")
    return level


def _secret_key(given: Mapping[str, str]) -> str | None:
    key = given.get("COVE_SECRET_KEY")
    if key is not None and len(key) < 32:  # noqa: PLR2004 - 32 characters of base64 are 192 bits
        remedy = "Give at least 32 random characters, or leave it out and one is made and kept in COVE_DATA."
        raise BadVariableError("COVE_SECRET_KEY", "is too short", remedy)
    return key
