"""Reading a request of the HTTP interface: who asks, what, with which settings."""

from __future__ import annotations

import base64
import binascii
import hmac
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from starlette.datastructures import UploadFile
from starlette.requests import Request

from cove.launch.embedded.clickhouse.encoding import Decoder
from cove.launch.embedded.clickhouse.engine import DATABASE, Query
from cove.launch.embedded.clickhouse.failure import (
    AUTHENTICATION_FAILED,
    NOT_IMPLEMENTED,
    QUERY_IS_TOO_LARGE,
    QueryError,
)
from cove.launch.embedded.clickhouse.statement import find_insert

USER = "cove"
IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a body that are kept in memory before it moves to a file."""
LONGEST_HEAD = 1024 * 1024
"""Bytes within which the rows of an INSERT have to begin."""
LONGEST_TEXT = 64 * 1024 * 1024
LONGEST_BODY = 4 * 1024 * 1024 * 1024

TRANSPORT = {
    *("query", "database", "user", "password", "default_format", "query_id", "quota_key", "role"),
    *("session_id", "session_timeout", "session_check", "close_session"),
    *("compress", "decompress", "enable_http_compression", "http_zlib_compression_level"),
    *("client_protocol_version", "wait_end_of_query", "buffer_size", "stacktrace", "framing"),
}
"""Query parameters of the interface itself; all others are settings. A session holds nothing here."""

LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}


def check_caller(request: Request, password: str) -> None:
    """Let in only who knows the password and is no web page; raise `QueryError` 516 otherwise.

    A page could reach loopback from a browser on this machine: browsers name the page's Origin or
    Sec-Fetch-Site, and a name that was rebound to loopback shows in Host.
    """
    host = request.headers.get("host", "").rsplit(":", 1)[0]
    if host not in LOOPBACK_NAMES or {"origin", "sec-fetch-site"} & set(request.headers):
        raise QueryError(AUTHENTICATION_FAILED, "This server answers programs on this machine only")
    user, given = _credentials(request)
    if not hmac.compare_digest(given.encode(), password.encode()) or user != USER:
        raise QueryError(AUTHENTICATION_FAILED, f"{user}: Authentication failed: password is incorrect")


async def read_query(request: Request, spool_folder: Path) -> Query:
    """Read the whole request; a long body goes through a file. Raises `QueryError`."""
    fields = dict(request.query_params)
    rows: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(spool_folder))  # noqa: SIM115 - goes on in Query
    try:
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            fields.update(await _form(request))
        else:
            await _read_body(request, rows)
        return _query(request, fields, rows)
    except BaseException:
        rows.close()
        raise


def _query(request: Request, fields: Mapping[str, str], rows: IO[bytes]) -> Query:
    in_address = fields.get("query", "").encode()
    rows.seek(0)
    head = rows.read(LONGEST_HEAD)
    together = in_address + b"\n" + head if in_address and head else in_address + head
    insert = find_insert(together)
    if insert is None:
        text = together + rows.read(LONGEST_TEXT)
        if rows.read(1):
            raise QueryError(QUERY_IS_TOO_LARGE, f"A query has at most {LONGEST_TEXT} bytes")
    else:
        text = b""
        rows.seek(max(0, insert.data_offset - (len(together) - len(head))))
    settings = {name: value for name, value in fields.items() if not _is_transport(name)}
    if request.method != "POST":
        settings.setdefault("readonly", "1")
    return Query(
        id=fields.get("query_id") or str(uuid.uuid4()),
        text=text,
        insert=insert,
        rows=rows,
        database=fields.get("database") or request.headers.get("x-clickhouse-database", DATABASE),
        default_format=fields.get("default_format") or request.headers.get("x-clickhouse-format", "TabSeparated"),
        parameters={name[6:]: value for name, value in fields.items() if name.startswith("param_")},
        settings=settings,
    )


def _is_transport(name: str) -> bool:
    return name in TRANSPORT or name.startswith("param_")


async def _read_body(request: Request, rows: IO[bytes]) -> None:
    name = request.headers.get("content-encoding", "")
    decode = Decoder(name) if name not in ("", "identity") else None
    async for piece in request.stream():
        rows.write(decode(piece) if decode else piece)
        if rows.tell() > LONGEST_BODY:
            raise QueryError(QUERY_IS_TOO_LARGE, f"A body has at most {LONGEST_BODY} bytes")


async def _form(request: Request) -> dict[str, str]:
    async with request.form() as form:
        if any(isinstance(value, UploadFile) for value in form.values()):
            raise QueryError(NOT_IMPLEMENTED, "External data are not supported")
        return {name: str(value) for name, value in form.items()}


def _credentials(request: Request) -> tuple[str, str]:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return user, password
    headers, fields = request.headers, request.query_params
    return (
        headers.get("x-clickhouse-user") or fields.get("user", ""),
        headers.get("x-clickhouse-key") or fields.get("password", ""),
    )
