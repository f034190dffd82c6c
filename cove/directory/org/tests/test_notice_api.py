from __future__ import annotations

from cove.directory.org import facade as org
from cove.directory.org.models import NoticeSending
from cove.directory.org.tests.noticing import declare, member_of

JSON = "application/json"


def tell(actor, *members, count=1):
    for number in range(count):
        values = {"name": f"客户{number}", "place": "展厅", "id": number}
        org.notify(actor, kind="test.arrived", member_ids=[one.id for one in members], values=values)


def test_the_list_says_what_how_and_whether_it_arrived(actor, administrator, browser_client, monkeypatch):
    declare(monkeypatch, wecom="now")
    administrator.wecom_userid = "boss"
    administrator.save()
    tell(actor, administrator)
    org.note_notice_sendings(actor, sending_ids=[NoticeSending.objects.get().id], reason="wrong_secret")
    [shown] = browser_client.get("/api/notices").json()["items"]
    assert (shown["title"], shown["url"], shown["read_at"]) == ("客户0 arrived", "/things/0", None)
    [sent] = shown["sent"]
    assert (sent["way"], sent["state"], sent["reason"]) == ("wecom", "failed", "The secret for the platform is wrong")


def test_reading_one_and_all(actor, administrator, browser_client, monkeypatch):
    declare(monkeypatch)
    tell(actor, administrator, count=3)
    items = browser_client.get("/api/notices?limit=2").json()["items"]
    assert browser_client.get("/api/notices/count").json() == {"unread": 3}
    assert browser_client.post(f"/api/notices/{items[0]['id']}/read").json()["read_at"]
    body = {"until": items[1]["created_at"]}
    assert browser_client.post("/api/notices/read", body, content_type=JSON).json() == {"unread": 0}
    assert browser_client.get("/api/notices?unread=true").json()["items"] == []


def test_nobody_reads_anothers(actor, browser_client, monkeypatch):
    declare(monkeypatch)
    other = member_of(actor, "别人")
    tell(actor, other)
    assert browser_client.get("/api/notices").json()["items"] == []
    notice_id = NoticeSending.objects.count() + 1
    assert browser_client.post(f"/api/notices/{notice_id * 10**6}/read").status_code == 404


def test_choices_are_shown_and_changed(administrator, browser_client, monkeypatch):
    declare(monkeypatch)
    times = {"quiet_from": "22:00", "quiet_until": "08:00", "digest_hour": 7, "sound": False}
    body = {"modes": {"test.arrived": {"wecom": "now"}}, "times": times}
    shown = browser_client.patch("/api/notices/choices", body, content_type=JSON).json()
    row = next(one for one in shown["kinds"] if one["kind"] == "test.arrived")
    assert (row["modes"], shown["times"]) == ({"bell": "now", "wecom": "now", "mail": "off"}, times)
    defaults = browser_client.get("/api/notices/defaults").json()
    assert next(one for one in defaults["kinds"] if one["kind"] == "test.arrived")["modes"]["wecom"] == "off"


def test_a_wrong_hour_is_named(browser_client):
    times = {"quiet_from": "25:00", "quiet_until": "", "digest_hour": 24, "sound": True}
    answer = browser_client.patch("/api/notices/choices", {"times": times}, content_type=JSON)
    assert answer.status_code == 422
    assert {"times.quiet_from", "times.digest_hour"} <= set(answer.json()["error"]["fields"])


def test_a_page_of_notices_takes_as_many_queries_as_one(
    actor, administrator, browser_client, monkeypatch, django_assert_max_num_queries
):
    declare(monkeypatch, wecom="now")
    administrator.wecom_userid = "boss"
    administrator.save()
    tell(actor, administrator, count=30)
    with django_assert_max_num_queries(12):
        assert len(browser_client.get("/api/notices?limit=30").json()["items"]) == 30
