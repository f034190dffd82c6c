"""Leads of advertising platforms in the past, and what the platforms were told of them and of clicks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from cove.engine.channels.ads.contracts.leads import EVENTS, PLATFORMS
from cove.facts.ads import ConversionReported, LeadReceived
from cove.launch.demo.life.leads import OCEAN, OF_LEAD
from cove.launch.demo.life.plan import CHINA
from cove.launch.demo.past.book import Book, Does, Entry

_LEAD = (
    *("id", "tenant_id", "account_id", "number", "contact_id", "at", "raw", "click_id", "campaign", "reported"),
    "taken_at",
)


class Leads:
    """Keeps each lead as its platform wrote it."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {"ads_lead": _LEAD}

    def __init__(self, book: Book) -> None:
        self.book = book
        self.does: Does = {"lead": self._lead, "convert": self._convert}
        self._leads: dict[int, dict[str, Any]] = {}

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {"ads_lead": [[one[name] for name in _LEAD] for one in self._leads.values()]}

    def _lead(self, entry: Entry) -> None:
        account_id, name, outer_id = self.book.channels.ads[entry.what.about]
        digits = self.book.plan.name("lead", entry.life.number)
        number = str(10**15 + int(digits[:12], 16) % 10**15)
        # Baidu tells no click: it knows one by the address of the page where it arrived.
        click_id = digits[12:28] if entry.what.about == OCEAN else ""
        lead_id, at, campaign = self.book.number("leads"), entry.what.at, entry.what.text
        written = _ocean if entry.what.about == OCEAN else _baidu
        raw = written(entry, outer_id, number) | ({"click_id": click_id} if click_id else {})
        row: Any = (
            lead_id,
            self.book.tenant_id,
            account_id,
            number,
            entry.contact_id,
            at,
            raw,
            click_id,
            campaign,
            {},
            at,
        )
        self._leads[entry.contact_id] = dict(zip(_LEAD, row, strict=True))
        platform = PLATFORMS[entry.what.about]  # type: ignore[index]  # one of them
        fact = LeadReceived(
            contact_id=entry.contact_id,
            platform=entry.what.about,  # type: ignore[arg-type]  # one of them
            platform_name=platform.zh,
            account_name=name,
            campaign=campaign,
            lead_id=lead_id,
            click_id=click_id,
        )
        self.book.tell(fact, at)

    def _convert(self, entry: Entry) -> None:
        """Note what a platform was told, and with a lead that it was."""
        event, at = entry.what.text, entry.what.at
        if entry.what.name == OF_LEAD:
            told = {"state": "sent", "reason": "", "at": at.isoformat()}
            self._leads[entry.contact_id]["reported"] |= {event: told}
        fact = ConversionReported(
            contact_id=entry.contact_id,
            platform=entry.what.about,  # type: ignore[arg-type]  # one of them
            platform_name=PLATFORMS[entry.what.about].zh,  # type: ignore[index]  # one of them
            event=event,
            event_name=EVENTS[event].zh,  # type: ignore[index]  # one of them
        )
        self.book.tell(fact, at)


def _ocean(entry: Entry, outer_id: str, number: str) -> dict[str, Any]:
    who = entry.life.who
    return {
        "clue_id": number,
        "adv_id": outer_id,
        "ad_plan_name": entry.what.text,
        "module_name": "表单",
        "create_time": int(entry.what.at.timestamp()),
        "name": who.name,
        "telphone": who.phone,
        "remark_dict": {"公司": entry.life.firm.name, "城市": entry.life.firm.city},
    }


def _baidu(entry: Entry, outer_id: str, number: str) -> dict[str, Any]:
    who, at = entry.life.who, entry.what.at
    answers = {"姓名": who.name, "公司": entry.life.firm.name, "城市": entry.life.firm.city}
    return {
        "clueId": number,
        "userName": outer_id,
        "cluePhoneNumber": who.phone,
        "commitTime": _china(at),
        "campaignName": entry.what.text,
        "solutionTypeName": "form",
        "formDetail": [{"name": name, "type": "text", "value": value} for name, value in answers.items()],
    }


def _china(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
