/** Does each channel work. */
export const health = {
  menu: "渠道体检",
  title: "渠道体检",
  lead: "每小时自动检查已启用的渠道；出现异常时通知有权限的管理员。",
  run: "立即检查",
  examined: "上次检查",
  never: "尚未检查",
  level: { ok: "正常", warning: "需留意", broken: "异常", unknown: "未检查" },
  open: "去设置",
  since: "自",
  unused: "尚未启用",
  unusedText: "未启用的渠道不做检查。",
};
