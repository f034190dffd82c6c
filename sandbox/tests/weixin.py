"""An official account or mini-program in the sandbox, as its owner and as people see it."""

import json
from typing import Any

from sandbox.tests.running import Sandbox

PICTURE = b"\x89PNG\r\n\x1a\n" + b"picture"


class Account:
    """An account with its calls (`call`, `upload`) and what people do with it (`act`)."""

    def __init__(self, box: Sandbox, kind: str = "official", name: str = "云岫家居", **more: str) -> None:
        self.box = box
        made = box.api("POST", "/weixin/apps", {"kind": kind, "name": name} | more)
        self.app_id, self.secret = made["app_id"], made["secret"]

    def _token(self) -> str:
        asked = {"grant_type": "client_credential", "appid": self.app_id, "secret": self.secret}
        return self.box.http.post("/weixin/cgi-bin/stable_token", json=asked).json()["access_token"]

    def call(self, path: str, body: Any) -> dict[str, Any]:
        text = json.dumps(body, ensure_ascii=False).encode()
        answer = self.box.http.post(f"/weixin/{path}", params={"access_token": self._token()}, content=text).json()
        assert not answer.get("errcode"), answer
        return answer

    def upload(self, path: str, kind: str) -> dict[str, Any]:
        query = {"access_token": self._token(), "type": kind}
        files = {"media": ("a.png", PICTURE, "image/png")}
        return self.box.http.post(f"/weixin/cgi-bin/{path}", params=query, files=files).json()

    def act(self, what: str, person: int = 1, **said: Any) -> str:
        return self.box.api("POST", f"/weixin/apps/{self.app_id}/people/{person}/{what}", said)["openid"]

    def code(self, scene: str) -> dict[str, Any]:
        asked = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
        return self.call("cgi-bin/qrcode/create", asked)

    def draft(self, *titles: str) -> str:
        thumb = self.upload("material/add_material", "image")["media_id"]
        shared = {"author": "苏曼", "thumb_media_id": thumb, "content": "<p>一盏灯<script>alert(1)</script></p>"}
        articles = [{"title": one} | shared for one in titles]
        return self.call("cgi-bin/draft/add", {"articles": articles})["media_id"]

    def send(self, openid: str, kind: str, **said: Any) -> None:
        self.call("cgi-bin/message/custom/send", {"touser": openid, "msgtype": kind, kind: said})

    def to_all(self, media_id: str) -> None:
        said = {"filter": {"is_to_all": True}, "msgtype": "mpnews", "mpnews": {"media_id": media_id}}
        self.call("cgi-bin/message/mass/sendall", said)
