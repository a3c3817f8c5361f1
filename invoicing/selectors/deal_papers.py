"""The deal of a document, the papers it asks, those it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from cae.core.questions import Given, Question
from invoicing.models import Deal, DealFile, DealRequirement, DealWaiver, Invoice, Quote
from invoicing.states.deals import Moment


@dataclass(frozen=True)
class Paper:
    """A paper asked of a deal: the files that answer it, or the waiver that does without."""

    requirement: DealRequirement
    files: list[DealFile]
    waiver: DealWaiver | None

    @property
    def is_missing(self) -> bool:
        return not self.files and self.waiver is None


def deal_of(document: Quote | Invoice) -> Deal | None:
    """The deal a document belongs to: an invoice follows its quote, a credit note its invoice."""
    if isinstance(document, Quote):
        return _OF_PIECES.first(quote=document.pk, invoice=None)
    own = document.credited or document
    return _OF_PIECES.first(quote=own.quote_id, invoice=own.pk)


_OF_PIECES = Question(
    lambda: (
        Deal.objects.filter(Q(pieces__quote=Given("quote")) | Q(pieces__invoice=Given("invoice")))
        .select_related("kind")
        .order_by("-opened_on", "-pk")
    )
)


def papers_missing(deals: Iterable[Deal]) -> dict[int, list[DealRequirement]]:
    """What each deal lacks, whatever the moment, in one query. A paper asked no longer is missed no more."""
    keys = [deal.pk for deal in deals]
    found: dict[int, list[DealRequirement]] = {key: [] for key in keys}
    here = {"requirement": OuterRef("pk"), "deal": OuterRef("deal_key")}
    rows = (
        DealRequirement.objects.filter(kind__deals__in=keys, archived_at__isnull=True)
        .annotate(deal_key=F("kind__deals"))
        .filter(
            ~Exists(DealFile.objects.filter(**here, removed_at__isnull=True)),
            ~Exists(DealWaiver.objects.filter(**here)),
        )
    )
    for row in rows:
        found[row.deal_key].append(row)
    return found


def papers_of(deal: Deal) -> list[Paper]:
    """Every paper asked of a deal, and what answers it; one asked no longer stays while something answers."""
    files: dict[int, list[DealFile]] = {}
    for file in files_of(deal):
        if file.requirement_id:
            files.setdefault(file.requirement_id, []).append(file)
    waivers = {
        one.requirement_id: one
        for one in DealWaiver.objects.filter(deal=deal).select_related("given_by__person")
    }
    papers = [
        Paper(one, files.get(one.pk, []), waivers.get(one.pk))
        for one in DealRequirement.objects.filter(kind=deal.kind_id)
    ]
    return [one for one in papers if one.requirement.archived_at is None or not one.is_missing]


def files_of(deal: Deal, *, removed: bool = False) -> list[DealFile]:
    """The files of a deal, by folder; or those that were set aside."""
    rows = DealFile.objects.filter(deal=deal, removed_at__isnull=not removed)
    return list(rows.select_related("document", "requirement", "added_by__person"))


def reached(moment: str, *, has_quote: bool, is_ready: bool) -> bool:
    """Tells whether a paper of this moment is asked already: before the quote at once, before the invoice as
    soon as a quote is accepted or there is none, before the closing when one closes."""
    if moment == Moment.QUOTE:
        return True
    return moment == Moment.INVOICE and (is_ready or not has_quote)
