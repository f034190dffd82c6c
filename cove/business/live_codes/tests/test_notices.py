"""What members are told of live codes: who it is meant for, each once, nobody else."""

from __future__ import annotations

import pytest

from cove.business.live_codes.commands.codes import create_code
from cove.business.live_codes.models import ContactWay
from cove.business.live_codes.tests.test_friends import added, contact, state_of, tell  # noqa: F401 -- a fixture
from cove.directory.org.models import Member, Notice, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member
from cove.facts.wecom import ContactWayFailed
from cove.kernel.log.models import SetAside


def told(kind):
    """Return who was told, as often as he was."""
    return list(Notice.objects.filter(kind=kind).values_list("member_id", flat=True))


def may(member, *operations):
    role = Role.objects.create(name=f"角色 {Role.objects.count()}", rights=dict.fromkeys(operations, "all"))
    RoleGrant.objects.create(member=member, role=role)


def failed(code, member):
    state = state_of(code, member)
    return ContactWayFailed(key=f"way:{state}", state=state, reason="user_unfit")


@pytest.fixture
def maker(actor):
    found = Member.objects.create(name="市场")
    may(found, "live_codes.create")
    return found


@pytest.fixture
def made(maker, members, asked):
    return create_code(actor_of_member(maker), name="秋季展会", members={members[0].id: 3, members[1].id: 1})


def test_a_friend_whom_a_code_brought_is_told_to_his_member(actor, made, maker, members, contact, drain):  # noqa: F811 -- fixture
    for member in members:
        may(member, "people.see_contacts")
    for _ in range(2):
        tell(actor, facts=[added(contact, members[0], state_of(made, members[0]))])
    drain()
    drain()
    assert told("live_codes.friend_brought") == [members[0].id]
    row = Notice.objects.get(kind="live_codes.friend_brought")
    assert (row.contact_id, row.url) == (contact.id, f"/people/contacts/{contact.id}")


def test_a_member_who_cannot_receive_is_told_to_the_codes_maker(actor, made, maker, members, administrator, drain):
    ContactWay.objects.filter(code=made, member=members[1]).update(qr_url="https://qr.test/2")
    tell(actor, facts=[failed(made, members[0])])
    drain()
    drain()
    assert (told("live_codes.way_failed"), told("live_codes.code_closed")) == ([maker.id], [])
    assert Notice.objects.get(kind="live_codes.way_failed").values["member_name"] == members[0].name


def test_a_code_for_which_nobody_can_receive_is_told_to_its_maker(actor, made, maker, members, administrator, drain):
    tell(actor, facts=[failed(made, members[0])])
    drain()
    drain()
    assert (told("live_codes.way_failed"), told("live_codes.code_closed")) == ([], [maker.id])
    assert not SetAside.objects.exists()
