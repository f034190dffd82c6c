"""Why a file is not taken. Each names the file and what to do; `file` is the field of the form."""

from __future__ import annotations

from typing import Any

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class UploadRefused(CoveError):
    """A file is not taken; `name` is what its sender calls it. Values that are Words speak the reader's language."""

    code = "uploads.refused"
    status = 422
    words = Words("文件「{name}」无法使用，请换一个文件", "The file “{name}” cannot be used; choose another one")

    def __init__(self, *, name: str, **values: Any) -> None:
        super().__init__(fields={"file": self.words}, name=name, **values)
        self.fields = {"file": Words(self._in("zh"), self._in("en"))}

    def message(self) -> str:
        """Return the text for the current reader."""
        return self.fields["file"].here()

    def _in(self, language: str) -> str:
        values = {
            key: getattr(value, language) if isinstance(value, Words) else value for key, value in self.values.items()
        }
        return str(getattr(self.words, language).format_map(values))


class UploadEmpty(UploadRefused):
    code = "uploads.empty"
    words = Words("文件「{name}」是空的，请选择有内容的文件", "The file “{name}” is empty; choose one with content")


class UploadTooLarge(UploadRefused):
    code = "uploads.too_large"
    status = 413
    words = Words(
        "文件「{name}」超过 {limit}，请压缩或拆分后再上传",
        "The file “{name}” has more than {limit}; make it smaller or split it",
    )


class WrongKind(UploadRefused):
    code = "uploads.wrong_kind"
    status = 415
    words = Words(
        "文件「{name}」的内容不是 {wanted}，请另存为该格式后再上传",
        "The content of “{name}” is not {wanted}; save it in that format and upload again",
    )


class Locked(UploadRefused):
    code = "uploads.locked"
    status = 415
    words = Words(
        "文件「{name}」有密码或是旧版 Office 格式，请去掉密码并另存为 XLSX 或 CSV",
        "“{name}” has a password or an old Office format; take the password off and save it as XLSX or CSV",
    )


class Damaged(UploadRefused):
    code = "uploads.damaged"
    words = Words(
        "文件「{name}」已损坏，无法打开，请重新保存或导出后再上传",
        "The file “{name}” is damaged and cannot be opened; save or export it once more and upload again",
    )


class Unsafe(UploadRefused):
    code = "uploads.unsafe"
    words = Words(
        "文件「{name}」{why}，为安全起见未被接收；请只保留数据，另存为新文件后再上传",
        "“{name}” {why} and was not taken, to be safe; keep only the data, save it as a new file and upload that",
    )


class TooManyPixels(UploadRefused):
    code = "uploads.too_many_pixels"
    words = Words(
        "图片「{name}」的尺寸过大（最多 {limit} 百万像素），请缩小后再上传",
        "The picture “{name}” is too large (at most {limit} megapixels); scale it down and upload again",
    )


class TooManyRows(UploadRefused):
    code = "uploads.too_many_rows"
    words = Words(
        "文件「{name}」超过 {limit} 行，请拆分成多个文件分别上传",
        "“{name}” has more than {limit} rows; split it into several files",
    )


class TooManyColumns(UploadRefused):
    code = "uploads.too_many_columns"
    words = Words(
        "文件「{name}」超过 {limit} 列，请删除不需要的列",
        "“{name}” has more than {limit} columns; remove those that are not needed",
    )


class CellTooLong(UploadRefused):
    code = "uploads.cell_too_long"
    words = Words(
        "文件「{name}」第 {row} 行有单元格超过 {limit} 个字，请缩短后再上传",
        "A cell in row {row} of “{name}” has more than {limit} characters; shorten it and upload again",
    )


UPLOAD_REFUSALS = (UploadEmpty, UploadTooLarge, WrongKind, Locked, Damaged, Unsafe)
"""What `check_upload` may raise, for the `refusals` of a route."""

TABLE_REFUSALS = (*UPLOAD_REFUSALS, TooManyRows, TooManyColumns, CellTooLong)
"""What `table_of` may raise as well."""

PICTURE_REFUSALS = (*UPLOAD_REFUSALS, TooManyPixels)
"""What `picture_of` may raise as well."""
