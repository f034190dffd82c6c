"""Console: files for messages."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import File, Form, Router, Status, UploadedFile

from cove.engine.channels.wecom.commands.materials import keep_material
from cove.engine.channels.wecom.contracts.shown import WecomFile
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.engine.channels.wecom.queries.materials import Use
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.uploads import Uploaded
from cove.kernel.uploads.errors import PICTURE_REFUSALS

console = Router(tags=["channels"])


@console.post("/wecom-files", response={201: WecomFile, **refusals(Forbidden, *PICTURE_REFUSALS)}, **needs(SEND_MASS))
def upload_wecom_file(request: HttpRequest, file: File[UploadedFile], *, use: Form[Use] = "file") -> Status[WecomFile]:
    """Upload a file for messages: a picture or an MP4 video up to 10 MB, or a document up to 20 MB."""
    row = keep_material(actor(request), upload=cast("Uploaded", file), use=use)
    return Status(201, WecomFile(id=row.id, name=row.name, media_type=row.media_type, size=row.size))
