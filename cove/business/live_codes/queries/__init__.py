"""What is read about live codes, by noun."""

from cove.business.live_codes.queries import codes, report, ways

__all__ = ["codes", "report", "ways"]
