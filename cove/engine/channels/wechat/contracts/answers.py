"""What the platform answers, as far as Cove reads it. Fields that are not named here are ignored: the platform adds new ones at will."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class UserInfo(BaseModel):
    """user/info and user/info/batchget. Who does not follow (`subscribe` 0) has nothing but an openid, and perhaps a unionid.

    Names and pictures are no longer given since the end of 2021.
    """

    subscribe: int = 0
    openid: str
    unionid: str = ""
    subscribe_time: int = 0
    subscribe_scene: str = ""
    qr_scene: int = 0
    qr_scene_str: str = ""
    remark: str = ""
    tagid_list: list[int] = Field(default_factory=list)

    @property
    def scene(self) -> str:
        """The scene of the code that led him here, empty without one."""
        return self.qr_scene_str or (str(self.qr_scene) if self.qr_scene else "")


class OpenIds(BaseModel):
    openid: list[str] = Field(default_factory=list)


class FollowerPage(BaseModel):
    """user/get: up to 10,000 openids; the last page has an empty `next_openid` or no data."""

    total: int = 0
    count: int = 0
    data: OpenIds = Field(default_factory=OpenIds)
    next_openid: str = ""


class UserTag(BaseModel):
    id: int
    name: str
    count: int = 0


class SceneCode(BaseModel):
    """qrcode/create."""

    ticket: str
    url: str
    expire_seconds: int | None = None


class MatchRule(BaseModel):
    """Whom a conditional menu fits; the platform gives numbers or texts, and fields that are no longer used."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    tag_id: str = ""
    client_platform_type: str = ""


class ConditionalMenu(BaseModel):
    """menu/get, conditionalmenu[]."""

    number: int = Field(validation_alias="menuid")
    rule: MatchRule = Field(validation_alias="matchrule")


class Template(BaseModel):
    """A template of template messages (get_all_private_template) or of subscription notices (newtmpl/gettemplate, as priTmplId)."""

    template_id: str
    title: str = ""
    content: str = ""
    example: str = ""


class Granted(BaseModel):
    """sns/oauth2/access_token. `is_snapshotuser` 1 is a preview with a made-up person: nobody may be bound to it."""

    access_token: str
    openid: str
    scope: str = ""
    unionid: str = ""
    is_snapshotuser: int = 0


class Person(BaseModel):
    """sns/userinfo, for who agreed to snsapi_userinfo."""

    openid: str
    nickname: str = ""
    headimgurl: str = ""
    unionid: str = ""


class MiniSession(BaseModel):
    """sns/jscode2session. The session key stays on the server."""

    openid: str
    session_key: str = Field(repr=False)
    unionid: str = ""


class PhoneInfo(BaseModel):
    """wxa/business/getuserphonenumber: the number without its country's code, and that code."""

    number: str = Field(validation_alias="purePhoneNumber")
    country: str = Field("86", validation_alias="countryCode")


class PublishState(BaseModel):
    """freepublish/get: 0 done, 1 under way, 2 originality, 3 failed, 4 audit failed, 5 all deleted, 6 banned."""

    publish_id: str
    publish_status: int
    article_id: str = ""
