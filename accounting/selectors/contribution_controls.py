"""Proves the contributions: each working computed again, each amount posted, windows equal to their runs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounting.calculations.contribution.keeping import (
    read_inputs,
    read_year_inputs,
    working_of,
    year_working_of,
)
from accounting.calculations.contribution.working import evaluate
from accounting.calculations.contribution.year_end import close_year
from accounting.models import ContributionRun, EntryLine
from accounting.selectors.levy_controls import taken_as_contribution
from accounting.states.books import AccountRole, AnalyticKind, JournalCode
from accounting.states.contributions import RunKind, RunNature
from cae.core.controls import rows_of
from cae.core.elision import elided
from cae.core.money import ZERO

_CHUNK = 500
_MONEY = DecimalField(max_digits=14, decimal_places=2)
_OTHER_SALES = """
SELECT run.subject, activity.name AS activity
FROM accounting_contributionrun run
JOIN entrepreneurs_activity activity ON activity.id = run.activity_id
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(category, net) AS sales FROM accounting_salemovement movement
    WHERE movement.activity_id = run.activity_id AND movement.document = run.subject
) told
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(category, net::numeric(12, 2)) AS sales
    FROM jsonb_each_text(run.inputs -> 'sales') counted(category, net)
) counted
WHERE run.kind = %(kind)s AND run.nature = %(nature)s AND told.sales IS DISTINCT FROM counted.sales
ORDER BY run.id
"""


def contribution_faults() -> Iterator[str]:
    yield from _working_faults()
    yield from _fact_faults()
    yield from _posting_faults()
    yield from _part_faults()
    yield from _section_faults()


def _working_faults() -> Iterator[str]:
    """The facts of each run, under its scale, give its working again; and its figures when it takes."""
    runs = ContributionRun.objects.select_related("scale", "activity").exclude(nature=RunNature.REVERSE)
    for run in runs.exclude(kind=RunKind.ADVANCE).order_by("pk").iterator(chunk_size=_CHUNK):
        if not run.inputs:
            continue
        if _computed_again(run) != run.working:
            yield _told(
                _("Contribution %(subject)s de %(activity)s : refait, le calcul donne autre chose."), run
            )
        if run.nature == RunNature.TAKE and run.due != Decimal(run.working["due"]):
            yield _told(
                _("Contribution %(subject)s de %(activity)s : le montant n’est pas celui du calcul."), run
            )


def _fact_faults() -> Iterator[str]:
    """The sales from which a document gives are those that its movements say."""
    for row in rows_of(_OTHER_SALES, {"kind": RunKind.DOCUMENT, "nature": RunNature.TAKE}):
        yield (
            _("Contribution %(subject)s de %(activity)s : elle compte d’autres ventes que le document.") % row
        )


def _computed_again(run: ContributionRun) -> dict[str, object]:
    if run.kind == RunKind.YEAR:
        months, taken = read_year_inputs(run.inputs)
        return year_working_of(close_year(run.scale.rule, run.year, months, taken=taken))
    fact, before = read_inputs(run.inputs)
    return working_of(evaluate(run.scale.rule, fact, before))


def _posting_faults() -> Iterator[str]:
    """What the entry charges to the activity is what is due."""
    charged = Sum(
        F("entry__lines__debit") - F("entry__lines__credit"),
        filter=Q(entry__lines__account__role=AccountRole.INTERNAL_CHARGE),
    )
    runs = ContributionRun.objects.select_related("activity").defer("inputs", "working")
    wrong = runs.annotate(charged=Coalesce(charged, Value(ZERO), output_field=_MONEY)).exclude(
        charged=F("due")
    )
    for run in wrong.order_by("pk").iterator(chunk_size=_CHUNK):
        yield _told(_("Contribution %(subject)s de %(activity)s : l’écriture porte un autre montant."), run)


def _part_faults() -> Iterator[str]:
    """The proportional part of a run is the sum of its parts."""
    runs = ContributionRun.objects.select_related("activity").defer("inputs", "working")
    counted = Coalesce(Sum("parts__proportional"), Value(ZERO), output_field=_MONEY)
    for run in runs.annotate(counted=counted).exclude(counted=F("proportional")).order_by("pk"):
        yield _told(_("Contribution %(subject)s de %(activity)s : ses parts ne font pas sa somme."), run)


def _section_faults() -> Iterator[str]:
    """What the books charge to each activity for the cooperative is the sum of its runs, and of the levies on
    the same account; what closes a year charges nothing."""
    of_activity = (
        EntryLine.objects.filter(analytic__kind=AnalyticKind.ACTIVITY)
        .exclude(entry__journal__code=JournalCode.OPENING)
        .order_by()
    )
    booked = dict(
        of_activity.filter(account__role=AccountRole.INTERNAL_CHARGE)
        .values_list("analytic__activity__name")
        .annotate(sum=Sum(F("debit") - F("credit")))
        .order_by()
    )
    given = dict(ContributionRun.objects.values_list("activity__name").annotate(sum=Sum("due")).order_by())
    for name, amount in taken_as_contribution().items():
        given[name] = given.get(name, ZERO) + amount
    for name in sorted(booked.keys() | given.keys()):
        if booked.get(name, ZERO) != given.get(name, ZERO):
            amounts = {"activity": name, "booked": booked.get(name, ZERO), "given": given.get(name, ZERO)}
            said = _("Contribution de %(activity)s : livres %(booked)s €, calculs %(given)s €.")
            yield elided(said, amounts)


def _told(sentence: str, run: ContributionRun) -> str:
    return elided(sentence, {"subject": run.subject, "activity": run.activity.name})
