"""Writes what documents ask back of what was paid in the name of their customers (INV-26)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NoReturn

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO, cents
from cae.core.templatetags.formats import money
from invoicing.calculations.disbursements import (
    Disbursement,
    Fault,
    Refusal,
    asked_back,
    refusals,
    shared_back,
)
from invoicing.models import DisbursementProof, Invoice, InvoiceDisbursement, Quote, QuoteDisbursement
from invoicing.selectors.disbursements import disbursements_left, proofs_of
from invoicing.services.inputs import DisbursementContent, DisbursementCredit, DraftContent
from invoicing.states.parts import Billing
from invoicing.states.sales import MAX_DISBURSEMENTS, MAX_LABEL, MAX_TOTAL, CreditPart

Rows = list[InvoiceDisbursement] | list[QuoteDisbursement]


def check_disbursements(content: DraftContent) -> None:
    """Refuses a disbursement that says nothing or is worth nothing, and parts of a quote that announces
    some; each at its field."""
    if len(content.disbursements) > MAX_DISBURSEMENTS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un document compte au plus %(most)d débours.") % {"most": MAX_DISBURSEMENTS},
            field="disbursements",
        )
    for rank, one in enumerate(content.disbursements):
        _check_row(one, f"disbursements-{rank}")
    parts = content.schedule.billing != Billing.ONCE or content.schedule.instalments
    if content.disbursements and parts:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un devis facturé en plusieurs fois n’annonce pas de débours : facturez-les à part."),
            field="disbursements",
        )


def _check_row(one: DisbursementContent, prefix: str) -> None:
    if not one.label.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites ce que vous avez payé."), field=f"{prefix}-label")
    if len(one.label) > MAX_LABEL:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce libellé est trop long."), field=f"{prefix}-label")
    if not ZERO < one.amount <= MAX_TOTAL or one.amount != cents(one.amount):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un débours est positif et s’arrête au centime."),
            field=f"{prefix}-amount",
        )


def place_disbursements(document: Quote | Invoice, content: DraftContent) -> Rows:
    """The rows that the content says, not written yet, and their total on the document. Refuses a proof of
    another activity or asked back beyond its amount; a draft may still lack one."""
    found = content.disbursements
    quote = document if isinstance(document, Quote) else document.quote
    if found and quote is not None and quote.is_joint:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un document conjoint ne porte pas de débours : l’activité qui a payé les facture à part."),
            field="disbursements",
        )
    document.disbursed = asked_back(Disbursement(one.label, one.amount) for one in found)
    if isinstance(document, Quote):
        return [
            QuoteDisbursement(quote=document, position=place, label=one.label.strip(), amount=one.amount)
            for place, one in enumerate(found, start=1)
        ]
    _check_proofs(document, found)
    return [
        InvoiceDisbursement(
            invoice=document, position=place, label=one.label.strip(), amount=one.amount, proof=one.proof
        )
        for place, one in enumerate(found, start=1)
    ]


def _check_proofs(invoice: Invoice, found: Sequence[DisbursementContent]) -> None:
    for rank, one in enumerate(found):
        if one.proof is not None and one.proof.activity_id != invoice.activity_id:
            raise Refused(
                Code.VALUE_INVALID,
                _("Cette preuve est celle d’une autre activité."),
                field=f"disbursements-{rank}-proof",
            )
    asked = [Disbursement(one.label, one.amount, one.proof.pk if one.proof else None) for one in found]
    for refusal in _refusals(asked):
        if refusal.fault != Fault.NO_PROOF:
            _refuse(refusal)


def write_disbursements(document: Quote | Invoice, rows: Rows) -> None:
    """Replaces those of a saved draft."""
    document.disbursements.all().delete()
    model = QuoteDisbursement if isinstance(document, Quote) else InvoiceDisbursement
    model._default_manager.bulk_create(rows)  # type: ignore[arg-type]


def disbursements_in(document: Quote | Invoice) -> tuple[DisbursementContent, ...]:
    """Those of a document as stored: what a copy or a new version takes up."""
    if isinstance(document, Quote):
        said = document.disbursements.order_by("position")
        return tuple(DisbursementContent(row.label, row.amount) for row in said)
    rows = document.disbursements.select_related("proof").order_by("position")
    return tuple(DisbursementContent(row.label, row.amount, row.proof) for row in rows)


def require_proved(invoice: Invoice) -> None:
    """Refuses to issue an invoice of which a disbursement has no proof, or passes what is left of it."""
    rows = list(invoice.disbursements.all()) if invoice.disbursed else []
    for refusal in _refusals([Disbursement(row.label, row.amount, row.proof_id) for row in rows]):
        _refuse(refusal)


def hold_proofs(invoice: Invoice) -> None:
    """Whoever asks one of the same proofs back waits: what is left of it is known once this one is out."""
    if not invoice.disbursed:
        return
    keys = invoice.disbursements.exclude(proof=None).values("proof")
    list(DisbursementProof.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _refusals(asked: Sequence[Disbursement]) -> list[Refusal]:
    return refusals(asked, proofs_of(one.proof for one in asked if one.proof is not None))


def _refuse(refusal: Refusal) -> NoReturn:
    prefix = f"disbursements-{refusal.rank}"
    if refusal.fault == Fault.NO_PROOF:
        raise Refused(
            Code.VALUE_MISSING,
            _("Un débours se prouve : choisissez le justificatif de cette dépense."),
            field=f"{prefix}-proof",
        )
    if not refusal.left:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Cette preuve est déjà demandée en entier à un client."),
            field=f"{prefix}-proof",
        )
    raise Refused(
        Code.AMOUNT_ABOVE_DUE,
        _("Un débours se rend au centime : il ne reste que %(left)s de cette preuve.")
        % {"left": money(refusal.left)},
        field=f"{prefix}-amount",
    )


def rows_given_back(
    invoice: Invoice, part: CreditPart, *, rest: Decimal, chosen: Sequence[DisbursementCredit] = ()
) -> list[InvoiceDisbursement]:
    """The rows of a credit note: all that is left, `rest` of it in proportion, or those chosen. Refuses more
    than what is left of one."""
    left = disbursements_left(invoice)
    if part == CreditPart.LINES:
        amounts = _chosen(left, chosen)
    elif part == CreditPart.REST:
        amounts = shared_back(rest, [amount for _row, amount in left])
    else:
        amounts = [amount for _row, amount in left]
    given = [(row, amount) for (row, _left), amount in zip(left, amounts, strict=True) if amount]
    return [
        InvoiceDisbursement(
            position=place, label=row.label, amount=amount, proof_id=row.proof_id, gives_back=row
        )
        for place, (row, amount) in enumerate(given, start=1)
    ]


def _chosen(
    left: Sequence[tuple[InvoiceDisbursement, Decimal]], chosen: Iterable[DisbursementCredit]
) -> list[Decimal]:
    wanted = {one.row.pk: one.amount for one in chosen}
    for row, most in left:
        amount = wanted.get(row.pk, ZERO)
        if not ZERO <= amount <= most or amount != cents(amount):
            raise Refused(
                Code.AMOUNT_ABOVE_DUE,
                _("Il ne reste que %(left)s à rendre de ce débours.") % {"left": money(most)},
                field=f"amount_{row.pk}",
            )
    if wanted.keys() - {row.pk for row, _left in left}:
        raise Refused(Code.VALUE_INVALID, _("Ce débours n’est pas de cette facture."))
    return [wanted.get(row.pk, ZERO) for row, _left in left]


def gives_back_beyond(note: Invoice, invoice: Invoice) -> bool:
    """Whether a credit note gives back more of a disbursement than what others left of it meanwhile."""
    if not note.disbursed:
        return False
    left: dict[int | None, Decimal] = {row.pk: most for row, most in disbursements_left(invoice)}
    return any(row.amount > left.get(row.gives_back_id, ZERO) for row in note.disbursements.all())


def write_given_back(note: Invoice, rows: Sequence[InvoiceDisbursement]) -> None:
    """Writes the rows of a saved credit note, and their total."""
    for row in rows:
        row.invoice = note
    InvoiceDisbursement.objects.bulk_create(rows)
