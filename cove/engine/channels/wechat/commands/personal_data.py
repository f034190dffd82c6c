"""What this module holds of a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.channels.wechat.models import WechatFollower, WechatScanner, WechatSent
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words


def _theirs(person: Person) -> Q:
    return Q(contact_id__in=person.contacts) | Q(openid__in=person.known_by("wechat_openid"))


def _sent(person: Person) -> QuerySet[WechatSent]:
    return WechatSent.objects.filter(follower__in=WechatFollower.objects.filter(_theirs(person)))


SENT = holds_rows(
    "wechat.sent",
    Words("公众号模板消息记录", "Template messages of WeChat accounts"),
    model=WechatSent,
    rows=_sent,
    columns={
        "template_id": Words("模板", "Template"),
        "subject": Words("主题", "Subject"),
        "at": Words("时间", "Time"),
    },
)
FOLLOWERS = holds_rows(
    "wechat.followers",
    Words("公众号与小程序身份", "Known to WeChat accounts"),
    model=WechatFollower,
    rows=lambda person: WechatFollower.objects.filter(_theirs(person)),
    columns={
        "openid": Words("微信 OpenID", "WeChat OpenID"),
        "unionid": Words("微信 UnionID", "WeChat UnionID"),
        "following": Words("关注中", "Following"),
        "followed_at": Words("关注时间", "Followed at"),
        "remark": Words("备注", "Remark"),
    },
)

SCANNERS = holds_rows(
    "wechat.scanners",
    Words("扫描过的公众号二维码", "Scene codes of WeChat accounts he scanned"),
    model=WechatScanner,
    rows=lambda person: WechatScanner.objects.filter(contact_id__in=person.contacts),
    columns={
        "code_id": Words("二维码编号", "Code"),
        "scans": Words("扫码次数", "Scans"),
        "followed": Words("由此关注", "Followed by it"),
        "last_at": Words("最近一次", "Last"),
    },
)


def _old(before: datetime) -> QuerySet[WechatSent]:
    return WechatSent.objects.filter(at__lt=before)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(WechatSent.objects.filter(id__in=ids).delete()[0])


OLD_SENT = keeps(
    Retained(
        "wechat.sent",
        Words("公众号模板消息编号", "Numbers of template messages"),
        7,
        30,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)


def _unseen(before: datetime) -> QuerySet[WechatScanner]:
    return WechatScanner.objects.filter(last_at__lt=before)


def _remove_unseen(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_unseen(before).order_by("id").values_list("id", flat=True)[:most])
    return int(WechatScanner.objects.filter(id__in=ids).delete()[0])


OLD_SCANNERS = keeps(
    Retained(
        "wechat.scanners",
        Words("公众号二维码的扫码名单", "Who scanned scene codes of WeChat accounts"),
        30,
        None,
        lambda _actor, before: _unseen(before).count(),
        _remove_unseen,
    )
)
