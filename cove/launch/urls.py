"""Where Django's requests go. The edge's own routes (redirects, collector, callbacks) are answered before Django, see asgi.py."""

from __future__ import annotations

from django.urls import path, re_path

from cove.business.live_codes.pages.landing import landing
from cove.directory.privacy.pages.preferences import preferences
from cove.edge.console.api import api
from cove.edge.console.pages import console_page
from cove.edge.health import healthz, metrics, readyz
from cove.edge.sidebar.pages import sidebar_page
from cove.engine.channels.wechat.pages import h5, mini
from cove.engine.channels.wecom.pages.sign_in import begin, come_back

urlpatterns = [
    path("signin/wecom/start", begin),
    path("signin/wecom/return", come_back),
    path("wechat/page/start", h5.start),
    path("wechat/page/return", h5.come_back),
    path("wechat/page/signature", h5.signature),
    path("MP_verify_<str:code>.txt", h5.domain_file),
    path("wechat/mini/login", mini.login),
    path("wechat/mini/phone", mini.phone),
    path("api/", api.urls),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("c/<str:slug>/add", landing),
    path("preferences/<str:token>", preferences),
    path("sidebar", sidebar_page),
    re_path(r"^(?P<path>(?!api/).*)$", console_page),
]

handler400 = "cove.edge.console.pages.unreadable"
handler404 = "cove.edge.console.pages.not_found"
handler500 = "cove.edge.console.pages.broken"
