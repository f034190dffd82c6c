"""What the platform answers, as far as Cove reads it. Fields that are not named here are ignored: the platform adds new ones at will."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Department(BaseModel):
    """Document 90208."""

    id: int
    parentid: int = 0
    name: str = ""
    order: int = 0


class User(BaseModel):
    """Documents 90196 and 90201; `status`: 1 active, 2 disabled, 4 not activated, 5 left.

    `is_leader_in_dept` goes with `department`, one for one. What is None or empty was not told: the short list (90200) has names only, and
    applications made since June 2022 get neither mobile nor e-mail.
    """

    userid: str
    name: str = ""
    department: list[int] = Field(default_factory=list)
    is_leader_in_dept: list[int] | None = None
    main_department: int | None = None
    position: str | None = None
    mobile: str = ""
    email: str = ""
    status: int = 1


class SignedIn(BaseModel):
    """Who a code was given to (auth/getuserinfo): a member has a `userid`; somebody else an `openid`, as a customer an external id too."""

    userid: str = ""
    openid: str = ""


class ExternalContact(BaseModel):
    """Document 92114. `type` 1 is a WeChat user, 2 a WeCom user; only the latter has a company and position."""

    external_userid: str
    name: str = ""
    avatar: str = ""
    type: int = 1
    gender: int = 0
    unionid: str = ""
    position: str = ""
    corp_name: str = ""
    corp_full_name: str = ""


class FollowTag(BaseModel):
    """`type` 1 is a corp tag, 2 the member's own (without id), 3 a strategy tag."""

    group_name: str = ""
    tag_name: str = ""
    tag_id: str = ""
    type: int = 1


class FollowUser(BaseModel):
    """A member's side of a friendship. `tags` comes from get, `tag_id` from batch/get_by_user."""

    userid: str
    remark: str = ""
    createtime: int = 0
    add_way: int | None = None
    state: str = ""
    tags: list[FollowTag] = Field(default_factory=list)
    tag_id: list[str] = Field(default_factory=list)

    def corp_tag_ids(self) -> list[str]:
        """Return the ids of the corp tags, whichever way they came."""
        return self.tag_id or [tag.tag_id for tag in self.tags if tag.tag_id and tag.type == 1]


class Customer(BaseModel):
    external_contact: ExternalContact
    follow_user: list[FollowUser] = Field(default_factory=list)


class Followed(BaseModel):
    """One row of batch/get_by_user (document 92994)."""

    external_contact: ExternalContact
    follow_info: FollowUser


class CorpTag(BaseModel):
    id: str
    name: str


class CorpTagGroup(BaseModel):
    """Document 92117."""

    group_id: str
    group_name: str
    tag: list[CorpTag] = Field(default_factory=list)


class ContactWay(BaseModel):
    """Document 92228; `qr_code` is given for scene 2 only."""

    config_id: str
    qr_code: str = ""
