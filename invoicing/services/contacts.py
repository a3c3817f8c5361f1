"""Keeps the people one speaks to at a customer's (INV-01)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from invoicing.models import Customer, CustomerContact
from invoicing.services.inputs import ContactContent

MOST_CONTACTS = 20


def save_contact(
    customer: Customer, *, content: ContactContent, actor: Any, contact: CustomerContact | None = None
) -> CustomerContact:
    """Does: adds somebody at a customer's, or changes them. Refuses: no name, a wrong address, more than
    twenty. Leaves behind: the row, audit on the customer."""
    if not content.name.strip():
        raise Refused(Code.VALUE_MISSING, _("Donnez le nom du contact."), field="name")
    with transaction.atomic():
        Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
        row = contact or CustomerContact(customer=customer)
        if contact is None and customer.contacts.count() >= MOST_CONTACTS:
            raise Refused(Code.VALUE_INVALID, _("Un client compte vingt contacts au plus."))
        for field, value in asdict(content).items():
            setattr(row, field, value.strip())
        try:
            row.clean_fields()
        except ValidationError as error:
            field, problems = next(iter(error.message_dict.items()))
            raise Refused(Code.VALUE_INVALID, problems[0], field=field) from error
        row.save()
        audit.record(actor, "invoicing.save_contact", customer, detail={"name": row.name})
        return row


def remove_contact(contact: CustomerContact, *, actor: Any) -> None:
    """Does: forgets somebody at a customer's; documents keep what they say. Refuses: nothing. Leaves behind:
    audit on the customer."""
    with transaction.atomic():
        audit.record(actor, "invoicing.remove_contact", contact.customer, detail={"name": contact.name})
        contact.delete()
