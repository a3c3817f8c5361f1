"""« Ma paie » and « Paie »: what each shows, what each may do, and what nobody else ever reads (ACC-23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from accounting.models import PayNumber, PayProposal
from accounting.services.pay_making import ask_for_proposals, open_pay_month
from accounting.services.pay_proposals import PayChanges, revise_pay
from accounting.services.pay_sheets import print_month
from accounting.states.payroll import PayState
from cae.core import permissions
from cae.core.documents import read_document
from cae.core.jobs import Progress
from cae.core.models import Job
from people.states import RoleKind
from tests.factories.accounting_payroll import (
    NOVEMBER,
    TODAY,
    make_proposal,
    make_received,
    make_salaried,
    make_sent,
    plain,
    propose_month,
    summary,
    summary_line,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture(autouse=True)
def _plain_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages ask the simulator of the head: that of the rules has its own tests."""
    for module in ("payroll", "my_pay"):
        monkeypatch.setattr(f"accounting.views.{module}.engine_of", plain)


def test_a_month_answers_three_questions_and_is_accepted_or_asked_otherwise() -> None:
    user, row = make_proposal("2000.00")
    client, mine = client_of(user), reverse("accounting:my_pay")
    page = text(client.get(mine))
    for words in ("Ce qui est entré", "Ce que la coopérative a pris", "Ce qui peut être payé", "simulation"):
        assert words in page
    assert "2 000,00 €" in page
    assert "règles de paie essai" in page
    ask = reverse("accounting:pay_ask", args=[row.pk])
    assert "peuvent être payés" in text(client.get(ask))
    wrong = client.post(ask, {"wanted": "5000", "reason": "Plus"})
    assert wrong.status_code == 422
    assert "La trésorerie permet" in text(wrong)
    assert client.post(ask, {"wanted": "1 000,00", "reason": "Un achat"}).status_code == 302
    assert "« Un achat »" in text(client.get(mine))
    PayProposal.objects.update(state=PayState.PROPOSED)
    agree = reverse("accounting:pay_agree", args=[row.pk])
    assert client.get(agree).status_code == 405
    shown = {"shown": PayProposal.objects.get().reading}
    assert f'value="{shown["shown"]}"' in client.get(mine).content.decode()
    # The team changes it while the person reads: nobody accepts what they have not seen.
    revise_pay(row, changes=PayChanges(), reason="Moins", engines=plain, today=TODAY, actor=None)
    assert "Cette paie a changé" in text(client.post(agree, shown, follow=True))
    assert PayProposal.objects.get().state == PayState.PROPOSED
    shown = {"shown": PayProposal.objects.get().reading}
    assert "Paie acceptée" in text(client.post(agree, shown, follow=True))
    assert "n’est plus possible" in text(client.post(agree, follow=True))
    assert "novembre 2026" in text(client.get(reverse("accounting:my_pays")))
    assert "Ma paie" in text(client.get(mine + "?mois=2026-11"))
    assert "Ma paie" in text(client.get(mine + "?mois=rien"))


def test_somebody_without_pay_reads_why() -> None:
    user = make_user(RoleKind.ENTREPRENEUR)
    assert "Aucune paie proposée" in text(client_of(user).get(reverse("accounting:my_pay")))


def test_the_team_proposes_revises_checks_and_withdraws() -> None:
    make_salaried("600.00")
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client, listed = client_of(hr), reverse("accounting:pay_list")
    assert "Aucune paie" in text(client.get(listed))
    propose = reverse("accounting:pay_propose")
    assert client.post(propose, {"month": "2020-01"}).status_code == 422
    assert client.get(propose).status_code == 200
    propose_month(actor=hr)
    row = PayProposal.objects.get()
    page = text(client.get(listed))
    assert "Paie de novembre 2026" in page
    assert str(row.person) in text(client.get(listed + "?a_voir=court&mois=2026-11"))
    assert str(row.person) not in text(client.get(listed + "?a_voir=ecart"))
    detail = text(client.get(row.get_absolute_url()))
    assert "Il manque 400,00 €" in detail
    revise = reverse("accounting:pay_revise", args=[row.pk])
    assert "Dispense de mutuelle" in text(client.get(revise))
    assert client.post(revise, {"advance": "10", "reason": "Plus"}).status_code == 422
    assert client.post(revise, {"expenses": "12,50", "reason": "Un achat"}).status_code == 302
    assert "Frais remboursés" in text(client.get(row.get_absolute_url()))
    many = reverse("accounting:pay_check_many")
    assert "Choisissez au moins une paie" in text(client.post(many, follow=True))
    assert "1 paie contrôlée." in text(client.post(many, {"ids": [row.pk]}, follow=True))
    check = reverse("accounting:pay_check", args=[row.pk])
    assert "n’est plus possible" in text(client.post(check, follow=True))
    withdraw = reverse("accounting:pay_withdraw", args=[row.pk])
    assert client.post(withdraw, {"reason": ""}).status_code == 422
    assert client.post(withdraw, {"reason": "Refaite"}).status_code == 302
    number = reverse("accounting:pay_number", args=[row.person_id])
    assert client.post(number, {"number": "a/b"}).status_code == 422
    assert client.post(number, {"number": "d-7"}).status_code == 302
    assert PayNumber.objects.get(person=row.person).number == "D-7"


def test_the_job_is_followed_and_made_again() -> None:
    make_salaried()
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    job = ask_for_proposals(NOVEMBER, today=TODAY, actor=hr)
    assert "11/2026" in text(client_of(hr).get(reverse("core:job_detail", args=[job.pk])))
    assert Job.objects.get().task == "accounting.propose_pay"


def test_who_comes_and_goes_is_listed_and_exported() -> None:
    arrived, *_rest = make_salaried(starts_on=date(2026, 11, 16))
    left, *_rest = make_salaried(last=date(2026, 11, 28))
    client = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    address = reverse("accounting:pay_moves")
    page = text(client.get(address + "?mois=2026-11"))
    for user in (arrived, left):
        assert str(user.person) in page
    assert "Personne n’arrive" in text(client.get(address + "?mois=2026-02"))
    sheet = client.get(reverse("accounting:pay_moves_file", args=["2026-11"])).content.decode("utf-8-sig")
    assert [line.split(";")[3:5] for line in sheet.splitlines()] == [
        ["Mouvement", "Jour"],
        ["Arrivée", "16/11/2026"],
        ["Départ", "28/11/2026"],
    ]
    assert client.get(reverse("accounting:pay_moves_file", args=["autre"])).status_code == 404


def test_the_pay_of_somebody_is_read_by_them_human_resources_and_the_accountant() -> None:
    user, row = make_proposal()
    stranger, *_rest = make_salaried()
    address = row.get_absolute_url()
    for kind, answer in (
        (RoleKind.HUMAN_RESOURCES, 200),
        (RoleKind.ACCOUNTANT, 200),
        (RoleKind.ADVISOR, 403),
        (RoleKind.CO_MANAGER, 403),
        (RoleKind.ADMINISTRATOR, 403),
    ):
        assert client_of(make_user(kind)).get(address).status_code == answer
    assert client_of(user).get(address).status_code == 403
    other = client_of(stranger)
    for name in ("pay_agree", "pay_ask"):
        assert other.post(reverse(f"accounting:{name}", args=[row.pk])).status_code == 404
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    assert accountant.post(reverse("accounting:pay_check", args=[row.pk])).status_code == 403

    def may(who: Any, right: str, obj: Any = None) -> bool:
        return permissions.can(who, f"accounting.{right}", obj)

    assert may(user, "answer_pay", row)
    assert not may(stranger, "answer_pay", row)
    assert may(user, "view_pay_proposal", row)
    assert may(user, "view_pay_proposal")
    assert not may(stranger, "view_pay_proposal", row)
    assert not may(stranger, "open_payslip")
    assert may(stranger, "view_pay_year")
    nobody = make_user()
    nobody.person = None
    assert not may(nobody, "answer_pay")


def test_lists_are_asked_in_a_flat_number_of_questions() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client = client_of(hr)

    def asked(count: int) -> int:
        activity = make_activity()
        for _rank in range(count):
            make_salaried(activity=activity)
        propose_month()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("accounting:pay_list")).status_code == 200
        return len(seen)

    asked(1)
    few = asked(1)
    assert asked(3) == few


def test_the_real_pay_stands_beside_the_simulated_one() -> None:
    user, row = make_sent("2000.00")
    make_received(summary(summary_line(row)))
    page = text(client_of(user).get(reverse("accounting:my_pay")))
    assert "Net versé 1 248,00 €" in page
    assert "Paie réelle" in page
    assert row.gross == Decimal("1600.00")


def test_a_month_is_printed_a_page_a_person() -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    client, address = client_of(hr), reverse("accounting:pay_print")
    assert client.post(address).status_code == 404
    month = open_pay_month(NOVEMBER, actor=None)
    assert "Aucune paie n’est proposée" in text(client.post(address, follow=True))
    rows = [make_proposal()[1] for _rank in range(2)]
    assert client.post(address, {"mois": "2026-11"}).status_code == 302
    job = Job.objects.get(task="accounting.print_pay_month")
    document = print_month(month, through=Progress(job))
    pages = [page.extract_text() for page in PdfReader(BytesIO(read_document(document))).pages]
    assert len(pages) == 2
    for page, row in zip(pages, sorted(rows, key=lambda one: one.person.sort_name), strict=True):
        assert str(row.person) in page
        assert "Simulation" in page
    assert client.get(reverse("core:document", args=[document.pk])).status_code == 200
