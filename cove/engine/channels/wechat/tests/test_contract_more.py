"""Calls that `test_contract` leaves: messages within their windows, notices of mini-programs, and tokens themselves."""

from __future__ import annotations

from cove.engine.channels.wechat.client import messages, tokens
from cove.engine.channels.wechat.tests.test_contract import on_line, refused


def test_customer_messages_keep_to_the_window(actor, account, weixin):
    person = weixin.person()
    openid = weixin.act(person, "follow")
    stranger = weixin.act(weixin.person(), "follow")
    text = {"msgtype": "text", "text": {"content": "您好"}}

    async def work(line):
        for _ in range(3):
            await messages.send_message(line, openid=openid, message=text)
        async with refused(45047):
            await messages.send_message(line, openid=openid, message=text)
        weixin.act(person, "message", text="还有货吗")
        await messages.send_message(line, openid=openid, message=text)
        async with refused(40003):
            await messages.send_message(line, openid="oNOBODY", message=text)
        async with refused(45002):
            await messages.send_message(
                line, openid=stranger, message={"msgtype": "text", "text": {"content": "字" * 700}}
            )

    on_line(actor, account, work)
    assert weixin.texts(person) == ["您好"] * 4


def test_a_mini_program_sends_what_was_subscribed_to(actor, program, mini):
    person = mini.person()
    notice = mini.template("subscription", "到货提醒", "商品{{thing1.DATA}}")
    openid = mini.act(person, "choose", template_id=notice)

    async def work(line):
        said = {"openid": openid, "template_id": notice, "data": {"thing1": "茶几"}, "page": "pages/a"}
        await messages.send_mini_subscription(line, **said)
        async with refused(43101):
            await messages.send_mini_subscription(line, **said)
        async with refused(47003):
            await messages.send_mini_subscription(line, **(said | {"data": {"thing1": "字" * 21}}))

    on_line(actor, program, work)
    assert [kind for kind, _ in mini.chat(person)] == ["subscription"]


def test_a_token_is_kept_until_it_is_verified_anew(actor, account, weixin):
    async def work(line):
        first = await tokens.current(line)
        assert await tokens.current(line) == first
        return first, await tokens.verified(line)

    first, verified = on_line(actor, account, work)
    # The stable token is the same until five minutes before its end (C1).
    assert verified == first
    assert len(weixin.calls("cgi-bin/stable_token")) == 2
