"""Every figure of a working opens what it comes from, and what it opens adds up to it (ACC-12, ACC-19)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.models import ContributionRun, EntryLine
from accounting.selectors.adjusting_words import adjusted
from accounting.selectors.behind import costs_behind, sales_behind, windows_before, year_before
from accounting.selectors.contribution import lines_of_run
from accounting.selectors.working_words import working_lines
from accounting.services.contribution import reverse_contribution
from accounting.services.contribution_months import close_contribution_year, run_month
from accounting.services.scales import assign_scale
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.services.scopes import join_scope
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

LATER = date(2026, 9, 5)
SLICES: dict[str, Any] = {
    "kind": "slices",
    "window": "year",
    "slices": [{"up_to": "4000.00", "rate": "0.12"}, {"up_to": None, "rate": "0.10"}],
}
LEVELS: dict[str, Any] = {
    "kind": "whole_base",
    "window": "year",
    "levels": [{"up_to": "4000.00", "rate": "0.12"}, {"up_to": None, "rate": "0.10"}],
}
CURVE: dict[str, Any] = {
    "kind": "curve",
    "window": "year",
    "points": [["0.00", "0.00"], ["20000.00", "3000.00"]],
    "above_last": "extend",
}
PARTS: dict[str, Any] = {
    "fixed_per_month": "30.00",
    "floor": {"per": "month", "amount": "50.00"},
    "cap": {"per": "year", "amount": "900.00"},
    "exemptions": {"minima_sociaux": ["fixed"]},
    "franchise": {"months": 1, "waives": ["proportional"]},
}


def received(**parts: Any) -> dict[str, Any]:
    return books.monthly(**parts) | {"base": {"turnover": "received", "minus": []}}


SCALES = {
    "slices": books.monthly(SLICES, **PARTS),
    "levels": books.monthly(LEVELS, **PARTS),
    "curve": books.monthly(CURVE),
    "margin": books.monthly(),
    "received": received(),
    "documents": books.flat("0.1000") | {"shape": SLICES, "taken_on": "document"},
}


@pytest.fixture(params=SCALES)
def activity(request: pytest.FixtureRequest) -> Activity:
    """Three months sold, with a cost, an exemption and a credit note that comes late."""
    books.scale(rules=SCALES[request.param])
    owner = make_person(last_name="Propriétaire")
    one = make_activity(owner, code="A1")
    books.exemption(one, waives=["floor"], starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28))
    for rank, net in ((1, "1000.00"), (2, "2500.00"), (3, "3100.00")):
        on, number = date(2026, rank, 10), f"F-{rank}"
        books.sale(one, net, on=on, number=number)
        books.take(one, net, on=on, number=number)
        books.receipt(one, str(Decimal(net) * Decimal("1.2")), number=number, on=date(2026, rank, 20))
        books.cost(one, "200.00", on=on)
        run_all(one, rank)
    books.take(one, "-500.00", on=date(2026, 2, 27), number="A-1", corrects="F-2")
    run_all(one, 3)
    return one


def run_all(activity: Activity, rank: int) -> None:
    if activity.scale_assignments.get().scale.rule.is_monthly:
        run_month(activity, Month(2026, rank), today=LATER, actor=None)


def owner_of(activity: Activity) -> Client:
    person = activity.scope.members.get().person
    return client_of(make_user(RoleKind.ENTREPRENEUR, person=person))


def runs_of(activity: Activity) -> list[ContributionRun]:
    return list(ContributionRun.objects.filter(activity=activity).order_by("pk"))


def test_what_stands_behind_a_figure_adds_up_to_it(activity: Activity) -> None:
    runs = runs_of(activity)
    assert len(runs) >= 3
    for run in runs:
        parts = run.working["parts"]
        sold = sum((one.net for one in sales_behind(run)), ZERO)
        assert sold == sum((Decimal(part["sales"]) for part in parts), ZERO)
        spent = sum((line.debit - line.credit for line in costs_behind(run)), ZERO)
        assert spent == sum((Decimal(cost) for part in parts for _kind, cost in part["costs"]), ZERO)
        for held in windows_before(run):
            assert sum((row.base for row in held.rows), ZERO) == held.base
            assert sum((row.proportional for row in held.rows), ZERO) == held.paid
            assert (held.elsewhere, held.worth) == (ZERO, ZERO)
        year = year_before(run)
        if year is not None:
            left = Decimal(run.working["cap"]) - year.due
            assert max(left, ZERO) == Decimal(run.working["cap_left"])


@pytest.mark.parametrize("reader", ["accountant", "owner"])
def test_each_figure_leads_where_it_says(activity: Activity, reader: str) -> None:
    client = client_of(make_user(RoleKind.ACCOUNTANT)) if reader == "accountant" else owner_of(activity)
    pages: dict[str, str] = {}
    led = set()
    statements = [
        reverse("accounting:activity_statement", args=[activity.pk], query={"mois": f"2026-0{rank}"})
        for rank in (1, 2, 3, 9)
    ]
    for page in [*statements, *(run.get_absolute_url() for run in runs_of(activity))]:
        led |= set(links(opened(client, page, pages)))
    places = {place.partition("#")[2] for place in led}
    assert places >= {"ventes", "palier-ordinary-1"}
    has_slices = activity.scale_assignments.get().scale.rule.shape.kind != "flat"
    assert ("deja-compte" in places) == has_slices
    for link in led:
        page, _mark, place = link.partition("#")
        body = opened(client, page, pages)
        assert not place or f'id="{place}"' in body, link


def opened(client: Client, page: str, pages: dict[str, str]) -> str:
    if page not in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        pages[page] = response.content.decode()
    return pages[page]


def links(body: str) -> list[str]:
    """Those of the workings, of the sums and of the words of an adjustment."""
    found = re.findall(r'<a class="working-link" href="([^"]+)"', body)
    return found + [url for url in re.findall(r'href="([^"#]+/contributions?/[^"]*)"', body) if url != "/"]


def test_the_figures_before_anything_is_booked_lead_somewhere_too() -> None:
    books.scale(rules=SCALES["slices"])
    one = make_activity(make_person(), code="A1", name="Atelier & Cie")
    books.exemption(one, waives=["floor"])
    for rank in (2, 3):
        books.sale(one, "3000.00", on=date(2026, rank, 10), number=f"F-{rank}")
        books.take(one, "3000.00", on=date(2026, rank, 10), number=f"F-{rank}")
    run_month(one, Month(2026, 2), today=LATER, actor=None)
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    body = client.get(reverse("accounting:month_preview", query={"mois": "2026-03"})).content.decode()
    found = [link.replace("&amp;", "&") for link in re.findall(r'class="working-link" href="([^"]+)"', body)]
    assert len(found) > 6
    for link in found:
        assert client.get(link).status_code == 200


def test_a_base_counted_under_another_version_is_told_apart() -> None:
    """4 000 under 12 % then 10 %; from March the rates are 8 % then 6 %."""
    books.scale(rules=books.monthly(SLICES))
    one = make_activity(code="A1")
    lower = SLICES | {"slices": [{"up_to": "4000.00", "rate": "0.08"}, {"up_to": None, "rate": "0.06"}]}
    books.scale(rules=books.monthly(lower), on=date(2026, 3, 1))
    for rank in (2, 3):
        books.take(one, "5000.00", on=date(2026, rank, 10), number=f"F-{rank}")
        run_month(one, Month(2026, rank), today=LATER, actor=None)
    february, march = runs_of(one)
    (held,) = windows_before(march)
    # T(5 000) under the new rates is 320 + 60, whatever February gave.
    assert (held.base, held.paid) == (Decimal("5000.00"), Decimal("380.00"))
    assert (held.elsewhere, held.worth) == (Decimal("5000.00"), Decimal("380.00"))
    assert [row.run for row in held.rows] == [february]
    said = text(client_of(make_user(RoleKind.ACCOUNTANT)).get(march.get_absolute_url()))
    assert "5 000,00 € ont été comptés sous une autre version du barème" in said
    assert "5 000,00 € à 6 %" in said


def test_many_earlier_ones_are_summed_not_listed() -> None:
    books.scale(rules=SCALES["documents"])
    one = make_activity(code="A1")
    for rank in range(30):
        books.take(one, "10.00", on=date(2026, 3, 1), number=f"F-{rank}")
    last = runs_of(one)[-1]
    (held,) = windows_before(last)
    assert (len(held.rows), held.more, held.base) == (24, 5, Decimal("290.00"))
    said = text(client_of(make_user(RoleKind.ACCOUNTANT)).get(last.get_absolute_url()))
    assert "5 autres, plus anciennes, sont comprises dans le total." in said


def test_an_adjustment_says_what_changed_and_leads_to_the_month_it_corrects() -> None:
    books.scale(rules=books.monthly(fixed_per_month="30.00"))
    one = make_activity(code="A1")
    books.take(one, "1000.00", on=date(2026, 3, 10), number="F-1")
    run_month(one, Month(2026, 3), today=date(2026, 4, 1), actor=None)
    books.take(one, "-400.00", on=date(2026, 3, 20), number="A-1", corrects="F-1")
    books.cost(one, "100.00")
    run_month(one, Month(2026, 3), today=LATER, actor=None)
    first, last = runs_of(one)
    words = adjusted(last)
    assert adjusted(first) is None
    assert words is not None
    assert said(words.title) == "Régularisation de mars 2026"
    assert said(words.result) == (
        "La contribution de mars 2026 passe de 165,00 € à 97,50 € : 67,50 € sont rendus le 05/09/2026."
    )
    assert [said(change) for change in words.changes] == [
        "Ventes ordinaires : 600,00 € au lieu de 1 000,00 €.",
        "Marchandises : 100,00 € au lieu de 0,00 €.",
    ]
    assert words.url == first.get_absolute_url()
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    statement = reverse("accounting:activity_statement", args=[one.pk], query={"mois": "2026-09"})
    for page in (last.get_absolute_url(), statement):
        body = client.get(page)
        assert "67,50 € sont rendus le 05/09/2026" in text(body)
        assert f'href="{first.get_absolute_url()}"' in body.content.decode()


def test_an_adjustment_under_another_scale_or_an_exemption_says_so() -> None:
    books.scale(rules=books.monthly(fixed_per_month="30.00"))
    one = make_activity(code="A1")
    books.take(one, "1000.00", on=date(2026, 3, 10), number="F-1")
    run_month(one, Month(2026, 3), today=date(2026, 4, 1), actor=None)
    other = books.scale(
        rules=books.monthly(fixed_per_month="40.00", cap={"per": "year", "amount": "900.00"}),
        code="autre",
        is_default=False,
    )
    assign_scale(one, scale=other, starts_on=date(2026, 3, 1), reason="Vote", actor=None)
    run_month(one, Month(2026, 3), today=LATER, actor=None)
    books.exemption(one, waives=["fixed", "proportional"])
    run_month(one, Month(2026, 3), today=LATER, actor=None)
    _first, dearer, eased = [adjusted(run) for run in runs_of(one)]
    assert dearer is not None
    assert eased is not None
    assert "10,00 € de plus sont prélevés" in said(dearer.result)
    assert [said(change) for change in dearer.changes] == [
        "Barème : Barème autre, v1 au lieu de Barème general, v1.",
        "Reste sous le plafond : 900,00 € ; auparavant : aucun.",
    ]
    assert [said(change) for change in eased.changes] == [
        "Dispense : part proportionnelle, part fixe ; auparavant : aucune."
    ]


def test_a_calculation_that_gives_the_same_says_that_nothing_is_due() -> None:
    books.scale(rules=books.monthly(floor={"per": "month", "amount": "500.00"}))
    one = make_activity(code="A1")
    books.take(one, "1000.00", on=date(2026, 3, 10), number="F-1")
    run_month(one, Month(2026, 3), today=date(2026, 4, 1), actor=None)
    books.take(one, "-400.00", on=date(2026, 3, 20), number="A-1", corrects="F-1")
    run_month(one, Month(2026, 3), today=LATER, actor=None)
    words = adjusted(runs_of(one)[-1])
    assert words is not None
    assert "reste de 500,00 € ; seul son calcul a changé" in said(words.result)


def test_an_undone_contribution_says_what_is_given_back() -> None:
    books.scale()
    one = make_activity(code="A1")
    run = books.take(one, "1000.00")
    assert run is not None
    undone = reverse_contribution(run, on=LATER, reason="Erreur", actor=None)
    body = client_of(make_user(RoleKind.ACCOUNTANT)).get(undone.get_absolute_url())
    assert "Ce qui avait été prélevé, 100,00 €, est rendu le 05/09/2026" in text(body)
    assert f'href="{run.get_absolute_url()}"' in body.content.decode()


def test_the_end_of_a_year_says_its_floor_what_was_taken_and_the_cap() -> None:
    cap = {"per": "year", "amount": "1200.00", "associate_amount": "1200.00"}
    books.scale(rules=books.monthly(floor={"per": "year", "amount": "1200.00"}, cap=cap))
    one = make_activity(code="A1")
    books.take(one, "1000.00", on=date(2025, 12, 10), number="F-1")
    run_month(one, Month(2025, 12), today=LATER, actor=None)
    close_contribution_year(one, 2025, today=LATER, actor=None)
    month, end = runs_of(one)
    assert (month.due, end.due) == (Decimal("135.00"), Decimal("1065.00"))
    lines = [(line.label, said(line.detail), line.amount) for line in lines_of_run(end)]
    assert lines == [
        ("Plancher de l’année", "au prorata des mois de présence", Decimal("1200.00")),
        ("Déjà prélevé dans l’année", "", Decimal("135.00")),
        ("Contribution de fin d’année 2025", "", Decimal("1065.00")),
    ]
    page = client_of(make_user(RoleKind.ACCOUNTANT)).get(end.get_absolute_url())
    shown = text(page)
    assert "Le barème demande au moins 1 200,00 € pour l’année" in shown
    assert "135,00 € avaient été prélevés : le complément est de 1 065,00 €." in shown
    assert "Déjà prélevé en 2025" in shown
    for place in (f"{end.get_absolute_url()}#annee", f"{end.scale.get_absolute_url()}#plancher"):
        assert f'href="{place}"' in page.content.decode()


def test_a_cap_that_keeps_a_year_from_its_floor_is_said() -> None:
    scale = books.scale(rules=books.monthly())
    found = working_lines(
        {"floor": "500.00", "taken": "100.00", "cap_left": "150.00", "due": "150.00"}, scale, subject="2025"
    )
    assert [(line.label, said(line.detail)) for line in found][2] == ("Plafond", "il ne reste que 150,00 €")


# --- exemptions ----------------------------------------------------------------------------------


def test_an_exemption_has_its_page_for_those_it_concerns() -> None:
    books.scale(rules=books.monthly(fixed_per_month="30.00", exemptions={"minima_sociaux": ["fixed"]}))
    owner = make_person()
    one, other = make_activity(owner, code="A1", name="Atelier clair"), make_activity(code="B2")
    exemption = books.exemption(one, waives=["floor"])
    run_month(one, Month(2026, 3), today=LATER, actor=None)
    page = exemption.get_absolute_url()
    mine = client_of(make_user(RoleKind.ENTREPRENEUR, person=owner))
    for client in (mine, client_of(make_user(RoleKind.ACCOUNTANT))):
        shown = text(client.get(page))
        for words in ("Minima sociaux", "part fixe, plancher", "CSE du 3 mars 2026", "Mars 2026"):
            assert words.lower() in shown.lower()
    assert "Arrêter cette exonération" not in text(mine.get(page))
    stranger = make_person()
    join_scope(stranger, scope=other.scope, starts_on=BEGINNING, actor=None)
    assert client_of(make_user(RoleKind.ENTREPRENEUR, person=stranger)).get(page).status_code == 404


def test_the_owner_reads_the_scale_but_not_who_else_has_it() -> None:
    scale = books.scale(rules=SCALES["slices"])
    owner = make_person()
    make_activity(owner, code="A1", name="Atelier clair")
    make_activity(code="B2", name="Voisine")
    page = scale.get_absolute_url()
    shown = text(client_of(make_user(RoleKind.ENTREPRENEUR, person=owner)).get(page))
    assert "au-delà de 4 000,00 €" in shown
    assert "Voisine" not in shown
    assert "Voisine" in text(client_of(make_user(RoleKind.ACCOUNTANT)).get(page))


def test_costs_are_those_of_the_books(activity: Activity) -> None:
    run = next((one for one in runs_of(activity) if costs_behind(one).exists()), None)
    if activity.scale_assignments.get().scale.rule.minus:
        assert run is not None
        assert costs_behind(run)[0] in EntryLine.objects.filter(cost_kind__code="goods")
    else:
        assert run is None


def said(words: str) -> str:
    return words.replace("\u202f", " ").replace("\xa0", " ")
