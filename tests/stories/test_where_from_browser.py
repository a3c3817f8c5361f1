"""« D’où vient ce chiffre ? »: from any figure of a statement to its document in three steps (ACC-12)."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from cae.core.periods import Month
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

STEPS = 3


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """An activity that sold once this month, under a contribution of 10 % taken on documents."""
    make_cooperative()
    books.scale("0.1000", label="Taux unique")
    claire = sales.trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"))
    activity = make_activity(claire, name="Atelier clair")
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        invoice = sales.issued(activity, sales.line("1000"), on=timezone.localdate())
    return {
        "seller": claire,
        "accountant": make_user(RoleKind.ACCOUNTANT, first_name="Farid"),
        "activity": activity,
        "invoice": invoice,
    }


def test_a_figure_leads_to_its_document(walker: Walker, house: dict[str, Any]) -> None:
    activity, invoice, month = house["activity"], house["invoice"], Month.of(timezone.localdate())
    walker.sign_in(house["seller"].email)
    # The statement of the month, then each statement by layout.
    _follow(walker, f"/mon-activite/{activity.pk}/?mois={month}", "Ventes HT", invoice, activity.name)
    at = f"/etats/activites/{activity.pk}"
    for slug, line in (
        ("resultat", "Ventes"),
        ("resultat", "Résultat"),
        ("bilan", "Clients"),
        ("tresorerie", "Trésorerie future"),
    ):
        _follow(walker, f"{at}/{slug}/?mois={month}", line, invoice, activity.name)
    walker.sign_out()
    walker.sign_in(house["accountant"].email)
    for slug, line in (("resultat", "Ventes"), ("bilan", "Clients")):
        _follow(walker, f"/etats/cooperative/{slug}/?mois={month}", line, invoice, "La coopérative")


def _follow(walker: Walker, url: str, line: str, invoice: Any, heading: str) -> None:
    """The figure, one of its entries, its document."""
    page = walker.page
    page.goto(url)
    walker.judge(heading)
    before = walker.gestures
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=line, exact=True))
    walker.press(row.get_by_role("link", name=re.compile("d’où vient ce chiffre")).first)
    expect(page.locator("main")).to_contain_text(invoice.number)
    walker.judge(line)
    walker.press(_entry(page.locator("main"), invoice.number))
    walker.judge("Écriture VE")
    walker.press(page.get_by_role("link", name=re.compile(invoice.number)).first)
    walker.judge(invoice.number)
    assert walker.gestures - before == STEPS


def _entry(main: Locator, number: str) -> Locator:
    """The entry of the document among those that make the figure."""
    row = main.get_by_role("row").filter(has_text=number).filter(has_text="VE ")
    return row.get_by_role("link").first
