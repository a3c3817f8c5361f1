"""Keeps what shows a disbursement: a file, an approved expense, a posted purchase (INV-26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.states.books import AccountRole
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO, cents
from cae.core.uploads import plain_name, proof_mime
from entrepreneurs.models import Activity
from invoicing.calculations.purchase_split import in_proportion
from invoicing.models import (
    DisbursementProof,
    ExpenseClaim,
    ExpenseLine,
    Invoice,
    InvoiceDisbursement,
    Purchase,
    PurchaseLine,
)
from invoicing.services.vouchers import kept_until
from invoicing.states.sales import MAX_LABEL, MAX_TOTAL, InvoiceState

PROOF_KIND = "invoicing.disbursement_proof"
_MAX_MEGABYTES = 10


@dataclass(frozen=True)
class ProofContent:
    """What was paid, when, how much with tax, and the file that shows it."""

    label: str
    on: date
    amount: Decimal
    name: str
    content: bytes


def add_proof(
    activity: Activity, *, said: ProofContent, form_key: UUID, actor: Any, today: date
) -> DisbursementProof:
    """Does: keeps a file that shows what an activity paid in the name of a customer; the same form sent twice
    keeps it once. Refuses: no label, an amount not positive, a date to come, a file that is neither PDF nor
    picture, the same form with something else. Leaves behind: the proof with its document, audit."""
    _check(said, today)
    mime = proof_mime(said.content, most=_MAX_MEGABYTES, field="file")
    with transaction.atomic():
        row = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        known = DisbursementProof.objects.filter(form_key=form_key, activity=row).first()
        if known is not None:
            _require_same(known, said)
            return known
        proof = DisbursementProof.objects.create(
            activity=row,
            label=said.label.strip(),
            on=said.on,
            amount=said.amount,
            document=store_document(
                said.content,
                kind=PROOF_KIND,
                name=plain_name(said.name, otherwise="justificatif"),
                mime=mime,
                about=row,
                actor=actor,
                retention_until=kept_until(said.on),
            ),
            form_key=form_key,
            created_by=actor,
        )
        audit.record(actor, "invoicing.add_proof", proof, detail={"amount": str(proof.amount)})
        return proof


def _require_same(known: DisbursementProof, said: ProofContent) -> None:
    """Refuses a form sent again that says something else than the proof it made, which changes no more."""
    if (known.label, known.on, known.amount) != (said.label.strip(), said.on, said.amount):
        raise Refused(
            Code.STALE_FORM, _("Cette page a déjà gardé une preuve : rouvrez-la pour en garder une autre.")
        )


def _check(said: ProofContent, today: date) -> None:
    if not said.label.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites ce que vous avez payé."), field="label")
    if len(said.label) > MAX_LABEL:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce libellé est trop long."), field="label")
    if not ZERO < said.amount <= MAX_TOTAL or said.amount != cents(said.amount):
        raise Refused(
            Code.AMOUNT_INVALID, _("Un débours est positif et s’arrête au centime."), field="amount"
        )
    if said.on > today:
        raise Refused(Code.DATE_INVALID, _("Cette date est à venir."), field="on")


def prove_expenses(claim: ExpenseClaim, lines: Iterable[ExpenseLine], *, actor: Any) -> None:
    """Does: makes a proof of each expense booked on the account of disbursements. Refuses: nothing. Leaves
    behind: the proofs, offered to the invoices of the activity."""
    for line in lines:
        if line.counts and line.amount > ZERO and line.kind.account.role == AccountRole.DISBURSEMENT:
            DisbursementProof.objects.create(
                activity=claim.activity,
                label=line.label[:MAX_LABEL],
                on=line.on,
                amount=line.amount,
                expense_line=line,
                created_by=actor,
            )


def prove_purchase(purchase: Purchase, *, actor: Any) -> None:
    """Does: makes a proof of each line of a supplier's invoice booked on the account of disbursements, borne
    by one activity. Refuses: VAT recovered on such a line, one that several sections bear, one that takes
    something off. Leaves behind: the proofs, offered to the invoices of the activity."""
    lines = list(purchase.lines.select_related("account", "section__activity").order_by("position"))
    asked = [line for line in lines if line.account and line.account.role == AccountRole.DISBURSEMENT]
    if not asked:
        return
    taxes = {tax.rate: tax.tax for tax in purchase.taxes.all()}
    for line in asked:
        if line.recovery:
            raise Refused(
                Code.VALUE_INVALID,
                _("Un débours se demande au client TVA comprise : sa ligne ne récupère pas de TVA."),
            )
        activity = _bearer(purchase, line)
        if not purchase.is_credit_note:
            DisbursementProof.objects.create(
                activity=activity,
                label=f"{purchase.supplier} · {line.label}"[:MAX_LABEL],
                on=purchase.on,
                amount=_paid(line, _tax_of(line, lines, taxes)),
                purchase_line=line,
                created_by=actor,
            )


def _paid(line: PurchaseLine, tax: Decimal) -> Decimal:
    """What a line costs with tax: a proof shows something paid."""
    paid: Decimal = line.net + tax
    if paid <= ZERO:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un débours est positif : mettez « %(label)s » sur un autre compte.") % {"label": line.label},
        )
    return paid


def _bearer(purchase: Purchase, line: PurchaseLine) -> Activity:
    """The one activity that pays, and asks its customer."""
    sections = [line.section] if line.section else [one.section for one in purchase.shares.all()]
    if len(sections) != 1 or sections[0].activity is None:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un débours est payé par une seule activité : dites laquelle sur sa ligne."),
        )
    return sections[0].activity


def _tax_of(line: PurchaseLine, lines: list[PurchaseLine], taxes: dict[Decimal, Decimal]) -> Decimal:
    """Its part of the tax that the document prints at its rate."""
    alike = [one for one in lines if one.rate == line.rate]
    parts = in_proportion(taxes.get(line.rate, ZERO), [one.net for one in alike])
    return dict(zip((one.pk for one in alike), parts, strict=True))[line.pk]


def withdraw_proofs(*, lines: Iterable[ExpenseLine] = (), purchase: Purchase | None = None) -> None:
    """Does: takes away the proofs of expenses or of a purchase that are to check again. Refuses: one that a
    document asks back. Leaves behind: nothing of them."""
    proofs = DisbursementProof.objects.filter(expense_line__in=list(lines))
    if purchase is not None:
        proofs = DisbursementProof.objects.filter(purchase_line__purchase=purchase)
    keys = list(proofs.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    used = InvoiceDisbursement.objects.filter(proof__in=keys).select_related("invoice").first()
    if used is not None:
        raise IllegalMove(_said_used(used.invoice))
    DisbursementProof.objects.filter(pk__in=keys).delete()


def _said_used(invoice: Invoice) -> str:
    words = _("Un débours de %(document)s s’appuie sur cette dépense : ôtez-le d’abord de ce brouillon.")
    if invoice.state == InvoiceState.ISSUED:
        words = _("Un débours de %(document)s s’appuie sur cette dépense : elle ne se reprend plus.")
    return words % {"document": invoice}
