"""The default storage: a folder, in which a file appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

INCOMING = ".incoming"


class DurableFolder(FileSystemStorage):
    """Django's folder storage; after a file was moved into it, its folder is on the disk as well."""

    def _save(self, name: str, content: File[Any]) -> str:
        saved = super()._save(name, content)  # type: ignore[misc]  # Django's stubs leave it out
        folder = os.open(Path(self.path(saved)).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return str(saved)


class Written(File):  # type: ignore[type-arg]  # a file of bytes
    """A file that was written beside the storage. A folder storage moves it into place; any other reads it."""

    def __init__(self, handle: IO[bytes], path: Path) -> None:
        super().__init__(handle, name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        """Return where it lies: Django's word for "you may move it"."""
        return str(self._path)


def storage() -> Storage:
    """Return the storage that `STORAGES` names as the default."""
    return storages["default"]


def incoming_folder() -> Path:
    """Return the folder for files that are being written: on the storage's own disk when it is a folder, so that moving is renaming."""
    from django.conf import settings

    kept = storage()
    root = Path(kept.location) if isinstance(kept, FileSystemStorage) else Path(settings.DATA_FOLDER) / "files"
    folder = root / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
