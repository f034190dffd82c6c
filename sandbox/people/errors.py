"""Refusals of human acts and of the scripting API."""


class RefusedError(Exception):
    """An act that cannot be done; becomes `{"error": {"code", "message"}}` with this HTTP status."""

    def __init__(self, code: str, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def missing(what: str) -> RefusedError:
    """There is no such thing."""
    return RefusedError("not_found", f"There is no such {what}.", 404)
