"""The declarations made before hiring: their list, one and its receipt (ENT-37)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, Refused
from cae.core.forms import refused_at
from cae.core.permissions import requires
from cae.core.tab_bars import HUMAN_RESOURCES, tabs_of
from cae.core.tables import DateColumn, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from entrepreneurs.forms.register import DeclareForm, ReceiptForm
from entrepreneurs.models import HiringDeclaration
from entrepreneurs.selectors.register import declarations_listed
from entrepreneurs.services import register as verbs
from entrepreneurs.states.register import DECLARATION_FLOW, DeclarationState
from people.requests import SignedIn


class DeclarationTable(Table):
    entry = LinkColumn(verbose_name=gettext_lazy("Personne"), order_by=("entry__last_name",))
    due_on = DateColumn()
    made_on = DateColumn(default="—")
    receipt = tables.Column(default="—")
    state = StatusColumn()

    class Meta(Table.Meta):
        model = HiringDeclaration
        fields = ("entry", "due_on", "made_on", "receipt", "state")


class DeclarationFilters(Filters):
    search = ("entry__last_name", "entry__first_name", "receipt")

    class Meta:
        model = HiringDeclaration
        fields = ("state",)


@requires("entrepreneurs.view_register")
def hiring_list(request: SignedIn) -> HttpResponse:
    """The declarations, those to make first by their date."""
    return list_page(
        request,
        queryset=declarations_listed(),
        table=DeclarationTable,
        filters=DeclarationFilters,
        page="entrepreneurs.hirings",
        title=_("Déclarations à l’embauche"),
        intro=_("À faire avant le premier jour de travail (Code du travail, L1221-10)."),
        tabs=tabs_of(request.user, HUMAN_RESOURCES, "entrepreneurs:hiring_list"),
        empty=EmptyState(_("Aucune déclaration."), _("Chaque embauche inscrite en demande une.")),
    )


@requires("entrepreneurs.declare_hiring")
def hiring_declare(request: SignedIn, pk: int) -> HttpResponse:
    """The receipt of a declaration, or why there is none to make."""
    row = get_object_or_404(HiringDeclaration.objects.select_related("entry__person"), pk=pk)
    may_attach = row.state == DeclarationState.DONE and row.proof is None
    make = ReceiptForm if may_attach else DeclareForm
    form = make(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            _declare(request, row, form.cleaned_data, attach=may_attach)
            messages.success(request, _("C’est noté."))
            return redirect("entrepreneurs:hiring_list")
    context = {
        "row": row,
        "form": form,
        "moves": DECLARATION_FLOW.moves_open_to(request.user, row),
        "may_attach": may_attach,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "entrepreneurs/hiring_declare.html", context, status=status)


def _declare(request: SignedIn, row: HiringDeclaration, data: dict[str, Any], *, attach: bool) -> None:
    file = data.pop("proof")
    proof = {"proof": file.read(), "proof_name": file.name} if file else {}
    if attach:
        verbs.attach_receipt(row, **proof, actor=request.user)
        return
    if request.POST.get("do") == "cancel":
        verbs.cancel_declaration(row, note=data["note"], actor=request.user)
        return
    if data["made_on"] is None:
        raise Refused(Code.VALUE_MISSING, _("Indiquez le jour de la déclaration."), field="made_on")
    verbs.declare_hiring(row, **data, **proof, actor=request.user, on=timezone.localdate())
