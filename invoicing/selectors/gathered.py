"""What the room gives to common pages: things to do, sources of book entries, owners of stored files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Source, Todo
from invoicing.models import Invoice
from invoicing.selectors.invoices import drafts_waiting, invoices_overdue
from people.permissions import is_accountant, is_own


def todos(user: Any, today: date) -> list[Todo]:
    """Drafts to finish and invoices to chase, for those who can do something about them."""
    if not is_own.test(user) and not is_accountant.test(user):
        return []
    found = []
    drafts = drafts_waiting(user).order_by().aggregate(count=Count("pk"), since=Min("created_at"))
    if drafts["count"]:
        label = ngettext("Terminer %(count)d brouillon", "Terminer %(count)d brouillons", drafts["count"])
        found.append(
            Todo(
                label=label % {"count": drafts["count"]},
                url=reverse("invoicing:draft_list") + "?state=draft",
                since=timezone.localdate(drafts["since"]),
                count=drafts["count"],
            )
        )
    late = invoices_overdue(user, on=today).order_by()
    overdue = late.aggregate(count=Count("pk"), oldest=Min("due_on"), owed=Sum("due"))
    if overdue["count"]:
        label = ngettext(
            "Relancer %(count)d facture en retard", "Relancer %(count)d factures en retard", overdue["count"]
        )
        found.append(
            Todo(
                label=label % {"count": overdue["count"]},
                url=reverse("invoicing:invoice_list") + "?settlement=overdue",
                due=overdue["oldest"],
                count=overdue["count"],
            )
        )
    return found


def invoice_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each invoice behind a book entry, among those the person sees."""
    seen = Invoice.objects.visible_to(user).filter(pk__in=keys)
    return {
        str(invoice.pk): Source(_("Facture %(number)s") % {"number": invoice}, invoice.get_absolute_url())
        for invoice in seen
    }
