"""The bytes of uploaded files, and where phones find them."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.storage import Row
from sandbox.wechat.requests import Upload
from sandbox.world import World


def address(world: World, media_id: str) -> str:
    """Return where a file can be seen."""
    return f"{world.settings.base_url}/weixin/media/{media_id}"


def keep(world: World, media_id: str, upload: Upload) -> str:
    """Keep the bytes of a file; answers its address."""
    kind = upload.content_type or "application/octet-stream"
    world.storage.insert("wx_media_files", media_id=media_id, content_type=kind, content=upload.content)
    return address(world, media_id)


def file(world: World, media_id: str) -> Row | None:
    """Return a file with its bytes, or None."""
    return world.storage.row("SELECT * FROM wx_media_files WHERE media_id=?", media_id)


async def show_file(request: Request) -> Response:
    """GET weixin/media/{media_id}: the bytes; only pictures are shown, other things are handed out."""
    found = file(request.app.state.world, request.path_params["media_id"])
    if found is None:
        return PlainTextResponse("no such file", 404)
    kind = str(found["content_type"])
    safe = kind if kind in ("image/png", "image/jpeg", "image/gif", "image/webp") else "application/octet-stream"
    headers = {"cache-control": "max-age=300", "x-content-type-options": "nosniff"}
    return Response(found["content"], media_type=safe, headers=headers)
