from __future__ import annotations

from cove.kernel.words import Words, speaking

ONE = Words("没有「{name}」", "There is no “{name}”")


def test_what_a_value_says_is_never_a_placeholder():
    with speaking("en"):
        assert ONE.with_values(name="{x.__class__} }{").here({"x": 1}) == "There is no “{x.__class__} }{”"
        assert ONE.here({"name": "{x}"}) == "There is no “{x}”"


def test_an_unknown_placeholder_is_empty():
    with speaking("zh-CN"):
        assert ONE.here() == "没有「」"
        assert ONE.with_values().here() == "没有「」"


def test_a_finished_text_is_told_as_it_is():
    with speaking("en"):
        assert Words("{a", "}b{").plain() == "}b{"
