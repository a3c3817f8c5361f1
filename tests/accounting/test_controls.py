"""check_books: says nothing of sound books, and names what was tampered with."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounting.models import BooksControl, Entry
from accounting.services.controlling import control_books
from accounting.services.reversing import reverse_entry
from accounting.tasks import check_books
from cae.core.jobs import start_job
from cae.core.models import AuditEntry, Job, JobState
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db

TAMPERINGS = [
    ("UPDATE accounting_entry SET label = 'autre' WHERE number = 2 AND total = 120", ["VE 2 a été modifiée"]),
    (
        "UPDATE accounting_entry SET created_at = created_at - interval '1 day'"
        " WHERE number = 2 AND total = 120",
        ["VE 2 a été"],
    ),
    (
        "UPDATE accounting_entryline SET debit = debit + 1 WHERE debit = 120 AND entry_id = {second}",
        [
            "VE 2 n’est pas équilibrée",
            "équilibrée dans « Atelier A1 »",
            "VE 2 a été modifiée",
            "1 total mensuel n’est pas",
        ],
    ),
    (
        'UPDATE accounting_entryline SET "on" = "on" + 1 WHERE entry_id = {second}',
        ["VE 2 a des lignes d’un autre jour que le sien"],
    ),
    (
        "UPDATE accounting_entryline SET account_id = (SELECT id FROM accounting_account WHERE role = 'bank')"
        " WHERE debit = 120 AND entry_id = {second}",
        ["VE 2 a été modifiée", "2 totaux mensuels ne sont pas"],
    ),
    (
        "DELETE FROM accounting_entryline WHERE entry_id = {second};"
        " DELETE FROM accounting_entry WHERE id = {second}",
        ["le numéro 2 manque", "rompue avant l’écriture VE 3", "F-2 du 02/03/2026", "3 totaux mensuels"],
    ),
    (
        "DELETE FROM accounting_entryline WHERE entry_id IN ({third}, {second});"
        " DELETE FROM accounting_entry WHERE id IN ({third}, {second})",
        [
            "les numéros 2 à 3 manquent",
            "le dernier sceau ne correspond pas",
            "F-2 du 02/03/2026",
            "F-3 du 03/03/2026",
            "3 totaux mensuels",
        ],
    ),
    (
        "UPDATE accounting_entry SET seal = repeat('b', 64) WHERE number = 2 AND total = 120",
        ["VE 2 a été modifiée", "rompue avant l’écriture VE 3"],
    ),
    (
        "UPDATE core_numberseries SET counter = 1 WHERE code = 'ledger.VE'",
        ["le dernier sceau ne correspond pas", "le compteur est en retard"],
    ),
]


@pytest.fixture
def entries() -> list[Entry]:
    books.scale()
    activity = make_activity(code="A1")
    made = [books.sale(activity, on=date(2026, 3, day), number=f"F-{day}") for day in (1, 2, 3)]
    for day in (1, 2, 3):
        books.take(activity, "100.00", on=date(2026, 3, day), number=f"F-{day}")
    return made


def faults() -> list[str]:
    return control_books(actor=None).faults


def test_sound_books_have_no_fault(entries: list[Entry], capsys: pytest.CaptureFixture[str]) -> None:
    cost = books.cost(Activity.objects.get(), "10.00")
    reverse_entry(cost, on=date(2026, 4, 1), reason="Erreur", actor=make_user(RoleKind.ACCOUNTANT))
    call_command("check_books")
    assert "8" in capsys.readouterr().out
    control = BooksControl.objects.get()
    assert (control.faults, control.entry_count, control.is_sound) == ([], 8, True)
    assert AuditEntry.objects.filter(verb="accounting.check_books").exists()


@pytest.mark.parametrize(("sql", "expected"), TAMPERINGS)
def test_finds_what_was_tampered_with(
    sql: str, expected: list[str], entries: list[Entry], capsys: pytest.CaptureFixture[str]
) -> None:
    with triggers_off() as cursor:
        cursor.execute(sql.format(second=entries[1].pk, third=entries[2].pk))
    with pytest.raises(CommandError):
        call_command("check_books")
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == len(expected)
    for sentence, words in zip(said, expected, strict=True):
        assert words in sentence
    assert BooksControl.objects.get().faults == said


def test_a_sound_journal_beside_a_broken_one_is_not_accused(entries: list[Entry]) -> None:
    with triggers_off() as cursor:
        cursor.execute("UPDATE accounting_entry SET label = 'autre' WHERE id = %s", [entries[0].pk])
    assert len(faults()) == 1


def test_the_job_controls_and_shows_its_end(
    entries: list[Entry], django_capture_on_commit_callbacks: Any
) -> None:
    actor = make_user(RoleKind.ACCOUNTANT)
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job("accounting.check_books_now", label="Contrôle", actor=actor, total=6)
    job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.DONE
    assert BooksControl.objects.get().asked_by == actor
    assert job.failures == []


def test_the_job_says_each_fault(entries: list[Entry], django_capture_on_commit_callbacks: Any) -> None:
    with triggers_off() as cursor:
        cursor.execute("UPDATE accounting_entry SET label = 'autre' WHERE id = %s", [entries[0].pk])
    with django_capture_on_commit_callbacks(execute=True):
        job = start_job(
            "accounting.check_books_now", label="C", actor=make_user(RoleKind.ACCOUNTANT), total=6
        )
    job = Job.objects.get(pk=job.pk)
    assert job.state == JobState.DONE
    assert [failure["label"] for failure in job.failures] == ["Journal VE Ventes : numéros et sceaux"]
    assert "VE 1 a été modifiée" in job.failures[0]["reason"]
    assert BooksControl.objects.get().faults == [job.failures[0]["reason"]]


def test_the_night_control_is_nobodys(entries: list[Entry]) -> None:
    check_books()
    assert BooksControl.objects.get().asked_by is None
