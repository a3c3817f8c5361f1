"""What joint quotes put on « À faire »: the agreements that an activity has to give (INV-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Tally
from invoicing.models import QuoteShare
from invoicing.models.sight import reach, within
from invoicing.states.joint import AGREEMENTS_OPEN
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS

# One line a quote; those beyond are seen once these are answered.
_SHOWN = 5


def _waiting() -> QuerySet[QuoteShare]:
    return QuoteShare.objects.filter(
        asked_at__isnull=False, agreed_at=None, quote__state__in=AGREEMENTS_OPEN
    ).order_by("asked_at")


def _of_sellers(user: Any, _today: date) -> dict[str, Any] | None:
    """Those of the activities for which they sell: whoever follows one does not agree in its place."""
    own = _sold_by(user)
    return reach(own) if own else None


def _agreements(user: Any, _today: date, _tally: Tally) -> Iterator[Todo]:
    rows = _waiting().filter(activity__scope_id__in=_sold_by(user))
    for share in rows.select_related("quote__activity", "quote__customer")[:_SHOWN]:
        facts = {"activity": share.quote.activity.name, "customer": share.quote.customer.name}
        text = _("Donner votre accord : devis conjoint de %(activity)s pour %(customer)s") % facts
        asked = localdate(share.asked_at) if share.asked_at else None
        yield Todo(text, share.quote.get_absolute_url(), since=asked)


def _sold_by(user: Any) -> frozenset[int]:
    return scopes_with_part(user, SELLING_PARTS)


_PILE = Pile("invoicing.shares_to_agree", lambda: (_waiting().filter(within()), "asked_at"))

AWAITED = (Awaited(_PILE, _of_sellers, _agreements),)
