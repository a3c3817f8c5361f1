"""What the room gives to common pages: things to do, sources of book entries, owners of stored files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, HeldRight, Source, Todo
from cae.core.permissions import can
from cae.core.questions import Given, Pile, Tally
from cae.core.templatetags.formats import day, money
from invoicing.models import Invoice, Quote
from invoicing.models.sight import reach, scopes_in_sight, within
from invoicing.selectors.invoices import drafts_written
from invoicing.selectors.queue import checked_by, corrections_of, quotes_ready, sent_back, submitted
from invoicing.selectors.self_validation import self_validations_of, trust_of_all
from people.permissions import is_accountant, is_own
from people.selectors import scopes_of


def _of_checker(user: Any, today: date) -> dict[str, Any] | None:
    return reach(checked_by(user)) if can(user, "invoicing.check_document") else None


def _of_seller(user: Any, today: date) -> dict[str, Any] | None:
    return {"own": scopes_of(user)} if is_own.test(user) else None


def _of_seller_in_sight(user: Any, today: date) -> dict[str, Any] | None:
    return {"on": today, **reach(scopes_in_sight(user))} if is_own.test(user) else None


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    """The drafts begun for others. The late sales of everybody are too many to add up before the page, which
    shows them among its figures."""
    if is_own.test(user) or not is_accountant.test(user):
        return None
    return {"user": user.pk, **reach(scopes_in_sight(user))}


def _to_check(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext("Valider %(count)d document", "Valider %(count)d documents", waiting.count)
    yield _counted(label, reverse("invoicing:queue"), waiting)


def _sent_back(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in corrections_of(user):
        yield Todo(
            label=_("Corriger %(name)s pour %(customer)s")
            % {"name": _kind_with_article(row), "customer": row.customer.name},
            url=row.get_absolute_url(),
            since=timezone.localdate(row.state_since),
        )


def _ready(user: Any, today: date, quotes: Tally) -> Iterator[Todo]:
    label = ngettext("Envoyer %(count)d devis validé", "Envoyer %(count)d devis validés", quotes.count)
    yield _counted(label, f"{reverse('invoicing:quote_list')}?state=approved", quotes)


def _begun(user: Any, today: date, drafts: Tally) -> Iterator[Todo]:
    label = ngettext("Terminer %(count)d brouillon", "Terminer %(count)d brouillons", drafts.count)
    yield _counted(label, f"{reverse('invoicing:draft_list')}?state=draft", drafts)


def _counted(label: str, url: str, tally: Tally) -> Todo:
    return Todo(label=label % {"count": tally.count}, url=url, since=tally.since, count=tally.count)


def _late(user: Any, today: date, late: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Relancer %(count)d facture en retard", "Relancer %(count)d factures en retard", late.count
    )
    yield Todo(
        label=label % {"count": late.count},
        url=f"{reverse('invoicing:invoice_list')}?settlement=overdue",
        due=late.since,
        count=late.count,
    )


AWAITED = (
    Awaited(
        Pile(
            "invoicing.to_check",
            lambda: (submitted(within())[0], "state_since"),
            lambda: (submitted(within())[1], "state_since"),
        ),
        _of_checker,
        _to_check,
    ),
    Awaited(
        Pile(
            "invoicing.sent_back",
            lambda: (sent_back(Quote), "state_since"),
            lambda: (sent_back(Invoice), "state_since"),
        ),
        _of_seller,
        _sent_back,
    ),
    Awaited(Pile("invoicing.ready", lambda: (quotes_ready(), "state_since")), _of_seller, _ready),
    Awaited(
        Pile("invoicing.drafts", lambda: (Invoice.objects.filter(within()).drafts(), "created_at")),
        _of_seller_in_sight,
        _begun,
    ),
    Awaited(
        Pile("invoicing.late", lambda: (Invoice.objects.filter(within()).overdue(Given("on")), "due_on")),
        _of_seller_in_sight,
        _late,
    ),
    Awaited(
        Pile("invoicing.drafts_written", lambda: (drafts_written(), "created_at")), _of_accountant, _begun
    ),
)


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
