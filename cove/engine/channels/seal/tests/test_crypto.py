from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cove.engine.channels.seal.crypto import (
    BadCipher,
    key_of,
    open_message,
    seal_message,
    sign,
    signature_fits,
)
from cove.engine.channels.seal.tests import vectors
from cove.engine.channels.seal.tests.vectors import V1, V3, V4
from cove.engine.channels.seal.xml import BadXml, parse

KEY = V1.aes_key


@pytest.mark.parametrize("vector", [V1, V3, V4], ids=lambda vector: vector.name)
def test_known_answers(vector):
    assert sign(vector.token, vector.timestamp, vector.nonce, vector.encrypted) == vector.signature
    opened = open_message(vector.aes_key, vector.encrypted)
    assert (opened.message, opened.receiver) == (vector.plain, vector.receiver)
    if vector.random:
        assert seal_message(vector.aes_key, vector.plain, vector.receiver, random=vector.random) == vector.encrypted


def test_the_official_message_opens_and_seals_byte_for_byte():
    assert sign(V1.token, vectors.V2_TIMESTAMP, vectors.V2_NONCE, vectors.V2_ENCRYPTED) == vectors.V2_SIGNATURE
    opened = open_message(KEY, vectors.V2_ENCRYPTED)
    event = parse(opened.message)
    assert (event["FromUserName"], event["Content"], event["MsgId"]) == ("mycreate", "hello", "4561255354251345929")
    assert (event["ToUserName"], opened.receiver, event["AgentID"]) == (V1.receiver, V1.receiver, "218")
    assert seal_message(KEY, opened.message, opened.receiver, random=vectors.V2_RANDOM) == vectors.V2_ENCRYPTED


def test_a_signature_of_other_letters_does_not_fit():
    assert signature_fits(V1.signature, V1.token, V1.timestamp, V1.nonce, V1.encrypted)
    assert not signature_fits("签名", V1.token, V1.timestamp, V1.nonce, V1.encrypted)
    assert not signature_fits(V1.signature.upper(), V1.token, V1.timestamp, V1.nonce, V1.encrypted)


@pytest.mark.parametrize("key", ["", "short", "*" * 43, KEY[:-1], KEY + "AAAA"])
def test_keys_of_another_shape_are_refused(key):
    with pytest.raises(BadCipher):
        key_of(key)


@given(message=st.binary(max_size=300), receiver=st.text(max_size=20))
def test_what_is_sealed_opens_to_the_same(message, receiver):
    opened = open_message(KEY, seal_message(KEY, message, receiver))
    assert (opened.message, opened.receiver) == (message, receiver)


@given(cut=st.integers(min_value=1, max_value=88))
def test_what_is_cut_off_is_refused(cut):
    with pytest.raises(BadCipher):
        open_message(KEY, V1.encrypted[:-cut])


@given(noise=st.binary(max_size=200))
def test_noise_never_opens_as_a_message_for_the_corp(noise):
    try:
        opened = open_message(KEY, base64.b64encode(noise).decode())
    except BadCipher:
        return
    assert opened.receiver != V1.receiver


@given(message=st.binary(min_size=1, max_size=100))
def test_another_corps_key_never_opens_a_message_for_us(message):
    sealed = seal_message(V3.aes_key, message, V1.receiver)
    try:
        opened = open_message(KEY, sealed)
    except BadCipher:
        return
    assert opened.receiver != V1.receiver


@given(text=st.binary(max_size=200))
def test_malformed_xml_is_a_verdict_and_no_crash(text):
    try:
        parse(text)
    except BadXml:
        return


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha">]><xml><A>&a;</A></xml>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><A>1</A></xml>',
        b'<?xml version="1.0" encoding="no-such"?><xml><A>1</A></xml>',
        b"<xml>only text</xml>",
        b"<xml><A>1</A>",
        b"<a>" * 100_000 + b"</a>" * 100_000,
    ],
    ids=["entity", "outside", "encoding", "text", "truncated", "deep"],
)
def test_hostile_xml_is_refused(text):
    with pytest.raises(BadXml):
        parse(text)


def test_nested_and_repeated_elements_become_documents_and_lists():
    event = parse(b"<xml><A><![CDATA[x]]></A>\n<L><Item>1</Item><Item>2</Item></L></xml>")
    assert event == {"A": "x", "L": {"Item": ["1", "2"]}}
