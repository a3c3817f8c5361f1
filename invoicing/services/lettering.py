"""Says to the books which lines answer each other: this room knows which document money is for (ACC-06)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounting.selectors.lettering import entries_about
from accounting.services.lettering import letter_entries, loosen_entries
from accounting.states.books import AccountRole
from invoicing.models import ExpenseAdvance, ExpenseClaim, Invoice, Payment, Purchase

_SALE = (
    AccountRole.CUSTOMER,
    AccountRole.CUSTOMER_RETENTION,
    AccountRole.CUSTOMER_ADVANCE,
    AccountRole.VAT_PENDING,
)
_PURCHASE = (AccountRole.SUPPLIER, AccountRole.CLAIMANT)


def letter_sale(invoice: Invoice, *, actor: Any) -> None:
    """Does: letters an invoice with its credit notes, its money, its retention and its loss; the advance of a
    deposit with the invoices of its quote that take it back. Refuses: nothing. Leaves behind: letterings."""
    root = invoice.credited_id or invoice.pk
    _letter_documents(invoice, Q(pk=root) | Q(credited=root), _SALE, actor)
    if invoice.quote_id is not None:
        deal = Q(quote=invoice.quote_id) | Q(credited__quote=invoice.quote_id)
        _letter_documents(invoice, deal, (AccountRole.CUSTOMER_ADVANCE,), actor)


def _letter_documents(invoice: Invoice, chosen: Q, roles: tuple[AccountRole, ...], actor: Any) -> None:
    issued = Invoice.objects.filter(chosen).exclude(number=None).exclude(pk=invoice.pk)
    # One being issued has its number before its row says so.
    documents = [invoice, *issued.order_by("pk").only("number")]
    money = Payment.objects.filter(invoice__in=documents).order_by().values_list("receipt__entry", flat=True)
    letter_entries(
        entries_about(*documents).union(money),
        roles=roles,
        names={str(one.number) for one in documents},
        actor=actor,
    )


def letter_purchase(*documents: Purchase, actor: Any) -> None:
    """Does: letters a purchase with what paid it, section by section, and with the credit notes imputed on
    it. Refuses: nothing. Leaves behind: letterings."""
    keys = {one.pk for one in documents}
    about = Purchase.objects.filter(Q(pk__in=keys) | Q(imputed_on__in=keys)).prefetch_related("shares")
    rows = [source for one in about for source in (one, *one.shares.all())]
    letter_entries(entries_about(*rows), roles=_PURCHASE, actor=actor)


def loosen_purchase(note: Purchase, *, reason: str, actor: Any) -> None:
    """Does: takes a credit note out of what it was lettered with. Refuses: nothing. Leaves behind: its lines
    open again."""
    loosen_entries(entries_about(note), roles=_PURCHASE, reason=reason, actor=actor)


def letter_claim(claim: ExpenseClaim, *, actor: Any) -> None:
    """Does: letters what a claim owes with its refund or its waiver. Refuses: nothing. Leaves behind:
    letterings."""
    letter_entries(entries_about(claim), roles=(AccountRole.CLAIMANT,), actor=actor)


def letter_advance(advance: ExpenseAdvance, *, actor: Any) -> None:
    """Does: letters an advance on expenses with the claims that used it and what was given back. Refuses:
    nothing. Leaves behind: letterings."""
    uses = advance.uses.filter(claim__isnull=False).select_related("claim")
    claims = [use.claim for use in uses if use.claim]
    if advance.overpaid_by is not None:
        claims.append(advance.overpaid_by)
    letter_entries(entries_about(advance, *claims), roles=(AccountRole.EXPENSE_ADVANCE,), actor=actor)
