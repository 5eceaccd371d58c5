"""Opening: versions, bad paths, and one writer at a time."""

import os
import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from dateline.errors import StoreBusyError, StoreError, StoreVersionError
from dateline.store import Session, Store, migrations
from dateline.store.tables import metadata

from .conftest import NOW
from .making import document_of, report_of


def test_migrations_lead_to_the_tables_as_described(tmp_path):
    Store.open(tmp_path / "new.db").close()
    with create_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, metadata)
    assert [d for d in differences if d[0] not in ("remove_table",)] == []


def test_a_database_of_the_first_version_is_brought_up_with_all_that_is_in_it(tmp_path):
    path = tmp_path / "old.db"
    report = report_of()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
    with engine.begin() as connection:
        session = Session(connection)
        session.evidence.receive(report, NOW)
    with Store.open(path) as store:
        assert store.verify().holds
        with store.write() as session:
            assert session.evidence.report(report.id) == report
            session.evidence.keep(document_of(report), NOW)
            assert session.evidence.unsigned() == (report.id,)


def test_the_newest_version_is_the_last_of_the_migrations():
    config = Config()
    config.set_main_option("script_location", "dateline.store:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "new.db"
    Store.open(path).close()
    new = sqlite3.connect(path)
    new.execute("UPDATE alembic_version SET version_num = '0999'")
    new.commit()
    new.close()
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match=r"newer Dateline \(schema 0999.*upgrade"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b"Gunmen killed three guards. " * 100), "is not a database"),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE birds (name)"), "another program.*birds"),
    ],
)
def test_what_is_no_database_of_ours_is_named(tmp_path, make, message):
    path = tmp_path / "x.db"
    make(path)
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_and_other_databases_are_named(tmp_path):
    with pytest.raises(StoreError, match="no folder"):
        Store.open(tmp_path / "nowhere" / "x.db")
    with pytest.raises(StoreError, match="'postgresql' are not served yet"):
        Store.open("postgresql://localhost/cases")
    with pytest.raises(StoreError, match=r"no database at .*make one with"):
        Store.open(tmp_path / "x.db", create=False)
    with pytest.raises(StoreError, match="empty"):
        Store.open("")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place where nobody may write")
def test_a_place_that_cannot_be_written_is_named():
    with pytest.raises(StoreError, match=r"/proc/x\.db cannot be written"):
        Store.open("/proc/x.db")


def test_an_address_names_the_same_file_as_its_path(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'x.db'}").write() as session:
        session.evidence.receive(report_of(), NOW)
    assert Store.open(tmp_path / "x.db", create=False).verify().reports == 1


HOLD = """
import sys
from dateline.store import Session, Store, migrations
with Store.open(sys.argv[1]).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_at_once_while_readers_go_on(tmp_path):
    path = tmp_path / "x.db"
    mine = Store.open(path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    with pytest.raises(StoreBusyError, match="another run"), mine.write():
        pass
    assert mine.verify().holds
    other.kill()
    other.wait()
    with mine.write() as session:
        assert session.evidence.receive(report_of(), NOW)


def test_a_reader_sees_one_moment_however_much_is_written_meanwhile(tmp_path):
    store = Store.open(tmp_path / "x.db")
    with store.read() as reading:
        assert reading.evidence.superseded() == {}
        before = reading.custody.count()
        with store.write() as session:
            session.evidence.receive(report_of(), NOW)
        assert reading.custody.count() == before
    with store.read() as reading:
        assert reading.custody.count() == before + 1
