"""A database that lives as long as the measures, filled with the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cae.celery import app
from cae.core.catalogues import compile_catalogues
from cae.demonstration.loading.loader import load


@contextmanager
def own_cooperative(*, empty: bool = False) -> Iterator[None]:
    """The demonstration in a database beside the real one; the jobs it asks for go to no worker."""
    broker = app.conf.broker_url
    app.conf.update(broker_url="memory://")
    compile_catalogues()
    call_command("collectstatic", verbosity=0, interactive=False)
    former = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if not empty:
            load(today=timezone.localdate(), now=timezone.now())
        yield
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)
        app.conf.update(broker_url=broker)
