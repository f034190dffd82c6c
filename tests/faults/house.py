"""The parts of the product as processes of their own, to be killed and started one by one."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from cove.launch.env import read_environment
from cove.launch.parts import MIGRATE, PARTS
from tests.ports import free_port

READY_WITHIN = 300.0
"""Seconds; patience costs nothing, and a busy machine takes a minute and more to start a part."""
STOP_WITHIN = 40.0
ORDER = ("postgres", "clickhouse", "web", "work")


class House:
    """One data folder with its parts. `open` starts them; `close` ends every process that was started here, and no other.

    `always` are more variables of the environment of some parts; `pace` below 1 shortens the while that faults last.
    """

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.data = data
        self.variables = {
            "COVE_DATA": str(data),
            "COVE_PORT": str(free_port()),
            "COVE_CLICKHOUSE_PORT": str(free_port()),
            "COVE_LOG_LEVEL": "WARNING",
            # All of it comes from one address.
            "COVE_EVENTS_PER_ADDRESS": "100000000",
            "COVE_EVENTS_PER_SOURCE": "100000000",
        }
        self.environment = read_environment(self.variables)
        self.url = f"http://127.0.0.1:{self.environment.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.always: dict[str, dict[str, str]] = {}
        self.pace = 1.0
        # Compiled once, as where it is installed: whoever forbids that to his tools would have each start compile everything.
        ours = ("COVE_", "DJANGO_", "PYTHONDONTWRITEBYTECODE")
        self._outside = {key: value for key, value in os.environ.items() if not key.startswith(ours)}

    def open(self) -> None:
        """Start everything on an empty folder and bring the databases to this version. The edge may need a while more."""
        for name in ("postgres", "clickhouse"):
            self.start(name)
        for name in ("postgres", "clickhouse"):
            self.wait_ready(name)
        subprocess.run(MIGRATE.command, env=self._given({}), check=True)
        for name in ("web", "work"):
            self.start(name)

    def close(self) -> None:
        """Stop the parts in order, those that do not obey by force."""
        self.stop("web", "work", "clickhouse")
        self.stop("postgres")

    def start(self, name: str, *, before: Sequence[str] = (), **variables: str) -> None:
        """Start a part; `before` are words in front of its command, `variables` more of its environment. Returns at once."""
        with (self.data / f"{name}.log").open("ab") as output:
            self.running[name] = subprocess.Popen(
                [*_ends_with_us(), *before, *PARTS[name](self.environment).command],
                env=self._given({**self.always.get(name, {}), **variables}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """End a part with SIGKILL, whatever it is doing."""
        process = self.running.pop(name)
        process.kill()
        process.wait()

    def stop(self, *names: str) -> None:
        """Stop parts in order, all at once."""
        processes = [self.running.pop(name) for name in names if name in self.running]
        for process in processes:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in processes:
            try:
                process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def freeze(self, name: str) -> None:
        """Let a part stand still: it keeps its connections and answers nothing."""
        self.running[name].send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a part go on."""
        self.running[name].send_signal(signal.SIGCONT)

    def postmaster(self) -> int:
        """Return the process number of PostgreSQL itself; the part is only its parent."""
        file = self.data / "postgres" / "data" / "postmaster.pid"
        return int(file.read_text(encoding="ascii").split()[0])

    def linger(self, dice: random.Random, least: float, most: float) -> None:
        """Let a while pass, at `pace`."""
        time.sleep(dice.uniform(least, most) * self.pace)

    def wait_ready(self, name: str) -> None:
        """Wait until a part may be used; a part that ended meanwhile is a failure with its last words."""
        part = PARTS[name](self.environment)
        self.wait(f"{name} to be ready", lambda: self._is_up(name) and asyncio.run(part.ready()))

    def wait_all_ready(self) -> None:
        """Wait until the product itself says that everything may be used."""
        self.wait("/readyz to be 200", lambda: self._answers("/readyz"))

    def wait_answering(self) -> None:
        """Wait until the edge takes connections, whether or not there is a database."""
        self.wait("the edge to answer", lambda: self._answers("/healthz"))

    def wait(self, what: str, done: Callable[[], object], *, seconds: float = READY_WITHIN) -> None:
        """Ask until `done` is true. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {seconds:.0f} s for {what}\n{self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        """Return the ends of the parts' output."""
        found = []
        for name in ORDER:
            log = self.data / f"{name}.log"
            if log.exists():
                found.append(f"--- {name}\n{log.read_text(errors='replace')[-1500:]}")
        return "\n".join(found)

    def new_source(self, slug: str) -> Source:
        """Found a company and make a write key for it, as people do: by the command line and the console."""
        command = [sys.executable, "-m", "cove.launch", "create-tenant", f"故障 {slug}", "--slug", slug, "--json"]
        command += ["--email", f"{slug}@cove.example"]
        done = subprocess.run(command, env=self._given({}), check=True, capture_output=True, text=True)
        made = json.loads(done.stdout)
        self.wait_ready("web")
        with httpx.Client(base_url=self.url, timeout=60) as console:
            who = {"email": made["email"], "password": made["password"]}
            signed = console.post("/api/session", json=who).raise_for_status()
            console.headers["X-CSRFToken"] = signed.json()["csrf_token"]
            new = {"name": slug, "allowed_origins": []}
            source = console.post("/api/tracking/sources", json=new).raise_for_status().json()
        return Source(self.url, source["write_key"], made["tenant_id"])

    def throw_away(self) -> None:
        """Remove the data folder."""
        shutil.rmtree(self.data, ignore_errors=True)

    def _given(self, more: dict[str, str]) -> dict[str, str]:
        return {**self._outside, **self.variables, "PYTHONUNBUFFERED": "1", **more}

    def _is_up(self, name: str) -> bool:
        process = self.running[name]
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with {process.returncode}\n{self.last_words()}")
        return True

    def _answers(self, path: str) -> bool:
        try:
            return httpx.get(f"{self.url}{path}", timeout=5, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


class Source:
    """Where to send, with which key, and whose it is."""

    def __init__(self, url: str, write_key: str, tenant_id: int) -> None:
        self.url = url
        self.write_key = write_key
        self.tenant_id = tenant_id


def _ends_with_us() -> list[str]:
    """Return the words after which a command is stopped when this process dies, by whatever means."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
