"""What every part of the sandbox is given: its storage, its clock, its settings and its streams."""

import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sandbox.rates import Rates
from sandbox.storage import Storage
from sandbox.streams import Streams


@dataclass(frozen=True)
class Settings:
    """How the sandbox was started. Times are in seconds.

    `returns` is where mail that comes back is handed to (host:port); without it nothing comes back.
    `public_url` is what the platform writes into picture and friend links, without a trailing slash.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8100
    smtp_port: int = 0
    dns_port: int = 0
    returns: str = ""
    public_url: str = ""
    callback_timeout: float = 5.0
    callback_pause: float = 1.0
    verify_timeout: float = 1.0
    made_up_addresses: bool = False

    @property
    def base_url(self) -> str:
        """The address under which the platform is reached."""
        return self.public_url or f"http://127.0.0.1:{self.port}"


@dataclass
class World:
    """The running sandbox."""

    settings: Settings
    storage: Storage
    client: httpx.AsyncClient
    streams: Streams = field(default_factory=Streams)
    rates: Rates = field(default_factory=Rates)

    def now(self) -> int:
        """Return the platform's time in Unix seconds: the machine's time moved by the clock offset."""
        return int(time.time()) + self.clock_offset

    @property
    def clock_offset(self) -> int:
        """By how many seconds the platform's clock runs ahead."""
        return int(self.setting("clock_offset", "0"))

    def setting(self, name: str, default: str = "") -> str:
        """Return a stored setting by name."""
        found = self.storage.value("SELECT value FROM settings WHERE name=?", name)
        return default if found is None else str(found)

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting."""
        self.storage.run(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
            name,
            value,
        )
