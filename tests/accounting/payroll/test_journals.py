"""The payroll journal comes back: posted whole, refused whole, undone whole (ACC-27)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounting.models import Entry, EntryLine, PayJournalImport, PayProposal, PayResult
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.controls import balance_faults
from accounting.selectors.pay_history import year_so_far
from accounting.services.pay_journals import JournalFile, ask_for_import, import_stored, undo_import
from accounting.services.pay_making import give_number
from accounting.states.payroll import ImportState, PayState
from cae.core.errors import Code
from cae.core.models import Job
from cae.core.periods import Month
from governance.models import SharePayment
from governance.states.register import PaymentPlan
from people.states import RoleKind
from tests.factories.accounting_payroll import (
    NOVEMBER,
    TODAY,
    make_proposal,
    make_received,
    make_salaried,
    make_sent,
    november,
    propose_month,
    send,
    summary,
    summary_line,
)
from tests.factories.governance import make_associate, make_rule_set, make_share_class
from tests.factories.governance_shares import make_holders, make_signed
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def balances(section: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in EntryLine.objects.filter(analytic=section, entry__journal__code="PA").select_related(
        "account"
    ):
        found[line.account.number] = found.get(line.account.number, Decimal(0)) + line.debit - line.credit
    return {number: amount for number, amount in found.items() if amount}


def test_the_real_cost_takes_the_place_of_the_simulated_one_and_goes_back_whole() -> None:
    _user, row = make_sent("2000.00")
    team = make_user(RoleKind.ACCOUNTANT).person
    assert team is not None
    number = give_number(team.pk).number
    staff = f"{number};2000;440;600;0;1560;100;1460"
    received = make_received(summary(summary_line(row), staff))
    assert (received.count, received.cost, received.posted_on) == (2, Decimal("4440.00"), NOVEMBER.last)
    # 1 600 of gross: 352 taken, 240 added.
    section = section_of(row.contract.activity)
    assert balances(section.pk) == {
        "641000": Decimal("1600.00"),
        "645000": Decimal("240.00"),
        "431000": Decimal("-592.00"),
        "421000": Decimal("-1248.00"),
    }
    assert balances(shared_section().pk) == {
        "641000": Decimal("2000.00"),
        "645000": Decimal("600.00"),
        "431000": Decimal("-1040.00"),
        "442100": Decimal("-100.00"),
        "421000": Decimal("-1460.00"),
    }
    row.refresh_from_db()
    result = PayResult.objects.get(person=row.person)
    assert (row.state, result.cost, result.rgdu) == (PayState.REAL, Decimal("1840.00"), Decimal("100.00"))
    assert PayResult.objects.get(person=team).proposal is None
    with refused(Code.DUPLICATE, "file", f"n° {received.pk}"):
        make_stored(summary(summary_line(row), staff))
    with refused(Code.ILLEGAL_MOVE, said="Paie reçue"):
        make_stored(summary(summary_line(row)))
    with refused(Code.VALUE_MISSING, "reason"):
        undo_import(received, reason=" ", today=TODAY, actor=None)
    undone = undo_import(received, reason="Mauvais mois", today=TODAY, actor=None)
    assert undone.state == ImportState.UNDONE
    assert (balances(section.pk), balances(shared_section().pk)) == ({}, {})
    assert PayProposal.objects.get(pk=row.pk).state == PayState.EXPORTED
    with refused(Code.ILLEGAL_MOVE):
        undo_import(received, reason="Encore", today=TODAY, actor=None)
    again = make_received(summary(summary_line(row), staff))
    assert again.pk != received.pk
    assert [*balance_faults()] == []


def test_one_wrong_line_refuses_the_whole_file() -> None:
    _user, row = make_sent("2000.00")
    _other, second = make_sent("2000.00")
    good = summary_line(second)
    propose_month()
    waiting, *_rest = make_salaried()
    propose_month()
    unsent = give_number(waiting.person_id or 0).number
    unknown = summary_line(row, number="ZZ9")
    for content, code, said in (
        (
            summary(good, unknown),
            Code.FILE_REFUSED,
            "Ligne 3 : le matricule « ZZ9 » n’est celui de personne.",
        ),
        (summary(good, good), Code.FILE_REFUSED, "y est deux fois"),
        (summary(good, summary_line(row, paid="1248,01")), Code.FILE_REFUSED, "Ligne 3 : la paie de"),
        (summary(good, summary_line(row, net="1")), Code.FILE_REFUSED, "n’est pas le brut moins"),
        (
            summary(good, summary_line(row, gross="mille")),
            Code.FILE_REFUSED,
            "« mille » n’est pas un montant",
        ),
        (summary(good, summary_line(row, number="")), Code.FILE_REFUSED, "il manque le matricule"),
        (summary(), Code.FILE_REFUSED, ""),
        (b"Matricule;Brut\n1;2", Code.FILE_REFUSED, "la colonne « Cotisations salariales »"),
        (summary(good, summary_line(row) + ";x;y"), Code.FILE_REFUSED, "Ligne 3"),
    ):
        with refused(code, "file", said):
            make_stored(content)
    with refused(Code.ILLEGAL_MOVE, said="À accepter"):
        make_stored(summary(good, summary_line(row, number=unsent)))
    PayProposal.objects.filter(person=waiting.person).update(state=PayState.WITHDRAWN, team_reason="Non")
    with refused(Code.ILLEGAL_MOVE, said="jamais proposée"):
        make_stored(summary(good, summary_line(row, number=unsent)))
    assert not Entry.objects.filter(journal__code="PA").exists()


def make_stored(content: bytes, **changes: Any) -> Job:
    facts: dict[str, Any] = {
        "month": november(),
        "kind": "summary",
        "posted_on": NOVEMBER.last,
        "content": content,
        "name": "paie.csv",
    }
    return ask_for_import(JournalFile(**facts | changes), actor=None)


def test_a_journal_with_its_axis_is_posted_line_by_line() -> None:
    _user, row = make_proposal("2000.00")
    PayProposal.objects.filter(pk=row.pk).update(rgdu=Decimal("398.10"))
    send(row)
    number, activity = give_number(row.person_id).number, row.contract.activity
    assert activity is not None
    code = section_of(activity).code

    def journal(*lines: str) -> bytes:
        return "\n".join(["Compte;Matricule;Section;Débit;Crédit", *lines]).encode()

    lines = [
        f"641000;{number};{code.lower()};1600,00;",
        f"645000;{number};{code};240,00;",
        f"431000;{number};;;572,00",
        f"437000;{number};;;20,00",
        f"421000;{number};;;1248,00",
    ]
    for content, said in (
        (journal(*lines[:-1]), "débit − crédit = 1\u202f248,00"),
        (journal(*lines[1:], f"641000;{number};RIEN;1600,00;"), "aucune activité n’a le code « RIEN »"),
        (journal(*lines[:-1], "421000;ZZ9;;;1248,00"), "Ligne 2 : la paie de"),
    ):
        with refused(Code.FILE_REFUSED, "file", said):
            make_stored(content, kind="journal")
    with refused(Code.ACCOUNT_MISSING, said="646999"):
        make_stored(journal(f"646999;{number};;1;", f"421000;{number};;;1"), kind="journal")
    with refused(Code.DATE_INVALID, "posted_on"):
        make_stored(journal(*lines), kind="journal", posted_on=date(2026, 10, 31))
    make_received(journal(*lines), kind="journal")
    assert balances(section_of(activity).pk) == {
        "641000": Decimal("1600.00"),
        "645000": Decimal("240.00"),
        "431000": Decimal("-572.00"),
        "437000": Decimal("-20.00"),
        "421000": Decimal("-1248.00"),
    }
    result = PayResult.objects.get()
    assert (result.gross, result.employee, result.employer, result.net_paid) == tuple(
        map(Decimal, ("1600.00", "352.00", "240.00", "1248.00"))
    )
    # Its charges are net of the reduction, which it never says: the year counts the simulated one.
    (month,) = year_so_far(row.person_id, Month(2026, 12))
    assert (month.gross, month.reduction) == (Decimal("1600.00"), Decimal("398.10"))


def test_what_a_pay_holds_for_shares_frees_them_and_is_owed_again() -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    make_rule_set()
    parts = make_share_class("A", "20.00")
    make_holders(accountant, parts)
    user, *_rest = make_salaried("2000.00")
    associate = make_associate(person=user.person, admitted_on=date(2026, 1, 2))
    plan = {"plan": PaymentPlan.ON_PAY, "part_amount": Decimal("50.00")}
    subscription = make_signed(accountant, associate, parts, date(2026, 10, 1), **plan)
    propose_month()
    row = PayProposal.objects.get()
    assert row.items.get(kind="shares").amount == Decimal("50.00")
    send(row)
    with refused(Code.FILE_REFUSED, "file", "n’est pas équilibrée"):
        make_stored(summary(summary_line(row)))
    received = make_received(summary(summary_line(row, paid="1198,00")))
    payment = SharePayment.objects.get()
    assert (payment.subscription, payment.amount, payment.on) == (
        subscription,
        Decimal("50.00"),
        NOVEMBER.last,
    )
    due = {
        section.pk: sum(
            (
                line.credit - line.debit
                for line in EntryLine.objects.filter(account__number="421000", analytic=section)
            ),
            Decimal(0),
        )
        for section in (shared_section(), section_of(row.contract.activity))
    }
    assert list(due.values()) == [Decimal(0), Decimal("1198.00")]
    undo_import(received, reason="Erreur", today=date(2026, 12, 2), actor=accountant)
    assert sum(one.amount for one in SharePayment.objects.all()) == 0
    assert [*balance_faults()] == []


def test_a_file_is_received_by_the_pages_and_a_gap_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    _user, row = make_sent("2000.00")
    _late, other = make_sent("2000.00")
    client = client_of(accountant)
    add = reverse("accounting:pay_import_add")
    assert "passé en entier" in text(client.get(add))
    asked = {"month": november().pk, "kind": "summary", "posted_on": "2026-11-30"}

    def sent(content: bytes) -> Any:
        return client.post(add, asked | {"file": SimpleUploadedFile("paie.csv", content)})

    wrong = sent(summary(summary_line(row, paid="1")))
    assert wrong.status_code == 422
    assert "n’est pas équilibrée" in text(wrong)
    monkeypatch.setattr("accounting.services.pay_journals.MOST_AT_ONCE", 0)
    assert sent(summary(summary_line(row))).status_code == 302
    job = Job.objects.get(task="accounting.import_pay_journal")
    received = import_stored(job.arguments, actor=accountant)
    # A worker that died after it had committed finds what it left.
    assert import_stored(job.arguments, actor=accountant) == received
    page = text(client.get(received.get_absolute_url()))
    assert "-160,00 € ▲ à regarder" in page.replace("−", "-")
    assert str(other.person) in page
    months = text(client.get(reverse("accounting:pay_list") + "?a_voir=ecart"))
    assert str(row.person) in months
    assert str(other.person) not in months
    assert "Écart à regarder" in text(client.get(row.get_absolute_url()))
    assert "Journal" in text(client.get(reverse("accounting:pay_imports")))
    undo = reverse("accounting:pay_import_undo", args=[received.pk])
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "Erreur"}).status_code == 302
    assert "Annulé" in text(client.get(received.get_absolute_url()))
    assert PayJournalImport.objects.get().state == ImportState.UNDONE
    monkeypatch.undo()
    assert sent(summary(summary_line(row))).status_code == 302
    assert PayJournalImport.objects.latest("pk").state == ImportState.POSTED
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    assert hr.get(received.get_absolute_url()).status_code == 200
    assert hr.get(add).status_code == 403
