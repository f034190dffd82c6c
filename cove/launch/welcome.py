"""What stands on the terminal when the demo may be used."""

from cove.launch.env import Environment

DEMO_SLUG = "yunxiu"
DEMO_EMAIL = "demo@cove.example"
DEMO_PASSWORD = "harbour-light-42"  # noqa: S105 - printed on the terminal, for a machine's own demo


def demo_welcome(environment: Environment) -> list[str]:
    """Give the lines with addresses and login, in both languages."""
    host = "127.0.0.1" if environment.host == "0.0.0.0" else environment.host  # noqa: S104 - compared
    sandbox = f"http://{host}:{environment.sandbox_port}"
    return [
        "",
        "Cove 已就绪，可以使用了。 Cove is ready.",
        "",
        f"  控制台 Console    {environment.public_url}",
        f"  登录   Sign in    {DEMO_EMAIL}  /  {DEMO_PASSWORD}",
        f"  沙箱   Sandbox    {sandbox}   (外部平台与访客手机 · platforms and phones)",
        f"  数据   Data       {environment.data}   (删除即清空 · remove it to begin anew)",
        "",
        "  Ctrl-C 停止 · stops everything",
        "",
    ]


def serve_welcome(environment: Environment) -> list[str]:
    """Give the lines of production."""
    return [f"Cove 已就绪 · Cove is ready: {environment.public_url}"]
