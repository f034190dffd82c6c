"""Mail and text messages as phones have them."""

import smtplib
from email.message import EmailMessage

import pytest

from sandbox import seed
from sandbox.phones import inboxes
from sandbox.sms.rules import Asked, reply, take
from sandbox.storage import Storage
from sandbox.tests import site as sites
from sandbox.tests.running import Sandbox
from sandbox.world import Settings, World
from tests.ports import free_port


@pytest.fixture(scope="module")
def post(tmp_path_factory):
    started = Sandbox(tmp_path_factory.mktemp("inboxes"), smtp_port=free_port())
    yield started
    started.close()


def send(post, to, leave=""):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "云岫家居 <news@cove.example>", to, "秋季新品"
    if leave:
        letter["List-Unsubscribe"], letter["List-Unsubscribe-Post"] = f"<{leave}>", "List-Unsubscribe=One-Click"
    letter.set_content("12 套整家方案")
    letter.add_alternative("<p>12 套整家方案</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", post.settings.smtp_port, timeout=60) as line:
        line.send_message(letter)


def inbox(post, owner="p1"):
    return post.api("GET", f"/inbox?owner={owner}")


def test_a_phone_reads_its_own_mailbox(post, site):
    site.pages["/leave"] = sites.Page("gone")
    address = inbox(post)["email"]
    send(post, address, f"{site.url}/leave")
    (listed,) = inbox(post)["mails"]
    assert (listed["subject"], listed["read"], listed["words"].strip()) == ("秋季新品", False, "12 套整家方案")
    mail = post.api("GET", f"/mails/{listed['id']}")
    assert (mail["html"].strip(), mail["leave"], mail["marks"]) == ("<p>12 套整家方案</p>", True, [])
    assert inbox(post)["mails"][0]["read"]
    post.api("POST", f"/mails/{listed['id']}/leave")
    assert site.last("/leave").body == b"List-Unsubscribe=One-Click"
    post.api("POST", f"/mails/{listed['id']}/complain")
    assert sorted(post.api("GET", f"/mails/{listed['id']}")["marks"]) == ["left", "spam"]
    assert inbox(post)["mails"][0]["spam"]


@pytest.mark.parametrize(
    ("leave", "code"),
    [("", "no_way_out"), ("http://mail.example/leave", "not_local"), ("http://127.0.0.1:9/leave", "not_taken")],
)
def test_unsubscribing_that_cannot_be(post, leave, code):
    send(post, "somebody@mail.example", leave)
    mail = post.api("GET", "/mails?to=somebody@mail.example")["items"][0]
    assert post.refused("POST", f"/mails/{mail['id']}/leave")[1] == code
    assert post.api("GET", f"/mails/{mail['id']}")["marks"] == []


def test_a_phone_takes_another_number_and_mailbox(post):
    owner = f"{seed.CORP_ID}/WangFang"
    assert inbox(post, owner)["mobile"] == "13900010005"
    changed = post.http.put(f"/sandbox/api/inbox?owner={owner}", json={"email": "Fang@Yunxiu.example"}).json()
    assert (changed["email"], changed["mobile"]) == ("fang@yunxiu.example", "13900010005")
    assert post.refused("PUT", f"/inbox?owner={owner}", {"mobile": "12"}) == (422, "bad_mobile")
    assert post.refused("PUT", f"/inbox?owner={owner}", {"email": "fang"}) == (422, "bad_email")
    for nobody in ("p99", "p", "pp", "x1", f"{seed.CORP_ID}/Nobody", "p99999999999999999999"):
        assert post.refused("GET", f"/inbox?owner={nobody}") == (404, "not_found"), nobody


@pytest.fixture
def world(tmp_path):
    storage = Storage(tmp_path / "box.sqlite3")
    found = World(Settings(data=tmp_path), storage, None)
    seed.seed(found)
    yield found
    storage.close()


def test_an_answer_goes_to_the_sender_that_was_answered(world):
    account = world.storage.row("SELECT * FROM sms_accounts WHERE key_id=?", seed.SMS_ACCOUNTS[0][1])
    world.storage.insert("sms_signatures", key_id=account["key_id"], name="云岫会员")
    mobile = inboxes.account_of(world, "p2")["mobile"]
    values = {"name": "周先生", "time": "周六"}
    for signature in ("云岫家居", "云岫会员"):
        take(world, account, Asked(mobile, signature, "SMS_460001", values))
    shown = inboxes.show(world, "p2")["texts"]
    assert {one["signature"]: one["unread"] for one in shown} == {"云岫家居": 1, "云岫会员": 1}
    assert (reply(world, mobile, "TD", "云岫家居") or {})["signature"] == "云岫家居"
    assert reply(world, mobile, "TD", "别家") is None
    inboxes.read_texts(world, "p2", "云岫家居")
    shown = {one["signature"]: one for one in inboxes.show(world, "p2")["texts"]}
    assert (shown["云岫家居"]["unread"], shown["云岫会员"]["unread"]) == (0, 1)
    assert [one["way"] for one in shown["云岫家居"]["messages"]] == ["got", "said"]
