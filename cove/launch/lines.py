"""The lines of all parts on one terminal, each with the name of its part."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path
from typing import TextIO

COLOURS = (36, 33, 32, 35, 34, 96)
OWN_COLOUR = 1
LONGEST_LINE = 1024 * 1024
"""Bytes; a longer line is cut into several."""


class Lines:
    """Writes lines with a name in front, in colour where somebody looks at them."""

    def __init__(self, out: TextIO, *, colour: bool | None = None) -> None:
        self.out = out
        self.colour = out.isatty() if colour is None else colour
        self.names: dict[str, int] = {}
        self.next_colour = itertools.cycle(COLOURS)
        self.width = len("clickhouse")
        if hasattr(out, "reconfigure"):
            # A terminal that cannot show a character shows a question mark instead of ending the supervisor.
            out.reconfigure(errors="replace")

    def write(self, name: str, text: str) -> None:
        """Write one line of a part."""
        if name not in self.names:
            self.names[name] = OWN_COLOUR if name == "cove" else next(self.next_colour)
        head = f"{name:<{self.width}} │"
        if self.colour:
            head = f"\x1b[{self.names[name]}m{head}\x1b[0m"
        try:
            self.out.write(f"{head} {text}\n")
            self.out.flush()
        except OSError:
            # Nobody reads any more; the parts go on, and their lines must not pile up.
            self.out = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end of the process

    async def copy(self, name: str, source: asyncio.StreamReader) -> None:
        """Write the lines of a part as they come, to its end."""
        while True:
            try:
                line = await source.readuntil(b"\n")
            except asyncio.IncompleteReadError as end:
                line = end.partial
            except asyncio.LimitOverrunError as long:
                line = await source.readexactly(long.consumed)
            if not line:
                return
            self.write(name, line.decode(errors="replace").rstrip("\r\n"))


def on_terminal() -> Lines:
    """Give the lines of this process's terminal."""
    return Lines(sys.stdout)
