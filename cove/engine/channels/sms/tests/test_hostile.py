"""Whatever a provider pushes under its own names: it is read into what every store takes, or left out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cove.engine.channels.sms.client.times import EARLIEST, china_time, time_of
from cove.engine.channels.sms.inbound.parse import UnreadableError, items_of, receipts_of, replies_of

LONGEST = 1000
NAMES = [
    "biz_id",
    "phone_number",
    "success",
    "err_code",
    "report_time",
    "out_id",
    "content",
    "send_time",
    "sign_name",
    "sequence_id",
    "sid",
    "mobile",
    "report_status",
    "errmsg",
    "user_receive_time",
    "text",
    "time",
    "sign",
]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
    | st.sampled_from(
        ["SUCCESS", "2026-01-31 09:05:00", "0000-00-00 00:00:00", "9999-12-31 23:59:59", "1" * 5_000, "\ud800"]
    ),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=5), inside, max_size=2),
    max_leaves=4,
)
ITEM = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), VALUES, max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(["aliyun", "tencent"]), st.lists(ITEM, max_size=4))
@example("tencent", [{"mobile": "13800000000", "text": "TD", "time": 10**30}])
@example("aliyun", [{"biz_id": "1", "phone_number": "138", "success": 1, "report_time": "0001-01-01 00:00:00"}])
def test_what_is_read_of_a_push_fits_every_store(provider, items):
    read = items_of(json.dumps(items).encode())
    receipts, replies = receipts_of(provider, read), replies_of(provider, read)
    assert len(receipts) <= len(items)
    for one in receipts:
        assert one.serial
        assert isinstance(one.arrived, bool)
        bounded(one.serial, one.phone, one.code, one.mark, at=one.at)
    for said in replies:
        assert said.phone
        assert said.text
        bounded(said.phone, said.text, said.signature, said.number, at=said.at)


def bounded(*texts: str, at: datetime | None) -> None:
    for text in texts:
        assert len(text) <= LONGEST
        text.encode()
    if at is not None:
        assert at.astimezone(UTC) >= EARLIEST


@given(st.booleans().map(lambda said: json.dumps(said).encode()) | st.binary(max_size=60))
@example(b"[1]")
@example(b'"text"')
@example(b"[" * 100_000)
def test_what_is_no_list_of_objects_is_refused_by_name(body):
    try:
        found = items_of(body)
    except UnreadableError:
        return
    assert all(isinstance(one, dict) for one in found)


@given(VALUES)
def test_no_value_breaks_the_reading_of_a_time(value):
    for found in (china_time(value), time_of(value)):
        assert found is None or found >= EARLIEST


@pytest.mark.parametrize("value", [True, "", "2026-02-30 09:00:00", None, [], -1, 10**20])
def test_what_is_no_time_is_none(value):
    assert china_time(value) is None
    assert time_of(value) is None
