"""Every call of the client against the platform's stand-in, and against the shapes and vectors that the platform's documents give."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client import codes, followers, menus, messages, pages, publishing, templates, tokens
from cove.engine.channels.wechat.client import mini as mini_calls
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import PhoneInfo, UserInfo
from cove.engine.channels.wechat.errors import CodeRefused, WechatError, WechatNoAnswer, WechatUnreachable
from cove.engine.channels.wechat.models import WechatToken
from cove.kernel.words import speaking


def on_line(actor, row, work):
    """Do `work` with a line of the account."""

    credentials = queries.credentials(actor, row.id)

    async def run():
        async with httpx.AsyncClient(timeout=60) as http:
            return await work(Line(credentials, http))

    return asyncio.run(run())


@asynccontextmanager
async def refused(errcode):
    with pytest.raises(WechatError) as caught:
        yield
    assert caught.value.errcode == errcode


def test_followers_are_read_in_pages_and_batches(actor, account, weixin):
    people = [weixin.person() for _ in range(3)]
    openids = [weixin.act(person, "follow") for person in people]

    async def work(line):
        page = await followers.list_followers(line)
        assert (page.total, sorted(page.data.openid)) == (3, sorted(openids))
        assert (await followers.list_followers(line, page.next_openid)).data.openid == []
        await followers.write_remark(line, openids[0], "老客户")
        tag = await followers.create_tag(line, "会员")
        await followers.put_tag(line, tag.id, openids[:2])
        await followers.take_tag_off(line, tag.id, openids[1:2])
        infos = {info.openid: info for info in await followers.read_followers(line, openids)}
        assert infos[openids[0]].remark == "老客户"
        assert [infos[openid].tagid_list for openid in openids] == [[tag.id], [], []]
        assert infos[openids[2]].unionid == weixin.unionid(people[2])
        assert [(one.id, one.count) for one in await followers.list_tags(line) if one.name == "会员"] == [(tag.id, 1)]
        async with refused(45157):
            await followers.create_tag(line, "会员")
        await followers.rename_tag(line, tag.id, "老会员")
        assert {one.id: one.name for one in await followers.list_tags(line)}[tag.id] == "老会员"
        async with refused(45158):
            await followers.rename_tag(line, tag.id, "一二三四五六七八九十一")
        await followers.delete_tag(line, tag.id)
        async with refused(45159):
            await followers.delete_tag(line, tag.id)
        assert (await followers.read_follower(line, openids[0])).tagid_list == []
        async with refused(40003):
            await followers.read_follower(line, "oNOBODY")

    on_line(actor, account, work)


def test_recorded_shapes_are_understood():
    following = {
        "subscribe": 1,
        "openid": "o6_bmjrPTlm6_2sgVt7hMZOPfL2M",
        "nickname": "",
        "sex": 0,
        "language": "zh_CN",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": "",
        "subscribe_time": 1382694957,
        "unionid": "o6_bmasdasdsad6_2sgVt7hMZOPfL",
        "remark": "",
        "groupid": 0,
        "tagid_list": [128, 2],
        "subscribe_scene": "ADD_SCENE_QR_CODE",
        "qr_scene": 98765,
        "qr_scene_str": "",
    }
    assert understood(UserInfo, following).scene == "98765"
    assert understood(UserInfo, {"subscribe": 0, "openid": "otvxTs4dckWG7imySrJd6jSi0CWE"}).scene == ""
    said = {"phoneNumber": "+8613580006666", "purePhoneNumber": "13580006666", "countryCode": "86"}
    assert understood(PhoneInfo, said).number == "13580006666"
    with pytest.raises(WechatNoAnswer):
        understood(UserInfo, {"subscribe": 1})


@pytest.mark.parametrize(
    ("ticket", "nonce", "at", "url", "signature"),
    [
        (
            "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
            "Wm3WZYTPz0wzccnW",
            1414587457,
            "http://mp.weixin.qq.com?params=value",
            "0f9de62fce790f9a083d5c99e95740ceb90c27ed",
        ),
        (
            "TICKET",
            "NONCE",
            1700000000,
            "https://scrm.example.com/sidebar?x=1#top",
            "22a313ebef22283108f95f11aa38ec553e7802e2",
        ),
    ],
    ids=["official", "with a fragment"],
)
def test_pages_are_signed_as_the_documents_say(ticket, nonce, at, url, signature):
    assert pages.page_signature(ticket, nonce, at, url) == signature


def test_a_page_learns_who_looks_at_it_once(actor, account, weixin):
    person = weixin.person()
    openid = weixin.act(person, "follow")
    weixin.ask("PATCH", f"weixin/apps/{weixin.app_id}", web_domain="shop.example")
    credentials = queries.credentials(actor, account.id)
    url = pages.authorise_url(credentials, redirect="https://shop.example/p", state="s1", asking=True)
    answer = httpx.get(url.partition("#")[0], headers={"x-sandbox-viewer": f"p{person}"}, timeout=60)
    came = parse_qs(urlsplit(answer.headers["location"]).query)
    assert came["state"] == ["s1"]

    async def work(line):
        granted = await pages.who_granted(line, came["code"][0])
        assert (granted.openid, granted.unionid) == (openid, weixin.unionid(person))
        assert (await pages.read_person(line, granted)).nickname == "林晓雨"
        with pytest.raises(CodeRefused):
            await pages.who_granted(line, came["code"][0])
        signed = await pages.sign_page(line, "https://shop.example/p")
        assert signed.app_id == weixin.app_id
        assert (await tokens.jsapi_ticket(line)) == (await tokens.jsapi_ticket(line))

    on_line(actor, account, work)
    assert len(weixin.calls("cgi-bin/ticket/getticket")) == 1


def test_messages_templates_and_notices(actor, account, weixin):
    person = weixin.person()
    openid = weixin.act(person, "follow")
    order = weixin.template("template", "订单通知", "订单{{thing1.DATA}} 金额{{amount2.DATA}}")
    notice = weixin.template("subscription", "到货提醒", "商品{{thing1.DATA}}")

    async def work(line):
        assert [(one.template_id, one.title) for one in await templates.list_templates(line)] == [(order, "订单通知")]
        assert [one.template_id for one in await templates.list_subscriptions(line)] == [notice]
        data = {"thing1": "沙发", "amount2": "¥3,999"}
        said = {"openid": openid, "template_id": order, "data": data, "url": "", "mini": {}, "key": "once"}
        number = await messages.send_template(line, **said)
        assert number == await messages.send_template(line, **said)
        async with refused(47003):
            await messages.send_template(line, **(said | {"data": {"thing1": "字" * 21, "amount2": "1"}, "key": "x"}))
        async with refused(40037):
            await messages.send_template(line, **(said | {"template_id": "none", "key": "y"}))
        asked = {"openid": openid, "template_id": notice, "data": {"thing1": "茶几"}, "page": "", "mini": {}}
        async with refused(43101):
            await messages.send_subscription(line, **asked)
        weixin.act(person, "choose", template_id=notice)
        await messages.send_subscription(line, **asked)
        await messages.show_typing(line, openid=openid, typing=True)

    on_line(actor, account, work)
    assert [kind for kind, _ in weixin.chat(person)] == ["template", "subscription"]


def test_codes_and_menus(actor, account, weixin):
    pictures = []

    async def work(line):
        lasting = await codes.make_code(line, scene="spring-2026")
        assert (await codes.make_code(line, scene="spring-2026")).ticket == lasting.ticket
        assert (await codes.make_code(line, scene="week", seconds=604800)).expire_seconds == 604800
        pictures.append(codes.picture_url(line.credentials.base_url, lasting.ticket))
        async with refused(46003):
            await menus.put_conditional_menu(line, [{"name": "会员", "type": "click", "key": "K"}], {"tag_id": "101"})
        await menus.put_menu(
            line, [{"name": "产品", "sub_button": [{"name": "沙发", "type": "view", "url": "https://a.b"}]}]
        )
        menu_id = await menus.put_conditional_menu(
            line, [{"name": "会员", "type": "click", "key": "K"}], {"tag_id": "101"}
        )
        (there,) = await menus.list_conditional_menus(line)
        assert (str(there.number), there.rule.tag_id) == (menu_id, "101")
        await menus.remove_conditional_menu(line, menu_id)
        async with refused(40018):
            await menus.put_menu(line, [{"name": "名字实在太长了", "type": "click", "key": "K"}])
        await menus.put_menu(line, [])

    on_line(actor, account, work)
    assert httpx.get(pictures[0], timeout=60).headers["content-type"] == "image/png"


def test_materials_drafts_and_mass_messages(actor, account, weixin):
    crowd = [weixin.person() for _ in range(3)]
    openids = [weixin.act(person, "follow") for person in crowd]

    async def work(line):
        thumb = await publishing.add_material(line, kind="image", name="a.jpg", content=b"x" * 100)
        assert await publishing.upload_media(line, kind="thumb", name="t.jpg", content=b"x")
        assert (await publishing.upload_article_picture(line, name="b.png", content=b"x")).startswith("http")
        async with refused(45002):
            await publishing.upload_media(line, kind="thumb", name="t.jpg", content=b"x" * 70_000)
        article = {"title": "春季新品", "content": "<p>新品上市</p>", "thumb_media_id": thumb}
        draft, other = [await publishing.add_draft(line, [article]) for _ in range(2)]
        drafts, total = await publishing.list_drafts(line)
        assert (total, drafts[0]["content"]["news_item"][0]["title"]) == (2, "春季新品")
        await publishing.preview(line, message={"msgtype": "text", "text": {"content": "预览"}}, openid=openids[0])
        news = {"msgtype": "mpnews", "mpnews": {"media_id": draft}}
        assert await publishing.send_to_some(line, message=news, openids=openids[:2], key="some-1")
        assert await publishing.send_to_all(line, message=news, tag_id=None, key="all-1")
        async with refused(45065):
            await publishing.send_to_all(line, message=news, tag_id=None, key="all-1")
        async with refused(45028):
            await publishing.send_to_all(line, message=news, tag_id=None, key="all-2")
        number = await publishing.publish_draft(line, draft)
        assert (await publishing.read_publishing(line, number)).publish_status == 0
        await publishing.delete_draft(line, other)

    on_line(actor, account, work)
    assert [len(weixin.chat(person)) for person in crowd] == [3, 2, 1]


def test_a_mini_program_knows_its_users(actor, program, mini):
    person = mini.person()
    login, phone = mini.code(person, "login"), mini.code(person, "phone", phone="13800001111")

    async def work(line):
        session = await mini_calls.open_session(line, login)
        assert session.unionid == mini.unionid(person)
        assert session.session_key not in repr(session)
        with pytest.raises(CodeRefused):
            await mini_calls.open_session(line, login)
        with pytest.raises(CodeRefused):
            await mini_calls.read_phone(line, mini.code(person, "login"))
        assert (await mini_calls.read_phone(line, phone)).number == "13800001111"
        picture = await mini_calls.make_mini_code(line, scene="c=12", page="pages/index")
        assert picture[1:4] == b"PNG"
        async with refused(40097):
            await mini_calls.make_mini_code(line, scene="中文", page="pages/index")
        async with refused(41030):
            await mini_calls.make_mini_code(line, scene="a", page="/pages/index")
        assert (await mini_calls.make_url_link(line, path="pages/a", query="x=1")).startswith("https://wxaurl.cn/")
        assert (await mini_calls.make_scheme(line, path="pages/a", query="x=1")).startswith("weixin://")
        async with refused(48001):
            await followers.list_followers(line)

    on_line(actor, program, work)


def test_a_refused_token_is_renewed_once_by_force(actor, account, weixin):
    weixin.act(weixin.person(), "follow")
    on_line(actor, account, followers.list_followers)
    weixin.expire_tokens()

    async def many(line):
        return await asyncio.gather(*(followers.list_tags(line) for _ in range(8)))

    assert len(on_line(actor, account, many)) == 8
    asked = weixin.calls("cgi-bin/stable_token")
    assert len(asked) == 2
    assert WechatToken.objects.get(purpose="access").lease_until is None


def test_ten_lines_that_know_nothing_fetch_one_token(actor, account, weixin):
    credentials = queries.credentials(actor, account.id)

    async def work():
        async with httpx.AsyncClient(timeout=60) as http:
            lines = [Line(credentials, http) for _ in range(10)]
            tokens._kept.clear()
            return await asyncio.gather(*(tokens._shared(line, tokens.ACCESS, "", tokens._access) for line in lines))

    assert len({token for token, _ in asyncio.run(work())}) == 1
    assert len(weixin.calls("cgi-bin/stable_token")) == 1


def test_errors_speak_both_languages_and_give_a_remedy(actor, account, weixin):
    weixin.fault("cgi-bin/tags/get", "errcode", errcode=40164)
    with pytest.raises(WechatError) as caught:
        on_line(actor, account, followers.list_tags)
    with speaking("zh-CN"):
        assert "白名单" in caught.value.message()
    with speaking("en"):
        assert "whitelist" in caught.value.message()


@pytest.mark.parametrize(("kind", "error"), [("http", WechatNoAnswer), ("drop", WechatNoAnswer)])
def test_what_is_no_answer_is_no_answer(actor, account, weixin, kind, error):
    on_line(actor, account, followers.list_tags)
    weixin.fault("cgi-bin/tags/get", kind)
    with pytest.raises(error):
        on_line(actor, account, followers.list_tags)


def test_no_connection_is_told_from_a_lost_answer(actor, account):
    type(account).objects.update(base_url="http://127.0.0.1:9")
    with pytest.raises(WechatUnreachable):
        on_line(actor, account, followers.list_tags)
