import base64
import datetime as dt
import gzip
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import clickhouse_connect
import httpx
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, StreamFailureError

from cove.launch.embedded.clickhouse.courtesy import LESS, merging_threads
from cove.launch.env import read_environment
from tests.ports import free_port

ENDLESS = "SELECT sum(sleepEachRow(0.1)) FROM numbers(6000) SETTINGS max_block_size = 1"


class Part:
    """The part as the supervisor runs it, with one client."""

    def __init__(self, folder: Path) -> None:
        port = str(free_port())
        self.variables = {"COVE_DATA": str(folder), "COVE_CLICKHOUSE_PORT": port}
        self.environment = read_environment(self.variables)
        self.address = f"http://127.0.0.1:{port}"
        self.auth = ("cove", self.environment.clickhouse_password)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "cove.launch.embedded.clickhouse"],
            env={**os.environ, **self.variables},
            start_new_session=True,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                assert httpx.get(f"{self.address}/ping", timeout=60).text == "Ok.\n"
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        pytest.fail("the part does not answer")

    def client(self, **more):
        return clickhouse_connect.get_client(dsn=self.environment.effective_clickhouse_url, **more)

    @contextmanager
    def asked(self, text):
        """A connection on which this was asked and nobody waits for the answer."""
        host, port = httpx.URL(self.address).host, httpx.URL(self.address).port
        word = base64.b64encode(":".join(self.auth).encode()).decode()
        head = f"POST / HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Basic {word}\r\nContent-Length: {len(text)}\r\n\r\n"
        with socket.create_connection((host, port), timeout=60) as line:
            line.sendall((head + text).encode())
            yield line

    def ask(self, text, **fields):
        return httpx.post(self.address, params=fields, content=text, auth=self.auth, timeout=60)

    def stop(self, number=signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    part = Part(tmp_path_factory.mktemp("ch") / "a b?c%41")
    yield part
    assert part.stop() == 0


@pytest.fixture(scope="module")
def client(part):
    with part.client() as client:
        yield client


@pytest.fixture
def table(client):
    client.command("DROP TABLE IF EXISTS t SYNC")
    client.command(
        "CREATE TABLE t (id UInt64, name String) ENGINE = MergeTree ORDER BY id "
        "SETTINGS non_replicated_deduplication_window = 100"
    )
    return "t"


def test_types_come_back_as_they_went(client):
    client.command("DROP TABLE IF EXISTS types")
    client.command(
        "CREATE TABLE types (at DateTime64(3, 'UTC'), day Date, properties Map(String, String), "
        "kind LowCardinality(String), maybe Nullable(Int32), big UInt64, key UUID, list Array(String), "
        "document String, price Decimal(18, 4), flag Bool, pair Tuple(UInt8, String)) "
        "ENGINE = MergeTree ORDER BY at"
    )
    row = (
        dt.datetime(2026, 11, 21, 8, 9, 10, 123000, dt.UTC),
        dt.date(2026, 11, 21),
        {"utm_source": "公众号", "空": ""},
        "页面访问",
        None,
        2**64 - 1,
        uuid.UUID("0190b2a0-0000-7000-8000-000000000001"),
        ["a'b", "c\td\n", "\\"],
        '{"深": [1, 2.5, null]}',
        __import__("decimal").Decimal("12.3400"),
        True,
        (7, "七"),
    )
    client.insert("types", [row])
    result = client.query("SELECT * FROM types", query_tz="UTC", tz_mode="aware")
    assert result.result_rows == [row]
    assert result.column_types[3].name == "LowCardinality(String)"


@pytest.mark.parametrize("compression", [False, "lz4", "zstd", "gzip"])
def test_a_hundred_thousand_rows_in_columns(part, table, compression):
    names = [f"name {number} 名" for number in range(100_000)]
    with part.client(compress=compression) as client:
        summary = client.insert(table, [range(100_000), names], ["id", "name"], column_oriented=True)
        assert summary.written_rows == 100_000
        result = client.query(f"SELECT id, name FROM {table} ORDER BY id", column_oriented=True)
    assert list(result.result_columns[1]) == names


def test_the_same_block_twice_is_stored_once(client, table):
    for token in ("first", "first", "second"):
        client.insert(table, [[1, "a"]], settings={"insert_deduplication_token": token})
    assert client.command(f"SELECT count() FROM {table}") == 2


@pytest.mark.parametrize("text", ["a'b\\c", "tab\tline\nend", "港湾 ⚓", "", "{x:UInt8}", "%(x)s"])
def test_parameters_are_data(client, text):
    result = client.query("SELECT {text:String}, {list:Array(String)}", parameters={"text": text, "list": [text]})
    assert result.result_rows == [(text, [text])]


def test_parameters_reach_values_and_identifiers(client, table):
    client.command(
        "INSERT INTO {t:Identifier} VALUES ({id:UInt64}, {name:String})", {"t": table, "id": 5, "name": "五"}
    )
    assert client.query(f"SELECT * FROM {table}").result_rows == [(5, "五")]


@pytest.mark.parametrize(
    ("statement", "settings", "code", "status"),
    [
        ("SELECT * FROM missing", {}, 60, 404),
        ("SELEC 1", {}, 62, 400),
        ("SELECT missing", {}, 47, 404),
        ("SELECT * FROM missing.t", {}, 81, 404),
        ("SELECT {x:UInt8}", {"param_x": "many"}, 457, 400),
        ("SELECT throwIf(1)", {}, 395, 500),
        ("SELECT 1", {"no_such_setting": "1"}, 115, 404),
        ("SELECT 1", {"max_threads=1, readonly": "1"}, 115, 404),
        ("DROP TABLE system.one", {"readonly": "1", "max_threads": "1"}, 164, 500),
        ("SELECT count() FROM numbers(100000000000)", {"max_execution_time": "0.1"}, 159, 408),
        ("SELECT groupArray(number) FROM numbers(100000000)", {"max_memory_usage": "50000000"}, 241, 500),
        ("INSERT INTO missing FORMAT CSV 1\n", {}, 60, 404),
        ("INSERT INTO t FORMAT CSV x,y\n", {}, 27, 400),
        ("SELECT 1", {"database": "missing"}, 81, 404),
        ("", {}, 62, 400),
        (b"SELECT '\xff'", {}, 36, 500),
    ],
)
def test_errors_have_clickhouses_codes(part, table, statement, settings, code, status):
    response = part.ask(statement, **settings)
    assert (response.headers.get("x-clickhouse-exception-code"), response.status_code) == (str(code), status)
    assert response.text.startswith(f"Code: {code}. DB::Exception: ")


def test_the_driver_knows_the_code(client):
    with pytest.raises(DatabaseError, match="UNKNOWN_TABLE") as caught:
        client.query("SELECT * FROM missing")
    assert caught.value.code == 60


def test_settings_end_with_their_query(part):
    assert part.ask("SELECT getSetting('max_threads')", max_threads="3").text == "3\n"
    assert part.ask("SELECT getSetting('max_execution_time')").text == "120\n"
    assert part.ask("SELECT getSetting('max_threads')").text != "3\n"


def test_a_get_cannot_write(part, table):
    for statement, status in (("SELECT 1", 200), (f"TRUNCATE TABLE {table}", 500)):
        response = httpx.get(part.address, params={"query": statement}, auth=part.auth, timeout=60)
        assert response.status_code == status


def test_formats(part):
    assert part.ask("SELECT 1 AS a, 'x' AS b").text == "1\tx\n"
    assert part.ask("SELECT 1 AS a", default_format="JSONEachRow").text == '{"a":1}\n'
    answer = part.ask("SELECT number FROM numbers(200000) FORMAT JSON -- 尾")
    assert answer.headers["x-clickhouse-format"] == "JSON"
    assert answer.json()["rows"] == 200_000
    empty = part.ask("SELECT 1 WHERE 0 FORMAT CSVWithNames")
    assert (empty.headers["x-clickhouse-format"], empty.text) == ("CSVWithNames", '"1"\n')
    assert "x-clickhouse-format" not in part.ask("CREATE TABLE IF NOT EXISTS f (x Int8) ENGINE = Memory").headers


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("", b"INSERT INTO t (id, name) FORMAT CSV\n1,a\n2,b\n"),
        ("INSERT INTO t FORMAT CSV", b"1,a\n2,b\n"),
        ("INSERT INTO t VALUES", b"(1, 'a'), (2, 'b')"),
        ("INSERT INTO t", b"VALUES (1, 'a'), (2, 'b')"),
        ("insert into cove.t (id, name) settings max_threads = 1 format TSV\n", b"1\ta\n2\tb\n"),
        (
            "/* ' */ INSERT INTO `t` -- FORMAT\n(`id`, name) FORMAT JSONEachRow",
            b'{"id":1,"name":"a"}{"id":2,"name":"b"}',
        ),
        ("", b"INSERT INTO t SELECT number + 1, ['a', 'b'][number + 1] FROM numbers(2)"),
    ],
)
def test_the_ways_of_inserting(part, table, address, body):
    assert part.ask(body, query=address).status_code == 200
    assert part.ask("SELECT * FROM t ORDER BY id FORMAT CSV").text == '1,"a"\n2,"b"\n'


def test_a_compressed_body_and_answer(part, table):
    body = gzip.compress(b"INSERT INTO t FORMAT CSV\n1,a\n") + gzip.compress(b"2,b\n")
    sent = httpx.post(part.address, content=body, headers={"Content-Encoding": "gzip"}, auth=part.auth, timeout=60)
    assert sent.status_code == 200
    answer = part.ask("SELECT count() FROM t", enable_http_compression="1")
    assert (answer.headers["content-encoding"], answer.text) == ("gzip", "2\n")
    damaged = httpx.post(
        part.address, content=b"nonsense", headers={"Content-Encoding": "gzip"}, auth=part.auth, timeout=60
    )
    assert damaged.headers["x-clickhouse-exception-code"] == "271"


def test_a_long_result_comes_in_pieces_and_tells_of_an_error_on_the_way(client):
    with client.query_row_block_stream("SELECT number FROM numbers(3000000)") as stream:
        assert sum(len(block) for block in stream) == 3_000_000
    with (
        pytest.raises(StreamFailureError, match="395"),
        client.query_row_block_stream("SELECT throwIf(number = 2000000) FROM numbers(3000000)") as stream,
    ):
        for _ in stream:
            pass


def test_nobody_comes_in_from_a_web_page_or_without_the_password(part):
    def status(auth=part.auth, **headers):
        return httpx.post(part.address, content="SELECT 1", auth=auth, headers=headers, timeout=60).status_code

    assert status() == 200
    assert status(auth=None) == 403
    assert status(auth=("cove", "wrong")) == 403
    assert status(auth=("default", part.auth[1])) == 403
    assert status(Origin="http://127.0.0.1:8000") == 403
    assert status(**{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status(Host="rebound.example:8124") == 403
    assert status(auth=None, **{"X-ClickHouse-User": "cove", "X-ClickHouse-Key": part.auth[1]}) == 200


def test_slow_queries_block_neither_ping_nor_inserts(part, table):
    with ExitStack() as lines:
        waiting = [lines.enter_context(part.asked(ENDLESS)) for _ in range(6)]
        time.sleep(0.3)
        assert httpx.get(f"{part.address}/ping", timeout=60).text == "Ok.\n"
        assert part.ask(f"INSERT INTO {table} FORMAT CSV 1,a").status_code == 200
        answered, _, _ = select.select(waiting, [], [], 0)
        assert answered == []
    assert part.ask("SELECT sum(sleepEachRow(0.1)) FROM numbers(2)").status_code == 200


def test_a_client_that_goes_away_frees_its_thread(part):
    # More at once than are read at a time: some go before their question was begun.
    with ExitStack() as lines:
        for _ in range(6):
            lines.enter_context(part.asked(ENDLESS))
        time.sleep(0.3)
    for _ in range(8):
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(part.address, content=ENDLESS, auth=part.auth, timeout=httpx.Timeout(60, read=0.2))
    with httpx.stream(
        "POST", part.address, content="SELECT * FROM numbers(1e9) FORMAT CSV", auth=part.auth, timeout=60
    ) as answer:
        next(answer.iter_raw())
    deadline = time.monotonic() + 60
    while part.ask("SELECT count() FROM system.processes").text != "1\n":
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_concurrent_clients(part, table):
    def work(number):
        with part.client() as client:
            for index in range(5):
                client.insert(table, [[number * 10 + index, "x"]])
                assert client.query("SELECT {n:UInt8}", parameters={"n": number}).result_rows == [(number,)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert part.ask(f"SELECT uniqExact(id) FROM {table}").text == "30\n"


@pytest.mark.parametrize("as_form", [True, False])
def test_many_parameters_go_as_a_form(part, as_form):
    text = "长" * 20_000
    with part.client(form_encode_query_params=as_form) as client:
        assert client.query("SELECT length({text:String})", {"text": text}).result_rows == [(60_000,)]


def test_acknowledged_rows_survive_kill_9(tmp_path):
    part = Part(tmp_path)
    acknowledged = []

    def write():
        with part.client() as client:
            client.command("CREATE TABLE kept (n UInt64) ENGINE = MergeTree ORDER BY n")
            for number in range(100_000):
                client.insert("kept", [[number]])
                acknowledged.append(number)

    def write_until_the_end():
        # Killed while it reads an answer, the client has other words for it than between two.
        with pytest.raises(Exception, match=r"(?i)http|connection"):
            write()

    writer = threading.Thread(target=write_until_the_end)
    writer.start()
    while len(acknowledged) < 50:
        time.sleep(0.01)
    part.stop(signal.SIGKILL)
    writer.join()

    part.start()
    kept = [int(line) for line in part.ask("SELECT n FROM kept ORDER BY n").text.split()]
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) <= len(acknowledged) + 1

    second = subprocess.run(
        [sys.executable, "-m", "cove.launch.embedded.clickhouse"],
        env={**os.environ, **part.variables, "COVE_CLICKHOUSE_PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "already runs" in second.stderr
    assert part.stop() == 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not tell of threads")
def test_merges_are_less_urgent_than_whoever_waits(part):
    merging = merging_threads(part.process.pid)
    own = os.getpriority(os.PRIO_PROCESS, part.process.pid)
    assert merging
    assert {os.getpriority(os.PRIO_PROCESS, one) for one in merging} == {min(own + LESS, 19)}
