"""What members own of links: those they made."""

from __future__ import annotations

from cove.engine.content.links.commands.handovers import hand_over_links, take_back_links
from cove.engine.content.links.queries import owned
from cove.kernel.belongings import owned_things
from cove.kernel.words import Words

LINKS = "links.links"

owned_things(
    key=LINKS,
    label=Words("链接", "Links"),
    columns=("links.Link.created_by",),
    counts=owned.owned_counts,
    ids=owned.owned_ids,
    names=owned.names_of,
    page="/attract/links",
    hand_over=lambda actor, whom, ids: hand_over_links(actor, whom=whom, link_ids=ids),
    take_back=take_back_links,
)
