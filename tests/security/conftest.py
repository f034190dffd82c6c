from __future__ import annotations

from collections import Counter

import pytest

from tests.security.companies import found_company

tried: Counter[str] = Counter()
"""How many pairs of operation, role and tenant were tried, by role."""


@pytest.fixture(scope="session")
def companies(databases):
    """Two companies: ours, whose records are tried at, and a stranger's."""
    return found_company("ours"), found_company("theirs")


def pytest_terminal_summary(terminalreporter):
    """Print what the walk tried."""
    if tried:
        parts = ", ".join(f"{role} {number}" for role, number in sorted(tried.items()))
        terminalreporter.write_line(f"security walk: {tried.total()} pairs of operation × role × tenant ({parts})")
