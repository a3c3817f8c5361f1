"""The hosting files agree with the documentation, and the backup can be restored: no Docker engine needed."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from cae.embedded.servers import start_first_free
from cae.embedded.slots import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
INSTALL = (ROOT / "docs/install.md").read_text()


def test_every_service_of_the_architecture_is_there() -> None:
    assert {"web", "worker", "beat", "checker", "database", "queue", "backup"} <= SERVICES.keys()


@pytest.mark.parametrize("name", ["web", "worker", "beat", "checker", "prepare"])
def test_each_documented_command_is_the_one_that_runs(name: str) -> None:
    built_in = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert built_in is not None
    command = SERVICES[name].get("command") or yaml.safe_load(built_in[1])
    documented = [set(line.split()) for line in re.findall(r"`((?:celery|python|gunicorn) [^`]+)`", INSTALL)]
    assert any(words <= set(command) for words in documented), command


def test_every_variable_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked == given


def test_only_the_web_service_opens_a_port_and_only_to_the_machine_itself() -> None:
    opened = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert opened == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_installs_by_hash_and_neither_tests_nor_embedded_servers() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes --requirement requirements.lock" in dockerfile
    assert "requirements-" not in dockerfile


@pytest.mark.slow
def test_a_backup_restores_rows_and_files(state: Path, tmp_path: Path) -> None:
    servers = start_first_free("demo", throwaway=True)
    data, backups = tmp_path / "data", tmp_path / "backups"
    (data / "files").mkdir(parents=True)
    backups.mkdir()
    (data / "files" / "invoice.pdf").write_bytes(b"sealed")
    environment = {
        "PATH": f"{servers.binaries()}:{os.environ['PATH']}",
        "PGHOST": str(servers.slot.sockets),
        "PGUSER": "alveole",
        "PGDATABASE": "alveole",
        "DATA": str(data),
        "BACKUPS": str(backups),
    }

    def backup(*words: str) -> str:
        command = ["sh", str(ROOT / "docker/backup.sh"), *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    try:
        with psycopg.connect(servers.environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("create table kept (word text)")
            connection.execute("insert into kept values ('miel')")
            for day in range(10, 30):
                (backups / f"2020-01-{day}.dump").touch()
            day_saved = backup("now").split()[-1]
            assert len(list(backups.glob("*.dump"))) == 14
            connection.execute("delete from kept")
            (data / "files" / "invoice.pdf").unlink()
            backup("restore", day_saved)
            assert connection.execute("select word from kept").fetchall() == [("miel",)]
        assert (data / "files" / "invoice.pdf").read_bytes() == b"sealed"
    finally:
        servers.stop()
