from cove.kernel.operations import module_label, operation

module_label("ads", "广告线索", "Advertising leads")

SEE_ADS = operation("ads.see", "查看广告线索", "See advertising leads")
CONFIGURE = operation("ads.configure", "配置广告平台", "Configure advertising platforms", implies=(SEE_ADS,))
REPORT = operation("ads.report", "回传线索转化", "Report conversions of leads", implies=(SEE_ADS,))
CALL = operation("ads.call", "调用广告平台", "Act on advertising platforms", grantable=False)
TAKE_OVER = operation("ads.take_over", "接收广告线索", "Take over leads", grantable=False)
