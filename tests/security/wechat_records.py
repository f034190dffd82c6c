"""Records of WeChat accounts, for `records`."""

from __future__ import annotations

from itertools import count

from cove.engine.channels.wechat.commands.accounts import Settings, add_account
from cove.engine.channels.wechat.commands.codes import create_code
from cove.engine.channels.wechat.commands.replies import Wanted, save_reply
from cove.engine.channels.wechat.models import WechatAccount, WechatDraft, WechatTemplate
from cove.kernel import clock
from tests.security.companies import Company

_numbers = count(1)


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
