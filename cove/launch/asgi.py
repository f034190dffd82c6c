"""The web part: the edge's hot routes first, Django behind them."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")

import django

django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402 -- same

from cove.edge.hot import hot_routes  # noqa: E402 -- same

application = hot_routes(behind=get_asgi_application())
