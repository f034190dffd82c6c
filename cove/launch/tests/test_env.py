import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from cove.launch.env import LONGEST_SOCKET_PATH, BadVariableError, kept_secret, read_environment


def test_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read = read_environment({"COVE_PORT": " "})
    assert (read.host, read.port, read.sandbox_port, read.clickhouse_port) == ("127.0.0.1", 8000, 8100, 8124)
    assert read.data == tmp_path / ".cove"
    assert read.public_url == "http://127.0.0.1:8000"
    assert read.embedded_postgres
    assert read.embedded_clickhouse


def test_public_url_follows_the_port():
    assert read_environment({"COVE_PORT": "9000"}).public_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COVE_PORT", "0"),
        ("COVE_PORT", "٣"),
        ("COVE_CLICKHOUSE_PORT", "http"),
        ("COVE_SANDBOX_PORT", "65536"),
        ("COVE_DATABASE_URL", "mysql://x"),
        ("COVE_CLICKHOUSE_URL", "clickhouse:9000"),
        ("COVE_PUBLIC_URL", "example.com"),
        ("COVE_LOG_LEVEL", "loud"),
        ("COVE_SECRET_KEY", "short"),
    ],
)
def test_a_bad_variable_is_named_with_its_remedy(variable, value):
    with pytest.raises(BadVariableError, match=rf"^{variable} .+\. .+\.?$") as caught:
        read_environment({variable: value})
    assert caught.value.variable == variable


def test_secrets_are_made_once_and_closed(tmp_path):
    path = tmp_path / "deep" / "secret.key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: kept_secret(path), range(16)))
    assert len(made) == 1
    assert len(made.pop()) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


def test_embedded_urls_survive_long_and_odd_paths(tmp_path):
    odd = read_environment({"COVE_DATA": str(tmp_path / "a b%数据")})
    assert conninfo_to_dict(odd.effective_database_url)["user"] == "cove_app"
    assert conninfo_to_dict(odd.effective_database_owner_url)["user"] == "cove_owner"
    assert conninfo_to_dict(odd.effective_database_url)["host"] == str(odd.postgres_socket_folder)

    long = read_environment({"COVE_DATA": str(tmp_path / ("x" * 150))})
    assert len(os.fsencode(long.postgres_socket_folder)) < LONGEST_SOCKET_PATH
    assert not long.postgres_socket_folder.is_relative_to(long.data)


def test_an_outside_database_serves_both_roles_unless_told():
    read = read_environment({"COVE_DATABASE_URL": "postgresql://app@db/cove"})
    assert read.effective_database_owner_url == "postgresql://app@db/cove"
    assert not read.embedded_postgres
    assert Path(read.data).is_absolute()
