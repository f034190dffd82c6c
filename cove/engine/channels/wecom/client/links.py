"""Acquisition links (documents 97297, 97298, 97299, 97375)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import quote

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.paging import pages
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import AcquisitionLink, LinkCustomer, LinkQuota

BASE = "externalcontact/customer_acquisition"
LINKS_A_PAGE = 100
CUSTOMERS_A_PAGE = 1000
MOST_MEMBERS = 500
STATE_BYTES = 64


async def create_link(line: Line, *, name: str, userids: Sequence[str], skip_verify: bool = True) -> AcquisitionLink:
    """Make a link that adds one of up to 500 members; each customer it brings costs one of the corp's quota."""
    body = {"link_name": name, "range": {"user_list": list(userids)}, "skip_verify": skip_verify}
    document = await line.post(f"{BASE}/create_link", body)
    return understood(AcquisitionLink, document.get("link"))


async def update_link(line: Line, link_id: str, **fields: Any) -> None:
    """Change fields of a link; only those given change."""
    await line.post(f"{BASE}/update_link", {"link_id": link_id, **fields})


async def delete_link(line: Line, link_id: str) -> None:
    """Delete a link; it stops working."""
    await line.post(f"{BASE}/delete_link", {"link_id": link_id})


async def list_links(line: Line) -> list[str]:
    """Return the ids of all links of this application."""
    found: list[str] = []
    cursor = ""
    while True:
        document = await line.post(
            f"{BASE}/list_link", {"limit": LINKS_A_PAGE, **({"cursor": cursor} if cursor else {})}
        )
        found += [str(one) for one in document.get("link_id_list") or []]
        cursor = str(document.get("next_cursor") or "")
        if not cursor:
            return found


async def get_link(line: Line, link_id: str) -> tuple[AcquisitionLink, list[str]]:
    """Return a link and the userids behind it."""
    document = await line.post(f"{BASE}/get", {"link_id": link_id})
    found = understood(AcquisitionLink, document.get("link"))
    return found.model_copy(update={"link_id": link_id}), list((document.get("range") or {}).get("user_list") or [])


def customers(line: Line, link_id: str) -> AsyncIterator[list[LinkCustomer]]:
    """Give who came by a link, page by page."""
    body = {"link_id": link_id, "limit": CUSTOMERS_A_PAGE}
    return pages(line, f"{BASE}/customer", body, "customer_list", LinkCustomer)


async def quota(line: Line) -> LinkQuota:
    """Return how many customers links may still bring. This call is a GET, unlike its siblings."""
    return understood(LinkQuota, await line.get("externalcontact/customer_acquisition_quota"))


def with_state(url: str, state: str) -> str:
    """Return a link's address that carries `state` (at most 64 bytes); it comes back with whoever is added by it."""
    if len(state.encode()) > STATE_BYTES:
        raise ValueError(f"a state has at most {STATE_BYTES} bytes")
    return f"{url}{'&' if '?' in url else '?'}customer_channel={quote(state, safe='')}"


def opening_wechat(url: str) -> str:
    """Return the address that opens WeChat itself at a link, for pages in other browsers (document 97297)."""
    return f"weixin://biz/ww/profile/{quote(url, safe='')}"
