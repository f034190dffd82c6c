"""The tracking plan through the front door: written, published, changed by two, imported and exported."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cove.engine.tracking.models import PlannedEvent
from cove.engine.tracking.models.plan import PlanVersion
from cove.engine.tracking.queries.checking import Plan
from cove.engine.tracking.queries.plan import plan_in_force, pql_events
from cove.kernel.audit.models import AuditEntry

JSON = {"content_type": "application/json"}
EVENTS = "/api/tracking/plan/events"
# The session, roles; count, rows, the version in force; the tenant and counts, twice.
LIST_EVENTS_QUERIES = 9

PAID = {
    "name": "order_paid",
    "note": "付款成功",
    "status": "live",
    "pql": True,
    "properties": [
        {"name": "amount", "type": "number", "required": True},
        {"name": "currency", "type": "text", "choices": ["CNY", "USD"]},
    ],
}


def add(client, **changes):
    answer = client.post(EVENTS, {**PAID, **changes}, **JSON)
    assert answer.status_code == 201, answer.content
    return answer.json()


def document_of(actor, number):
    return PlanVersion.visible_to(actor).get(number=number).document


def publish(client, note=""):
    return client.post("/api/tracking/plan/versions", {"note": note}, **JSON)


def upload(client, text, *, write):
    file = SimpleUploadedFile("plan.csv", text.encode(), "text/csv")
    return client.post("/api/tracking/plan/table", {"file": file, "write": "true" if write else "false"})


def test_what_is_written_is_in_force_when_it_is_published_and_not_before(browser_client, actor):
    made = add(browser_client)
    assert (made["published"], made["changed"], made["revision"]) == (False, False, 1)
    assert plan_in_force(actor).number == 0
    assert browser_client.get("/api/tracking/plan").json()["waiting"]["added"] == ["order_paid"]

    version = publish(browser_client, "第一版").json()
    assert (version["number"], version["note"], version["events"]) == (1, "第一版", 1)
    assert version["published_by"]["name"] == "管理员"
    assert list(plan_in_force(actor).events) == ["order_paid"]
    assert pql_events(actor) == {"order_paid"}

    change = {**PAID, "pql": False, "revision": 1}
    changed = browser_client.put(f"{EVENTS}/{made['id']}", change, **JSON).json()
    assert (changed["published"], changed["changed"], changed["revision"]) == (True, True, 2)
    assert pql_events(actor) == {"order_paid"}
    publish(browser_client)
    assert pql_events(actor) == frozenset()
    listed = browser_client.get("/api/tracking/plan/versions").json()["items"]
    assert [(one["number"], one["changes"]["added"], one["changes"]["changed"]) for one in listed] == [
        (2, [], ["order_paid"]),
        (1, ["order_paid"], []),
    ]


def test_there_is_nothing_to_publish_twice(browser_client):
    assert publish(browser_client).json()["error"]["code"] == "tracking.nothing_to_publish"
    add(browser_client, status="draft")
    assert publish(browser_client).status_code == 409
    add(browser_client, name="other")
    assert publish(browser_client).status_code == 201
    assert publish(browser_client).status_code == 409


def test_an_old_version_is_written_again_and_nothing_is_lost(browser_client, actor):
    paid = add(browser_client)
    first = publish(browser_client).json()
    changed = {**PAID, "note": "换了说明", "properties": [], "status": "retired", "revision": 1}
    assert browser_client.put(f"{EVENTS}/{paid['id']}", changed, **JSON).status_code == 200
    add(browser_client, name="later_in_force")
    publish(browser_client)
    add(browser_client, name="later_not_in_force")
    add(browser_client, name="written", status="draft", note="还在想")

    back = browser_client.post(f"/api/tracking/plan/versions/{first['id']}/restored")
    assert back.status_code == 200, back.content
    assert back.json()["version"] == 2
    assert back.json()["waiting"] == {"added": [], "changed": ["later_in_force", "order_paid"], "removed": []}
    rows = {row.name: (row.status, row.note) for row in PlannedEvent.visible_to(actor)}
    assert rows == {
        "order_paid": ("live", "付款成功"),
        "later_in_force": ("retired", "付款成功"),
        "later_not_in_force": ("draft", "付款成功"),
        "written": ("draft", "还在想"),
    }
    assert publish(browser_client).json()["number"] == 3
    assert plan_in_force(actor).events["order_paid"] == Plan.read(1, document_of(actor, 1)).events["order_paid"]
    entry = AuditEntry.objects.get(command__endswith="restore_version")
    assert (entry.record_kind, entry.record_id) == ("tracking_plan_version", first["id"])


def test_who_edits_an_event_meanwhile_notices_that_a_version_was_restored(browser_client):
    paid = add(browser_client)
    first = publish(browser_client).json()
    path = f"{EVENTS}/{paid['id']}"
    assert browser_client.put(path, {**PAID, "note": "a", "revision": 1}, **JSON).status_code == 200
    browser_client.post(f"/api/tracking/plan/versions/{first['id']}/restored")
    assert browser_client.get(path).json()["note"] == "付款成功"
    late = browser_client.put(path, {**PAID, "note": "b", "revision": 2}, **JSON)
    assert late.json()["error"]["code"] == "tracking.event_changed"
    # A second time there is nothing to put back: nobody's editor is disturbed.
    browser_client.post(f"/api/tracking/plan/versions/{first['id']}/restored")
    assert browser_client.get(path).json()["revision"] == 3


def test_two_editors_notice_each_other(browser_client):
    path = f"{EVENTS}/{add(browser_client)['id']}"
    assert browser_client.put(path, {**PAID, "note": "a", "revision": 1}, **JSON).status_code == 200
    late = browser_client.put(path, {**PAID, "note": "b", "revision": 1}, **JSON)
    assert (late.status_code, late.json()["error"]["code"]) == (409, "tracking.event_changed")
    assert browser_client.get(path).json()["note"] == "a"


def test_a_published_event_keeps_its_name_and_is_retired(browser_client):
    path = f"{EVENTS}/{add(browser_client)['id']}"
    publish(browser_client)
    for change in ({"name": "paid"}, {"status": "draft"}):
        refused = browser_client.put(path, {**PAID, **change, "revision": 1}, **JSON)
        assert refused.json()["error"]["code"] == "tracking.event_published"
    assert browser_client.delete(path).json()["error"]["code"] == "tracking.event_published"
    assert browser_client.put(path, {**PAID, "status": "retired", "revision": 1}, **JSON).status_code == 200


def test_a_draft_may_go(browser_client):
    path = f"{EVENTS}/{add(browser_client)['id']}"
    assert browser_client.delete(path).status_code == 204
    assert browser_client.get(path).status_code == 404


def test_a_name_is_once_in_the_plan(browser_client):
    add(browser_client)
    again = browser_client.post(EVENTS, PAID, **JSON)
    assert again.status_code == 409
    assert "order_paid" in again.json()["error"]["fields"]["name"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "$click"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"status": "on"}, "status"),
        ({"owner_id": 10**12}, "owner_id"),
        ({"properties": [{"name": "", "type": "text"}]}, "properties.0.name"),
        ({"properties": [{"name": "a", "type": "money"}]}, "properties.0.type"),
        ({"properties": [{"name": "a", "type": "text", "pattern": "("}]}, "properties.0.pattern"),
        ({"properties": [{"name": "a", "type": "number", "choices": ["1"]}]}, "properties.0.choices"),
        ({"properties": [{"name": "a", "type": "text"}] * 2}, "properties.1.name"),
        ({"note": "n" * 501}, "note"),
    ],
)
def test_what_is_wrong_is_named(browser_client, change, field):
    answer = browser_client.post(EVENTS, {**PAID, **change}, **JSON)
    assert answer.status_code == 422, answer.content
    assert list(answer.json()["error"]["fields"]) == [field]


def test_the_list_is_searched_filtered_and_costs_the_same(browser_client, django_assert_num_queries):
    add(browser_client)
    with django_assert_num_queries(LIST_EVENTS_QUERIES):
        browser_client.get(EVENTS)
    for number in range(12):
        add(browser_client, name=f"event_{number:02}", status="draft", note="浏览")
    with django_assert_num_queries(LIST_EVENTS_QUERIES):
        first = browser_client.get(f"{EVENTS}?limit=10").json()
    assert (len(first["items"]), first["total"]) == (10, 13)
    following = browser_client.get(f"{EVENTS}?limit=10&cursor={first['next_cursor']}").json()["items"]
    assert [one["name"] for one in following] == ["event_10", "event_11", "order_paid"]
    assert browser_client.get(f"{EVENTS}?status=live").json()["total"] == 1
    assert browser_client.get(f"{EVENTS}?search=浏览").json()["total"] == 12


def test_code_is_given_for_the_version_in_force(browser_client):
    add(browser_client)
    publish(browser_client)
    for language, file, piece in (
        ("web", "cove-plan.ts", "orderPaid(properties: OrderPaid)"),
        ("miniprogram", "cove-plan.ts", "@cove/miniprogram"),
        ("python", "cove_plan.py", "def order_paid("),
    ):
        snippet = browser_client.get(f"/api/tracking/plan/snippets/{language}").json()
        assert (snippet["file"], snippet["version"]) == (file, 1)
        assert piece in snippet["code"]
    assert browser_client.get("/api/tracking/plan/snippets/cobol").status_code == 422


TABLE = """事件,事件说明,状态,PQL,属性,类型,必填,可选值,格式,属性说明
order_paid,付款成功,上线,是,amount,数字,是,,,实付
order_paid,,,,coupon,文本,否,AB | CD,[A-Z]+,
signed_up,注册,草稿,,,,,,,
"""


def test_a_table_is_shown_first_and_written_then(browser_client):
    shown = upload(browser_client, TABLE, write=False).json()
    assert (shown["written"], shown["added"], shown["faults"]) == (False, ["order_paid", "signed_up"], [])
    assert browser_client.get(EVENTS).json()["total"] == 0
    assert upload(browser_client, TABLE, write=True).json()["written"] is True
    [paid] = browser_client.get(f"{EVENTS}?search=order_paid").json()["items"]
    whole = browser_client.get(f"{EVENTS}/{paid['id']}").json()
    assert (whole["status"], whole["pql"], whole["note"]) == ("live", True, "付款成功")
    assert whole["properties"] == [
        {"name": "amount", "type": "number", "required": True, "choices": [], "pattern": "", "note": "实付"},
        {"name": "coupon", "type": "text", "required": False, "choices": ["AB", "CD"], "pattern": "[A-Z]+", "note": ""},
    ]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_exported_can_be_imported_and_changes_nothing(browser_client, language):
    add(browser_client, note="=1+1")
    add(browser_client, name="empty", properties=[], pql=False)
    text = browser_client.get("/api/tracking/plan/table", headers={"accept-language": language}).content.decode()
    assert "'=1+1" in text
    again = upload(browser_client, text, write=True).json()
    assert (again["added"], again["changed"], again["same"]) == ([], [], ["empty", "order_paid"])


def test_a_table_replaces_the_properties_of_its_events_and_leaves_the_others(browser_client):
    add(browser_client)
    add(browser_client, name="other")
    changed = upload(browser_client, "event,property,type\norder_paid,sum,integer\n", write=True).json()
    assert (changed["added"], changed["changed"]) == ([], ["order_paid"])
    rows = {row.name: [one["name"] for one in row.properties] for row in PlannedEvent.objects.all()}
    assert rows == {"order_paid": ["sum"], "other": ["amount", "currency"]}


def test_a_faulty_table_is_told_line_by_line_and_nothing_of_it_is_written(browser_client):
    table = "event,property,type,required,status\ngood,a,text,yes,live\nbad,b,money,perhaps,on\n$click,c,text,,\n"
    shown = upload(browser_client, table, write=False).json()
    assert [(one["row"], one["column"]) for one in shown["faults"]] == [
        (3, "Status"),
        (3, "Type"),
        (3, "Required"),
        (4, "Event"),
    ]
    refused = upload(browser_client, table, write=True)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "tracking.plan_table_faulty")
    assert PlannedEvent.objects.count() == 0


def test_a_table_without_its_columns_says_which(browser_client):
    refused = upload(browser_client, "name,kind\na,b\n", write=False).json()["error"]
    assert refused["code"] == "tracking.plan_head_unknown"
    assert "Event" in refused["message"]


def test_a_published_event_cannot_become_a_draft_by_a_table(browser_client):
    add(browser_client)
    publish(browser_client)
    shown = upload(browser_client, "event,property,type,status\norder_paid,a,text,draft\n", write=False).json()
    assert [(one["row"], one["column"]) for one in shown["faults"]] == [(2, "Status")]


def test_events_are_handed_over_with_their_owner(browser_client, actor, administrator):
    from cove.directory.org.models import Member
    from cove.engine.tracking.commands.plan import hand_over_events, take_back_events
    from cove.kernel.belongings import HandOver, belongings

    other = Member.objects.create(name="小王", email=f"w{actor.tenant_id}@cove.test")
    mine = add(browser_client, owner_id=administrator.id)["id"]
    kind = belongings["tracking.planned_events"]
    assert kind.counts(actor, [administrator.id]) == {administrator.id: 1}
    assert [piece.title for piece in kind.pieces(actor, kind.ids(actor, administrator.id, 0, 10))] == ["order_paid"]
    whom = HandOver(1, administrator.id, other.id, "")
    assert hand_over_events(actor, whom=whom, event_ids=[mine]) == {mine: {}}
    assert PlannedEvent.objects.get(id=mine).owner_id == other.id
    assert take_back_events(actor, whom=whom, changes={mine: {}}) == {}
    assert PlannedEvent.objects.get(id=mine).owner_id == administrator.id
