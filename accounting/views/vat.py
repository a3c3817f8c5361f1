"""Pages of VAT returns: the list, one return box by box, its acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.calculations.vat import CORRECTIVE_ABOVE
from accounting.forms.payments import PaidForm
from accounting.forms.vat import FilingForm, PeriodForm, ReasonForm
from accounting.models import VatReturn
from accounting.selectors.vat import (
    Worked,
    boxes_of,
    control_of,
    figures_kept,
    missing_lines,
    next_period,
    vat_returns,
    waiting_since,
    worked,
)
from accounting.selectors.vat_shown import parts_of, reason_words
from accounting.services.vat_returns import (
    file_return,
    open_return,
    pay_return,
    prepare_return,
    reopen_return,
    undo_return,
)
from accounting.states.vat import VatState
from accounting.views.vat_tables import ReturnFilters, ReturnTable, tax_tabs
from cae.core.acting import act_now, act_page
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn

_MISSING_SHOWN = 50


@requires("accounting.view_vat")
def vat_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=vat_returns(),
        table=ReturnTable,
        filters=ReturnFilters,
        page="accounting.vat_returns",
        title=_("Déclarations de TVA"),
        tabs=tax_tabs("vat_list"),
        main_action=Action(
            _("Ouvrir une déclaration"),
            reverse("accounting:vat_open"),
            right="accounting.keep_vat",
            icon="plus-lg",
            tone="primary",
        ),
        empty=EmptyState(
            _("Aucune déclaration."),
            _("Ouvrez la première : les lignes antérieures à sa période restent déclarées ailleurs."),
        ),
    )


@requires("accounting.keep_vat")
def vat_open(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return act_page(
        request,
        PeriodForm(request.POST or None, initial={"month": next_period(today)}),
        lambda typed: open_return(day=typed["month"], today=today, actor=request.user),
        done=_("Déclaration ouverte."),
        goes_to=VatReturn.get_absolute_url,
        back_url=reverse("accounting:vat_list"),
        title=_("Ouvrir une déclaration"),
        lead=_("La première dit d’où part la TVA tenue ici ; les suivantes se suivent sans trou."),
        submit=_("Ouvrir"),
        crumbs=[(_("Déclarations de TVA"), reverse("accounting:vat_list")), (_("Ouvrir"), "")],
    )


@requires("accounting.view_vat")
def vat_return(request: SignedIn, pk: int) -> HttpResponse:
    """The boxes as on the form, what is missing, the control of the accounts."""
    row = _return(pk)
    found = worked(row) if row.state == VatState.DRAFT else None
    figures = found.figures if found is not None else figures_kept(row)
    context = {
        "row": row,
        "tabs": tax_tabs("vat_list"),
        "parts": parts_of(boxes_of(row.form), figures),
        "control": control_of(row, found),
        "late": waiting_since(row),
        "may_act": can(request.user, "accounting.keep_vat"),
        **_lacking(found),
    }
    return render(request, "accounting/vat/return.html", context)


def _lacking(found: Worked | None) -> dict[str, Any]:
    if found is None:
        return {"missing": [], "missing_count": 0, "needs_corrective": False}
    rows = missing_lines(found, most=_MISSING_SHOWN)
    return {
        "missing": [(line, reason_words(why)) for line, why in rows],
        "missing_count": len(found.missing),
        "late_count": found.late_count,
        "late_due": found.late_due,
        "needs_corrective": found.late_due > CORRECTIVE_ABOVE,
    }


@require_POST
@requires("accounting.keep_vat")
def vat_prepare(request: SignedIn, pk: int) -> HttpResponse:
    row = _return(pk)
    return act_now(
        request,
        lambda: prepare_return(row, actor=request.user),
        done=_("Déclaration arrêtée : ses lignes sont comptées, elle est prête à déposer."),
        back_url=row.get_absolute_url(),
    )


@require_POST
@requires("accounting.keep_vat")
def vat_reopen(request: SignedIn, pk: int) -> HttpResponse:
    row = _return(pk)
    return act_now(
        request,
        lambda: reopen_return(row, actor=request.user),
        done=_("Préparation reprise : aucune ligne n’est comptée."),
        back_url=row.get_absolute_url(),
    )


@requires("accounting.keep_vat")
def vat_file(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _return(pk), timezone.localdate()
    form = FilingForm(request.POST or None, request.FILES or None, initial={"filed_on": today})
    return _act(
        request,
        row,
        form,
        lambda _typed: file_return(row, filing=form.filing(), today=today, actor=request.user),
        title=_("Noter le dépôt"),
        lead=_("La déclaration est verrouillée et l’écriture qui solde les comptes de TVA est passée."),
        submit=_("Noter déposée"),
        done=_("Dépôt noté : la déclaration est verrouillée."),
    )


@requires("accounting.keep_vat")
def vat_undo(request: SignedIn, pk: int) -> HttpResponse:
    row = _return(pk)
    return _act(
        request,
        row,
        ReasonForm(request.POST or None),
        lambda typed: undo_return(row, actor=request.user, **typed),
        title=_("Annuler le dépôt"),
        lead=_("L’écriture qui soldait la TVA est contre-passée ; la déclaration se prépare à nouveau."),
        submit=_("Annuler le dépôt"),
        done=_("Dépôt annulé : la déclaration est en préparation."),
        tone="danger",
    )


@requires("accounting.keep_vat")
def vat_pay(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _return(pk), timezone.localdate()
    return _act(
        request,
        row,
        PaidForm(request.POST or None, initial={"on": today}),
        lambda typed: pay_return(row, today=today, actor=request.user, **typed),
        title=_("Noter le paiement"),
        lead=_("Chaque section paie sa part de TVA ; l’écriture de banque est passée à cette date."),
        submit=_("Noter payée"),
        done=_("Paiement noté."),
    )


def _act(request: SignedIn, row: VatReturn, form: Any, run: Any, **words: Any) -> HttpResponse:
    """A form alone on its page, about one return."""
    back_url = row.get_absolute_url()
    crumbs = [
        (_("Déclarations de TVA"), reverse("accounting:vat_list")),
        (str(row), back_url),
        (words["title"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)


def _return(pk: int) -> VatReturn:
    return get_object_or_404(
        vat_returns().select_related("entry__journal", "payment__journal", "proof"), pk=pk
    )
