"""Sources as the tests of the collector know them: posted, without a database behind."""

from __future__ import annotations

import hashlib
import hmac

from cove.engine.tracking.contracts import SERVER_KEY, SIGNPOST, PostedSource, server_key_name
from cove.kernel.secrets import seal_secret

from .conftest import post

SITE = "https://www.shop.test"
KEY = "wk_1"
SERVER = "sk_1"
SECRET = "whsec"
BROWSER = "6f1c3f1e-4d53-4d0b-9a6e-1f0e5ad0c111"
AS_SERVER = {"authorization": f"Bearer {SERVER}"}
CHINESE = {"accept-language": "zh-CN"}
ENGLISH = {"accept-language": "en"}


def put_source(posts, tenant, *, kind="web", origins=(SITE,), source_id=3):
    """Put up a source with both its keys."""
    document = PostedSource(source_id, frozenset(origins), kind, seal_secret(SECRET)).document()
    posts[SIGNPOST, KEY] = post(SIGNPOST, KEY, tenant.id, document)
    name = server_key_name(SERVER)
    posts[SERVER_KEY, name] = post(SERVER_KEY, name, tenant.id, document)


def signed(text: str) -> str:
    """Sign as the company's server does."""
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def event(**given):
    """An event that is taken."""
    return {"write_key": KEY, "message_id": "m1", "anonymous_id": BROWSER} | given
