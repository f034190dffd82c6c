"""What is known of accounts and of those who follow them."""

from __future__ import annotations

from cove.engine.channels.wechat.queries.accounts import (
    AccountState,
    account,
    account_in_use,
    accounts,
    codes,
    credentials,
    follower,
    followings_of,
    in_use,
    menu,
    problem,
    replies,
    states,
)

__all__ = [
    "AccountState",
    "account",
    "account_in_use",
    "accounts",
    "codes",
    "credentials",
    "follower",
    "followings_of",
    "in_use",
    "menu",
    "problem",
    "replies",
    "states",
]
