"""Console: what rules may ask, and whom a rule would name."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from cove.engine.audiences import queries
from cove.engine.audiences.errors import InvalidRule
from cove.engine.audiences.permissions import PREVIEW_AUDIENCE
from cove.engine.audiences.schemas import (
    ChoiceAnswer,
    ConditionAnswer,
    ConditionsAnswer,
    OperatorAnswer,
    PreviewAnswer,
    RuleToPreview,
)
from cove.kernel.conditions.condition import Condition, conditions
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in

console = Router(tags=["audiences"])


@console.get("/audiences/conditions", response={200: ConditionsAnswer, **refusals()}, **signed_in(keys=True))
def list_conditions(request: HttpRequest) -> ConditionsAnswer:
    """List what one's rules may ask: the catalogue behind the rule builder, without fields one sees masked."""
    return ConditionsAnswer(items=[_condition(one) for one in conditions if one.open_to(actor(request))])


@console.post(
    "/audiences/preview", response={200: PreviewAnswer, **refusals(Forbidden, InvalidRule)}, **needs(PREVIEW_AUDIENCE)
)
def preview_rule(request: HttpRequest, payload: RuleToPreview) -> PreviewAnswer:
    """Tell whom a rule would name, before it is saved."""
    return PreviewAnswer(**asdict(queries.preview(actor(request), payload.rule)))


def _condition(one: Condition) -> ConditionAnswer:
    return ConditionAnswer(
        field=one.field,
        label=one.label.here(),
        owner=one.field.split(".")[0],
        picker=one.picker,
        choices=[ChoiceAnswer(value=key, label=words.here()) for key, words in (one.choices or {}).items()],
        operators=[OperatorAnswer(key=op.key, label=op.label.here(), takes=op.takes) for op in one.operators],
    )
