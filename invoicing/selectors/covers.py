"""What the covers of an activity say of its documents; the quotes that wait for an answer (ENT-42)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Pile, Question, Tally
from cae.core.settings import value_of
from entrepreneurs.calculations.covers import Standing, is_demanded
from entrepreneurs.selectors.covers import standings
from entrepreneurs.states.covers import COVER_DEMAND
from invoicing.models import CoverWaiver, Invoice, Quote
from invoicing.models.sight import reach, within
from invoicing.states.sales import QuoteState
from people.selectors import held_kinds, scopes_followed_by
from people.states import RoleKind

Document = Quote | Invoice
# What the rule reads of a trade.
_TRADE = ("activity__trade__needs_cover", "activity__trade__insurance_class")
ANSWERING = frozenset({RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR})


@dataclass(frozen=True)
class Covered:
    """What is known of one document: nothing asked, or the standing of its covers and the team's answer."""

    standing: Standing | None = None
    waived: bool = False

    @property
    def stops(self) -> bool:
        return self.standing is not None and self.standing.stop is not None and not self.waived


def covers_of_documents(
    documents: Sequence[Document], *, on: date, demand: str | None = None
) -> dict[Document, Covered]:
    """Says of each document whether it is covered, in as many queries as for one; reads `activity__trade`:
    take it with the rows. `demand`: what the setting says that day, if it is known."""
    demand = value_of(COVER_DEMAND, on=on) if demand is None else demand
    asked = [one for one in documents if is_demanded(demand, one.activity.trade.needs_cover)]
    if not asked:
        return {}
    quotes = [one.pk for one in asked if isinstance(one, Quote)]
    waived = set(CoverWaiver.objects.filter(quote__among=quotes).values_list("quote", flat=True))
    said = standings([(one.activity, amount_of(one)) for one in asked], on=on)
    return {
        document: Covered(found, isinstance(document, Quote) and document.pk in waived)
        for document, found in zip(asked, said, strict=True)
    }


def cover_standing(document: Document, *, on: date) -> Covered:
    """The same of one document."""
    return covers_of_documents([document], on=on).get(document, Covered())


def amount_of(document: Document) -> Decimal:
    """What the insurer looks at: the amount before tax."""
    amount: Decimal = document.total_excl_tax
    return amount


def quotes_stopped(user: Any, *, on: date) -> list[tuple[Quote, Standing]]:
    """Gives the submitted quotes that wait for an answer this person may give, the oldest first."""
    rows = Quote.objects.filter(state=QuoteState.SUBMITTED, cover_waiver=None)
    kinds = held_kinds(user, on)
    if not kinds & {RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR}:
        reached = scopes_followed_by(user, on)
        if reached is not None:
            rows = rows.filter(activity__scope_id__among=reached)
    return _stopped(
        list(rows.select_related("activity__trade", "customer").order_by("state_since", "pk")), on
    )


def _stopped(quotes: list[Quote], on: date) -> list[tuple[Quote, Standing]]:
    said = covers_of_documents(quotes, on=on)
    return [
        (quote, found.standing)
        for quote, found in said.items()
        if found.stops and found.standing is not None and isinstance(quote, Quote)
    ]


def _of_answering(user: Any, today: date) -> dict[str, Any] | None:
    kinds = held_kinds(user, today)
    if not kinds & ANSWERING:
        return None
    everywhere = kinds & {RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR}
    return reach(None if everywhere else scopes_followed_by(user, today))


def _to_answer(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    """In one line; a quote whose trade asks for no cover waits for its check alone."""
    reached = _of_answering(user, today)
    stopped = _stopped(_WAITING(**reached), today) if reached else []
    if not stopped:
        return
    count = len(stopped)
    words = ngettext(
        "Répondre à %(count)d devis sans assurance", "Répondre à %(count)d devis sans assurance", count
    )
    since = timezone.localdate(stopped[0][0].state_since)
    yield Todo(words % {"count": count}, reverse("invoicing:cover_stop_list"), since=since, count=count)


def _waiting() -> QuerySet[Quote]:
    return Quote.objects.filter(within(), state=QuoteState.SUBMITTED, cover_waiver=None)


_WAITING = Question(
    lambda: (
        _waiting()
        .select_related("activity__trade")
        .only("state_since", "total_excl_tax", "activity__code", *_TRADE)
        .order_by("state_since", "pk")
    )
)
STOPPED = Awaited(
    Pile("invoicing.stopped", lambda: (_waiting(), "state_since")),
    _of_answering,
    _to_answer,
)
