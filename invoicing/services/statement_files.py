"""The statement of account of a customer as a file, and its departure by mail (INV-39, INV-04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.pdf import Variant, render_pdf
from invoicing.emails import Letter
from invoicing.models import Customer, CustomerAccess
from invoicing.selectors.statements import Statement, statement_of
from invoicing.services.accesses import mail_access
from invoicing.services.chase_letters import STATEMENT
from invoicing.services.sending import checked_addresses, checked_letter
from invoicing.states.chasing import AccessKind

STATEMENT_KIND = "invoicing.statement"
STYLESHEET = "css/pdf/letter.css"
_RETENTION_YEARS = 10


def send_statement(
    customer: Customer,
    *,
    to: list[str],
    letter: Letter,
    until: date,
    form_key: UUID,
    actor: Any,
    at: datetime,
) -> list[CustomerAccess]:
    """Does: mails the statement of a customer on a day, its PDF joined, with a link to their page; the same
    form sent twice sends once. Refuses: a day to come, a wrong address, no words. Leaves behind: the PDF,
    links, accesses, mails that wait; audit."""
    addresses, letter = checked_addresses(to), checked_letter(letter)
    _check_day(until, timezone.localdate(at))
    with transaction.atomic():
        row = (
            Customer.objects.select_for_update(of=("self",), no_key=True)
            .select_related("activity")
            .get(pk=customer.pk)
        )
        known = list(CustomerAccess.objects.filter(form_key=form_key, customer=row))
        if known:
            return known
        kept = store_document(
            statement_pdf(statement_of(row, on=until)),
            kind=STATEMENT_KIND,
            name=f"releve-{until.isoformat()}.pdf",
            mime="application/pdf",
            about=row,
            actor=actor,
            retention_until=date(until.year + _RETENTION_YEARS, 12, 31),
        )
        sent = [
            mail_access(
                row,
                letter,
                kind=AccessKind.STATEMENT,
                to=address,
                cause=STATEMENT,
                actor=actor,
                at=at,
                form_key=form_key,
                attachments=[kept.pk],
            )
            for address in addresses
        ]
        audit.record(actor, "invoicing.send_statement", row, detail={"on": until.isoformat()})
        return sent


def _check_day(until: date, today: date) -> None:
    if until > today:
        raise Refused(Code.DATE_INVALID, _("Un relevé s’arrête aujourd’hui au plus tard."), field="until")


def statement_pdf(statement: Statement) -> bytes:
    """The statement in the language of its customer."""
    customer = statement.customer
    with translation.override(customer.language):
        context = {
            "title": _("Relevé de compte"),
            "statement": statement,
            "customer": customer,
            "activity": customer.activity,
            "house": cooperative_on(statement.on),
            "language": customer.language,
        }
        html = render_to_string("pdf/invoicing/customer_statement.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def statement_lines(statement: Statement) -> Iterator[list[Any]]:
    """The statement as a sheet: its heading, then a line a movement."""
    yield [_("Date"), _("Libellé"), _("Échéance"), _("Débit"), _("Crédit"), _("Solde")]
    for row in statement.rows:
        yield [row.on, row.label, row.due_on, row.debit, row.credit, row.balance]
