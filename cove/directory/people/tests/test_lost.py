from __future__ import annotations

from cove.directory.org.models import Member
from cove.directory.people.commands.contacts import admit_contact
from cove.directory.people.commands.owners import begin_ownership, end_ownership
from cove.directory.people.contracts import Identity
from cove.kernel import clock


def test_the_list_of_the_lost_has_those_who_are_shown_as_lost(actor, browser_client):
    wei = Member.objects.create(name="wei")
    ids = {name: admit_contact(actor, identity=Identity("user", name), source="web")[0].id for name in "abc"}
    for name in "ab":
        begin_ownership(actor, contact_id=ids[name], member_id=wei.id, since=clock.now())
    end_ownership(actor, contact_id=ids["b"], member_id=wei.id, until=clock.now())

    def listed(state):
        return {one["id"]: one["lost"] for one in browser_client.get(f"/api/contacts?state={state}").json()["items"]}

    # Who never had an owner was never lost.
    assert listed("lost") == {ids["b"]: True}
    assert listed("current") == {ids["a"]: False, ids["c"]: False}
