"""Tenants, departments, members, roles and sign-in."""
