"""A supplier's Factur-X is dropped, read and recognised; the accountant vouches for a new supplier, whose
IBAN another person confirms after a call; the purchase is approved, ordered, paid by a lot that somebody else
releases, and nothing is owed any more. The next invoice is refused, then comes back right under its own
number (INV-45, INV-47, INV-48, INV-57)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone
from playwright.sync_api import expect

from accounting.models import Entry, EntryLine, PaymentOrder
from accounting.selectors.accounts import section_of
from accounting.states.books import AccountRole
from accounting.states.payments import OrderState
from cae.core.models import OutgoingEmail
from invoicing.documents import invoice_html
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from invoicing.models import IncomingFile, Purchase, Supplier
from invoicing.services.purchase_telling import REFUSED_MAIL
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.incoming import FileState
from invoicing.states.purchases import BankSource, PurchaseState
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.payments import make_cash
from tests.factories.people import make_user
from tests.invoicing.einvoices import BUYER, SELLER, einvoice, line
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PRINTER = replace(
    SELLER,
    name="Imprimerie du Port",
    trade_name="",
    siren="443061841",
    siret="44306184100047",
    vat_number="FR64443061841",
    electronic_address="443061841",
    legal_info="SARL au capital de 8 000 € – RCS Bordeaux 443 061 841",
    contact_name="Zoé Martin",
    email="compta@imprimerie.example",
)
GROSS, NET, TAX = Decimal("585.00"), Decimal("487.50"), Decimal("97.50")


@pytest.fixture
def people(demonstration: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Claire, who has money at the bank; who keeps the books; who confirms an IBAN and releases."""
    # The rules of EN 16931 have their own bench.
    monkeypatch.setattr(client, "check", lambda *_facts, **_more: Verdict(True))
    make_cooperative()
    claire = make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir")
    activity = make_activity(claire, name="Photographie Lenoir")
    make_cash(section_of(activity), "2000.00", on=timezone.localdate())
    return {
        "claire": claire,
        "section": section_of(activity),
        "awa": make_user(RoleKind.ACCOUNTANT, first_name="Awa", last_name="Sarr"),
        "nadia": make_user(RoleKind.CO_MANAGER, first_name="Nadia", last_name="Morel"),
    }


def facturx(number: str, *, price: str = "450.00") -> bytes:
    """What the software of the printer makes, dated from this week."""
    today = timezone.localdate()
    document: EInvoice = replace(
        einvoice(line(price=price), line("Affiche", quantity="3", price="12.50")),
        number=number,
        order_reference="",
        issued_on=today - timedelta(days=2),
        delivered_on=today - timedelta(days=5),
        due_on=today + timedelta(days=28),
        seller=PRINTER,
        buyer=BUYER,
    )
    return facturx_pdf(invoice_html(document), build_xml(document))


def test_dropped_recognised_approved_and_paid(walker: Walker, people: dict[str, Any]) -> None:
    walker.sign_in(people["claire"].email)
    purchase = _dropped(walker, "FACT-2026-118", facturx("FACT-2026-118"))
    _taken(walker)
    _as(walker, people["awa"])
    _vouched(walker, purchase)
    _as(walker, people["nadia"])
    _called_back(walker, purchase.supplier)
    _as(walker, people["awa"])
    _approved(walker, purchase)
    _ordered(walker, purchase)
    batch_url = _prepared(walker)
    _as(walker, people["nadia"])
    _released(walker, batch_url)
    _as(walker, people["awa"])
    _settled(walker, batch_url)

    _owes_nothing(walker, purchase, people["section"])
    _as(walker, people["claire"])
    walker.page.goto(purchase.get_absolute_url())
    walker.judge("Imprimerie du Port")
    expect(walker.page.locator("main .status").first).to_contain_text("Payé")


def test_refused_with_its_reason_then_sent_again_corrected(walker: Walker, people: dict[str, Any]) -> None:
    page = walker.page
    entries = Entry.objects.count()
    walker.sign_in(people["claire"].email)
    wrong = _dropped(walker, "FACT-2026-119", facturx("FACT-2026-119", price="540.00"))
    walker.press_link("Refuser")
    walker.judge("Refuser l’achat")
    walker.press_button("Refuser")
    walker.judge("Refuser l’achat")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    wrong.refresh_from_db()
    assert wrong.state == PurchaseState.RECEIVED
    assert walker.field("L’écrire au fournisseur par e-mail").is_checked()
    walker.choose("Motif", "Montant total erroné")
    walker.type("En une phrase", "Le devis accepté dit 450,00 € HT l’illustration.")
    walker.press_button("Refuser")
    walker.judge("Imprimerie du Port")
    main = page.locator("main")
    expect(main).to_contain_text("L’achat est refusé")
    expect(main).to_contain_text("Montant total erroné : Le devis accepté dit 450,00 € HT l’illustration.")
    expect(page.get_by_role("button", name="C’est bien pour moi")).to_have_count(0)

    wrong.refresh_from_db()
    assert wrong.state == PurchaseState.REFUSED
    assert wrong.einvoice_statuses.get().code == EInvoiceCode.REFUSED
    assert Entry.objects.count() == entries
    assert not PaymentOrder.objects.exists()
    told = OutgoingEmail.objects.get(cause=REFUSED_MAIL)
    assert told.to == PRINTER.email
    assert "Montant total erroné" in told.text

    right = _dropped(walker, "FACT-2026-119", facturx("FACT-2026-119"))
    assert right.pk != wrong.pk
    assert right.supplier == wrong.supplier
    assert right.total_gross == GROSS
    _taken(walker)


def _as(walker: Walker, user: Any) -> None:
    walker.sign_out()
    walker.sign_in(user.email)


def _dropped(walker: Walker, number: str, content: bytes) -> Purchase:
    """Dropped in the tray, read at once, its purchase opened for the only activity of whoever dropped it."""
    page = walker.page
    page.goto("/depenses/fichiers/")
    walker.judge("Fichiers reçus")
    walker.press_link("Déposer des fichiers")
    walker.judge("Déposer des fichiers")
    name = f"{IncomingFile.objects.count()}-{number}.pdf"
    walker.bring("Fichiers", name, content)
    walker.press_button("Déposer")
    walker.judge(name)
    file = IncomingFile.objects.get(name=name)
    assert file.state == FileState.READ, file.trouble
    main = page.locator("main")
    expect(main).to_contain_text("Imprimerie du Port · 443 061 841")
    expect(main).to_contain_text(number)
    walker.press_link("Voir l’achat")
    walker.judge("Imprimerie du Port")
    return Purchase.objects.filter(number=number).latest("pk")


def _taken(walker: Walker) -> None:
    main = walker.page.locator("main")
    expect(main).to_contain_text("585,00")
    walker.press_button("C’est bien pour moi")
    expect(main).to_contain_text("C’est noté : cet achat est pour vous.")
    walker.judge("Imprimerie du Port")
    expect(main.get_by_role("link", name="Approuver")).to_have_count(0)


def _vouched(walker: Walker, purchase: Purchase) -> None:
    """A supplier that nobody knows holds the approval back; the accountant gives its account, vouches for it,
    and proposes the IBAN that the invoice prints: nobody confirms their own."""
    page, main, supplier = walker.page, walker.page.locator("main"), purchase.supplier
    page.goto(purchase.get_absolute_url())
    _approval_tried(walker)
    expect(main).to_contain_text("« Imprimerie du Port » n’est pas encore vérifié")

    page.goto(supplier.get_absolute_url())
    walker.judge("Imprimerie du Port")
    walker.press_link("Modifier")
    walker.choose("Compte de charge habituel", "604000")
    walker.press_button("Enregistrer")
    expect(main).to_contain_text("Les changements sont enregistrés.")
    walker.press_button("Vérifier")
    expect(main).to_contain_text("Le fournisseur est vérifié.")

    page.goto(purchase.get_absolute_url())
    walker.press_link("Proposer cet IBAN pour ce fournisseur")
    walker.judge("Proposer un IBAN")
    walker.press_button("Proposer")
    expect(main).to_contain_text("IBAN proposé")
    walker.judge("Imprimerie du Port")
    expect(main.get_by_role("link", name="Confirmer")).to_have_count(0)
    assert supplier.banks.get().source == BankSource.INVOICE


def _called_back(walker: Walker, supplier: Supplier) -> None:
    page = walker.page
    page.goto(supplier.get_absolute_url())
    walker.press_link("Confirmer")
    walker.judge("Confirmer un IBAN")
    walker.type("Qui avez-vous eu au téléphone ?", "Zoé Martin")
    walker.type("À quel numéro ?", "05 56 00 00 00")
    walker.press_button("Confirmer cet IBAN")
    expect(page.locator("main")).to_contain_text("IBAN confirmé")
    walker.judge("Imprimerie du Port")


def _approval_tried(walker: Walker) -> None:
    walker.press_link("Approuver")
    walker.judge("Approuver l’achat")
    looked = walker.field("J’ai regardé les points signalés ci-dessus")
    if looked.count():
        walker.press(looked, "Space")
    walker.press_button("Approuver et comptabiliser")


def _approved(walker: Walker, purchase: Purchase) -> None:
    """The account of the supplier comes to the lines that were read before it had one."""
    page, main = walker.page, walker.page.locator("main")
    page.goto(purchase.get_absolute_url())
    walker.judge("Imprimerie du Port")
    _approval_tried(walker)
    expect(main).to_contain_text("Achat approuvé : son écriture est passée.")
    walker.judge("Imprimerie du Port")
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.APPROVED


def _ordered(walker: Walker, purchase: Purchase) -> None:
    walker.press_link("Ordonner le paiement")
    walker.judge("Ordonner le paiement")
    main = walker.page.locator("main")
    expect(main).to_contain_text("Imprimerie du Port")
    expect(main).to_contain_text("585,00")
    walker.date("À payer le", timezone.localdate())
    walker.press_button("Ordonner le paiement")
    expect(main).to_contain_text("Le paiement est ordonné")
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.ORDERED


def _prepared(walker: Walker) -> str:
    page = walker.page
    page.goto("/compta/virements/preparer/")
    walker.judge("Préparer un lot")
    box = page.locator("#id_orders")
    if not box.is_checked():
        walker.press(box, "Space")
    walker.press_button("Préparer le lot")
    expect(page.locator("main")).to_contain_text("Lot préparé")
    expect(page.get_by_role("link", name="Relire et valider")).to_have_count(0)
    return page.url


def _released(walker: Walker, batch_url: str) -> None:
    page = walker.page
    page.goto(batch_url)
    walker.press_link("Relire et valider")
    walker.judge("Valider le lot")
    expect(page.locator("main")).to_contain_text("Imprimerie du Port")
    expect(page.locator("main")).to_contain_text("585,00")
    walker.type("Tapez votre nom, qui vaut signature", "Nadia Morel")
    walker.tick("J’ai vérifié chaque bénéficiaire et le total : ces virements peuvent partir.")
    walker.press_button("Valider le lot")
    expect(page.locator("main")).to_contain_text("Lot validé")


def _settled(walker: Walker, batch_url: str) -> None:
    page = walker.page
    page.goto(batch_url)
    walker.press_link("Noter exécuté")
    walker.date("Payé le", timezone.localdate())
    walker.press_button("Noter exécuté")
    expect(page.locator("main")).to_contain_text("Lot exécuté")


def _owes_nothing(walker: Walker, purchase: Purchase, section: Any) -> None:
    """To the cent, in the books and on the pages: two entries that balance, 401 at nil, the bank lower."""
    page = walker.page
    purchase.refresh_from_db()
    assert purchase.state == PurchaseState.PAID
    assert purchase.paid_on == timezone.localdate()
    assert PaymentOrder.objects.get().state == OrderState.SETTLED
    codes = list(purchase.einvoice_statuses.order_by("pk").values_list("code", flat=True))
    assert codes == [EInvoiceCode.IN_HAND, EInvoiceCode.APPROVED, EInvoiceCode.PAYMENT_SENT]
    for entry in Entry.objects.all():
        sums = entry.lines.aggregate(debit=Sum("debit"), credit=Sum("credit"))
        assert sums["debit"] == sums["credit"]
    lines = EntryLine.objects.filter(analytic=section)
    assert _balance(lines.filter(account__number="604000")) == NET
    assert _balance(lines.filter(account__role=AccountRole.VAT_DEDUCTIBLE)) == TAX
    assert _balance(lines.filter(account__role=AccountRole.BANK)) == Decimal("2000.00") - GROSS
    owed = EntryLine.objects.filter(account__role=AccountRole.SUPPLIER)
    assert owed.aggregate(sum=Sum("credit"))["sum"] == GROSS
    assert _balance(owed) == 0

    page.goto("/achats/balance-agee/")
    walker.judge("Balance âgée des fournisseurs")
    expect(page.locator("main")).to_contain_text("Rien n’est dû à un fournisseur.")
    page.goto(purchase.supplier.get_absolute_url())
    walker.judge("Imprimerie du Port")
    facts = page.locator("dl.facts").filter(has_text="Reste dû par la coopérative")
    expect(facts.locator("dd").first).to_have_text("0,00\u00a0€")


def _balance(lines: Any) -> Decimal:
    sums = lines.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return Decimal(sums["debit"] or 0) - Decimal(sums["credit"] or 0)
