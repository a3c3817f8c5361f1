"""Prepares a credit note: the only way back from an issued invoice, whole, for its unpaid rest, or for
some lines (INV-24). It is issued by the same verb as an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import CENT, ZERO, cents, share
from invoicing.calculations.credit import credit_of_lines, credit_of_rest
from invoicing.calculations.discounts import part_of
from invoicing.calculations.totals import Totals, totals_of_groups
from invoicing.models import Invoice, InvoiceDisbursement, InvoiceLine
from invoicing.selectors.einvoices import discounts_of
from invoicing.selectors.invoices import Standing, standing_of
from invoicing.services.disbursing import rows_given_back, write_given_back
from invoicing.services.inputs import DisbursementCredit, LineCredit
from invoicing.services.losses import refuse_given_up
from invoicing.services.writing import write_rows
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import MAX_TEXT, CreditPart, InvoiceKind, InvoiceState

Rows = tuple[list[InvoiceLine], Totals]


def draft_credit_note(
    invoice: Invoice,
    *,
    part: str,
    reason: str,
    form_key: UUID,
    actor: Any,
    lines: Sequence[LineCredit] = (),
    disbursements: Sequence[DisbursementCredit] = (),
) -> Invoice:
    """Does: prepares a credit note of the whole invoice, of its unpaid rest, or of some of its lines and
    disbursements; the same form sent twice gives the same draft. Refuses: no issued invoice, no reason, more
    than what is left. Leaves behind: the draft, audit; nothing is given back before it is issued."""
    reason = reason.strip()
    if not reason:
        raise Refused(Code.VALUE_MISSING, _("Donnez le motif de l’avoir."), field="reason")
    if len(reason) > MAX_TEXT:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce motif est trop long."), field="reason")
    with transaction.atomic():
        row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        known = Invoice.objects.filter(form_key=form_key, credited=row).first()
        if known is not None:
            _require_same(known, part, reason, lines, disbursements)
            return known
        if not row.is_issued or row.is_credit_note:
            raise IllegalMove(_("Un avoir se fait sur une facture émise."))
        refuse_given_up(row)
        _require_released(row)
        require_not_deducted(row)
        given = _disbursed_back(row, CreditPart(part), disbursements)
        rows, totals = _content(row, CreditPart(part), lines, alone=bool(given))
        # The discount on the whole comes back too: it stands between the lines and the bases of the taxes.
        off = sum((row.net for row in rows), ZERO) - totals.net
        note = Invoice(
            kind=InvoiceKind.CREDIT_NOTE,
            discount_amount=off if off > 0 else None,
            activity=row.activity,
            customer=row.customer,
            credited=row,
            credit_part=part,
            credit_reason=reason,
            order_reference=row.order_reference,
            operation=row.operation,
            vat_due_on=row.vat_due_on,
            disbursed=sum((one.amount for one in given), ZERO),
            form_key=form_key,
            created_by=actor,
        )
        write_rows(note, rows, totals)
        write_given_back(note, given)
        audit.record(actor, "invoicing.draft_credit_note", note, detail={"of": row.number, "reason": reason})
        return note


def _require_released(invoice: Invoice) -> None:
    """What the customer holds would be given back too: its release says first that it is due."""
    if standing_of(invoice).held:
        raise IllegalMove(_("Libérez d’abord la retenue de garantie de cette facture."))


def require_not_deducted(invoice: Invoice) -> None:
    """Refuses to give back a deposit that another invoice of the quote has already taken off."""
    if invoice.part != InvoicePart.DEPOSIT:
        return
    rows = InvoiceLine.objects.filter(deducts=invoice, invoice__state=InvoiceState.ISSUED)
    taken: dict[int, Decimal] = {}
    for row in rows.select_related("invoice"):
        asked = row.invoice.credited_id or row.invoice_id
        taken[asked] = taken.get(asked, ZERO) + (-row.net if row.invoice.is_credit_note else row.net)
    kept = [key for key, net in taken.items() if net]
    if kept:
        raise IllegalMove(
            _("Cet acompte est déduit de la facture %(number)s : créditez d’abord celle-ci.")
            % {"number": Invoice.objects.only("number").get(pk=kept[0]).number}
        )


def _require_same(
    known: Invoice,
    part: str,
    reason: str,
    lines: Sequence[LineCredit],
    disbursements: Sequence[DisbursementCredit],
) -> None:
    """Refuses a form sent again that says something else than the draft it made."""
    made = sorted((line.label, line.quantity) for line in known.lines.all())
    wanted = sorted((credit.line.label, credit.quantity) for credit in lines)
    given = sorted(known.disbursements.values_list("gives_back", "amount"))
    asked = sorted((one.row.pk, one.amount) for one in disbursements)
    if (known.credit_part, known.credit_reason) != (part, reason) or (
        part == CreditPart.LINES and (made, given) != (wanted, asked)
    ):
        raise Refused(
            Code.STALE_FORM,
            _("Cette page a déjà préparé un autre avoir : rouvrez-la pour en faire un second."),
        )


def _disbursed_back(
    invoice: Invoice, part: CreditPart, chosen: Sequence[DisbursementCredit]
) -> list[InvoiceDisbursement]:
    """What the note gives back of the disbursements; of an unpaid rest, in proportion."""
    if not invoice.disbursed:
        return []
    standing = standing_of(invoice)
    rest = standing.disbursed - (standing.paid - standing.of_sale(standing.paid))
    return rows_given_back(invoice, part, rest=max(rest, ZERO), chosen=chosen)


def _content(invoice: Invoice, part: CreditPart, lines: Sequence[LineCredit], *, alone: bool) -> Rows:
    """`alone`: disbursements are given back, so that lines need not be."""
    standing = standing_of(invoice)
    if standing.owed <= ZERO:
        raise Refused(Code.AMOUNT_ABOVE_DUE, _("Des avoirs couvrent déjà toute cette facture."))
    if part == CreditPart.LINES and alone and not lines:
        return [], totals_of_groups([])
    if part == CreditPart.WHOLE:
        return _whole(invoice, standing)
    if part == CreditPart.REST:
        if invoice.lines.filter(quote_line__isnull=False).exists():
            raise IllegalMove(_("Sur une situation, créditez les lignes dont l’avancement est repris."))
        return _rest(invoice, standing, alone=alone)
    return _some(invoice, standing, lines)


def _whole(invoice: Invoice, standing: Standing) -> Rows:
    if standing.owed != invoice.to_pay:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Un avoir a déjà été émis sur cette facture : créditez le reste impayé, ou des lignes."),
        )
    rows = [_copy(line, line.quantity) for line in _lines(invoice)]
    return _numbered(rows), totals_of_groups(standing.groups)


def _rest(invoice: Invoice, standing: Standing, *, alone: bool) -> Rows:
    of_sale = standing.of_sale(standing.paid)
    if alone and of_sale >= standing.gross:
        return [], totals_of_groups([])
    try:
        totals = credit_of_rest(standing.groups, of_sale)
    except ValueError as error:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE, _("Rien ne reste à payer de cette manière : créditez des lignes.")
        ) from error
    rows = []
    for group in totals.breakdown:
        # One line for each revenue account of the rate, so that the books give back what they took.
        alike = [
            ln
            for ln in _lines(invoice)
            if (ln.vat_rate.category, ln.vat_rate.rate) == (group.category, group.rate)
        ]
        by_nature: dict[str, Decimal] = {}
        for line in alike:
            by_nature[line.nature] = by_nature.get(line.nature, ZERO) + line.net
        sold = {nature: net for nature, net in by_nature.items() if net > 0}
        for nature, net in zip(sold, share(group.net, list(sold.values())), strict=True):
            label = _("Reste impayé de la facture %(number)s") % {"number": invoice.number}
            rows.append(
                InvoiceLine(
                    label=label,
                    quantity=Decimal(1),
                    unit=alike[0].unit,
                    unit_price=net,
                    nature=nature,
                    vat_rate=alike[0].vat_rate,
                    net=net,
                )
            )
    return _numbered([row for row in rows if row.net]), totals


def _some(invoice: Invoice, standing: Standing, chosen: Sequence[LineCredit]) -> Rows:
    if not chosen:
        raise Refused(Code.EMPTY_DOCUMENT, _("Choisissez au moins une ligne à créditer."), field="lines")
    own = {line.pk: line for line in _lines(invoice)}
    rows = []
    for index, credit in enumerate(chosen):
        line = own.get(credit.line.pk)
        wanted = credit.quantity
        if line is None or not wanted or not 0 < wanted / line.quantity <= 1 or wanted != round(wanted, 4):
            raise Refused(
                Code.AMOUNT_ABOVE_DUE,
                _("Un avoir reprend au plus la quantité facturée."),
                field=f"lines-{index}-quantity",
            )
        rows.append(_copy(line, wanted))
    nets = [(row.vat_rate.category, row.vat_rate.rate, row.net) for row in rows]
    try:
        totals = credit_of_lines(standing.groups, [*nets, *_discount_given_back(invoice, standing, nets)])
    except ValueError as error:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE, _("Cet avoir dépasse ce qui reste de la facture."), field="lines"
        ) from error
    if totals.gross <= ZERO:
        raise Refused(Code.AMOUNT_INVALID, _("Un avoir rend un montant positif."), field="lines")
    return _numbered(rows), totals


def _discount_given_back(
    invoice: Invoice, standing: Standing, chosen: Sequence[tuple[str, Decimal, Decimal]]
) -> list[tuple[str, Decimal, Decimal]]:
    """The part of the discount on the whole that the chosen lines had, taken off what they give back.

    Rounded for each credit note, the parts may pass the whole by some cents: the last gives back what is
    left."""
    sold = _by_rate((row.vat_rate.category, row.vat_rate.rate, row.net) for row in _lines(invoice))
    left = {(group.category, group.rate): group.net for group in standing.groups}
    offs = {(off.category, off.rate): off.net for off in discounts_of(invoice)}
    most = CENT * (1 + invoice.credit_notes.filter(state=InvoiceState.ISSUED).count())
    found = []
    for key, net in _by_rate(chosen).items():
        part = part_of(offs.get(key, ZERO), lines=sold[key], chosen=net)
        beyond = net - part - left.get(key, ZERO)
        off = part + beyond if left.get(key, ZERO) > 0 and ZERO < beyond <= most else part
        if off:
            found.append((*key, -off))
    return found


def _by_rate(rows: Iterable[tuple[str, Decimal, Decimal]]) -> dict[tuple[str, Decimal], Decimal]:
    found: dict[tuple[str, Decimal], Decimal] = {}
    for category, rate, net in rows:
        found[category, rate] = found.get((category, rate), ZERO) + net
    return found


def _copy(line: InvoiceLine, quantity: Decimal) -> InvoiceLine:
    """The line for a part of its quantity; a discount in euros follows in proportion."""
    net = cents(line.net * quantity / line.quantity)
    amount = None
    if line.discount_amount is not None:
        amount = cents(quantity * line.unit_price) - net
    elif line.discount_rate is None:
        net = cents(quantity * line.unit_price)
    else:
        net = cents(quantity * line.unit_price * (1 - line.discount_rate))
    return InvoiceLine(
        label=line.label,
        description=line.description,
        quantity=quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        nature=line.nature,
        discount_rate=line.discount_rate,
        discount_amount=amount,
        vat_rate=line.vat_rate,
        net=net,
        deducts=line.deducts,
        quote_line=line.quote_line,
        borne_by_id=line.borne_by_id,
    )


def _lines(invoice: Invoice) -> list[InvoiceLine]:
    return list(invoice.lines.select_related("vat_rate", "deducts", "quote_line").order_by("position"))


def _numbered(rows: list[InvoiceLine]) -> list[InvoiceLine]:
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows
