// Texts of the settings of official accounts and mini-programs: Chinese, English.

export const WECHAT_TEXTS = {
  wechat: ["公众号与小程序", "Official accounts and Mini Programs"],
  wechat_hint: ["手机上可以搜索、关注和打开它们。", "Phones can search for them, follow and open them."],
  wechat_none: ["还没有公众号或小程序", "There are no accounts yet"],
  form_service: ["服务号", "Service account"],
  form_subscription: ["订阅号", "Subscription account"],
  form_mini: ["小程序", "Mini Program"],
  app_id: ["AppID", "AppID"],
  app_secret: ["AppSecret", "AppSecret"],
  original_id: ["原始 ID", "Original ID"],
  followers: ["关注人数", "Followers"],
  web_domain: ["网页授权域名", "Domain of pages"],
  introduction: ["简介", "Introduction"],
  mode: ["加解密方式", "Encryption"],
  mode_plain: ["明文模式", "Plain"],
  mode_compatible: ["兼容模式", "Compatible"],
  mode_safe: ["安全模式", "Safe"],
  wechat_page: ["展示与网页", "Profile and pages"],
  kept: ["已保存", "Saved"],
  kind: ["类型", "Type"],
  add_account: ["新建账号", "Add an account"],
};
