export const zhCN = {
  menu: "工作台",
  hello: "{{name}}，您好",
  tile: { total: "客户总数", today: "今日新增", scans: "近 7 天扫码", lost: "今日流失", jobs: "进行中的任务", failures: "搁置的动态" },
  activity: { title: "近 7 天扫码", scans: "扫码", unit: "次", day: "日期" },
  newest: { title: "最新客户", all: "全部客户", empty: "还没有客户", emptyText: "有人扫码添加员工后，会第一时间出现在这里。" },
  first: {
    title: "三步迎来第一位客户",
    done: "已完成",
    wecom: "连接企业微信",
    wecomText: "填写企业 ID 与应用密钥，检查连接。",
    code: "新建渠道活码",
    codeText: "选好员工、标签与欢迎语，得到二维码。",
    scan: "扫一扫",
    scanText: "用手机扫码添加员工，看客户出现在列表里。",
  },
};
