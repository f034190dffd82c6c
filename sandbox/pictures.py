"""Pictures the sandbox draws itself: QR codes, and avatars with a name's initial."""

import hashlib
import io
from html import escape

import segno

from sandbox.world import World

COLOURS = (
    "#4C7D8F",
    "#C98A5E",
    "#6B8E5A",
    "#8A6FA8",
    "#B8687A",
    "#5577A8",
    "#A98B3D",
    "#4F8F7B",
    "#9A6A4F",
    "#6F7FA0",
)
MODULE_PIXELS = 10
AVATAR = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="{colour}" stop-opacity=".82"/><stop offset="1" stop-color="{colour}"/>
</linearGradient></defs>
<rect width="96" height="96" fill="#fff"/><rect width="96" height="96" fill="url(#g)"/>
<text x="48" y="49" fill="#fff" font-size="44" font-weight="500" text-anchor="middle"
dominant-baseline="central"
font-family="'PingFang SC','Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif">{letter}</text>
</svg>
"""


def qr_png(text: str) -> bytes:
    """Return a PNG of a QR code with `text`; the same bytes for the same text."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=MODULE_PIXELS, border=3)
    return out.getvalue()


def draw_code(world: World, text: str) -> bytes:
    """Return a PNG of a QR code with `text`, and remember what is in it, so that phones can read it."""
    picture = qr_png(text)
    digest = hashlib.sha256(picture).hexdigest()
    world.storage.run("INSERT OR IGNORE INTO drawn_codes (sha256, text) VALUES (?, ?)", digest, text)
    return picture


def avatar_svg(name: str, key: int) -> str:
    """Return an SVG avatar: the last letter of a Chinese name, else the first letter, on a quiet colour."""
    letter = name[:1].upper() if name[:1].isascii() else name[-1:]
    colour = COLOURS[key % len(COLOURS)]
    return AVATAR.format(colour=colour, letter=escape(letter))
