from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import MARKETING
from cove.engine.channels.wecom.commands.channels import configure_channel
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN, Platform, running_sandbox
from cove.kernel import clock


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory):
    with running_sandbox(tmp_path_factory.mktemp("sandbox")) as url:
        yield url


@pytest.fixture
def platform(sandbox_url):
    """A corp of this test alone."""
    corp = Platform(sandbox_url)
    yield corp
    corp.close()


@pytest.fixture
def channel(actor, platform):
    """The test's tenant, set up for its corp, with the member 陈雨晴 taken over."""
    org.take_over_member(actor, entry=DirectoryMember("ChenYuqing", "陈雨晴", (), active=True))
    return configure_channel(
        actor,
        corp_id=platform.corp_id,
        agent_id="1000002",
        base_url=platform.url,
        secret=platform.secret,
        callback_token=TOKEN,
        aes_key=AES_KEY,
    )


@pytest.fixture
def soon():
    return clock.now() + timedelta(seconds=15)


@pytest.fixture
def call(actor, channel):
    """Give a function that runs a coroutine of a line, or gathers what it gives in pages."""

    def run(function, *args, **kwargs):
        async def work():
            async with httpx.AsyncClient(timeout=60) as http:
                found = function(await open_line(actor.tenant_id, http), *args, **kwargs)
                if hasattr(found, "__aiter__"):
                    return [one async for page in found for one in page]
                return await found

        return asyncio.run(work())

    return run


@pytest.fixture
def refused(call):
    def errcode(function, *args, **kwargs):
        with pytest.raises(WeComError) as caught:
            call(function, *args, **kwargs)
        return caught.value.errcode

    return errcode


@pytest.fixture
def friends(actor, channel, platform):
    """Give a function that makes friends of ChenYuqing; contact id, person and external id of each."""
    member = org.member_by_wecom_userid(actor, "ChenYuqing")

    def make(count: int):
        made = []
        for _ in range(count):
            person = platform.person()
            external = platform.befriend(person)
            add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now()), member=member)
            contact = people.contact_by_identity(actor, Identity("wecom_external", external))
            privacy.keep_choices(
                actor, contact_id=contact.id, source="console", purposes={MARKETING: True}, channels={}
            )
            made.append((contact.id, person, external))
        return made

    return make
