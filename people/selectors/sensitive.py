"""Who opened a protected record; the record itself opens through its service only, which notes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from people.models import Person, SensitiveReading, SensitiveRecord
from people.selectors.merging import file_keys
from people.states.sensitive import SensitivePurpose


def readings_of(person: Person) -> QuerySet[SensitiveReading]:
    """Every time somebody opened the protected record of a person, files merged since included."""
    return SensitiveReading.objects.filter(person__in=file_keys(person)).select_related("reader__person")


def has_sensitive_record(person: Person) -> bool:
    return SensitiveRecord.objects.filter(person=person).exists()


def busiest_readers(since: datetime) -> QuerySet[SensitiveReading, Any]:
    """How many persons each account opened since then, their own record apart, the most first."""
    others = SensitiveReading.objects.filter(at__gte=since).exclude(purpose=SensitivePurpose.OWN)
    rows = others.order_by().values("reader")
    return rows.annotate(persons=Count("person", distinct=True)).order_by("-persons", "reader")
