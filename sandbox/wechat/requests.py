"""A call as the handlers see it, and careful reading of its fields."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.storage import Row, Storage
from sandbox.wechat.errors import WeixinError
from sandbox.world import World


@dataclass
class Upload:
    """A file that came as multipart `media`."""

    name: str
    size: int
    content: bytes = b""
    content_type: str = ""


@dataclass
class Call:
    """One platform call: who calls (empty before the token was checked), query, JSON body, and a file if one came."""

    world: World
    query: dict[str, str]
    body: dict[str, Any]
    app: Row = field(default_factory=dict)
    upload: Upload | None = None
    # Events that the call leads to, as (openid, event, fields): they go out after the answer.
    events: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    @property
    def storage(self) -> Storage:
        """The sandbox's storage."""
        return self.world.storage

    @property
    def app_id(self) -> str:
        """The account of the token."""
        return str(self.app["app_id"])

    def text(self, name: str, default: str = "") -> str:
        """Return a text field; 47001 when it is of another type."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise WeixinError(47001, name)
        return value

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer field; 47001 when it is of another type."""
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise WeixinError(47001, name)
        return value

    def document(self, name: str) -> dict[str, Any]:
        """Return an object field; 47001 when it is missing or of another type."""
        value = self.body.get(name)
        if not isinstance(value, dict):
            raise WeixinError(47001, name)
        return value

    def items(self, name: str) -> list[Any]:
        """Return a list field; 47001 when it is missing or of another type."""
        value = self.body.get(name)
        if not isinstance(value, list):
            raise WeixinError(47001, name)
        return value

    def user(self, openid: object) -> Row:
        """Return the person of an openid; 40003 for an unknown, 49003 for another account's."""
        found = self.storage.row("SELECT * FROM wx_users WHERE openid=?", openid) if isinstance(openid, str) else None
        if found is None:
            raise WeixinError(40003)
        if found["app_id"] != self.app_id:
            raise WeixinError(49003)
        return found
