"""Moves of pay: proposals, journals received, payslips, balances of a year, agreements to leave a result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounting.models import (
    ExportLayout,
    PayProposal,
    RetainedResultAgreement,
    YearEndRegularisation,
)
from accounting.services.pay_exports import export_pay
from accounting.services.pay_making import give_number, open_pay_month
from accounting.services.pay_proposals import agree_pay, check_pay
from accounting.services.pay_slips import read_slips
from accounting.services.pay_years import draft_agreement
from people.states import RoleKind
from tests.factories.accounting_pay_years import a_year, compute, paid
from tests.factories.accounting_payroll import (
    NOVEMBER,
    make_layout,
    make_proposal,
    make_received,
    make_sent,
    make_slips_pdf,
    november,
    propose_month,
    slip_words,
    summary,
    summary_line,
)
from tests.factories.people import make_person, make_user
from tests.house.moving import Case, Page, Subject

_WHY = {"reason": "Une erreur de mois."}
_ASSEMBLY = {"year": "2025-01-01_2025-12-31", "on": "2026-06-12"}


def _proposed() -> Case:
    user, row = make_proposal("2000.00")
    make_layout()
    return Case(row, [user, make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.ACCOUNTANT)])


def _agreed(case: Case) -> Any:
    return agree_pay(case.row, actor=case.users[0])


def _checked(case: Case) -> Any:
    return check_pay(_agreed(case), actor=None)


def _sent(case: Case) -> Any:
    _checked(case)
    export_pay(november(), ExportLayout.objects.get(), actor=None)
    return PayProposal.objects.get(pk=case.row.pk)


def _received(case: Case) -> Any:
    case.known = {"journal": make_received(summary(summary_line(_sent(case))))}
    return PayProposal.objects.get(pk=case.row.pk)


def _journal(case: Case) -> dict[str, Any]:
    content = SimpleUploadedFile("paie.csv", summary(summary_line(case.row)))
    return {"month": november().pk, "kind": "summary", "posted_on": "2026-11-30", "file": content}


def _to_export(_case: Case) -> dict[str, Any]:
    return {"month": november().pk, "layout": ExportLayout.objects.get().pk}


def _posted() -> Case:
    _user, row = make_sent()
    return Case(make_received(summary(summary_line(row))), [make_user(RoleKind.ACCOUNTANT)])


def _dropped() -> Case:
    person = make_person()
    month = open_pay_month(NOVEMBER, actor=None)
    give_number(person.pk)
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    content = make_slips_pdf(slip_words(person))
    return Case(read_slips(month, content=content, name="novembre.pdf", actor=hr), [hr])


def _year() -> Case:
    user, activity = a_year()
    compute()
    row = YearEndRegularisation.objects.get()
    return Case(row, [make_user(RoleKind.ACCOUNTANT), user], {"activity": activity})


def _overpaid(case: Case) -> Any:
    paid(case.users[1], case.known["activity"], "9000.00")
    compute()
    return YearEndRegularisation.objects.get(pk=case.row.pk)


def _with_pay(case: Case) -> Any:
    propose_month()
    YearEndRegularisation.objects.filter(pk=case.row.pk).update(due_on="2026-07-12", state="due")
    return YearEndRegularisation.objects.get(pk=case.row.pk)


def _agreement() -> Case:
    user, _activity = a_year()
    compute()
    row = draft_agreement(YearEndRegularisation.objects.get(), amount=Decimal("1000.00"), actor=None)
    return Case(row, [user, make_user(RoleKind.ACCOUNTANT)])


def _mark(case: Case) -> dict[str, Any]:
    shown = RetainedResultAgreement.objects.get(pk=case.row.pk).content_sha256
    return {"way": "typed", "typed": "Zoé Dupré", "accepted": "on", "shown": shown}


PAYROLL: dict[str, Subject] = {
    "accounting.PayProposal": Subject(
        _proposed,
        {
            "agree": Page("accounting:pay_agree"),
            "ask": Page("accounting:pay_ask", (), {"wanted": "800", "reason": "Un achat"}),
            "revise": Page("accounting:pay_revise", (), _WHY),
            "check": Page("accounting:pay_check", (), {}, _agreed),
            "withdraw": Page("accounting:pay_withdraw", (), _WHY),
            "export": Page("accounting:pay_export_add", (), _to_export, _checked, keys=lambda _case: ()),
            "receive": Page("accounting:pay_import_add", (), _journal, _sent, keys=lambda _case: ()),
            "give_back": Page(
                "accounting:pay_import_undo",
                (),
                _WHY,
                _received,
                keys=lambda case: (case.known["journal"].pk,),
            ),
        },
    ),
    "accounting.PayJournalImport": Subject(_posted, {"undo": Page("accounting:pay_import_undo", (), _WHY)}),
    "accounting.PayslipBatch": Subject(
        _dropped, {"file": Page("accounting:slips_file"), "drop": Page("accounting:slips_drop")}
    ),
    "accounting.YearEndRegularisation": Subject(
        _year,
        {
            "owe": Page("accounting:pay_years_assembly", (), _ASSEMBLY, keys=lambda _case: ()),
            "carry": Page("accounting:pay_years_assembly", (), _ASSEMBLY, _overpaid, keys=lambda _case: ()),
            "settle": Page("accounting:pay_year_settle", (), {}, _with_pay),
        },
    ),
    "accounting.RetainedResultAgreement": Subject(
        _agreement,
        {"sign": Page("accounting:retained", (), _mark), "drop": Page("accounting:retained_drop")},
    ),
}
