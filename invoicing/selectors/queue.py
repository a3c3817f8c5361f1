"""The documents that wait for a person's check, the oldest first, each with what the machine says of it (INV-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Check, Document, all_right, checks_of_all
from invoicing.selectors.self_validation import checked_kind
from invoicing.states import CheckedKind, InvoiceState, QuoteState
from people.selectors import held_kinds, scopes_followed_by
from people.states import RoleKind

# A longer queue is shown by its oldest part, and says so.
MOST = 200


@dataclass(frozen=True)
class Waiting:
    """A line of the queue."""

    document: Document
    kind: CheckedKind
    checks: tuple[Check, ...]

    @property
    def key(self) -> str:
        """« quote:12 », as the boxes of the list name it."""
        return f"{'quote' if isinstance(self.document, Quote) else 'invoice'}:{self.document.pk}"

    @property
    def is_right(self) -> bool:
        return all_right(self.checks)

    @property
    def tone(self) -> str:
        """The worst of its checks."""
        tones = {check.tone for check in self.checks}
        return next((tone for tone in ("danger", "warning") if tone in tones), "success")


@dataclass(frozen=True)
class Wanted:
    """The filters of the queue."""

    kind: str = ""
    activity: int | None = None
    mine: bool = False
    right: bool = False


def to_check(user: Any) -> tuple[QuerySet[Quote], QuerySet[Invoice]]:
    """What this person may answer: everything for an accountant, the portfolio of an advisor."""
    quotes = Quote.objects.filter(state=QuoteState.SUBMITTED)
    invoices = Invoice.objects.filter(state=InvoiceState.SUBMITTED)
    if RoleKind.ACCOUNTANT not in held_kinds(user):
        followed = scopes_followed_by(user)
        if followed is not None:
            inside = Q(activity__scope_id__in=followed)
            return quotes.filter(inside), invoices.filter(inside)
    return quotes, invoices


def waiting_for(user: Any, *, on: date, wanted: Wanted = Wanted()) -> list[Waiting]:
    """The lines of the queue, the oldest first."""
    rows: list[Document] = []
    for query in to_check(user):
        rows += _filtered(query, user, wanted).order_by("state_since", "pk")[:MOST]
    rows.sort(key=lambda row: (row.state_since, row.pk))
    checks = checks_of_all(rows[:MOST], on=on)
    lines = [Waiting(row, checked_kind(row), tuple(found)) for row, found in checks.items()]
    return [line for line in lines if line.is_right] if wanted.right else lines


def _filtered(query: QuerySet[Any], user: Any, wanted: Wanted) -> QuerySet[Any]:
    if wanted.kind in CheckedKind.values:
        if (wanted.kind == CheckedKind.QUOTE) != (query.model is Quote):
            return query.none()
        if query.model is Invoice:
            query = query.filter(kind=wanted.kind)
    if wanted.activity is not None:
        query = query.filter(activity=wanted.activity)
    if wanted.mine:
        query = query.filter(checker=user)
    return query.select_related("customer", "activity", "checker__person", "created_by__person")


def activities_waiting(user: Any) -> list[Activity]:
    """The activities that have something in this person's queue."""
    keys: set[int] = set()
    for query in to_check(user):
        keys.update(query.values_list("activity_id", flat=True))
    return list(Activity.objects.filter(pk__in=keys).order_by("name"))


def waiting_facts(user: Any) -> tuple[int, datetime | None]:
    """How many documents wait for this person, and since when the oldest does."""
    found = [query.order_by().values_list("state_since", flat=True) for query in to_check(user)]
    dates: list[datetime] = [at for query in found for at in query]
    return len(dates), min(dates, default=None)


def last_validation(user: Any) -> datetime | None:
    """When this person last validated a document that had been submitted."""
    states = (QuoteState.SUBMITTED, QuoteState.DRAFT)
    found: Sequence[datetime | None] = [
        model._default_manager.filter(checker=user).exclude(state__in=states).aggregate(at=Max("state_since"))["at"]
        for model in (Quote, Invoice)
    ]
    return max(filter(None, found), default=None)
