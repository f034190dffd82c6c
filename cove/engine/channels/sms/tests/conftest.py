from __future__ import annotations

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import configure_account
from cove.engine.channels.sms.commands.templates import enter_signature, order_sync
from cove.engine.channels.sms.contracts.accounts import Draft
from cove.engine.channels.sms.tests.cloud import SIGNATURE, Cloud, some_phone
from cove.engine.channels.wecom.tests.conftest import sandbox_url  # noqa: F401 -- a fixture
from cove.engine.channels.wecom.tests.driving import deliver_all


@pytest.fixture(params=["aliyun", "tencent"])
def cloud(request, sandbox_url):  # noqa: F811 -- the fixture
    """An account of this test alone, at each provider in turn."""
    found = Cloud(sandbox_url, request.param)
    yield found
    found.close()


@pytest.fixture
def aliyun(sandbox_url):  # noqa: F811 -- the fixture
    found = Cloud(sandbox_url, "aliyun")
    yield found
    found.close()


def set_up(actor, cloud):
    """Set the tenant up for a cloud account and take its templates over."""
    row = configure_account(
        actor,
        provider=cloud.provider,
        key_id=cloud.key_id,
        secret=cloud.secret,
        app_id=cloud.app_id,
        base_url=cloud.url,
    )
    if cloud.provider == "tencent":
        enter_signature(actor, provider="tencent", name=SIGNATURE, code=str(cloud.signature_id))
    order_sync(actor, provider=cloud.provider)
    deliver_all(actor)
    return row


@pytest.fixture
def account(actor, cloud):
    return set_up(actor, cloud)


@pytest.fixture
def draft(actor):
    """Make a draft of a template by its name, each variable given."""

    def make(template="notice", **values):
        row = queries.templates(actor).get(name=template)
        signature = next(one for one in queries.signatures(actor) if one.account_id == row.account_id)
        usual = {"name": "林女士", "time": "周六", "1": "林女士", "2": "周六"}
        return Draft(row.id, signature.id, usual | values)

    return make


@pytest.fixture
def contact(actor):
    """Make a contact with a phone; return his id and number."""

    def make(phone=""):
        phone = phone or some_phone()
        card, _ = people.admit_contact(
            actor, identity=Identity("user", phone), source="web", profile=Profile(name="林晓雨", phone=phone)
        )
        return card.id, phone

    return make
