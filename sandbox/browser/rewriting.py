"""What a web view changes in a page on its way to the phone."""

import re
from html import escape

BRIDGE_PATH = "/__wechat__/bridge.js"
HEAD = re.compile(r"<head(\s[^>]*)?>", re.IGNORECASE)
DOCTYPE = re.compile(r"^\s*(<!doctype[^>]*>)?\s*(<html(\s[^>]*)?>)?", re.IGNORECASE)
# What only concerns frames and plain browsers; a native web view does not obey it.
DROPPED_DIRECTIVES = ("frame-ancestors", "upgrade-insecure-requests", "report-uri", "report-to")
DROPPED_HEADERS = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "cross-origin-embedder-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "date",
        "keep-alive",
        "server",
        "strict-transport-security",
        "transfer-encoding",
        "x-frame-options",
    }
)


def rewrite_links(html: str, target: str, own: str) -> str:
    """Absolute links to the target origin, in attributes, lead to the phone's own host instead."""
    return re.sub(rf"(=\s*[\"']?){re.escape(target)}(?=[/?#\"'\s>])", lambda found: found[1] + own, html)


def with_bridge(html: str, nonce: str = "") -> str:
    """Return the page with WeChat's script as the first one."""
    mark = f' nonce="{escape(nonce)}"' if nonce else ""
    script = f'<script src="{BRIDGE_PATH}"{mark}></script>'
    found = HEAD.search(html)
    end = found.end() if found else (first.end() if (first := DOCTYPE.match(html)) else 0)
    return html[:end] + script + html[end:]


def relax_policy(policy: str, target: str, own: str, nonce: str) -> str:
    """Return a Content-Security-Policy without frame rules and with our script allowed.

    Where it names the target's origin it names the phone's host instead.
    """
    directives: dict[str, list[str]] = {}
    for part in policy.replace(target, own).split(";"):
        words = part.split()
        if words and words[0].lower() not in DROPPED_DIRECTIVES:
            directives.setdefault(words[0].lower(), words[1:])
    for name in ("script-src-elem", "script-src"):
        if name in directives:
            directives[name] = _allow(directives[name], own, nonce)
    if "default-src" in directives and "script-src" not in directives:
        directives["script-src"] = _allow(directives["default-src"], own, nonce)
    return "; ".join(" ".join([name, *words]) for name, words in directives.items())


def _allow(sources: list[str], own: str, nonce: str) -> list[str]:
    kept = [source for source in sources if source != "'none'"]
    # A nonce would switch 'unsafe-inline' off, so it is used only where nonces or hashes rule already.
    strict = any(source.startswith(("'nonce-", "'sha", "'strict-dynamic'")) for source in kept)
    return [*kept, f"'nonce-{nonce}'"] if strict else [*kept, own + BRIDGE_PATH]


def bare_cookie(cookie: str) -> str:
    """Return a Set-Cookie without Domain, so that it belongs to the phone's host."""
    return ";".join(part for part in cookie.split(";") if not part.strip().lower().startswith("domain="))
