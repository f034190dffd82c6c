"""What the platform tells of WeChat customer service (documents 94661, 94645, 94670, 95159)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

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


class _Forgiving(BaseModel):
    """Something of a page: a field that is not of the promised type counts as not given.

    Pages are read one after the other, so one odd message that could not be read would be the last one that anybody heard.
    """

    @model_validator(mode="before")
    @classmethod
    def _without_oddities(cls, document: Any) -> Any:
        if not isinstance(document, dict):
            return document
        fields = cls.model_fields
        return {
            name: value for name, value in document.items() if name not in fields or _fits(fields[name].default, value)
        }


def _fits(default: Any, value: Any) -> bool:
    return isinstance(value, dict) if default is None else type(value) is type(default)


class KfChannels(_Forgiving):
    """Where in Channels somebody came from: an account or a shop."""

    nickname: str = ""
    shop_nickname: str = ""


class KfEvent(_Forgiving):
    """What happened in a conversation; fields of other events are ignored.

    `change_type` of `session_status_change`: 1 taken from the pool, 2 handed to a colleague, 3 ended, 4 opened again.
    """

    event_type: str = ""
    open_kfid: str = ""
    external_userid: str = ""
    scene: str = ""
    scene_param: str = ""
    welcome_code: str = ""
    wechat_channels: KfChannels | None = None
    fail_msgid: str = ""
    fail_type: int = 0
    change_type: int = 0
    old_servicer_userid: str = ""
    new_servicer_userid: str = ""
    recall_msgid: str = ""
    servicer_userid: str = ""


class KfMessage(_Forgiving):
    """`origin` 3 the customer, 4 the system, 5 a servicer. The content stands under the name of `msgtype`."""

    model_config = ConfigDict(extra="allow")

    msgid: str = ""
    open_kfid: str = ""
    external_userid: str = ""
    send_time: int = 0
    origin: int = 0
    servicer_userid: str = ""
    msgtype: str = ""
    event: KfEvent | None = None

    def said(self) -> dict[str, Any]:
        """Return the content, empty for a type that has none."""
        found = (self.model_extra or {}).get(self.msgtype)
        return found if isinstance(found, dict) else {}


class KfPage(BaseModel):
    next_cursor: str = ""
    has_more: int = 0
    msg_list: list[KfMessage] = Field(default_factory=list)

    @field_validator("msg_list", mode="before")
    @classmethod
    def _messages_only(cls, given: Any) -> Any:
        return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else given


class KfCustomer(BaseModel):
    external_userid: str
    nickname: str = ""
    avatar: str = ""
    gender: int = 0
    unionid: str = ""
