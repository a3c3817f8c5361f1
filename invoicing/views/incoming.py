"""Files received: the tray, the deposit of several at once, what was read of one beside the file (INV-47)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
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
from cae.core.templatetags.formats import money
from invoicing.engines.incoming import ReadInvoice
from invoicing.forms.incoming import AsideForm, AssignForm, DepositForm
from invoicing.models import IncomingFile
from invoicing.models.incoming import IncomingFileQuerySet
from invoicing.selectors.incoming import attachments_of, files_seen, first_seen, purchase_of
from invoicing.selectors.reading_words import doubt_sentences, finding_sentence, why_unreadable
from invoicing.services.incoming import (
    assign_file,
    bring_file_back,
    open_file,
    read_file,
    set_file_aside,
)
from invoicing.services.taking_files import Deposited, deposit_files
from invoicing.states.incoming import WAITING_STATES, FileSource, FileState
from invoicing.states.purchases import EURO
from invoicing.views.finding import activities_to_sell_for
from invoicing.views.mail_in import incoming_tabs
from invoicing.views.tables import activity_column, cells


class SupplierColumn(tables.Column):
    """Who sent it: the supplier that was read, else the sender of the mail; what it asks for, under it."""

    def __init__(self) -> None:
        super().__init__(verbose_name=gettext_lazy("De"), accessor="pk", orderable=False, attrs=cells("clip"))

    def render(self, record: IncomingFile) -> Any:
        read = record.read
        if read is None:
            return record.sender or "—"
        invoice = read.invoice
        under = f"{invoice.number} · {_said(invoice.totals.gross, invoice.currency)}"
        return format_html('{}<span class="under">{}</span>', invoice.seller.shown_name, under)

    def value(self, record: IncomingFile) -> str:
        read = record.read
        return record.sender if read is None else read.invoice.seller.shown_name


class IncomingTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Fichier"), attrs=cells("clip"))
    supplier = SupplierColumn()
    activity = activity_column("wide")
    source = tables.Column(verbose_name=gettext_lazy("Origine"), attrs=cells("wide"))
    received_at = DateColumn(verbose_name=gettext_lazy("Reçu le"))
    status = StatusColumn()

    def value_source(self, record: IncomingFile) -> str:
        return str(record.get_source_display())


class IncomingFilters(Filters):
    search = (
        "name",
        "sender",
        "reading__invoice__seller__name",
        "reading__invoice__seller__trade_name",
        "reading__invoice__number",
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("État"),
        choices=[(WAITING_STATES, gettext_lazy("À traiter")), *FileState.choices],
        empty_label=gettext_lazy("Tous"),
        method="in_state",
    )
    source = django_filters.ChoiceFilter(
        label=gettext_lazy("Origine"), choices=FileSource.choices, empty_label=gettext_lazy("Toutes")
    )
    received_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Reçu"), widget=django_filters.widgets.RangeWidget(attrs={"type": "date"})
    )

    class Meta:
        model = IncomingFile
        fields: list[str] = []

    def in_state(self, rows: IncomingFileQuerySet, _name: str, value: str) -> IncomingFileQuerySet:
        return rows.waiting() if value == WAITING_STATES else rows.filter(state=value)


@requires("invoicing.view_incoming_files")
def incoming_list(request: HttpRequest) -> HttpResponse:
    deposit = Action(
        _("Déposer des fichiers"),
        reverse("invoicing:incoming_deposit"),
        right="invoicing.take_in_files",
        icon="upload",
    )
    return list_page(
        request,
        queryset=files_seen(request.user),
        counted=IncomingFile.objects.visible_to(request.user),
        table=IncomingTable,
        filters=IncomingFilters,
        page="invoicing.incoming",
        title=_("Fichiers reçus"),
        empty=EmptyState(
            _("Aucun fichier reçu."),
            _("Les factures de vos fournisseurs, déposées ou reçues par e-mail, se lisent ici seules."),
            deposit,
        ),
        main_action=deposit,
        tabs=incoming_tabs(request.user, "incoming_list"),
    )


@requires("invoicing.take_in_files")
def incoming_deposit(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, "invoicing.take_in_files")
    alone = str(offered[0].pk) if len(offered) == 1 else ""
    form = DepositForm(
        request.POST or None,
        request.FILES or None,
        activities=offered,
        initial={"form_key": uuid4(), "activity": alone},
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            done = deposit_files(
                form.contents,
                activity=form.activity_chosen,
                form_key=form.cleaned_data["form_key"],
                actor=request.user,
                at=timezone.now(),
            )
            return _after(request, done)
    return form_page(
        request,
        form,
        title=_("Déposer des fichiers"),
        lead=_("Une facture électronique se lit toute seule ; les autres fichiers sont gardés, à saisir."),
        submit=_("Déposer"),
        back_url=reverse("invoicing:incoming_list"),
        crumbs=[(_("Fichiers reçus"), reverse("invoicing:incoming_list")), (_("Déposer"), "")],
    )


def _after(request: HttpRequest, done: Deposited) -> HttpResponse:
    if done.job is not None:
        return redirect("core:job_detail", done.job.pk)
    if len(done.files) == 1:
        return redirect(done.files[0])
    count = len(done.files)
    words = ngettext("%(count)d fichier déposé.", "%(count)d fichiers déposés.", count)
    messages.success(request, words % {"count": count})
    return redirect("invoicing:incoming_list")


@requires("invoicing.view_incoming_files")
def incoming_detail(request: HttpRequest, pk: int) -> HttpResponse:
    file = _find(request, pk)
    read = file.read
    invoice = read.invoice if read else None
    sorts = can(request.user, "invoicing.sort_incoming_file", file)
    context = {
        "file": file,
        "read": read,
        "invoice": invoice,
        "doubts": doubt_sentences(read.warnings, currency=invoice.currency) if read and invoice else [],
        **_sums(invoice),
        "findings": [finding_sentence(one) for one in file.findings or ()],
        "why": why_unreadable(file.reason),
        "first": first_seen(request.user, file),
        "purchase": purchase_of(file),
        "inner": attachments_of(file),
        "sorts": sorts and file.waits,
        "may_open": sorts and file.state == FileState.TO_SORT and read is not None,
        "type_url": _typing_url(request, file) if sorts and file.waits else "",
        "may_bring_back": sorts and file.state == FileState.SET_ASIDE and file.same_as_id is None,
    }
    return render(request, "invoicing/incoming/file.html", context)


def _typing_url(request: HttpRequest, file: IncomingFile) -> str:
    """Where the purchase of this file is typed, for who may."""
    may = can(request.user, "invoicing.create_purchase")
    return reverse("invoicing:purchase_new", query={"fichier": file.pk}) if may else ""


def _sums(invoice: ReadInvoice | None) -> dict[str, str]:
    """The totals as the invoice says them, in its currency."""
    if invoice is None:
        return {}
    figures = {"net": invoice.totals.net, "tax": invoice.tax_total, "gross": invoice.totals.gross}
    return {name: _said(figure, invoice.currency) for name, figure in figures.items()}


def _said(figure: Decimal, currency: str) -> str:
    return str(money(figure)) if currency == EURO else f"{figure} {currency}"


@requires("invoicing.sort_incoming_file")
def incoming_assign(request: HttpRequest, pk: int) -> HttpResponse:
    file = _find(request, pk, right="invoicing.sort_incoming_file")
    form = AssignForm(
        request.POST or None,
        activities=activities_to_sell_for(request, "invoicing.take_in_files"),
        initial={"activity": file.activity_id},
    )

    def run(said: dict[str, Any]) -> None:
        assign_file(file, activity=said["activity"], actor=request.user, on=timezone.localdate())

    return act_page(
        request,
        form,
        run,
        done=_("Fichier rangé."),
        back_url=file.get_absolute_url(),
        crumbs=_crumbs(file, _("Ranger")),
        title=_("Ranger dans une activité"),
        lead=file.name,
        submit=_("Ranger"),
    )


@requires("invoicing.sort_incoming_file")
def incoming_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    file = _find(request, pk, right="invoicing.sort_incoming_file")
    return act_page(
        request,
        AsideForm(request.POST or None),
        lambda said: set_file_aside(file, note=said["note"], actor=request.user),
        done=_("Fichier mis de côté."),
        back_url=file.get_absolute_url(),
        crumbs=_crumbs(file, _("Mettre de côté")),
        title=_("Mettre de côté"),
        lead=file.name,
        submit=_("Mettre de côté"),
    )


@require_POST
@requires("invoicing.sort_incoming_file")
def incoming_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    file = _find(request, pk, right="invoicing.sort_incoming_file")

    def run() -> None:
        back = bring_file_back(file, actor=request.user)
        read_file(back, actor=request.user, on=timezone.localdate())

    return act_now(request, run, done=_("Fichier repris."), back_url=file.get_absolute_url())


@require_POST
@requires("invoicing.sort_incoming_file")
def incoming_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the purchase: of the activity of the file, or a cost of several when it has none."""
    file = _find(request, pk, right="invoicing.sort_incoming_file")
    on = timezone.localdate()

    def run() -> None:
        open_file(file, actor=request.user, on=on)

    return act_now(request, run, done=_("Achat ouvert."), back_url=file.get_absolute_url())


@xframe_options_sameorigin
@requires("invoicing.view_incoming_files")
def incoming_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, inside the page that speaks of it: a PDF or a picture, nothing that could run."""
    file = _find(request, pk)
    if not (file.is_pdf or file.is_picture):
        raise Http404
    document = file.document
    response = file_shown(read_document(document), name=document.name, mime=document.mime)
    response["Content-Security-Policy"] = "frame-ancestors 'self'; script-src 'none'; form-action 'none'"
    return response


def _crumbs(file: IncomingFile, word: str) -> list[tuple[Any, str]]:
    return [
        (_("Fichiers reçus"), reverse("invoicing:incoming_list")),
        (file.name, file.get_absolute_url()),
        (word, ""),
    ]


def _find(request: HttpRequest, pk: int, *, right: str | None = None) -> IncomingFile:
    """Gives a file in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows: IncomingFileQuerySet = files_seen(request.user)
    found: IncomingFile = get_object_or_404(
        rows.select_related("document", "mail", "created_by__person", "activity__scope"), pk=pk
    )
    if right:
        require(request.user, right, found)
    return found
