"""Where Django's requests go. The edge's own routes (redirects, collector, callbacks) are answered before Django, see asgi.py."""

from __future__ import annotations

from django.urls import path, re_path

from cove.business.live_codes.pages.landing import landing
from cove.directory.privacy.pages.preferences import preferences
from cove.edge.console.api import api
from cove.edge.console.pages import console_page
from cove.edge.health import healthz, metrics, readyz

urlpatterns = [
    path("api/", api.urls),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("c/<str:slug>/add", landing),
    path("preferences/<str:token>", preferences),
    re_path(r"^(?P<path>(?!api/).*)$", console_page),
]

handler404 = "cove.edge.console.pages.not_found"
handler500 = "cove.edge.console.pages.broken"
