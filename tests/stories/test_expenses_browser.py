"""Receipts on a phone: three photos in a row, one of them without network, completed, and the claim of the
month handed over (INV-50, INV-51)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from invoicing.models import ExpenseClaim, Voucher
from invoicing.states.expenses import ClaimState, VoucherState
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_expenses import picture
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def spender(demonstration: None) -> dict[str, Any]:
    make_cooperative()
    user = make_user(RoleKind.ENTREPRENEUR, first_name="Claire")
    return {"user": user, "activity": make_activity(user, name="Photographie Lenoir")}


def photographed(page: Page, tmp_path: Path, *shades: int) -> None:
    """What the camera gives back, one photo after the other."""
    for shade in shades:
        taken = tmp_path / f"ticket-{shade}.jpg"
        taken.write_bytes(picture(shade))
        page.locator("#id_photos").set_input_files(taken)
        expect(page.locator("[data-capture-list] li").first).to_contain_text(taken.name)


def completed(walker: Walker, kind: str, label: str, gross: str, tax: str) -> None:
    walker.judge("Compléter le justificatif")
    walker.choose("Nature de dépense", kind)
    expect(walker.page.locator("#expense-live")).to_contain_text("base de contribution")
    walker.type("Quoi, et où", label)
    walker.type("Montant TTC (€)", gross)
    walker.type("Dont TVA (€)", tax)
    expect(walker.page.locator("#expense-live")).to_contain_text("Retenu")
    walker.press_button("Ajouter la dépense")


def test_three_receipts_then_the_claim(walker: Walker, spender: dict[str, Any], tmp_path: Path) -> None:
    page = walker.page
    page.set_viewport_size(PHONE)
    walker.sign_in(spender["user"].email)
    page.goto("/depenses/")
    walker.judge("Mes dépenses")
    walker.press_link("Photographier un justificatif")
    walker.judge("Photographier un justificatif")
    photographed(page, tmp_path, 1, 2)
    expect(page.locator("[data-capture-list]")).to_contain_text("Gardé, à compléter")
    expect(page.locator("[data-capture-list] a")).to_have_count(2)

    page.context.set_offline(True)
    photographed(page, tmp_path, 3)
    status = page.locator("[data-capture-status]")
    expect(status).to_contain_text("1 photo en attente du réseau")
    assert Voucher.objects.count() == 2
    # Chromium says so itself; the story knows.
    walker.faults.clear()
    page.context.set_offline(False)
    expect(page.locator("[data-capture-list] a")).to_have_count(3)
    expect(status).to_be_empty()
    assert Voucher.objects.count() == 3

    # The same photo again, as a finger that doubts.
    photographed(page, tmp_path, 3)
    expect(page.locator("[data-capture-list]")).to_contain_text("Déjà gardé")
    assert Voucher.objects.count() == 3

    page.goto("/depenses/justificatifs/?state=to_complete")
    page.get_by_role("link", name="ticket-1.jpg").click()
    completed(walker, "Fournitures de bureau", "Papier, Papeterie du Port", "24,00", "4,00")
    completed(walker, "Repas en déplacement", "Déjeuner, Chez Maïté", "25,00", "2,27")
    completed(walker, "Péage", "Péage A63", "9,60", "1,60")

    walker.judge("Note de frais")
    main = page.locator("main")
    expect(main).to_contain_text("58,60")
    expect(main).to_contain_text("Plafond de 21,40")
    walker.press_button("Soumettre")
    expect(main).to_contain_text("La note est soumise")
    walker.judge("Note de frais")
    claim = ExpenseClaim.objects.get()
    assert claim.state == ClaimState.SUBMITTED
    assert set(Voucher.objects.values_list("state", flat=True)) == {VoucherState.USED}
    assert claim.lines.count() == 3
