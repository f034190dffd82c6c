"""QR pictures of short links."""

from __future__ import annotations

from io import BytesIO

import segno
from django.http import HttpResponse

QUIET_ZONE = 4
"""Modules around the code, as ISO/IEC 18004 asks."""


def png_of(link: str, size: int) -> bytes:
    """Return a PNG at most `size` pixels wide: each module is a whole number of pixels, so that edges stay sharp."""
    code = _code(link)
    modules = code.symbol_size(border=QUIET_ZONE)[0]
    out = BytesIO()
    code.save(out, kind="png", scale=max(1, size // modules), border=QUIET_ZONE)
    return out.getvalue()


def svg_of(link: str) -> bytes:
    """Return an SVG that grows to whatever holds it."""
    out = BytesIO()
    _code(link).save(out, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False)
    return out.getvalue()


def picture(body: bytes, kind: str, name: str) -> HttpResponse:
    """Return a picture that the browser shows, or keeps under `name`."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, max-age=3600"}
    return HttpResponse(body, content_type=kind, headers=headers)


def _code(link: str) -> segno.QRCode:
    # Level M survives 15 % of damage: enough for paper, and the picture stays coarse enough for cheap cameras.
    return segno.make_qr(link, error="m")
