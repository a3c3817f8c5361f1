"""What a reader of the Dockerfile would ask: versions, user, hashes, no secret, no waste."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatch

from cae.embedded.locks import BUCKET, EMBEDDED, RUN, TEST
from cae.embedded.slots import ROOT

TEXT = (ROOT / "Dockerfile").read_text()
# Continued lines made one; comments out.
LINES = [
    line.strip()
    for line in re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", TEXT, flags=re.MULTILINE)).splitlines()
    if line.strip()
]


def stages() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in LINES:
        if start := re.fullmatch(r"FROM (\S+) AS (\w+)", line):
            found[start[2]] = []
        found[next(reversed(found))].append(line)
    return found


def of(stage: str, word: str) -> list[str]:
    return [line.split(maxsplit=1)[1] for line in stages()[stage] if line.split()[0] == word]


def test_each_stage_has_a_name_and_a_base_with_a_version() -> None:
    for line in (line for line in LINES if line.startswith("FROM")):
        base = line.split()[1]
        assert ":" in base
        assert not base.endswith(":latest")


def test_every_word_is_one_that_docker_knows() -> None:
    known = {"FROM", "RUN", "COPY", "ENV", "WORKDIR", "USER", "VOLUME", "EXPOSE", "CMD", "ENTRYPOINT"}
    assert {line.split()[0] for line in LINES} <= known


def test_both_images_run_as_the_same_user_who_is_not_root() -> None:
    for stage in ("program", "backup"):
        assert of(stage, "USER") == ["alveole"]
        assert "useradd --system --uid 10001 --no-create-home alveole" in " ".join(of(stage, "RUN"))
        after = stages()[stage][stages()[stage].index("USER alveole") :]
        assert not [line for line in after if line.startswith(("RUN", "COPY"))]


def test_packages_come_by_hash_from_the_locks_of_a_server_only() -> None:
    installed = [line for line in of("build", "RUN") if "pip install" in line]
    assert len(installed) == 1
    assert "--require-hashes" in installed[0]
    assert set(re.findall(r"--requirement (\S+)", installed[0])) == {RUN, BUCKET}
    assert not re.search(rf"{EMBEDDED}|{TEST}", TEXT)


def test_packages_of_the_machine_leave_no_list_behind() -> None:
    for line in LINES:
        if "apt-get install" in line:
            assert "--no-install-recommends" in line
            assert line.endswith("rm -rf /var/lib/apt/lists/*")


def test_the_image_that_draws_pdf_files_has_what_the_command_of_a_laptop_asks_for() -> None:
    asked = re.search(r'^PANGO="([^"]+)"', (ROOT / "alveole").read_text(), re.MULTILINE)
    assert asked is not None
    drawn = " ".join(of("program", "RUN"))
    for package in (*asked[1].split(), "fonts-dejavu-core"):
        assert package in drawn


def test_the_backup_is_made_by_the_client_of_the_same_version_as_the_server() -> None:
    base = next(line.split()[1] for line in stages()["backup"] if line.startswith("FROM"))
    assert f"image: {base}\n" in (ROOT / "docker-compose.yml").read_text()


def test_both_images_have_one_python_since_they_share_its_packages() -> None:
    for stage in ("build", "program", "backup"):
        base = next(line.split()[1] for line in stages()[stage] if line.startswith("FROM"))
        assert "trixie" in base
        assert " python3 " in f"{' '.join(of(stage, 'RUN'))} "


def test_static_files_are_made_in_the_image_and_found_there() -> None:
    made = next(line for line in of("build", "RUN") if "prepare --files-only" in line)
    where = re.search(r"STATIC_DIR=(\S+)", made)
    assert where is not None
    for stage in ("program", "backup"):
        assert f"STATIC_DIR={where[1]}" in " ".join(of(stage, "ENV"))


def test_no_secret_is_baked_in() -> None:
    assert not re.search(r"SECRET_KEY|PASSWORD|DATABASE_URL", TEXT)


def test_what_the_image_needs_is_not_left_out_and_the_rest_is() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for needed in (RUN, BUCKET, "pyproject.toml", "manage.py", "cae", "static", "templates", "locale"):
        assert not any(fnmatch(needed, pattern) for pattern in ignored)
    assert {".git", ".env", "var", "tests", ".venv"} <= set(ignored)
    # `pyproject.toml` tells the backup its version.
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
