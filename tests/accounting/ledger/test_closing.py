"""Months close in order, receive nothing once closed, and leave a certificate that is counted again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Closing, Entry, FiscalYear, Period
from accounting.selectors.accounts import shared_section
from accounting.selectors.closing import CLOSING_FILE, closing_faults
from accounting.selectors.periods import first_open_day, is_open, month_state, open_day, year_span
from accounting.services.closing_files import make_closing_file
from accounting.services.periods import close_month, close_year, lock_month, open_year, reopen_month
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.periods import YEAR_START, PeriodState, YearState
from accounting.tasks import post_due_entries
from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import Document
from cae.core.periods import Month, Span
from cae.core.settings import set_setting
from tests.factories.accounting_ledger import TODAY, close, post
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.refusals import refused
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def test_with_no_set_up_at_all_every_day_is_open() -> None:
    assert is_open(date(1999, 1, 1))
    assert first_open_day() == date.min
    assert month_state(SEPTEMBER) == PeriodState.OPEN
    assert year_span(TODAY) == Span(date(2026, 1, 1), date(2026, 12, 31))


def test_a_closed_month_receives_nothing_and_what_must_be_booked_goes_to_the_next() -> None:
    entry = post(date(2026, 9, 4))
    close("2026-09")
    assert month_state(Month(2026, 8)) == PeriodState.CLOSED
    assert (first_open_day(), open_day(date(2026, 9, 4))) == (date(2026, 10, 1), date(2026, 10, 1))
    for day in (date(2026, 9, 30), date(2024, 1, 1)):
        with refused(Code.PERIOD_CLOSED, "on", "est clos : choisissez une date dans un mois ouvert"):
            post(day)
    with refused(Code.PERIOD_CLOSED, "on", "septembre 2026"):
        reverse_entry(entry, on=date(2026, 9, 30), reason="Erreur", actor=None)
    assert post(date(2026, 10, 1)).pk


def test_postgresql_refuses_whoever_else_writes() -> None:
    entry = post(date(2026, 9, 4))
    close("2026-09")
    columns = "journal_id, label, piece, total, line_count, seal, previous_seal, created_at"
    copy = f"""INSERT INTO accounting_entry ("on", number, {columns})
        SELECT "on", number + 1, {columns} FROM accounting_entry WHERE id = %s"""  # noqa: S608
    closed = pytest.raises(IntegrityError, match="the month of 2026-09-04 is closed")
    with closed, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy, [entry.pk])
    assert Entry.objects.count() == 1


def test_a_month_closes_after_its_end_and_after_the_one_before() -> None:
    post(date(2026, 9, 4))
    post(date(2026, 11, 3))
    with refused(Code.PERIOD_INVALID, said="Novembre 2026 n’est pas fini"):
        close("2026-11")
    with refused(Code.PERIOD_INVALID, said="commencez par septembre 2026"):
        close("2026-10")
    close("2026-09")
    with refused(Code.ALREADY_DONE, said="déjà clos"):
        close("2026-09")
    close("2026-10")
    assert FiscalYear.objects.get().span == Span(date(2026, 1, 1), date(2026, 12, 31))


def test_what_blocks_must_be_repaired_and_the_rest_must_be_seen(monkeypatch: Any) -> None:
    section = shared_section().pk
    lines = (debit("471000", section, Decimal(40)), credit("bank", section, Decimal(40)))
    post_entry(EntryDraft("BQ", date(2026, 9, 4), "À élucider", lines), actor=None, source=None)
    with refused(Code.VALUE_MISSING, "looked"):
        close_month(SEPTEMBER, looked=False, actor=None, today=TODAY)
    close("2026-09")
    assert Closing.objects.get().remarks == ["Le compte d’attente 471000 n’est pas soldé : 40,00\u00a0€."]


def test_a_certificate_tells_the_month_and_all_that_came_before() -> None:
    post(date(2026, 8, 4), "10.00")
    post(date(2026, 9, 4), "100.00")
    sale = post(date(2026, 9, 5), "20.50", journal="BQ")
    close("2026-08")
    close("2026-09")
    first, second = Closing.objects.order_by("number")
    assert (first.perpetual_total, first.perpetual_count) == (Decimal("10.00"), 1)
    assert (second.total, second.entry_count) == (Decimal("120.50"), 2)
    assert (second.perpetual_total, second.perpetual_count) == (Decimal("130.50"), 3)
    assert second.previous_seal == first.seal
    bank = {"code": "BQ", "count": 1, "total": "20.50", "first": 1, "last": 1, "seal": sale.seal}
    assert second.journals[0] == bank
    assert list(closing_faults()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Closing.objects.filter(pk=first.pk).update(total=Decimal("11.00"))
    make_cooperative()
    content = read_document(make_closing_file(second.pk))
    assert content.startswith(b"%PDF-")
    post_due_entries()
    assert make_closing_file(first.pk).pk == make_closing_file(first.pk).pk
    assert Document.objects.filter(kind=CLOSING_FILE).count() == 2


def test_a_month_reopens_with_a_reason_the_last_first_then_has_a_second_certificate() -> None:
    post(date(2026, 9, 4))
    close("2026-09")
    close("2026-10")
    boss = make_user()
    with refused(Code.ILLEGAL_MOVE, said="rouvrez d’abord octobre 2026"):
        reopen_month(SEPTEMBER, reason="Facture oubliée", actor=boss)
    with refused(Code.VALUE_MISSING, "reason"):
        reopen_month(OCTOBER, reason="  ", actor=boss)
    reopen_month(OCTOBER, reason="Facture oubliée", actor=boss)
    post(date(2026, 10, 12))
    close("2026-10")
    assert [closing.total for closing in Closing.objects.order_by("number")] == [
        Decimal("100.00"),
        Decimal("0.00"),
        Decimal("100.00"),
    ]
    assert list(closing_faults()) == []


def test_a_locked_month_never_reopens_and_a_year_closes_when_all_are_locked() -> None:
    post(date(2025, 11, 4))
    for month in ("2025-11", "2025-12", "2026-01"):
        close(month)
    with refused(Code.ILLEGAL_MOVE, said="commencez par novembre 2025"):
        lock_month(Month(2025, 12), actor=None)
    lock_month(Month(2025, 11), actor=None)
    year = FiscalYear.objects.get(starts_on=date(2025, 1, 1))
    with refused(Code.ILLEGAL_MOVE, said="le mois de décembre 2025 n’est pas verrouillé"):
        close_year(year, actor=None)
    lock_month(Month(2025, 12), actor=None)
    with refused(Code.ILLEGAL_MOVE):
        reopen_month(Month(2025, 12), reason="Erreur", actor=None)
    with refused(Code.ILLEGAL_MOVE, said="n’a pas été clos"):
        reopen_month(Month(2026, 2), reason="Erreur", actor=None)
    assert close_year(year, actor=None).state == YearState.CLOSED
    certificate = Closing.objects.get(kind="year")
    assert (certificate.total, certificate.number) == (Decimal("100.00"), 4)
    with pytest.raises(DatabaseError), transaction.atomic():
        Period.objects.filter(state=PeriodState.LOCKED).update(state=PeriodState.OPEN)
    with refused(Code.ILLEGAL_MOVE):
        close_year(year, actor=None)


def test_a_year_of_another_length_is_opened_before_its_months_close() -> None:
    opening = {"starts_on": date(2026, 1, 1), "actor": None}
    with refused(Code.PERIOD_INVALID, "ends_on", "dernier jour de mois"):
        open_year(ends_on=date(2027, 6, 15), **opening)  # type: ignore[arg-type]
    with refused(Code.PERIOD_INVALID, "ends_on", "au plus 24 mois"):
        open_year(ends_on=date(2028, 1, 31), **opening)  # type: ignore[arg-type]
    year = open_year(ends_on=date(2027, 6, 30), **opening)  # type: ignore[arg-type]
    with refused(Code.DUPLICATE, "starts_on", "exercice du 01/01/2026 au 30/06/2027"):
        open_year(starts_on=date(2027, 6, 1), ends_on=date(2027, 12, 31), actor=None)
    post(date(2026, 9, 4))
    close("2026-09")
    assert Period.objects.get().year == year
    assert year_span(date(2027, 7, 2)) == Span(date(2027, 7, 1), date(2027, 12, 31))
    with refused(Code.PERIOD_CLOSED, "starts_on"):
        open_year(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), actor=None)
    set_setting(YEAR_START, value="4", valid_from=date(2027, 1, 1), actor=make_user(), reason="AG")
    assert year_span(date(2028, 7, 2)) == Span(date(2028, 4, 1), date(2029, 3, 31))


def test_the_control_names_a_certificate_that_the_books_no_longer_tell() -> None:
    post(date(2026, 9, 4))
    close("2026-09")
    with triggers_off() as cursor:
        cursor.execute("UPDATE accounting_closing SET total = 1, perpetual_total = 1, journals = '[]'")
    faults = " ".join(closing_faults())
    assert "le certificat n° 1 a été modifié" in faults
    assert "ne disent plus ce que le certificat a constaté" in faults
