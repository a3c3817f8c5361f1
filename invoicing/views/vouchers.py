"""Receipts: photographed in a row or dropped, the list of those to complete, the page of one (INV-50)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.errors import Refused
from cae.core.permissions import public, require, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    StatusColumn,
    Table,
    list_page,
)
from invoicing.forms.vouchers import CaptureForm
from invoicing.models import Voucher
from invoicing.selectors.expenses import persons_entered_for, vouchers_visible, vouchers_waiting
from invoicing.services.vouchers import keep_voucher, set_voucher_aside, take_voucher_up
from invoicing.states.expenses import MAX_VOUCHER_BYTES, VoucherSource, VoucherState
from invoicing.views.expense_shown import expense_tabs, own_person, status_of_voucher
from invoicing.views.tables import cells, sees_several
from people.models import Person

# How many of those that wait are shown under the button.
SHOWN = 12


class VoucherStatusColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="state")

    def render(self, record: Voucher) -> Any:
        return super().render(status_of_voucher(record))

    def value(self, record: Voucher, value: Any) -> str:
        return str(record.get_state_display())


class VoucherTable(Table):
    taken_at = DateColumn(verbose_name=gettext_lazy("Pris le"), attrs=cells("one-line"))
    name = LinkColumn(
        verbose_name=gettext_lazy("Justificatif"), accessor="document__name", attrs=cells("clip")
    )
    source = tables.Column(verbose_name=gettext_lazy("Origine"), attrs=cells("wide"))
    activity = tables.Column(
        verbose_name=gettext_lazy("Activité"), accessor="activity__name", attrs=cells("clip", "wide")
    )
    person = tables.Column(
        verbose_name=gettext_lazy("Personne"), order_by="person__sort_name", attrs=cells("clip", "wide")
    )
    state = VoucherStatusColumn()

    def value_source(self, record: Voucher) -> str:
        return str(record.get_source_display())


class OwnVoucherTable(VoucherTable):
    """For who reads their own only."""

    person = None


class VoucherFilters(Filters):
    search = ("document__name", "lines__label", "person__sort_name")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"), choices=VoucherState.choices, empty_label=gettext_lazy("Tous")
    )
    taken_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Pris le"), widget=django_filters.widgets.DateRangeWidget
    )

    class Meta:
        model = Voucher
        fields: list[str] = []


@requires("invoicing.keep_voucher")
def voucher_capture(request: HttpRequest) -> HttpResponse:
    """The page of the camera. A queue sends a file at a time and reads JSON; a form sends all."""
    own = own_person(request)
    people = [own, *persons_entered_for(request.user, timezone.localdate())]
    offered = {str(one.pk): one for one in people}
    form = CaptureForm(
        request.POST or None,
        request.FILES or None,
        persons=[(key, str(one)) for key, one in offered.items()],
        initial={"form_key": uuid4()},
    )
    if request.method == "POST":
        person = offered.get(request.POST.get("person", ""), own)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return _kept_one(request, form, person)
        if form.is_valid() and _kept_all(request, form, person):
            return redirect("invoicing:voucher_capture")
    waiting = vouchers_waiting(own)
    context = {"form": form, "waiting": waiting[:SHOWN], "count": waiting.count(), "owner": request.user.pk}
    status = 422 if form.is_bound else 200
    return render(request, "invoicing/expenses/capture.html", context, status=status)


@public
def voucher_offline(request: HttpRequest) -> HttpResponse:
    """The camera without network: nobody's data; the service worker gives it in the place of the page."""
    return render(request, "invoicing/expenses/capture_offline.html")


@requires("invoicing.view_expenses")
def voucher_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Photographier un justificatif"),
        reverse("invoicing:voucher_capture"),
        right="invoicing.keep_voucher",
        icon="camera",
    )
    return list_page(
        request,
        queryset=vouchers_visible(request.user),
        table=VoucherTable if sees_several(request) else OwnVoucherTable,
        filters=VoucherFilters,
        page="invoicing.vouchers",
        title=_("Justificatifs"),
        empty=EmptyState(
            _("Aucun justificatif pour l’instant."),
            _("Photographiez vos tickets quand vous les avez en main ; complétez-les plus tard."),
            new,
        ),
        main_action=new,
        tabs=expense_tabs("voucher_list"),
    )


@require_POST
@requires("invoicing.keep_voucher")
def voucher_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    voucher = find_voucher(request, pk, right="invoicing.enter_expense")
    if act == "ecarter":
        return act_now(
            request,
            lambda: set_voucher_aside(voucher, actor=request.user),
            done=_("Le justificatif est écarté ; il reste dans la liste."),
            back_url=reverse("invoicing:voucher_list") + f"?state={VoucherState.TO_COMPLETE}",
        )
    return act_now(
        request,
        lambda: take_voucher_up(voucher, actor=request.user),
        done=_("Le justificatif est de nouveau à compléter."),
        back_url=voucher.get_absolute_url(),
    )


def find_voucher(request: HttpRequest, pk: int, *, right: str | None = None) -> Voucher:
    """A receipt in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: Voucher = get_object_or_404(vouchers_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def _kept_one(request: HttpRequest, form: CaptureForm, person: Person) -> JsonResponse:
    """What a queue is told of a file: kept, known already, or refused for good in a sentence."""
    if not form.is_valid():
        words = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"refused": " ".join(words)}, status=422)
    said = form.cleaned_data
    try:
        voucher = _keep(request, said["photos"][0], person, said["form_key"] or uuid4(), said["taken_at"])
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=422)
    return JsonResponse(
        {"url": voucher.get_absolute_url(), "name": str(voucher), "known": voucher.was_known}, status=201
    )


def _kept_all(request: HttpRequest, form: CaptureForm, person: Person) -> bool:
    """Keeps what can be kept; each refusal is said at the field. Tells whether nothing was refused."""
    said, kept = form.cleaned_data, []
    base = said["form_key"] or uuid4()
    for rank, file in enumerate(said["photos"]):
        try:
            kept.append(_keep(request, file, person, uuid5(base, str(rank)), None))
        except Refused as refusal:
            form.add_error("photos", f"{file.name} : {refusal}")
    new = sum(not one.was_known for one in kept)
    if new:
        sentence = ngettext(
            "%(count)d justificatif gardé, à compléter quand vous voulez.",
            "%(count)d justificatifs gardés, à compléter quand vous voulez.",
            new,
        )
        messages.success(request, sentence % {"count": new})
    for one in kept:
        if one.was_known:
            messages.info(request, _("« %(name)s » était déjà gardé : rien n’est doublé.") % {"name": one})
    return not form.errors


def _keep(
    request: HttpRequest, file: Any, person: Person, form_key: UUID, taken_at: datetime | None
) -> Voucher:
    is_photo = str(file.content_type or "").startswith("image/")
    now = timezone.now()
    return keep_voucher(
        file.read(MAX_VOUCHER_BYTES + 1),
        name=file.name or "",
        person=person,
        source=VoucherSource.PHOTO if is_photo else VoucherSource.UPLOAD,
        taken_at=min(taken_at or now, now),
        form_key=form_key,
        actor=request.user,
    )
