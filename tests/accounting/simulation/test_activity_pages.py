"""« Combien puis-je me verser ? » and « Calculer un prix »: figures of an activity, who reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.permissions.simulation import PERMISSIONS
from accounting.selectors.accounts import section_of
from accounting.selectors.affordable import affordable, yearly_contribution
from accounting.services.scales import assign_scale
from cae.core.money import ZERO
from people.services.scopes import join_scope
from people.states import RoleKind, ScopePart
from tests.factories import accounting as books
from tests.factories.accounting_payroll import make_salaried
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.time_machine(date(2026, 11, 25)),
]

TODAY = date(2026, 11, 25)


def test_the_highest_pay_keeps_the_cash_above_the_floor_month_by_month() -> None:
    user, activity, _contract = make_salaried("9000.00")
    client = client_of(user)
    page = text(client.get(reverse("accounting:affordable_pay", args=[activity.pk])))
    # 9 000 over six months: 1 500 each, as in the worked case.
    for said in ("1 500,00 €", "1 441,56 €", "1 119,20 €", "Novembre 2026", "Avril 2027", "version 11.1.0"):
        assert said in page, said
    higher = text(
        client.get(reverse("accounting:affordable_pay", args=[activity.pk], query={"floor": "3000"}))
    )
    assert "1 000,00 €" in higher
    none = text(
        client.get(reverse("accounting:affordable_pay", args=[activity.pk], query={"floor": "9000,01"}))
    )
    assert "Sans aucun salaire" in none
    wrong = client.get(reverse("accounting:affordable_pay", args=[activity.pk], query={"floor": "-1"}))
    assert wrong.status_code == 422


def test_invoices_come_in_on_their_day_and_usual_costs_go_out_each_month() -> None:
    _user, activity, _contract = make_salaried("1000.00")
    section = section_of(activity)
    books.cost(activity, "600.00", on=date(2026, 9, 10))
    found = affordable(section, TODAY, ZERO)
    assert [line.usual for line in found.lines] == [Decimal("100.00")] * 6
    # 1 000 − 600 paid − 6 × 100 goes below nothing before the sixth month, whatever is paid.
    assert (found.cash, found.lines[-1].closing, found.cost) == (Decimal("400.00"), Decimal("-200.00"), None)
    # 5 040 owed, of which 1 000 are paid without saying so; 840 of VAT go out on 24 December: 3 000 are left
    # for six months.
    books.sale(activity, "4200.00", on=date(2026, 10, 1))
    owed = affordable(section, TODAY, ZERO)
    assert (owed.lines[0].received, owed.lines[1].owed) == (Decimal("4040.00"), Decimal("840.00"))
    assert owed.cost == Decimal("500.00")
    for line in owed.lines:
        left = line.opening + line.received - line.contribution - line.suppliers - line.usual - line.owed
        assert line.closing == left - line.pay


def test_several_salaried_people_share_it_and_nobody_reads_the_year_of_another() -> None:
    user, activity, _contract = make_salaried("9000.00")
    other, *_more = make_salaried("0", activity=activity)
    page = text(client_of(user).get(reverse("accounting:affordable_pay", args=[activity.pk])))
    assert "2 personnes sont salariées de cette activité : ce montant est la part de" in page
    assert str(user.person) in page
    guest = make_user(person=make_person())
    assert guest.person is not None
    join_scope(
        guest.person, scope=activity.scope, part=ScopePart.MEMBER, starts_on=date(2026, 1, 1), actor=None
    )
    seen = text(client_of(guest).get(reverse("accounting:affordable_pay", args=[activity.pk])))
    assert "Ce mois seul" in seen
    assert other.person is not None


def test_who_may_read_what_an_activity_can_pay() -> None:
    owner, activity = make_entrepreneur()
    section = section_of(activity)
    stranger, _theirs = make_entrepreneur()
    advisor = make_user(RoleKind.ADVISOR)
    accountant = make_user(RoleKind.ACCOUNTANT)
    may = PERMISSIONS["accounting.view_affordable"]
    assert [may.test(one, section) for one in (owner, accountant, advisor, stranger)] == [
        True,
        True,
        False,
        False,
    ]
    address = reverse("accounting:affordable_pay", args=[activity.pk])
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(advisor).get(address).status_code == 403
    reads = PERMISSIONS["accounting.read_pay_year"]
    assert owner.person is not None
    assert [reads.test(one, owner.person) for one in (owner, accountant, stranger)] == [True, True, False]
    assert [reads.test(one) for one in (owner, accountant)] == [False, True]
    assert client_of(accountant).get(address).status_code == 200


def test_a_price_pays_a_net_under_the_scale_of_the_activity_and_back() -> None:
    owner, activity = make_entrepreneur()
    scale = books.scale("0.1000")
    client = client_of(owner)
    asked = {"wanted": "price", "net": "1119,19", "days": "120", "costs": "3000"}
    address = reverse("accounting:price", args=[activity.pk])
    assert "Aucun barème" in text(client.get(f"{address}?wanted=price&net=1119,19&days=120&costs=3000"))
    assign_scale(activity, scale=scale, starts_on=date(2026, 1, 1), reason="essai", actor=None)
    page = text(client.get(reverse("accounting:price", args=[activity.pk], query=asked)))
    # (12 × 1 500 + 3 000) / 0.9 / 120 days.
    assert "194,45 €" in page
    assert "2 333,40 €" in page
    back = asked | {"wanted": "pay", "price": "194,45"}
    assert "1 500,0" in text(client.get(reverse("accounting:price", args=[activity.pk], query=back)))
    label, contribution = yearly_contribution(activity, TODAY, ZERO)
    assert (label, contribution(Decimal("12000.00"))) == ("Barème general", Decimal("1200.00"))
    for changes, said in (
        ({"net": ""}, "Donnez le net"),
        ({"wanted": "pay"}, "Donnez le prix"),
        ({"deducted": "4000"}, "font partie de ceux de l’année"),
    ):
        answer = client.get(reverse("accounting:price", args=[activity.pk], query=asked | changes))
        assert (answer.status_code, said in text(answer)) == (422, True), changes
    part = client.get(
        reverse("accounting:price", args=[activity.pk], query=asked), headers={"HX-Request": "true"}
    )
    assert "<html" not in text(part)
    assert client_of(make_user(RoleKind.ASSOCIATE)).get(address).status_code == 403
