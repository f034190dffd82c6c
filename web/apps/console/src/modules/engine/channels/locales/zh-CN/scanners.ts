/** Who came by a code of an official account. */
export const scanners = {
  open: "扫码的人",
  title: "「{{name}}」扫码的人",
  who: "姓名",
  followed: "由此关注",
  yes: "是",
  times: "关注后扫码次数",
  last: "最近一次",
  nobody: "还没有人扫码；扫码后几秒内出现在这里",
  hidden: "无权查看",
};
