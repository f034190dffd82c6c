from cove.kernel.operations import operation

CARRY_OUT = operation("changesets.carry_out", "执行批量变更", "Carry out changes of many rows", grantable=False)
UNDO_OWN = operation("changesets.undo_own", "撤销批量变更", "Undo a change of many rows", everyone=True)
