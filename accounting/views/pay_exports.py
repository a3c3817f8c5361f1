"""Files of variables: prepared, downloaded, sent again under another number."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.forms.pay_files import ExportForm
from accounting.models import PayExport, PayMonth
from accounting.selectors.pay_files import entries_of, exports_listed, layouts_offered
from accounting.selectors.payroll import pay_months
from accounting.services.pay_exports import export_pay, resend_export
from accounting.views.pay_tables import pay_tabs
from cae.core.acting import act_page
from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, Table, list_page
from people.requests import SignedIn


class ExportTable(Table):
    number = LinkColumn(verbose_name=gettext_lazy("Envoi"), accessor="number")
    month = tables.Column(verbose_name=gettext_lazy("Mois"), order_by="month__first")
    layout = tables.Column(verbose_name=gettext_lazy("Format"), order_by="layout__name")
    line_count = tables.Column(
        verbose_name=gettext_lazy("Lignes"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    sent_at = DateColumn(verbose_name=gettext_lazy("Préparé le"))
    sent_by = tables.Column(verbose_name=gettext_lazy("Préparé par"), order_by="sent_by__person__sort_name")
    replaced_by = tables.Column(verbose_name=gettext_lazy("Remplacé par"), orderable=False, default="—")

    class Meta(Table.Meta):
        model = PayExport
        fields = ("number", "month", "layout", "line_count", "sent_at", "sent_by", "replaced_by")
        order_by = ("-number",)


class ExportFilters(Filters):
    mois = django_filters.ModelChoiceFilter(
        queryset=lambda _request: PayMonth.objects.all(), field_name="month", label=gettext_lazy("Mois")
    )

    class Meta:
        model = PayExport
        fields: tuple[str, ...] = ()


@requires("accounting.export_pay")
def pay_exports(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=exports_listed(),
        table=ExportTable,
        filters=ExportFilters,
        page="accounting.pay_exports",
        title=_("Envois en paie"),
        tabs=pay_tabs(request.user, "pay_exports"),
        main_action=Action(
            _("Préparer un envoi"), reverse("accounting:pay_export_add"), icon="plus-lg", tone="primary"
        ),
        empty=EmptyState(_("Aucun envoi."), _("Un envoi porte les paies contrôlées d’un mois.")),
    )


@requires("accounting.export_pay")
def pay_export_add(request: SignedIn) -> HttpResponse:
    """What is checked and was never sent leaves in one file."""
    months = pay_months()
    form = ExportForm(
        request.POST or None,
        months=PayMonth.objects.order_by("-first"),
        layouts=layouts_offered(),
        initial={"month": months[0].pk if months else None},
    )
    back_url = reverse("accounting:pay_exports")
    if form.is_valid():
        with refused_at(form):
            export = export_pay(**form.cleaned_data, actor=request.user)
            messages.success(request, _("%(export)s prêt : téléchargez-le.") % {"export": export})
            return redirect(export)
    title = _("Préparer un envoi")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Les paies contrôlées du mois qui ne sont pas encore parties."),
        submit=_("Préparer le fichier"),
        back_url=back_url,
        crumbs=[(_("Paie"), reverse("accounting:pay_list")), (_("Envois"), back_url), (title, "")],
    )


@requires("accounting.export_pay")
def pay_export(request: SignedIn, pk: int) -> HttpResponse:
    export = _export(pk)
    context: dict[str, Any] = {
        "export": export,
        "entries": list(entries_of(export)),
        "later": getattr(export, "replaced_by", None),
    }
    return render(request, "accounting/payroll/export.html", context)


@requires("accounting.export_pay")
def pay_export_again(request: SignedIn, pk: int) -> HttpResponse:
    """The same people under a new number: payroll forgets the former file."""
    export = _export(pk)
    form = ExportForm(
        request.POST or None, months=None, layouts=layouts_offered(), initial={"layout": export.layout_id}
    )
    title = _("Envoyer de nouveau")
    return act_page(
        request,
        form,
        lambda typed: resend_export(export, actor=request.user, **typed),
        done=_("Nouvel envoi prêt : il remplace le précédent."),
        back_url=export.get_absolute_url(),
        goes_to=reverse("accounting:pay_exports"),
        title=title,
        lead=_("Les mêmes personnes partent sous un nouveau numéro, qui remplace celui-ci."),
        submit=title,
        crumbs=[
            (_("Envois"), reverse("accounting:pay_exports")),
            (str(export), export.get_absolute_url()),
            (title, ""),
        ],
    )


def _export(pk: int) -> PayExport:
    return get_object_or_404(exports_listed().select_related("document"), pk=pk)
