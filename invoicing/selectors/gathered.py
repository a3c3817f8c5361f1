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
from cae.core.permissions import can
from invoicing.models import Invoice, Quote
from invoicing.selectors.invoices import drafts_waiting, invoices_overdue
from invoicing.selectors.queue import corrections_asked, waiting_facts
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


def checking_todos(user: Any, today: date) -> list[Todo]:
    """Documents that wait for my check; corrections that the team asked of me."""
    found = []
    count, since = waiting_facts(user) if can(user, "invoicing.check_document") else (0, None)
    if count:
        label = ngettext("Valider %(count)d document", "Valider %(count)d documents", count)
        found.append(
            Todo(
                label=label % {"count": count},
                url=reverse("invoicing:queue"),
                since=timezone.localdate(since),
                count=count,
            )
        )
    if is_own.test(user):
        found += [
            Todo(
                label=_("Corriger %(name)s pour %(customer)s")
                % {"name": _kind_with_article(row), "customer": row.customer.name},
                url=row.get_absolute_url(),
                since=timezone.localdate(row.state_since),
            )
            for row in corrections_asked(user)
        ]
    return found


def _kind_with_article(document: Quote | Invoice) -> str:
    if isinstance(document, Quote):
        return _("le devis")
    return _("l’avoir") if document.is_credit_note else _("la facture")


def invoice_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each invoice behind a book entry, among those the person sees."""
    seen = Invoice.objects.visible_to(user).filter(pk__in=keys)
    return {
        str(invoice.pk): Source(_("Facture %(number)s") % {"number": invoice}, invoice.get_absolute_url())
        for invoice in seen
    }
