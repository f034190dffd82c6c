"""What the platform tells of customer groups, as far as Cove reads it (documents 92120, 92122, 92229, 92133)."""

from __future__ import annotations

from pydantic import BaseModel, Field

MEMBER, CUSTOMER = 1, 2


class GroupEntry(BaseModel):
    """`status`: 0 normal, 1 the owner left, 2 being handed over, 3 handed over."""

    chat_id: str
    status: int = 0


class Invitor(BaseModel):
    userid: str = ""


class GroupPerson(BaseModel):
    """`type` 1: a member (`userid` is his), 2: somebody from outside. `join_scene`: 1 invited, 2 by a link, 3 by a code."""

    userid: str
    type: int
    join_time: int
    join_scene: int = 0
    invitor: Invitor = Field(default_factory=Invitor)
    state: str = ""
    name: str = ""
    unionid: str = ""


class GroupChat(BaseModel):
    """Document 92122."""

    chat_id: str
    name: str = ""
    owner: str = ""
    create_time: int = 0
    notice: str = ""
    member_list: list[GroupPerson] = Field(default_factory=list)
    member_version: str = ""


class JoinWay(BaseModel):
    """Document 92229; `qr_code` is told by get, not by add."""

    config_id: str
    scene: int = 2
    remark: str = ""
    auto_create_room: int = 1
    room_base_name: str = ""
    room_base_id: int = 0
    chat_id_list: list[str] = Field(default_factory=list)
    qr_code: str = ""
    state: str = ""


class GroupFigures(BaseModel):
    """Document 92133."""

    new_chat_cnt: int = 0
    chat_total: int = 0
    chat_has_msg: int = 0
    new_member_cnt: int = 0
    member_total: int = 0
    member_has_msg: int = 0
    msg_total: int = 0


class OwnerFigures(BaseModel):
    owner: str
    data: GroupFigures


class DayFigures(BaseModel):
    stat_time: int
    data: GroupFigures
