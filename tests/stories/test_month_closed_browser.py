"""A month of the books, from the first look at the desk to its certificate, in sixty gestures (ACC-03)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Account, BankLine, Closing, ContributionRun, Entry, Lettering, VatReturn
from accounting.selectors.accounts import section_of
from accounting.selectors.contribution import month_label
from accounting.selectors.periods import month_state
from accounting.selectors.working_words import of
from accounting.services.posting import post_entry
from accounting.states.bank import BankLineState, MatchKind
from accounting.states.periods import PeriodState
from accounting.states.vat import VatState
from accounting.views.contribution_month import last_month
from cae.core.periods import Month
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.accounting_bank import camt, make_bank_account
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

GESTURES = 60
INSURED, PIECE, INSURANCE = "Mutuelle des Ponts", "QUITTANCE-88", "96.00"


@pytest.fixture
def house(demonstration: None) -> dict[str, Any]:
    """Last month, the first of the books: an invoice that its customer paid, an insurance paid, not lettered,
    a monthly contribution to take. The bank also took its fees, which nobody knows yet."""
    make_cooperative()
    make_bank_account()
    books.scale(rules=books.flat("0.1000", "month"), label="Taux unique")
    month, claire = last_month(), sales.trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire"))
    activity = make_activity(claire, name="Atelier clair")
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        invoice = sales.issued(activity, sales.line("1000"), on=month.first)
    _insured(activity, month)
    day = month.last.isoformat()
    statement = camt(
        (day, "1200.00", f"VIR CLIENT A {invoice.number}"),
        (day, f"-{INSURANCE}", f"PRLV {INSURED} {PIECE}"),
        (day, "-12.50", "FRAIS DE TENUE"),
        opening="0.00",
    )
    farid = make_user(RoleKind.ACCOUNTANT, first_name="Farid")
    return {"accountant": farid, "month": month, "invoice": invoice, "statement": statement}


def _insured(activity: Any, month: Month) -> None:
    """A bill and its payment, as entries by hand leave them: on one account, not lettered."""
    section, amount = section_of(activity).pk, Decimal(INSURANCE)
    owed = credit("supplier", section, amount, party=INSURED)
    paid = debit("supplier", section, amount, party=INSURED)
    for journal, lines in (
        ("OD", (debit("616000", section, amount), owed)),
        ("BQ", (paid, credit("bank", section, amount))),
    ):
        draft = EntryDraft(journal, month.last, f"Assurance {INSURED}", lines, piece=PIECE)
        post_entry(draft, actor=None, source=None)


def test_a_month_is_closed_in_sixty_gestures(walker: Walker, house: dict[str, Any]) -> None:
    # Pages judged by axe in walks of their own.
    walker.judges = False
    walker.sign_in(house["accountant"].email)
    before = walker.gestures
    walker.press_link("Comptabilité")
    walker.judge("Comptabilité")
    _bank(walker, house)
    _letter(walker)
    _contribution(walker, house["month"])
    _vat(walker)
    _close(walker, house["month"])
    assert walker.gestures - before <= GESTURES, walker.gestures


def _bank(walker: Walker, house: dict[str, Any]) -> None:
    """The statement: its sure line at once, what is proposed for the next, the fees by hand."""
    page = walker.page
    walker.press_link("Banque")
    walker.press_link("Importer un relevé")
    walker.judge("Importer un relevé bancaire")
    walker.bring("Fichier de la banque", "releve.xml", house["statement"])
    walker.press_button("Importer")
    expect(page.locator("main")).to_contain_text("3 lignes")
    walker.press_link("Accepter les plus sûres")
    walker.judge("Rapprochements les plus sûrs")
    expect(page.locator("main")).to_contain_text(house["invoice"].number)
    walker.press_button("Accepter les lignes cochées")
    expect(page.locator("main")).to_contain_text("Aucune proposition n’est assez sûre.")
    walker.press_link("Voir les lignes qui restent")
    walker.press_link(f"PRLV {INSURED} {PIECE}")
    # What was proposed first is under the hand; the next line follows.
    expect(page.locator(".bank-offer").first).to_contain_text("même montant")
    walker.press(page.locator(".bank-offer button").first)
    walker.judge("FRAIS DE TENUE")
    walker.choose("Compte", "627000")
    walker.press_button("Passer l’écriture")
    # Nothing waits any more: where the account stands.
    walker.judge("Banque")
    expect(page.locator("main")).to_contain_text("3 sur 3")
    kinds = BankLine.objects.filter(state=BankLineState.MATCHED).values_list("matches__kind", flat=True)
    assert sorted(kinds) == sorted([MatchKind.ITEMS, MatchKind.LEDGER, MatchKind.SPLIT])


def _letter(walker: Walker) -> None:
    """The bill and its payment, proposed together; the invoice and its receipt lettered themselves."""
    supplier = Account.objects.get(role="supplier")
    walker.press_link("Écritures")
    walker.press_link("Lettrage")
    walker.press_link(supplier.number)
    walker.press_link("Propositions")
    walker.judge("Propositions de lettrage")
    expect(walker.page.locator("main")).to_contain_text(INSURED)
    walker.press_button("Lettrer les propositions cochées")
    expect(walker.page.locator("main")).to_contain_text("1 lettrage fait.")
    assert Lettering.objects.get(account=supplier).left == 0


def _contribution(walker: Walker, month: Month) -> None:
    whose = of(month_label(month))
    walker.press_link("À traiter")
    walker.press_link(f"Calculer : Contribution {whose}")
    walker.judge(f"Contribution {whose}")
    walker.press_button(f"Calculer la contribution {whose}")
    expect(walker.page.locator("#progress")).to_contain_text("Terminé")
    assert ContributionRun.objects.get().due == Decimal("100.00")


def _vat(walker: Walker) -> None:
    page = walker.page
    walker.press_link("Comptabilité")
    walker.press_link("Déclarations")
    walker.press_link("Ouvrir une déclaration")
    walker.press_button("Ouvrir")
    expect(page.locator("main")).to_contain_text("200,00 €")
    walker.press_button("Arrêter la déclaration")
    walker.press_link("Noter le dépôt")
    walker.type("Numéro d’enregistrement", "2026-TVA-10")
    walker.press_button("Noter déposée")
    expect(page.locator("main")).to_contain_text("Dépôt noté")
    assert VatReturn.objects.get().state == VatState.FILED


def _close(walker: Walker, month: Month) -> None:
    """Nothing is missing; what the certificate says is what the books hold."""
    page, name = walker.page, month_label(month).capitalize()
    walker.press_link("À traiter")
    walker.press_link(f"Clore : {name}")
    walker.judge(name)
    checks = page.get_by_role("region", name="Points à regarder avant de clore")
    rows = checks.locator("tbody tr")
    for row in range(rows.count()):
        expect(rows.nth(row)).to_contain_text("Rien")
    assert month_state(month) == PeriodState.OPEN
    walker.press_button("Clore le mois")
    expect(page.locator("main")).to_contain_text("est clos : son certificat est prêt")
    closing, held = Closing.objects.get(), Entry.objects.filter(on__range=(month.first, month.last))
    assert (month_state(month), closing.entry_count) == (PeriodState.CLOSED, held.count())
    expect(page.locator("main")).to_contain_text(closing.seal)
    link = page.get_by_role("link", name="Certificat en PDF")
    walker.reach(link)
    certificate = page.request.get(link.get_attribute("href") or "")
    assert certificate.body().startswith(b"%PDF")
    assert timezone.localdate(closing.closed_at) == timezone.localdate()
