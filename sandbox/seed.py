"""The company that is there at the first start. Its ids never change, so that others can rely on them."""

from sandbox.people.persons import create_person
from sandbox.wechat.accounts import create_account
from sandbox.world import World

CORP_ID = "ww5a1d0c7be29f4e63"
APP_AGENT_ID = 1000002
APP_SECRET = "Xq3mVt8LrYw0ZkPd5uHcNsJ7aFgBe2TiKo9RvMx4SyE"  # noqa: S105 (a stand-in's own)
DIRECTORY_AGENT_ID = 1000001
DIRECTORY_SECRET = "Dk7nWp2RzQe9XbTf4vLgYh6sMaJc1UoIr8SyKx3HtPw"  # noqa: S105 (a stand-in's own)

# kind, form, name, introduction, AppID, original id, AppSecret
ACCOUNTS = (
    (
        "official",
        "service",
        "云岫家居",
        "好好设计你的家。新品、活动与到店预约。",
        "wx8c4e1f0a7d2b9356",
        "gh_5a1d0c7be29f",
        "b7e2c94f18d05a36e1f7c2804bd9a653",
    ),
    (
        "mini",
        "service",
        "云岫会员",
        "会员积分、到店礼与预约。",
        "wx3f9d27b61c8e04a5",
        "gh_82c6f4e91b3d",
        "4d90f1c7a2e85b36d7048ce19fb362a5",
    ),
)

# provider, key id, secret, application
SMS_ACCOUNTS = (
    ("aliyun", "LTAI5tYunxiuSandbox0001", "mGh2PqW8sVbXk4RnTy6JcLd0FzEa3U", ""),
    ("tencent", "AKIDYunxiuSandbox00000000000000000001", "Zt5KpQ9wVx2LmNs8RbYc4GdHf7JkTa1E", "1400009099"),
)
# key id, code, name, content, purpose (0 code, 1 notice, 2 marketing), approval (0 waits, 1 approved, 2 refused), why refused
SMS_TEMPLATES: tuple[tuple[str, str, str, str, int, int, str], ...] = (
    (
        SMS_ACCOUNTS[0][1],
        "SMS_460001",
        "到店预约提醒",
        "${name}您好，您预约的${time}到店体验已确认，期待与您见面。",
        1,
        1,
        "",
    ),
    (
        SMS_ACCOUNTS[0][1],
        "SMS_460002",
        "秋季新品",
        "${name}您好，云岫家居秋季新品已上架，全屋定制满两万减三千。拒收请回复R",
        2,
        1,
        "",
    ),
    (SMS_ACCOUNTS[0][1], "SMS_460003", "会员日", "会员日全场八折，仅限今日！", 2, 2, "营销内容需包含退订方式"),
    (
        SMS_ACCOUNTS[0][1],
        "SMS_460004",
        "送货通知",
        "${name}您好，您的订单${order}将于${day}送达，请保持电话畅通。",
        1,
        0,
        "",
    ),
    (SMS_ACCOUNTS[1][1], "2060001", "到店预约提醒", "{1}您好，您预约的{2}到店体验已确认，期待与您见面。", 1, 1, ""),
    (
        SMS_ACCOUNTS[1][1],
        "2060002",
        "秋季新品",
        "{1}您好，云岫家居秋季新品已上架，全屋定制满两万减三千。拒收请回复R",
        2,
        1,
        "",
    ),
)

# id, name, English name, parent, order
DEPARTMENTS = (
    (1, "云岫家居", "Yunxiu Home", 0, 100000000),
    (2, "市场部", "Marketing", 1, 100000000),
    (3, "销售部", "Sales", 1, 99999000),
    (4, "客户成功部", "Customer Success", 1, 99998000),
    (5, "华东销售组", "Sales East", 3, 100000000),
    (6, "华南销售组", "Sales South", 3, 99999000),
)
# userid, name, title, gender, mobile, departments, leads, status, serves customers
MEMBERS: tuple[tuple[object, ...], ...] = (
    ("ChenYuqing", "陈雨晴", "总经理", 2, "13900010001", [1], [1], 1, 1),
    ("LinZhiyuan", "林志远", "市场经理", 1, "13900010002", [2], [2], 1, 1),
    ("SuMan", "苏曼", "内容运营", 2, "13900010003", [2], [], 1, 1),
    ("ZhangWei", "张伟", "销售总监", 1, "13900010004", [3], [3], 1, 1),
    ("WangFang", "王芳", "高级顾问", 2, "13900010005", [5], [5], 1, 1),
    ("LiMingxuan", "李明轩", "家居顾问", 1, "13900010006", [5], [], 1, 1),
    ("HuangJiayi", "黄嘉怡", "家居顾问", 2, "13900010007", [6], [6], 1, 1),
    ("ZhaoLei", "赵磊", "客户成功经理", 1, "13900010008", [4], [4], 1, 1),
    ("QianDuo", "钱多", "实习生", 1, "13900010009", [6], [], 4, 1),
    ("SunLi", "孙丽", "财务", 2, "13900010010", [1], [], 1, 0),
)


def seed(world: World) -> None:
    """Fill an empty sandbox with the company, two visitors and a member's phone; does nothing when there is a corp already."""
    seed_clouds(world)
    seed_accounts(world)
    if world.storage.value("SELECT count(*) FROM corps"):
        return
    with world.storage.transaction():
        create_corp(world, CORP_ID, "云岫家居", "杭州云岫家居有限公司")
        create_app(world, CORP_ID, DIRECTORY_AGENT_ID, "通讯录同步", DIRECTORY_SECRET, kind="directory")
        create_app(world, CORP_ID, APP_AGENT_ID, "客户增长", APP_SECRET)
        for key, name, name_en, parent, order in DEPARTMENTS:
            create_department(
                world,
                CORP_ID,
                {"id": key, "name": name, "name_en": name_en, "parent_id": parent, "position": order},
            )
        for row in MEMBERS:
            names = (
                "userid",
                "name",
                "title",
                "gender",
                "mobile",
                "departments",
                "leads",
                "status",
                "serves_customers",
            )
            create_member(world, CORP_ID, dict(zip(names, row, strict=True)))
        create_person(world, "林晓雨", 2)
        create_person(world, "周子墨", 1)
        world.storage.insert("staff_phones", corp_id=CORP_ID, userid="WangFang", shown=1)


def seed_accounts(world: World) -> None:
    """Make the company's official account and mini-program; does nothing when there is an account already."""
    if world.storage.value("SELECT count(*) FROM wx_apps"):
        return
    with world.storage.transaction():
        for kind, form, name, introduction, app_id, original_id, secret in ACCOUNTS:
            create_account(world, kind=kind, name=name, app_id=app_id, original_id=original_id, secret=secret)
            world.storage.insert("wx_profiles", app_id=app_id, form=form, introduction=introduction)


def seed_clouds(world: World) -> None:
    """Make an account at each provider of text messages, with what it had approved; does nothing when there is one."""
    if world.storage.value("SELECT count(*) FROM sms_accounts"):
        return
    with world.storage.transaction():
        for provider, key_id, secret, app_id in SMS_ACCOUNTS:
            world.storage.insert(
                "sms_accounts", key_id=key_id, provider=provider, secret=secret, app_id=app_id, balance=10_000
            )
            world.storage.insert("sms_signatures", key_id=key_id, name="云岫家居")
        for key_id, code, name, content, purpose, approval, reason in SMS_TEMPLATES:
            world.storage.insert(
                "sms_templates",
                key_id=key_id,
                code=code,
                name=name,
                content=content,
                purpose=purpose,
                approval=approval,
                reason=reason,
                created_at=world.now(),
            )


def create_corp(world: World, corp_id: str, name: str, full_name: str) -> None:
    """Make a company."""
    world.storage.insert("corps", corp_id=corp_id, name=name, full_name=full_name, created_at=world.now())


def create_app(world: World, corp_id: str, agent_id: int, name: str, secret: str, kind: str = "app") -> None:
    """Make an application of a company; kind `app`, or `directory` for the directory secret."""
    world.storage.insert("apps", corp_id=corp_id, agent_id=agent_id, kind=kind, name=name, secret=secret)


def create_department(world: World, corp_id: str, columns: dict[str, object]) -> None:
    """Make a department."""
    world.storage.insert("departments", corp_id=corp_id, **columns)


def create_member(world: World, corp_id: str, columns: dict[str, object]) -> None:
    """Make a member."""
    world.storage.insert("members", corp_id=corp_id, **columns)
