"""Messages that are about to leave go together: read by one query, and those that are alike sent by one call."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Hashable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from cove.engine.channels.delivery.contracts import Outcome, Refused, Sent
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.client.providers import calls_of
from cove.engine.channels.sms.commands.accounts import note_problem
from cove.engine.channels.sms.commands.messages import note_errcode
from cove.engine.channels.sms.contracts.accounts import Credentials
from cove.engine.channels.sms.errors import NoAnswer, ProviderError, Unreachable
from cove.engine.channels.sms.outbound.performing import FAILURES, outcome_of
from cove.engine.channels.sms.queries import Letter
from cove.kernel.actor import Actor

ABOUT_ONE = frozenset({"number_invalid", "number_limit", "number_refused", "content_refused"})
"""Refusals that one message of a call brings upon all: each is then tried by itself."""

Found = str | ProviderError | Unreachable | NoAnswer
Futures = dict[int, list[asyncio.Future[Outcome]]]


class Gathering:
    """What is asked for while a company's last messages are being read is read as one when those have come. Nothing waits for company."""

    def __init__(self) -> None:
        self._waiting: dict[int, Futures] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def send(self, tenant_id: int, message_id: int, http: httpx.AsyncClient) -> Outcome:
        """Send a message, with others where there are some; return what the provider said to this one."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if tenant_id not in self._waiting:
            self._waiting[tenant_id] = defaultdict(list)
            self._start(self._work(tenant_id, http))
        self._waiting[tenant_id][message_id].append(future)
        return await future

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _work(self, tenant_id: int, http: httpx.AsyncClient) -> None:
        while waiting := self._waiting[tenant_id]:
            self._waiting[tenant_id] = defaultdict(list)
            try:
                letters = await off_loop(queries.letters, Actor.system(tenant_id), list(waiting))
                known = {letter.message_id for letter in letters}
                _answer({one: Refused("record_gone") for one in waiting if one not in known}, waiting)
                for credentials, group in _groups(letters):
                    theirs = {one.message_id: waiting[one.message_id] for one in group}
                    self._start(_send(credentials, group, http, theirs))
            except Exception as error:  # noqa: BLE001 -- whoever waits must hear of it, whatever it is
                _fail(waiting, error)
        del self._waiting[tenant_id]


def _groups(letters: Sequence[Letter]) -> Iterator[tuple[Credentials | None, list[Letter]]]:
    """Yield what goes out by one call each: of one account, alike, to different phones, no more than the provider takes."""
    open_groups: dict[Hashable, list[list[Letter]]] = defaultdict(list)
    found: list[tuple[Credentials | None, list[Letter]]] = []
    for letter in letters:
        account = letter.credentials
        if account is None or letter.text.alone:
            found.append((account, [letter]))
            continue
        calls = calls_of(account.provider)
        theirs = open_groups[account.account_id, calls.alike(letter.text)]
        group = next((one for one in theirs if len(one) < calls.most and not _in(one, letter.text.phone)), None)
        if group is None:
            group = []
            theirs.append(group)
            found.append((account, group))
        group.append(letter)
    yield from found


def _in(group: Sequence[Letter], phone: str) -> bool:
    return any(one.text.phone == phone for one in group)


async def _send(
    credentials: Credentials | None, group: Sequence[Letter], http: httpx.AsyncClient, waiting: Futures
) -> None:
    try:
        if credentials is None:
            _answer({one.message_id: Refused("not_configured") for one in group}, waiting)
            return
        found = await _said(Line(credentials, http), group)
        await off_loop(_note, credentials, group, found)
        _answer({one.message_id: _outcome(what) for one, what in zip(group, found, strict=True)}, waiting)
    except Exception as error:  # noqa: BLE001 -- same
        _fail(waiting, error)


async def _said(line: Line, group: Sequence[Letter]) -> list[Found]:
    """Return what the provider said to each message of a call."""
    calls = calls_of(line.credentials.provider)
    try:
        if len(group) == 1:
            return [await calls.send(line, group[0].text)]
        return list(await calls.send_many(line, [one.text for one in group]))
    except ProviderError as error:
        if len(group) > 1 and error.trouble.reason in ABOUT_ONE:
            alone = await asyncio.gather(*(_said(line, [one]) for one in group))
            return [what for (what,) in alone]
        return [error] * len(group)
    except (Unreachable, NoAnswer) as error:
        return [error] * len(group)


def _outcome(what: Found) -> Outcome:
    return Sent({"serial": what}) if isinstance(what, str) else outcome_of(what)


def _note(credentials: Credentials, group: Sequence[Letter], found: Sequence[Found]) -> None:
    """Keep the provider's codes with the messages, and what is wrong with the account, or no longer is."""
    who = Actor.system(credentials.tenant_id)
    refusals = [(one, what) for one, what in zip(group, found, strict=True) if isinstance(what, ProviderError)]
    for one, refusal in refusals:
        note_errcode(who, message_id=one.message_id, errcode=refusal.errcode)
    problem = next((what.trouble.reason for _, what in refusals if what.trouble.reason in FAILURES), "")
    if problem or any(isinstance(what, str) for what in found):
        note_problem(who, account_id=credentials.account_id, reason=problem)


def _answer(outcomes: Mapping[int, Outcome], waiting: Futures) -> None:
    for message_id, outcome in outcomes.items():
        for future in waiting[message_id]:
            if not future.done():
                future.set_result(outcome)


def _fail(waiting: Futures, error: Exception) -> None:
    for futures in waiting.values():
        for future in futures:
            if not future.done():
                future.set_exception(error)


_gatherings: WeakKeyDictionary[asyncio.AbstractEventLoop, Gathering] = WeakKeyDictionary()


def gathering() -> Gathering:
    """Return the gathering of the running event loop."""
    return _gatherings.setdefault(asyncio.get_running_loop(), Gathering())
