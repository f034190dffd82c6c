"""Mass messages and moments at the gate: the company's rules, and how many messages the platform lets a customer have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.commands.rules import Chosen, change_rules
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom import facade, queries
from cove.engine.channels.wecom.commands import mass
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.states import MassRule
from cove.engine.channels.wecom.models import WecomChannel, WecomMassTarget, WecomMassTask, WecomMoment
from cove.engine.channels.wecom.queries.reach import window
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.kernel import clock

HELLO = Content(text="秋季新品")


def rules(actor, **more):
    chosen = {"quiet_from": "", "quiet_until": "", "quiet_then": "refuse"}
    caps = {"most_a_day": None, "most_a_week": None, "most_a_month": None}
    change_rules(actor, chosen=Chosen(**(chosen | caps | more)))


def reasons(actor):
    failed = facts_of(actor, "messages.message_failed")
    return {row["payload"]["contact_id"]: row["payload"]["reason"] for row in failed}


def ask(actor, key, contacts):
    return facade.send_mass(actor, key=key, content=HELLO, contact_ids=contacts)


def test_who_had_enough_is_left_out_and_the_others_get_it(actor, platform, friends):
    (first, _, _), (second, _, external) = friends(2)
    rules(actor, most_a_day=1)
    ask(actor, "a", [first])
    settle_all(actor)
    ask(actor, "b", [first, second])
    settle_all(actor)
    assert reasons(actor) == {first: "over_cap"}
    assert set(WecomMassTask.objects.values_list("state", flat=True)) == {"made"}
    (call,) = [one for one in platform.calls("externalcontact/add_msg_template") if external in str(one)]
    assert str(call).count("external_userid") == 1
    states = dict(WecomMassTarget.objects.filter(task__key="b:0").values_list("contact_id", "state"))
    assert states == {first: "left_out", second: "waiting"}
    ask(actor, "c", [first, second])
    settle_all(actor)
    task = WecomMassTask.objects.get(key="c:0")
    assert (task.state, task.reason, reasons(actor)[second]) == ("failed", "over_cap", "over_cap")


def all_day(actor, then):
    now = clock.now() + timedelta(hours=8)
    begin, end = now - timedelta(hours=2), now + timedelta(hours=2)
    rules(actor, quiet_from=f"{begin:%H:%M}", quiet_until=f"{end:%H:%M}", quiet_then=then)


def test_quiet_hours_hold_mass_messages_and_moments(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    all_day(actor, "refuse")
    ask(actor, "night", [contact])
    facade.publish_moment(actor, key="m", content=HELLO)
    settle_all(actor)
    assert reasons(actor) == {contact: "quiet_hours"}
    assert [(one.state, one.reason) for one in (WecomMassTask.objects.get(), WecomMoment.objects.get())] == [
        ("failed", "quiet_hours"),
        ("failed", "quiet_hours"),
    ]
    assert platform.calls("externalcontact/add_msg_template") == []
    assert platform.calls("externalcontact/add_moment_task") == []


def test_who_had_the_most_of_a_month_is_known_in_advance(actor, platform, friends, administrator):
    (first, _, known), (second, _, _) = friends(2)
    (done,) = ask(actor, "before", [first])
    settle_all(actor)
    days = window(MassRule.MONTH, clock.now())[1]
    WecomMassTarget.objects.filter(task_id=done).update(state="sent", sent_at=clock.now())
    span = {"asked_at": clock.now(), "ends_at": clock.now()}
    for number in range(days - 1):
        task = WecomMassTask.objects.create(key=f"x{number}", chat_type="single", content={}, **span)
        had = {"target": known, "contact_id": first, "state": "sent", "sent_at": clock.now()}
        WecomMassTarget.objects.create(task=task, **had)
    assert queries.mass_left_out(actor, [first, second]) == {first: "had_the_most"}
    ask(actor, "next", [first, second])
    assert reasons(actor) == {first: "had_the_most"}
    kept = WecomMassTarget.objects.filter(task__key="next:0").values_list("contact_id", "state", "reason")
    assert set(kept) == {(first, "left_out", "had_the_most"), (second, "waiting", "")}
    WecomMassTarget.objects.filter(target=known).update(sent_at=clock.now() - timedelta(days=32))
    assert queries.mass_left_out(actor, [first]) == {}
    WecomChannel.objects.update(mass_rule="day")
    WecomMassTarget.objects.filter(task_id=done).update(sent_at=clock.now())
    assert queries.mass_left_out(actor, [first]) == {first: "had_the_most"}


def test_a_preview_tells_whom_it_would_not_reach_and_why(browser_client, actor, friends):
    (first, _, _), (second, _, _) = friends(2)
    rule = "/api/channels/wecom/mass-rule"
    assert browser_client.get(rule).json() == {"rule": "month"}
    assert browser_client.put(rule, {"rule": "day"}, content_type="application/json").json() == {"rule": "day"}
    assert browser_client.put(rule, {"rule": "often"}, content_type="application/json").status_code == 422
    privacy.keep_choices(actor, contact_id=second, source="console", purposes={}, channels={"wecom": False})
    body = {"contact_ids": [first, second, 10**9]}
    found = browser_client.post("/api/channels/wecom/mass-preview", body, content_type="application/json").json()
    assert found["reached"] == 1
    assert [(one["reason"], one["contact_ids"]) for one in found["left_out"]] == [("unsubscribed", [second])]


@pytest.mark.parametrize(
    ("rule", "begin", "most"),
    [
        (MassRule.DAY, datetime(2026, 2, 17, 16, tzinfo=UTC), 1),
        (MassRule.WEEK, datetime(2026, 2, 15, 16, tzinfo=UTC), 7),
        (MassRule.MONTH, datetime(2026, 1, 31, 16, tzinfo=UTC), 28),
    ],
)
def test_spans_are_those_of_china(rule, begin, most):
    assert window(rule, datetime(2026, 2, 18, 15, tzinfo=UTC)) == (begin, most)


def test_a_fourth_reminder_of_a_day_is_not_tried(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    (task_id,) = ask(actor, "a", [contact])
    settle_all(actor)
    for number in range(4):
        assert mass.remind_of_mass_message(actor, task_id=task_id)
        Delivery.objects.filter(state="pending").update(not_before=clock.now())
        settle_all(actor)
        Delivery.objects.filter(kind="wecom.remind_mass", key__startswith="wecom").update(key=f"done{number}")
    found = Delivery.objects.filter(kind="wecom.remind_mass").order_by("id").values_list("state", "reason")
    assert list(found) == [("sent", "")] * 3 + [("refused", "quota_used")]
