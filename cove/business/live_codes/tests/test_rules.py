"""Live codes in the language of rules, and their tags in the record of automatic acts."""

from __future__ import annotations

import pytest

from cove.business.live_codes.tests.test_friends import added, contact, state_of, tell  # noqa: F401 -- contact is a fixture
from cove.engine.audiences import facade as audiences
from cove.kernel.words import speaking


def through(code_id):
    return {"field": "live_codes.code", "op": "has", "value": [code_id]}


def test_who_came_through_a_code_is_named_by_both_evaluators(actor, code, members, tags, contact, asked, drain, at):  # noqa: F811 -- the fixture
    tell(actor, facts=[added(contact, members[0], state_of(code, members[0]))], at=at)
    drain()
    rule = through(code.id)
    assert list(audiences.contacts_matching(actor, rule)) == [contact.id]
    assert audiences.matches(actor, rule, contact.id)
    assert list(audiences.contacts_matching(actor, {"not": rule})) == []
    assert not audiences.matches(actor, through(code.id + 1), contact.id)
    with speaking("en"):
        assert audiences.explain(actor, rule) == f"Came through live codes has any of “{code.name}”"


@pytest.mark.usefixtures("tags", "asked")
def test_why_a_friend_has_the_codes_tags(actor, code, members, contact, drain, at, browser_client):  # noqa: F811 -- the fixture
    tell(actor, facts=[added(contact, members[0], state_of(code, members[0]))], at=at)
    drain()
    [act] = browser_client.get(f"/api/automation/acts?contact_id={contact.id}").json()["items"]
    assert (act["action"], act["state"]) == ("people.tag_contact", "done")
    assert act["cause"]["kind"] == "wecom.friend_added"
    assert act["cause"]["on_behalf"] == code.name
