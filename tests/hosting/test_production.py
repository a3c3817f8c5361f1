"""A server refuses to start with anything missing or weak, in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cae.embedded.slots import ROOT
from cae.settings import env

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "cae.settings.production",
    "SECRET_KEY": "q8Zr-1vYw5XkTn3bJh7Lp0sDf9Gm2Ca4Ee6Ru_IoPlKjHgFdSaQw",
    "DATABASE_URL": "postgresql://alveole:x@127.0.0.1/alveole",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "CHECKER_URL": "tcp://127.0.0.1:8790",
    "ALLOWED_HOSTS": "coop.example",
    "SITE_URL": "https://coop.example",
}
NOTHING_ELSE = ("PATH", "HOME", "LANG")


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in NOTHING_ELSE if name in os.environ}
    command = [sys.executable, "manage.py", "diffsettings"]
    return subprocess.run(
        command, cwd=ROOT, env=kept | WHOLE | changes, capture_output=True, text=True, check=False
    )


def test_with_everything_said_it_starts() -> None:
    started = start()
    assert started.returncode == 0, started.stderr
    assert "SECURE_SSL_REDIRECT = True" in started.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set, drawn at random, and at least 50 characters long."),
        (
            {"SECRET_KEY": "court"},
            "SECRET_KEY must be set, drawn at random, and at least 50 characters long.",
        ),
        (
            {"SECRET_KEY": "a" * 60},
            "SECRET_KEY must be set, drawn at random, and at least 50 characters long.",
        ),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the addresses of this site, never '*'."),
        ({"DEMONSTRATION": "1"}, "DEMONSTRATION must not be set on a server: it lets anybody in."),
        ({"FILES_URL": "s3://hôte/seau"}, "FILES_URL must read s3://KEY:SECRET@HOST/BUCKET?region=NAME."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(changes: dict[str, str], sentence: str) -> None:
    refused = start(**changes)
    assert refused.returncode == 1
    assert refused.stderr.strip() == f"alveole: {sentence}"


def test_the_address_of_the_database_keeps_what_it_says_of_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DATABASE_URL", "postgresql://a:b@base.exemple.fr:5433/coop?sslmode=verify-full")
    known = env.database()
    assert (known["HOST"], known["PORT"], known["NAME"]) == ("base.exemple.fr", "5433", "coop")
    assert known["OPTIONS"] == {"sslmode": "verify-full"}
