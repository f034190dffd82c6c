"""Registries: where modules declare what they add, checked at the door and closed once everything is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries of one type. Adding a name twice, another type, or after `close` is a programming error."""

    def __init__(self, name: str, kind: type[T] | Callable[..., T]) -> None:
        self.name = name
        self._kind = kind
        self._entries: dict[str, T] = {}
        self._closed = False

    def add(self, key: str, entry: T) -> T:
        """Register `entry` under `key` and return it."""
        if self._closed:
            raise RuntimeError(f"{self.name} are closed; declare {key} in a module's own room")
        if isinstance(self._kind, type) and not isinstance(entry, self._kind):
            raise TypeError(f"{self.name} take {self._kind.__name__}, not {type(entry).__name__}")
        if key in self._entries:
            raise ValueError(f"{key} is already among the {self.name}")
        self._entries[key] = entry
        return entry

    def close(self) -> None:
        """Refuse any later entry."""
        self._closed = True

    def get(self, key: str) -> T | None:
        """Return the entry named `key`, or None."""
        return self._entries.get(key)

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)
