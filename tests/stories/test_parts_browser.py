"""A building site from its accepted quote to its last payment: deposit, two situations with a retention, the
final account, in a real browser and by the keyboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from invoicing.models import Invoice, Quote
from invoicing.selectors.money_controls import money_faults
from invoicing.selectors.part_controls import part_faults
from invoicing.services.inputs import ScheduleContent
from invoicing.states.parts import Billing
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import line, trust
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def site(demonstration: None) -> dict[str, Any]:
    make_cooperative()
    seller = trust(make_user(RoleKind.ENTREPRENEUR, first_name="Rémi"))
    owner = make_activity(seller)
    sales.firm(owner, name="Résidence Brouchet")
    lines = (line("6000.00", label="Maçonnerie"), line("4000.00", label="Peinture", vat="intermediate"))
    schedule = ScheduleContent(Billing.PROGRESS, retention_rate=Decimal("0.0500"))
    quote = parts.accepted(owner, *lines, on=timezone.localdate(), schedule=schedule)
    return {"seller": seller, "quote": quote}


def test_from_the_quote_to_the_last_payment(walker: Walker, site: dict[str, Any]) -> None:
    quote: Quote = site["quote"]
    walker.sign_in(site["seller"].email)
    walker.page.goto(quote.get_absolute_url())
    walker.judge(f"Devis {quote}")
    _deposit(walker)
    _situation(walker, quote, rank=1, shares=("50", "0"))
    _situation(walker, quote, rank=2, shares=("100", "60"))
    _back(walker, quote)
    walker.press_button("Solde")
    _issue(walker, "Facture de solde")
    _back(walker, quote)
    expect(walker.page.get_by_text("Reste 0,00\u00a0€ à facturer")).to_be_visible()
    for invoice in Invoice.objects.filter(quote=quote).order_by("number"):
        _pay(walker, invoice)
    asked = sum(one.total_incl_tax for one in Invoice.objects.filter(quote=quote))
    assert asked == quote.total_incl_tax
    assert [*money_faults(), *part_faults()] == []


def _back(walker: Walker, quote: Quote) -> None:
    walker.page.goto(quote.get_absolute_url())
    walker.judge(f"Devis {quote}")


def _issue(walker: Walker, name: str) -> None:
    page = walker.page
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre la facture")
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.get_by_text("rien n’y change plus")).to_be_visible()


def _deposit(walker: Walker) -> None:
    """Both asked at once is refused at its field, what was typed stays."""
    walker.press_link("Acompte")
    walker.judge("Facture d’acompte")
    walker.type("Part du devis en %", "30")
    walker.type("Ou un montant en euros TTC", "100")
    walker.press_button("Préparer l’acompte")
    expect(walker.page.locator("#id_amount_error")).to_contain_text("Donnez une part ou un montant")
    walker.reach(walker.field("Ou un montant en euros TTC"))
    walker.page.keyboard.press("Control+a")
    walker.page.keyboard.press("Delete")
    walker.press_button("Préparer l’acompte")
    _issue(walker, "Facture d’acompte")


def _situation(walker: Walker, quote: Quote, *, rank: int, shares: tuple[str, str]) -> None:
    _back(walker, quote)
    walker.press_link("Préparer une situation")
    walker.judge(f"Situation n° {rank}")
    for name, share in zip(("Maçonnerie", "Peinture"), shares, strict=True):
        walker.type(f"Avancement de « {name} » en %", share)
    walker.press_button("Préparer la situation")
    _issue(walker, f"Situation n° {rank}")
    expect(walker.page.get_by_text("Retenue de garantie :")).to_be_visible()


def _pay(walker: Walker, invoice: Invoice) -> None:
    """What is held is not asked: the rest settles the document."""
    walker.page.goto(invoice.get_absolute_url())
    walker.press_link("Enregistrer un paiement")
    walker.press_button("Enregistrer le paiement")
    expect(walker.page.get_by_text("est enregistré.")).to_be_visible()
    expect(walker.page.get_by_text("Réglée").first).to_be_visible()
