"""Movements of shares, who holds how many as of a day, transfers, shares of before (GOV-02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core.forms import DayField, form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, MoneyColumn, Table, list_page
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from governance.forms.shares import DateForm, EnterSharesForm, TransferForm, UndoForm
from governance.models import ShareClass, ShareMovement
from governance.selectors.share_people import (
    associates_offered,
    classes_offered,
    holders_listed,
    holders_offered,
)
from governance.selectors.share_rules import floor_on
from governance.selectors.shares import movements_listed
from governance.services.share_movements import MoveData, enter_shares, reverse_movement, transfer_shares
from governance.states.register import MovementKind
from governance.views.cells import under
from governance.views.share_bars import Movement, movement_page, share_crumbs, share_tabs
from people.requests import SignedIn

_WHO, _WHAT = {"td": {"class": "card-title"}}, {"td": {"class": "card-line"}}
_NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class MovementTable(Table):
    on = DateColumn()
    kind = tables.Column(attrs=_WHO)
    holder = tables.Column(
        verbose_name=gettext_lazy("Associé·e"),
        empty_values=(),
        order_by=(
            *("receiver__person__sort_name", "receiver__organisation__name"),
            *("giver__person__sort_name", "giver__organisation__name"),
        ),
        exclude_from_export=True,
        attrs=_WHAT,
    )
    giver = tables.Column(visible=False)
    receiver = tables.Column(visible=False)
    share_class = tables.Column(accessor="share_class__code", verbose_name=gettext_lazy("Parts"))
    quantity = tables.Column(verbose_name=gettext_lazy("Nombre"), attrs=_NUM)
    amount = MoneyColumn(verbose_name=gettext_lazy("Valeur nominale"))
    decision = tables.Column(visible=False)
    entry = tables.Column(orderable=False)
    undo = tables.Column(empty_values=(), orderable=False, exclude_from_export=True, verbose_name="")

    class Meta(Table.Meta):
        model = ShareMovement
        row_attrs = {"class": "card-flow"}
        fields = (
            *("on", "kind", "holder", "giver", "receiver", "share_class"),
            *("quantity", "amount", "decision", "entry", "undo"),
        )

    def render_kind(self, record: ShareMovement) -> Any:
        return under(self.value_kind(record), record.decision)

    def value_kind(self, record: ShareMovement) -> str:
        word = record.get_kind_display()
        return _("%(kind)s (annulation)") % {"kind": word} if record.reverses_id else word

    def render_holder(self, record: ShareMovement) -> str:
        """From whom to whom, for a transfer; else the one whose shares come or go."""
        return " → ".join(str(side) for side in (record.giver, record.receiver) if side is not None)

    def render_entry(self, record: ShareMovement) -> Any:
        if not can(self.request.user, "accounting.view_ledger"):
            return str(record.entry)
        url = reverse("accounting:entry", args=[record.entry_id])
        return format_html('<a href="{}">{}</a>', url, record.entry)

    def value_entry(self, record: ShareMovement) -> str:
        return str(record.entry)

    def render_undo(self, record: ShareMovement) -> Any:
        if not may_undo(self.request.user, record):
            return ""
        url = reverse("governance:movement_reverse", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, _("Annuler"))


def may_undo(user: Any, record: Any) -> bool:
    """A bulletin or a refund undoes its own movements; a movement is undone once, and not by whose shares
    these are."""
    is_alone = record.subscription_id is None and record.refund_id is None
    is_done = record.reverses_id is not None or hasattr(record, "reversed_by")
    return is_alone and not is_done and not record.is_own and can(user, "governance.write_shares")


class MovementFilters(Filters):
    search = (
        *("giver__person__first_name", "giver__person__last_name", "giver__person__usual_name"),
        *("receiver__person__first_name", "receiver__person__last_name", "receiver__person__usual_name"),
        *("giver__organisation__name", "receiver__organisation__name"),
        "decision",
    )
    au = django_filters.DateFilter(field_name="on", lookup_expr="lte", label=gettext_lazy("Jusqu’au"))
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Nature"), choices=MovementKind.choices)
    parts = django_filters.ModelChoiceFilter(
        field_name="share_class", label=gettext_lazy("Parts"), queryset=ShareClass.objects.all()
    )

    class Meta:
        model = ShareMovement
        fields = ("au", "kind", "parts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["au"] = DayField(label=_("Jusqu’au"), required=False)


def day_asked(request: HttpRequest) -> date:
    """The day as of which one reads: that of the address, else today."""
    form = DateForm(request.GET)
    return (form.cleaned_data["au"] if form.is_valid() else None) or timezone.localdate()


def capital_words(on: date) -> str:
    """« Capital au 31/12/2025 : 4 940,00 €, pour un minimum de 1 235,00 €. »"""
    floor = floor_on(on)
    told = _("Capital au %(day)s : %(capital)s.") % {"day": shown(on), "capital": money(floor.capital)}
    if floor.part is None:
        return told
    least = _("Minimum : %(least)s (%(part)s du plus haut atteint, %(highest)s).") % {
        "least": money(floor.least),
        "part": floor.part,
        "highest": money(floor.highest),
    }
    return f"{told} {least}"


@requires("governance.view_shares")
def share_movements(request: SignedIn) -> HttpResponse:
    """The movements up to a day, with the capital of that day."""
    return list_page(
        request,
        queryset=movements_listed(request.user),
        table=MovementTable,
        filters=MovementFilters,
        page="governance.share_movements",
        title=_("Parts sociales"),
        intro=capital_words(day_asked(request)),
        tabs=share_tabs(request.user, "share_movements"),
        empty=EmptyState(
            _("Aucun mouvement de parts."), _("Le premier vient d’un bulletin signé, ou des parts d’avant.")
        ),
        main_action=Action(
            _("Noter une cession"), reverse("governance:share_transfer"), right="governance.write_shares"
        ),
    )


class HolderTable(Table):
    number = tables.Column(verbose_name=gettext_lazy("N°"))
    name = LinkColumn(
        verbose_name=gettext_lazy("Détenteur·rice"),
        order_by=("person__sort_name", "organisation__name"),
        attrs=_WHO,
    )
    left_on = DateColumn(visible=False)
    held = tables.Column(verbose_name=gettext_lazy("Parts"), attrs=_NUM)
    worth = MoneyColumn(verbose_name=gettext_lazy("Capital"), total=True)

    class Meta(Table.Meta):
        row_attrs = {"class": "card-flow card-sums"}

    def render_name(self, value: str, record: Any, column: LinkColumn) -> Any:
        left = _("sorti·e le %(day)s") % {"day": shown(record.left_on)} if record.left_on else ""
        return under(column.render(value, record), left)


class HolderFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name", "organisation__name")
    au = django_filters.DateFilter(method="keep", label=gettext_lazy("À la date du"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["au"] = DayField(label=_("À la date du"), required=False)

    def keep(self, queryset: QuerySet[Any], _name: str, _value: date) -> QuerySet[Any]:
        """The rows are those of that day already: the view asked for them."""
        return queryset


@requires("governance.view_shares")
def share_holders(request: SignedIn) -> HttpResponse:
    """Who holds how many shares at the end of a day."""
    on = day_asked(request)
    return list_page(
        request,
        queryset=holders_listed(on),
        table=HolderTable,
        filters=HolderFilters,
        page="governance.share_holders",
        title=_("Détentions de parts"),
        intro=capital_words(on),
        tabs=share_tabs(request.user, "share_holders"),
        empty=EmptyState(_("Personne ne détient de parts à cette date.")),
        main_action=Action(
            _("Entrer des parts d’avant"), reverse("governance:shares_enter"), right="governance.write_shares"
        ),
    )


@requires("governance.write_shares")
def share_transfer(request: SignedIn) -> HttpResponse:
    """Shares go from one to another: what it does is shown first."""
    today, user = timezone.localdate(), request.user
    form = TransferForm(
        request.POST or None,
        givers=holders_offered(today),
        receivers=associates_offered(today),
        classes=ShareClass.objects.all(),
        initial={"on": today},
    )

    def changes(data: Mapping[str, Any]) -> tuple[dict[int, Decimal], date]:
        amount = data["quantity"] * data["share_class"].nominal
        return {data["giver"].pk: -amount, data["receiver"].pk: amount}, data["on"]

    def act(data: Mapping[str, Any]) -> HttpResponse:
        for side in ("giver", "receiver"):
            require(user, "governance.write_shares", data[side])
        transfer_shares(
            data["giver"],
            data["receiver"],
            data=_typed(data),
            actor=user,
            today=today,
            accepted=data["accepted"],
        )
        messages.success(request, _("Cession notée."))
        return redirect("governance:share_movements")

    title = _("Noter une cession")
    back = reverse("governance:share_movements")
    lead = _("Entre associé·es, à la valeur nominale. Le capital ne change pas, ni les livres.")
    page = Movement(title, back, share_crumbs((title, "")), lead, changes, act, ("giver", "receiver"))
    return movement_page(request, form, page)


@requires("governance.write_shares")
def shares_enter(request: SignedIn) -> HttpResponse:
    """Shares subscribed and paid before the register was kept here."""
    today, user = timezone.localdate(), request.user
    form = EnterSharesForm(
        request.POST or None,
        associates=associates_offered(today),
        classes=classes_offered(),
        initial={"on": today, "associate": request.GET.get("associe")},
    )

    def changes(data: Mapping[str, Any]) -> tuple[dict[int, Decimal], date]:
        return {data["associate"].pk: data["quantity"] * data["share_class"].nominal}, data["on"]

    def act(data: Mapping[str, Any]) -> HttpResponse:
        require(user, "governance.write_shares", data["associate"])
        enter_shares(data["associate"], data=_typed(data), actor=user, today=today, accepted=data["accepted"])
        messages.success(request, _("Parts entrées."))
        return redirect("governance:share_holders")

    title = _("Entrer des parts d’avant")
    back = reverse("governance:share_holders")
    lead = _("Parts déjà libérées avant que le registre soit tenu ici : leur capital est dans l’à-nouveau.")
    page = Movement(title, back, share_crumbs((title, "")), lead, changes, act)
    return movement_page(request, form, page)


@requires("governance.write_shares")
def movement_reverse(request: SignedIn, pk: int) -> HttpResponse:
    """A wrong movement is undone by its opposite, never erased."""
    row = get_object_or_404(movements_listed(request.user), pk=pk)
    for one in (row.giver, row.receiver):
        if one is not None:
            require(request.user, "governance.write_shares", one)
    today = timezone.localdate()
    form = UndoForm(request.POST or None, initial={"on": today})
    back = reverse("governance:share_movements")
    if form.is_valid():
        found = form.cleaned_data
        with refused_at(form):
            reverse_movement(row, reason=found["reason"], on=found["on"], actor=request.user, today=today)
            messages.success(request, _("Mouvement annulé par son contraire."))
            return redirect(back)
    title = _("Annuler un mouvement")
    lead = ngettext(
        "%(kind)s du %(day)s : %(count)d part. Le mouvement reste lisible ; un contraire s’y ajoute.",
        "%(kind)s du %(day)s : %(count)d parts. Le mouvement reste lisible ; un contraire s’y ajoute.",
        row.quantity,
    ) % {
        "kind": row.get_kind_display(),
        "day": shown(row.on),
        "count": row.quantity,
    }
    return form_page(
        request,
        form,
        title=title,
        submit=_("Annuler ce mouvement"),
        tone="danger",
        back_url=back,
        crumbs=share_crumbs((title, "")),
        lead=lead,
    )


def _typed(data: Mapping[str, Any]) -> MoveData:
    return MoveData(data["share_class"], data["quantity"], data["on"], data["decision"])
