"""The supervisor with tiny parts: each is one line of Python in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUNNER = """
import sys
from pathlib import Path
from cove.launch.env import read_environment
from cove.launch.lines import on_terminal
from cove.launch.parts import Part, Plan, Port, Step
from cove.launch.processes import FolderTakenError, PortTakenError
from cove.launch.supervisor import Supervisor

data = Path(sys.argv[1])

async def ready(name):
    return (data / name).exists()

def part(name, code, **more):
    head = f"import os, pathlib, signal, subprocess, sys, time; data = pathlib.Path({str(data)!r}); "
    mark = f"(data / {name!r}).write_text(str(os.getpid())); "
    return Part(name, (sys.executable, "-c", head + mark + code), lambda: ready(name), **more)

def step(name, code, **more):
    return Step(name, (sys.executable, "-c", code), f"doing {name}", **more)

SLEEP = "time.sleep(600)"
SHELL = "subprocess.run(['sh', '-c', 'sleep 600; true'])"
try:
    plan = Plan(eval(sys.argv[2]))
    sys.exit(Supervisor(plan, read_environment({"COVE_DATA": str(data)}), on_terminal()).run(lambda: print("ALL READY", flush=True)))
except (FolderTakenError, PortTakenError) as error:
    sys.exit(str(error))
"""


class Run:
    def __init__(self, folder: Path, plan: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUNNER, str(folder), plan],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def await_text(self, text: str, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.output:
            assert time.monotonic() < deadline, self.output
            time.sleep(0.02)

    def pid(self, name: str) -> int:
        # It is empty for a moment while a part that starts again writes its number anew.
        await_gone(lambda: not (self.folder / name).read_text())
        return int((self.folder / name).read_text())

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def run(tmp_path):
    started: list[Run] = []

    def start(plan: str, folder: str = "data") -> Run:
        started.append(Run(tmp_path / folder, plan))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def processes_of(folder: Path) -> list[str]:
    """Command lines of all living processes that name the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder) in line:
            found.append(line)
    return found


def await_gone(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_parts_start_in_order_and_all_stop(run, number):
    one = run("[part('one', 'print(\"hello 港\"); ' + SLEEP), step('two', 'print(2)'), part('three', SHELL)]")
    one.await_text("ALL READY")
    texts = ["one is ready", "doing two …", "doing two: done", "three is ready", "ALL READY"]
    positions = [one.output.index(text.replace("…", "")) for text in texts]
    assert positions == sorted(positions)
    assert not (one.folder / "starting").exists()
    assert one.end(number) == 0
    assert processes_of(one.folder) == []
    assert not alive(one.pid("three"))


def test_lines_carry_the_name_of_their_part(run):
    one = run("[part('one', 'print(\"a\\\\nb\", end=\"\", flush=True); ' + SLEEP)]")
    one.await_text("ALL READY")
    one.end()
    lines = [line for line in one.output.splitlines() if line.startswith("one ")]
    assert [line.split()[-1] for line in lines] == ["a", "b"]


def test_what_dies_starts_again_later_and_later(run):
    one = run("[part('one', SLEEP), part('two', SLEEP)]")
    one.await_text("ALL READY")
    first, other = one.pid("one"), one.pid("two")
    os.kill(first, signal.SIGKILL)
    one.await_text("one ended (signal SIGKILL); it starts again in 0.5 s")
    await_gone(lambda: one.pid("one") == first)
    os.kill(one.pid("one"), signal.SIGKILL)
    one.await_text("it starts again in 1.0 s")
    assert one.pid("two") == other
    assert one.end() == 0


def test_nothing_outlives_a_killed_supervisor(run):
    one = run("[part('one', SLEEP), part('two', SLEEP)]")
    one.await_text("ALL READY")
    one.end(signal.SIGKILL)
    await_gone(lambda: processes_of(one.folder))


def test_a_part_that_does_not_listen_is_killed_with_its_children(run):
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); " + "subprocess.run(['sleep', '600'])"
    one = run(f"[part('one', {deaf!r}, stop_within=0.3)]")
    one.await_text("ALL READY")
    assert one.end() == 0
    assert "one did not stop in time and is killed" in one.output
    assert not alive(one.pid("one"))


def test_a_second_signal_stops_at_once(run):
    one = run("[part('one', 'signal.signal(signal.SIGTERM, signal.SIG_IGN); ' + SLEEP, stop_within=60)]")
    one.await_text("ALL READY")
    one.process.send_signal(signal.SIGINT)
    one.await_text("once more")
    assert one.end(signal.SIGINT) == 0


def test_a_stop_while_starting(run):
    one = run("[part('one', SLEEP), step('two', 'import time; print(\"in two\", flush=True); time.sleep(600)')]")
    one.await_text("in two")
    assert (one.folder / "starting").exists()
    assert one.end() == 0
    assert processes_of(one.folder) == []


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("[part('one', SLEEP), part('two', 'sys.exit(3)')]", ""),
        ("[part('one', SLEEP), step('two', 'raise SystemExit(3)')]", "doing two: failed (code 3)"),
    ],
)
def test_a_start_that_fails_stops_all_and_says_why(run, plan, words):
    one = run(
        plan.replace(
            "part('two', 'sys.exit(3)')",
            "Part('two', (sys.executable, '-c', 'raise SystemExit(3)'), lambda: ready('never'))",
        )
    )
    assert one.process.wait(60) == 1
    assert (words or "two ended before it was ready (code 3); its own words are above") in one.output
    assert processes_of(one.folder) == []


def test_a_step_that_is_not_needed_may_fail(run):
    one = run("[step('one', 'raise SystemExit(3)', is_needed=False)]")
    one.await_text("doing one: failed (code 3); its own words are above. Cove goes on without it")
    one.await_text("ALL READY")
    assert one.end() == 0


def test_a_taken_port_is_named_with_its_variable(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        one = run(f"[part('one', SLEEP, port=Port('127.0.0.1', {number}, 'COVE_PORT'))]")
        assert one.process.wait(60) == 1
    assert f"Port {number} is taken by another program. Stop it, or choose a free port: COVE_PORT=" in one.output


def test_one_supervisor_for_a_folder(run, tmp_path):
    first = run("[part('one', SLEEP)]")
    first.await_text("ALL READY")
    second = subprocess.run(
        [sys.executable, "-c", RUNNER, str(first.folder), "[]"], capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert f"already runs (process {first.process.pid})" in second.stderr
    assert first.process.poll() is None
