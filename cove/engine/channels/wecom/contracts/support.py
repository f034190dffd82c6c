"""What the platform tells of WeChat customer service (documents 94661, 94645, 94670, 95159)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

CUSTOMER, EVENT, SERVICER = 3, 4, 5


class KfAccount(BaseModel):
    open_kfid: str
    name: str = ""
    avatar: str = ""


class KfServicer(BaseModel):
    """`status` 0 takes customers, 1 stopped."""

    userid: str = ""
    department_id: int = 0
    status: int = 0


class KfEvent(BaseModel):
    """What happened in a conversation; fields of other events are ignored."""

    event_type: str
    open_kfid: str = ""
    external_userid: str = ""
    scene: str = ""
    scene_param: str = ""
    welcome_code: str = ""
    fail_msgid: str = ""
    fail_type: int = 0


class KfMessage(BaseModel):
    """`origin` 3 the customer, 4 the system, 5 a servicer. The content stands under the name of `msgtype`."""

    model_config = ConfigDict(extra="allow")

    msgid: str
    open_kfid: str = ""
    external_userid: str = ""
    send_time: int = 0
    origin: int
    servicer_userid: str = ""
    msgtype: str
    event: KfEvent | None = None

    def said(self) -> dict[str, Any]:
        """Return the content, empty for a type that has none."""
        found = (self.model_extra or {}).get(self.msgtype)
        return found if isinstance(found, dict) else {}


class KfPage(BaseModel):
    next_cursor: str = ""
    has_more: int = 0
    msg_list: list[KfMessage] = Field(default_factory=list)


class KfCustomer(BaseModel):
    external_userid: str
    nickname: str = ""
    avatar: str = ""
    gender: int = 0
    unionid: str = ""
