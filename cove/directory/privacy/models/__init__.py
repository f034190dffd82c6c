"""The tables, by noun."""

from cove.directory.privacy.models.consents import Consent, ConsentEvent, Purpose, PurposeText
from cove.directory.privacy.models.erasures import DataFile, Erasure, Tombstone
from cove.directory.privacy.models.reach import ChannelChoice, PreferenceLink
from cove.directory.privacy.models.settings import PrivacySettings

__all__ = [
    "ChannelChoice",
    "Consent",
    "ConsentEvent",
    "DataFile",
    "Erasure",
    "PreferenceLink",
    "PrivacySettings",
    "Purpose",
    "PurposeText",
    "Tombstone",
]
