"""Calling an address that a customer named: signed, guarded, and never waiting long."""
