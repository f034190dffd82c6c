import os
import socket
import subprocess
import sys

import pytest

from cove import __version__
from cove.launch.env import read_environment
from cove.launch.parts import MIGRATE, Part, demo_plan, serve_plan
from cove.launch.welcome import DEMO_EMAIL, DEMO_PASSWORD, demo_welcome
from tests.ports import free_port


def cove(*words, **variables):
    others = {key: value for key, value in os.environ.items() if not key.startswith("COVE_")}
    ports = {name: str(free_port()) for name in ("COVE_CLICKHOUSE_PORT", "COVE_SANDBOX_PORT")}
    return subprocess.run(
        [sys.executable, "-m", "cove.launch", *words],
        env={**others, **ports, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_version():
    assert cove("version").stdout == f"{__version__}\n"


def test_a_bad_variable_is_told_in_one_line(tmp_path):
    done = cove("demo", COVE_PORT="many", COVE_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("COVE_PORT is “many”. Give a port")


def test_a_folder_that_cannot_be_used_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    done = cove("serve", "--data", str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stderr.startswith("COVE_DATA is ")
    assert len(done.stderr.splitlines()) == 1


def test_an_option_stands_for_its_variable_and_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        done = cove("demo", "--port", str(number), "--data", str(tmp_path), COVE_PORT="1")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"Port {number} is taken by another program. Stop it, or choose a free port: COVE_PORT=…"
    )
    assert not (tmp_path / "postgres").exists()


def test_a_part_that_does_not_exist():
    done = cove("part", "nowhere")
    assert done.returncode == 2
    assert "postgres, clickhouse, web, work, sandbox" in done.stderr


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({}, ["postgres", "clickhouse", "migrate", "web", "work"]),
        ({"COVE_DATABASE_URL": "postgresql://db/cove"}, ["clickhouse", "migrate", "web", "work"]),
        (
            {"COVE_DATABASE_URL": "postgresql://db/cove", "COVE_CLICKHOUSE_URL": "http://ch:8123/cove"},
            ["migrate", "web", "work"],
        ),
    ],
)
def test_servers_of_ones_own_take_the_place_of_embedded_ones(variables, names):
    assert [item.name for item in serve_plan(read_environment(variables)).items] == names


def test_the_demo_has_a_sandbox_behind_the_product():
    plan = demo_plan(read_environment({}))
    names = [item.name for item in plan.items]
    assert names.index("migrate") < names.index("web") < names.index("sandbox")
    assert MIGRATE in plan.items
    assert all(isinstance(part, Part) for part in plan.parts)


def test_the_welcome_names_addresses_and_login():
    text = "\n".join(demo_welcome(read_environment({"COVE_PORT": "9000", "COVE_SANDBOX_PORT": "9100"})))
    for needed in ("http://127.0.0.1:9000", "http://127.0.0.1:9100", DEMO_EMAIL, DEMO_PASSWORD, "登录", "Sign in"):
        assert needed in text
