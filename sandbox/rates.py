"""How many calls the platform takes of a company for each interface (WeCom document 90312)."""

from dataclasses import dataclass, field

MINUTE, HOUR = 60, 3600
CALLS_A_MINUTE, CALLS_AN_HOUR = 10_000, 150_000


@dataclass
class _Count:
    window: int = 0
    calls: int = 0

    def add(self, window: int) -> int:
        if window != self.window:
            self.window, self.calls = window, 0
        self.calls += 1
        return self.calls


@dataclass
class _Use:
    minute: _Count = field(default_factory=_Count)
    hour: _Count = field(default_factory=_Count)
    shut_until: int = 0


class Rates:
    """Counts of the running minute and hour, for each company and interface; a new start of the sandbox begins at nought."""

    def __init__(self) -> None:
        self._uses: dict[tuple[str, str], _Use] = {}

    def forget(self) -> None:
        """Begin at nought again."""
        self._uses.clear()

    def take(self, corp_id: str, path: str, now: int, *, a_minute: int, an_hour: int) -> bool:
        """Count one call; False for one too many, which shuts the interface for a whole minute or hour from then on."""
        use = self._uses.setdefault((corp_id, path), _Use())
        if now < use.shut_until:
            return False
        if use.hour.add(now // HOUR) > an_hour:
            use.shut_until = now + HOUR
        elif use.minute.add(now // MINUTE) > a_minute:
            use.shut_until = now + MINUTE
        return now >= use.shut_until
