from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cove.engine.channels.sms.contracts.counting import (
    EACH_OF_MANY,
    ONE_PART,
    counted,
    filled,
    is_refusal,
    length_of,
    parts_of,
    says_how_to_refuse,
    variables_of,
)


@pytest.mark.parametrize(
    ("length", "parts"), [(0, 1), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4), (500, 8)]
)
def test_parts_are_counted_as_carriers_do(length, parts):
    assert parts_of(length) == parts


def test_the_signature_counts_and_a_sign_beyond_the_first_plane_counts_twice():
    assert counted("云岫", "${a}好", {"a": "林"}).text == "【云岫】林好"
    assert counted("云岫", "${a}好", {"a": "林"}).length == 6
    assert length_of("好😀") == 3


@given(st.text(max_size=600))
def test_parts_always_hold_the_text(text):
    length = length_of(text)
    assert parts_of(length) * (ONE_PART if parts_of(length) == 1 else EACH_OF_MANY) >= length


def test_variables_of_both_providers_stand_in_their_order():
    assert variables_of("${name}您好，${time}，${name}") == ["name", "time"]
    assert variables_of("{1}您好，{2}") == ["1", "2"]
    assert filled("{1}，{2}", {"1": "{2}"}) == "{2}，{2}"


@pytest.mark.parametrize(
    "text",
    [
        *("R", "r", "TD", "td", "ＴＤ", "T", "T D", " 退订 ", "退订。", "拒收", "TD!", "N", "qx", "取消订阅", "“退订”"),
        *("我要退订", "请退订，谢谢", "TD退订", "退订TD", "退订短信！", "别再发了", "请不要再给我发短信", "停止发送"),
    ],
)
def test_a_refusal_is_heard_however_it_is_written(text):
    assert is_refusal(text)


@pytest.mark.parametrize(
    "text",
    ["", "TDK", "好的", "请问怎么退订", "R2D2", "周六 TD 可以吗", "5", "不退订", "我不想退订", "发了吗", "别忘了发"],
)
def test_other_answers_are_no_refusal(text):
    assert not is_refusal(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("秋季新品。拒收请回复R", True),
        ("秋季新品，退订回T", True),
        ("秋季新品 回复TD退订", True),
        ("秋季新品，退订回复ＴＤ", True),
        ("全场八折", False),
        ("如需退订请联系客服", False),
    ],
)
def test_marketing_says_how_it_is_refused(text, says):
    assert says_how_to_refuse(text) is says
