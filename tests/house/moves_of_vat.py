"""Moves of VAT returns and of the tax calendar: a row made by services, and the page of each move."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from accounting.models import TaxDeadline, VatReturn
from accounting.services.tax_deadlines import file_deadline
from accounting.services.vat_returns import Filing, file_return, prepare_return
from people.states import RoleKind
from tests.factories.accounting_vat import deadline, make_section, opened, sold
from tests.factories.people import make_user
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Une erreur de jour."}


def _opened() -> Case:
    """A month in which something was sold."""
    sold(make_section(), ("20", "1000.00", "200.00"))
    return Case(opened())


def _ready(case: Case) -> Any:
    prepare_return(case.row, actor=None)
    return VatReturn.objects.get(pk=case.row.pk)


def _filed(case: Case) -> Any:
    filing = Filing(date(2026, 4, 20), "2026-0001")
    actor = make_user(RoleKind.ACCOUNTANT)
    return file_return(_ready(case), filing=filing, today=timezone.localdate(), actor=actor)


def _expected() -> Case:
    return Case(deadline())


def _declared(case: Case) -> Any:
    today = timezone.localdate()
    file_deadline(case.row, on=today, today=today, amount=None, actor=None)
    return TaxDeadline.objects.get(pk=case.row.pk)


VAT: dict[str, Subject] = {
    "accounting.VatReturn": Subject(
        _opened,
        {
            "prepare": Page("accounting:vat_prepare"),
            "reopen": Page("accounting:vat_reopen", (), {}, _ready),
            "file": Page("accounting:vat_file", (), {"filed_on": day(), "reference": "2026-0001"}, _ready),
            "undo": Page("accounting:vat_undo", (), _WHY, _filed),
        },
    ),
    "accounting.TaxDeadline": Subject(
        _expected,
        {
            "file": Page("accounting:deadline_file", (), {"on": day(), "amount": "120,00"}),
            "pay": Page("accounting:deadline_pay", (), {"on": day(), "amount": "120,00"}, _declared),
            "drop": Page("accounting:deadline_drop", (), _WHY),
            "reopen": Page("accounting:deadline_reopen", (), {}, _declared),
        },
    ),
}
