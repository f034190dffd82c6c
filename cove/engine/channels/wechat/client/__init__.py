"""Calling WeChat: one line an account, one file a noun of the platform."""
