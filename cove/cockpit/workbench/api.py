"""Console: search over everything."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from cove.cockpit.workbench import queries
from cove.cockpit.workbench.schemas import SearchAnswer
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import signed_in

console = Router(tags=["workbench"])


@console.get("/search", response={200: SearchAnswer, **refusals()}, **signed_in(keys=True))
def search(request: HttpRequest, q: Annotated[str, Query(max_length=100)] = "") -> SearchAnswer:
    """Find contacts, codes and whatever else has a name."""
    return SearchAnswer(groups=queries.search(actor(request), q))
