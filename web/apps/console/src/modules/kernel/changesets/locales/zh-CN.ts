export const zhCN = {
  state: { planning: "清点中", running: "进行中", done: "已完成", stopped: "已中断", undoing: "撤销中", undone: "已撤销" },
  changed_other: "{{count}} 项已变更",
  skipped_other: "{{count}} 项未变更",
  takenBack_other: "{{count}} 项已撤销",
  conflicts_other: "{{count}} 项因后来有改动而保留",
  undo: "撤销",
  undoSure: "撤销这次变更？",
  undoText: "恢复到变更之前；之后被改动过的内容会保留并列出。",
  undoStarted: "正在撤销，可在后台任务查看进度",
  goOn: "继续",
  undoUntil: "可撤销至",
};
