export const zhCN = {
  title: "后台任务",
  open_other: "后台任务，{{count}} 个进行中",
  none: "没有进行中的任务",
  noneText: "同步、导入等耗时操作会在这里显示进度，可以随时离开，稍后回来查看。",
  cancel: "取消",
  download: "下载",
  remaining: "约剩 {{time}}",
  state: { waiting: "排队中", running: "进行中", done: "已完成", failed: "失败", cancelled: "已取消" },
};
