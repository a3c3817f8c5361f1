"""`./alveole reset` deletes what it says, when told so, and never under a living run."""

from __future__ import annotations

import pytest

from tests.embedded.conftest import House


def with_data(house: House) -> None:
    (house.folder / "var/demo/files").mkdir(parents=True)
    (house.folder / "var/demo/files/kept.pdf").write_bytes(b"pdf")


def test_it_says_what_it_deletes_and_deletes_on_yes(house: House) -> None:
    with_data(house)
    done = house.command("reset", answer="yes\n")
    assert done.returncode == 0, done.stderr
    assert f"{house.folder}/var/demo (" in done.stdout
    assert not (house.folder / "var/demo").exists()


@pytest.mark.parametrize("answer", ["", "\n", "no\n"])
def test_any_other_answer_deletes_nothing(house: House, answer: str) -> None:
    with_data(house)
    done = house.command("reset", answer=answer)
    assert done.returncode == 1
    assert "Nothing was deleted." in done.stdout
    assert (house.folder / "var/demo/files/kept.pdf").read_bytes() == b"pdf"


def test_with_yes_it_does_not_ask(house: House) -> None:
    with_data(house)
    assert house.command("reset", "--yes").returncode == 0
    assert not (house.folder / "var/demo").exists()


def test_without_data_it_says_so(house: House) -> None:
    assert house.command("reset", "--yes").stdout == "There is nothing to delete.\n"


@pytest.mark.slow
def test_it_refuses_while_a_run_uses_the_data(house: House) -> None:
    run = house.run().wait_until_ready()
    refused = house.command("reset", "--yes")
    assert refused.returncode == 1
    assert "is in use: stop ./alveole run first." in refused.stderr
    assert (house.folder / "var/demo/pg18/PG_VERSION").exists()
    assert run.stop() == 0


def test_data_on_a_server_is_never_touched(house: House) -> None:
    with_data(house)
    house.environment |= {"DATABASE_URL": "postgresql://somewhere/x", "REDIS_URL": "redis://somewhere"}
    refused = house.command("reset", "--yes")
    assert refused.returncode == 1
    assert "never that of a server" in refused.stderr
    assert (house.folder / "var/demo/files/kept.pdf").exists()
