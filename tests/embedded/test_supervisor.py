"""`./alveole run` seen from outside, with real processes: start, stop, kill, restart, refuse."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import urllib.request
from collections.abc import Iterable

import pytest

from tests.embedded.conftest import House, wait_for

pytestmark = pytest.mark.slow


def first_page(house: House) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/", timeout=5) as answer:
        return answer.read().decode()


def kill(pids: Iterable[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):  # a child of one that was killed a moment ago
            os.kill(pid, signal.SIGKILL)


def test_a_run_prints_address_and_accounts_then_ctrl_c_leaves_nothing_alive(house: House) -> None:
    run = house.run().wait_until_ready()
    wait_for(lambda: "checker | ready" in run.output and "celery@" in run.output)
    assert f"http://127.0.0.1:{house.port}/" in run.output
    assert "entrepreneur@demo.coop / miel" in run.output
    assert "prepare | stub prepared" in run.output
    assert "host=" in first_page(house)
    assert run.stop() == 0
    assert run.pids(with_guards=True) == {}
    assert (house.folder / "var/demo/pg18/PG_VERSION").exists()


def test_the_data_outlives_a_stop(house: House) -> None:
    house.run().wait_until_ready().stop(signal.SIGTERM)
    house.run().wait_until_ready().stop()
    assert (house.folder / "var/demo/prepared").read_text() == "once\nonce\n"
    assert not (house.folder / "var/demo-2").exists()


def test_everything_killed_at_once_leaves_a_house_that_starts_again(house: House) -> None:
    run = house.run().wait_until_ready()
    kill(run.pids(with_guards=True))
    again = house.run().wait_until_ready()
    assert "var/demo)" in again.output
    assert again.stop() == 0


def test_a_killed_supervisor_takes_every_process_with_it(house: House) -> None:
    run = house.run().wait_until_ready()
    assert len(run.pids()) > 5
    run.process.kill()
    run.process.wait()
    wait_for(lambda: not run.pids())


def test_a_run_after_a_killed_supervisor_waits_for_its_processes_and_takes_the_same_data(
    house: House,
) -> None:
    run = house.run().wait_until_ready()
    run.process.kill()
    run.process.wait()
    again = house.run().wait_until_ready()
    assert "var/demo)" in again.output
    assert again.stop() == 0


def test_a_taken_port_is_said_in_one_sentence_before_anything_starts(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.port))
        taken.listen()
        run = house.run()
        assert run.process.wait(20) == 1
    said = f"alveole | Port {house.port} is taken: choose one with PORT={house.port + 1} ./alveole run"
    assert run.output.strip() == said
    assert not (house.folder / "var/demo").exists()


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_no_number_is_said(house: House, port: str) -> None:
    run = house.run(PORT=port)
    assert run.process.wait(20) == 1
    assert run.output.strip() == f"alveole | PORT={port} is not a port number."


def test_a_second_run_gets_servers_of_its_own_but_not_the_port(house: House) -> None:
    first = house.run().wait_until_ready()
    refused = house.run()
    assert refused.process.wait(20) == 1
    assert "is taken" in refused.output
    assert not (house.folder / "var/demo-2").exists()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        other = probe.getsockname()[1]
    second = house.run(PORT=str(other)).wait_until_ready()
    assert "var/demo-2)" in second.output
    assert second.stop() == 0
    assert "host=" in first_page(house)
    assert first.stop() == 0


@pytest.mark.parametrize(
    ("module", "word"), [("gunicorn", "web"), ("celery --app cae.celery worker", "worker")]
)
def test_a_program_that_dies_is_started_again(house: House, module: str, word: str) -> None:
    run = house.run().wait_until_ready()
    wait_for(lambda: "celery@" in run.output)
    dead = [pid for pid, command in run.pids().items() if f"-m {module}" in command]
    assert dead
    kill(dead)
    wait_for(lambda: f"{word} ended with -9 and is started again" in run.output)
    wait_for(lambda: any(f"-m {module}" in command for command in run.pids().values()))
    assert "host=" in first_page(house)
    assert run.stop() == 0


def test_a_dead_database_ends_the_run_with_a_sentence(house: House) -> None:
    run = house.run().wait_until_ready()
    postgres = int((house.folder / "var/demo/pg18/postmaster.pid").read_text().splitlines()[0])
    os.kill(postgres, signal.SIGKILL)
    assert run.process.wait(30) == 1
    assert "postgres has died: see" in run.output
    assert run.pids() == {}


def test_a_failed_preparation_ends_the_run(house: House) -> None:
    run = house.run(STUB_PREPARE_FAILS="3")
    assert run.process.wait(30) == 1
    assert "The database could not be prepared" in run.output
    assert run.pids() == {}


def test_the_checker_answers_a_caller_that_came_before_it_was_started(house: House) -> None:
    run = house.run().wait_until_ready()
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(10)
        client.connect(str(house.sockets() / "checker.sock"))
        assert client.recv(16) == b"verdict"
    run.stop()


def test_one_outside_server_without_the_other_is_refused(house: House) -> None:
    run = house.run(DATABASE_URL="postgresql://somewhere/alveole")
    assert run.process.wait(20) == 1
    assert run.output.strip() == (
        "alveole | Only DATABASE_URL is set: set both DATABASE_URL and REDIS_URL, or neither."
    )


def test_servers_that_cannot_start_end_the_run_with_a_sentence(house: House) -> None:
    run = house.run(ALVEOLE_PG_BIN=str(house.folder))
    assert run.process.wait(30) == 1
    assert run.output.startswith("alveole | The embedded servers cannot be run: ")
    assert "Traceback" not in run.output
    assert run.pids() == {}
