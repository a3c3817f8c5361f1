"""« Simuler une paie »: who may, in which directions, what it says and what it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.models import PayProposal
from accounting.selectors.pay_history import year_so_far
from accounting.selectors.pay_rules import pay_of
from cae.core.periods import Month
from people.states import RoleKind
from tests.factories.accounting_payroll import make_salaried, propose_month
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.time_machine(date(2026, 11, 25)),
]


def ask(client: Client, *, status: int = 200, htmx: bool = False, **said: Any) -> str:
    address = reverse("accounting:simulate_pay", query={"month": "2026-11", "known": "net"} | said)
    answer = client.get(address, headers={"HX-Request": "true"} if htmx else {})
    assert answer.status_code == status, text(answer)
    return text(answer)


def test_a_salaried_person_simulates_after_their_own_year() -> None:
    user, _activity, _contract = make_salaried("9000.00")
    client = client_of(user)
    assert "Rien à simuler" in text(client.get(reverse("accounting:simulate_pay")))
    # What the month before gave counts: proposed by a plain engine, its reduction is nothing.
    propose_month(Month(2026, 10), today=date(2026, 10, 25))
    row = PayProposal.objects.get()
    PayProposal.objects.filter(pk=row.pk).update(gross=Decimal("1000.00"), rgdu=Decimal("398.10"))
    assert user.person is not None
    assert [one.reduction for one in year_so_far(user.person.pk, Month(2026, 11))] == [Decimal("398.10")]
    assert not year_so_far(user.person.pk, Month(2026, 10))

    page = ask(client, known="gross", amount="3500")
    assert "1 mois de l’année est compté avant lui, 1 000,00 € brut. La réduction de l’année reprend" in page
    assert "Régularisation de la réduction depuis janvier" in page
    assert "version 11.1.0 du 01/07/2026" in page
    alone = ask(client, known="gross", amount="3500", alone="on")
    assert "4 790,56 €" in alone
    assert "Régularisation de la réduction" not in alone
    engine = pay_of(user.person.pk, Month(2026, 11))
    assert engine.rules == "11.1.0 (frozen-smic-2026)"
    figures = engine.figures(Decimal("3500.00"))
    assert figures.cost > Decimal("4790.56")
    assert engine.gross_for(figures.cost) == Decimal("3500.00")


def test_each_direction_and_what_stops_short() -> None:
    client = client_of(make_user(RoleKind.ADVISOR))
    assert "1 441,56 €" in ask(client, known="cost", amount="1500", htmx=True)
    after = ask(client, known="net_after", amount="1100", rate="5,0", htmx=True)
    assert "Net après impôt" in after
    assert "1 100,00 €" in after
    gap = ask(client, known="cost", amount="7750")
    assert "aucun salaire ne coûte exactement 7 750,00 €, il reste 41,49 €" in gap
    low = ask(client, known="cost", amount="10")
    assert "la mutuelle et ses contributions coûtent 21,60 €" in low
    assert "elle doit 20,00 €" in low
    assert "elle doit" not in ask(client, known="gross", amount="0", exempt="on")
    # Next year, which no correction freezes and that these rules do not know yet.
    assert "L’année a changé" in ask(client, known="cost", amount="1500", month="2027-01")
    assert "Prévoyance des cadres" in ask(client, known="gross", amount="4005", cadre="on")


def test_what_cannot_be_simulated_is_said_at_its_place() -> None:
    client = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert "Saisissez un nombre" in ask(client, amount="beaucoup", status=422)
    assert "Donnez votre taux" in ask(client, known="net_after", amount="1000", status=422)
    assert "Donnez votre taux" in ask(client, known="net_after", amount="1000", htmx=True)
    assert "choix valide" in ask(client, amount="1000", month="2025-12", status=422)


def test_only_who_prepares_pay_names_a_person() -> None:
    user, *_more = make_salaried("9000.00")
    assert user.person is not None
    hr = client_of(make_user(RoleKind.HUMAN_RESOURCES))
    assert str(user.person) in ask(hr, amount="1000", person=user.person.pk)
    # An advisor is offered nobody: the name that they would send is not read.
    advisor = client_of(make_user(RoleKind.ADVISOR))
    assert str(user.person) not in ask(advisor, amount="1000", person=user.person.pk)
    assert client_of(make_user(RoleKind.ASSOCIATE)).get(reverse("accounting:simulate_pay")).status_code == 403
