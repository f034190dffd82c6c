from __future__ import annotations

from datetime import timedelta

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import kinds
from cove.engine.channels.wecom.tests.driving import deliver_all
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def test_the_list_says_why(browser_client, actor):
    late = clock.now() - timedelta(seconds=1)
    delivery.deliver(actor, "wecom.remove_contact_way", "a", {"config_id": "x"})
    delivery.deliver(actor, "wecom.remove_contact_way", "b", {"config_id": "x"}, not_after=late)
    deliver_all(actor)
    page = browser_client.get("/api/deliveries?limit=1").json()
    (missed,) = page["items"]
    assert (missed["state"], missed["reason_label"]) == ("missed", "The time allowed for it had passed")
    assert (missed["label"], missed["state_label"], page["total"]) == ("Remove a contact way", "Missed", 2)
    following = browser_client.get(f"/api/deliveries?limit=1&cursor={page['next_cursor']}").json()
    assert [row["reason"] for row in following["items"]] == ["not_configured"]
    assert browser_client.get("/api/deliveries?state=sent").json()["items"] == []
    assert browser_client.get("/api/deliveries?state=nonsense").status_code == 422


def test_a_key_counts_once_in_a_tenant_and_not_across(actor, tenant):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.engine.channels.delivery.models import Delivery

    assert delivery.deliver(actor, "wecom.remove_contact_way", "a", {"config_id": "x"})
    assert not delivery.deliver(actor, "wecom.remove_contact_way", "a", {"config_id": "y"})
    other = create_tenant(name="别家")
    with tenant_scope(other.id):
        assert delivery.deliver(Actor.system(other.id), "wecom.remove_contact_way", "a", {"config_id": "x"})
        assert Delivery.objects.count() == 1
    assert Delivery.objects.count() == 1
    deliver_all(actor)
    deliver_all(Actor.system(other.id))


def test_only_wecoms_own_acts_are_said_to_go_by_wecom():
    assert [kind.name for kind in kinds if kind.channel == "wecom" and not kind.name.startswith("wecom.")] == []
