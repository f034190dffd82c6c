"""What people and firms are called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cove.launch.demo.life import site
from cove.launch.demo.life.plan import Dice, Plan, Urn

_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song "
    "郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang "
    "蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan "
    "廖liao 邹zou 熊xiong 金jin 陆lu 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan"
)
SURNAMES = re.findall(r"(\S)([a-z]+)", _SURNAMES)
_MEN = "伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林亮欢楠东峰泽航睿诚嘉文远哲立恒思源启铭志国建学承景川岳衡锐"
_WOMEN = (
    "芳娜敏静秀丽艳娟霞玲桂英洁莹燕红慧琳萍梅雪琴倩雅岚蕾婷欣怡佳颖悦晴彤瑶涵萱诗语嘉思云舒宁妍蓉菲若清可沐禾知意念安棠"
)
_NICKS = (
    "小鱼", "阿泽", "半夏", "南风", "大橙子", "木木", "一粒米", "老徐", "山间", "晚星", "豆豆妈", "三石", "青禾", "不加糖", "远山", "阿May", "小满",
    "北方以北", "橘猫", "七月", "柚子茶", "拾光", "木棉", "晨曦", "海盐", "雨停了", "向阳", "知秋", "白开水", "光影之间",
)  # fmt: skip
_ENGLISH = (
    "Amy", "Kevin", "Grace", "Jason", "Vivian", "Tony", "Cindy", "Leo", "Echo", "Eric", "Joyce", "Ray", "Iris", "Alan",
    "Nina", "Simon", "Coco", "Frank", "Sunny", "Victor", "Lily", "Mark",
)  # fmt: skip
_CITIES = (
    "深圳", "广州", "佛山", "东莞", "杭州", "宁波", "苏州", "南京", "上海", "成都", "重庆", "武汉", "长沙", "厦门", "福州", "合肥", "西安", "郑州",
    "青岛", "济南", "无锡", "常州", "嘉兴", "绍兴", "珠海", "中山", "惠州", "南昌", "昆明", "贵阳",
)  # fmt: skip
_FIRST = "山和云光森木禾朴元初合南北尚致知隐简墨栖澜景屿观素间言若诺恒拓筑原境逸清远易晟泓博瑞嘉锦华兴"
_SECOND = "岚光间序作物白舍言行里谷屿方石川合木野居然度界所造象外宇成源达泰宸信"
_KINDS = (
    (26, "studio", ("设计事务所", "空间设计有限公司", "室内设计工作室", "建筑装饰设计有限公司")),
    (30, "dealer", ("家居经营部", "家居有限公司", "全屋定制馆", "建材有限公司", "整装生活馆")),
    (18, "builder", ("装饰工程有限公司", "装修工程有限公司", "建设工程有限公司", "整装科技有限公司")),
    (12, "developer", ("置业有限公司", "房地产开发有限公司", "城市更新有限公司")),
    (14, "hotel", ("酒店管理有限公司", "公寓管理有限公司", "民宿文化有限公司")),
)
_SORTS = Urn((one[1:], one[0]) for one in _KINDS)
POSITIONS = {
    "studio": ("主案设计师", "设计总监", "深化设计师", "合伙人", "软装设计师", "设计助理"),
    "dealer": ("店长", "总经理", "导购", "采购", "家居顾问", "运营负责人"),
    "builder": ("项目经理", "采购经理", "工程部经理", "总经理", "预算员"),
    "developer": ("精装工程师", "采购主管", "设计管理经理", "成本经理"),
    "hotel": ("筹建经理", "采购经理", "运营总监", "业主代表"),
}
_PREFIXES = ("133", "135", "136", "137", "138", "139", "150", "151", "158", "159", "177", "180", "186", "188", "189")


@dataclass(frozen=True, slots=True)
class Firm:
    """A customer of the demo company. `plan` is what it pays for of the product."""

    number: int
    key: str
    name: str
    short: str
    city: str
    kind: str
    seats: int
    plan: str


@dataclass(frozen=True, slots=True)
class Someone:
    """Who somebody is, and what he calls himself on WeChat."""

    name: str
    nick: str
    gender: int
    phone: str
    email: str
    position: str


def firm(plan: Plan, number: int) -> Firm:
    """Return a firm of the plan by its number."""
    dice = plan.dice("firm", number)
    short = dice.choice(_FIRST) + dice.choice(_SECOND)
    city, (kind, endings) = dice.choice(_CITIES), dice.draw(_SORTS)
    seats = dice.choice((3, 5, 5, 8, 10, 20, 50))
    return Firm(
        number,
        f"{kind}-{plan.name('firm', number)[:10]}",
        city + short + dice.choice(endings),
        short,
        city,
        kind,
        seats,
        dice.draw(site.PLANS),
    )


def someone(plan: Plan, number: int, of: Firm, dice: Dice) -> Someone:
    """Return who the contact of this number is, of a firm."""
    gender = dice.choice((1, 2))
    surname, spelt = SURNAMES[min(int(dice.expovariate(1 / 22)), len(SURNAMES) - 1)]
    given = _MEN if gender == 1 else _WOMEN
    name = surname + "".join(dice.sample(given, k=2 if dice.random() < 0.8 else 1))
    # Numbers of the plan are different numbers of telephones.
    phone = _PREFIXES[number % len(_PREFIXES)] + f"{(number * 48_271 + int(plan.name('phones')[:8], 16)) % 10**8:08d}"
    email = f"{spelt}{plan.name('mail', number)[:6]}@{of.kind}{of.number}.example"
    return Someone(name, _nick(name, of, gender, dice), gender, phone, email, dice.choice(POSITIONS[of.kind]))


def _nick(name: str, of: Firm, gender: int, dice: Dice) -> str:
    fell = dice.random()
    if fell < 0.56:
        return name
    if fell < 0.74:
        return f"{of.short}{dice.choice(('-', '｜', '·', ' '))}{name[0]}{dice.choice(('工', '总', '经理', '设计'))}"
    if fell < 0.87:
        return f"{dice.choice(_ENGLISH)} {name[0]}"
    return dice.choice(_NICKS) + (dice.choice(("", "", "～", "_", "在装修", "同学")) if gender else "")
