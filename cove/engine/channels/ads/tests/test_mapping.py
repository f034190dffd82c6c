from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cove.engine.channels.ads.client import baidu, ocean, tencent
from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.contracts.leads import (
    BASE_URLS,
    USUAL_MAPPING,
    Conversion,
    Credentials,
    flattened,
    mapped,
)
from cove.engine.channels.ads.inbound.parse import UnreadableError, challenge_of, document_of, items_of, leads_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=6,
)


def test_feiyus_signature_is_the_published_one():
    said = "/crm/v2/openapi/pull-clues/?start_time=1569859200&end_time=1572537600 1572574424"
    assert ocean.signature("ABCDEFGHIGKLMNOP", said) == (
        "ZjQ0OTg4OWY3OTQ5OTliYTVmMWVmM2I0ZjBlMDk5ZjBiMzc3ZjU2NzdiODUxZmMzM2Y5MzExYTZhYTAyMTRhYw=="
    )


def asked(platform, ask, answer):
    """Make calls of a platform at its usual address; return the requests."""
    seen = []

    def say(request):
        seen.append(request)
        return httpx.Response(200, json=answer)

    async def work():
        async with httpx.AsyncClient(transport=httpx.MockTransport(say)) as http:
            await ask(Line(Credentials(1, 1, platform, BASE_URLS[platform], "77", "t0ken", "s3cret"), http))

    asyncio.run(work())
    return seen


def test_leads_and_clicks_of_ocean_engine_are_reported_to_different_hosts():
    told = [Conversion("195", number="9"), Conversion("195", click_id="C1")]
    hosts = [
        asked("ocean", lambda line, one=one: ocean.report(line, one), {"status": 0, "code": 0})[0].url.host
        for one in told
    ]
    assert hosts == ["feiyu.oceanengine.com", "ad.oceanengine.com"]


def test_every_kind_of_page_of_baidu_is_asked_for():
    until = datetime(2026, 1, 31, tzinfo=UTC)
    nothing = {"header": {"status": 0}, "body": {"data": [{"noticeDetailList": []}]}}
    seen = asked("baidu", lambda line: baidu.pull(line, until - timedelta(days=1), until), nothing)
    kinds = {json.loads(one.content)["body"]["solutionType"] for one in seen}
    assert kinds == {"phone", "consult", "form", "wechat", "callback", "follow"}, "fact sheet D3"


def test_fields_are_found_by_path_however_a_platform_nests_them():
    raw = {
        "name": "林",
        "remark_dict": {"公司": "云岫"},
        "bundle": '{"城市": "杭州"}',
        "formDetail": [{"name": "面积", "type": "text", "value": "120"}],
        "age": 31,
        "empty": None,
    }
    assert flattened(raw) == {
        "name": "林",
        "remark_dict.公司": "云岫",
        "bundle.城市": "杭州",
        "formDetail.面积": "120",
        "age": "31",
    }
    assert mapped(raw, {"name": "name", "company_name": "remark_dict.公司", "email": "none"}) == {
        "name": "林",
        "company_name": "云岫",
    }


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.text(max_size=10), JSON, max_size=3))
def test_no_document_breaks_the_reading(raw):
    for read in (ocean.lead, tencent.lead, baidu.lead):
        found = read(raw)
        assert found is None or found.number
    assert all(isinstance(text, str) and text for text in flattened(raw).values())


@pytest.mark.parametrize(
    ("read", "row", "platform"),
    [
        (ocean.lead, {"clue_id": 7, "create_time": 1760000000, "telphone": "139", "name": "林"}, "ocean"),
        (
            tencent.lead,
            {"leads_id": 7, "leads_create_time": "2025-10-09 16:53:20", "leads_tel": "139", "leads_name": "林"},
            "tencent",
        ),
        (
            baidu.lead,
            {
                "clueId": 7,
                "commitTime": "2025-10-09 16:53:20",
                "cluePhoneNumber": "139",
                "formDetail": [{"name": "姓名", "value": "林"}],
            },
            "baidu",
        ),
    ],
)
def test_a_lead_of_each_platform_is_read_with_its_usual_fields(read, row, platform):
    found = read(row)
    assert (found.number, found.at) == ("7", datetime.fromtimestamp(1760000000, UTC))
    assert mapped(found.raw, USUAL_MAPPING[platform]) == {"name": "林", "phone": "139"}


def test_pushes_are_read_in_every_usual_wrapping():
    lead = {"clue_id": "1"}
    for document in (lead, [lead], {"data": [lead]}, {"data": {"list": [lead]}}, {"leads": lead}):
        assert items_of(document) == [lead]
    assert [one.number for one in leads_of("ocean", [lead, {"name": "nobody"}])] == ["1"]
    for document in ("text", 5, None, ["a"], [{}] * 501):
        with pytest.raises(UnreadableError):
            items_of(document)
    with pytest.raises(UnreadableError):
        document_of(b"[" * 100_000)


def test_douyins_challenge_is_found():
    said = {"event": "verify_webhook", "client_key": "abc", "content": {"challenge": 12345}}
    assert challenge_of(said) == 12345
    assert challenge_of(said | {"content": '{"challenge": 5}'}) == 5
    assert challenge_of({"event": "other"}) is None
