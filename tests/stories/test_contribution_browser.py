"""A scale that an assembly has just voted: recorded, tried, given to an activity, run over a month, explained
line by line, and put right when a credit note comes late (ACC-17 to ACC-20)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounting.models import ContributionRun, ContributionScale, Entry
from accounting.selectors.contribution import month_label
from accounting.selectors.working_words import of
from accounting.views.contribution_month import last_month
from cae.core.periods import Month
from cae.core.templatetags.formats import day
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

OVERLAP = "Les tranches se chevauchent : la limite de celle-ci doit dépasser 10 000,00 €."
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
# 6 600,00 € sold less 600,00 € subcontracted; then 1 600,00 € credited.
SLICES = "4 000,00 € à 12 % + 2 000,00 € à 10 %"
FEWER = "4 000,00 € à 12 % + 400,00 € à 10 %"


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def browser_context_args(request: Any, browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": request.param, "has_touch": request.param is PHONE}


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """An activity under 10 % a month, which sold twice and subcontracted once in the last month."""
    make_cooperative()
    books.scale(rules=books.flat("0.1000", "month"), label="Taux unique")
    claire = sales.trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"))
    activity, month = make_activity(claire), last_month()
    sold_on = month.first + timedelta(days=9)
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        invoices = [sales.issued(activity, sales.line(net), on=sold_on) for net in ("5000", "1600")]
    return {
        "seller": claire,
        "accountant": make_user(RoleKind.ACCOUNTANT, first_name="Farid"),
        "activity": activity,
        "month": month,
        "invoices": invoices,
        "cost": books.cost(activity, "600", on=sold_on, kind="subcontracting"),
    }


def test_a_voted_scale_is_run_explained_and_put_right(walker: Walker, house: dict[str, Any]) -> None:
    walker.sign_in(house["accountant"].email)
    _record(walker, house["month"])
    _give(walker, house["activity"].name, house["month"])
    _preview(walker, house["month"], due="700,00 €", base="6 000,00 €")
    _run(walker, house["month"])
    _explained(walker, house)
    walker.sign_out()
    walker.sign_in(house["seller"].email)
    _statement(walker, house)
    _credit_note(walker, house)
    walker.sign_out()
    walker.sign_in(house["accountant"].email)
    _put_right(walker, house)


def _whose(month: Month) -> str:
    """« d’octobre 2026 »."""
    return of(month_label(month))


def _job(month: Month) -> str:
    """A job is kept in words that every language reads: « Contribution · 10/2026 »."""
    return f"Contribution · {month.month:02}/{month.year}"


def _record(walker: Walker, month: Month) -> None:
    page = walker.page
    page.goto("/compta/baremes/")
    walker.judge("Barèmes de contribution")
    walker.press_link("Enregistrer un barème voté")
    walker.press_link("Tranches")
    walker.judge("Enregistrer un barème voté")
    _head(walker, month.first)
    _slices(walker, ("10000", "12"), ("4000", "10"), ("", "8"))
    _fixed_part_and_cap(walker)
    walker.press_button("Enregistrer le barème")
    _overlap_refused(walker, month.first)
    _slices(walker, ("4000", "12"), ("10000", "10"), ("", "8"))
    _tried(walker, month)
    _checked(walker)
    walker.press_button("Enregistrer pour de bon")
    walker.judge("Tranches votées")
    for words in ("12 % jusqu’à 4 000,00 €, 10 % jusqu’à 10 000,00 €, 8 % au-delà", "700,00 € par an"):
        expect(page.locator("main")).to_contain_text(words)


def _checked(walker: Walker) -> None:
    """Said back before it is recorded; one may come back to the form, where nothing is lost."""
    walker.press_button("Enregistrer le barème")
    walker.judge("Vérifier le barème")
    walker.press_button("Revenir au formulaire")
    walker.judge("Enregistrer un barème voté")
    expect(walker.field("Plafond par an")).to_have_value("700")
    walker.press_button("Enregistrer le barème")
    walker.judge("Vérifier le barème")
    expect(walker.page.locator("main")).to_contain_text("Aucune activité n’a encore ce barème")
    assert ContributionScale.objects.count() == 1


def _head(walker: Walker, start: date) -> None:
    walker.type("Libellé", "Tranches votées")
    walker.type("Code", "tranches")
    walker.date("En vigueur à partir du", start)
    walker.date("Votée le", start)
    walker.type("Résolution", "7")
    walker.tick("Sous-traitance")


def _slices(walker: Walker, *slices: tuple[str, str]) -> None:
    for row, (limit, rate) in zip(_rows(walker), slices, strict=False):
        walker.type("Jusqu’à, compris", limit, within=row)
        walker.type("Taux, en %", rate, within=row)


def _rows(walker: Walker) -> list[Locator]:
    """The rows of the slices; those of training come after, folded."""
    rows = walker.page.locator(".scale-rows").first.locator("tbody tr")
    return [rows.nth(place) for place in range(3)]


def _fixed_part_and_cap(walker: Walker) -> None:
    walker.unfold("Part fixe")
    walker.type("En CAPE, par mois", "30")
    walker.type("En CESA, par mois", "30")
    walker.unfold("Plafond")
    walker.type("Plafond par an", "700")


def _overlap_refused(walker: Walker, start: date) -> None:
    """One sentence, at the slice that is wrong and in the summary; nothing written, nothing lost."""
    page = walker.page
    expect(_rows(walker)[1]).to_contain_text(OVERLAP)
    expect(page.get_by_text(OVERLAP)).to_have_count(2)
    expect(page.locator(".error-summary")).to_be_focused()
    walker.judge("Enregistrer un barème voté")
    assert ContributionScale.objects.count() == 1
    for label, value in (("Libellé", "Tranches votées"), ("Code", "tranches"), ("Plafond par an", "700")):
        expect(walker.field(label)).to_have_value(value)
    expect(walker.field("En vigueur à partir du")).to_have_value(start.isoformat())
    expect(walker.field("Sous-traitance")).to_be_checked()
    expect(walker.field("Jusqu’à, compris", _rows(walker)[1])).to_have_value("4000")


def _tried(walker: Walker, month: Month) -> None:
    """Drawn while it is typed, then played over the year of the sales; nothing is recorded."""
    trial = walker.page.locator("#trial")
    expect(trial.get_by_role("img", name="Contribution de l’année selon la base")).to_be_visible()
    # The cap of the year is reached: 700,00 € of 18 000,00 € and more.
    for words in ("700,00 € soit 3,89 %", "12 % jusqu’à 4 000,00 €", "30,00 € par mois", "700,00 € par an"):
        expect(trial).to_contain_text(words)
    walker.press_button("Dessiner et simuler")
    expect(trial).to_contain_text(f"Rejoué sur l’année {month.year}")
    expect(trial).to_contain_text("Elle aurait reçu 700,00 €")
    walker.judge("Enregistrer un barème voté")
    assert ContributionScale.objects.count() == 1


def _give(walker: Walker, activity: str, month: Month) -> None:
    walker.page.goto("/compta/baremes/activites/")
    walker.judge("Barème de chaque activité")
    walker.press_link("Affecter un barème")
    walker.judge("Affecter un barème")
    walker.choose("Activité", activity)
    walker.choose("Barème", "Tranches votées")
    walker.date("À partir du", month.first)
    walker.type("Motif", "Vote de l’assemblée, résolution 7")
    walker.press_button("Affecter")
    walker.judge("Vérifier l’affectation")
    expect(walker.page.locator("main")).to_contain_text("Aucun mois déjà calculé ne change.")
    walker.press_button("Affecter ce barème")
    walker.judge("Barème de chaque activité")
    row = walker.page.get_by_role("row").filter(has_text="Tranches votées")
    expect(row).to_contain_text(activity)
    expect(row).to_contain_text(day(month.first))


def _preview(walker: Walker, month: Month, *, due: str, base: str) -> None:
    """What would be booked, before anything is."""
    page, before = walker.page, ContributionRun.objects.count()
    page.goto("/compta/contributions/")
    walker.judge("Contributions")
    walker.press_link(f"Calculer la contribution {_whose(month)}")
    walker.judge(f"Contribution {_whose(month)}")
    for amount in (due, base):
        expect(page.locator(".figures")).to_contain_text(amount)
    walker.press(page.locator(".foreseen summary"))
    expect(page.locator(".foreseen")).to_contain_text("Part fixe")
    assert ContributionRun.objects.count() == before


def _run(walker: Walker, month: Month) -> None:
    """The page of the job says how far it is, then that it is over."""
    walker.press_button(f"Calculer la contribution {_whose(month)}")
    walker.judge(_job(month))
    progress = walker.page.locator("#progress")
    expect(progress).to_contain_text("Terminé")
    expect(progress).to_contain_text("1 sur 1")


def _open_last_run(walker: Walker, house: dict[str, Any]) -> None:
    walker.page.goto("/compta/contributions/")
    walker.press(walker.page.get_by_role("table").get_by_role("link", name=house["activity"].name).first)
    walker.judge(f"Contribution {_whose(house['month'])}")


def _explained(walker: Walker, house: dict[str, Any]) -> None:
    """Each figure of the working stands with the documents that make it, and they open."""
    page = walker.page
    _open_last_run(walker, house)
    _working(page.locator("main"))
    address = page.url
    for invoice in house["invoices"]:
        walker.press_link(invoice.number)
        walker.judge(f"Facture {invoice.number}")
        page.goto(address)
    walker.press_link("12 %")
    walker.judge("Tranches votées")
    expect(page.locator("#palier-ordinary-1")).to_contain_text("12 %")
    assert page.url.endswith("#palier-ordinary-1")
    page.goto(address)
    for entry in (house["cost"], ContributionRun.objects.get().entry):
        walker.press(page.get_by_role("link", name=str(entry)).first)
        walker.judge(str(entry))
        page.goto(address)


def _working(shown: Locator) -> None:
    """Base × rate, the fixed part, the cap, what is due."""
    for words in (
        "ventes facturées 6 600,00 € − sous-traitance 600,00 €",
        "6 000,00 €",
        SLICES,
        "680,00 €",
        "Part fixe 30,00 €",
        "reste 700,00 € sur 700,00 € pour l’année",
    ):
        expect(shown).to_contain_text(words)
    expect(shown.locator(".working-total").first).to_contain_text("700,00 €")


def _statement(walker: Walker, house: dict[str, Any]) -> None:
    page, month = walker.page, house["month"]
    page.goto(f"/mon-activite/{house['activity'].pk}/?mois={month}")
    walker.judge(house["activity"].name)
    _working(page.locator("main"))
    sums = page.get_by_role("row", name="Depuis le 1er janvier")
    for amount in ("6 000,00 €", "700,00 €"):
        expect(sums).to_contain_text(amount)
    walker.press_link(month_label(month).capitalize())
    walker.judge(f"Contribution {_whose(month)}")
    _working(page.locator("main"))


def _credit_note(walker: Walker, house: dict[str, Any]) -> None:
    """Of the second invoice, whole, and dated in the month already computed."""
    page, month, invoice = walker.page, house["month"], house["invoices"][1]
    walker.press_link(invoice.number)
    walker.press_link("Faire un avoir")
    walker.judge("Faire un avoir")
    walker.type("Motif de l’avoir", "Prestation annulée")
    walker.press_button("Préparer l’avoir")
    walker.judge("Émettre cet avoir de 1 920,00 € TTC")
    walker.date("Date d’émission", month.first + timedelta(days=19))
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre l’avoir")
    walker.judge(f"Avoir A{month.year}-0001")


def _put_right(walker: Walker, house: dict[str, Any]) -> None:
    """The difference alone is booked, today, and names its month; asked twice, nothing more is written."""
    page, month = walker.page, house["month"]
    _preview(walker, month, due="−150,00 €", base="−1 600,00 €")
    expect(page.locator(".foreseen")).to_contain_text(f"régularisation {_whose(month)}")
    twin = Walker(page.context.new_page())
    twin.page.goto(page.url)
    twin.judge(f"Contribution {_whose(month)}")
    _run(walker, month)
    _adjusted(walker, house)
    written = _written()
    _run(twin, month)
    assert _written() == written
    page.goto(f"/compta/contributions/calculer/?mois={month}")
    walker.judge(f"Contribution {_whose(month)}")
    expect(page.locator("main")).to_contain_text("Rien à calculer pour ce mois.")


def _adjusted(walker: Walker, house: dict[str, Any]) -> None:
    main, today = walker.page.locator("main"), day(timezone.localdate())
    _open_last_run(walker, house)
    expect(main).to_contain_text(f"passe de 700,00 € à 550,00 € : 150,00 € sont rendus le {today}")
    expect(main).to_contain_text(FEWER)
    expect(main.locator(".working-total")).to_contain_text("550,00 €")
    walker.press_link(day(house["month"].last))
    walker.judge(f"Contribution {_whose(house['month'])}")
    expect(main.locator(".working-total")).to_contain_text("700,00 €")


def _written() -> list[Any]:
    """Every run and every entry of the books."""
    runs, entries = ContributionRun.objects.order_by("pk"), Entry.objects.order_by("pk")
    return [list(runs.values()), list(entries.values("pk", "seal"))]
