"""Calling WeCom: one line a channel, one file a noun of the platform."""
