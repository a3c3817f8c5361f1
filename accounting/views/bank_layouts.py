"""Pages of the CSV formats of banks: built with what they read of a file tried."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.calculations.bank_statements import Unreadable
from accounting.forms.bank import LayoutForm
from accounting.models import BankLayout
from accounting.selectors.bank import bank_layouts
from accounting.services.bank_accounts import keep_layout
from accounting.services.bank_importing import fault_words, try_layout
from accounting.views.bank_tables import LayoutFilters, LayoutTable, bank_tabs
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn


@requires("accounting.view_bank")
def bank_layouts_page(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=bank_layouts(),
        table=LayoutTable,
        filters=LayoutFilters,
        page="accounting.bank_layouts",
        title=_("Formats de relevé CSV"),
        tabs=bank_tabs("bank_layouts"),
        main_action=Action(
            _("Ajouter un format"),
            reverse("accounting:bank_layout_add"),
            right="accounting.keep_bank",
            icon="plus-lg",
            tone="primary",
        ),
        empty=EmptyState(
            _("Aucun format."), _("Une banque qui donne du CAMT.053 ou de l’OFX n’en a pas besoin.")
        ),
    )


@requires("accounting.keep_bank")
def bank_layout_add(request: SignedIn) -> HttpResponse:
    return _form(request, None, _("Ajouter un format CSV"))


@requires("accounting.keep_bank")
def bank_layout_change(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(BankLayout, pk=pk)
    return _form(request, row, row.name)


def _form(request: SignedIn, row: BankLayout | None, title: str) -> HttpResponse:
    form = LayoutForm(request.POST or None, request.FILES or None, instance=row)
    tried: dict[str, Any] = {}
    if form.is_valid():
        if request.POST.get("do") == "try":
            tried = _try(form)
        else:
            with refused_at(form):
                keep_layout(row, actor=request.user, **form.typed())
                messages.success(request, _("Format enregistré."))
                return redirect("accounting:bank_layouts")
    back_url = reverse("accounting:bank_layouts")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer le format"),
        back_url=back_url,
        crumbs=[(_("Banque"), reverse("accounting:bank")), (_("Formats CSV"), back_url), (title, "")],
        template="accounting/bank/layout.html",
        **tried,
    )


def _try(form: LayoutForm) -> dict[str, Any]:
    """What the format reads of the file that was sent."""
    sent = form.cleaned_data["sample"]
    if sent is None:
        form.add_error("sample", _("Choisissez un fichier à essayer."))
        return {}
    try:
        lines = try_layout(BankLayout(**form.typed()), sent.read())
    except Unreadable as fault:
        form.add_error("sample", fault_words(fault))
        return {}
    return {"tried": lines[:20], "count": len(lines), "name": sent.name}
