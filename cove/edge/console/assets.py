"""The built files of the console and of the sidebar, served before Django: names carry a hash, so a browser may keep them for a year."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

BUILT = Path(__file__).parent / "built"
SIDEBAR = Path(__file__).parents[1] / "sidebar" / "built"
_A_YEAR = "public, max-age=31536000, immutable"


class _Assets(StaticFiles):
    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = _A_YEAR
        return response


def with_assets(behind: ASGIApp) -> ASGIApp:
    """Answer ``/assets/…``, ``/sidebar/assets/…`` and the icon from what was built, everything else by `behind`."""
    folders = {
        "/assets": GZipMiddleware(_Assets(directory=BUILT / "assets", check_dir=False)),
        "/sidebar/assets": GZipMiddleware(_Assets(directory=SIDEBAR / "assets", check_dir=False)),
    }
    icon = StaticFiles(directory=BUILT, check_dir=False)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for prefix, files in folders.items():
                if scope["path"].startswith(f"{prefix}/"):
                    await files(dict(scope, path=scope["path"].removeprefix(prefix), root_path=""), receive, send)
                    return
            if scope["path"] == "/favicon.svg":
                await icon(scope, receive, send)
                return
        await behind(scope, receive, send)

    return answer
