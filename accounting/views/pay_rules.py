"""« Règles de paie »: versions kept with the program, our corrections, what they say this month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.simulation import MonthForm, OverrideEndForm
from accounting.models import PayrollOverride, PayrollRuleset
from accounting.selectors.pay_rules import official_values, rules_of, situation_of, warning_of
from accounting.services.pay_rules import close_override, put_in_force
from cae.core.acting import act_page
from cae.core.periods import Month
from cae.core.permissions import requires

_YEARS_AHEAD = 1


@requires("accounting.view_pay_rules")
def pay_rules(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rules = rules_of(Month.of(today))
    context = {
        "rulesets": PayrollRuleset.objects.select_related("decided_by__person"),
        "overrides": [
            {"row": one, "open": one.ends_on is None or one.ends_on >= today}
            for one in PayrollOverride.objects.all()
        ],
        "rules": rules,
        "values": official_values(rules, situation_of(today)),
        "warning": warning_of(rules, today),
        "month": Month.of(today).first,
    }
    return render(request, "accounting/simulation/rules.html", context)


@requires("accounting.change_pay_rules")
def ruleset_start(request: HttpRequest, pk: int) -> HttpResponse:
    row, today = get_object_or_404(PayrollRuleset, pk=pk), timezone.localdate()
    title = _("Mettre en vigueur les règles %(version)s") % {"version": row.version}
    return act_page(
        request,
        MonthForm(request.POST or None, months=_months(Month.of(today))),
        lambda typed: put_in_force(
            row, first_month=Month.parse(typed["first_month"]), today=today, actor=request.user
        ),
        done=_("Règles %(version)s mises en vigueur.") % {"version": row.version},
        back_url=reverse("accounting:pay_rules"),
        title=title,
        submit=_("Mettre en vigueur"),
        crumbs=_crumbs(),
        lead=_("Les paies simulées à partir de ce mois suivront cette version, pour de bon."),
    )


@requires("accounting.change_pay_rules")
def override_end(request: HttpRequest, pk: int) -> HttpResponse:
    row, today = get_object_or_404(PayrollOverride, pk=pk), timezone.localdate()
    return act_page(
        request,
        OverrideEndForm(request.POST or None, months=_months(Month.of(today).previous())),
        lambda typed: close_override(
            row,
            last_month=Month.parse(typed["last_month"]),
            today=today,
            reason=typed["reason"],
            actor=request.user,
        ),
        done=_("Correction arrêtée."),
        back_url=reverse("accounting:pay_rules"),
        title=_("Arrêter une correction des règles"),
        submit=_("Enregistrer le dernier mois"),
        crumbs=_crumbs(),
        lead=row.label,
    )


def _months(first: Month) -> list[Month]:
    last = Month(first.year + _YEARS_AHEAD, first.month)
    return list(first.until(last))


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Règles de paie"), reverse("accounting:pay_rules"))]
