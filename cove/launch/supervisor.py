"""Starts the parts in order, watches them, starts again what dies, stops all of them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Callable

from cove.launch.env import Environment
from cove.launch.lines import LONGEST_LINE, Lines
from cove.launch.parts import Part, Plan, Step
from cove.launch.processes import check_port_free, die_with_parent, hold_folder, set_mark

READY_WITHIN = 180.0
"""Seconds for a part's first readiness; the first start makes databases."""
ASK_EVERY = 0.1
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
"""Seconds of life after which a part's next death counts as its first again."""


class StartError(Exception):
    """The plan cannot be carried out; the text says where it stopped."""


class Watched:
    """A part and its present process."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: Process | None = None
        self.copier: asyncio.Task[None] | None = None
        self.started = 0.0
        self.deaths = 0

    def pause(self) -> float:
        """Give the seconds to wait before the next start."""
        if time.monotonic() - self.started > STEADY_AFTER:
            self.deaths = 0
        self.deaths += 1
        return float(min(FIRST_PAUSE * 2 ** (self.deaths - 1), LONGEST_PAUSE))


class Supervisor:
    """Carries out one plan for one data folder, on the main thread of its process."""

    def __init__(self, plan: Plan, environment: Environment, lines: Lines) -> None:
        self.plan = plan
        self.data = environment.data
        self.starting_mark = environment.starting_mark
        self.lines = lines
        self.watched = [Watched(part) for part in plan.parts]
        self.stopping = asyncio.Event()
        self.in_haste = False
        self.keepers: list[asyncio.Task[None]] = []

    def run(self, when_ready: Callable[[], None]) -> int:
        """Start all, call `when_ready`, watch until a signal, stop all; return the exit code.

        Raises `FolderTakenError` and `PortTakenError` before anything is started.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        lock = hold_folder(self.data / "supervisor.lock", "Cove")
        try:
            for part in self.plan.parts:
                if part.port is not None:
                    check_port_free(part.port.host, part.port.number, part.port.variable)
            return asyncio.run(self._main(when_ready))
        finally:
            self.starting_mark.unlink(missing_ok=True)
            os.close(lock)

    async def _main(self, when_ready: Callable[[], None]) -> int:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._stop_wanted)
        set_mark(self.starting_mark)
        starting = asyncio.create_task(self._start_all())
        stop_wanted = asyncio.create_task(self.stopping.wait())
        try:
            await asyncio.wait({starting, stop_wanted}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                await starting
                self.starting_mark.unlink(missing_ok=True)
                when_ready()
                await stop_wanted
        except StartError as error:
            self._say(str(error))
            return 1
        finally:
            self.stopping.set()
            for task in (starting, stop_wanted):
                task.cancel()
            await asyncio.gather(starting, stop_wanted, return_exceptions=True)
            await self._stop_all()
        return 0

    def _stop_wanted(self) -> None:
        self.in_haste = self.stopping.is_set()
        self._say("stopping now" if self.in_haste else "stopping; once more to stop at once")
        self.stopping.set()
        if self.in_haste:
            for watched in self.watched:
                _signal_group(watched.process, signal.SIGKILL)

    async def _start_all(self) -> None:
        remaining = iter(self.watched)
        for item in self.plan.items:
            if isinstance(item, Step):
                await self._run_step(item)
                continue
            watched = next(remaining)
            begun = time.monotonic()
            await self._spawn(watched)
            await self._await_ready(watched)
            self._say(f"{item.name} is ready ({time.monotonic() - begun:.1f} s)")
            self.keepers.append(asyncio.create_task(self._keep(watched)))

    async def _run_step(self, step: Step) -> None:
        self._say(f"{step.purpose} …")
        begun = time.monotonic()
        process, output = await self._popen(step.command)
        try:
            await self.lines.copy(step.name, output)
            code = await process.wait()
        finally:
            _signal_group(process, signal.SIGKILL)
        if code != 0:
            failure = f"{step.purpose}: failed ({_told(code)}); its own words are above"
            if step.is_needed:
                raise StartError(failure)
            self._say(f"{failure}. Cove goes on without it")
            return
        self._say(f"{step.purpose}: done ({time.monotonic() - begun:.1f} s)")

    async def _spawn(self, watched: Watched) -> None:
        watched.process, output = await self._popen(watched.part.command)
        watched.started = time.monotonic()
        watched.copier = asyncio.create_task(self.lines.copy(watched.part.name, output))

    async def _popen(self, command: tuple[str, ...]) -> tuple[Process, asyncio.StreamReader]:
        """Start a process; its output is read through a pipe of ours.

        With one of asyncio's, a process would count as running as long as any child of it holds the pipe.
        """
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        ours, theirs = os.pipe()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb", buffering=0)
        )
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=DEVNULL,
                stdout=theirs,
                stderr=STDOUT,
                # A session of its own keeps a terminal's Ctrl-C from parts that are to be stopped in order.
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
                env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            )
        finally:
            os.close(theirs)
        return process, reader

    async def _await_ready(self, watched: Watched) -> None:
        deadline = time.monotonic() + READY_WITHIN
        process = watched.process
        assert process
        while process.returncode is None:
            if await watched.part.ready():
                return
            if time.monotonic() > deadline:
                raise StartError(f"{watched.part.name} was not ready after {READY_WITHIN:.0f} seconds")
            await asyncio.sleep(ASK_EVERY)
        await self._drain(watched)
        how = _told(process.returncode)
        raise StartError(f"{watched.part.name} ended before it was ready ({how}); its own words are above")

    async def _keep(self, watched: Watched) -> None:
        """Start a part again whenever it ends, later and later while it does not stay up."""
        while not self.stopping.is_set():
            assert watched.process
            code = await watched.process.wait()
            if self.stopping.is_set():
                return
            _signal_group(watched.process, signal.SIGKILL)
            pause = watched.pause()
            self._say(f"{watched.part.name} ended ({_told(code)}); it starts again in {pause:.1f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)
                return
            await self._spawn(watched)

    async def _stop_all(self) -> None:
        for keeper in self.keepers:
            keeper.cancel()
        await asyncio.gather(*self.keepers, return_exceptions=True)
        for watched in reversed(self.watched):
            await self._stop(watched)

    async def _stop(self, watched: Watched) -> None:
        process = watched.process
        if process is None:
            return
        if process.returncode is None:
            _signal(process, signal.SIGKILL if self.in_haste else signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), watched.part.stop_within)
            except TimeoutError:
                self._say(f"{watched.part.name} did not stop in time and is killed")
        _signal_group(process, signal.SIGKILL)
        await process.wait()
        await self._drain(watched)

    async def _drain(self, watched: Watched) -> None:
        """Give the last words of a part a moment to arrive."""
        if watched.copier is not None:
            await asyncio.wait({watched.copier}, timeout=1.0)
            watched.copier.cancel()

    def _say(self, text: str) -> None:
        self.lines.write("cove", text)


def _signal(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


def _signal_group(process: Process | None, number: signal.Signals) -> None:
    """Signal a part with all its children; it leads a group of its own."""
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _told(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
