from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

from cove.business.live_codes.commands.ways import note_way_made
from cove.business.live_codes.contracts import VISIT_SECONDS, Visit, new_visit_id
from cove.business.live_codes.models import ContactWay
from cove.business.live_codes.pages import landing
from cove.engine.channels.wecom import facade as wecom
from cove.engine.channels.wecom.contracts.cards import ContactWayCard


@pytest.fixture
def visitor():
    landing._paused.clear()
    return Client(headers={"accept-language": "zh-CN"})


def address(code, member, **changes):
    values = {
        "id": new_visit_id(),
        "tenant_id": code.tenant_id,
        "code_id": code.id,
        "member_id": member.id,
        "visitor_id": 77,
        "at": int(time.time()),
    }
    return f"/c/{code.slug}/add?v={Visit(**{**values, **changes}).sign(settings.SECRET_KEY)}"


@pytest.fixture
def minted(monkeypatch):
    made = []

    async def make(actor, *, userid, state, remark, timeout_s):
        made.append(state)
        return ContactWayCard(f"cfg{len(made)}", f"https://wework.qpic.cn/{state}")

    monkeypatch.setattr(wecom, "make_contact_way_now", make)
    return made


def test_a_visit_gets_a_picture_of_its_own_and_keeps_it(code, members, visitor, minted):
    where = address(code, members[0])
    first, again, other = visitor.get(where), visitor.get(where), visitor.get(address(code, members[0]))
    assert first.status_code == 200
    assert f'class="qr" src="https://wework.qpic.cn/{minted[0]}"' in first.text
    assert again.text == first.text
    assert len(minted) == 2
    assert minted[1] in other.text
    assert "长按识别二维码" in first.text
    assert "添加 小王 为好友" in first.text
    assert "og:title" in first.text
    assert "<script" not in first.text
    assert len(first.content) < 50_000
    assert first.headers["Cache-Control"] == "no-store"


def test_without_an_answer_of_wecom_the_standing_picture_is_shown(actor, code, members, visitor, asked):
    standing = ContactWay.objects.get(code=code, member=members[0])
    waiting = visitor.get(address(code, members[0]))
    assert "正在准备" in waiting.text
    note_way_made(actor, state=standing.state, config_id="c", qr_url="https://wework.qpic.cn/standing")
    for _ in range(3):
        assert "https://wework.qpic.cn/standing" in visitor.get(address(code, members[0])).text
    assert [call.name for call in asked].count("now") == 1, "after a failure nobody waits for a while"


def test_the_pool_does_not_grow_over_its_bound(actor, code, members, visitor, minted, monkeypatch):
    monkeypatch.setattr(landing, "POOL_BOUND", 2)
    for _ in range(4):
        visitor.get(address(code, members[0]))
    assert len(minted) == 2
    assert ContactWay.objects.filter(standing=False).count() == 2


def test_in_english(code, members, minted):
    page = Client(headers={"accept-language": "en"}).get(address(code, members[0]))
    assert "Press and hold the QR code" in page.text
    assert 'lang="en"' in page.text


@pytest.mark.parametrize("token", ["", "x", "AAAA", "é", "a" * 5000])
def test_a_token_that_is_not_ours_begins_again(code, visitor, token):
    answer = visitor.get(f"/c/{code.slug}/add", {"v": token})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/c/{code.slug}"


def test_an_old_token_begins_again(code, members, visitor):
    answer = visitor.get(address(code, members[0], at=int(time.time()) - VISIT_SECONDS - 1))
    assert answer.status_code == 302


def test_a_visit_tells_what_was_put_in():
    visit = Visit(2**64 - 1, 2**32 - 1, 2**63 - 1, 5, 2**63 - 1, int(time.time()))
    assert Visit.read(visit.sign("s"), "s") == visit
    assert Visit.read(visit.sign("s"), "other") is None
    assert len(visit.name) == 16
