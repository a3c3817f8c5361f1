"""Locks what must not be readable in the database, with a key for each purpose, made from SECRET_KEY.

A change of key loses nothing: what a former one locked opens as long as it stands in SECRET_KEY_FALLBACKS."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str, *, purpose: str) -> str:
    """Gives the text locked under the key of the day, for this purpose alone."""
    return _box(purpose).encrypt(text.encode()).decode()


def decrypt(locked: str, *, purpose: str) -> str:
    """Gives the text back. Raises InvalidToken when it was locked for another purpose, or by a lost key."""
    return _box(purpose).decrypt(locked.encode()).decode()


def _box(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key), purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"alveole {purpose} ".encode() + key.encode()).digest())
