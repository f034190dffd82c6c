"""Console: when and how often people are written to."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from cove.directory.org import facade as org
from cove.engine.channels.delivery.commands.rules import Chosen, change_rules, pause_marketing
from cove.engine.channels.delivery.models import ReachRules
from cove.engine.channels.delivery.permissions import MANAGE_RULES, SEE_RULES
from cove.engine.channels.delivery.queries import rules as queries
from cove.engine.channels.delivery.schemas import PauseChange, QuotaAnswer, RulesAnswer, RulesChange
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["channels"])


@console.get("/reach-rules", response={200: RulesAnswer, **refusals(Forbidden)}, **needs(SEE_RULES))
def read_rules(request: HttpRequest) -> RulesAnswer:
    """Tell the rules, and how much of the platforms' quotas is used."""
    who = actor(request)
    return _answer(who, queries.rules_row(who))


@console.put("/reach-rules", response={200: RulesAnswer, **refusals(Forbidden, InvalidInput)}, **needs(MANAGE_RULES))
def set_rules(request: HttpRequest, payload: RulesChange) -> RulesAnswer:
    """Set quiet hours and caps; they hold from the next message on."""
    who = actor(request)
    return _answer(who, change_rules(who, chosen=Chosen(**payload.model_dump())))


@console.put("/reach-rules/pause", response={200: RulesAnswer, **refusals(Forbidden)}, **needs(MANAGE_RULES))
def set_pause(request: HttpRequest, payload: PauseChange) -> RulesAnswer:
    """Stop all marketing at once, or let it go on."""
    who = actor(request)
    return _answer(who, pause_marketing(who, paused=payload.paused))


def _answer(who: Actor, row: ReachRules) -> RulesAnswer:
    return RulesAnswer(
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        quiet_then="refuse" if row.quiet_then == "refuse" else "wait",
        most_a_day=row.most_a_day,
        most_a_week=row.most_a_week,
        most_a_month=row.most_a_month,
        paused=row.paused,
        timezone=org.tenant(who).timezone,
        waiting=queries.waiting_marketing(who),
        quotas=[
            QuotaAnswer(
                key=one.quota.key,
                label=one.quota.label.here(),
                most=one.quota.most,
                per=one.quota.per,
                used=one.used,
                until=one.until,
            )
            for one in queries.quota_states(who)
        ],
    )
