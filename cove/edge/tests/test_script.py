from __future__ import annotations

import gzip

import pytest

from cove.edge.collector import script

LARGEST = 5_000
"""Bytes that a visitor's browser loads for the SDK."""


@pytest.fixture(params=sorted(script.NAMES))
def name(request):
    assert (script.BUILT / request.param).is_file(), (
        "the SDK is not built: make test builds it, or npm run build in web/"
    )
    return request.param


async def test_a_script_is_served_as_it_was_built_and_small(edge, name):
    answer = await edge.get(f"/collect/{name}", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) <= LARGEST
    assert answer.content == (script.BUILT / name).read_bytes()
    assert len(gzip.compress(answer.content)) <= LARGEST


async def test_a_script_that_the_browser_has_is_not_sent_again(edge, name):
    for form in ("gzip", "identity"):
        first = await edge.get(f"/collect/{name}", headers={"accept-encoding": form})
        again = await edge.get(
            f"/collect/{name}", headers={"accept-encoding": form, "if-none-match": first.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
    other = await edge.get(
        f"/collect/{name}", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200


async def test_pages_of_all_sites_may_load_it(edge, name):
    answer = await edge.head(f"/collect/{name}", headers={"origin": "https://www.shop.test"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (await edge.get("/collect/t.js")).status_code == 404


async def test_what_was_not_built_is_not_there(edge, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "BUILT", tmp_path)
    assert (await edge.get("/collect/cove.js")).status_code == 404
