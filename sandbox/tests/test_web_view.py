import base64
import gzip

import pytest

from sandbox.browser.rewriting import relax_policy, with_bridge
from sandbox.tests.running import Sandbox
from sandbox.tests.site import Page
from tests.ports import free_port

OWN = "http://p1.sandbox.localhost:8100"
SITE = "http://127.0.0.1:9000"
NAVIGATION = {"accept": "text/html,*/*"}


class View:
    """A phone's web view without a browser around it."""

    def __init__(self, box: Sandbox, person: int = 1) -> None:
        self.box, self.person = box, person
        self.host = f"p{person}.sandbox.localhost:{box.settings.port}"
        self.origin = f"http://{self.host}"

    def open(self, url: str):
        found = self.box.api("POST", f"/persons/{self.person}/scan", {"url": url})
        assert found["kind"] == "web"
        return self.get(found["src"].removeprefix(self.origin))

    def get(self, path: str, method: str = "GET", headers=NAVIGATION, **more):
        return self.box.http.request(method, path, headers={"host": self.host, **headers}, **more)


@pytest.fixture
def view(box) -> View:
    return View(box)


def test_a_page_comes_with_wechats_script(site, view):
    policy = "default-src 'self'; frame-ancestors 'none'"
    site.pages["/a"] = Page(
        f'<!doctype html><head><title>x</title></head><a href="{site.url}/b">b</a> {site.url}/text',
        headers=[("X-Frame-Options", "DENY"), ("Content-Security-Policy", policy), ("Strict-Transport-Security", "x")],
    )
    page = view.open(f"{site.url}/a?q=1#end")
    assert page.text == (
        '<!doctype html><head><script src="/__wechat__/bridge.js" nonce="'
        + page.text.split('nonce="')[1].split('"')[0]
        + f'"></script><title>x</title></head><a href="{view.origin}/b">b</a> {site.url}/text'
    )
    assert "x-frame-options" not in page.headers
    assert "strict-transport-security" not in page.headers
    expected = f"default-src 'self'; script-src 'self' {view.origin}/__wechat__/bridge.js"
    assert page.headers["content-security-policy"] == expected
    asked = site.last("/a")
    assert asked.path == "/a?q=1"
    assert "MicroMessenger" in asked.headers["user-agent"]
    assert "x-forwarded-for" not in asked.headers
    assert "MicroMessenger" in view.get("/__wechat__/bridge.js").text


def test_cookies_and_forms_pass_through(site, view):
    site.pages["/login"] = Page(
        "in", headers=[("Set-Cookie", "a=1; Domain=127.0.0.1; Path=/; SameSite=Lax"), ("Set-Cookie", "b=2; HttpOnly")]
    )
    answer = view.open(f"{site.url}/login")
    assert answer.headers.get_list("set-cookie") == ["a=1; Path=/; SameSite=Lax", "b=2; HttpOnly"]
    headers = {"cookie": "a=1", "origin": view.origin, "referer": f"{view.origin}/x", "sec-fetch-dest": "document"}
    view.get("/login", "POST", headers, content=b"x=1")
    asked = site.last("/login")
    assert (asked.method, asked.body, asked.headers["cookie"]) == ("POST", b"x=1", "a=1")
    assert (asked.headers["origin"], asked.headers["referer"]) == (site.url, f"{site.url}/x")
    view.get("/login", headers={"referer": f"{view.box.url}/"})
    assert "referer" not in site.last("/login").headers


def test_the_sandbox_itself_keeps_no_cookies(site, box):
    site.pages["/"] = Page("x", headers=[("Set-Cookie", "a=1")])
    View(box, 1).open(f"{site.url}/")
    View(box, 2).open(f"{site.url}/")
    assert "cookie" not in site.last("/").headers


def test_redirects_inside_the_site(site, view):
    site.pages["/go"] = Page(status=302, headers=[("Location", f"{site.url}/b?x=1"), ("Set-Cookie", "v=1; Domain=x")])
    site.pages["/near"] = Page(status=301, headers=[("Location", "b")])
    answer = view.open(f"{site.url}/go")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{view.origin}/b?x=1")
    assert answer.headers.get_list("set-cookie") == ["v=1"]
    assert view.get("/near").headers["location"] == f"{view.origin}/b"


def test_redirects_to_another_site_move_the_view(site, view):
    port = free_port()
    site.pages["/go"] = Page(status=302, headers=[("Location", f"http://localhost:{port}/b")])
    assert view.open(f"{site.url}/go").headers["location"] == f"{view.origin}/b"
    assert view.get("/b").status_code == 502
    view.open(f"{site.url}/go")
    view.box.api("POST", "/persons/1/scan", {"url": f"{site.url}/go"})
    part = view.get("/go", headers={"sec-fetch-dest": "image"})
    assert part.headers["location"] == f"http://localhost:{port}/b"


def test_other_machines_are_not_reached(site, view):
    site.pages["/go"] = Page(status=302, headers=[("Location", "http://example.com/")])
    answer = view.open(f"{site.url}/go")
    assert answer.status_code == 403
    assert "沙箱里的手机只能打开本机上的网页" in answer.text
    for url in ("http://example.com/", "http://127.0.0.1.example.com/", "http://10.0.0.1/", "http://x@example.com/"):
        assert view.box.refused("POST", "/persons/1/scan", {"url": url}) == (422, "not_local")


def test_pictures_and_files(site, view):
    site.pages["/p.png"] = Page(b"\x89PNG", kind="image/png")
    site.pages["/z.js"] = Page(gzip.compress(b"ok"), kind="text/javascript", headers=[("Content-Encoding", "gzip")])
    alone = view.open(f"{site.url}/p.png?v=2")
    assert '<img src="/p.png?v=2"' in alone.text
    part = view.get("/p.png", headers={"sec-fetch-dest": "image"})
    assert (part.content, part.headers["content-type"]) == (b"\x89PNG", "image/png")
    assert view.get("/z.js", headers={}).text == "ok"


def test_a_redirect_to_the_platforms_picture(site, view):
    qr_code = view.box.way("WangFang")["qr_code"]
    site.pages["/go"] = Page(status=302, headers=[("Location", qr_code)])
    moved = view.open(f"{site.url}/go").headers["location"].removeprefix(view.origin)
    assert f'<img src="{moved}"' in view.get(moved).text
    found = view.box.api("POST", "/persons/1/scan", {"picture_url": view.origin + moved})
    assert found["kind"] == "contact"


def test_friend_links_open_the_card(site, view):
    picture = view.box.way("WangFang")["qr_code"]
    link = picture.replace("/wwpic/", "/ca/").removesuffix(".png")
    site.pages["/go"] = Page(status=302, headers=[("Location", link)])
    answer = view.open(f"{site.url}/go")
    assert answer.status_code == 200
    assert link in answer.text
    assert "请使用微信扫一扫" in view.box.http.get(link).text
    found = view.box.api("POST", "/persons/1/scan", {"url": link})
    assert (found["kind"], found["member"]["name"]) == ("contact", "王芳")


def test_which_pictures_can_be_read(site, view):
    qr_code = view.box.way("WangFang")["qr_code"]
    png = view.box.http.get(qr_code).content
    site.pages["/copy.png"] = Page(png, kind="image/png")
    site.pages["/other.png"] = Page(b"\x89PNG", kind="image/png")
    site.pages["/"] = Page("x")
    view.open(f"{site.url}/")

    def kind(url: str) -> str:
        return view.box.api("POST", "/persons/1/scan", {"picture_url": url})["kind"]

    assert kind(qr_code) == "contact"
    assert kind(f"{view.origin}/copy.png") == "contact"
    assert kind(f"{site.url}/copy.png") == "contact"
    assert kind("data:image/png;base64," + base64.b64encode(png).decode()) == "contact"
    assert kind("data:image/png;base64,%%%") == "nothing"
    assert kind(f"{site.url}/other.png") == "nothing"
    assert kind(f"http://127.0.0.1:{free_port()}/x.png") == "nothing"
    assert kind("http://example.com/x.png") == "nothing"
    assert view.box.api("POST", "/persons/1/scan", {"url": "just words"})["kind"] == "text"


def test_a_blank_view_and_no_phone(box, view):
    assert "还没有打开网页" in view.get("/").text
    assert View(box, 99).get("/").status_code == 404
    assert view.get("/", headers={"accept-language": "en", "cookie": "lang=en"}).text.count("No page has been opened")


def test_made_up_addresses(tmp_path, site):
    box = Sandbox(tmp_path / "data", made_up_addresses=True)
    try:
        site.pages["/"] = Page("x")
        View(box, 2).open(f"{site.url}/")
        assert site.last("/").headers["x-forwarded-for"] == "203.0.113.3"
    finally:
        box.close()


def test_pages_that_are_too_large(site, view):
    site.pages["/big"] = Page("x" * (5 * 1024 * 1024 + 1))
    assert "内容过大" in view.open(f"{site.url}/big").text


@pytest.mark.parametrize(
    ("policy", "relaxed"),
    [
        ("frame-ancestors 'none'", ""),
        ("script-src 'self' 'unsafe-inline'", f"script-src 'self' 'unsafe-inline' {OWN}/__wechat__/bridge.js"),
        ("script-src 'nonce-a'", "script-src 'nonce-a' 'nonce-N'"),
        ("script-src 'none'", f"script-src {OWN}/__wechat__/bridge.js"),
        (f"img-src {SITE} *; upgrade-insecure-requests", f"img-src {OWN} *"),
        ("default-src 'none'", f"default-src 'none'; script-src {OWN}/__wechat__/bridge.js"),
    ],
)
def test_policies(policy, relaxed):
    assert relax_policy(policy, SITE, OWN, "N") == relaxed


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<html><HEAD lang=x><p>", "<html><HEAD lang=x>"),
        ("<!doctype html><html><p>", "<!doctype html><html>"),
        ("<p>", ""),
        ("", ""),
    ],
)
def test_where_the_script_goes(html, before):
    assert with_bridge(html) == before + '<script src="/__wechat__/bridge.js"></script>' + html.removeprefix(before)
