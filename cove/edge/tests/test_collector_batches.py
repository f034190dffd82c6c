"""Batches: good events are kept, bad ones refused by name, and the sender told of each."""

from __future__ import annotations

import gzip
import json

import pytest

from cove.edge import spool
from cove.edge.collector import rates, wire

from .reading import logged, logged_within
from .sources import AS_SERVER, CHINESE, ENGLISH, KEY, SITE, event, put_source


@pytest.fixture(autouse=True)
def source(tenant, posts):
    put_source(posts, tenant)


def track(number, **given):
    return event(type="track", event="buy", message_id=f"m{number}", **given)


def batch(*events, **given):
    return {"write_key": KEY, "batch": list(events)} | given


async def test_a_batch_of_every_type_is_in_the_log_in_its_order(edge, tenant):
    events = [
        track(1),
        event(type="page", url=SITE, message_id="m2"),
        event(type="identify", user_id="u", message_id="m3"),
        event(type="group", group_id="g", message_id="m4"),
        event(type="alias", user_id="u", previous_id="v", message_id="m5"),
    ]
    answer = await edge.post("/collect/batch", json=batch(*events), headers={"origin": SITE})
    assert answer.status_code == 200
    assert (answer.json()["accepted"], answer.json()["refused"]) == (5, [])
    assert answer.headers["access-control-allow-origin"] == SITE
    found = await logged_within(tenant.id, 5)
    assert [payload["message_id"] for _, payload in found] == ["m1", "m2", "m3", "m4", "m5"]


async def test_bad_events_are_refused_by_name_and_their_neighbours_kept(edge, tenant):
    events = [
        track(0),
        {"type": "track"},
        7,
        track(3, properties={"$own": 1, "fine": 2}),
        track(4) | {"event": "$nonsense"},
        track(5) | {"type": "buy"},
        track(6, title="字" * 501, timestamp="gestern"),
        track(7, properties={"text": "x" * wire.LARGEST_EVENT}),
        track(8),
    ]
    answer = await edge.post("/collect/batch", json=batch(*events), headers=CHINESE)
    told = answer.json()
    assert told["accepted"] == 2
    refused = {one["index"]: one for one in told["refused"]}
    assert sorted(refused) == [1, 2, 3, 4, 5, 6, 7]
    assert set(refused[1]["fields"]) == {"anonymous_id", "event"}
    assert "JSON 对象" in refused[2]["fields"]["body"]
    assert set(refused[3]["fields"]) == {"properties.$own"}
    assert (refused[4]["code"], refused[4]["message_id"]) == ("collector.reserved_name", "m4")
    assert "$nonsense" in refused[4]["message"]
    assert "$click" in refused[4]["message"]
    assert "identify" in refused[5]["fields"]["type"]
    assert set(refused[6]["fields"]) == {"title", "timestamp"}
    assert refused[7]["code"] == "collector.too_large"
    assert all("：" in one["message"] or "字节" in one["message"] for one in told["refused"])
    found = await logged_within(tenant.id, 2)
    assert [payload["message_id"] for _, payload in found] == ["m0", "m8"]


async def test_the_same_message_in_one_batch_and_the_next_is_one_fact(edge, tenant):
    for _ in range(2):
        answer = await edge.post("/collect/batch", json=batch(track(1), track(2), track(1)))
        assert answer.json()["accepted"] == 3
    await logged_within(tenant.id, 2)


async def test_what_is_said_once_for_a_batch_holds_for_its_events(edge, tenant):
    context = {"library": "web/1.0.0", "screen": "390x844"}
    own = track(2, context={"library": "other"})
    await edge.post("/collect/batch", json=batch(track(1), own, context=context))
    found = await logged_within(tenant.id, 2)
    assert [payload["properties"] for _, payload in found] == [
        {"$library": "web/1.0.0", "$screen": "390x844"},
        {"$library": "other"},
    ]


async def test_notes_tell_which_event_they_are_about(edge, tenant):
    answer = await edge.post("/collect/batch", json=batch(track(1), track(2, user_id="u")), headers=ENGLISH)
    [note] = answer.json()["notes"]
    assert (note["index"], note["message_id"], note["code"]) == (1, "m2", "collector.claimed_user")
    assert "not proven" in note["message"]


async def test_gzip_is_unpacked_and_a_bomb_is_not(edge, tenant):
    packed = {"content-encoding": "gzip"}
    body = gzip.compress(json.dumps(batch(*(track(n) for n in range(100)))).encode())
    assert (await edge.post("/collect/batch", content=body, headers=packed)).json()["accepted"] == 100
    single = gzip.compress(json.dumps(track(200)).encode())
    assert (await edge.post("/collect/track", content=single, headers=packed)).status_code == 200
    await logged_within(tenant.id, 101)
    bomb = gzip.compress(b" " * 200_000_000, 9)
    assert len(bomb) < wire.LARGEST_BATCH
    assert (await edge.post("/collect/batch", content=bomb, headers=packed)).status_code == 413
    for broken in (b"no gzip", body[:-9], body + b"more"):
        answer = await edge.post("/collect/batch", content=broken, headers=packed)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "collector.not_unpacked")
    other = await edge.post("/collect/batch", content=body, headers={"content-encoding": "br"})
    assert (other.status_code, other.json()["error"]["code"]) == (415, "collector.unknown_encoding")


async def test_a_batch_that_is_too_large_is_refused_whole(edge, tenant):
    many = await edge.post("/collect/batch", json=batch(*(track(n) for n in range(wire.MOST_EVENTS + 1))))
    assert (many.status_code, many.json()["error"]["code"]) == (413, "collector.batch_too_large")
    large = await edge.post("/collect/batch", content=b" " * (wire.LARGEST_BATCH + 1))
    assert large.status_code == 413
    assert logged(tenant.id) == []


async def test_a_batch_is_read_with_the_key_in_the_header_too(edge, tenant):
    body = {"batch": [{"type": "track", "event": "paid", "user_id": "u", "message_id": "m1"}]}
    assert (await edge.post("/collect/batch", json=body, headers=AS_SERVER)).json()["accepted"] == 1
    public = {"authorization": f"Bearer {KEY}"}
    assert (await edge.post("/collect/batch", json={"batch": [track(2)]}, headers=public)).json()["accepted"] == 1
    assert (await edge.post("/collect/batch", json=body)).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"write_key": KEY}, "batch"),
        ({"write_key": KEY, "batch": {}}, "batch"),
        ({"write_key": KEY, "batch": [], "sent_at": 5}, "sent_at"),
        ({"write_key": KEY, "batch": [], "context": {"consent": "perhaps"}}, "context.consent"),
    ],
)
async def test_what_is_wrong_with_the_batch_itself_is_named(edge, body, field):
    answer = await edge.post("/collect/batch", json=body)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]


async def test_an_empty_batch_is_nothing(edge, tenant):
    assert (await edge.post("/collect/batch", json=batch())).json() == {"accepted": 0, "refused": [], "notes": []}


async def test_half_a_character_spoils_nothing(edge, tenant):
    """JavaScript's slice cuts an emoji in two, and JSON.stringify writes the half as an escape that is no character."""
    raw = json.dumps(batch(track(1), track(2, title="CUT"), track(3))).replace("CUT", "\\ud83d")
    assert (await edge.post("/collect/batch", content=raw)).json()["accepted"] == 3
    single = json.dumps(track(4, title="CUT")).replace("CUT", "字\\ud83d")
    assert (await edge.post("/collect/track", content=single)).status_code == 200
    found = await logged_within(tenant.id, 4)
    assert [payload["title"] for _, payload in found] == ["", "�", "", "字�"]


async def test_what_no_store_takes_is_left_out_or_refused(edge, tenant):
    odd = [
        track(1, properties={"zero": "a\0b"}),
        track(2, properties={"large": 2**70}),
        track(3, properties={"deep": [[[[[[1]]]]]]}),
        track(4, properties={str(n): n for n in range(201)}),
        track(5, properties={"": 1}),
    ]
    raw = json.dumps(batch(*odd))[:-2] + ", " + json.dumps(track(6, properties={"e": 1})).replace("1}", "1e400}") + "]}"
    told = (await edge.post("/collect/batch", content=raw)).json()
    assert {one["index"]: list(one["fields"]) for one in told["refused"]} == {
        1: ["properties.large"],
        2: ["properties.deep"],
        3: ["properties"],
        4: ["properties."],
        5: ["properties.e"],
    }
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["properties"] == {"zero": "ab"}


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400", "9" * 5000])
async def test_a_number_that_is_none_is_refused_by_name_and_its_neighbours_kept(edge, tenant, number):
    """Python's own json.dumps writes NaN and Infinity unless it is told not to."""
    raw = json.dumps(batch(track(1), track(2, properties={"price": "N"}), track(3, title="CUT")))
    raw = raw.replace('"N"', number).replace("CUT", "\\ud83d")
    told = (await edge.post("/collect/batch", content=raw)).json()
    assert told["accepted"] == 2
    [refused] = told["refused"]
    assert (refused["index"], refused["message_id"], list(refused["fields"])) == (1, "m2", ["properties.price"])
    single = json.dumps(track(4, traits={"a": ["N"]})).replace('"N"', number)
    answer = await edge.post("/collect/track", content=single)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, ["traits.a"])
    await logged_within(tenant.id, 2)


async def test_half_a_character_makes_nobodys_event_larger(edge, tenant):
    large = track(1, properties={"text": "字" * (wire.LARGEST_EVENT // 3 - 200)})
    raw = json.dumps(batch(large, track(2, title="CUT")), ensure_ascii=False).replace("CUT", "\\ud83d")
    assert (await edge.post("/collect/batch", content=raw.encode())).json()["accepted"] == 2
    await logged_within(tenant.id, 2)


async def test_the_character_zero_hides_no_reserved_name(edge, tenant):
    bad = [
        track(1, properties={"\0$library": "mine"}),
        track(2, properties={"\0": 1}),
        track(3) | {"event": "\0"},
        track(4, traits={"$claimed_user_id\0": "u"}),
    ]
    told = (await edge.post("/collect/batch", json=batch(*bad, track(5) | {"event": "a\0b"}))).json()
    assert {one["index"]: list(one["fields"]) for one in told["refused"]} == {
        0: ["properties.$library"],
        1: ["properties."],
        2: ["event"],
        3: ["traits.$claimed_user_id"],
    }
    single = await edge.post("/collect/track", json=bad[0], headers=ENGLISH)
    assert list(single.json()["error"]["fields"]) == ["properties.$library"]
    [(_, payload)] = await logged_within(tenant.id, 1)
    assert payload["event"] == "ab"


async def test_a_flood_is_told_when_to_come_again(edge, tenant, monkeypatch):
    monkeypatch.setattr(rates, "_rates", rates.Rates())
    monkeypatch.setattr(rates, "_per_address", 10)
    ten = batch(*(track(n) for n in range(10)))
    assert (await edge.post("/collect/batch", json=ten)).status_code == 200
    refused = await edge.post("/collect/track", json=track(11), headers=ENGLISH | {"origin": SITE})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "collector.too_many")
    assert 0 < int(refused.headers["retry-after"]) <= 61
    assert refused.headers["access-control-expose-headers"] == "retry-after"
    assert "same message_id" in refused.json()["error"]["message"]
    server = {"batch": [{"type": "track", "event": "e", "user_id": "u"}] * 50}
    assert (await edge.post("/collect/batch", json=server, headers=AS_SERVER)).json()["accepted"] == 50


async def test_nothing_of_a_batch_is_said_to_be_kept_when_the_disk_is_full(edge, tenant, monkeypatch):
    def full(_frames):
        raise spool.SpoolUnavailableError

    monkeypatch.setattr(spool, "submit_frame", full)
    answer = await edge.post("/collect/batch", json=batch(track(1)))
    assert answer.status_code == 503
    assert "accepted" not in answer.json()
