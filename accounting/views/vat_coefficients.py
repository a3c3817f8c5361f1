"""Coefficients of deduction: those decided, and one to decide from the sales of a year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.vat import CoefficientForm
from accounting.selectors.vat_coefficients import sections_offered, turnover_of, vat_coefficients
from accounting.services.vat_coefficients import decide_coefficient
from accounting.states.vat import CoefficientStage
from accounting.views.vat_tables import CoefficientFilters, CoefficientTable, tax_tabs
from cae.core.acting import act_page
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn


@requires("accounting.view_vat")
def coefficient_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=vat_coefficients(),
        table=CoefficientTable,
        filters=CoefficientFilters,
        page="accounting.vat_coefficients",
        title=_("Coefficients de déduction"),
        tabs=tax_tabs("coefficient_list"),
        intro=_("La part de TVA qu’une section déduit quand elle sert à des ventes exonérées."),
        main_action=Action(
            _("Décider un coefficient"),
            reverse("accounting:coefficient_add"),
            right="accounting.keep_vat",
            icon="plus-lg",
            tone="primary",
        ),
        empty=EmptyState(_("Aucun coefficient."), _("Sans coefficient, une section déduit toute sa TVA.")),
    )


@requires("accounting.keep_vat")
def coefficient_add(request: SignedIn) -> HttpResponse:
    """What is proposed: the sales that the returns of last year count, for the shared services."""
    today = timezone.localdate()
    form = CoefficientForm(request.POST or None, initial=_proposed(today.year))
    back_url = reverse("accounting:coefficient_list")
    return act_page(
        request,
        form,
        lambda _typed: decide_coefficient(actor=request.user, **form.told()),
        done=_("Coefficient décidé."),
        back_url=back_url,
        title=_("Décider un coefficient"),
        lead=_("Arrondi au centième supérieur. Le définitif se donne avant le 25 avril de l’année suivante."),
        submit=_("Décider"),
        crumbs=[(_("Coefficients de déduction"), back_url), (_("Décider"), "")],
    )


def _proposed(year: int) -> dict[str, Any]:
    last = turnover_of(year - 1)
    return {
        "year": year,
        "section": sections_offered().first(),
        "stage": CoefficientStage.PROVISIONAL,
        "taxed": last.taxed or None,
        "whole": last.whole or None,
        "on": timezone.localdate(),
    }
