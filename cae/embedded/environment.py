"""The environment that the application's processes get from `./alveole`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from cae.embedded.slots import EmbeddedError, Slot, state_folder


def uses_outside_servers(environment: Mapping[str, str]) -> bool:
    given = [name for name in ("DATABASE_URL", "REDIS_URL") if environment.get(name)]
    if len(given) == 1:
        raise EmbeddedError(f"Only {given[0]} is set: set both DATABASE_URL and REDIS_URL, or neither.")
    return bool(given)


def secret_key() -> str:
    """The key of this machine, drawn once and kept, so that a restart signs nobody out."""
    path = state_folder() / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        draft.rename(path)
    return path.read_text()


def demonstration(slot: Slot, port: int | None = None) -> dict[str, str]:
    """What `run`, `manage` and `bench` set, unless the person at the terminal has set it."""
    values = {
        "DJANGO_SETTINGS_MODULE": "cae.settings.local",
        "DEMONSTRATION": "1",
        "ALVEOLE_SLOT": str(slot.folder),
        "FILES_DIR": str(slot.folder / "files"),
        "PYTHONUNBUFFERED": "1",
    }
    if port:
        values["SITE_URL"] = f"http://127.0.0.1:{port}"
    if "SECRET_KEY" not in os.environ:
        values["SECRET_KEY"] = secret_key()
    return values | dict(os.environ)
