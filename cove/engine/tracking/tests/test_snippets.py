"""Typed code out of a plan: it compiles under the strictest settings, says what the plan says, and is the same every time."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from cove.engine.tracking.queries.checking import Plan
from cove.engine.tracking.queries.snippets import SNIPPETS

from .test_checking import event, prop

ROOT = Path(__file__).parents[4]
TSC = ROOT / "web" / "node_modules" / "typescript" / "bin" / "tsc"

# Names that programs would trip over, and texts that would end a comment or a string.
EVENTS = [
    event(
        "order_paid",
        prop("amount", "number", required=True, note='what was paid */ in "yuan" \\'),
        prop("currency", choices=("CNY", 'U"SD', "人民币")),
        prop("count", "integer"),
        prop("gift", "boolean"),
        prop("paid_at", "time"),
        prop("coupon", pattern="[A-Z]{2}\\d+\"'"),
        prop("skus", "list", choices=("a", "b")),
        prop("tags", "list", pattern="x+"),
        prop("anything", "list"),
        prop("address", "object"),
    ),
    event(
        "提交订单",
        prop("金额", "number", required=True),
        prop("订单 编号"),
        prop("class"),
        prop("self"),
        prop("a-b"),
        prop("a_b"),
    ),
    event("Order Paid"),
    event("orderPaid", prop("only_optional", "integer")),
    event("delete", prop("user_id"), prop("from", "time", required=True)),
    event("str", prop("int", "integer")),
    event("int", prop("str", required=True)),
    event("3d_viewed"),
    event("!!!"),
    event("import", prop("None"), prop("1st")),
    event("String", prop("x", required=True)),
    event("return_type", prop("x", required=True)),
    event("constructor"),
    event("_send", prop("event", required=True), prop("properties")),
    event("datetime", prop("when", "time", required=True)),
    event("gone", prop("x"), status="retired"),
]
PLAN = Plan.read(7, {"events": EVENTS})
EMPTY = Plan.read(0, {"events": []})


def typescript_passes(folder, *files):
    done = subprocess.run(
        ["node", TSC, "--noEmit", "--strict", "--noUnusedLocals", "--noUnusedParameters", "--exactOptionalPropertyTypes",
         "--target", "es2020", "--lib", "es2020", *files],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout


def python_passes(folder, *files):
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file=", *files],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def test_typescript_compiles(tmp_path):
    files = []
    for language in ("web", "miniprogram"):
        for name, plan in (("full", PLAN), ("empty", EMPTY)):
            files.append(f"{language}-{name}.ts")
            (tmp_path / files[-1]).write_text(SNIPPETS[language].write(plan), encoding="utf-8")
    passed, said = typescript_passes(tmp_path, *files)
    assert passed, said


GOOD = [
    "orderPaid3({ amount: 1 })",
    'orderPaid3({ amount: 1, currency: "CNY", skus: ["a"] })',
    "orderPaid2()",
    "orderPaid()",
    '提交订单({ 金额: 3, "订单 编号": "x" })',
]
BAD = [
    "orderPaid3({})",
    'orderPaid3({ amount: "1" })',
    'orderPaid3({ amount: 1, currency: "EUR" })',
    "orderPaid3({ amount: 1, colour: 1 })",
    "gone({})",
]


def test_typescript_takes_what_is_planned_and_nothing_else(tmp_path):
    (tmp_path / "plan.ts").write_text(SNIPPETS["web"].write(PLAN), encoding="utf-8")
    head = 'import { trackingPlan, type Sender } from "./plan";\ndeclare const cove: Sender;\n'
    for name, calls in (("good", GOOD), ("bad", BAD)):
        lines = "".join(f"trackingPlan(cove).{call};\n" for call in calls)
        (tmp_path / f"{name}.ts").write_text(head + lines, encoding="utf-8")
    _, said = typescript_passes(tmp_path, "good.ts", "bad.ts")
    assert {line.partition(",")[0] for line in said.splitlines() if "error" in line} == {
        f"bad.ts({line}" for line in range(3, 8)
    }, said


GOOD_PYTHON = [
    "order_paid(amount=1)",
    'order_paid(amount=1.5, currency="CNY", skus=["a"])',
    "提交订单(金额=3, 订单_编号='x', class2='y', self2='z', a_b='1', a_b2='2')",
    "import2(none2='a', n1st='b')",
]
BAD_PYTHON = [
    "order_paid()",
    "order_paid(amount='1')",
    "order_paid(amount=1, currency='EUR')",
    "order_paid(amount=1, colour=1)",
]


def test_python_takes_what_is_planned_and_nothing_else(tmp_path):
    for name, plan in (("plan", PLAN), ("empty", EMPTY)):
        (tmp_path / f"{name}.py").write_text(SNIPPETS["python"].write(plan), encoding="utf-8")
    head = (
        "from plan import Sender, TrackingPlan\n\ndef use(cove: Sender) -> None:\n    plan = TrackingPlan(cove, 'u1')\n"
    )
    for name, calls in (("good", GOOD_PYTHON), ("bad", BAD_PYTHON)):
        (tmp_path / f"{name}.py").write_text(head + "".join(f"    plan.{call}\n" for call in calls), encoding="utf-8")
    _, said = python_passes(tmp_path, "plan.py", "empty.py", "good.py", "bad.py")
    found = {line.partition(": error")[0] for line in said.splitlines() if ": error" in line}
    assert found == {f"bad.py:{line}" for line in range(5, 9)}, said


class Recorder:
    def __init__(self):
        self.sent = []

    def track(self, event, properties=None, **fields):
        self.sent.append((event, properties, fields))
        return "m1"


def test_python_sends_what_the_plan_calls_things(tmp_path):
    room = {}
    exec(compile(SNIPPETS["python"].write(PLAN), "plan.py", "exec"), room)
    recorder = Recorder()
    plan = room["TrackingPlan"](recorder, "u1", account="acme")
    assert plan.order_paid(amount=3) == "m1"
    plan.提交订单(金额=5, a_b="x")
    assert recorder.sent == [
        ("order_paid", {"amount": 3}, {"user_id": "u1", "anonymous_id": "", "account": "acme", "plan": "7"}),
        ("提交订单", {"金额": 5, "a_b": "x"}, {"user_id": "u1", "anonymous_id": "", "account": "acme", "plan": "7"}),
    ]


@pytest.mark.parametrize("language", list(SNIPPETS))
def test_the_same_plan_gives_the_same_text_in_whatever_order_it_was_written(language):
    shuffled = list(EVENTS)
    random.Random(4).shuffle(shuffled)
    write = SNIPPETS[language].write
    assert write(Plan.read(7, {"events": shuffled})) == write(PLAN)
