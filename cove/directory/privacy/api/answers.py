"""Rows as the console sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.privacy.contracts import CHANNELS, SOURCES, STATES, ChoiceSource, ConsentState
from cove.directory.privacy.models import ConsentEvent, DataFile, Erasure, Purpose
from cove.directory.privacy.queries import consents, erasures, links
from cove.directory.privacy.queries.settings import Rule
from cove.directory.privacy.schemas.contacts import (
    ConsentEventAnswer,
    ContactChannelAnswer,
    ContactConsentAnswer,
    ContactPrivacyAnswer,
    DataFileAnswer,
)
from cove.directory.privacy.schemas.settings import (
    ErasureAnswer,
    ErasureCount,
    PurposeAnswer,
    PurposeTextAnswer,
    RetentionAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.personal_data import holders
from cove.kernel.words import current_language

HISTORY = 50
_SOMEBODY = ""


def purpose_answer(row: Purpose) -> PurposeAnswer:
    """Return a purpose with its wordings."""
    return PurposeAnswer(
        id=row.id,
        key=row.key,
        name=row.name,
        name_en=row.name_en,
        opt_in=row.opt_in,
        active=row.active,
        texts=[
            PurposeTextAnswer(version=one.version, text=one.text, text_en=one.text_en, at=one.at)
            for one in row.texts.all()
        ],
    )


def rule_answer(rule: Rule) -> RetentionAnswer:
    """Return how long a class of data is kept."""
    entry = rule.entry
    return RetentionAnswer(
        key=entry.key, label=entry.label.here(), days=rule.days, least=entry.least, would_go=rule.would_go
    )


def purpose_name(row: Purpose) -> str:
    """Return a purpose's name in the reader's language, as far as there is one."""
    return row.name_en if current_language() == "en" and row.name_en else row.name


def contact_privacy(actor: Actor, contact_id: int) -> ContactPrivacyAnswer:
    """Return everything the panel on a contact's page shows; raises Forbidden, NotFound."""
    erasure = erasures.open_erasure(actor, contact_id)
    events = list(consents.history_of(actor, contact_id).order_by("-id")[:HISTORY])
    names = member_names(actor, [*(one.member_id for one in events), erasure.asked_by if erasure else None])
    return ContactPrivacyAnswer(
        consents=_consents(actor, contact_id),
        channels=_channels(actor, contact_id),
        history=[_event(one, names) for one in events],
        links=links.links(actor, contact_id).count(),
        files=[data_file_answer(one) for one in erasures.data_files(actor, contact_id)],
        erasure=erasure_answer(erasure, names) if erasure else None,
    )


def _consents(actor: Actor, contact_id: int) -> list[ContactConsentAnswer]:
    said = consents.consents_of(actor, contact_id)
    found = []
    for row in consents.purposes(actor):
        one = said.get(row.id)
        if one is None and not row.active:
            continue
        state: ConsentState = "never_asked" if one is None else "given" if one.given else "withdrawn"
        texts = row.texts.all()
        found.append(
            ContactConsentAnswer(
                purpose=row.key,
                name=purpose_name(row),
                state=state,
                state_label=STATES[state].here(),
                version=one.version if one else 0,
                newest_version=texts[0].version if texts else 0,
                since=one.at if one else None,
            )
        )
    return found


def _channels(actor: Actor, contact_id: int) -> list[ContactChannelAnswer]:
    said = consents.choices_of(actor, contact_id)
    found = []
    for key, label in CHANNELS.items():
        one = said.get(key)
        found.append(
            ContactChannelAnswer(
                channel=key,
                label=label.here(),
                unsubscribed=one is not None and one.unsubscribed,
                since=one.at if one else None,
                source_label=_source(one.source) if one else "",
                reason=one.reason if one else "",
            )
        )
    return found


def _event(row: ConsentEvent, names: Mapping[int, str]) -> ConsentEventAnswer:
    return ConsentEventAnswer(
        id=row.id,
        purpose=purpose_name(row.purpose),
        given=row.given,
        version=row.version,
        source_label=_source(row.source),
        reason=row.reason,
        member=names.get(row.member_id or 0, _SOMEBODY),
        at=row.at,
    )


def _source(source: str) -> str:
    known = SOURCES.get(cast("ChoiceSource", source))
    return known.here() if known else source


def data_file_answer(row: DataFile) -> DataFileAnswer:
    """Return a file of a person's data."""
    return DataFileAnswer(
        id=row.id,
        asked_at=row.asked_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
        run_id=row.run_id,
        file_id=row.file_id,
    )


def erasure_answer(row: Erasure, names: Mapping[int, str], contacts: Mapping[int, str] | None = None) -> ErasureAnswer:
    """Return an erasure. `names` are the members', `contacts` the names of contacts the reader may see."""
    return ErasureAnswer(
        id=row.id,
        state=row.state,  # type: ignore[arg-type]  # one of the model's choices
        contact_id=row.contact_id,
        contact_name=(contacts or {}).get(row.contact_id or 0, ""),
        why=row.why,
        asked_by=names.get(row.asked_by or 0, _SOMEBODY),
        asked_at=row.asked_at,
        due_at=row.due_at,
        finished_at=row.finished_at,
        counts=[
            ErasureCount(key=key, label=_holder(key), count=count) for key, count in erasures.certificate(row).items()
        ],
    )


def erasure_answers(actor: Actor, rows: list[Erasure]) -> list[ErasureAnswer]:
    """Return a page of erasures, names asked for once."""
    names = member_names(actor, [row.asked_by for row in rows])
    waiting = [row.contact_id for row in rows if row.contact_id is not None]
    contacts = {key: card.name for key, card in people.contacts_by_id(actor, waiting).items()} if waiting else {}
    return [erasure_answer(row, names, contacts) for row in rows]


def member_names(actor: Actor, ids: list[int | None]) -> dict[int, str]:
    """Return the names of members, in one query at most."""
    wanted = {one for one in ids if one}
    return {key: card.name for key, card in org.members_by_id(actor, wanted).items()} if wanted else {}


def _holder(key: str) -> str:
    known = holders.get(key)
    return known.label.here() if known else key
