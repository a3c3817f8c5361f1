"""Takes in suppliers' invoices and credit notes: typed, or read from a file (INV-47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from entrepreneurs.models import Activity
from invoicing.engines.incoming import Read
from invoicing.models import IncomingFile, Purchase, PurchaseOrder, Supplier
from invoicing.selectors.purchases import number_key
from invoicing.selectors.suppliers import supplier_named
from invoicing.services.purchase_inputs import PurchaseContent, SupplierContent
from invoicing.services.purchase_reading import Reading, reading_of
from invoicing.services.purchase_telling import tell_to_take
from invoicing.services.purchase_writing import (
    fill_purchase,
    refuse_known,
    save_once,
    usual_due_date,
    weights_of,
    write_parts,
)
from invoicing.services.suppliers import create_supplier
from people.services.changes import refuse_stale

PURCHASE_FILE = "invoicing.purchase_file"
# Proof of the books (C. com. L123-22).
RETENTION_YEARS = 10
MOST_MEGABYTES = 20


def create_purchase(
    *,
    content: PurchaseContent,
    form_key: UUID,
    actor: Any,
    today: date,
    file: tuple[str, bytes] | None = None,
    incoming: IncomingFile | None = None,
) -> Purchase:
    """Does: enters a purchase with its file, if one came; the same form sent twice gives the same one.
    Refuses: figures that disagree, the same document twice, a closed activity, a file that is neither PDF
    nor picture, or too large. Leaves behind: the purchase, its lines, taxes and shares, the people of the
    activity told, audit."""
    with transaction.atomic():
        # Two clicks at once: the second finds what the first one made.
        take_turn(f"invoicing.form.{form_key}")
        known = Purchase.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        purchase = Purchase(form_key=form_key, created_by=actor)
        figures = fill_purchase(purchase, content, today=today)
        if incoming is not None:
            purchase.document = incoming.document
        save_once(purchase)
        write_parts(purchase, content.lines, figures.taxes, weights_of(content))
        if file is not None:
            purchase.document = keep_file(purchase, file, actor=actor)
            purchase.save(update_fields=["document"])
        audit.record(actor, "invoicing.create_purchase", purchase)
        tell_to_take(purchase, actor=actor)
        return purchase


def save_purchase(
    purchase: Purchase,
    *,
    content: PurchaseContent,
    version: int,
    actor: Any,
    today: date,
    file: tuple[str, bytes] | None = None,
) -> Purchase:
    """Does: corrects a purchase that is not approved yet. Refuses: as `create_purchase`, one approved or
    refused, a form older than the row, a second file. Leaves behind: the purchase as typed, audit."""
    with transaction.atomic():
        row = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
        if not row.is_open:
            raise IllegalMove(
                _("Cet achat est « %(state)s » : il ne se modifie plus.") % {"state": row.get_state_display()}
            )
        refuse_stale(row, version)
        if file is not None and row.document_id is not None:
            raise Refused(Code.ALREADY_DONE, _("Cet achat a déjà son fichier."), field="file")
        figures = fill_purchase(row, content, today=today)
        row.version += 1
        if file is not None:
            row.document = keep_file(row, file, actor=actor)
        save_once(row)
        write_parts(row, content.lines, figures.taxes, weights_of(content))
        audit.record(actor, "invoicing.save_purchase", row)
        return row


def keep_file(purchase: Purchase, file: tuple[str, bytes], *, actor: Any) -> Document:
    """Does: stores the original. Refuses: neither PDF nor picture, too large. Leaves behind: the document."""
    name, content = file
    mime = proof_mime(content, most=MOST_MEGABYTES, field="file")
    return store_document(
        content,
        kind=PURCHASE_FILE,
        name=plain_name(name, otherwise=_("facture")),
        mime=mime,
        about=purchase,
        actor=actor,
        retention_until=date(purchase.on.year + RETENTION_YEARS, 12, 31),
    )


def open_read_purchase(
    file: IncomingFile, read: Read, *, activity: Activity | None, actor: Any, on: date
) -> Purchase:
    """Does: opens the purchase that a file says, its supplier proposed when nobody knows it; what does not
    add up is kept as a doubt. Refuses: the same document twice (PurchaseKnown), an amount that is no
    purchase. Leaves behind: the purchase with the file, lines, taxes and shares, the activity told, audit."""
    reading = reading_of(read)
    with transaction.atomic():
        supplier = _supplier_of(reading, form_key=file.form_key, actor=actor)
        order = _order_of(reading, supplier, activity)
        whose = activity or (order.activity if order else None)
        purchase = _purchase_of(reading, supplier)
        purchase.activity, purchase.order = whose, order
        purchase.received_on, purchase.document, purchase.created_by = on, file.document, actor
        refuse_known(purchase)
        if purchase.total_gross <= Decimal(0):
            raise Refused(
                Code.AMOUNT_INVALID,
                _("Ce document ne demande rien à payer : gardez-le comme simple pièce jointe."),
            )
        save_once(purchase)
        content = PurchaseContent(
            supplier=supplier,
            number=reading.number,
            on=reading.on,
            lines=reading.lines_for(supplier),
            gross=purchase.total_gross,
            activity=whose,
        )
        write_parts(purchase, content.lines, reading.taxes, weights_of(content))
        audit.record(actor, "invoicing.open_read_purchase", purchase)
        tell_to_take(purchase, actor=actor)
        return purchase


def _purchase_of(reading: Reading, supplier: Supplier) -> Purchase:
    """The heading that a reading gives."""
    return Purchase(
        kind=reading.kind,
        supplier=supplier,
        number=reading.number,
        number_key=number_key(reading.number),
        on=reading.on,
        due_on=reading.due_on or usual_due_date(supplier, reading.on),
        purpose=reading.purpose,
        currency=reading.currency,
        currency_note=reading.currency_note,
        total_net=reading.net,
        total_tax=reading.tax,
        total_gross=reading.net + reading.tax,
        iban_seen=reading.iban,
        doubts=list(reading.doubts),
        was_read=True,
    )


def _supplier_of(reading: Reading, *, form_key: UUID, actor: Any) -> Supplier:
    """The supplier that the file names, or one proposed from what it says of itself; a number that does not
    exist is left out, since the file was written by somebody else."""
    seller: SupplierContent = reading.supplier
    known = supplier_named(siren=seller.siren, vat_number=seller.vat_number, name=seller.name)
    if known is not None:
        return known
    return create_supplier(content=seller, form_key=reading.supplier_key(form_key), actor=actor)


def _order_of(reading: Reading, supplier: Supplier, activity: Activity | None) -> PurchaseOrder | None:
    """The order that the document quotes, of this supplier and, once it is known, of this activity."""
    rows = PurchaseOrder.objects.filter(supplier=supplier, number=reading.order_reference)
    if not reading.order_reference:
        return None
    return (rows.filter(activity=activity) if activity else rows).select_related("activity").first()
