"""Ordered misbehaviour: the next calls or callbacks go wrong in a chosen way."""

import fnmatch
import json
from dataclasses import dataclass
from typing import Any

from sandbox.storage import Row
from sandbox.world import World

CALL_KINDS = ("errcode", "delay", "http", "drop")
MAIL_KINDS = ("refuse", "hang_up")
CALLBACK_KINDS = ("duplicate", "late", "reorder", "forge", "truncate", "wrong_corp", "oversize", "lose")


class FaultError(ValueError):
    """An order that cannot be understood."""


@dataclass(frozen=True)
class Fault:
    """One misbehaviour to carry out: its kind and its parameters."""

    kind: str
    parameters: dict[str, Any]

    def number(self, name: str, default: float) -> float:
        """Return a parameter as a number."""
        return float(self.parameters.get(name, default))


def order(world: World, asked: dict[str, Any]) -> int:
    """Note a misbehaviour; answers its id. Raises FaultError.

    asked: `target` call, callback or mail, `pattern` (path, change type or address; `*` and `?` as in file names),
    `kind`, `times` (how many calls it spoils, default 1) and the kind's own parameters.
    """
    target, kind = asked.get("target", "call"), asked.get("kind")
    kinds = {"call": CALL_KINDS, "callback": CALLBACK_KINDS, "mail": MAIL_KINDS}.get(str(target))
    if kinds is None:
        raise FaultError("target must be call, callback or mail")
    if kind not in kinds:
        raise FaultError(f"kind must be one of {', '.join(kinds)}")
    times = asked.get("times", 1)
    if type(times) is not int or times < 1:
        raise FaultError("times must be a whole number from 1")
    if kind == "errcode" and type(asked.get("errcode")) is not int:
        raise FaultError("errcode must be a whole number")
    rest = {name: value for name, value in asked.items() if name not in ("target", "pattern", "kind", "times")}
    if any(name != "after" and type(value) not in (int, float) for name, value in rest.items()):
        raise FaultError("parameters must be numbers")
    pattern = str(asked.get("pattern", "*"))
    return world.storage.insert("faults", target=target, pattern=pattern, kind=kind, parameters=rest, remaining=times)


def take(world: World, target: str, name: str) -> Fault | None:
    """Use up one time of the oldest misbehaviour for this path or change type; None if there is none."""
    rows = world.storage.rows("SELECT * FROM faults WHERE target=? AND remaining>0 ORDER BY id", target)
    for row in rows:
        if fnmatch.fnmatchcase(name, row["pattern"]):
            world.storage.run("UPDATE faults SET remaining=remaining-1 WHERE id=?", row["id"])
            return Fault(row["kind"], json.loads(row["parameters"]))
    return None


def waiting(world: World) -> list[Row]:
    """Misbehaviour that is still to come."""
    rows = world.storage.rows("SELECT * FROM faults WHERE remaining>0 ORDER BY id")
    return [row | {"parameters": json.loads(row["parameters"])} for row in rows]
