"""Which import passes through a door, which climbs through a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DOORS = frozenset({"facade", "contracts", "errors"})
EDGE_DOORS = DOORS | {"api", "pages", "inbound"}
LAUNCH_DOORS = EDGE_DOORS | {"run", "apps"}


def breaches(imports: Iterable[tuple[str, str]], modules: Iterable[str]) -> Iterator[str]:
    """Give `importer -> imported` for every import of another module that is not through one of its doors."""
    owners = sorted(modules, key=len, reverse=True)
    for importer, imported in imports:
        owner = _owner(imported, owners)
        if owner and _owner(importer, owners) != owner and not _is_open(importer, imported, owner):
            yield f"{importer} -> {imported}"


def _owner(name: str, owners: list[str]) -> str | None:
    return next((owner for owner in owners if name == owner or name.startswith(f"{owner}.")), None)


def _is_open(importer: str, imported: str, owner: str) -> bool:
    room = imported.removeprefix(owner).lstrip(".").split(".")[0]
    if ".tests" in importer:
        return True
    if importer.startswith("cove.edge."):
        return room in EDGE_DOORS
    if importer.startswith("cove.launch."):
        return room in LAUNCH_DOORS
    return room in DOORS
