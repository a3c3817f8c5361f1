"""What the books themselves look at before a month is closed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.models import ContributionRun, EntryLine, ManualEntry
from accounting.selectors.closing_checks import Missing, register_check
from accounting.selectors.contribution_month import scales_to_compute
from accounting.selectors.controls import last_control
from accounting.selectors.payments import batches_at_bank
from accounting.states.contributions import RunKind
from accounting.states.manual import ManualState
from cae.core.periods import Month
from cae.core.templatetags.formats import money

# Accounts of the class « comptes d’attente »: what nobody has understood yet.
SUSPENSE = "471"


def drafts_left(month: Month) -> Missing | None:
    """Entries by hand dated up to the end of the month, still in preparation."""
    rows = ManualEntry.objects.filter(state=ManualState.DRAFT, on__lte=month.last)
    found = rows.aggregate(count=Count("pk"), since=Min("on"))
    if not found["count"]:
        return None
    sentence = ngettext(
        "%(count)d écriture est encore en préparation.",
        "%(count)d écritures sont encore en préparation.",
        found["count"],
    )
    return Missing(
        sentence=sentence % {"count": found["count"]},
        url=reverse("accounting:manual_list") + f"?etat={ManualState.DRAFT}",
        count=found["count"],
        since=found["since"],
    )


def control_unsound(_month: Month) -> Missing | None:
    """The last control of the books found something."""
    control = last_control()
    if control is None or control.is_sound:
        return None
    count = len(control.faults)
    sentence = ngettext(
        "Le dernier contrôle des livres a trouvé %(count)d anomalie.",
        "Le dernier contrôle des livres a trouvé %(count)d anomalies.",
        count,
    )
    return Missing(
        sentence=sentence % {"count": count},
        url=reverse("accounting:control_list"),
        count=count,
        since=timezone.localdate(control.ended_at),
    )


def contribution_left(month: Month) -> Missing | None:
    """Monthly scales of which nothing was computed, from the first month that the house ever computed on:
    what was booked before elsewhere is not asked for."""
    first = ContributionRun.objects.filter(kind=RunKind.MONTH).aggregate(first=Min("fact_on"))["first"]
    if first is not None and month.last < first:
        return None
    count = scales_to_compute(month.last, str(month)).count()
    if not count:
        return None
    sentence = ngettext(
        "La contribution du mois n’a pas été calculée : %(count)d activité attend.",
        "La contribution du mois n’a pas été calculée : %(count)d activités attendent.",
        count,
    )
    return Missing(
        sentence=sentence % {"count": count},
        url=reverse("accounting:month_preview") + f"?mois={month}",
        count=count,
        since=month.last + timedelta(days=1),
    )


def suspense_left(month: Month) -> Missing | None:
    """What stands in suspense accounts at the end of the month."""
    rows = EntryLine.objects.filter(account__number__startswith=SUSPENSE, on__lte=month.last)
    found = list(
        rows.values("account", "account__number")
        .annotate(left=Sum("debit") - Sum("credit"), since=Min("on"))
        .exclude(left=0)
        .order_by("account__number")
    )
    if not found:
        return None
    left = sum((abs(row["left"]) for row in found), Decimal(0))
    return Missing(
        sentence=_("Le compte d’attente %(account)s n’est pas soldé : %(left)s.")
        % {"account": found[0]["account__number"], "left": money(found[0]["left"])},
        url=reverse("accounting:general_ledger") + f"?compte={found[0]['account']}",
        count=len(found),
        amount=left,
        since=min(row["since"] for row in found),
    )


def transfers_left(month: Month) -> Missing | None:
    """Lots that the bank had to execute in the month, and of which nobody noted what it did."""
    found = batches_at_bank(month.last).aggregate(
        count=Count("pk"), sum=Sum("total"), since=Min("execution_on")
    )
    if not found["count"]:
        return None
    sentence = ngettext(
        "L’exécution de %(count)d lot de virements n’est pas notée.",
        "L’exécution de %(count)d lots de virements n’est pas notée.",
        found["count"],
    )
    return Missing(
        sentence=sentence % {"count": found["count"]},
        url=reverse("accounting:batch_list") + "?etat=released",
        count=found["count"],
        amount=found["sum"],
        since=found["since"],
    )


def register_own_checks() -> None:
    """Called once, when the room starts."""
    register_check(
        "drafts",
        label=gettext_lazy("Écritures en préparation"),
        find=drafts_left,
        blocks=True,
        order=10,
    )
    register_check(
        "control",
        label=gettext_lazy("Contrôle des livres"),
        find=control_unsound,
        blocks=True,
        order=20,
    )
    register_check(
        "contribution",
        label=gettext_lazy("Contribution du mois"),
        find=contribution_left,
        blocks=True,
        order=30,
    )
    register_check("suspense", label=gettext_lazy("Comptes d’attente (471)"), find=suspense_left, order=60)
    register_check("transfers", label=gettext_lazy("Virements exécutés"), find=transfers_left, order=70)
