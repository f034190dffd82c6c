"""The demo company's website and its product: which pages there are, by which ways people come, what they do there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from cove.launch.demo.life.plan import Dice, Urn

SITE = "https://www.yunxiu-home.example"
CLOUD = "https://cloud.yunxiu-home.example"

# path, title, weight, how many seconds it takes to read
PAGES = (
    ("/", "云岫家居｜全屋定制与工程供应", 9, 25),
    ("/cases", "实景案例", 7, 45),
    ("/cases/qianhai-143", "前海 143㎡ 现代简约", 4, 70),
    ("/cases/xixi-homestay", "西溪民宿 26 间客房整装", 3, 80),
    ("/cases/longtan-talent", "龙潭人才公寓 312 户精装交付", 3, 95),
    ("/cases/taikoo-office", "太古里旁的设计工作室", 2, 60),
    ("/products/wardrobe", "衣柜与衣帽间", 5, 50),
    ("/products/kitchen", "橱柜与岛台", 5, 55),
    ("/products/panel", "护墙板与隐形门", 3, 45),
    ("/materials", "板材与五金", 4, 65),
    ("/materials/colours", "2026 色卡", 4, 50),
    ("/price", "报价计算器", 6, 90),
    ("/project", "工程与精装合作", 4, 75),
    ("/partner", "经销商加盟", 4, 80),
    ("/cloud", "云岫设计云｜设计、报价、拆单一体", 6, 70),
    ("/cloud/pricing", "设计云价格", 4, 60),
    ("/stores", "门店与预约", 3, 30),
    ("/blog/wardrobe", "衣柜怎么设计才够用", 3, 120),
    ("/blog/board-grades", "E0、ENF 到底差在哪", 3, 130),
    ("/blog/hotel-budget", "百间客房的柜体预算怎么做", 2, 140),
    ("/help/quote-template", "如何更换报价单抬头", 2, 60),
)
_PATHS = Urn((page[:2], page[2]) for page in PAGES)
_READING = {path: seconds for path, _, _, seconds in PAGES}
DOWNLOADS = (
    ("2026 产品画册", "/files/catalogue-2026.pdf"),
    ("工程案例集", "/files/projects.pdf"),
    ("板材检测报告", "/files/board-report.pdf"),
    ("经销商政策", "/files/partner-policy.pdf"),
)
FORMS = ("预约量尺", "索取报价", "申请色卡", "加盟咨询")


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes to the site."""

    weight: int
    referrer: str
    utm: dict[str, str]
    click: str = ""
    """The parameter in which an advertiser's platform tells which click it was."""


def _way(
    weight: int, referrer: str, source: str = "", medium: str = "", campaign: str = "", term: str = "", click: str = ""
) -> Way:
    utm = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign, "utm_term": term}
    return Way(weight, referrer, {name: value for name, value in utm.items() if value}, click)


WAYS = (
    _way(20, ""),
    _way(14, "https://www.baidu.com/"),
    _way(13, "https://www.baidu.com/baidu.php", "baidu", "cpc", "brand-2026", "全屋定制", click="bd_vid"),
    _way(9, "https://www.baidu.com/baidu.php", "baidu", "cpc", "project-supply", "公寓柜体", click="bd_vid"),
    _way(9, "https://www.xiaohongshu.com/", "xiaohongshu", "social", "soft-decoration"),
    _way(8, "https://www.douyin.com/", "douyin", "feed", "renovation-season", click="clickid"),
    _way(7, "https://www.zhihu.com/", "zhihu", "content", "wardrobe-guide"),
    _way(7, "https://mp.weixin.qq.com/s/yunxiu", "wechat", "article", "weekly-cases"),
    _way(5, "", "gdt", "feed", "renovation-season", click="gdt_vid"),
    _way(3, "https://www.google.com/", "google", "cpc", "brand-2026", "custom furniture", click="gclid"),
    _way(4, "https://cn.bing.com/"),
    _way(4, "https://www.so.com/", "360", "cpc", "brand-2026"),
    _way(3, "https://www.jiabohui.example/", "jiabohui", "offline", "2026-autumn-expo"),
    _way(2, "https://newsletter.yunxiu-home.example/", "newsletter", "email", "monthly"),
)
NEWSLETTER = WAYS[-1]
"""By a link in a mail."""
_CAME = Urn((way, way.weight) for way in WAYS)
CLICKS = {"bd_vid": "", "clickid": "B.", "gdt_vid": "wx0", "gclid": "Cj0KCQ"}
"""What the ids begin with that platforms give to clicks."""

# What a designer does in the product, with weights; the first is what each sitting begins with.
FEATURES = (
    ("打开方案", 10),
    ("新建方案", 5),
    ("上传户型图", 3),
    ("放置柜体", 8),
    ("渲染效果图", 5),
    ("导出报价单", 4),
    ("生成拆单图", 3),
    ("邀请同事", 1),
    ("分享方案", 3),
    ("预约量房", 1),
)
_USED = Urn(FEATURES)
PLANS = Urn((("试用版", 6), ("标准版", 3), ("专业版", 2), ("企业版", 1)))


def way(dice: Dice) -> Way:
    """Draw how somebody comes."""
    return dice.draw(_CAME)


def walk(dice: Dice, steps: int) -> list[tuple[str, str]]:
    """Draw the pages of a visit (path and title), none twice in a row."""
    found: list[tuple[str, str]] = []
    while len(found) < steps:
        page = dice.draw(_PATHS)
        if not found or page != found[-1]:
            found.append(page)
    return found


def reading_seconds(dice: Dice, path: str) -> int:
    """Draw how long a page is looked at."""
    return max(2, min(1500, int(_READING[path] * dice.lognormvariate(-0.4, 0.9))))


def click_id(way: Way, name: str) -> str:
    """Return what the platform of an advertisement calls the click that `name` (hexadecimal digits) is made into; empty for other ways."""
    return CLICKS[way.click] + name[:20] if way.click else ""


def address(path: str, came: Way | None, click: str = "") -> str:
    """Return the address of a page, with the campaign and the click by which he came."""
    if came is None or not came.utm:
        return SITE + path
    return f"{SITE}{path}{_query(tuple(came.utm.items()))}{f'&{came.click}={click}' if click else ''}"


@lru_cache
def _query(utm: tuple[tuple[str, str], ...]) -> str:
    return f"?{urlencode(utm)}"


def features(dice: Dice) -> list[str]:
    """Draw what is done in a sitting; it begins with opening a design."""
    return [FEATURES[0][0], *[dice.draw(_USED) for _ in range(dice.choice((1, 2, 3, 5, 8)))]]


def feature_properties(dice: Dice, feature: str) -> dict[str, object]:
    """Return what the product tells beside a feature's use."""
    if feature in ("打开方案", "新建方案", "分享方案"):
        return {"project_area": dice.between(48, 320), "rooms": dice.between(2, 9)}
    if feature == "导出报价单":
        return {"amount": 100 * dice.between(180, 4600), "format": dice.choice(("PDF", "XLSX"))}
    if feature == "渲染效果图":
        return {"resolution": dice.choice(("1080P", "2K", "4K")), "seconds": dice.between(35, 480)}
    if feature == "放置柜体":
        return {"cabinets": dice.between(1, 28)}
    return {}
