from __future__ import annotations

import pytest

from cove.edge.tests.serving import serving_edge
from cove.engine.channels.wecom.tests.conftest import channel, platform, sandbox_url  # noqa: F401 -- fixtures


@pytest.fixture(scope="module")
def edge(databases):
    """The edge, serving; its address."""
    with serving_edge() as address:
        yield address
