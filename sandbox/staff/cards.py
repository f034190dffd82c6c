"""Template cards on a member's phone: what he presses goes back to the application. Source: WeCom documents 90240, 94888."""

import json
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.cards import make_code
from sandbox.wecom.events import Value, raise_event
from sandbox.world import World

PRESSED, FROM_MENU = "template_card_event", "template_card_menu_event"
MOST_ANSWERS = 20


def press(world: World, pusher: Pusher, owner: Row, message_id: int, key: str, answers: dict[str, list[str]]) -> None:
    """Let him press a button of a card (its key), with what he chose before; RefusedError not_found, no_button or card_over."""
    row = world.storage.row(
        "SELECT * FROM staff_messages WHERE id=? AND corp_id=? AND userid=? AND kind='template_card'",
        message_id,
        owner["corp_id"],
        owner["userid"],
    )
    if row is None:
        raise missing("card")
    card = json.loads(row["body"])
    event = _event_of(card, key)
    if card.get("replaced") or (event == PRESSED and card.get("pressed") and card["card_type"] == "vote_interaction"):
        raise RefusedError("card_over", "This card was answered before.", 409)
    fields = _fields(world, owner, row, card, key, _chosen(card, answers))
    with world.storage.transaction():
        if event == PRESSED:
            kept = card | {"pressed": key, "chosen": answers}
            sql = "UPDATE staff_messages SET body=? WHERE id=?"
            world.storage.run(sql, json.dumps(kept, ensure_ascii=False), message_id)
        notes = raise_event(world, owner["corp_id"], event, fields, customer=owner["userid"], agent_id=row["agent_id"])
    pusher.push(notes)


def _event_of(card: dict[str, Any], key: str) -> str:
    buttons = [one.get("key") for one in card.get("button_list") or []]
    buttons.append((card.get("submit_button") or {}).get("key"))
    if key and key in buttons:
        return PRESSED
    menu = [one.get("key") for one in (card.get("action_menu") or {}).get("action_list") or []]
    if key and key in menu:
        return FROM_MENU
    raise RefusedError("no_button", "The card has no such button.")


def _questions(card: dict[str, Any]) -> dict[str, set[str]]:
    asked = [card.get("checkbox"), card.get("button_selection"), *(card.get("select_list") or [])]
    return {
        str(one["question_key"]): {str(option.get("id")) for option in one.get("option_list") or []}
        for one in asked
        if isinstance(one, dict) and one.get("question_key")
    }


def _chosen(card: dict[str, Any], answers: dict[str, list[str]]) -> dict[str, list[str]]:
    known = _questions(card)
    if any(
        key not in known or not known[key].issuperset(ids) or len(ids) > MOST_ANSWERS for key, ids in answers.items()
    ):
        raise RefusedError("bad_answer", "The card does not ask that.")
    return answers


def _fields(
    world: World, owner: Row, row: Row, card: dict[str, Any], key: str, answers: dict[str, list[str]]
) -> dict[str, Value]:
    task_id = str(card.get("task_id", ""))
    fields: dict[str, Value] = {
        "FromUserName": owner["userid"],
        "EventKey": key,
        "TaskId": task_id,
        "CardType": card["card_type"],
        "ResponseCode": make_code(world, owner["corp_id"], row["agent_id"], task_id, owner["userid"]),
        "AgentID": row["agent_id"],
    }
    if answers:
        fields["SelectedItems"] = tuple(
            ("SelectedItem", (("QuestionKey", question), ("OptionIds", tuple(("OptionId", one) for one in ids))))
            for question, ids in answers.items()
        )
    return fields
