"""The documents that wait for a person's check, with what the machine says of each (INV-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.questions import GivenKeys, Tallies
from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.models.sight import reach, within
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
    followed = _checked_by(user)
    inside = Q() if followed is None else Q(activity__scope_id__in=followed)
    return _submitted(inside)


def _checked_by(user: Any) -> frozenset[int] | None:
    """The scopes whose documents this person checks; None for all of them."""
    return None if RoleKind.ACCOUNTANT in held_kinds(user) else scopes_followed_by(user)


def _submitted(inside: Q) -> tuple[QuerySet[Quote], QuerySet[Invoice]]:
    return (
        Quote.objects.filter(inside, state=QuoteState.SUBMITTED),
        Invoice.objects.filter(inside, state=InvoiceState.SUBMITTED),
    )


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
    found = _TO_CHECK(**reach(_checked_by(user))).values()
    return sum(one.count for one in found), min((one.since for one in found if one.count), default=None)


def _to_check() -> dict[str, tuple[QuerySet[Any], str]]:
    quotes, invoices = _submitted(within())
    return {"quotes": (quotes, "state_since"), "invoices": (invoices, "state_since")}


_TO_CHECK = Tallies(_to_check)


@dataclass(frozen=True)
class Returned:
    """What came back to the activities of a person: documents to correct, quotes validated and not sent."""

    corrections: list[Document]
    ready: int
    ready_since: datetime | None


def returned_to(user: Any) -> Returned:
    """What waits, in their own activities, for a person who sells."""
    found = _RETURNED(scopes=scopes_of(user))
    asked = found["quotes"].count or found["invoices"].count
    ready = found["ready"]
    return Returned(_corrections(user) if asked else [], ready.count, ready.since)


def _corrections(user: Any) -> list[Document]:
    """The drafts that the team sent back, the oldest first."""
    own = Q(activity__scope_id__in=scopes_of(user)) & SENT_BACK
    rows: list[Document] = []
    for model in (Quote, Invoice):
        rows += model._default_manager.filter(own).select_related("customer").order_by("state_since")
    return sorted(rows, key=lambda row: row.state_since)


SENT_BACK = Q(state=QuoteState.DRAFT) & ~Q(correction="")


def _returned() -> dict[str, tuple[QuerySet[Any], str]]:
    own = Q(activity__scope_id__in=GivenKeys("scopes"))
    return {
        "quotes": (Quote.objects.filter(own, SENT_BACK), "state_since"),
        "invoices": (Invoice.objects.filter(own, SENT_BACK), "state_since"),
        "ready": (Quote.objects.filter(own, state=QuoteState.APPROVED), "state_since"),
    }


_RETURNED = Tallies(_returned)


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
