"""What the clouds refuse, and their limits."""

import secrets

import pytest

from sandbox import seed
from sandbox.sms.rules import Asked, RefusalError, take
from sandbox.storage import Storage
from sandbox.world import Settings, World

TEMPLATE, SIGNATURE = "SMS_460001", "云岫家居"
VALUES = {"name": "林女士", "time": "周六"}


@pytest.fixture
def world(tmp_path):
    storage = Storage(tmp_path / "box.sqlite3")
    found = World(Settings(data=tmp_path), storage, None)
    seed.seed_clouds(found)
    yield found
    storage.close()


def account(world):
    return world.storage.row("SELECT * FROM sms_accounts WHERE key_id=?", seed.SMS_ACCOUNTS[0][1])


def phone(end="8888"):
    return f"139{secrets.randbelow(10**4):04d}{end}"


def asked(**fields):
    said = {"phone": phone(), "signature": SIGNATURE, "template_code": TEMPLATE, "values": VALUES}
    return Asked(**said | fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"phone": "12345"}, "number"),
        ({"signature": "别家"}, "signature"),
        ({"template_code": "SMS_460003"}, "template"),
        ({"template_code": "SMS_460004"}, "template"),
        ({"values": {"name": "林"}}, "missing"),
        ({"values": VALUES | {"time": "http://x.cn"}}, "link"),
        ({"values": VALUES | {"time": "长" * 36}}, "long"),
        ({"phone": phone("0004")}, "black"),
    ],
)
def test_what_a_provider_refuses(world, fields, reason):
    with pytest.raises(RefusalError) as caught:
        take(world, account(world), asked(**fields))
    assert caught.value.reason == reason
    assert world.storage.value("SELECT count(*) FROM sms_messages") == 0


def test_a_number_gets_fifty_a_day_and_again_the_day_after(world):
    number = phone()
    for _ in range(50):
        take(world, account(world), asked(phone=number))
    with pytest.raises(RefusalError) as caught:
        take(world, account(world), asked(phone=number))
    assert caught.value.reason == "limit"
    world.set_setting("clock_offset", str(86401))
    assert take(world, account(world), asked(phone=number))["state"] == "waiting"


def test_each_part_is_paid_and_an_empty_balance_sends_nothing(world):
    world.storage.change("UPDATE sms_accounts SET balance=1")
    assert take(world, account(world), asked())["parts"] == 1
    with pytest.raises(RefusalError) as caught:
        take(world, account(world), asked())
    assert caught.value.reason == "balance"


def test_the_phone_page_answers_nobody_who_was_not_written_to(box):
    assert box.http.get("/sms").status_code == 200
    assert box.http.post("/sms", data={"to": "13900008888", "text": "TD"}).status_code == 303
    assert box.http.post("/sandbox/api/sms/replies", json={"phone": "1", "text": "TD"}).status_code == 404


def test_unsigned_calls_are_refused(box):
    assert box.http.post("/sms/aliyun/?PhoneNumbers=1").json()["Code"] == "IncompleteSignature"
    answer = box.http.post("/sms/tencent/", json={}).json()
    assert answer["Response"]["Error"]["Code"] == "AuthFailure.InvalidAuthorization"


def test_a_call_of_several_keeps_one_number_for_all(world):
    found = [take(world, account(world), asked(), "000000000000001^1") for _ in range(2)]
    assert {row["serial"] for row in found} == {"000000000000001^1"}
    assert len({row["phone"] for row in found}) == 2


@pytest.mark.parametrize(("sign", "parts"), [("好", 1), ("😀", 2)])
def test_a_sign_beyond_the_first_plane_counts_twice(world, sign, parts):
    assert take(world, account(world), asked(values=VALUES | {"name": sign * 30}))["parts"] == parts
