"""The documents that wait for a person's check, with what the machine says of each (INV-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.questions import Given, GivenKeys, Question
from invoicing.models import Invoice, Quote
from invoicing.models.sight import reach, within
from invoicing.selectors.checks import Check, Document, all_right, checks_of_all
from invoicing.selectors.self_validation import checked_kind
from invoicing.selectors.waiting import age_in_words, short_name
from invoicing.states.sales import CheckedKind, InvoiceState, QuoteState
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
class Handed:
    """A document that waits, as little of it as a list needs to be narrowed and put in order."""

    kind: str
    pk: int
    since: datetime
    activity: int
    activity_name: str
    checker: int | None


@dataclass(frozen=True)
class Wanted:
    """The filters of the queue."""

    kind: str = ""
    activity: int | None = None
    mine: bool = False
    right: bool = False

    def among(self, rows: Iterable[Handed], user: Any) -> list[Handed]:
        """Those that are asked, before anything is checked."""
        return [
            row
            for row in rows
            if self.kind in ("", row.kind)
            and self.activity in (None, row.activity)
            and (not self.mine or row.checker == user.pk)
        ]


def to_check(user: Any) -> tuple[QuerySet[Quote], QuerySet[Invoice]]:
    """What this person may answer: everything for an accountant, the portfolio of an advisor."""
    followed = checked_by(user)
    inside = Q() if followed is None else Q(activity__scope_id__among=followed)
    return submitted(inside)


def checked_by(user: Any) -> frozenset[int] | None:
    """The scopes whose documents this person checks; None for all of them."""
    return None if RoleKind.ACCOUNTANT in held_kinds(user) else scopes_followed_by(user)


def submitted(inside: Q) -> tuple[QuerySet[Quote], QuerySet[Invoice]]:
    return (
        Quote.objects.filter(inside, state=QuoteState.SUBMITTED),
        Invoice.objects.filter(inside, state=InvoiceState.SUBMITTED),
    )


def handed_to(user: Any) -> list[Handed]:
    """Everything that waits for this person, the oldest first: one query for the list and its filters."""
    rows = [Handed(*row) for row in _HANDED(**reach(checked_by(user)))]
    return sorted(rows, key=lambda row: (row.since, row.pk))


def _handed() -> QuerySet[Any, Any]:
    facts = ("pk", "state_since", "activity_id", "activity__name", "checker_id")
    quotes, invoices = submitted(within())
    told = quotes.order_by().values_list(Value(str(CheckedKind.QUOTE)), *facts)
    return told.union(invoices.order_by().values_list("kind", *facts), all=True)


_HANDED = Question(_handed)


def lines_of(rows: Sequence[Handed], *, on: date, right: bool = False) -> list[Waiting]:
    """The oldest of these as the lines of the queue, each checked; with `right`, those without a fault."""
    shown = rows[:MOST]
    quotes = [row.pk for row in shown if row.kind == CheckedKind.QUOTE]
    invoices = [row.pk for row in shown if row.kind != CheckedKind.QUOTE]
    found: list[Document] = [
        *(_QUOTES(keys=quotes) if quotes else []),
        *(_INVOICES(keys=invoices) if invoices else []),
    ]
    found.sort(key=lambda row: (row.state_since, row.pk))
    checks = checks_of_all(found, on=on)
    lines = [Waiting(row, checked_kind(row), tuple(said)) for row, said in checks.items()]
    return [line for line in lines if line.is_right] if right else lines


def _read(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.select_related("customer", "activity__trade", "checker__person").order_by()


_QUOTES = Question(lambda: _read(Quote.objects.filter(pk__in=GivenKeys("keys"), state=QuoteState.SUBMITTED)))
_INVOICES = Question(
    lambda: _read(Invoice.objects.filter(pk__in=GivenKeys("keys"), state=InvoiceState.SUBMITTED))
)


def corrections_of(user: Any) -> list[Document]:
    """Gives the drafts of one's own activities that the team sent back, the oldest first."""
    own = Q(activity__scope_id__among=scopes_of(user)) & SENT_BACK
    rows: list[Document] = []
    for model in (Quote, Invoice):
        rows += model._default_manager.filter(own).select_related("customer").order_by("state_since")
    return sorted(rows, key=lambda row: row.state_since)


SENT_BACK = Q(state=QuoteState.DRAFT) & ~Q(correction="")
_OWN = Q(activity__scope_id__in=GivenKeys("own"))


def sent_back(model: type[Document]) -> QuerySet[Any]:
    """Gives the same of one kind of document, for a question."""
    return model._default_manager.filter(_OWN, SENT_BACK)


def quotes_ready() -> QuerySet[Quote]:
    """Gives the quotes validated and not sent of one's own activities, for a question."""
    return Quote.objects.filter(_OWN, state=QuoteState.APPROVED)


def last_validation(user: Any) -> datetime | None:
    """When this person last validated a document that had been submitted."""
    return max(filter(None, _ANSWERED(user=user.pk)), default=None)


def _answered() -> QuerySet[Any, Any]:
    states = (QuoteState.SUBMITTED, QuoteState.DRAFT)
    quotes, invoices = (
        model._default_manager.filter(checker=Given("user"))
        .exclude(state__in=states)
        .order_by()
        .values(of=Value("answered"))
        .annotate(at=Max("state_since"))
        .values_list("at", flat=True)
        for model in (Quote, Invoice)
    )
    return quotes.union(invoices, all=True)


_ANSWERED = Question(_answered)
