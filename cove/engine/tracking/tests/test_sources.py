"""Sources: their keys are shown once, and the edge knows of each change."""

from __future__ import annotations

import pytest

from cove.engine.tracking.commands.sources import (
    change_source,
    create_source,
    delete_source,
    make_server_key,
    make_signing_secret,
)
from cove.engine.tracking.contracts import SERVER_KEY, SIGNPOST, PostedSource, server_key_name
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.kernel.audit.models import AuditChange
from cove.kernel.errors import NotFound
from cove.kernel.secrets import open_secret
from cove.kernel.signposts.models import Signpost


def posted(kind, key):
    row = Signpost.objects.filter(kind=kind, key=key).first()
    return PostedSource.read(row.document) if row else None


@pytest.fixture
def source(actor):
    return create_source(actor, name="商城", allowed_origins=["https://Shop.test/"])


def test_a_server_key_is_posted_by_its_hash_and_kept_nowhere(actor, source):
    row, key = make_server_key(actor, source_id=source.id)
    assert key.startswith("sk_")
    assert len(key) >= 40
    assert row.server_key_hint == key[-4:]
    assert posted(SERVER_KEY, server_key_name(key)).source_id == source.id
    assert key not in str(Source.objects.values().get(id=source.id))


def test_a_new_server_key_ends_the_old_one(actor, source):
    _, first = make_server_key(actor, source_id=source.id)
    _, second = make_server_key(actor, source_id=source.id)
    assert posted(SERVER_KEY, server_key_name(first)) is None
    assert posted(SERVER_KEY, server_key_name(second)) is not None


def test_the_signing_secret_is_sealed_wherever_it_stands(actor, source):
    _, secret = make_signing_secret(actor, source_id=source.id)
    _, key = make_server_key(actor, source_id=source.id)
    for one in (posted(SIGNPOST, source.write_key), posted(SERVER_KEY, server_key_name(key))):
        assert secret not in one.signing_secret
        assert open_secret(one.signing_secret) == secret
    _, other = make_signing_secret(actor, source_id=source.id)
    assert open_secret(posted(SIGNPOST, source.write_key).signing_secret) == other != secret


def test_no_secret_is_in_the_audit_log(actor, source):
    _, secret = make_signing_secret(actor, source_id=source.id)
    _, key = make_server_key(actor, source_id=source.id)
    told = str(list(AuditChange.objects.values()))
    for hidden in (secret, key, server_key_name(key)):
        assert hidden not in told


def test_a_change_of_origins_reaches_the_edge(actor, source):
    change_source(actor, source_id=source.id, name="官网", allowed_origins=["https://a.test", "http://localhost:5173"])
    assert posted(SIGNPOST, source.write_key).allowed_origins == {"https://a.test", "http://localhost:5173"}
    with pytest.raises(BadOrigin):
        change_source(actor, source_id=source.id, name="官网", allowed_origins=["https://a.test/path"])
    create_source(actor, name="文档", allowed_origins=[])
    with pytest.raises(SourceNameTaken):
        change_source(actor, source_id=source.id, name="文档", allowed_origins=[])


def test_a_deleted_source_leaves_no_key(actor, source):
    _, key = make_server_key(actor, source_id=source.id)
    delete_source(actor, source_id=source.id)
    assert posted(SIGNPOST, source.write_key) is None
    assert posted(SERVER_KEY, server_key_name(key)) is None
    for change in (make_server_key, make_signing_secret):
        with pytest.raises(NotFound):
            change(actor, source_id=source.id)


def test_a_signpost_of_an_earlier_version_is_a_web_source():
    old = PostedSource.read({"source_id": 5, "allowed_origins": []})
    assert (old.kind, old.signing_secret) == ("web", "")


def test_the_console_shows_a_secret_once(browser_client):
    made = browser_client.post(
        "/api/tracking/sources", {"name": "后端", "kind": "server"}, content_type="application/json"
    )
    assert made.status_code == 201
    source = made.json()
    assert (source["write_key"], source["snippet"], source["server_key_hint"]) == ("", "", "")
    assert "Bearer sk_" in source["curl"]
    key = browser_client.post(f"/api/tracking/sources/{source['id']}/server-key")
    assert key.status_code == 201
    assert key.json()["text"].endswith(key.json()["source"]["server_key_hint"])
    secret = browser_client.post(f"/api/tracking/sources/{source['id']}/signing-secret").json()["text"]
    listed = browser_client.get("/api/tracking/sources").content.decode()
    assert key.json()["text"] not in listed
    assert secret not in listed
    changed = browser_client.put(
        f"/api/tracking/sources/{source['id']}",
        {"name": "订单服务", "allowed_origins": []},
        content_type="application/json",
    )
    assert changed.json()["name"] == "订单服务"
    odd = browser_client.post("/api/tracking/sources", {"name": "x", "kind": "fridge"}, content_type="application/json")
    assert odd.status_code == 422
    assert "kind" in odd.json()["error"]["fields"]
