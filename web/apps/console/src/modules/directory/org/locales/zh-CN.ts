export const zhCN = {
  signIn: {
    title: "登录",
    lead: "每一次往来，都有回响",
    email: "邮箱",
    emailNeeded: "请填写邮箱",
    password: "密码",
    passwordNeeded: "请填写密码",
    submit: "登录",
  },
  picker: {
    member: "选择员工",
    nobody: "没有找到员工",
    searching: "正在查找…",
    noWecom: "未绑定企业微信",
  },
};
