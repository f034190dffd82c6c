"""What is heard of mails at the doors, durable before it is answered."""

from __future__ import annotations

import asyncio
import smtplib
from datetime import timedelta

import pytest
from django.conf import settings

from cove.edge import spool
from cove.edge.callbacks import returned_mail
from cove.edge.tests.conftest import post
from cove.engine.channels.email.contracts.cards import COMPANY_SIGNPOST, LINK_SIGNPOST
from cove.engine.channels.email.contracts.tokens import Told, token_for
from cove.engine.channels.email.tests.letters import bounce, complaint, plain
from cove.kernel import clock
from tests.ports import free_port

TOLD = Told(7, 42)
TARGET = "https://shop.example/新品?x=1&y=2"
AGENT = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)", "accept-language": "zh-CN"}


def token(purpose, told=TOLD):
    return token_for(purpose, told, secret=settings.SECRET_KEY)


@pytest.fixture
def kept(monkeypatch):
    """What reached the spool, instead of the log: (tenant, kind, payload, key)."""
    found = []

    async def keep(entry):
        found.append((entry.tenant_id, entry.kind, entry.payload, entry.dedupe_key))

    monkeypatch.setattr(spool, "append", keep)
    return found


@pytest.fixture
def broken(monkeypatch):
    async def refuse(_entry):
        raise spool.SpoolUnavailableError("no disk")

    monkeypatch.setattr(spool, "append", refuse)


@pytest.fixture
def link(posts):
    posts[LINK_SIGNPOST, "3"] = post(LINK_SIGNPOST, "3", 7, {"url": TARGET})
    posts[LINK_SIGNPOST, "4"] = post(LINK_SIGNPOST, "4", 8, {"url": "https://other.example/"})
    posts[COMPANY_SIGNPOST, "7"] = post(COMPANY_SIGNPOST, "7", 7, {"company": "云岫<家居>"})
    return f"/m/l/{token('link', TOLD._replace(link_id=3))}"


async def test_a_picture_is_told_and_always_given(edge, kept):
    seen = await edge.get(f"/m/o/{token('open')}.gif", headers=AGENT)
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/gif")
    assert "no-store" in seen.headers["cache-control"]
    forged = await edge.get("/m/o/AAAA.gif", headers=AGENT)
    assert (forged.status_code, forged.content) == (200, seen.content)
    await edge.head(f"/m/o/{token('open')}.gif", headers=AGENT)
    [(tenant, kind, payload, _)] = kept
    assert (tenant, kind, payload["message_id"], payload["suspicion"]) == (7, "email.mail_opened", 42, 0)


async def test_a_link_leads_where_its_number_says_and_nowhere_else(edge, kept, link):
    answer = await edge.get(f"{link}?to=https://evil.example/", headers=AGENT)
    assert (answer.status_code, answer.headers["location"]) == (302, "https://shop.example/%E6%96%B0%E5%93%81?x=1&y=2")
    assert "cove_visitor" in answer.cookies
    await edge.head(link, headers=AGENT)
    [(tenant, kind, payload, _)] = kept
    assert (tenant, kind, payload["url"]) == (7, "email.mail_link_followed", TARGET)
    for told in (TOLD._replace(link_id=4), TOLD._replace(link_id=5), Told(8, 42, 3)):
        gone = await edge.get(f"/m/l/{token('link', told)}", headers=AGENT)
        assert gone.status_code == 404, "a link of another company's, or of nobody's"
    assert (await edge.get(f"/m/l/{token('leave')}", headers=AGENT)).status_code == 404
    assert (await edge.post(link, headers=AGENT)).status_code == 405
    assert len(kept) == 1


async def test_only_a_post_unsubscribes(edge, kept, link):
    address = f"/m/u/{token('leave')}"
    page = await edge.get(address, headers=AGENT)
    assert page.status_code == 200
    assert "云岫&lt;家居&gt;" in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert not kept, "scanners open every link"
    one_click = await edge.post(address, data={"List-Unsubscribe": "One-Click"}, headers=AGENT)
    assert one_click.status_code == 200
    await edge.post(address, data={"page": "1"}, headers={**AGENT, "accept-language": "en"})
    assert [(kind, payload["how"]) for _, kind, payload, _ in kept] == [
        ("email.mail_left", "one_click"),
        ("email.mail_left", "page"),
    ]
    assert len({key for *_, key in kept}) == 1, "the same wish twice is one"
    assert (await edge.post("/m/u/AAAA", headers=AGENT)).status_code == 404
    assert (await edge.get("/m/x/AAAA", headers=AGENT)).status_code == 404


async def test_whoever_came_back_may_leave_by_the_same_mail_again(edge, kept, link):
    address = f"/m/u/{token('leave')}"
    for minutes in (0, 11):
        with clock.shifted(timedelta(minutes=minutes)):
            await edge.post(address, data={"List-Unsubscribe": "One-Click"}, headers=AGENT)
    (_, _, _, first), (_, _, _, second) = kept
    assert first != second


async def test_without_a_disk_a_wish_is_not_promised_but_pictures_are_shown(edge, broken, link):
    assert (await edge.post(f"/m/u/{token('leave')}", headers=AGENT)).status_code == 503
    assert (await edge.get(link, headers=AGENT)).status_code == 503
    assert (await edge.get(f"/m/o/{token('open')}.gif", headers=AGENT)).status_code == 200


@pytest.fixture
def door_port():
    return free_port()


async def _knock(port, to, raw):
    def work():
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            line.sendmail("", [to], raw)

    await asyncio.to_thread(work)


async def test_returned_mail_is_taken_for_our_addresses_alone(edge, kept, door_port):
    door = await returned_mail.open_door("127.0.0.1", door_port)
    back = token("back")
    changed = ("b" if back[0] == "a" else "a") + back[1:]
    try:
        await _knock(door_port, f"b+{back}@bounces.shop.example", bounce(back))
        await _knock(door_port, f"b+{back}@bounces.shop.example", bounce(back))
        await _knock(door_port, "fbl@bounces.shop.example", complaint(back))
        await _knock(door_port, f"u+{back}@bounces.shop.example", plain("stop"))
        await _knock(door_port, f"b+{back}@bounces.shop.example", plain("holiday", "Auto-Submitted: auto-replied"))
        for stranger in ("somebody@shop.example", "b+aaaa@bounces.shop.example", f"b+{changed}@x.example"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                await _knock(door_port, stranger, bounce(back))
            assert next(iter(refused.value.recipients.values()))[0] == 550
    finally:
        door.close()
    assert [(kind, payload.get("sort", payload.get("how"))) for _, kind, payload, _ in kept] == [
        ("email.mail_returned", "bounce"),
        ("email.mail_returned", "bounce"),
        ("email.mail_returned", "complaint"),
        ("email.mail_left", "mail"),
    ]
    assert kept[0][3] == kept[1][3], "a report that comes twice is one"


async def test_returned_mail_comes_again_when_it_could_not_be_kept(edge, broken, door_port):
    door = await returned_mail.open_door("127.0.0.1", door_port)
    try:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await _knock(door_port, f"b+{token('back')}@bounces.shop.example", bounce(token("back")))
        assert refused.value.smtp_code == 451
    finally:
        door.close()
