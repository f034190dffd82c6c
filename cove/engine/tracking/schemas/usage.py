from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel


class UsageCountAnswer(BaseModel):
    """Accounts and people that were active, and their events."""

    accounts: int
    users: int
    events: int


class UsageDayAnswer(UsageCountAnswer):
    day: date


class UsageFeatureAnswer(UsageCountAnswer):
    """An event of the product, and who used it."""

    event: str


class UsageReportAnswer(UsageCountAnswer):
    """A period's product usage; `pql` is how many contacts did an event marked as PQL for the first time."""

    pql: int
    days: list[UsageDayAnswer]
    features: list[UsageFeatureAnswer]


class ProductAccountAnswer(BaseModel):
    """An account of the company's product. `users`, `events` and `trend` (each day's events) are of the last 28 days, today included.

    Not `name_verified`: the company's server did not say that it is called so; it is a page's word, or the key.
    """

    id: int
    key: str
    name: str
    name_verified: bool
    first_seen_at: datetime
    last_seen_at: datetime
    users: int
    users_before: int
    events: int
    trend: list[int]


class ProductTraitAnswer(BaseModel):
    """Something told of an account: by the company's server, or, not `verified`, only by pages, which anybody can forge."""

    name: str
    value: str
    verified: bool


class ProductAccountPersonAnswer(BaseModel):
    """A contact who acted for the account, or, without contact, how many did who are unknown or whom the reader does not see.

    Not `verified`: only pages said that he acts for this account, without a user signed by the company's server.
    """

    contact_id: int | None
    name: str
    verified: bool
    people: int
    events: int
    last_at: datetime


class ProductAccountDetailAnswer(BaseModel):
    """An account with a period's usage and its people, the busiest first."""

    account: ProductAccountAnswer
    traits: list[ProductTraitAnswer]
    usage: UsageReportAnswer
    people: list[ProductAccountPersonAnswer]
