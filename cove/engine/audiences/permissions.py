from cove.kernel.operations import operation

PREVIEW_AUDIENCE = operation("audiences.preview", "预览圈选人群", "Preview audiences", scoped=True)
