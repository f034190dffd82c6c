"""The catalogue of facts: complete in both languages, and every caption can be filled."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from cove.kernel.log.fact import catalogue

# Placeholders that the timeline makes from a fact's lists and codes, and the field each comes from.
RENDERED = {
    "tags_here": "tag_names",
    "fields_here": "fields",
    "reason_here": "reason",
    "channel_here": "channel",
    "way_here": "channel",
    "why_here": "why",
    "subject_here": "subject",
    "through_here": "way_name",
    "text_here": "text",
    "form_here": "form",
    "parts_here": "parts",
}
CHINESE = re.compile(r"[一-鿿]")

every_fact = pytest.mark.parametrize("fact", list(catalogue), ids=lambda fact: fact.kind)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@every_fact
def test_a_label_in_both_languages(fact):
    assert CHINESE.search(fact.label.zh)
    assert fact.label.en
    assert not CHINESE.search(fact.label.en)


@every_fact
def test_a_caption_uses_only_fields_that_exist(fact):
    zh, en = placeholders(fact.caption.zh), placeholders(fact.caption.en)
    assert zh == en
    wanted = {RENDERED.get(name, name) for name in zh}
    assert wanted <= set(fact.model_fields)


@every_fact
def test_the_kind_is_its_owner_and_a_deed(fact):
    owner, deed = fact.kind.split(".")
    assert fact.__module__ == f"cove.facts.{owner}"
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", deed)


@every_fact
def test_a_fact_is_frozen_and_closed(fact):
    assert fact.model_config["frozen"]
    assert fact.model_config["extra"] == "forbid"
