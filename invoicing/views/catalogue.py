"""The catalogue: the list, the page of an item, its creation and its changes (INV-06)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, Refused
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, MoneyColumn, Table, list_page
from cae.core.templatetags.ui import status as drawn_status
from entrepreneurs.models import Activity
from invoicing.forms.catalogue import ItemForm, item_typed
from invoicing.models import CatalogueItem
from invoicing.selectors.catalogue import catalogue_visible, families_visible
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.catalogue import (
    archive_item,
    create_item,
    duplicate_item,
    restore_item,
    save_item,
)
from invoicing.services.importing_catalogue import IMPORT_CODE
from invoicing.states.sales import SaleNature
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.shown import import_link, with_undo
from invoicing.views.tables import activities_in_sight, cells

# In the address and in the form: the catalogue of everybody.
SHARED = "commun"


class OwnerColumn(tables.Column):
    """The activity of an item, or « Commun »."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=gettext_lazy("Catalogue"),
            accessor="activity__name",
            order_by="activity__sort_name",
            empty_values=(),
            attrs=cells("clip"),
        )

    def render(self, record: CatalogueItem) -> str:
        return record.activity.name if record.activity else _("Commun")

    def value(self, record: CatalogueItem, value: Any) -> str:
        return self.render(record)


class LabelColumn(LinkColumn):
    """The name of an item, its family and its catalogue under it on a narrow screen."""

    def render(self, value: Any, record: CatalogueItem) -> Any:
        under = " · ".join(filter(None, [record.reference, record.category]))
        link = super().render(value, record)
        return format_html(
            '<span class="item-cell">{}<span>{}<span class="under">{}</span></span></span>',
            _thumbnail(record),
            link,
            under,
        )


def _thumbnail(item: CatalogueItem) -> str:
    """The photo; its name stands beside it. Nothing without one."""
    drawing = '<img class="item-photo" src="{}" alt="" width="40" height="40" loading="lazy">'
    return format_html(drawing, item.photo_address) if item.photo_id else ""


class ItemTable(Table):
    label = LabelColumn(verbose_name=gettext_lazy("Désignation"), order_by="sort_label", attrs=cells("clip"))
    reference = tables.Column(verbose_name=gettext_lazy("Référence"), attrs=cells("one-line", "wide"))
    category = tables.Column(verbose_name=gettext_lazy("Famille"), attrs=cells("clip", "wide"))
    activity = OwnerColumn()
    net_price = MoneyColumn(verbose_name=gettext_lazy("Prix HT"), attrs=cells("num"))
    unit = tables.Column(verbose_name=gettext_lazy("Unité"), attrs=cells("one-line"))
    vat_label = tables.Column(verbose_name=gettext_lazy("TVA"), attrs=cells("clip", "wide"))
    cost = MoneyColumn(verbose_name=gettext_lazy("Coût"), attrs=cells("num", "wide"))
    margin = MoneyColumn(verbose_name=gettext_lazy("Marge"), attrs=cells("num"))

    class Meta(Table.Meta):
        model = CatalogueItem
        fields = (
            "label", "reference", "category", "activity", "net_price", "unit", "vat_label", "cost", "margin",
        )  # fmt: skip


class ItemFilters(Filters):
    search = ("label", "reference", "category", "description")

    category = django_filters.ChoiceFilter(
        label=gettext_lazy("Famille"), choices=[], empty_label=gettext_lazy("Toutes")
    )
    activity = django_filters.ChoiceFilter(
        label=gettext_lazy("Catalogue"), choices=[], empty_label=gettext_lazy("Tous"), method="filter_owner"
    )
    nature = django_filters.ChoiceFilter(
        label=gettext_lazy("Nature"), choices=SaleNature.choices, empty_label=gettext_lazy("Toutes")
    )
    # Archived items stay out of the list until somebody asks for them (`catalogue_list`).
    archived = django_filters.ChoiceFilter(
        label=gettext_lazy("Articles"),
        choices=[("1", gettext_lazy("Archivés"))],
        empty_label=gettext_lazy("Actifs"),
        method="filter_archived",
    )

    class Meta:
        model = CatalogueItem
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is None:
            return
        families = list(families_visible(self.request.user))
        self.filters["category"].extra["choices"] = [(name, name) for name in families]
        owners = [(str(one.pk), one.name) for one in activities_in_sight(self.request)]
        self.filters["activity"].extra["choices"] = [(SHARED, _("Commun")), *owners]

    def filter_owner(self, rows: QuerySet[CatalogueItem], name: str, value: str) -> QuerySet[CatalogueItem]:
        if value == SHARED:
            return rows.filter(activity=None)
        return rows.filter(activity_id=int(value)) if value else rows

    def filter_archived(
        self, rows: QuerySet[CatalogueItem], name: str, value: str
    ) -> QuerySet[CatalogueItem]:
        return rows.filter(archived_at__isnull=not value)


@requires("invoicing.view_catalogue")
def catalogue_list(request: HttpRequest) -> HttpResponse:
    rows = catalogue_visible(request.user, on=timezone.localdate())
    if not request.GET.get("archived"):
        rows = rows.filter(archived_at__isnull=True)
    new = Action(
        _("Nouvel article"), reverse("invoicing:catalogue_new"), right="invoicing.edit_item", icon="plus-lg"
    )
    return list_page(
        request,
        queryset=rows,
        table=ItemTable,
        filters=ItemFilters,
        page="invoicing.catalogue",
        title=_("Catalogue"),
        intro=format_html(
            "{} {}",
            _("Ce que vous vendez, prêt à poser sur une ligne."),
            import_link(request.user, IMPORT_CODE, "invoicing.edit_item"),
        ),
        empty=EmptyState(
            _("Aucun article pour l’instant."),
            _("Un article remplit une ligne de devis ou de facture : nom, prix, taxe, unité."),
            new,
        ),
        main_action=new,
    )


@requires("invoicing.view_catalogue")
def catalogue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find(request, pk)
    context = {
        "item": item,
        "badge": drawn_status("neutral", "✕", _("Archivé")) if item.is_archived else "",
        "may_edit": can(request.user, "invoicing.edit_item", item),
        "may_copy": bool(_owners(request)),
        "margin_rate": item.margin / item.net_price if item.margin is not None and item.net_price else None,
        "gross_price": item.net_price * (1 + item.vat_rate),
    }
    return render(request, "invoicing/item_detail.html", context)


@requires("invoicing.edit_item")
def catalogue_new(request: HttpRequest) -> HttpResponse:
    owner = _chosen_owner(request)
    if owner is None:
        return render(
            request,
            "invoicing/choose_catalogue.html",
            {"offered": _owners(request), "title": _("Nouvel article")},
        )
    activity = owner if isinstance(owner, Activity) else None
    form = _form(request, {"vat_code": "normal", "form_key": uuid4()})
    if form.is_valid():
        with refused_at(form):
            item = create_item(
                activity,
                content=form.content(),
                on=timezone.localdate(),
                actor=request.user,
                photo=form.photo_sent,
                form_key=form.cleaned_data["form_key"],
            )
            messages.success(request, _("« %(label)s » est au catalogue.") % {"label": item.label})
            return redirect(item)
    return form_page(
        request,
        form,
        title=_("Nouvel article"),
        lead=activity.name if activity else _("Catalogue commun : proposé à toutes les activités"),
        submit=_("Enregistrer"),
        back_url=reverse("invoicing:catalogue_list"),
        crumbs=_crumbs((_("Nouvel article"), "")),
        template="invoicing/item_form.html",
        owner=activity.pk if activity else SHARED,
    )


@requires("invoicing.edit_item")
def catalogue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find(request, pk, right="invoicing.edit_item")
    form = _form(request, item_typed(item), has_photo=item.photo_id is not None)
    if form.is_valid():
        with refused_at(form):
            save_item(
                item,
                content=form.content(),
                version=form.cleaned_data["version"] or 0,
                on=timezone.localdate(),
                actor=request.user,
                photo=form.photo_sent,
                without_photo=bool(form.cleaned_data.get("without_photo")),
            )
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(item)
    return form_page(
        request,
        form,
        title=item.label,
        lead=_("Les documents déjà écrits gardent ce qu’ils disent."),
        submit=_("Enregistrer"),
        back_url=item.get_absolute_url(),
        crumbs=_crumbs((item.label, item.get_absolute_url()), (_("Modifier"), "")),
        template="invoicing/item_form.html",
    )


@require_POST
@requires("invoicing.edit_item")
def catalogue_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Copies into the same catalogue when its own may be written, else into the activity in use."""
    item = _find(request, pk)
    activity = item.activity
    if not can(request.user, "invoicing.edit_item", item):
        offered = activities_to_sell_for(request, "invoicing.edit_item")
        activity = chosen_activity(request, offered) or next(iter(offered), None)
        if activity is None:
            raise Forbidden(_("Vous n’avez aucune activité où copier cet article."))
    try:
        copy = duplicate_item(item, activity=activity, on=timezone.localdate(), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(item)
    messages.success(request, _("L’article est copié : changez ce qui diffère."))
    return redirect("invoicing:catalogue_edit", copy.pk)


@require_POST
@requires("invoicing.edit_item")
def catalogue_archive(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find(request, pk, right="invoicing.edit_item")
    archive_item(item, actor=request.user, at=timezone.now())
    sentence = _("« %(label)s » est archivé : il n’est plus proposé sur les lignes.")
    messages.success(request, with_undo(sentence % {"label": item.label}))
    return redirect(item)


@require_POST
@requires("invoicing.edit_item")
def catalogue_restore(request: HttpRequest, pk: int) -> HttpResponse:
    item = _find(request, pk, right="invoicing.edit_item")
    restore_item(item, actor=request.user)
    messages.success(request, _("« %(label)s » est de nouveau proposé.") % {"label": item.label})
    return redirect(item)


def _find(request: HttpRequest, pk: int, *, right: str | None = None) -> Any:
    """An item in sight. Raises Http404 out of sight, Forbidden without the right."""
    found = get_object_or_404(catalogue_visible(request.user, on=timezone.localdate()), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def _form(request: HttpRequest, initial: dict[str, Any], *, has_photo: bool = False) -> ItemForm:
    return ItemForm(
        request.POST or None,
        request.FILES or None,
        rates=list(vat_rates_in_force(timezone.localdate())),
        families=list(families_visible(request.user)),
        has_photo=has_photo,
        initial=initial,
    )


def _owners(request: HttpRequest) -> list[tuple[str, str]]:
    """The catalogues in which this person may write: key in the address, name."""
    own = [(str(one.pk), one.name) for one in activities_to_sell_for(request, "invoicing.edit_item")]
    return [*own, (SHARED, _("Catalogue commun"))] if can(request.user, "invoicing.share_item") else own


def _chosen_owner(request: HttpRequest) -> Activity | str | None:
    """The activity or the shared catalogue that a new item is for; None asks for a choice."""
    named = request.POST.get("activity") or request.GET.get("activite")
    shares = can(request.user, "invoicing.share_item")
    if named == SHARED:
        require(request.user, "invoicing.share_item")
        return SHARED
    offered = activities_to_sell_for(request, "invoicing.edit_item")
    if not offered and not shares:
        raise Forbidden(_("Un article appartient à une activité : vous n’en avez aucune où en créer."))
    if shares and not named:
        return None if offered else SHARED
    return chosen_activity(request, offered)


def _crumbs(*last: tuple[str, str]) -> list[tuple[Any, str]]:
    return [(_("Catalogue"), reverse("invoicing:catalogue_list")), *last]
