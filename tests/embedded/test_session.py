"""`./alveole manage` and `./alveole bench`: one command with the right servers, which end with it."""

from __future__ import annotations

import pytest

from tests.embedded.conftest import House

SHOW = "import os; print(os.environ['DATABASE_URL'], os.environ['DEMONSTRATION'])"
ANSWER = """
import os, psycopg
print(psycopg.connect(os.environ["DATABASE_URL"]).execute("select 40 + 2").fetchone()[0])
"""


def test_it_starts_servers_for_the_time_of_the_command(house: House) -> None:
    done = house.command("session", "demo", "-c", ANSWER)
    assert done.stdout == "42\n", done.stderr
    assert (house.folder / "var/demo/pg18/PG_VERSION").exists()
    assert not house.sockets().exists()


def test_the_status_of_the_command_is_passed_on(house: House) -> None:
    assert house.command("session", "demo", "-c", "raise SystemExit(7)").returncode == 7


def test_another_name_has_data_of_its_own(house: House) -> None:
    assert house.command("session", "bench", "-c", ANSWER).stdout == "42\n"
    assert not (house.folder / "var/demo").exists()


def test_outside_servers_are_used_as_they_are(house: House) -> None:
    house.environment |= {
        "DATABASE_URL": "postgresql://somewhere/x",
        "REDIS_URL": "redis://y",
        "DEMONSTRATION": "0",
    }
    assert house.command("session", "demo", "-c", SHOW).stdout == "postgresql://somewhere/x 0\n"
    assert not (house.folder / "var/demo").exists()


def test_with_outside_servers_the_files_are_those_of_a_run(house: House) -> None:
    house.environment |= {"DATABASE_URL": "postgresql://somewhere/x", "REDIS_URL": "redis://y"}
    show = "import os; print(os.environ.get('FILES_DIR'))"
    assert house.command("session", "demo", "-c", show).stdout == f"{house.folder}/var/outside/files\n"
    house.environment["DJANGO_SETTINGS_MODULE"] = "cae.settings.production"
    assert house.command("session", "demo", "-c", show).stdout == "None\n"


@pytest.mark.slow
def test_it_joins_a_living_run_and_leaves_it_alive(house: House) -> None:
    run = house.run().wait_until_ready()
    done = house.command("session", "demo", "-c", SHOW)
    assert done.stdout == f"postgresql://alveole@/alveole?host={house.sockets()} 1\n"
    assert house.command("session", "demo", "-c", ANSWER).stdout == "42\n"
    refused = house.command("session", "--alone", "demo", "-c", ANSWER)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is in use: stop ./alveole run first." in refused.stderr
    assert run.stop() == 0
