"""Leads from advertising platforms, and what is reported back to them."""
