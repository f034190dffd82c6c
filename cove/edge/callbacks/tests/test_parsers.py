"""Whatever a platform sends, or somebody in its name: it is refused with a reason, or kept as PostgreSQL takes it and the fact is read."""

from __future__ import annotations

import json
import time

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cove.edge.callbacks import wechat, wecom
from cove.edge.callbacks.requests import GoneError, Knock, TooLargeError
from cove.edge.mirror import Signpost
from cove.edge.spool.entry import Entry, EntryTooLargeError, frame_of, read_frames
from cove.engine.channels.ads.inbound import parse as ads
from cove.engine.channels.seal.crypto import seal_message, sign
from cove.engine.channels.sms.inbound import parse as sms
from cove.engine.channels.wechat.inbound import verify as of_wechat
from cove.engine.channels.wecom.inbound import verify as of_wecom
from cove.facts.ads import CallbackAccepted as AdsAccepted
from cove.facts.sms import CallbackAccepted as SmsAccepted
from cove.kernel.log.fact import catalogue
from cove.kernel.secrets import seal_secret

TOKEN, AES_KEY, CORP = "QDG6eKcZ3mWn8Rt", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "ww5f2c81d94b7a3e60"
OFFICIAL, APP = "gh_5f2c81d94b7a", "wx5f2c81d94b7a3e60"
AT_CORP = of_wecom.Address(7, CORP, "1000002", TOKEN, AES_KEY)
AT_APP = of_wechat.Address(7, APP, OFFICIAL, False, TOKEN, AES_KEY)  # noqa: FBT003 -- a record
POST = Signpost("wecom_callback", "x", 3, {"channel_id": 7, "account_id": 7, "token": seal_secret(TOKEN)})

TRY = settings(max_examples=60)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud800\0"),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=10), inside, max_size=4),
    max_leaves=20,
)
PUSHES = JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60)
HOSTILE = [
    b"",
    b"[" * 200_000,
    b'{"a":' * 60_000,
    b"[" + b"9" * 5_000 + b"]",
    b'[{"a":NaN}]',
    b'[{"a":1e999}]',
    b'[{"a":"\\ud800"}]',
    b'[{"\\ud800":"\\u0000"}]',
    b'{"event":"verify_webhook","content":"{\\"challenge\\":\\"\\\\ud800\\"}"}',
    b"\xff\xfe[\x00]\x00",
    b'[{"a":"\xff"}]',
    b"[" + b",".join([b"{}"] * 2_000) + b"]",
    b"[" * 90 + b"]" * 90,
]


def kept(frame: bytes) -> None:
    """Require that what goes to the spool is read back as one fact, and that PostgreSQL takes it."""
    ((record,), taken) = read_frames(frame)
    kind, *_, payload = record.row.decode().split("\t")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb", [payload])
    catalogue[kind].model_validate_json(payload)
    assert (taken, record.tenant_id) == (len(frame), 3)
    assert "\n" not in record.key


def element(name: str, text: str) -> str:
    return f"<{name}><![CDATA[{text.replace(']]>', '')}]]></{name}>"


def sealed(event: bytes, receiver: str) -> tuple[dict[str, str], bytes]:
    """Return the query and the body of a callback with this inside, sealed and signed as the platform does."""
    encrypted, now = seal_message(AES_KEY, event, receiver), str(int(time.time()))
    query = {"msg_signature": sign(TOKEN, now, "n", encrypted), "timestamp": now, "nonce": "n"}
    query["signature"] = of_wechat.signed(TOKEN, now, "n")
    return query, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode()


def knocked(platform, event: bytes) -> str:
    """Let a door judge a callback; return why it is refused, or `kept`."""
    of, address, receiver = (of_wecom, AT_CORP, CORP) if platform is wecom else (of_wechat, AT_APP, APP)
    query, body = sealed(event, receiver)
    try:
        kept(platform.frame_of(POST, of.accept(address, query, body)))
    except of.Refusal as refusal:
        return f"{refusal.reason} {refusal.status}"
    return "kept"


EVENTS = st.dictionaries(st.sampled_from(["Event", "UserID", "ExternalUserID", "State", "MsgId", "Content"]), TEXTS)


@pytest.mark.parametrize("platform", [wecom, wechat], ids=["wecom", "wechat"])
@TRY
@given(fields=EVENTS, when=st.integers(-(10**13), 10**13) | st.none() | st.sampled_from(["", "x", "９", "9" * 5_000]))
@example(fields={"State": "\x7f" * 200_000}, when=None)
@example(fields={"State": "云" * 60_000}, when=None)
def test_sealed_events_are_kept_or_refused(databases, platform, fields, when):
    receiver = CORP if platform is wecom else OFFICIAL
    given = {"ToUserName": receiver, "FromUserName": "u", "CreateTime": str(int(time.time()) if when is None else when)}
    said = "".join(element(name, text) for name, text in (given | fields).items())
    verdict = knocked(platform, f"<xml>{said}</xml>".encode())
    assert verdict in ("kept", "bad_event 400", "too_large 413")


@pytest.mark.parametrize("platform", [wecom, wechat], ids=["wecom", "wechat"])
@TRY
@given(inside=st.binary(max_size=80))
def test_bytes_that_are_no_event_are_refused_inside_and_outside(databases, platform, inside):
    assert knocked(platform, inside) == "bad_event 400"
    of, address = (of_wecom, AT_CORP) if platform is wecom else (of_wechat, AT_APP)
    with pytest.raises(of.Refusal):
        of.accept(address, sealed(b"", "")[0], inside)


@TRY
@given(document=JSON)
def test_a_mini_programs_json_is_kept_or_refused(databases, document):
    given = {"ToUserName": OFFICIAL, "FromUserName": "u", "CreateTime": int(time.time()), "more": document}
    assert knocked(wechat, json.dumps(given).encode()) in ("kept", "bad_event 400")


@TRY
@given(body=PUSHES)
def test_pushes_of_providers_and_advertisers_are_kept_or_refused(databases, body):
    push(body)


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pushes_are_kept_or_refused(databases, body):
    push(body)


def push(body: bytes) -> None:
    try:
        kept(frame_of(Entry.of(3, SmsAccepted(account_id=7, what="receipts", items=sms.items_of(body)))))
    except (sms.UnreadableError, EntryTooLargeError):
        pass
    else:
        items = sms.items_of(body)
        for provider in ("aliyun", "tencent"):
            sms.receipts_of(provider, items)
            sms.replies_of(provider, items)
    try:
        document = ads.document_of(body)
        challenge = ads.challenge_of(document)
        json.dumps(challenge, ensure_ascii=False).encode()
        items = ads.items_of(document)
        kept(frame_of(Entry.of(3, AdsAccepted(account_id=7, items=items))))
    except (ads.UnreadableError, EntryTooLargeError):
        return
    for platform in ("ocean", "tencent", "baidu"):
        ads.leads_of(platform, items)


def knock(*chunks: bytes, announced: bytes | None = None, gone: bool = False) -> Knock:
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    messages.append({"type": "http.disconnect"} if gone else {"type": "http.request", "body": b"", "more_body": False})

    async def receive():
        return messages.pop(0)

    headers = [(b"content-length", announced)] if announced is not None else []
    return Knock({"path": "/", "method": "POST", "query_string": b"a=1&a=2&b=", "headers": headers}, receive)


async def test_a_body_is_read_no_further_than_is_allowed():
    assert await knock(b"ab", b"c").body(3) == b"abc"
    assert await knock(b"ab", announced=b"nonsense").body(3) == b"ab"
    for too_much in (knock(b"ab", b"cd", b"e"), knock(announced=b"4"), knock(announced=b"9" * 4_000)):
        with pytest.raises(TooLargeError):
            await too_much.body(3)
    with pytest.raises(GoneError):
        await knock(b"ab", gone=True).body(3)
    assert knock().query == {"a": "2", "b": ""}
