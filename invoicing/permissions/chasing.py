"""Who may do what with reminders, statements, losses and duplicates."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.models import Customer, CustomerMerge, Invoice, Reminder, ReminderPause, WriteOff
from invoicing.models.sight import ALL_SALES_KINDS
from invoicing.permissions.sales import keeps_library, reads_sales, sells
from people.permissions import has_role, is_accountant


@rules.predicate
def sees_reminder(user: Any, reminder: Reminder | None = None) -> bool:
    """Asks the same queryset as the list."""
    return reminder is None or Reminder.objects.visible_to(user).filter(pk=reminder.pk).exists()


@rules.predicate
def sees_reminder_of_file(user: Any, document: Document | None = None) -> bool:
    """The letter of a reminder opens to those who see the reminder."""
    return document is None or Reminder.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def sees_invoice_given_up(user: Any, document: Document | None = None) -> bool:
    """The proof of a loss opens to those who see the invoice."""
    return document is None or Invoice.objects.visible_to(user).filter(losses__proof=document).exists()


@rules.predicate
def sees_customer_of_file(user: Any, document: Document | None = None) -> bool:
    """A statement that was sent opens to those who see its customer."""
    return document is None or Customer.objects.visible_to(user).filter(pk=document.about_id).exists()


def _of(predicate: rules.Predicate, name: str) -> rules.Predicate:
    """The same right asked of a row that belongs to a customer or to an invoice."""

    def asks(user: Any, obj: Any = None) -> bool:
        return bool(predicate.test(user, _owner(obj)))

    return rules.Predicate(asks, name=name)


def _owner(obj: Any) -> Any:
    if isinstance(obj, ReminderPause):
        return obj.customer or obj.invoice
    if isinstance(obj, CustomerMerge):
        return obj.kept
    return obj.invoice if isinstance(obj, WriteOff) else obj


chases = _of(sells, "chases")

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_reminders": reads_sales,
    "invoicing.view_reminder": reads_sales & sees_reminder,
    "invoicing.chase_customer": chases,
    "invoicing.keep_reminder_steps": sells,
    # What all activities follow unless they say otherwise.
    "invoicing.keep_house_steps": keeps_library,
    "invoicing.send_statement": sells,
    "invoicing.write_on_customer": sells,
    "invoicing.merge_customers": chases,
    # A debt is given up by who answers for the books.
    "invoicing.write_off": is_accountant,
    "invoicing.make_recovery_file": sells,
    # What one organisation owes to the whole cooperative, activity by activity.
    "invoicing.view_owed_across": has_role(*ALL_SALES_KINDS),
    "invoicing.open_reminder_letter": reads_sales & sees_reminder_of_file,
    "invoicing.open_loss_proof": reads_sales & sees_invoice_given_up,
    "invoicing.open_statement": reads_sales & sees_customer_of_file,
}
