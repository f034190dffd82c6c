"""The funnel: how many people did these things in this order, and how long it took them.

Definition, as fixed for all our reports:

- Who: people, an anonymous visitor counting as the contact he turned out to be, whenever that was found out.
- Entry: the first step lies between `since` and `until`. Later steps count within `window` of the entry of that same attempt, end
  included, also when they lie after `until`, so that recent entries are not short of time by the report's own edge.
- Order: steps in the given order; other facts may lie between. Facts of the same millisecond count in the order of the steps.
- Attempts: a person may try again; the furthest attempt counts (the newest entry that can lead on is the one continued).
- Repeats: one fact is used for one step only, so that "viewed, viewed again" needs two views. This is ClickHouse's
  ``windowFunnel('strict_once')``, the only mode that counts repeated steps rightly.
- Suspicious traffic (bots, cheats) is left out unless asked for.
- Reach: whoever may see the analyses of some members' contacts only gets those contacts, and no visitors whom nobody knows.
- Time: from the first fact of the previous step to the first fact of this step inside the first attempt that came to this step; the median
  of everybody who came to it.

`windowFunnel` gives no times and is slower than what is done here: each person's facts become one sorted array of numbers (time in
milliseconds, shifted, with a bit for each step that the fact fits), and each step is one pass over it that carries the entry on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from cove.cockpit.insight.contracts import Step, StepFigure
from cove.cockpit.insight.permissions import SEE_INSIGHT
from cove.engine.timeline import facade as timeline
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import InvalidInput
from cove.kernel.http.masking import text_shown_to
from cove.kernel.log.fact import catalogue
from cove.kernel.sensitive import sensitive_fields
from cove.kernel.words import Words

MIN_STEPS, MAX_STEPS = 2, 10
MIN_WINDOW, MAX_WINDOW = timedelta(minutes=1), timedelta(days=365)
MAX_SPAN = timedelta(days=3 * 366)

_WINDOW_WORDS = Words("转化窗口需在 1 分钟到 365 天之间", "The window must be between 1 minute and 365 days")
_STEPS_WORDS = Words("请选择 {min} 到 {max} 个步骤", "Choose between {min} and {max} steps")
_ORDER_WORDS = Words("结束日期不能早于开始日期", "The end must not be before the beginning")
_SPAN_WORDS = Words("时间范围最多 3 年", "The range may be at most 3 years")
_HIDDEN_WORDS = Words(
    "您只能看到脱敏的该字段，不能用它筛选，请联系管理员开通",
    "You see this field masked and cannot narrow by it; ask an administrator to reveal it",
)
_KIND_WORDS = Words("没有名为「{kind}」的动态类型", "There is no kind of fact named “{kind}”")

# Steps take the low bits of a number, milliseconds the rest: 42 of them reach the year 2109.
_BITS = MAX_STEPS


def funnel(
    actor: Actor,
    *,
    steps: Sequence[Step],
    window: timedelta,
    since: datetime,
    until: datetime,
    exclude_suspicious: bool = True,
) -> list[StepFigure]:
    """Return the figures of each step; the definition is at the top of this file.

    Takes 2–10 `steps`, a `window` of 1 minute to 365 days, and entries from `since` (included) to `until` (excluded), both
    with a time zone. Raises Forbidden, and InvalidInput naming the field.
    """
    actor.require(SEE_INSIGHT)
    _check(steps, window, since, until)
    _refuse_hidden(actor, steps)
    parameters: dict[str, Any] = {
        "since": _milliseconds(since),
        "until": _milliseconds(until),
        "window": int(window.total_seconds() * 1000),
        "kinds": sorted({step.kind for step in steps}),
    }
    sql = funnel_sql(steps, parameters, among=timeline.among(actor, SEE_INSIGHT), clean=exclude_suspicious)
    found = rows(actor.tenant_id, sql, **parameters)[0]
    return list(_figures(steps, found))


def _refuse_hidden(actor: Actor, steps: Sequence[Step]) -> None:
    """Refuse a step that is narrowed by what the actor sees masked: by asking often enough he could find the value."""
    wrong: dict[str, Words] = {}
    for place, step in enumerate(steps):
        holds = catalogue[step.kind].sensitive
        for path, value in step.where.items():
            keys = holds[path].every_key() if path in holds else set()
            hidden = any(not actor.sees(sensitive_fields[key]) for key in keys if key in sensitive_fields)
            if hidden or text_shown_to(actor, str(value)) != str(value):
                wrong[f"steps.{place}.where.{path}"] = _HIDDEN_WORDS
    if wrong:
        raise InvalidInput(fields=wrong)


def funnel_sql(steps: Sequence[Step], parameters: dict[str, Any], *, among: str = "", clean: bool = True) -> str:
    """Return the query of a funnel (one row: ``people_1`` … and ``took_2`` … in milliseconds); adds the steps' values to `parameters`.

    `among` narrows it to some people, `clean` leaves suspicious facts out.
    """
    numbers = range(1, len(steps) + 1)
    conditions = [_condition(number, step, parameters) for number, step in zip(numbers, steps, strict=True)]
    mask = " + ".join(f"if({condition}, {1 << place}, 0)" for place, condition in enumerate(conditions))
    # What fits no step leads nobody on, so it is not gathered either. Only what narrows is said: a mere `true` costs ClickHouse its plan.
    narrowed = [" OR ".join(f"({condition})" for condition in conditions)] if any(step.where for step in steps) else []
    narrowed += [timeline.clean_facts("f")] if clean else []
    people = ", ".join(f"countIf(reached >= {number}) AS people_{number}" for number in numbers)
    took = ", ".join(f"quantileExactInclusiveIf(0.5)(took_{n}, reached >= {n}) AS took_{n}" for n in numbers[1:])
    times = ", ".join(f"if(reached >= {n}, {_time_between(n - 1, n)}, 0) AS took_{n}" for n in numbers[1:])
    reached = " + ".join(f"arrayExists(e -> e != 0, entry_{number})" for number in numbers)
    passes = ", ".join(_pass(number) for number in numbers)
    return f"""
SELECT {people}, {took} FROM (
  SELECT reached, {times} FROM (
    SELECT facts, {", ".join(f"entry_{n}" for n in numbers)}, {reached} AS reached FROM (
      SELECT facts, {passes} FROM (
        SELECT {timeline.PERSON} AS whom,
          arraySort(groupArray(bitOr(bitShiftLeft(toUInt64(toUnixTimestamp64Milli(f.at)), {_BITS}), toUInt64({mask})))) AS facts
        FROM {timeline.FACTS}
        WHERE f.tenant_id = {{tenant:UInt64}} AND f.person_id != 0 AND f.kind IN {{kinds:Array(String)}}
          AND f.at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC')
          AND f.at <= fromUnixTimestamp64Milli({{until:Int64}} + {{window:Int64}}, 'UTC')
          {" ".join(f"AND ({one})" for one in narrowed)}
        GROUP BY whom HAVING true {among}
))))
"""  # noqa: S608 -- numbers only; every value is a parameter


def _pass(number: int) -> str:
    """Return for each fact the entry (milliseconds) of the attempt in which it is step `number`, else 0."""
    if number == 1:
        fits = f"bitTest(x, 0) AND bitShiftRight(x, {_BITS}) < toUInt64({{until:Int64}})"
        return f"arrayMap(x -> if({fits}, bitShiftRight(x, {_BITS}), toUInt64(0)), facts) AS entry_1"
    # The newest entry of the previous step strictly before each fact: zeros filled from the left, moved one place to the right.
    before = f"arrayPopBack(arrayPushFront(arrayFill(e -> e != 0, entry_{number - 1}), toUInt64(0)))"
    fits = f"bitTest(x, {number - 1}) AND b != 0 AND bitShiftRight(x, {_BITS}) <= b + toUInt64({{window:Int64}})"
    return f"arrayMap((x, b) -> if({fits}, b, toUInt64(0)), facts, {before}) AS entry_{number}"


def _time_between(previous: int, number: int) -> str:
    """Return the milliseconds between the first facts of two steps in the first attempt that came to step `number`."""
    arrival = f"arrayFirstIndex(e -> e != 0, entry_{number})"
    departure = f"indexOf(entry_{previous}, entry_{number}[{arrival}])"
    return f"bitShiftRight(facts[{arrival}], {_BITS}) - bitShiftRight(facts[{departure}], {_BITS})"


def _condition(number: int, step: Step, parameters: dict[str, Any]) -> str:
    parameters[f"kind_{number}"] = step.kind
    parts = [f"f.kind = {{kind_{number}:String}}"]
    for place, (path, value) in enumerate(sorted(step.where.items())):
        parts.append(timeline.field_condition(path, f"where_{number}_{place}", parameters, value=value))
    return " AND ".join(parts)


def _check(steps: Sequence[Step], window: timedelta, since: datetime, until: datetime) -> None:
    wrong: dict[str, Words] = {}
    if not MIN_STEPS <= len(steps) <= MAX_STEPS:
        wrong["steps"] = _STEPS_WORDS
    if not MIN_WINDOW <= window <= MAX_WINDOW:
        wrong["window_hours"] = _WINDOW_WORDS
    if until <= since:
        wrong["to"] = _ORDER_WORDS
    elif until - since > MAX_SPAN:
        wrong["from"] = _SPAN_WORDS
    unknown = [(place, step.kind) for place, step in enumerate(steps) if step.kind not in catalogue]
    for place, kind in unknown:
        wrong[f"steps.{place}.kind"] = _KIND_WORDS.with_values(kind=kind)
    if wrong:
        raise InvalidInput(min=MIN_STEPS, max=MAX_STEPS, fields=wrong)


def _figures(steps: Sequence[Step], found: dict[str, Any]) -> Iterator[StepFigure]:
    first = previous = int(found["people_1"])
    for number, step in enumerate(steps, start=1):
        people = int(found[f"people_{number}"])
        took = found[f"took_{number}"] / 1000 if number > 1 and people else None
        yield StepFigure(
            kind=step.kind,
            people=people,
            from_previous=round(people / previous, 4) if previous else 0.0,
            from_first=round(people / first, 4) if first else 0.0,
            median_seconds=took,
        )
        previous = people


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
