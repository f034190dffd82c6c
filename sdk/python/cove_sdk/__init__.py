"""Sends what happens on a server to Cove. Nothing but the standard library."""

from cove_sdk.client import VERSION, Cove
from cove_sdk.sending import Failure

__all__ = ["VERSION", "Cove", "Failure"]
