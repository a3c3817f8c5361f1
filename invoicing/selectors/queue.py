"""The documents that wait for a person's check, with what the machine says of each (INV-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.selectors.checks import Check, Document, all_right, checks_of_all
from invoicing.selectors.self_validation import checked_kind
from invoicing.selectors.waiting import age_in_words, short_name
from invoicing.states import CheckedKind, InvoiceState, QuoteState
from people.selectors import held_kinds, scopes_followed_by, scopes_of
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
    def look(self) -> tuple[str, str, str]:
        """Tone, shape and word: the worst of its checks, and how many."""
        wrong, seen = (sum(check.tone == tone for check in self.checks) for tone in ("danger", "warning"))
        if wrong:
            word = ngettext("%(count)d à corriger", "%(count)d à corriger", wrong)
            return "danger", "✕", word % {"count": wrong}
        if seen:
            word = ngettext("%(count)d à regarder", "%(count)d à regarder", seen)
            return "warning", "▲", word % {"count": seen}
        return "success", "✔", _("Tout en règle")

    @property
    def kind_word(self) -> str:
        """« Devis », « Facture », « Avoir »."""
        return _("Devis") if isinstance(self.document, Quote) else self.document.get_kind_display()

    @property
    def age(self) -> str:
        return age_in_words(self.document.state_since)

    @property
    def taken_by(self) -> str:
        return short_name(self.document.checker) if self.document.checker else ""


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


def activities_waiting(user: Any) -> QuerySet[Activity]:
    """The activities that have something in this person's queue."""
    quotes, invoices = to_check(user)
    inside = Q(pk__in=quotes.values("activity")) | Q(pk__in=invoices.values("activity"))
    return Activity.objects.filter(inside).order_by("name")


def waiting_facts(user: Any) -> tuple[int, datetime | None]:
    """How many documents wait for this person, and since when the oldest does."""
    found = [query.order_by().values_list("state_since", flat=True) for query in to_check(user)]
    dates: list[datetime] = [at for query in found for at in query]
    return len(dates), min(dates, default=None)


def corrections_asked(user: Any) -> list[Document]:
    """The drafts of a person's own activities that the team sent back, the oldest first."""
    own = Q(activity__scope_id__in=scopes_of(user), state=QuoteState.DRAFT) & ~Q(correction="")
    rows: list[Document] = []
    for model in (Quote, Invoice):
        rows += model._default_manager.filter(own).select_related("customer").order_by("state_since")
    return sorted(rows, key=lambda row: row.state_since)


def quotes_to_send(user: Any) -> tuple[int, datetime | None]:
    """How many validated quotes of a person's own activities wait to be sent, and since when."""
    ready = Quote.objects.filter(activity__scope_id__in=scopes_of(user), state=QuoteState.APPROVED)
    found = ready.order_by().aggregate(count=Count("pk"), since=Min("state_since"))
    return found["count"], found["since"]


def last_validation(user: Any) -> datetime | None:
    """When this person last validated a document that had been submitted."""
    states = (QuoteState.SUBMITTED, QuoteState.DRAFT)
    found: Sequence[datetime | None] = [
        model._default_manager.filter(checker=user)
        .exclude(state__in=states)
        .aggregate(at=Max("state_since"))["at"]
        for model in (Quote, Invoice)
    ]
    return max(filter(None, found), default=None)
