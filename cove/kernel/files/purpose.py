"""What files are for: declared by modules in their permissions room."""

from __future__ import annotations

from dataclasses import dataclass

from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class FilePurpose:
    """Why files are kept, ``module.noun``.

    Beside their maker, whoever holds `operation` for everybody's rows may have them; None: nobody else.
    """

    key: str
    label: Words
    operation: Operation | None = None


file_purposes: Registry[FilePurpose] = Registry("purposes of files", FilePurpose)


def file_purpose(key: str, zh: str, en: str, *, operation: Operation | None = None) -> FilePurpose:
    """Declare a purpose and put it in the registry."""
    return file_purposes.add(key, FilePurpose(key, Words(zh, en), operation))
