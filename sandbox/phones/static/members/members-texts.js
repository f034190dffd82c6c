// The members' phones' texts: Chinese, English.

const TEXTS = {
  scan: ["扫一扫", "Scan"],
  screen: ["电脑上的登录二维码", "Sign-in code on a screen"],
  no_screen: ["附近没有登录二维码", "No sign-in code in sight"],
  workbench: ["工作台", "Workbench"],
  opens: ["在企业微信中打开", "Opens in WeCom"],
  no_home: ["未设置应用主页", "No home page set"],
  sign_in: ["登录「{app}」", "Sign in to “{app}”"],
  confirm: ["确认登录", "Confirm sign-in"],
  refuse: ["取消", "Cancel"],
  close: ["关闭", "Close"],
  back: ["返回", "Back"],
  over: ["二维码已失效，请在电脑上刷新", "The code is no longer good; reload it on the screen"],
  not_active: ["该成员未激活", "This member is not active"],
};

const english = document.documentElement.lang === "en";

export function t(key, values = {}) {
  return (TEXTS[key]?.[english ? 1 : 0] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
