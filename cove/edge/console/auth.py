"""Who asks: the member behind a session cookie, or the one an API key acts for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer

from cove.directory.org.facade import actor_of_api_key, actor_of_token, cookie_name
from cove.kernel.actor import Actor
from cove.kernel.http.masking import read_as
from cove.kernel.origin import current_origin, now_coming_from
from cove.kernel.scope import bind_tenant
from cove.kernel.throttle.limit import Limit, count_try

# Ten a second, for a minute: what a program that pages through everything needs, and no more.
PER_KEY = Limit("api_key", tries=600, seconds=60)


class KeyAuth(HttpBearer):
    """``Authorization: Bearer cove_…``. Where the header is there it alone counts: no cookie is looked at, so no CSRF token is needed."""

    def __call__(self, request: HttpRequest) -> Any | None:
        """Return the actor of the key; None leaves the request to the cookie. Raises AuthenticationError for any other header."""
        if "Authorization" not in request.headers:
            return None
        found = super().__call__(request)
        if found is None:
            raise AuthenticationError
        return found

    def authenticate(self, _request: HttpRequest, token: str) -> Actor | None:
        """Return the key as an actor and work for its tenant until the request ends. Raises TooManyTries."""
        found = actor_of_api_key(token)
        if found is None:
            return None
        count_try(PER_KEY, str(found[0].key_id))
        now_coming_from(replace(current_origin(), door="api"))
        return _working_for(found[0])


class SessionAuth(APIKeyCookie):
    """The session cookie of the console; cross-site requests are refused by Django's CSRF check."""

    param_name = "cove_session"

    def _get_key(self, request: HttpRequest) -> str | None:
        # Ninja checks the CSRF token here. Over https the cookie has another name, see `cookie_name`.
        super()._get_key(request)
        return request.COOKIES.get(cookie_name(self.param_name, secure=request.is_secure()))

    def authenticate(self, _request: HttpRequest, key: str | None) -> Actor | None:
        """Return the member behind the cookie and work for his tenant until the request ends."""
        found = actor_of_token(key) if key else None
        return _working_for(found[0]) if found else None


def _working_for(who: Actor) -> Actor:
    bind_tenant(who.tenant_id)
    read_as(who)
    return who
