"""Pictures that are shown again are painted anew: what comes out holds pixels and nothing else."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from cove.kernel.uploads.check import Checked
from cove.kernel.uploads.errors import Damaged, TooManyPixels
from cove.kernel.uploads.kinds import JPEG, PNG, Kind

MAX_PIXELS = 40_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_SEE_THROUGH = ("RGBA", "LA", "PA")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture painted anew, with its size in pixels."""

    kind: Kind
    content: bytes
    width: int
    height: int


def picture_of(upload: Checked, *, max_pixels: int = MAX_PIXELS, max_side: int | None = None) -> Picture:
    """Return the picture decoded and encoded again, upright, without metadata, its first frame; `max_side` scales it down.

    The size is judged from the header, before a single pixel is unpacked. Raises TooManyPixels or Damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(upload.content), formats=_FORMATS) as found:
                if found.width * found.height > max_pixels:
                    raise TooManyPixels(name=upload.name, limit=max_pixels // 1_000_000)
                upright = ImageOps.exif_transpose(found)
                upright.load()
    except Image.DecompressionBombError as error:
        raise TooManyPixels(name=upload.name, limit=max_pixels // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Damaged(name=upload.name) from error
    if max_side:
        upright.thumbnail((max_side, max_side))
    return _painted(upright)


def _painted(image: Image.Image) -> Picture:
    clear = image.mode in _SEE_THROUGH or "transparency" in image.info
    plain = image.convert("RGBA" if clear else "RGB")
    # Pixels only: what the file carried beside them is not copied.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    target = io.BytesIO()
    if clear:
        bare.save(target, "PNG", optimize=True)
    else:
        bare.save(target, "JPEG", quality=88, optimize=True)
    return Picture(PNG if clear else JPEG, target.getvalue(), bare.width, bare.height)
