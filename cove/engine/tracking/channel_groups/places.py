"""Which sites, apps and platforms are what kind of place. Kinds: search, social, video, shopping, wechat, wecom, ai, email, audio."""

from __future__ import annotations


def _table(**names: str) -> dict[str, str]:
    return {name: kind for kind, listed in names.items() for name in listed.split()}


HOSTS = _table(
    search="""
        baidu.com so.com 360.cn so.360.com sogou.com sm.cn quark.cn so.toutiao.com bing.com chinaso.com youdao.com
        duckduckgo.com ecosia.org naver.com search.brave.com startpage.com qwant.com ask.com
        com.google.android.googlequicksearchbox com.baidu.searchbox
    """,
    ai="""
        yiyan.baidu.com ernie.baidu.com wenxin.baidu.com chat.baidu.com deepseek.com moonshot.cn kimi.com kimi.ai doubao.com
        tongyi.com tongyi.aliyun.com qianwen.com yuanbao.tencent.com metaso.cn chatglm.cn hailuoai.com minimaxi.com
        chatgpt.com openai.com perplexity.ai claude.ai gemini.google.com copilot.microsoft.com grok.com
    """,
    wechat="weixin.qq.com wx.qq.com mp.weixin.qq.com servicewechat.com com.tencent.mm",
    wecom="work.weixin.qq.com wx.work.weixin.qq.com com.tencent.wework",
    social="""
        weibo.com weibo.cn t.cn zhihu.com xiaohongshu.com xhslink.com douban.com qzone.qq.com toutiao.com tieba.baidu.com
        v2ex.com csdn.net juejin.cn jianshu.com segmentfault.com oschina.net maimai.cn linkedin.com lnkd.in facebook.com
        fb.com instagram.com twitter.com x.com t.co reddit.com pinterest.com threads.net quora.com discord.com telegram.org
        t.me web.telegram.org vk.com snapchat.com line.me whatsapp.com tumblr.com news.ycombinator.com mastodon.social
        bsky.app producthunt.com dingtalk.com feishu.cn
    """,
    video="""
        douyin.com iesdouyin.com v.douyin.com kuaishou.com chenzhongtech.com gifshow.com bilibili.com b23.tv
        channels.weixin.qq.com ixigua.com youku.com iqiyi.com v.qq.com youtube.com youtu.be tiktok.com vimeo.com twitch.tv
    """,
    shopping="""
        taobao.com tmall.com tb.cn jd.com 3.cn 1688.com alibaba.com aliexpress.com pinduoduo.com yangkeduo.com suning.com
        vip.com meituan.com dianping.com youzan.com etsy.com walmart.com shopee.com lazada.com temu.com
    """,
    email="""
        mail.qq.com exmail.qq.com mail.163.com mail.126.com qiye.163.com mail.sina.com.cn mail.aliyun.com mail.google.com
        mail.yahoo.com outlook.live.com outlook.office.com outlook.office365.com com.google.android.gm
    """,
    audio="ximalaya.com music.163.com y.qq.com lizhi.fm qingting.fm xiaoyuzhoufm.com spotify.com soundcloud.com",
)
"""By host or the domain above it. Addresses that only pass on (``link.zhihu.com``, ``so.com/link``) belong to their owner."""

BRANDS = _table(search="google yahoo yandex", shopping="amazon ebay")
"""Those with a domain in every country, by the first word of the domain they registered."""

SOURCES = _table(
    search="""
        baidu 百度 360 haosou so sogou 搜狗 shenma 神马 sm quark 夸克 bing 必应 google googleads adwords yahoo yandex naver
        duckduckgo toutiaosearch
    """,
    ai="deepseek kimi doubao 豆包 tongyi 通义 yuanbao 元宝 yiyan wenxin 文心 chatgpt openai perplexity claude gemini copilot",
    wechat="""
        wechat weixin 微信 wx mp gzh 公众号 gongzhonghao moments pyq 朋友圈 pengyouquan wechatmoments miniprogram 小程序
        gdt 广点通 tencentads tencent
    """,
    wecom="wecom wework wxwork qywx qiwei 企微 企业微信 workwechat",
    social="""
        weibo 微博 zhihu 知乎 xiaohongshu xhs redbook rednote 小红书 douban 豆瓣 qzone qq toutiao 头条 今日头条 tieba 贴吧 v2ex csdn
        juejin 掘金 jianshu maimai 脉脉 linkedin facebook fb instagram ig twitter x reddit pinterest threads quora telegram
        whatsapp line dingtalk 钉钉 feishu 飞书 social
    """,
    video="""
        douyin 抖音 kuaishou 快手 bilibili b站 bili channels 视频号 shipinhao xigua ixigua youku iqiyi oceanengine 巨量引擎 巨量
        juliang qianchuan 千川 youtube tiktok vimeo
    """,
    shopping="taobao 淘宝 tmall 天猫 jd 京东 1688 pinduoduo pdd 拼多多 youzan 有赞 meituan 美团 dianping amazon ebay shopee",
    email="email mail edm newsletter mailchimp",
    audio="ximalaya 喜马拉雅 xiaoyuzhou 小宇宙 spotify podcast",
)
"""By the whole of utm_source, or by one word of it (``baidu_sem``, ``wechat-moments``)."""

CLICK_IDS = {
    "gclid": "search",
    "gbraid": "search",
    "wbraid": "search",
    "msclkid": "search",
    "bd_vid": "search",
    "qhclickid": "search",
    "sg_vid": "search",
    "gdt_vid": "social",
    "qz_gdt": "social",
    "clickid": "video",
    "ttclid": "video",
    "twclid": "social",
    "li_fat_id": "social",
}
"""What an advertiser's platform adds to the landing address of an advert that was paid for. ``fbclid`` is on unpaid links as well."""

AGENTS = (
    ("wxwork/", "wecom"),
    ("micromessenger", "wechat"),
    ("aweme", "video"),
    ("kwai", "video"),
    ("bilibili", "video"),
    ("bilidroid", "video"),
    ("weibo", "social"),
    ("xhsdiscover", "social"),
    ("xiaohongshu", "social"),
    ("zhihuhybrid", "social"),
    ("newsarticle", "social"),
    ("dingtalk", "social"),
    ("lark/", "social"),
    ("qzone", "social"),
    (" qq/", "social"),
    ("aliapp(tb", "shopping"),
    ("aliapp(tm", "shopping"),
    ("jdapp", "shopping"),
    ("pinduoduo", "shopping"),
    ("baiduboxapp", "search"),
    ("fban/", "social"),
    ("instagram", "social"),
)
"""Browsers inside apps, which send no referrer, by a piece of their user agent in lower case; the first that fits wins."""
