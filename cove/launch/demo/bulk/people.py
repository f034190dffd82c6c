"""One contact's life as the rows and facts that the doors leave of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cove.facts.live_codes import CodeBroughtFriend, CodeLostFriend
from cove.facts.messages import MessageReceived, MessageSent
from cove.facts.people import ContactAdmitted, ContactChanged, ContactTagged, VisitorJoined
from cove.facts.wecom import CallbackAccepted, FriendAdded, FriendRemoved
from cove.kernel.ids import visitor_id
from cove.launch.demo.bulk.ground import Ground, LaidCode
from cove.launch.demo.bulk.scribe import Chain, Scribe, links_text
from cove.launch.demo.life.lives import Doing, Life, Sent
from cove.launch.demo.life.plan import CHINA
from cove.launch.demo.past.clerk import last_seen

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "people_contact": (
        *("id", "tenant_id", "name", "avatar_url", "gender", "company_name", "position", "phone", "email"),
        *("source", "source_detail", "source_ref", "owner_count", "created_at", "last_seen_at"),
    ),
    "people_identity": ("tenant_id", "contact_id", "kind", "value", "created_at"),
    "people_visitor": ("tenant_id", "contact_id", "visitor_id", "how", "joined_at"),
    "people_ownership": ("tenant_id", "contact_id", "member_id", "since", "until", "held", "way", "remark"),
    "people_contact_tag": ("tenant_id", "contact_id", "tag_id", "source", "member_id", "at"),
    "wecom_relation": (
        *(
            "tenant_id",
            "userid",
            "external_userid",
            "contact_id",
            "member_id",
            "friend",
            "ended_early_by",
            "state",
            "greeted",
            "archive_refused",
        ),
        *("tag_ids", "tags_at", "changed_at"),
    ),
    "live_codes_friendship": (
        *("id", "tenant_id", "code_id", "contact_id", "member_id", "began_at", "began_on", "ended_at", "ended_on"),
    ),
    "automation_act": (
        *(
            "tenant_id",
            "once_key",
            "contact_id",
            "action",
            "params",
            "state",
            "reason",
            "chain",
            "on_behalf",
            "member_id",
            "at",
        ),
    ),
    "wecom_kf_talk": ("tenant_id", "account_id", "external_userid", "contact_id", "heard_at", "answers"),
}
"""The columns that are written, by table, parents before children; numbers that are not among them are the table's own."""
_SEARCH, _SCAN = 2, 1
_CALLBACK = ("wecom.callback_accepted", "engine.channels.wecom.take_callback")
_TAKE_IN = ("wecom.friend_added", "business.live_codes.take_in")
_LOSE = ("wecom.friend_removed", "business.live_codes.lose")
_KNOW = ("tracking.visitor_identified", "directory.people.know_user")

Tables = defaultdict[str, list[Sequence[Any]]]


class Clerk:
    """Writes lives into `tables` and the scribe's lines; `friendships` is the next number of a code's friendship."""

    def __init__(self, ground: Ground, scribe: Scribe, friendships: int) -> None:
        self.ground, self.scribe, self.friendships = ground, scribe, friendships
        self.tables: Tables = defaultdict(list)
        self.settled: list[dict[str, Any]] = []
        self._news: Chain = ()

    @property
    def news(self) -> Chain:
        """The platform's word that there is something new in customer service, once for a piece."""
        if not self._news:
            event = {
                "ToUserName": self.ground.corp_id,
                "FromUserName": "sys",
                "CreateTime": str(int(self.ground.now.timestamp())),
                "MsgType": "event",
                "Event": "kf_msg_or_event",
                "Token": hashlib.sha256(str(self.scribe.first).encode()).hexdigest()[:43],
                "OpenKfId": self.ground.open_kfid,
            }
            fact = CallbackAccepted(channel_id=self.ground.channel_id, event=event)
            self._news = ((self.scribe.tell(fact, self.ground.now), *_CALLBACK),)
        return self._news

    def strangers(self, sent: Sequence[Sent]) -> None:
        """Write what somebody did whom nobody gets to know."""
        for one in sent:
            self.scribe.hear(one)

    def life(self, life: Life, contact_id: int, person_id: int) -> None:
        """Write one contact; `person_id` is his number at the platform, 0 for somebody it does not know."""
        page = _Page(self, life, contact_id, f"{self.ground.pictures}{person_id}.svg" if person_id else "")
        if life.doings:
            page.platform()
        page.behaviour()
        if at := last_seen(life):
            page.seen(at)
        page.profile()


class _Page:
    def __init__(self, clerk: Clerk, life: Life, contact_id: int, picture: str) -> None:
        self.clerk, self.ground, self.scribe, self.life, self.id = clerk, clerk.ground, clerk.scribe, life, contact_id
        self.contact: dict[str, Any] = dict.fromkeys(COLUMNS["people_contact"], "")
        self.contact |= {
            "gender": 0,
            "source_ref": None,
            "owner_count": 0,
            "last_seen_at": datetime(1970, 1, 1, tzinfo=UTC),
        }
        self.picture = picture
        self.heard: Chain = ()

    def row(self, table: str, *values: Any) -> None:
        self.clerk.tables[table].append((self.ground.tenant_id, *values))

    def seen(self, at: datetime) -> None:
        self.contact["last_seen_at"] = max(self.contact["last_seen_at"], at)

    def name(self, kind: str, value: str, at: datetime) -> None:
        self.row("people_identity", self.id, kind, value, at)

    def admit(self, source: str, kind: str, value: str, at: datetime, chain: Chain) -> None:
        self.contact |= {"source": source, "created_at": at}
        self.seen(at)
        self.name(kind, value, at)
        fact = ContactAdmitted(contact_id=self.id, source=source, identity_kind=kind, identity_value=value)
        self.scribe.tell(fact, at, chain)

    def platform(self) -> None:
        """Write friendship and conversations, and who the platform says he is."""
        life, who = self.life, self.life.who
        added = next((one for one in life.doings if one.do == "add"), None)
        if added:
            self.befriend(added, next((one for one in life.doings if one.do == "leave"), None))
        elif life.doings:
            self.heard = self.clerk.news
            self.admit("wecom", "wecom_external", life.external_userid, _second(life.doings[0].at), self.heard)
        self.talk()
        self.contact |= {"name": who.nick, "avatar_url": self.picture, "gender": who.gender}
        self.name("unionid", life.unionid, self.ground.now)
        fields = ["name", "avatar_url", "gender"]
        self.scribe.tell(ContactChanged(contact_id=self.id, source="wecom", fields=fields), self.ground.now, self.heard)

    def befriend(self, added: Doing, left: Doing | None) -> None:
        ground, life, at = self.ground, self.life, _late(added.at)
        code = ground.codes[added.code] if added.code else None
        member_id, member_name = ground.members[added.userid]
        state = code.ways[added.userid] if code else ""
        welcome = hashlib.sha256(f"{life.external_userid}{at}".encode()).hexdigest()[:43]
        heard = self.scribe.tell(self.callback("add_external_contact", added, State=state, WelcomeCode=welcome), at)
        chain: Chain = ((heard, *_CALLBACK),)
        self.heard = chain
        self.admit("wecom", "wecom_external", life.external_userid, at, chain)
        fact = FriendAdded(
            contact_id=self.id,
            member_id=member_id,
            member_name=member_name,
            external_userid=life.external_userid,
            userid=added.userid,
            state=state,
            welcome_code=welcome,
        )
        chain = (*chain, (self.scribe.tell(fact, at, chain), *_TAKE_IN))
        until = _late(left.at) if left else None
        way = _SCAN if code else _SEARCH
        self.row("people_ownership", self.id, member_id, at, until, "t", way, life.remark)
        tags = code.platform_tags if code else []
        self.row(
            "wecom_relation",
            *(added.userid, life.external_userid, self.id, member_id, left is None, "", state, "t", "f"),
            *([] if left else tags, ground.now if tags else None, until or at),
        )
        self.contact["owner_count"] = 0 if left else 1
        if code:
            self.bring(code, added, until, chain)
        if left:
            self.leave(left, code)
        else:
            self.clerk.settled.append(
                {"external_userid": life.external_userid, "userid": added.userid, "state": state, "add_way": way}
                | {"remark": life.remark, "tag_ids": tags, "at": int(added.at.timestamp())}
            )

    def bring(self, code: LaidCode, added: Doing, until: datetime | None, chain: Chain) -> None:
        """Write what a code does for a friend it brought."""
        at, now = _late(added.at), self.ground.now
        member_id, member_name = self.ground.members[added.userid]
        number = self.clerk.friendships
        self.clerk.friendships += 1
        ended_on = _day(until) if until else None
        row = (number, self.ground.tenant_id, code.id, self.id, member_id, at, _day(at), until, ended_on)
        self.clerk.tables["live_codes_friendship"].append(row)
        self.contact |= {"source": "live_code", "source_detail": code.name, "source_ref": code.id}
        brought = CodeBroughtFriend(
            contact_id=self.id,
            member_id=member_id,
            member_name=member_name,
            code_id=code.id,
            code_name=code.name,
            **code.utm,
        )
        self.scribe.tell(brought, at, chain)
        tagged = ContactTagged(contact_id=self.id, source="live_code", tag_ids=code.tag_ids, tag_names=code.tag_names)
        self.scribe.tell(tagged, now, chain)
        for tag_id in code.tag_ids:
            self.row("people_contact_tag", self.id, tag_id, "live_code", None, now)
        links = links_text(chain)
        params = {"add": code.tag_ids, "source": "live_code"}
        key = f"live_codes.friendship:{number}#0"
        self.row(
            "automation_act", key, self.id, "people.tag_contact", params, "done", None, links, code.name, None, now
        )

    def leave(self, left: Doing, code: LaidCode | None) -> None:
        at = _late(left.at)
        member_id, member_name = self.ground.members[left.userid]
        heard = self.scribe.tell(self.callback("del_follow_user", left), at)
        chain: Chain = ((heard, *_CALLBACK),)
        gone = FriendRemoved(contact_id=self.id, member_id=member_id, member_name=member_name, by="customer")
        place = self.scribe.tell(gone, at, chain)
        if code:
            lost = CodeLostFriend(contact_id=self.id, member_id=member_id, code_id=code.id, code_name=code.name)
            self.scribe.tell(lost, at, (*chain, (place, *_LOSE)))

    def callback(self, change: str, doing: Doing, **more: str) -> CallbackAccepted:
        event = {
            "ToUserName": self.ground.corp_id,
            "FromUserName": "sys",
            "CreateTime": str(int(doing.at.timestamp())),
            "MsgType": "event",
            "Event": "change_external_contact",
            "ChangeType": change,
            "UserID": doing.userid,
            "ExternalUserID": self.life.external_userid,
            **{name: value for name, value in more.items() if value},
        }
        return CallbackAccepted(channel_id=self.ground.channel_id, event=event)

    def talk(self) -> None:
        """Write what was said in customer service."""
        heard: datetime | None = None
        for one in self.life.doings:
            at = _second(one.at)
            name = hashlib.sha256(f"{self.id}{one.at}{one.text}".encode()).hexdigest()[:32]
            message: dict[str, Any] = {
                "contact_id": self.id,
                "source": "wecom",
                "channel": "wecom",
                "message_key": name,
            }
            if one.do == "say":
                heard = at
                self.scribe.tell(MessageReceived(**message, text=one.text), at, self.clerk.news)
                self.seen(at)
            elif one.do == "answer":
                member_id = self.ground.members[one.userid][0]
                self.scribe.tell(MessageSent(**message, member_id=member_id, text=one.text), at, self.clerk.news)
        if heard:
            self.row("wecom_kf_talk", self.ground.kf_account, self.life.external_userid, self.id, heard, 0)

    def behaviour(self) -> None:
        """Write what he did on the site and in the product, and what became known when he registered."""
        life = self.life
        for sent in life.sent:
            place = self.scribe.hear(sent)
            if life.user_id and sent.event["type"] != "group":
                self.seen(sent.at)
            if sent.event["type"] == "identify":
                self.register(sent, ((place, *_KNOW),))

    def register(self, sent: Sent, chain: Chain) -> None:
        life, who, at = self.life, self.life.who, sent.at
        told = {"company_name": life.firm.name, "position": who.position, "phone": who.phone, "email": who.email}
        self.contact |= told
        if life.doings:
            self.name("user", life.user_id, self.ground.now)
            self.scribe.tell(ContactChanged(contact_id=self.id, source="web", fields=list(told)), at, chain)
        else:
            self.contact["name"] = who.name
            self.admit("web", "user", life.user_id, at, chain)
        for kind, value in (("phone", who.phone), ("email", who.email)):
            self.name(kind, value, self.ground.now)
        for name in (f"user:{life.user_id}", sent.event["anonymous_id"]):
            number = visitor_id(self.ground.tenant_id, name)
            self.row("people_visitor", self.id, number, "identify", at)
            fact = VisitorJoined(contact_id=self.id, visitor_id=number, source="web", how="identify")
            self.scribe.tell(fact, at, chain)

    def profile(self) -> None:
        """Write the contact himself; somebody of whom nothing ever came to light before the plan's end is none."""
        if self.contact.get("created_at"):
            row = self.contact | {"id": self.id, "tenant_id": self.ground.tenant_id}
            self.clerk.tables["people_contact"].append([row[name] for name in COLUMNS["people_contact"]])


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _late(at: datetime) -> datetime:
    """Return the end of a second: the platform tells whole ones, and what a visitor did in it came before."""
    return _second(at) + timedelta(microseconds=999_999)


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
