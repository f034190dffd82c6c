"""Console: e-mail."""

from ninja import Router

from cove.engine.channels.email.api.domains import console as domains
from cove.engine.channels.email.api.results import console as results
from cove.engine.channels.email.api.templates import console as templates

console = Router(tags=["channels"])
for _part in (domains, templates, results):
    console.add_router("", _part)
