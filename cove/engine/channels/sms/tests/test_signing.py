"""The providers' published vectors."""

from __future__ import annotations

from datetime import UTC, datetime

from cove.engine.channels.sms.client.signing import aliyun_headers, aliyun_query, tencent_signature


def test_aliyuns_vector():
    """Document 2593177, the fixed values at its end."""
    query = aliyun_query({"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"})
    headers = aliyun_headers(
        host="ecs.cn-shanghai.aliyuncs.com",
        action="RunInstances",
        version="2014-05-26",
        query=query,
        key_id="YourAccessKeyId",
        secret="YourAccessKeySecret",
        nonce="3156853299f313e23d1673dc12e1703d",
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
    )
    assert headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_tencents_vector():
    """Document 382/52072 in its earlier form, with content type and host signed."""
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    signature = tencent_signature(
        host="cvm.tencentcloudapi.com",
        service="cvm",
        secret="Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
        body=body,
        at=datetime.fromtimestamp(1551113065, UTC),
    )
    assert signature == "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"


def test_parameters_are_spelt_as_the_signature_wants_them():
    assert aliyun_query({"b": "a b*~", "a": "中/+"}) == "a=%E4%B8%AD%2F%2B&b=a%20b%2A~"
