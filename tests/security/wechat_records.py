"""Records of WeChat accounts, for `records`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from cove.engine.channels.wechat.commands.accounts import Settings, add_account
from cove.engine.channels.wechat.commands.codes import create_code
from cove.engine.channels.wechat.commands.replies import Wanted, save_reply
from cove.engine.channels.wechat.models import (
    WechatAccount,
    WechatDraft,
    WechatEntry,
    WechatMenu,
    WechatSpecialMenu,
    WechatTag,
    WechatTemplate,
)
from cove.kernel import clock
from tests.security.companies import Company

_numbers = count(1)
BUTTON = {"name": "walked", "action": "view", "url": "https://www.example.com/"}


def wechat_account(company: Company) -> int:
    """An official account; the replies and codes made next are its."""
    number = next(_numbers)
    settings = Settings(name=f"{company.canary}wechat-{number}", app_id=f"wxwalk{number:06d}")
    return add_account(company.actor, kind="official", settings=settings).id


def wechat_reply(company: Company) -> int:
    """An automatic reply of the latest official account."""
    wanted = Wanted(
        on="other",
        name=f"{company.canary}reply",
        keywords=[],
        whole=False,
        messages=[{"form": "text", "content": f"{company.canary}text"}],
        active=True,
    )
    account_id = WechatAccount.objects.latest("id").id
    return save_reply(company.actor, account_id=account_id, reply_id=None, wanted=wanted).id


def wechat_code(company: Company) -> int:
    """A QR code of the latest official account."""
    account_id = WechatAccount.objects.latest("id").id
    return create_code(company.actor, account_id=account_id, name=f"{company.canary}scene").id


def wechat_draft(company: Company) -> int:
    """A draft of the latest official account."""
    article = {"title": f"{company.canary}article", "author": "", "digest": "", "url": "", "thumb_url": ""}
    return WechatDraft.objects.create(
        account=WechatAccount.objects.latest("id"),
        media_id=f"draft-{next(_numbers)}",
        articles=[article],
        updated_at=clock.now(),
    ).id


def wechat_template(company: Company) -> int:
    """A message template of the latest official account."""
    return WechatTemplate.objects.create(
        account=WechatAccount.objects.latest("id"),
        form="template",
        template_id=f"template-{next(_numbers)}",
        title=f"{company.canary}title",
        content="{{thing1.DATA}}",
    ).id


def wechat_tag(company: Company) -> int:
    """A tag of followers of the latest official account, which has a menu for everybody."""
    account = WechatAccount.objects.filter(kind="official").latest("id")
    WechatMenu.objects.get_or_create(account=account, defaults={"buttons": [BUTTON]})
    number = next(_numbers)
    return WechatTag.objects.create(account=account, name=f"{company.canary}{number}", number=number).id


def wechat_menu(company: Company) -> int:
    """A special menu of the latest official account."""
    tag = WechatTag.objects.get(id=wechat_tag(company))
    row = WechatSpecialMenu(account=tag.account, tag=tag, name=f"{company.canary}menu", buttons=[BUTTON])
    row.save()
    return row.id


def wechat_entry(company: Company) -> int:
    """A code of the latest account, drawn."""
    return WechatEntry.objects.create(
        account=WechatAccount.objects.latest("id"),
        name=f"{company.canary}entry",
        form="code",
        said="c=walked",
        picture=b"\x89PNG\r\n\x1a\n",
        made_at=clock.now(),
        created_at=clock.now(),
    ).id


MADE: dict[str, Callable[[Company], int]] = {
    "wechat_account_id": wechat_account,
    "wechat_reply_id": wechat_reply,
    "wechat_code_id": wechat_code,
    "wechat_draft_id": wechat_draft,
    "wechat_template_id": wechat_template,
    "wechat_tag_id": wechat_tag,
    "wechat_menu_id": wechat_menu,
    "wechat_entry_id": wechat_entry,
}
