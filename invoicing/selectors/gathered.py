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
from cae.core.questions import Tally
from cae.core.templatetags.formats import day, money
from invoicing.models import Invoice, Quote
from invoicing.selectors.coming import overdue_sum
from invoicing.selectors.invoices import drafts_written
from invoicing.selectors.queue import SellerWaiting, waiting_for_seller, waiting_to_check
from invoicing.selectors.self_validation import self_validations_of, trust_of_all
from people.permissions import is_accountant, is_own


def todos(user: Any, today: date) -> list[Todo]:
    """Documents that wait for my check; for who sells, what the team sent back, quotes ready to leave, drafts
    to finish and invoices to chase; for an accountant, the drafts begun for others."""
    found = _to_check(user)
    if is_own.test(user):
        waiting = waiting_for_seller(user)
        found += [*_sent_back(waiting), *_ready(waiting.ready), *_begun(waiting.drafts)]
        found += _late(user, today)
    elif is_accountant.test(user):
        # The late sales of everybody are too many to add up before the page, which shows them among its
        # figures.
        found += _begun(drafts_written(user))
    return found


def _to_check(user: Any) -> list[Todo]:
    if not can(user, "invoicing.check_document"):
        return []
    waiting = waiting_to_check(user)
    label = ngettext("Valider %(count)d document", "Valider %(count)d documents", waiting.count)
    return _counted(label, reverse("invoicing:queue"), waiting)


def _sent_back(waiting: SellerWaiting) -> list[Todo]:
    return [
        Todo(
            label=_("Corriger %(name)s pour %(customer)s")
            % {"name": _kind_with_article(row), "customer": row.customer.name},
            url=row.get_absolute_url(),
            since=timezone.localdate(row.state_since),
        )
        for row in waiting.corrections
    ]


def _ready(quotes: Tally) -> list[Todo]:
    label = ngettext("Envoyer %(count)d devis validé", "Envoyer %(count)d devis validés", quotes.count)
    return _counted(label, f"{reverse('invoicing:quote_list')}?state=approved", quotes)


def _begun(drafts: Tally) -> list[Todo]:
    label = ngettext("Terminer %(count)d brouillon", "Terminer %(count)d brouillons", drafts.count)
    return _counted(label, f"{reverse('invoicing:draft_list')}?state=draft", drafts)


def _counted(label: str, url: str, tally: Tally) -> list[Todo]:
    """One line for them all; none when there is none."""
    if not tally.count:
        return []
    since = timezone.localdate(tally.since)
    return [Todo(label=label % {"count": tally.count}, url=url, since=since, count=tally.count)]


def _late(user: Any, today: date) -> list[Todo]:
    late = overdue_sum(user, today)
    if not late.count:
        return []
    label = ngettext(
        "Relancer %(count)d facture en retard", "Relancer %(count)d factures en retard", late.count
    )
    return [
        Todo(
            label=label % {"count": late.count},
            url=f"{reverse('invoicing:invoice_list')}?settlement=overdue",
            due=late.oldest,
            count=late.count,
        )
    ]


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
