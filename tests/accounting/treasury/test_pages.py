"""The pages of the treasury: whose they are, what they show, what they refuse (ACC-30 to 33)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounting.models import CashFloor, CashPlan, FloorExcess, ForecastScenario
from accounting.permissions.treasury import PERMISSIONS
from accounting.selectors.accounts import section_of, shared_section
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.payments import make_cash
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.time_machine(date(2026, 5, 12)),
]

D = Decimal


def test_an_entrepreneur_reads_the_next_months_and_what_each_amount_is_made_of() -> None:
    user, activity = make_entrepreneur()
    section = section_of(activity)
    make_cash(section, "1000.00")
    invoice = sales.issued(activity, sales.line("2000.00"), on=date(2026, 4, 20))
    address = reverse("accounting:forecast", args=[activity.pk])
    client = client_of(user)
    page = text(client.get(address))
    # 2 400 less the 1 000 that came without saying of what.
    for said in ("1 000,00 €", "1 400,00", "Comme prévu", "Factures à encaisser", str(invoice.number)):
        assert said in page, said
    month = client.get(reverse("accounting:forecast_month", args=[activity.pk, "2026-05"]))
    assert "facturé" in text(month)
    assert f'<a href="{invoice.get_absolute_url()}">' in month.content.decode()
    # Nothing before this month, nothing that is no month.
    for asked in ("2026-04", "2029-01", "hier"):
        missing = client.get(reverse("accounting:forecast_month", args=[activity.pk, asked]))
        assert missing.status_code == 404
    # The same with what one supposes: as a page, as a part of it, refused.
    supposed = text(client.get(address, {"mois": "9", "retard": "45", "paie": "500"}))
    assert "Si…" in supposed
    assert "janvier 2027" in supposed
    part = client.get(address, {"retard": "45"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    wrong = client.get(address, {"retard": "-3"})
    assert wrong.status_code == 422
    assert client.get(address, {"contre": "987"}).status_code == 200


def test_a_scenario_is_kept_compared_replaced_and_dropped() -> None:
    user, activity = make_entrepreneur()
    make_cash(section_of(activity), "1000.00")
    client = client_of(user)
    keep = reverse("accounting:scenario_keep", args=[activity.pk])
    shown = client.get(keep, {"retard": "30", "paie": "300"}).content.decode()
    assert 'value="30"' in shown
    assert 'value="300"' in shown
    typed = {"name": "Prudent", "later_days": "30", "pay": "300"}
    answer = client.post(f"{keep}?mois=9", typed)
    assert answer.status_code == 302
    assert answer["Location"].endswith("?mois=9&retard=30&paie=300")
    row = ForecastScenario.objects.get()
    assert (row.section, row.later_days, row.pay) == (section_of(activity), 30, D("300.00"))
    page = text(client.get(answer["Location"]))
    # Six months of pay in the second; named by its scenario.
    for said in ("Prudent", "clients payant 30 jours plus tard", "paie de 300,00 € par mois"):
        assert said in page, said
    against = text(client.get(reverse("accounting:forecast", args=[activity.pk]), {"contre": row.pk}))
    assert "à gauche" in against
    client.post(keep, typed | {"later_days": "10", "pay": ""})
    assert list(ForecastScenario.objects.values_list("name", "later_days", "pay")) == [("Prudent", 10, None)]
    for changes, said in (
        ({"name": " "}, "obligatoire"),
        ({"later_days": "", "pay": ""}, "ne change rien"),
        ({"pay": "-1"}, ""),
        ({"later_days": "400"}, ""),
    ):
        refused = client.post(keep, typed | changes)
        assert (refused.status_code, said in text(refused)) == (422, True), changes
    drop = reverse("accounting:scenario_drop", args=[activity.pk, row.pk])
    other, theirs = make_entrepreneur()
    assert client_of(other).post(drop).status_code == 404
    there = reverse("accounting:scenario_drop", args=[theirs.pk, row.pk])
    assert client_of(other).post(there).status_code == 404
    assert client.get(drop).status_code == 405
    client.post(drop)
    assert not ForecastScenario.objects.exists()


def test_the_cooperative_reads_its_whole_and_its_risks() -> None:
    _user, activity = make_entrepreneur()
    section = section_of(activity)
    make_cash(section, "100.00")
    invoice = sales.issued(activity, sales.line("500.00"), on=date(2026, 2, 2))
    books.cost(activity, "900.00", on=date(2026, 5, 4))
    manager = client_of(make_user(RoleKind.CO_MANAGER))
    address = reverse("accounting:house_forecast")
    page = text(manager.get(address))
    for said in ("Les dix plus grands risques", "Client en retard", "Client A", "Passe sous le plancher"):
        assert said in page, said
    month = text(manager.get(reverse("accounting:house_month", args=["2026-05"])))
    assert str(invoice.number) in month
    keep = reverse("accounting:house_scenario_keep")
    assert manager.get(keep).status_code == 200
    manager.post(keep, {"name": "Tout le monde tarde", "later_days": "60"})
    row = ForecastScenario.objects.get()
    assert row.section is None
    assert "Tout le monde tarde" in text(manager.get(address, {"retard": "60"}))
    manager.post(reverse("accounting:house_scenario_drop", args=[row.pk]))
    assert not ForecastScenario.objects.exists()


def test_plans_floors_and_excesses_are_kept_by_who_may() -> None:
    _user, activity = make_entrepreneur()
    section = section_of(activity)
    accountant, manager = (client_of(make_user(kind)) for kind in (RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER))
    plan = {
        "section": shared_section().pk,
        "label": "Emprunt du siège",
        "kind": "loan",
        "side": "out",
        "amount": "850",
        "rhythm": "month",
        "starts_on": "2026-06-05",
        "form_key": str(uuid.uuid4()),
    }
    add = reverse("accounting:cash_plan_add")
    assert accountant.get(add).status_code == 200
    assert accountant.post(add, plan).status_code == 302
    twice = accountant.post(add, plan)
    assert (twice.status_code, CashPlan.objects.count()) == (422, 1)
    assert CashPlan.objects.get().amount == D("-850.00")
    listed = text(accountant.get(reverse("accounting:cash_plan_list")))
    assert "Emprunt du siège" in listed
    assert "Arrêter" in listed
    assert "Arrêter" not in text(manager.get(reverse("accounting:cash_plan_list")))
    month = text(manager.get(reverse("accounting:house_month", args=["2026-07"])))
    assert "Emprunt du siège" in month
    end = reverse("accounting:cash_plan_end", args=[CashPlan.objects.get().pk])
    assert accountant.get(end).status_code == 200
    assert accountant.post(end, {"ends_on": "2026-05-01"}).status_code == 422
    assert accountant.post(end, {"ends_on": "2026-06-30"}).status_code == 302
    assert "Emprunt du siège" not in text(manager.get(reverse("accounting:house_month", args=["2026-07"])))

    floor = {"section": section.pk, "amount": "500", "starts_on": "2026-05-12", "reason": "Stock"}
    set_floor = reverse("accounting:floor_set")
    assert manager.get(set_floor).status_code == 200
    assert manager.post(set_floor, floor | {"reason": ""}).status_code == 422
    assert manager.post(set_floor, floor).status_code == 302
    excess = {**floor, "amount": "-100", "ends_on": "2026-06-30", "reason": "Gros client en juin"}
    allow = reverse("accounting:excess_allow")
    assert accountant.get(allow).status_code == 403
    assert manager.get(allow).status_code == 200
    assert manager.post(allow, excess).status_code == 302
    for name, said in (("floor_list", "Stock"), ("excess_list", "Gros client en juin")):
        assert said in text(manager.get(reverse(f"accounting:{name}")))
    for model, name in ((CashFloor, "floor_end"), (FloorExcess, "excess_end")):
        stop = reverse(f"accounting:{name}", args=[model.objects.get().pk])
        assert manager.get(stop).status_code == 200
        assert manager.post(stop, {"ends_on": "2026-05-31"}).status_code == 302
        assert model.objects.get().ends_on == date(2026, 5, 31)


def test_who_may_do_what_over_the_treasury() -> None:
    owner, activity = make_entrepreneur()
    stranger, _theirs = make_entrepreneur()
    section = section_of(activity)
    kinds = (RoleKind.ADVISOR, RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR, RoleKind.ASSOCIATE)
    people = [owner, stranger, *(make_user(kind) for kind in kinds)]
    expected = {
        "view_forecast": (True, False, True, True, True, True, False),
        "keep_scenario": (True, False, True, True, True, False, False),
        "view_house_forecast": (False, False, False, True, True, True, False),
        "keep_house_scenario": (False, False, False, True, True, False, False),
        "set_floor": (False, False, False, True, True, False, False),
        "allow_floor_excess": (False, False, False, False, True, False, False),
        "plan_cash": (False, False, False, True, False, False, False),
    }
    assert set(expected) == {name.partition(".")[2] for name in PERMISSIONS}
    for name, who in expected.items():
        found = tuple(PERMISSIONS[f"accounting.{name}"].test(one, section) for one in people)
        assert found == who, name
    page = reverse("accounting:forecast", args=[activity.pk])
    assert client_of(stranger).get(page).status_code == 404
    assert client_of(owner).get(reverse("accounting:house_forecast")).status_code == 403
