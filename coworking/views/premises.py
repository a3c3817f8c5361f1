"""Shared premises, and the keys, badges and codes of a place (COW-06, COW-07)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from cae.core.templatetags.formats import money
from coworking.forms.money import RefundForm
from coworking.forms.places import paper_of
from coworking.forms.premises import CostForm, ItemForm, LoanEndForm, LoanForm, SeeOutForm, TenancyForm
from coworking.models import AccessItem, AccessLoan, Place, PremisesCost, Tenancy
from coworking.selectors.premises import (
    costs_of,
    items_of,
    items_to_lend,
    loans_over,
    persons_of_place,
    present_on,
    tenancies_of,
)
from coworking.services import keys, premises
from coworking.states.places import LOAN_FLOW
from coworking.views.place_frame import place_form, place_found, place_page, version_in
from people.requests import SignedIn

_READS, _KEEPS = "coworking.read_premises", "coworking.keep_premises"


@requires("coworking.read_premises")
def premises_page(request: SignedIn, pk: int) -> HttpResponse:
    """Who shares the premises, and what was shared."""
    place = place_found(request, pk, _READS)
    present = list(present_on(place, timezone.localdate()))
    return place_page(
        request,
        place,
        "coworking/places/premises.html",
        "coworking:premises",
        present=present,
        whole=sum(one.weight for one in present),
        others=[one for one in tenancies_of(place) if one not in present],
        costs=costs_of(place),
        may_share=can(request.user, _KEEPS, place),
    )


@requires("coworking.keep_premises")
def tenancy_begin(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _KEEPS)
    persons = persons_of_place(request.user, place)
    form = TenancyForm(request.POST or None, request.FILES or None, persons=persons)
    if form.is_valid():
        with refused_at(form):
            lease = paper_of(form, "paper")
            premises.let_in(place, data=form.typed(), lease=lease, actor=request.user)
            messages.success(request, _("Occupant inscrit."))
            return redirect("coworking:premises", place.pk)
    return place_form(request, form, place, title=_("Inscrire un occupant"), back=_premises(place))


@requires("coworking.keep_premises")
def tenancy_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Tenancy.objects.select_related("place__scope"), pk=pk)
    require(request.user, _KEEPS, row)
    form = SeeOutForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            last_day = form.cleaned_data["last_day"]
            premises.see_out(row, last_day=last_day, version=version_in(request), actor=request.user)
            messages.success(request, _("Départ noté."))
            return redirect("coworking:premises", row.place_id)
    title = _("Départ de %(name)s") % {"name": row}
    return place_form(request, form, row.place, title=title, back=_premises(row.place), row=row)


@requires("coworking.keep_premises")
def cost_share(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _KEEPS)
    form = CostForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            premises.share_cost(place, data=form.typed(), actor=request.user)
            messages.success(request, _("Coût réparti entre les occupants."))
            return redirect("coworking:premises", place.pk)
    return place_form(
        request, form, place, title=_("Répartir un coût"), submit=_("Répartir"), back=_premises(place)
    )


@require_POST
@requires("coworking.keep_premises")
def cost_take_back(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(PremisesCost.objects.select_related("place__scope"), pk=pk)
    require(request.user, _KEEPS, row)
    with refused_above(request):
        premises.take_cost_back(row, actor=request.user)
        messages.success(request, _("Coût repris : il peut être réparti de nouveau."))
    return redirect("coworking:premises", row.place_id)


@requires("coworking.read_premises")
def key_list(request: SignedIn, pk: int) -> HttpResponse:
    """What opens the doors, who holds it, what came back."""
    place = place_found(request, pk, _READS)
    return place_page(
        request,
        place,
        "coworking/places/keys.html",
        "coworking:keys",
        items=items_of(place).filter(archived_at__isnull=True),
        over=loans_over(place)[:50],
        today=timezone.localdate(),
        may_lend=can(request.user, _KEEPS, place),
    )


@requires("coworking.keep_premises")
def key_add(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _KEEPS)
    form = ItemForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            keys.add_item(place, data=form.typed(), actor=request.user)
            messages.success(request, _("Ajouté : cela peut se prêter."))
            return redirect("coworking:keys", place.pk)
    title = _("Ajouter une clé, un badge ou un code")
    return place_form(request, form, place, title=title, submit=_("Ajouter"), back=_keys(place))


@require_POST
@requires("coworking.keep_premises")
def key_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    item = get_object_or_404(AccessItem.objects.select_related("place__scope"), pk=pk)
    require(request.user, _KEEPS, item)
    with refused_above(request):
        keys.withdraw_item(item, actor=request.user)
        messages.success(request, _("Retiré : il ne se prête plus."))
    return redirect("coworking:keys", item.place_id)


@requires("coworking.keep_premises")
def key_lend(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, _KEEPS)
    items = items_to_lend(place)
    chosen = items.filter(pk=key_in(request.GET.get("cle", ""))).first()
    form = LoanForm(
        request.POST or None,
        items=items,
        persons=persons_of_place(request.user, place),
        initial={"item": chosen, "deposit": chosen.deposit if chosen else None},
    )
    if form.is_valid():
        with refused_at(form):
            loan = keys.lend(form.cleaned_data["item"], data=form.typed(), actor=request.user)
            messages.success(request, _("« %(item)s » est prêté.") % {"item": loan.item})
            return redirect("coworking:keys", place.pk)
    return place_form(request, form, place, title=_("Prêter"), submit=_("Prêter"), back=_keys(place))


@requires("coworking.keep_premises")
def loan_end(request: SignedIn, pk: int) -> HttpResponse:
    """Given back, or lost."""
    loan = get_object_or_404(AccessLoan.objects.select_related("item__place__scope", "person"), pk=pk)
    require(request.user, _KEEPS, loan)
    form = LoanEndForm(request.POST or None, loan=loan)
    if form.is_valid():
        with refused_at(form):
            if request.POST.get("do") == "lose":
                keys.lose(loan, **form.cleaned_data, actor=request.user)
                messages.success(request, _("Perte notée : cela ne se prête plus."))
            else:
                form.cleaned_data.pop("price", None)
                keys.give_back(loan, **form.cleaned_data, actor=request.user)
                messages.success(request, _("Retour noté."))
            return redirect("coworking:keys", loan.item.place_id)
    return place_form(
        request,
        form,
        loan.item.place,
        title=_("Retour de « %(item)s »") % {"item": loan.item},
        back=_keys(loan.item.place),
        template="coworking/places/loan_end.html",
        loan=loan,
        moves={move.name for move in LOAN_FLOW.moves_open_to(request.user, loan)},
    )


@requires("coworking.keep_premises")
def loan_refund(request: SignedIn, pk: int) -> HttpResponse:
    """What was kept of a deposit and is not billed yet is given back after all."""
    loan = get_object_or_404(AccessLoan.objects.select_related("item__place__scope", "person"), pk=pk)
    require(request.user, _KEEPS, loan)
    form = RefundForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            keys.refund(loan, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Caution rendue."))
            return redirect("coworking:keys", loan.item.place_id)
    title = _("Rendre la caution de « %(item)s »") % {"item": loan.item}
    lead = _("%(amount)s gardés, pas encore facturés : la ligne à facturer est abandonnée.") % {
        "amount": money(loan.kept)
    }
    back = _keys(loan.item.place)
    return place_form(request, form, loan.item.place, title=title, lead=lead, submit=_("Rendre"), back=back)


def _premises(place: Place) -> tuple[str, str]:
    return _("Locaux partagés"), reverse("coworking:premises", args=[place.pk])


def _keys(place: Place) -> tuple[str, str]:
    return _("Clés et badges"), reverse("coworking:keys", args=[place.pk])
