"""Where the walls have named gates: looking across tenants, raw SQL, the environment."""

from __future__ import annotations

import ast

from tests.architecture.exceptions import EVERY_TENANT_REASONS
from tests.architecture.tree import COVE, name_of, parsed, shown, sources


def calls(path):
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def test_every_look_across_tenants_has_a_listed_reason():
    reasons = [node.args[0].value for path in sources() for node in calls(path) if name_of(node.func) == "every_tenant"]
    assert set(reasons) == EVERY_TENANT_REASONS


def test_the_unsealed_manager_is_used_only_where_every_tenant_is_looked_at():
    found = [
        shown(path)
        for path in sources()
        if path != COVE / "kernel" / "scope.py"
        and any(isinstance(node, ast.Attribute) and node.attr == "unsealed" for node in ast.walk(parsed(path)))
        and not any(name_of(node.func) == "every_tenant" for node in calls(path))
    ]
    assert found == []


def test_only_launch_reads_the_environment():
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources()
        if not path.is_relative_to(COVE / "launch")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and name_of(node) in {"os.environ", "os.getenv"}
    ]
    assert found == []


def test_nobody_asks_the_machine_for_the_time():
    # Tests move `cove.kernel.clock`; a second clock would not move with it.
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources()
        if path != COVE / "kernel" / "clock.py" and not path.is_relative_to(COVE / "launch")
        for node in calls(path)
        if name_of(node.func) in {"datetime.now", "datetime.utcnow", "date.today", "timezone.now", "datetime.today"}
    ]
    assert found == []
