"""Asks for work by name, to be started once the transaction is committed."""

from functools import partial
from typing import Any

from django.db import transaction

from cae.celery import app


def run_later(name: str, **arguments: Any) -> None:
    """Does: starts the task `name` after commit, with keys and plain values only.

    Raises LookupError at once when no room has a task of that name."""
    if name not in app.tasks:
        raise LookupError(f"no task is named {name!r}")
    transaction.on_commit(partial(app.tasks[name].apply_async, kwargs=arguments), robust=True)
