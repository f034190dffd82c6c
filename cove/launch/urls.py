"""Where Django's requests go. The edge's own routes (redirects, collector, callbacks) are answered before Django, see asgi.py."""

from __future__ import annotations

from django.urls import path

from cove.edge.console.api import api
from cove.edge.health import healthz, metrics, readyz

urlpatterns = [
    path("api/", api.urls),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
]
