"""An applicant whose file is erased: their application names nobody any more (PEO-38)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cae.core.errors import Refused
from entrepreneurs.models import Application
from entrepreneurs.selectors.personal_data import TYPED, held_of_path
from people.models import Person
from people.services.erasing import erase_person
from tests.factories.applications import submitted
from tests.factories.own_data import make_officer

pytestmark = pytest.mark.django_db


def person_of(application: Application) -> Person:
    assert application.person is not None
    return application.person


def test_what_was_written_is_read_by_its_author() -> None:
    application = submitted()
    parts = list(held_of_path(person_of(application), None))
    assert application.reference in str(parts[0].rows)
    assert application.last_name in str(parts[0].rows)


def test_an_application_that_waits_is_not_erased() -> None:
    application = submitted()
    before = Application.objects.values().get(pk=application.pk)
    with pytest.raises(Refused):
        erase_person(
            person_of(application),
            actor=make_officer(),
            now=timezone.now(),
            on=timezone.localdate() + timedelta(days=900),
        )
    assert Application.objects.values().get(pk=application.pk) == before


def test_every_answer_goes_and_the_number_stays() -> None:
    application = submitted()
    name, reference = application.last_name, application.reference
    Application.objects.filter(pk=application.pk).update(state="refused")
    person = person_of(application)
    erase_person(
        person, actor=make_officer(), now=timezone.now(), on=timezone.localdate() + timedelta(days=900)
    )
    row = Application.objects.get(pk=application.pk)
    assert row.reference == reference
    assert name not in str([getattr(row, column) for column in TYPED])
    kept = {"first_name", "last_name", "email", "charter_typed"}
    assert [column for column in TYPED if column not in kept and getattr(row, column)] == []
