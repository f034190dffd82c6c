export const zhCN = {
  menu: "搁置的动态",
  menuText: "处理失败的动态，排除原因后重试",
  title: "搁置的动态",
  empty: "没有搁置的动态",
  emptyText: "处理失败的动态会放在这里，不影响其他动态继续处理。排除原因后可以重试。",
  retry: "重试",
  retried_other: "已重新处理 {{count}} 条动态",
  column: { caption: "动态", consumer: "处理环节", error: "失败原因", failedAt: "失败时间", tries: "次数", act: "操作" },
};
