"""Refuses to deploy with doors ajar: demonstration mode, weak passwords, second factor missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
SECOND_FACTOR = "people.middleware.SecondFactorMiddleware"


def account_safety(**_apps: Any) -> list[CheckMessage]:
    """One error for each setting that would let somebody in who should stay out (`check --deploy`)."""
    faults = {
        "people.E001": (
            settings.DEMONSTRATION,
            "DEMONSTRATION lets anybody in under any role: never on a server.",
        ),
        "people.E002": (
            settings.PASSWORD_HASHERS[0] != ARGON2,
            "Argon2 must be the first of PASSWORD_HASHERS: the others are too fast to guess against.",
        ),
        "people.E003": (
            "allauth.mfa" not in settings.INSTALLED_APPS or SECOND_FACTOR not in settings.MIDDLEWARE,
            "The second factor is off: staff roles read what belongs to others.",
        ),
        "people.E004": (
            _minimum_length() < 12,
            "Passwords must have at least 12 characters (MinimumLengthValidator).",
        ),
        "people.E005": (
            settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory",
            "ACCOUNT_EMAIL_VERIFICATION must be mandatory: an address is proved before it opens anything.",
        ),
        "people.E006": (
            not settings.ACCOUNT_PREVENT_ENUMERATION,
            "ACCOUNT_PREVENT_ENUMERATION is off: the pages would tell who has an account.",
        ),
        "people.E007": (
            getattr(settings, "ACCOUNT_RATE_LIMITS", None) is False,
            "ACCOUNT_RATE_LIMITS is off: passwords could be tried without end.",
        ),
    }
    return [Error(sentence, id=name) for name, (wrong, sentence) in faults.items() if wrong]


def _minimum_length() -> int:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    lengths = [
        validator.get("OPTIONS", {}).get("min_length", 8)
        for validator in validators
        if validator["NAME"].endswith("MinimumLengthValidator")
    ]
    return max(lengths, default=0)
