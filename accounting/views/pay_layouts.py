"""Layouts of variables: built column by column, seen at once on an example, confirmed on a real file."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.calculations.payroll.exporting import LayoutRules, file_of
from accounting.forms.pay_files import LayoutForm, layout_values
from accounting.models import ExportLayout
from accounting.payroll_presets import PRESETS
from accounting.selectors.pay_files import elements_named, layouts, rules_of, sample
from accounting.services.pay_layouts import check_signs, confirm_layout, offer_layout, save_layout
from accounting.views.pay_tables import pay_tabs
from cae.core.acting import act_now
from cae.core.forms import refused_at
from cae.core.permissions import can, requires
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
from people.requests import SignedIn


class LayoutTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Format"))
    encoding = tables.Column(verbose_name=gettext_lazy("Encodage"))
    confirmed_on = DateColumn(verbose_name=gettext_lazy("Essayé le"))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = ExportLayout
        fields = ("name", "encoding", "confirmed_on", "status")
        order_by = ("name",)


class LayoutFilters(Filters):
    search = ("name",)

    class Meta:
        model = ExportLayout
        fields: tuple[str, ...] = ()


@requires("accounting.export_pay")
def pay_layouts(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=layouts(),
        table=LayoutTable,
        filters=LayoutFilters,
        page="accounting.pay_layouts",
        title=_("Formats d’export de paie"),
        tabs=pay_tabs(request.user, "pay_layouts"),
        intro=_("Un format dit au logiciel de paie comment lire les variables du mois."),
        main_action=Action(
            _("Nouveau format"), reverse("accounting:pay_layout_add"), icon="plus-lg", tone="primary"
        ),
        empty=EmptyState(_("Aucun format."), _("Partez d’un modèle, puis essayez-le sur un vrai fichier.")),
    )


@requires("accounting.export_pay")
def pay_layout_add(request: SignedIn) -> HttpResponse:
    """A new layout, from a preset when the address names one."""
    preset = PRESETS.get(request.GET.get("modele", "house"))
    if preset is None:
        raise Http404
    return _form(request, None, layout_values(preset), preset=preset.code)


@requires("accounting.export_pay")
def pay_layout_change(request: SignedIn, pk: int) -> HttpResponse:
    layout = get_object_or_404(ExportLayout, pk=pk)
    return _form(request, layout, layout_values(layout) | {"version": layout.version})


def _form(
    request: SignedIn, layout: ExportLayout | None, initial: dict[str, Any], *, preset: str = ""
) -> HttpResponse:
    """The form, with the file that it makes of an example: « Voir un exemple » keeps nothing."""
    today = timezone.localdate()
    elements = elements_named(today)
    form = LayoutForm(request.POST or None, elements=elements, initial=initial)
    shown = ""
    if form.is_valid():
        with refused_at(form):
            if "apercu" not in request.POST:
                version = form.cleaned_data["version"]
                saved = save_layout(layout, data=form.typed(), actor=request.user, version=version)
                return redirect(saved)
            data = form.typed()
            check_signs(data)
            shown = _example(
                LayoutRules(
                    data.columns,
                    data.codes,
                    data.separator,
                    data.decimal_mark,
                    data.date_shape,
                    data.encoding,
                    data.has_header,
                )
            )
    context = {
        "form": form,
        "layout": layout,
        "shown": shown,
        "presets": [] if layout else list(PRESETS.values()),
        "preset": preset,
        "back_url": layout.get_absolute_url() if layout else reverse("accounting:pay_layouts"),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "accounting/payroll/layout_form.html", context, status=422 if wrong else 200)


def _example(rules: LayoutRules) -> str:
    """The file of invented people, as text."""
    return file_of(rules, sample(timezone.localdate().replace(day=1))).decode(rules.encoding)


@requires("accounting.export_pay")
def pay_layout(request: SignedIn, pk: int) -> HttpResponse:
    """One layout, with the file that it makes."""
    layout = get_object_or_404(ExportLayout, pk=pk)
    words = dict(elements_named(timezone.localdate()))
    context = {
        "layout": layout,
        "example": _example(rules_of(layout)),
        "codes": [(words.get(element, element), code) for element, code in layout.codes.items()],
        "may_change": can(request.user, "accounting.export_pay"),
    }
    return render(request, "accounting/payroll/layout.html", context)


@require_POST
@requires("accounting.export_pay")
def pay_layout_confirm(request: SignedIn, pk: int) -> HttpResponse:
    layout = get_object_or_404(ExportLayout, pk=pk)
    return act_now(
        request,
        lambda: confirm_layout(layout, on=timezone.localdate(), actor=request.user),
        done=_("Format confirmé : un vrai fichier est passé."),
        back_url=layout.get_absolute_url(),
    )


@require_POST
@requires("accounting.export_pay")
def pay_layout_offer(request: SignedIn, pk: int) -> HttpResponse:
    """Withdraws a layout, or proposes it again."""
    layout = get_object_or_404(ExportLayout, pk=pk)
    return act_now(
        request,
        lambda: offer_layout(layout, is_used=not layout.is_used, actor=request.user),
        done=_("Format retiré.") if layout.is_used else _("Format de nouveau proposé."),
        back_url=layout.get_absolute_url(),
    )
