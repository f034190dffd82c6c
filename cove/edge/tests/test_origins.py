"""By which door something was done, and from which session, stands in the audit log."""

from __future__ import annotations

from django.test import Client

from cove.directory.org.models import ApiKey, Session
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.kernel.audit.models import AuditEntry


def change(client, contact_id, name):
    answer = client.patch(f"/api/contacts/{contact_id}", {"name": name}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return AuditEntry.objects.filter(operation="people.change_contact").order_by("-id").first()


def test_the_log_tells_the_session_or_the_key(browser_client, administrator, actor):
    card, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm1"), source="wecom")
    session = Session.objects.get(member=administrator)
    entry = change(browser_client, card.id, "甲")
    assert (entry.door, entry.session_id, entry.key_id) == ("console", session.id, None)
    body = {"name": "仓库", "rights": {"people.see_contacts": "all", "people.change_contact": "all"}, "revealed": []}
    made = browser_client.post("/api/api-keys", body, content_type="application/json")
    assert made.status_code == 201, made.content
    key = Client(headers={"authorization": f"Bearer {made.json()['text']}"})
    entry = change(key, card.id, "乙")
    assert (entry.door, entry.session_id, entry.member_id) == ("api", None, administrator.id)
    assert entry.key_id == ApiKey.objects.get().id
