"""The files of hosting agree with the list of programs and the documentation: no Docker engine needed."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cae.embedded.programs import PROGRAMS, SERVERS, Program
from cae.embedded.slots import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
HOSTING = (ROOT / "docs/hosting.md").read_text()

each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
each_service = pytest.mark.parametrize("name", SERVICES)


def test_the_services_are_the_programs_and_their_two_servers() -> None:
    assert set(SERVICES) == {program.name for program in PROGRAMS} | set(SERVERS)


@each_program
def test_a_service_runs_the_command_of_the_list(program: Program) -> None:
    assert SERVICES[program.name]["command"] == program.server_words


@each_program
def test_a_service_waits_for_what_the_list_says(program: Program) -> None:
    waited = SERVICES[program.name].get("depends_on", {})
    assert set(waited) == set(program.needs)
    for needed, how in waited.items():
        ends = next((other.ends for other in PROGRAMS if other.name == needed), False)
        assert how["condition"] == ("service_completed_successfully" if ends else "service_healthy")


@each_program
def test_a_service_is_asked_how_it_is_as_the_list_says(program: Program) -> None:
    asked = SERVICES[program.name].get("healthcheck", {}).get("test", [])
    expected = ["CMD", "python", "-m", "cae.embedded.health", *program.health.split()]
    assert asked == (expected if program.health else [])


@each_program
def test_the_documentation_gives_the_same_command(program: Program) -> None:
    row = re.search(rf"^\| {program.name} \| `([^`]+)` \| ([^|]+) \|", HOSTING, re.MULTILINE)
    assert row is not None, f"docs/hosting.md has no row for {program.name}"
    assert row[1].split() == program.server_words
    needed = {word.strip() for word in row[2].split(",")} - {"nothing"}
    assert needed == set(program.needs)


@each_program
def test_what_the_list_starts_exists(program: Program) -> None:
    words = program.command.split()
    if words[0] == "-m":
        assert importlib.util.find_spec(words[1]) is not None
    else:
        answer = subprocess.run(
            [sys.executable, *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        for option in re.findall(r"--[a-z-]+", program.on_server):
            assert option in answer.stdout


def test_the_list_names_only_what_it_holds() -> None:
    names = {program.name for program in PROGRAMS} | set(SERVERS)
    for program in PROGRAMS:
        assert set(program.needs) <= names


@each_service
def test_every_service_is_asked_how_it_is_unless_it_ends(name: str) -> None:
    service = SERVICES[name]
    if name == "prepare":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"


@each_service
def test_every_image_has_a_version_or_is_made_here(name: str) -> None:
    service = SERVICES[name]
    if "build" in service:
        targets = re.findall(r" AS (\w+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
        assert service["build"]["target"] in targets
    else:
        tag = service["image"].partition(":")[2]
        assert re.match(r"\d", tag), f"{service['image']} may become another version by itself"


@each_service
def test_every_volume_is_declared_and_what_must_last_is_on_one(name: str) -> None:
    for volume in SERVICES[name].get("volumes", []):
        source, _, target = volume.partition(":")
        assert source in COMPOSE["volumes"]
        assert target.startswith("/")


def test_a_program_gains_no_right_of_the_machine() -> None:
    for program in PROGRAMS:
        service = SERVICES[program.name]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not service.get("privileged")


def test_only_the_web_service_opens_a_port_and_only_to_the_machine_itself() -> None:
    opened = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert opened == {"web": ["127.0.0.1:8000:8000"]}


def test_no_secret_stands_in_the_file() -> None:
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "EMAIL_URL"):
        assert f"${{{name}:?" in TEXT, f"{name} comes from .env, and its want is said at once"
    assert SERVICES["checker"]["environment"] == {}


def test_every_variable_that_compose_asks_for_is_in_the_example_and_in_the_documentation() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    given = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked == given
    for name in asked:
        assert f"`{name}`" in HOSTING


def test_every_variable_given_to_a_program_is_one_it_reads() -> None:
    read = (ROOT / "cae/settings/env.py").read_text()
    for name in SERVICES["web"]["environment"]:
        assert f'("{name}"' in read


def test_links_of_the_documentation_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", HOSTING):
        assert (Path(ROOT / "docs") / target).exists(), target
