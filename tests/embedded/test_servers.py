"""The embedded servers alone: slots, stale files, private folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from cae.embedded.servers import Servers, acquire_first_free, start_first_free
from cae.embedded.slots import SYSTEM_STATE, EmbeddedError, Slot, SlotBusy, reachable


def write_one_row(servers: Servers) -> None:
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
        connection.execute("create table if not exists kept (word text)")
        connection.execute("insert into kept values ('miel')")


def rows(servers: Servers) -> int:
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
        found = connection.execute("select count(*) from kept").fetchone()
    assert found is not None
    return int(found[0])


def test_both_servers_answer_and_stop_without_leaving_sockets(state: Path) -> None:
    servers = start_first_free("demo")
    with psycopg.connect(servers.environment["DATABASE_URL"]) as connection:
        version = connection.info.server_version
        assert connection.execute("show lc_messages").fetchone() is not None
    assert version >= 180000
    assert redis.Redis.from_url(servers.environment["REDIS_URL"]).ping()
    servers.stop()
    servers.stop()
    assert not servers.slot.sockets.exists()
    assert servers.dead() == []


def test_the_data_is_there_after_a_restart(state: Path) -> None:
    for expected in (1, 2):
        servers = start_first_free("demo")
        write_one_row(servers)
        assert rows(servers) == expected
        servers.stop()


def test_a_taken_slot_gives_the_next_one(state: Path) -> None:
    first = acquire_first_free("demo")
    second = acquire_first_free("demo")
    assert (first.folder.name, second.folder.name) == ("demo", "demo-2")
    assert first.sockets != second.sockets
    with pytest.raises(SlotBusy):
        Slot(first.folder).acquire()
    first.release()
    again = acquire_first_free("demo")
    assert again.folder.name == "demo"
    for slot in (again, second):
        slot.release()


@pytest.mark.parametrize(("seconds", "ended_by"), [(1, 0), (60, -9)])
def test_what_a_dead_supervisor_left_is_waited_for_then_killed(
    state: Path, seconds: int, ended_by: int
) -> None:
    holder = acquire_first_free("demo")
    assert holder.lock is not None
    sleep = f"import time; time.sleep({seconds})"
    left = subprocess.Popen([sys.executable, "-c", sleep], pass_fds=[holder.lock])
    holder.release()
    patient = Slot(holder.folder)
    patient.acquire(patience=3)
    assert left.wait() == ended_by
    patient.release()


@pytest.mark.parametrize("content", ["", "1\n", "OURS\n/nowhere\n1\n5432\n\n\n\nready\n"])
def test_a_stale_pid_file_hinders_nobody(state: Path, content: str) -> None:
    servers = start_first_free("demo")
    servers.stop()
    (servers.cluster / "postmaster.pid").write_text(content.replace("OURS", str(os.getpid())))
    again = start_first_free("demo")
    write_one_row(again)
    again.stop()


def test_a_half_made_cluster_is_made_anew(state: Path) -> None:
    half = state / "demo" / "pg18.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    servers = start_first_free("demo")
    write_one_row(servers)
    servers.stop()
    assert not half.exists()


def damage(servers: Servers) -> None:
    (servers.cluster / "global" / "pg_control").write_bytes(b"nothing of use")


def test_only_throw_away_data_is_replaced_when_damaged(state: Path) -> None:
    kept, thrown = start_first_free("demo"), start_first_free("test", throwaway=True)
    for servers in (kept, thrown):
        write_one_row(servers)
        servers.stop()
        damage(servers)
    with pytest.raises(EmbeddedError, match="PostgreSQL did not start"):
        start_first_free("demo")
    again = start_first_free("test", throwaway=True)
    write_one_row(again)
    assert rows(again) == 1
    again.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs PostgreSQL as itself")
def test_as_root_a_private_checkout_keeps_its_mode_and_still_has_its_servers(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    slot = Slot(private / "var" / "demo")
    assert slot.account is not None
    assert not reachable(private, slot.account)
    assert slot.folder.is_relative_to(SYSTEM_STATE)
    slot.acquire()
    servers = Servers(slot, throwaway=True)
    servers.start()
    write_one_row(servers)
    servers.stop()
    assert private.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(slot.folder.parent)


def test_as_root_postgresql_runs_as_somebody_else(state: Path) -> None:
    servers = start_first_free("demo", throwaway=True)
    owner = Path(f"/proc/{servers.children[-1].process.pid}").stat().st_uid
    assert owner != 0
    servers.stop()


def test_no_free_slot_is_a_sentence(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.embedded.slots.LAST_SLOT", 1)
    only = acquire_first_free("demo")
    with pytest.raises(EmbeddedError, match="Every slot of demo is in use"):
        acquire_first_free("demo")
    only.release()
