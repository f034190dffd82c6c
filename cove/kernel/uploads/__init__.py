"""Files that people send: what they are is read from their content, and nothing passes that could harm whoever opens it later."""

from cove.kernel.uploads.check import Allowed, Checked, Uploaded, check_upload
from cove.kernel.uploads.images import Picture, picture_of
from cove.kernel.uploads.kinds import (
    CSV,
    DOCUMENTS,
    DOCX,
    GIF,
    JPEG,
    MP4,
    PDF,
    PICTURES,
    PNG,
    PPTX,
    TABLES,
    WEBP,
    XLSX,
    Kind,
)
from cove.kernel.uploads.tables import Table, TableLimits, table_of

__all__ = [
    "CSV",
    "DOCUMENTS",
    "DOCX",
    "GIF",
    "JPEG",
    "MP4",
    "PDF",
    "PICTURES",
    "PNG",
    "PPTX",
    "TABLES",
    "WEBP",
    "XLSX",
    "Allowed",
    "Checked",
    "Kind",
    "Picture",
    "Table",
    "TableLimits",
    "Uploaded",
    "check_upload",
    "picture_of",
    "table_of",
]
