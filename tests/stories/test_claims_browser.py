"""A claim handed over is checked line by line beside its receipts, approved, paid by a lot that somebody else
releases, and its author reads that the money left (INV-54, INV-56, INV-57)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounting.selectors.accounts import section_of
from invoicing.models import ExpenseClaim
from invoicing.states.expenses import ClaimState, LineDecision
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_claims import banked, car, submitted, trip
from tests.factories.invoicing_expenses import content
from tests.factories.kernel import make_cooperative
from tests.factories.payments import make_cash
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def people(demonstration: None) -> dict[str, Any]:
    """Claire, who handed over a trip of 30 km and two receipts; who checks and prepares; who releases."""
    make_cooperative()
    claire = make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir")
    activity = make_activity(claire, name="Photographie Lenoir")
    make_cash(section_of(activity), "500.00", on=timezone.localdate())
    banked(claire)
    trip(claire, activity, car(claire))
    submitted(claire, activity, content(), content(gross="9.60", tax="1.60", label="Péage A63"))
    return {
        "claire": claire,
        "awa": make_user(RoleKind.ACCOUNTANT, first_name="Awa", last_name="Sarr"),
        "nadia": make_user(RoleKind.CO_MANAGER, first_name="Nadia", last_name="Morel"),
    }


def test_checked_approved_released_paid(walker: Walker, people: dict[str, Any]) -> None:
    claim = ExpenseClaim.objects.get()
    _checked(walker, people["awa"], claim)
    claim.refresh_from_db()
    assert claim.state == ClaimState.ORDERED
    _prepared(walker)
    _released(walker, people["nadia"])
    _settled(walker, people["awa"])
    claim.refresh_from_db()
    assert claim.state == ClaimState.REFUNDED

    walker.sign_out()
    walker.sign_in(people["claire"].email)
    walker.page.goto(claim.get_absolute_url())
    walker.judge("Note de frais")
    main = walker.page.locator("main")
    expect(main).to_contain_text("42,18")
    expect(main).to_contain_text("virés")
    expect(main).to_contain_text("Achat privé")


def _checked(walker: Walker, awa: Any, claim: ExpenseClaim) -> None:
    """The toll is refused, the rest accepted at once."""
    page = walker.page
    walker.sign_in(awa.email)
    page.goto("/depenses/a-verifier/")
    walker.judge("Notes à vérifier")
    walker.press(page.locator("a.queue-link").first)
    walker.judge("Notes à vérifier")
    toll = claim.lines.get(label="Péage A63")
    row = page.locator(f"#ligne-{toll.pk}")
    walker.press(row.locator("summary").filter(has_text="Refuser"))
    walker.type("Pourquoi ?", "Achat privé", within=row.locator("details[open]"))
    walker.press(row.get_by_role("button", name="Refuser la dépense"))
    expect(page.locator(f"#ligne-{toll.pk}")).to_contain_text("Achat privé")
    walker.tick("Justificatifs vus")
    walker.press_button("Accepter les 2 dépenses en règle")
    expect(page.locator("main")).to_contain_text("2 dépenses acceptées.")
    assert claim.lines.filter(decision=LineDecision.APPROVED).count() == 2
    walker.press_button("Approuver la note")
    expect(page.locator("main")).to_contain_text("42,18")


def _prepared(walker: Walker) -> None:
    page = walker.page
    page.goto("/compta/virements/preparer/")
    walker.judge("Préparer un lot")
    box = page.locator("#id_orders")
    if not box.is_checked():
        walker.press(box, "Space")
    walker.press_button("Préparer le lot")
    expect(page.locator("main")).to_contain_text("Lot préparé")


def _released(walker: Walker, nadia: Any) -> None:
    page = walker.page
    batch_url = page.url
    walker.sign_out()
    walker.sign_in(nadia.email)
    page.goto(batch_url)
    walker.press_link("Relire et valider")
    walker.judge("Valider le lot")
    expect(page.locator("main")).to_contain_text("42,18")
    walker.type("Tapez votre nom, qui vaut signature", "Nadia Morel")
    walker.tick("J’ai vérifié chaque bénéficiaire et le total : ces virements peuvent partir.")
    walker.press_button("Valider le lot")
    expect(page.locator("main")).to_contain_text("Lot validé")


def _settled(walker: Walker, awa: Any) -> None:
    page = walker.page
    batch_url = page.url
    walker.sign_out()
    walker.sign_in(awa.email)
    page.goto(batch_url)
    walker.press_link("Noter exécuté")
    walker.date("Payé le", timezone.localdate())
    walker.press(page.locator("main form button[type=submit]").first)
    page.wait_for_url(batch_url)
