"""What messages are told with: what kind one is that came, and what went with a welcome."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from cove.engine.timeline.captions.words import COLON, KIND, NATIVE, SEPARATOR, TITLE, WITH
from cove.engine.timeline.contracts import Happening
from cove.facts.delivery import WelcomeSent
from cove.facts.messages import FORMS, MessageReceived, MessageSent


def message_values(one: Happening) -> dict[str, str]:
    """Return what a message's caption may ask for beside its payload; nothing for other facts."""
    said = one.payload
    if one.kind == MessageReceived.kind:
        return {"form_here": _form(said.get("form") or "text", said.get("native") or "")}
    if one.kind == MessageSent.kind:
        return _sent(said.get("form") or "text", said.get("text") or "")
    if one.kind == WelcomeSent.kind:
        return {"parts_here": _parts(said.get("parts") or [], said.get("titles") or [])}
    return {}


def _sent(form: str, text: str) -> dict[str, str]:
    """Return what was said, and its form if it was no text; facts of before told neither."""
    other = KIND.here({"form": _form(form, "")}) if form != "text" else ""
    return {"form_here": other, "text_here": COLON.here() + text if text else ""}


def _form(form: str, native: str) -> str:
    """Return a form in words; one that only its platform knows is told with the platform's word."""
    return FORMS.get(form, FORMS["other"]).here() + (NATIVE.here({"native": native}) if native else "")


def _parts(kinds: Sequence[str], titles: Sequence[str]) -> str:
    """Return parts by their kinds and titles, empty where there are none."""
    named = zip_longest(kinds, titles[: len(kinds)], fillvalue="")
    said = [_form(kind, "") + (TITLE.here({"title": title}) if title else "") for kind, title in named]
    return WITH.here({"parts": SEPARATOR.here().join(said)}) if said else ""
