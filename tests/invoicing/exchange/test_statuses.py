"""Statuses of issued documents: noted in their order, 212 by itself, told when the document came back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from entrepreneurs.models import Activity
from invoicing.models import EInvoiceStatus, Invoice
from invoicing.services.chase_settings import open_dispute
from invoicing.services.lifecycle import note_status
from invoicing.services.payments import use_advance
from invoicing.services.turning_down import CAME_BACK, DISPUTED
from invoicing.states.exchange import StatusOrigin
from people.models import User
from tests.factories import invoicing as make
from tests.factories import invoicing_exchange as ex
from tests.factories.invoicing import line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
PAY_DAY = date(2026, 10, 20)


@pytest.fixture
def invoice(shop: Activity) -> Invoice:
    return ex.issued(shop, line("100.00"), line("100.00", vat="reduced"))


def codes(invoice: Invoice) -> list[str]:
    return list(invoice.einvoice_statuses.values_list("code", flat=True))


def test_a_status_is_kept_with_its_reasons(invoice: Invoice, seller: User) -> None:
    status = ex.noted(invoice, "207", "AUTRE CMD_ERR AUTRE", comment=" Le bon n’est pas le nôtre ")
    assert status.reasons == ["AUTRE", "CMD_ERR"]
    assert status.comment == "Le bon n’est pas le nôtre"
    assert status.reason_words == ["Autre motif", "Numéro de commande incorrect ou manquant"]
    assert status.origin == StatusOrigin.NOTED
    assert status.at == ex.NOON
    assert AuditEntry.objects.get(verb="invoicing.note_status").about_id == str(invoice.pk)
    assert not Notice.objects.filter(kind=CAME_BACK)


WRONG: list[tuple[dict[str, Any], Code, str, str]] = [
    ({"code": "999"}, Code.VALUE_INVALID, "code", "Le statut « 999 » n’est pas dans la liste."),
    ({"code": "212"}, Code.NOT_ALLOWED, "code", "Le statut « Encaissée » est écrit par le vendeur."),
    (
        {"code": "210"},
        Code.VALUE_MISSING,
        "reason",
        "Le statut « Refusée » dit toujours pourquoi : choisissez un motif.",
    ),
    (
        {"code": "210", "reason": "NIMPORTE"},
        Code.VALUE_INVALID,
        "reason",
        "Le motif « NIMPORTE » n’est pas dans la liste.",
    ),
    (
        {"code": "210", "reason": "REJ_UNI"},
        Code.VALUE_INVALID,
        "reason",
        "Le motif « Rejet : numéro déjà utilisé » ne va pas avec le statut « Refusée ».",
    ),
    (
        {"code": "207", "reason": "AUTRE", "comment": " "},
        Code.VALUE_MISSING,
        "comment",
        "« Autre motif » s’explique en quelques mots.",
    ),
    (
        {"code": "207", "reason": "DOUBLON", "comment": "x" * 1001},
        Code.TEXT_TOO_LONG,
        "comment",
        "Cette précision dépasse 1000 caractères.",
    ),
    (
        {"code": "200", "at": datetime(2026, 10, 4, 12, tzinfo=UTC)},
        Code.DATE_INVALID,
        "at",
        "Un statut ne précède pas son document.",
    ),
]


@pytest.mark.parametrize(("said", "code", "field", "sentence"), WRONG)
def test_what_is_refused_changes_nothing(
    invoice: Invoice, said: dict[str, Any], code: Code, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as caught:
        ex.noted(invoice, **said)
    assert (caught.value.code, caught.value.field, str(caught.value)) == (code, field, sentence)
    assert not invoice.einvoice_statuses.exists()
    assert not AuditEntry.objects.filter(verb="invoicing.note_status")


def test_ours_are_not_noted_as_theirs_nor_theirs_as_ours(invoice: Invoice) -> None:
    with pytest.raises(Refused, match="écrit par l’acheteur"):
        note_status(invoice, "205", at=ex.NOON, actor=None)
    with pytest.raises(Refused, match="ne porte pas de montant"):
        ex.noted(invoice, "205", amount=Decimal(3))
    with pytest.raises(Refused, match="dit combien a été reçu"):
        note_status(invoice, "212", at=ex.NOON, actor=None)
    assert note_status(invoice, "225", at=ex.NOON, actor=None).origin == StatusOrigin.HOUSE


def test_a_draft_has_no_life(shop: Activity) -> None:
    draft = make.draft(shop)
    with pytest.raises(IllegalMove, match="Seul un document émis"):
        ex.noted(draft, "200")


@pytest.mark.parametrize(
    ("lived", "then", "sentence"),
    [
        (["200", "202"], "201", "ne suit pas « Reçue par la plateforme »"),
        (["200"], "200", "est déjà « Déposée »"),
        (["200", "213"], "204", "est « Rejetée » : plus aucun statut ne suit"),
    ],
)
def test_out_of_order(invoice: Invoice, lived: list[str], then: str, sentence: str) -> None:
    for code in lived:
        ex.noted(invoice, code, "REJ_UNI" if code == "213" else "")
    with pytest.raises(IllegalMove, match=sentence):
        ex.noted(invoice, then)
    assert codes(invoice) == lived


def test_each_payment_says_what_it_paid_by_rate(invoice: Invoice) -> None:
    make.pay(invoice, "100.00", on=PAY_DAY)
    make.pay(invoice, str(invoice.total_incl_tax - 100), on=PAY_DAY)
    first, second = invoice.einvoice_statuses.all()
    assert (first.code, first.amount, first.origin) == ("212", Decimal("100.00"), StatusOrigin.HOUSE)
    assert first.at.date() == PAY_DAY
    assert sum(ex.amounts(first).values()) == Decimal("100.00")
    assert set(ex.amounts(first)) == {f"{tax.percent:.2f}" for tax in invoice.taxes.all()}
    assert second.amount is not None
    assert first.amount is not None
    assert first.amount + second.amount == invoice.total_incl_tax


def test_a_surplus_pays_nothing(invoice: Invoice) -> None:
    make.pay(invoice, "1000.00", on=PAY_DAY)
    (status,) = invoice.einvoice_statuses.all()
    assert status.amount == invoice.total_incl_tax


def test_a_payment_taken_back_takes_the_same_from_each_rate(invoice: Invoice) -> None:
    payment = make.pay(invoice, "33.33", on=PAY_DAY)
    make.reverse(payment, on=PAY_DAY)
    first, second = invoice.einvoice_statuses.all()
    assert second.amount == Decimal("-33.33")
    assert ex.amounts(second) == {rate: -amount for rate, amount in ex.amounts(first).items()}


def test_an_advance_moved_is_told_on_both(invoice: Invoice, shop: Activity) -> None:
    other = ex.issued(shop, line("50.00"), customer=invoice.customer)
    make.pay(invoice, str(invoice.total_incl_tax + 60), on=PAY_DAY)
    use_advance(
        invoice,
        on_invoice=other,
        amount=Decimal("60.00"),
        on=PAY_DAY,
        form_key=invoice.form_key,
        actor=None,
        today=PAY_DAY,
    )
    assert [one.amount for one in invoice.einvoice_statuses.all()] == [invoice.total_incl_tax]
    assert [one.amount for one in other.einvoice_statuses.all()] == [Decimal("60.00")]


@pytest.mark.parametrize(("code", "reason"), [("213", "REJ_UNI"), ("210", "TX_TVA_ERR")])
def test_money_on_a_document_that_came_back_is_recorded_without_status(
    invoice: Invoice, code: str, reason: str
) -> None:
    ex.noted(invoice, code, reason)
    make.pay(invoice, "100.00", on=PAY_DAY)
    assert codes(invoice) == [code]
    assert invoice.payments.count() == 1


def test_what_was_paid_is_not_refused(invoice: Invoice) -> None:
    payment = make.pay(invoice, "100.00", on=PAY_DAY)
    with pytest.raises(IllegalMove, match="« Refusée » ne convient plus"):
        ex.noted(invoice, "210", "TX_TVA_ERR", at=datetime(2026, 10, 21, 12, tzinfo=UTC))
    make.reverse(payment, on=PAY_DAY)
    ex.noted(invoice, "210", "TX_TVA_ERR", at=datetime(2026, 10, 21, 12, tzinfo=UTC))
    assert codes(invoice) == ["212", "212", "210"]


def test_a_private_customer_has_no_life_at_a_platform(shop: Activity) -> None:
    someone = make.firm(
        shop, siren="", kind="private_person", name="Jeanne Durand", email="jeanne@example.org"
    )
    invoice = ex.issued(shop, customer=someone)
    make.pay(invoice, "100.00", on=PAY_DAY)
    assert not invoice.einvoice_statuses.exists()


def test_what_came_back_is_told_in_plain_words(invoice: Invoice, seller: User) -> None:
    ex.noted(invoice, "210", "CMD_ERR", comment="Bon 4512")
    notice = Notice.objects.get(user=seller, kind=CAME_BACK)
    assert notice.subject == f"{invoice.number} est refusée par {invoice.customer.name}"
    assert notice.text == (
        "Numéro de commande incorrect ou manquant · Bon 4512. Faites un avoir, puis une nouvelle facture."
    )
    assert notice.url == invoice.get_absolute_url()


def test_a_contested_invoice_puts_its_customer_in_dispute(invoice: Invoice, seller: User) -> None:
    ex.noted(invoice, "207", "CMD_ERR", comment="Bon 4512")
    customer = invoice.customer
    customer.refresh_from_db()
    why = "Numéro de commande incorrect ou manquant · Bon 4512"
    assert (customer.disputed_on, customer.dispute_reason) == (
        date(2026, 10, 6),
        f"{invoice.number} : {why}",
    )
    notice = Notice.objects.get(user=seller, kind=DISPUTED)
    assert notice.subject == f"{invoice.number} est contestée par {customer.name}"
    assert notice.text == f"{why}. Les relances s’arrêtent : levez le litige une fois réglé."


def test_a_dispute_already_open_keeps_its_reason_and_a_credit_note_opens_none(
    shop: Activity, invoice: Invoice, seller: User
) -> None:
    open_dispute(invoice.customer, reason="Livré en retard", actor=seller, on=ex.DAY)
    ex.noted(invoice, "207", "CMD_ERR")
    invoice.customer.refresh_from_db()
    assert (invoice.customer.disputed_on, invoice.customer.dispute_reason) == (ex.DAY, "Livré en retard")
    other = ex.issued(shop, customer=make.firm(shop, siren="552032534", name="Autre"))
    note = make.issue(make.credit(other), on=ex.DAY)
    ex.noted(note, "207", "CMD_ERR")
    other.customer.refresh_from_db()
    assert other.customer.disputed_on is None
    assert Notice.objects.filter(user=seller, kind=DISPUTED).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "999"},
        {"origin": "nobody"},
        {"code": "210"},
        {"code": "212"},
        {"code": "205", "amount": Decimal(3)},
        {"code": "212", "amount": Decimal(0)},
        {"invoice": None},
        {"origin": "platform"},
    ],
)
def test_the_database_has_the_last_word(invoice: Invoice, wrong: dict[str, Any]) -> None:
    row: dict[str, Any] = {"invoice": invoice, "code": "200", "at": ex.NOON, "origin": "noted"}
    with pytest.raises(IntegrityError), transaction.atomic():
        EInvoiceStatus.objects.create(**row | wrong)


def test_a_status_never_changes(invoice: Invoice) -> None:
    status = ex.noted(invoice, "200")
    for act in (lambda: EInvoiceStatus.objects.update(code="205"), status.delete):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            act()
    assert codes(invoice) == ["200"]
