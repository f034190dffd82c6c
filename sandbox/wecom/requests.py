"""A call as the handlers see it, and careful reading of its fields."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.storage import Row, Storage
from sandbox.wecom.errors import PlatformError
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.wecom.media import Upload


@dataclass
class Call:
    """One platform call: who calls (empty before the token was checked), query, JSON body, and the file of a multipart one."""

    world: World
    query: dict[str, str]
    body: dict[str, Any]
    app: Row = field(default_factory=dict)
    upload: "Upload | None" = None

    @property
    def storage(self) -> Storage:
        """The sandbox's storage."""
        return self.world.storage

    @property
    def corp_id(self) -> str:
        """The corp of the token."""
        return str(self.app["corp_id"])

    def parameter(self, name: str) -> str:
        """Return a query parameter that must be there; 40063 without it."""
        value = self.query.get(name, "")
        if not value:
            raise PlatformError(40063, name)
        return value

    def text(self, name: str, default: str = "", *, most: int | None = None) -> str:
        """Return a text field; 40058 when it is of another type or longer than `most` characters."""
        value = self.body.get(name, default)
        if value is None:
            return default
        if not isinstance(value, str) or (most is not None and len(value) > most):
            raise PlatformError(40058, name)
        return value

    def required(self, name: str, *, missing: int = 40063) -> str:
        """Return a text field that must be there; `missing` without it."""
        value = self.text(name)
        if not value:
            raise PlatformError(missing, name)
        return value

    def number(self, name: str, default: int) -> int:
        """Return an integer field; 40058 when it is of another type."""
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise PlatformError(40058, name)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean field; 40058 when it is of another type."""
        value = self.body.get(name, default)
        if not isinstance(value, bool):
            raise PlatformError(40058, name)
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of texts, empty when the field is missing; 40058 when it is of another type."""
        value = self.body.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise PlatformError(40058, name)
        return value

    def numbers(self, name: str) -> list[int]:
        """Return a list of integers, empty when the field is missing; 40058 when it is of another type."""
        value = self.body.get(name) or []
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            raise PlatformError(40058, name)
        return value


def page(call: Call, items: list[Any], *, default: int, most: int) -> tuple[list[Any], str]:
    """One page of `items` by the request's opaque cursor and limit; answers it with the next cursor.

    A limit outside 1..most and an unknown cursor are 40058.
    """
    limit = call.number("limit", default) or default
    if not 1 <= limit <= most:
        raise PlatformError(40058, "limit")
    cursor = call.text("cursor")
    try:
        start = int(bytes.fromhex(cursor).decode().removeprefix("at:")) if cursor else 0
    except ValueError as error:
        raise PlatformError(40058, "cursor") from error
    after = start + limit
    return items[start:after], f"at:{after}".encode().hex() if after < len(items) else ""
