"""Every round of the work process finds its companies itself: nobody binds one for it."""

from __future__ import annotations

import pytest

from cove.kernel.jobs.rounds import rounds


@pytest.mark.parametrize("name", sorted(one.name for one in rounds))
def test_a_round_works_with_no_company_bound(tenant, name):
    rounds[name].work()
