import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from cove.launch.embedded.postgres import PostgresServer, prepare_database
from cove.launch.env import read_environment
from cove.launch.processes import FolderTakenError


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    # A long name and a space: the socket has to move out of the data folder.
    environment = read_environment({"COVE_DATA": str(tmp_path_factory.mktemp("d") / f"da ta {'x' * 100}")})
    server = PostgresServer(environment)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def notes(server):
    """A table of the owner's with row-level security, with one row of each of two tenants."""
    with psycopg.connect(server.environment.effective_database_owner_url) as owner:
        owner.execute("DROP TABLE IF EXISTS notes")
        owner.execute("CREATE TABLE notes (tenant_id bigint, text text)")
        owner.execute("INSERT INTO notes VALUES (1, 'ours'), (2, 'theirs')")
        owner.execute("ALTER TABLE notes ENABLE ROW LEVEL SECURITY")
        owner.execute(
            "CREATE POLICY tenant ON notes USING (tenant_id = current_setting('cove.tenant_id', true)::bigint)"
        )
        owner.execute("GRANT SELECT ON notes TO cove_steward")
        owner.execute("CREATE POLICY steward ON notes FOR SELECT TO cove_steward USING (true)")
    return "notes"


@pytest.fixture
def app(server):
    with psycopg.connect(server.environment.effective_database_url) as connection:
        yield connection


def test_the_application_sees_its_tenant_only(app, notes):
    assert app.execute("SELECT text FROM notes").fetchall() == []
    app.execute("SET LOCAL cove.tenant_id = '1'")
    assert app.execute("SELECT text FROM notes").fetchall() == [("ours",)]
    app.execute("SET LOCAL ROLE cove_steward")
    assert len(app.execute("SELECT text FROM notes").fetchall()) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE notes DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON notes",
        "TRUNCATE notes",
        "CREATE TABLE mine (x int)",
        "ALTER ROLE cove_app BYPASSRLS",
        "SET ROLE cove_owner",
        "SET SESSION AUTHORIZATION postgres",
        "COPY notes TO PROGRAM 'cat'",
        "INSERT INTO notes VALUES (2, 'forged')",
    ],
)
def test_the_application_cannot_pass_its_border(app, notes, statement):
    app.execute("SET LOCAL cove.tenant_id = '1'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement)


def test_roles_have_no_powers(server):
    with psycopg.connect(server.superuser_url) as superuser:
        powers = superuser.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit, rolcanlogin "
            "FROM pg_roles WHERE rolname LIKE 'cove%' ORDER BY rolname"
        ).fetchall()
    assert powers == [
        ("cove_app", False, False, False, False, False, True),
        ("cove_owner", False, False, False, False, True, True),
        ("cove_steward", False, False, False, False, True, False),
    ]


def test_preparing_again_changes_nothing_and_serves_other_databases(server):
    for _ in range(2):
        prepare_database(server.superuser_url, "another")
    url = server.environment.embedded_postgres_url("cove_owner", "another")
    with psycopg.connect(url) as owner:
        owner.execute("CREATE TABLE t (x int)")
    with psycopg.connect(server.environment.embedded_postgres_url("cove_app", "another")) as app:
        app.execute("INSERT INTO t VALUES (1)")


def test_chinese_text_sorts_and_lowers_alike_everywhere(app):
    row = app.execute("SELECT lower('ÀÉ 港湾'), datcollate, pg_encoding_to_char(encoding) FROM pg_database").fetchone()
    assert row == ("àé 港湾", "C", "UTF8")


def test_a_second_start_on_the_same_folder_is_refused(server):
    with pytest.raises(FolderTakenError, match=r"already runs \(process \d+\).*COVE_DATA"):
        PostgresServer(server.environment).start()


def run_part(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "cove.launch.embedded.postgres"],
        env={**os.environ, "COVE_DATA": str(folder)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def connect_when_ready(url: str) -> psycopg.Connection:
    deadline = time.monotonic() + 120
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_what_was_acknowledged_survives_kill_9_of_any_part(tmp_path):
    url = read_environment({"COVE_DATA": str(tmp_path)}).effective_database_owner_url
    pid_file = tmp_path / "postgres" / "data" / "postmaster.pid"
    part = run_part(tmp_path)
    try:
        with connect_when_ready(url) as owner:
            owner.execute("CREATE TABLE kept (x int)")

        victims = [
            lambda: part.pid,  # the watcher: the server must follow it
            lambda: int(pid_file.read_text().split()[0]),  # the server itself: its watcher must end
        ]
        for number, victim in enumerate(victims):
            with connect_when_ready(url) as owner:
                owner.execute(sql.SQL("INSERT INTO kept VALUES ({})").format(number))
                os.kill(victim(), signal.SIGKILL)
            part.wait(60)
            part = run_part(tmp_path)

        with connect_when_ready(url) as owner:
            assert owner.execute("SELECT x FROM kept ORDER BY x").fetchall() == [(0,), (1,)]
        part.send_signal(signal.SIGTERM)
        assert part.wait(60) == 0
        assert not pid_file.exists()
    finally:
        part.kill()
        part.wait()


def test_a_stale_pid_file_with_a_living_number_does_not_stop_the_start(tmp_path):
    server = PostgresServer(read_environment({"COVE_DATA": str(tmp_path)}))
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getppid()}\n{server.data}\n0\n5432\n\n\n\n")
    server.start()
    server.stop()
