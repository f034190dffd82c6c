"""Errors of the engine as the HTTP interface tells them."""

from __future__ import annotations

import re
import secrets

CODE = re.compile(r"Code: (\d+)\.")

UNKNOWN_EXCEPTION = 1002
NOT_IMPLEMENTED = 48
QUERY_IS_TOO_LARGE = 307
AUTHENTICATION_FAILED = 516
SERVER_OVERLOADED = 745

# The groups are those of ClickHouse's src/Server/HTTP/exceptionCodeToHTTPStatus.cpp, the numbers those of
# its src/Common/ErrorCodes.cpp.
STATUSES = {
    400: (6, 26, 27, 38, 41, 43, 53, 62, 69, 70, 72, 117, 130, 131, 190, 321, 427, 441, 457, 472),
    403: (192, 193, 497, 516),
    404: (16, 46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152),
    408: (159, 160),
    413: (QUERY_IS_TOO_LARGE,),
    501: (NOT_IMPLEMENTED,),
    503: (76, 209, SERVER_OVERLOADED),
}
STATUS_OF_CODE = {code: status for status, codes in STATUSES.items() for code in codes}


class QueryError(Exception):
    """A refused or failed query: ClickHouse's code, the HTTP status that goes with it, its text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.status = STATUS_OF_CODE.get(code, 500)
        self.text = text if text.startswith("Code: ") else f"Code: {code}. DB::Exception: {text}"

    @classmethod
    def of_engine(cls, error: Exception) -> QueryError:
        """Read the code out of the engine's own text."""
        found = CODE.search(str(error))
        if found is None:
            return cls(UNKNOWN_EXCEPTION, str(error))
        return cls(int(found.group(1)), str(error)[found.start() :])


def new_tag() -> str:
    """Give the mark by which a driver knows an error behind the beginning of a result."""
    return secrets.token_hex(8)


def tagged(error: QueryError, tag: str) -> bytes:
    """Write an error behind a result that has begun, in the manner of servers from 25.11 on.

    The driver finds it by the tag that the header X-ClickHouse-Exception-Tag gave.
    """
    text = f"{error.text}\n"
    length = len(text.encode())
    return f"\r\n__exception__\r\n{tag}\r\n{text}{length} {tag}\r\n__exception__\r\n".encode()
