"""Certificates of closings: what the books hold of a period, and whether each certificate still tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Max, Min, Sum
from django.utils.translation import gettext as _

from accounting.calculations.closings import Certificate, JournalSums, PeriodSums, sums_kept
from accounting.models import Closing, Entry, Period
from accounting.states.periods import ClosingKind, PeriodState
from cae.core.models import Document
from cae.core.money import ZERO
from cae.core.numbering import link
from cae.core.periods import Month

CLOSING_FILE = "accounting.closing_file"


def sums_of(start: date, end: date) -> PeriodSums:
    """What the books hold now of these days, both included, and since their beginning."""
    moved = list(
        Entry.objects.filter(on__range=(start, end))
        .order_by("journal__code")
        .values("journal__code", "journal")
        .annotate(count=Count("pk"), sum=Sum("total"), first=Min("number"), last=Max("number"))
    )
    last = Entry.objects.filter(on__range=(start, end)).order_by("journal", "-number").distinct("journal")
    seals = dict(last.values_list("journal", "seal"))
    ever = Entry.objects.filter(on__lte=end).aggregate(count=Count("pk"), sum=Sum("total"))
    return PeriodSums(
        journals=tuple(
            JournalSums(
                row["journal__code"],
                row["count"],
                row["sum"],
                row["first"],
                row["last"],
                seals[row["journal"]],
            )
            for row in moved
        ),
        perpetual_count=ever["count"],
        perpetual_total=ever["sum"] or ZERO,
    )


def certificate_of(closing: Closing) -> Certificate:
    """The facts that the seal of a certificate covers."""
    return Certificate(
        number=closing.number,
        kind=closing.kind,
        starts_on=closing.starts_on,
        ends_on=closing.ends_on,
        sums=_kept(closing),
        remarks=closing.remarks,
        author=closing.closed_by_id,
        at=closing.closed_at,
    )


def _kept(closing: Closing) -> PeriodSums:
    return sums_kept(
        closing.journals,
        perpetual_count=closing.perpetual_count,
        perpetual_total=closing.perpetual_total,
    )


def closings_of_month(month: Month) -> list[Closing]:
    """The certificates of a month, the latest first: one each time it was closed."""
    rows = Closing.objects.select_related("closed_by").filter(kind=ClosingKind.MONTH)
    return list(rows.filter(starts_on=month.first))


def closing_of_year(start: date) -> Closing | None:
    rows = Closing.objects.select_related("closed_by").filter(kind=ClosingKind.YEAR)
    return rows.filter(starts_on=start).first()


def files_of(closings: list[Closing]) -> dict[int, Document]:
    """The printed certificates, by the key of each."""
    keys = [str(closing.pk) for closing in closings]
    rows = Document.objects.filter(
        about_type=Closing._meta.label_lower, about_id__in=keys, kind=CLOSING_FILE
    ).order_by("pk")
    return {int(row.about_id): row for row in rows}


def certificate_faults() -> Iterator[str]:
    """Certificates out of their chain."""
    previous, expected = "", 1
    for closing in Closing.objects.order_by("number").iterator(chunk_size=200):
        if closing.number != expected:
            yield _("Clôtures : le certificat n° %(number)d manque.") % {"number": expected}
        sealed = link(closing.previous_seal, certificate_of(closing).canonical())
        if closing.seal != sealed or closing.previous_seal != previous:
            yield _("Clôtures : le certificat n° %(number)d a été modifié.") % {"number": closing.number}
        previous, expected = closing.seal, closing.number + 1


def closing_faults() -> Iterator[str]:
    """Certificates out of their chain, then months closed whose books no longer say what was certified."""
    yield from certificate_faults()
    months = Closing.objects.filter(kind=ClosingKind.MONTH).order_by("number")
    latest = {closing.starts_on: closing for closing in months}
    for period in Period.objects.exclude(state=PeriodState.OPEN).order_by("starts_on"):
        found = latest.get(period.starts_on)
        if found is None:
            yield _("Clôtures : le mois de %(month)s est clos sans certificat.") % {"month": period}
        elif sums_of(found.starts_on, found.ends_on) != _kept(found):
            yield _("Clôtures : les livres de %(month)s ne disent plus ce que le certificat a constaté.") % {
                "month": period
            }
