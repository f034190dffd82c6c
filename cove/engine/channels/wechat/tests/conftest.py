from __future__ import annotations

import pytest

from cove.engine.channels.wechat.commands.accounts import Settings, add_account
from cove.engine.channels.wechat.tests.platform import AES_KEY, TOKEN, Weixin
from cove.engine.channels.wecom.tests.conftest import sandbox_url  # noqa: F401 -- a fixture


def set_up(actor, platform):
    """The test's tenant with an account on the platform."""
    return add_account(
        actor,
        kind=platform.kind,
        settings=Settings(
            name=platform.name,
            app_id=platform.app_id,
            original_id=platform.original_id,
            base_url=platform.base_url,
            secret=platform.secret,
            callback_token=TOKEN,
            aes_key=AES_KEY,
        ),
    )


@pytest.fixture
def weixin(sandbox_url):  # noqa: F811 -- the fixture
    """An official account of this test alone."""
    platform = Weixin(sandbox_url)
    yield platform
    platform.close()


@pytest.fixture
def account(actor, weixin):
    return set_up(actor, weixin)


@pytest.fixture
def mini(sandbox_url):  # noqa: F811 -- the fixture
    """A mini-program of this test alone."""
    platform = Weixin(sandbox_url, "mini", "云岫商城")
    yield platform
    platform.close()


@pytest.fixture
def program(actor, mini):
    return set_up(actor, mini)
