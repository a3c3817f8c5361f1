"""Journals of the payroll software: received, posted, compared with what was simulated, undone whole."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.forms.pay_files import JournalForm
from accounting.forms.payroll import ReasonForm
from accounting.models import PayJournalImport, PayMonth
from accounting.selectors.pay_files import imports_listed, results_of
from accounting.selectors.payroll import gaps_of, pay_months, still_out
from accounting.services.pay_journals import JournalFile, receive_journal, undo_import
from accounting.states.payroll import ImportState
from accounting.views.pay_tables import pay_tabs
from cae.core.acting import act_page
from cae.core.forms import form_page, refused_at
from cae.core.models import Job
from cae.core.permissions import can, requires
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.uploads import plain_name
from people.requests import SignedIn


class ImportTable(Table):
    pk = LinkColumn(
        verbose_name=gettext_lazy("Journal"), accessor="pk", attrs={"td": {"class": "card-numbered"}}
    )
    month = tables.Column(verbose_name=gettext_lazy("Mois"), order_by="month__first")
    kind = tables.Column(verbose_name=gettext_lazy("Nature"), accessor="get_kind_display", order_by="kind")
    count = tables.Column(
        verbose_name=gettext_lazy("Bulletins"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    cost = MoneyColumn(verbose_name=gettext_lazy("Coût"))
    posted_on = DateColumn(verbose_name=gettext_lazy("Écritures du"))
    created_by = tables.Column(
        verbose_name=gettext_lazy("Reçu par"), order_by="created_by__person__sort_name"
    )
    status = StatusColumn()

    class Meta(Table.Meta):
        model = PayJournalImport
        fields = ("pk", "month", "kind", "count", "cost", "posted_on", "created_by", "status")
        order_by = ("-pk",)


class ImportFilters(Filters):
    mois = django_filters.ModelChoiceFilter(
        queryset=lambda _request: PayMonth.objects.all(), field_name="month", label=gettext_lazy("Mois")
    )
    etat = django_filters.ChoiceFilter(
        field_name="state", choices=ImportState.choices, label=gettext_lazy("État")
    )

    class Meta:
        model = PayJournalImport
        fields: tuple[str, ...] = ()


@requires("accounting.view_pay")
def pay_imports(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=imports_listed(),
        table=ImportTable,
        filters=ImportFilters,
        page="accounting.pay_imports",
        title=_("Journaux de paie reçus"),
        tabs=pay_tabs(request.user, "pay_imports"),
        main_action=Action(
            _("Recevoir un journal"),
            reverse("accounting:pay_import_add"),
            right="accounting.import_pay",
            icon="upload",
            tone="primary",
        ),
        empty=EmptyState(
            _("Aucun journal reçu."),
            _("Le logiciel de paie en donne un par mois : il remplace la simulation."),
        ),
    )


@requires("accounting.import_pay")
def pay_import_add(request: SignedIn) -> HttpResponse:
    """Reads the file; what is wrong stands there. Then it is posted whole, by a job when it is long."""
    months = pay_months()
    start = {"month": months[0].pk, "posted_on": months[0].month.last} if months else {}
    form = JournalForm(
        request.POST or None,
        request.FILES or None,
        months=PayMonth.objects.order_by("-first"),
        initial=start,
    )
    back_url = reverse("accounting:pay_imports")
    if form.is_valid():
        typed, sent = form.cleaned_data, form.cleaned_data["file"]
        with refused_at(form):
            file = JournalFile(
                month=typed["month"],
                kind=typed["kind"],
                posted_on=typed["posted_on"],
                content=sent.read(),
                name=plain_name(sent.name, otherwise="paie.csv"),
            )
            found = receive_journal(file, actor=request.user)
            if isinstance(found, Job):
                return redirect("core:job_detail", found.pk)
            messages.success(request, _("Journal passé en écritures."))
            return redirect(found)
    title = _("Recevoir un journal de paie")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Il est passé en entier, ou pas du tout. Le coût réel remplace alors la simulation."),
        submit=_("Lire et passer en écritures"),
        back_url=back_url,
        crumbs=[(_("Paie"), reverse("accounting:pay_list")), (_("Journaux reçus"), back_url), (title, "")],
    )


@requires("accounting.view_pay")
def pay_import(request: SignedIn, pk: int) -> HttpResponse:
    """What it says of each person, the gap with the simulation, who is still awaited."""
    received = _received(pk)
    results = list(results_of(received))
    posted = received.state == ImportState.POSTED
    context: dict[str, Any] = {
        "received": received,
        "rows": gaps_of(results, timezone.localdate()),
        "still_out": list(still_out(received.month)) if posted else [],
        "reads_books": can(request.user, "accounting.view_ledger"),
        "may_undo": posted and can(request.user, "accounting.import_pay"),
    }
    return render(request, "accounting/payroll/journal.html", context)


@requires("accounting.import_pay")
def pay_import_undo(request: SignedIn, pk: int) -> HttpResponse:
    received = _received(pk)
    title = _("Annuler ce journal")
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda typed: undo_import(received, today=timezone.localdate(), actor=request.user, **typed),
        done=_("Journal annulé : ses écritures sont contre-passées."),
        back_url=received.get_absolute_url(),
        title=title,
        lead=_("Chaque écriture est contre-passée, et les paies attendent de nouveau leur journal."),
        submit=title,
        tone="danger",
        crumbs=[
            (_("Journaux reçus"), reverse("accounting:pay_imports")),
            (str(received), received.get_absolute_url()),
            (title, ""),
        ],
    )


def _received(pk: int) -> PayJournalImport:
    return get_object_or_404(imports_listed(), pk=pk)
