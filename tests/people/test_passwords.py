"""Passwords that thieves know are refused, whatever their disguise; a real phrase is not (PEO-01)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from people.passwords import LeakedPasswordValidator
from tests.factories.people import PASSWORD

LEAKED = [
    "passwordpassword",
    "Password2024!",
    "M0tdepasse2026",
    "MotDePasse1234",
    "azertyuiop123",
    "azertyazerty",
    "Alvéole2026!!",
    "!!!bonjour2025",
    "Marseille13013",
    "p@ssw0rd12345",
    "1234567890!!",
    "mot-de-passe-1",
]
FINE = [
    PASSWORD,
    "trois chats sur un toit",
    "Cheval-correct-batterie",
    "le soleil de mars 2026",
    "xK9#vLq2!mZt7",
]


@pytest.mark.parametrize("password", LEAKED)
def test_a_leaked_password_is_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        LeakedPasswordValidator().validate(password)
    assert refusal.value.code == "password_leaked"
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", FINE)
def test_a_phrase_is_taken(password: str) -> None:
    validate_password(password)


def hashes(*passwords: str) -> list[str]:
    digests = (hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in passwords)
    return sorted(digests)


@pytest.mark.parametrize("count", [0, 1, 2, 57, 400])
@pytest.mark.parametrize("tail", ["", ":12"])
def test_a_file_of_hashes_is_searched_by_halves(tmp_path: Path, settings: Any, count: int, tail: str) -> None:
    """As downloaded once from a public list: sorted, with or without how often each was seen."""
    kept = [f"une phrase perdue {number}" for number in range(count)]
    path = tmp_path / "leaked.txt"
    path.write_text("".join(f"{digest}{tail}\n" for digest in hashes(*kept)))
    settings.LEAKED_PASSWORDS_FILE = str(path)
    validator = LeakedPasswordValidator()
    for password in kept:
        with pytest.raises(ValidationError):
            validator.validate(password)
    for number in range(50):
        validator.validate(f"une phrase gardée {number}")
