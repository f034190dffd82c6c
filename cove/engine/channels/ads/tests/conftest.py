from __future__ import annotations

import pytest

from cove.engine.channels.ads.tests.advertiser import Advertiser
from cove.engine.channels.wecom.tests.conftest import sandbox_url  # noqa: F401 -- a fixture


@pytest.fixture(params=["ocean", "tencent", "baidu"])
def advertiser(request, sandbox_url):  # noqa: F811 -- the fixture
    """An account of this test alone, at each platform in turn."""
    found = Advertiser(sandbox_url, request.param)
    yield found
    found.close()


@pytest.fixture
def ocean(sandbox_url):  # noqa: F811 -- the fixture
    found = Advertiser(sandbox_url, "ocean")
    yield found
    found.close()
