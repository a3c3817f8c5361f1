"""Payslips: one PDF dropped, looked at, filed; who opened theirs; one's own (ACC-28)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.forms.pay_files import SlipsForm
from accounting.models import PayMonth, Payslip, PayslipBatch
from accounting.selectors.pay_slips import batches_listed, batches_to_look_at, shown_parts, slips_listed
from accounting.selectors.payroll import pay_months
from accounting.services.pay_slips import drop_slips, file_slips, note_opened, read_slips
from accounting.states.payroll import SlipsState
from accounting.views.pay_tables import pay_tabs
from cae.core.acting import act_now
from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.forms import form_page, refused_at
from cae.core.notices import read_about
from cae.core.permissions import require, requires, signed_in
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, Table, list_page
from cae.core.templatetags.formats import moment
from cae.core.uploads import plain_name
from people.requests import SignedIn


class SlipTable(Table):
    person = LinkColumn(verbose_name=gettext_lazy("Personne"), order_by="person__sort_name")
    month = tables.Column(verbose_name=gettext_lazy("Mois"), order_by="month__first")
    opened_at = tables.Column(
        verbose_name=gettext_lazy("Ouvert"), default=gettext_lazy("pas encore"), order_by="opened_at"
    )

    class Meta(Table.Meta):
        model = Payslip
        fields = ("person", "month", "opened_at")
        order_by = ("-month", "person")

    def render_opened_at(self, value: Any) -> str:
        return moment(value)


class SlipFilters(Filters):
    search = ("person__first_name", "person__last_name", "person__usual_name")
    mois = django_filters.ModelChoiceFilter(
        queryset=lambda _request: PayMonth.objects.all(), field_name="month", label=gettext_lazy("Mois")
    )
    ouvert = django_filters.ChoiceFilter(
        choices=(("oui", gettext_lazy("Ouvert")), ("non", gettext_lazy("Pas encore ouvert"))),
        method="filter_opened",
        label=gettext_lazy("Lecture"),
    )

    class Meta:
        model = Payslip
        fields: tuple[str, ...] = ()

    def filter_opened(self, queryset: QuerySet[Payslip], _name: str, value: str) -> QuerySet[Payslip]:
        return queryset.filter(opened_at__isnull=value == "non")


@requires("accounting.prepare_pay")
def slip_list(request: SignedIn) -> HttpResponse:
    """Every payslip filed, opened or not; a file still to look at is said first."""
    waiting = batches_to_look_at().first()
    add = Action(_("Déposer des bulletins"), reverse("accounting:slips_add"), icon="upload", tone="primary")
    if waiting is not None:
        add = Action(_("Vérifier le fichier déposé"), waiting.get_absolute_url(), tone="primary")
    return list_page(
        request,
        queryset=slips_listed(request.user),
        table=SlipTable,
        filters=SlipFilters,
        page="accounting.payslips",
        title=_("Bulletins de paie"),
        tabs=pay_tabs(request.user, "slip_list"),
        intro=_("Chacun lit le sien dans « Ma paie » ; l’avis qui l’annonce ne le joint jamais."),
        main_action=add,
        empty=EmptyState(
            _("Aucun bulletin classé."), _("Déposez le PDF du mois : il est découpé personne par personne.")
        ),
    )


@requires("accounting.prepare_pay")
def slips_add(request: SignedIn) -> HttpResponse:
    months = pay_months()
    form = SlipsForm(
        request.POST or None,
        request.FILES or None,
        months=PayMonth.objects.order_by("-first"),
        initial={"month": months[0].pk} if months else {},
    )
    back_url = reverse("accounting:slip_list")
    if form.is_valid():
        sent = form.cleaned_data["file"]
        with refused_at(form):
            batch = read_slips(
                form.cleaned_data["month"],
                content=sent.read(),
                name=plain_name(sent.name, otherwise="bulletins.pdf"),
                actor=request.user,
            )
            return redirect(batch)
    title = _("Déposer des bulletins de paie")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Rien n’est classé avant que vous ayez vérifié le découpage."),
        submit=_("Lire le fichier"),
        back_url=back_url,
        crumbs=[(_("Paie"), reverse("accounting:pay_list")), (_("Bulletins"), back_url), (title, "")],
    )


@requires("accounting.prepare_pay")
def slip_batch(request: SignedIn, pk: int) -> HttpResponse:
    """What was found of the file, to look at before anything is filed."""
    batch = _batch(pk)
    context = {
        "batch": batch,
        "parts": shown_parts(batch),
        "is_read": batch.state == SlipsState.READ,
    }
    return render(request, "accounting/payroll/slips.html", context)


@require_POST
@requires("accounting.prepare_pay")
def slips_file(request: SignedIn, pk: int) -> HttpResponse:
    batch = _batch(pk)
    return act_now(
        request,
        lambda: file_slips(batch, actor=request.user),
        done=_("Bulletins classés : chacun est prévenu."),
        back_url=batch.get_absolute_url(),
    )


@require_POST
@requires("accounting.prepare_pay")
def slips_drop(request: SignedIn, pk: int) -> HttpResponse:
    batch = _batch(pk)
    return act_now(
        request,
        lambda: drop_slips(batch, actor=request.user),
        done=_("Fichier abandonné : rien n’est classé."),
        back_url=reverse("accounting:slip_list"),
    )


@signed_in
def payslip_file(request: SignedIn, pk: int) -> HttpResponse:
    """One payslip, for its person or human resources; nobody else knows that it exists."""
    slip = get_object_or_404(Payslip.objects.visible_to(request.user).select_related("document"), pk=pk)
    require(request.user, "accounting.open_payslip", slip.document)
    content = read_document(slip.document)
    note_opened(slip, by=request.user, at=timezone.now())
    read_about(request.user, slip, at=timezone.now())
    return file_shown(content, name=slip.document.name)


def _batch(pk: int) -> PayslipBatch:
    return get_object_or_404(batches_listed(), pk=pk)
