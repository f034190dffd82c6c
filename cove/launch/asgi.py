"""The web part: the edge's hot routes first, Django behind them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from starlette.types import ASGIApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")

import django

django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402 -- same

from cove.edge.console.assets import with_assets  # noqa: E402 -- same
from cove.edge.hot import hot_routes  # noqa: E402 -- same
from cove.edge.limits import with_limits  # noqa: E402 -- same
from cove.edge.protocol import EdgeProtocol  # noqa: E402 -- same

__all__ = ["EdgeProtocol", "application"]

application = hot_routes(behind=with_assets(with_limits(cast("ASGIApp", get_asgi_application()))))
