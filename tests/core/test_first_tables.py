"""A database made at once by first migrations holds all that the models declare."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def test_each_constraint_index_and_trigger_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        held = {name for (name,) in cursor.fetchall()}
    declared = {
        str(one.name)
        for model in apps.get_models()
        if model._meta.managed
        for one in (*model._meta.constraints, *model._meta.indexes)
    }
    assert len(declared) > 400
    assert declared <= held
    triggers = [(model, trigger) for model, trigger in pgtrigger.registered()]
    assert len(triggers) > 150
    states = {trigger.get_installation_status(model)[0] for model, trigger in triggers}
    assert states == {"INSTALLED"}


def test_each_key_of_another_table_is_a_foreign_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, attname FROM pg_constraint
            JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey) WHERE contype = 'f'"""
        )
        held = set(cursor.fetchall())
    declared = {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for field in model._meta.local_concrete_fields
        if field.remote_field is not None and field.db_constraint  # type: ignore[attr-defined]
    }
    assert len(declared) > 300
    assert declared <= held
