from cove.kernel.operations import module_label, operation

module_label("wechat", "公众号与小程序", "WeChat accounts")

SEE_ACCOUNTS = operation("wechat.see_accounts", "查看公众号与小程序", "See WeChat accounts")
CONFIGURE = operation("wechat.configure", "配置公众号与小程序", "Configure WeChat accounts", implies=(SEE_ACCOUNTS,))
SYNC = operation("wechat.sync", "同步公众号数据", "Sync from WeChat accounts", implies=(SEE_ACCOUNTS,))
KEEP_REPLIES = operation(
    "wechat.keep_replies",
    "管理公众号回复、菜单、标签与二维码",
    "Keep replies, menus, tags and codes of WeChat accounts",
    implies=(SEE_ACCOUNTS,),
)
SEND = operation(
    "wechat.send_mass",
    "公众号发布、群发与测试发送",
    "Publish, mass and test messages of WeChat accounts",
    implies=(SEE_ACCOUNTS,),
)
CALL = operation("wechat.call", "调用微信", "Act on WeChat", grantable=False)
TAKE_OVER = operation("wechat.take_over", "接收微信数据", "Take over what WeChat tells", grantable=False)
