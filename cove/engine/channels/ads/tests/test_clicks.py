"""Somebody who came by an advertisement, left no data there, and became a friend."""

from __future__ import annotations

from contextvars import Context
from datetime import timedelta

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.ads.commands.leads import report_contact
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.facts.tracking import PageViewed
from cove.kernel import clock
from cove.kernel.ids import visitor_id
from cove.kernel.log.consume import drain
from cove.kernel.log.publish import append_facts, pending

PARAMETERS = {"ocean": "clickid", "tencent": "gdt_vid", "baidu": "bd_vid"}
CODES = {"ocean": "195", "tencent": "ADD_WECHAT", "baidu": "79"}


def test_the_click_by_which_somebody_came_is_reported(actor, advertiser):
    advertiser.connect(actor)
    card, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wmClick"), source="wecom")
    visitor = visitor_id(actor.tenant_id, "browser")
    people.join_visitor(actor, contact_id=card.id, visitor_id=visitor, how="link")
    name = PARAMETERS[advertiser.platform]
    for age, click in ((3, "OLD"), (2, "CLICK9"), (1, "")):
        url = f"https://example.test/?{name}={click}"
        ids = {name: click} if click else {"gclid": "another"}
        fact = PageViewed(visitor_id=visitor, message_id=f"m{age}", url=url, title="价格", click_ids=ids)
        append_facts([pending(fact, at=clock.now() - timedelta(hours=age), chain=())])
    drain()
    report_contact(actor, contact_id=card.id, event="friend_added")
    deliver_all(actor, context=Context())
    (told,) = advertiser.reports()
    wanted = f"https://example.test/?{name}=CLICK9" if advertiser.platform == "baidu" else "CLICK9"
    assert (told["click"], told["code"], told["number"]) == (wanted, CODES[advertiser.platform], "")
    assert len(facts_of(actor, "ads.conversion_reported")) == 1


def test_whoever_came_otherwise_is_not_reported(actor, ocean):
    ocean.connect(actor)
    card, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wmNone"), source="wecom")
    report_contact(actor, contact_id=card.id, event="friend_added")
    deliver_all(actor)
    assert ocean.reports() == []
    assert facts_of(actor, "ads.conversion_reported") == []
