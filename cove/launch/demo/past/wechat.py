"""The official account and the mini-program of the past: followed, scanned, written to, its menu used, signed in to, left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from cove.facts.messages import MessageReceived, MessageSent
from cove.facts.wechat import AccountFollowed, AccountUnfollowed, CodeScanned, MenuUsed, MiniProgramOpened
from cove.launch.demo.life.following import BY_CODE
from cove.launch.demo.past.book import Book, Does, Entry

_FOLLOWER = (
    *("tenant_id", "account_id", "openid", "unionid", "contact_id", "following", "followed_at", "changed_at", "scene"),
    *("qr_scene", "remark", "tag_ids", "seen_on", "talk_left", "touch_left", "mass_count"),
)
_FIRST: dict[str, Any] = {
    **dict.fromkeys(("scene", "qr_scene", "remark"), ""),
    **dict.fromkeys(("followed_at", "changed_at", "seen_on")),
    "following": False,
    "tag_ids": [],
    "talk_left": 0,
    "touch_left": 0,
    "mass_count": 0,
}
_COUNT = "UPDATE wechat_code SET scans = scans + %s, follows = follows + %s WHERE id = %s"


class Wechat:
    """Keeps each follower and user, and what they did."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "wechat_follower": _FOLLOWER,
        "people_identity": ("tenant_id", "contact_id", "kind", "value", "created_at"),
        "wechat_scanner": ("tenant_id", "code_id", "contact_id", "scans", "followed", "last_at"),
    }

    def __init__(self, book: Book) -> None:
        self.book, self.places = book, book.channels.wechat
        self.does: Does = {
            "follow": self._follow,
            "unfollow": self._unfollow,
            "scan": self._scan,
            "menu": self._menu,
            "write": self._write,
            "mini": self._mini,
        }
        self._people: dict[tuple[int, int], dict[str, Any]] = {}
        self._names: list[Sequence[Any]] = []
        self._told: dict[tuple[int, int], dict[str, Any]] = {}
        self._scanners: dict[int, tuple[int, bool, datetime]] = {}
        self.scans = self.follows = 0

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        people: list[Sequence[Any]] = [[one[name] for name in _FOLLOWER] for one in self._people.values()]
        code = (self.book.tenant_id, self.places.code_id)
        scanners: list[Sequence[Any]] = [(*code, contact, *came) for contact, came in self._scanners.items()]
        return {"wechat_follower": people, "people_identity": self._names, "wechat_scanner": scanners}

    def settle(self, cursor: Any) -> None:
        """Count at the code what it brought."""
        cursor.execute(_COUNT, (self.scans, self.follows, self.places.code_id))

    def story(self) -> dict[str, list[dict[str, Any]]]:
        """Return what the platform has to know, or it would not list them: who follows by which openid."""
        told = []
        for (account, contact), known in self._told.items():
            row = self._people[account, contact]
            since = int(row["followed_at"].timestamp()) if row["following"] else 0
            more = {"openid": row["openid"], "scene": row["scene"], "qr_scene": row["qr_scene"], "since": since}
            told.append(known | more)
        return {"followers": told}

    def _row(self, entry: Entry, account_id: int, app_id: str) -> dict[str, Any]:
        known = self._people.get((account_id, entry.contact_id))
        if known is not None:
            return known
        openid = f"o{self.book.plan.name(app_id, entry.life.number)[:27]}"
        row = _FIRST | {
            "tenant_id": self.book.tenant_id,
            "account_id": account_id,
            "openid": openid,
            "unionid": entry.life.unionid,
            "contact_id": entry.contact_id,
        }
        self._people[account_id, entry.contact_id] = row
        self._names.append((self.book.tenant_id, entry.contact_id, "wechat_openid", openid, entry.what.at))
        self._told[account_id, entry.contact_id] = {"app_id": app_id, "person": entry.life.external_userid}
        return row

    def _follower(self, entry: Entry) -> dict[str, Any]:
        return self._row(entry, self.places.account_id, self.places.app_id)

    @property
    def _account(self) -> dict[str, Any]:
        return {"account_id": self.places.account_id, "account_name": self.places.name}

    def _code(self) -> dict[str, Any]:
        return {"code_id": self.places.code_id, "code_name": self.places.code_name}

    def _follow(self, entry: Entry) -> None:
        row, at, scene = self._follower(entry), _second(entry), entry.what.about
        by_code = scene == BY_CODE
        row |= {"following": True, "followed_at": at, "changed_at": at, "scene": scene}
        if by_code:
            row["qr_scene"] = self.places.scene
            self.follows += 1
            self._came(entry, followed=True)
        fact = AccountFollowed(
            contact_id=entry.contact_id,
            **self._account,
            openid=row["openid"],
            scene=scene,
            **(self._code() if by_code else {}),
            new_contact=False,
        )
        self.book.tell(fact, at)
        self._answer(entry, "follow", self.places.greeting)

    def _unfollow(self, entry: Entry) -> None:
        at = _second(entry)
        self._follower(entry).update(following=False, changed_at=at)
        self.book.tell(AccountUnfollowed(contact_id=entry.contact_id, **self._account), at)

    def _came(self, entry: Entry, *, followed: bool) -> None:
        """Note who came by the code; in the order of time, so this is the last that is known of him."""
        scans, ever, _ = self._scanners.get(entry.contact_id, (0, False, None))
        self._scanners[entry.contact_id] = (scans + (not followed), ever or followed, _second(entry))

    def _scan(self, entry: Entry) -> None:
        self.scans += 1
        self._came(entry, followed=False)
        self.book.tell(CodeScanned(contact_id=entry.contact_id, **self._account, **self._code()), _second(entry))

    def _menu(self, entry: Entry) -> None:
        buttons = self.places.menu
        if buttons:
            to = buttons[int(entry.what.text) % len(buttons)]
            fact = MenuUsed(contact_id=entry.contact_id, **self._account, action="VIEW", entry=to)
            self.book.tell(fact, _second(entry))

    def _write(self, entry: Entry) -> None:
        text, name = entry.what.text, self.book.name(entry)
        fact = MessageReceived(
            contact_id=entry.contact_id,
            source="official_account",
            channel="official_account",
            message_key=f"wechat:{name}",
            text=text,
        )
        self.book.tell(fact, _second(entry))
        self._answer(entry, name, self.places.reply_to(text))

    def _answer(self, entry: Entry, name: str, subject: str) -> None:
        """Let the account answer by itself, as it is set up to."""
        if not subject:
            return
        fact = MessageSent(
            contact_id=entry.contact_id,
            source="official_account",
            channel="official_account",
            message_key=f"wechat.send_message:{self.book.plan.name(entry.life.number, name, 'answer')[:24]}",
            subject=subject,
        )
        self.book.tell(fact, _second(entry) + timedelta(seconds=1))

    def _mini(self, entry: Entry) -> None:
        mini_id, app_id, name = self.places.mini
        row = self._row(entry, mini_id, app_id)
        row["seen_on"] = entry.what.at.astimezone(UTC).date()
        fact = MiniProgramOpened(
            contact_id=entry.contact_id, account_id=mini_id, account_name=name, openid=row["openid"], new_contact=False
        )
        self.book.tell(fact, entry.what.at)


def _second(entry: Entry) -> datetime:
    # The platform tells whole seconds.
    return entry.what.at.replace(microsecond=0)
