from cove.kernel.operations import operation

KEEP_FILES = operation("files.keep", "保存与清理文件", "Keep and clear files", grantable=False)
