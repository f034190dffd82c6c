"""Under which account PostgreSQL runs: it refuses to run as root, so root lends it another one."""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

ACCOUNT = "cove-postgres"
PASS_THROUGH = stat.S_IXOTH
READ_AND_PASS = stat.S_IROTH | stat.S_IXOTH


class AccountError(Exception):
    """PostgreSQL cannot be given an account; the text says what to do."""


@dataclass(frozen=True)
class Account:
    """A user and group of the operating system; `is_other` when it is not the one this process runs as."""

    uid: int
    gid: int
    is_other: bool

    def popen_arguments(self) -> dict[str, object]:
        """Give the arguments with which `subprocess.Popen` starts a child under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def take(self, path: Path) -> None:
        """Make a folder or file this account's own."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def choose_account(server_folder: Path) -> Account:
    """Choose the present user, or for root the owner of what is there already, or a system account made once.

    Raises `AccountError` when the data belongs to somebody else or no account can be made.
    """
    owner = _owner_of(server_folder / "data")
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise AccountError(
                f"{server_folder} belongs to another user (number {owner.st_uid}). Start as that user, "
                "or choose another folder with COVE_DATA."
            )
        return Account(os.geteuid(), os.getegid(), is_other=False)
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, is_other=True)
    entry = _system_account()
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)


def open_way(account: Account, *, binaries: Path, server_folder: Path) -> None:
    """Let the account pass to its program and its data, where it is not the present user.

    Folders above are opened for passing through (not for listing); the program's own files for reading.
    """
    if not account.is_other:
        return
    for folder in (*binaries.parents, *server_folder.parents):
        _add_mode(folder, PASS_THROUGH)
    for path in (binaries, *binaries.rglob("*")):
        if not path.is_symlink():
            _add_mode(path, READ_AND_PASS if path.is_dir() or os.access(path, os.X_OK) else stat.S_IROTH)


def _owner_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        raise AccountError(
            f"PostgreSQL does not run as root, and there is no useradd to make the account {ACCOUNT}. "
            "Start as an ordinary user, or give a server of your own with COVE_DATABASE_URL."
        )
    command = [tool, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if done.returncode != 0:
        raise AccountError(f"The account {ACCOUNT} could not be made: {done.stderr.strip()}")
    logger.info("made the system account %s, as PostgreSQL does not run as root", ACCOUNT)
    return pwd.getpwnam(ACCOUNT)


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)
        logger.info("opened %s for the account of PostgreSQL (mode %o)", path, mode | bits)
