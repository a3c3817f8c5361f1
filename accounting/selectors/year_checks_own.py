"""What the books themselves look at before a year is closed (ACC-46)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.models import (
    EntryLine,
    FiscalYear,
    Period,
    ResultSharing,
    VatCoefficient,
    VatReturn,
    YearEndRegularisation,
)
from accounting.selectors.bank_todo import unmatched_of
from accounting.selectors.closing_checks import Missing
from accounting.selectors.closing_own import control_unsound, drafts_left, suspense_left, transfers_left
from accounting.selectors.contribution_year import CLOSING_TASK
from accounting.selectors.periods import fiscal_year_of
from accounting.selectors.vat import first_day
from accounting.selectors.year_checks import register_activity_check, register_year_check
from accounting.selectors.year_end import unallocated_before, unclosed_before
from accounting.selectors.year_statements import is_to_review, moved_by_section, standing_of_year
from accounting.states.payroll import ImportState
from accounting.states.periods import PeriodState
from accounting.states.vat import CoefficientStage, VatState
from accounting.states.year_end import StatementState
from cae.core.models import Job, JobState
from cae.core.periods import Month
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.states.agreements import AgreementState


def at_end(find: Callable[[Month], Missing | None]) -> Callable[[FiscalYear], Missing | None]:
    """What a month lacks, asked of the last month of the year."""

    def found(year: FiscalYear) -> Missing | None:
        return find(Month.of(year.ends_on))

    return found


def months_open(year: FiscalYear) -> Missing | None:
    """Months before the last that still receive entries; the last stays open until the result is taken."""
    last = Month.of(year.ends_on)
    closed = (
        Period.objects.filter(year=year).exclude(state=PeriodState.OPEN).values_list("starts_on", flat=True)
    )
    first = Period.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
    begins = Month.of(max(year.starts_on, first or year.starts_on))
    open_months = [month for month in begins.until(last) if month.first not in set(closed) and month != last]
    if not open_months:
        return None
    words = ngettext(
        "%(count)d mois avant le dernier est encore ouvert.",
        "%(count)d mois avant le dernier sont encore ouverts.",
        len(open_months),
    )
    return Missing(words % {"count": len(open_months)}, year.get_absolute_url(), len(open_months))


def former_years_left(year: FiscalYear) -> Missing | None:
    """The result of years before, that nothing took: the closing of this one would take it with its own; or
    that nobody allocated: a loss that stands there is not among those that come first."""
    left = unclosed_before(year)
    if not left:
        if not unallocated_before(year):
            return None
        sentence = _("Un résultat d’avant cet exercice n’est pas affecté : il l’est d’abord.")
        return Missing(sentence, reverse("accounting:allocation_list"))
    former = fiscal_year_of(year.starts_on - timedelta(days=1))
    url = reverse("accounting:year_workbench", args=[f"{former.starts_on:%Y-%m}"]) if former else ""
    sentence = _("Le résultat d’avant cet exercice n’est pas porté : il s’ajouterait au sien.")
    return Missing(sentence, url, len(left))


def contributions_open(year: FiscalYear) -> Missing | None:
    """The contribution of the year, never closed."""
    if _closing_job(year) is not None:
        return None
    url = f"{reverse('accounting:year_preview')}?annee={year.ends_on.year}"
    return Missing(_("La contribution de l’année n’est pas régularisée."), url)


def _closing_job(year: FiscalYear) -> Job | None:
    jobs = Job.objects.filter(task=CLOSING_TASK, state=JobState.DONE, arguments__year=year.ends_on.year)
    return jobs.order_by("-pk").first()


def contribution_failed(year: FiscalYear) -> Mapping[int, Missing]:
    """The activities that the last closing of the contribution could not close."""
    job = _closing_job(year)
    if job is None:
        return {}
    url = reverse("core:job_detail", args=[job.pk])
    return {
        one["id"]: Missing(_("Contribution non régularisée : %(reason)s") % {"reason": one["reason"]}, url)
        for one in job.failures
        if one["id"] is not None
    }


def vat_unfiled_of_year(year: FiscalYear) -> Missing | None:
    """VAT returns of the year, or before, that are not filed; nothing before the first of the house."""
    since = first_day()
    if since is None or year.ends_on < since:
        return None
    rows = VatReturn.objects.filter(starts_on__lte=year.ends_on).exclude(state=VatState.FILED)
    url, count = reverse("accounting:vat_list"), rows.count()
    if count:
        words = ngettext(
            "%(count)d déclaration de TVA n’est pas déposée.",
            "%(count)d déclarations de TVA ne sont pas déposées.",
            count,
        )
        return Missing(words % {"count": count}, url, count)
    if VatReturn.objects.filter(ends_on__gte=year.ends_on).exists():
        return None
    return Missing(_("La TVA de la fin de l’exercice n’a pas de déclaration."), url)


def coefficients_provisional(year: FiscalYear) -> Mapping[int, Missing]:
    """Activities whose coefficient of deduction of the year is not final."""
    own = VatCoefficient.objects.filter(section=OuterRef("section"), year=OuterRef("year"))
    rows = VatCoefficient.objects.filter(
        ~Exists(own.filter(stage=CoefficientStage.FINAL)),
        year=year.ends_on.year,
        section__activity__isnull=False,
    )
    lack = Missing(_("Le coefficient de TVA est encore provisoire."), reverse("accounting:coefficient_list"))
    return dict.fromkeys(rows.values_list("section__activity", flat=True), lack)


def results_unshared(year: FiscalYear) -> Mapping[int, Missing]:
    """Collectives under an agreement at the end of the year, whose result is not shared until then."""
    shared = ResultSharing.objects.filter(
        activity=OuterRef("activity"), is_undone=False, ends_on__gte=year.ends_on
    )
    rows = Agreement.objects.in_force(year.ends_on).filter(~Exists(shared), state=AgreementState.SIGNED)
    sentence = _("Le résultat de l’année n’est pas réparti entre les membres.")
    return {
        key: Missing(sentence, reverse("accounting:sharing_new", args=[key]))
        for key in rows.values_list("activity", flat=True)
    }


def pay_unsettled(year: FiscalYear) -> Mapping[int, Missing]:
    """Activities that paid somebody in the year, whose balance of pay is not computed."""
    computed = YearEndRegularisation.objects.filter(
        activity=OuterRef("analytic__activity"), starts_on=year.starts_on
    )
    rows = EntryLine.objects.filter(
        ~Exists(computed),
        on__range=(year.starts_on, year.ends_on),
        analytic__activity__isnull=False,
        entry__pay_result__received__state=ImportState.POSTED,
    )
    keys = rows.order_by().values_list("analytic__activity", flat=True).distinct()
    lack = Missing(_("Le solde de paie de l’année n’est pas calculé."), reverse("accounting:pay_years"))
    return dict.fromkeys(keys, lack)


def statements_unsigned(year: FiscalYear) -> Mapping[int, Missing]:
    """Activities whose statement is not sent, not accepted, or to be sent again."""
    sent, moved = standing_of_year(year), moved_by_section(year)
    named = Activity.objects.filter(analytic_account__in=list(moved)).values_list("analytic_account", "pk")
    found: dict[int, Missing] = {}
    for section, activity in named:
        row = sent.get(section)
        if row is None:
            found[activity] = Missing(_("Le relevé n’est pas envoyé."), "")
        elif is_to_review(row, moved[section]):
            sentence = _("Des écritures sont passées depuis le relevé : il est à revoir.")
            found[activity] = Missing(sentence, row.get_absolute_url())
        elif row.state == StatementState.TO_SIGN:
            since = timezone.localdate(row.created_at)
            found[activity] = Missing(_("Le relevé attend un accord."), row.get_absolute_url(), since=since)
    return found


def register_own_year_checks() -> None:
    """Called once, when the room starts."""
    house: tuple[tuple[str, Any, Any, bool], ...] = (
        ("months", gettext_lazy("Mois de l’exercice"), months_open, True),
        ("drafts", gettext_lazy("Écritures en préparation"), at_end(drafts_left), True),
        ("control", gettext_lazy("Contrôle des livres"), at_end(control_unsound), True),
        ("former", gettext_lazy("Exercices d’avant"), former_years_left, False),
        ("bank", gettext_lazy("Banque"), at_end(unmatched_of), False),
        ("suspense", gettext_lazy("Comptes d’attente (471)"), at_end(suspense_left), False),
        ("transfers", gettext_lazy("Virements exécutés"), at_end(transfers_left), False),
        ("vat", gettext_lazy("TVA de l’exercice"), vat_unfiled_of_year, False),
        ("contribution", gettext_lazy("Contribution de l’année"), contributions_open, False),
    )
    for rank, (code, label, find, blocks) in enumerate(house, start=1):
        register_year_check(code, label=label, find=find, blocks=blocks, order=10 * rank)
    own: tuple[tuple[str, Any, Any], ...] = (
        ("contribution", gettext_lazy("Contribution"), contribution_failed),
        ("vat", gettext_lazy("TVA"), coefficients_provisional),
        ("sharing", gettext_lazy("Répartition"), results_unshared),
        ("pay", gettext_lazy("Paie"), pay_unsettled),
        ("statement", gettext_lazy("Relevé"), statements_unsigned),
    )
    for rank, (code, label, search) in enumerate(own, start=1):
        register_activity_check(code, label=label, find=search, order=10 * rank)
