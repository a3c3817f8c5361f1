"""What joint quotes put on « À faire »: the agreements that an activity has to give (INV-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from invoicing.models import QuoteShare
from invoicing.models.sight import reach, within
from invoicing.states.sales import QuoteState
from people.selectors import scopes_of

# One line a quote; those beyond are seen once these are answered.
_SHOWN = 5


def _to_agree() -> QuerySet[QuoteShare]:
    waiting = QuoteShare.objects.filter(within(), asked_at__isnull=False, agreed_at=None)
    return waiting.filter(quote__state__in=[QuoteState.DRAFT, QuoteState.SUBMITTED])


def _of_people(user: Any, _today: date) -> dict[str, Any] | None:
    """Those of the activity: whoever follows it does not agree in its place."""
    own = frozenset(scopes_of(user))
    return reach(own) if own else None


def _agreements(user: Any, _today: date, _waiting: Tally) -> Iterator[Todo]:
    rows = QuoteShare.objects.filter(
        activity__scope_id__in=scopes_of(user), asked_at__isnull=False, agreed_at=None
    ).filter(quote__state__in=[QuoteState.DRAFT, QuoteState.SUBMITTED])
    for share in rows.select_related("quote__activity", "quote__customer").order_by("asked_at")[:_SHOWN]:
        facts = {"activity": share.quote.activity.name, "customer": share.quote.customer.name}
        text = _("Donner votre accord : devis conjoint de %(activity)s pour %(customer)s") % facts
        asked = share.asked_at.date() if share.asked_at else None
        yield Todo(text, share.quote.get_absolute_url(), since=asked)


_WAITING = Pile("invoicing.shares_to_agree", lambda: (_to_agree(), "asked_at"))

AWAITED = (Awaited(_WAITING, _of_people, _agreements),)
