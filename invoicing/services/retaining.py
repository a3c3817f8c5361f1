"""Releases what a customer keeps of a situation: it is due again, from a day on (INV-23)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.selectors.accounts import section_of
from accounting.services.posting import post_entry
from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.calculations.entries import Piece, release_entry
from invoicing.calculations.joint_entries import joint_release_entry
from invoicing.models import Invoice, RetentionRelease
from invoicing.selectors.invoices import held_of
from invoicing.selectors.joint_money import held_of_each
from invoicing.services.joint_books import by_section
from invoicing.services.lettering import letter_sale


def release_retention(
    invoice: Invoice, *, on: date, due_on: date, actor: Any, today: date
) -> RetentionRelease:
    """Does: makes the retention of an invoice due again, to be paid by a day; for good. Refuses: nothing
    held, a date to come or before the invoice, a due date before the release. Leaves behind: the release,
    its entry (411 against 411700), audit."""
    with transaction.atomic():
        row = (
            Invoice.objects.select_for_update(of=("self",))
            .select_related("customer", "activity", "quote")
            .defer("quote__facts")
            .get(pk=invoice.pk)
        )
        held = held_of(row)
        if not held:
            raise Refused(Code.ALREADY_DONE, _("Le client ne garde plus rien sur cette facture."))
        if on > today or (row.issued_on is not None and on < row.issued_on):
            raise Refused(
                Code.DATE_INVALID,
                _("Une retenue se libère entre la date de sa facture et aujourd’hui."),
                field="on",
            )
        if due_on < on:
            raise Refused(
                Code.DATE_INVALID, _("La retenue ne se paie pas avant d’être libérée."), field="due_on"
            )
        piece = Piece(
            number=str(row.number),
            on=on,
            customer=row.customer.name,
            analytic_id=section_of(row.activity).pk,
            due_on=due_on,
        )
        parts = held_of_each(row, held)
        draft = release_entry(piece, held) if parts is None else joint_release_entry(piece, by_section(parts))
        entry = post_entry(draft, actor=actor, source=row)
        letter_sale(row, actor=actor)
        made = RetentionRelease.objects.create(
            invoice=row, amount=held, on=on, due_on=due_on, entry=entry, created_by=actor
        )
        detail = {"amount": str(held), "on": on.isoformat()}
        audit.record(actor, "invoicing.release_retention", row, detail=detail)
        return made
