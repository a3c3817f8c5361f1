"""What the room gives to common pages: things to do, sources of book entries, owners of stored files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import HeldRight, Source, Todo
from cae.core.permissions import can
from cae.core.templatetags.formats import day, money
from invoicing.models import Invoice, Quote
from invoicing.selectors.coming import overdue_sum
from invoicing.selectors.invoices import drafts_begun
from invoicing.selectors.queue import returned_to, waiting_facts
from invoicing.selectors.self_validation import self_validations_of, trust_of_all
from people.permissions import is_accountant, is_own


def todos(user: Any, today: date) -> list[Todo]:
    """Drafts to finish and invoices to chase, for those who can do something about them."""
    if not is_own.test(user) and not is_accountant.test(user):
        return []
    found = []
    drafts = drafts_begun(user, own=is_own.test(user))
    if drafts.count:
        label = ngettext("Terminer %(count)d brouillon", "Terminer %(count)d brouillons", drafts.count)
        found.append(
            Todo(
                label=label % {"count": drafts.count},
                url=reverse("invoicing:draft_list") + "?state=draft",
                since=timezone.localdate(drafts.since),
                count=drafts.count,
            )
        )
    if not is_own.test(user):
        # The sales of everybody: too many to add up before the page, which shows them among its figures.
        return found
    late = overdue_sum(user, today)
    if late.count:
        label = ngettext(
            "Relancer %(count)d facture en retard", "Relancer %(count)d factures en retard", late.count
        )
        found.append(
            Todo(
                label=label % {"count": late.count},
                url=reverse("invoicing:invoice_list") + "?settlement=overdue",
                due=late.oldest,
                count=late.count,
            )
        )
    return found


def checking_todos(user: Any, today: date) -> list[Todo]:
    """Documents that wait for my check; corrections that the team asked of me; quotes ready to leave."""
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
        returned = returned_to(user)
        found += [
            Todo(
                label=_("Corriger %(name)s pour %(customer)s")
                % {"name": _kind_with_article(row), "customer": row.customer.name},
                url=row.get_absolute_url(),
                since=timezone.localdate(row.state_since),
            )
            for row in returned.corrections
        ]
        ready = returned.ready
        if ready:
            label = ngettext("Envoyer %(count)d devis validé", "Envoyer %(count)d devis validés", ready) % {
                "count": ready
            }
            url = f"{reverse('invoicing:quote_list')}?state=approved"
            waits = timezone.localdate(returned.ready_since)
            found.append(Todo(label=label, url=url, since=waits, count=ready))
    return found


def _kind_with_article(document: Quote | Invoice) -> str:
    if isinstance(document, Quote):
        return _("le devis")
    return _("l’avoir") if document.is_credit_note else _("la facture")


def rights_to_validate(user: Any, today: date) -> list[HeldRight]:
    """What a person may validate alone inside their own activities, by name or because everybody may."""
    if user.person is None or not is_own.test(user):
        return []
    found = []
    for given in self_validations_of(user.person, on=today):
        reach = (
            _("jusqu’à %(amount)s HT") % {"amount": money(given.ceiling)}
            if given.ceiling
            else _("sans plafond")
        )
        dates = _("depuis le %(start)s") % {"start": day(given.starts_on)}
        if given.ends_on:
            dates = _("du %(start)s au %(end)s") % {"start": day(given.starts_on), "end": day(given.ends_on)}
        label = _("Valider sans relecture : %(kind)s") % {"kind": given.get_kind_display().lower()}
        found.append(HeldRight(label, f"{reach} · {dates}"))
    for kind, amount in trust_of_all(today).items():
        label = _("Valider sans relecture : %(kind)s") % {"kind": str(kind.label).lower()}
        reach = _("jusqu’à %(amount)s HT, comme tout le monde") % {"amount": money(amount)}
        found.append(HeldRight(label, reach))
    return found


def invoice_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each invoice behind a book entry, among those the person sees."""
    seen = Invoice.objects.visible_to(user).filter(pk__in=keys)
    return {
        str(invoice.pk): Source(_("Facture %(number)s") % {"number": invoice}, invoice.get_absolute_url())
        for invoice in seen
    }
