"""Mail-in addresses to copy and withdraw; for the accountant, the messages that came (INV-47, INV-50)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.permissions import can, requires
from cae.core.tables import EmptyState, Filters, StatusColumn, Tab, Table, list_page
from cae.core.templatetags import ui
from cae.core.templatetags.formats import moment
from entrepreneurs.models import Activity
from entrepreneurs.selectors.activities import own_activities_of
from invoicing.models import IncomingMail, MailInAddress
from invoicing.selectors.mail_addresses import places_of
from invoicing.services.mail_addresses import make_address, withdraw_address
from invoicing.states.incoming import MailOutcome
from invoicing.views.tables import cells

_SHAPES = {
    MailOutcome.KEPT: ("success", "✔"),
    MailOutcome.STRAY: ("warning", "▲"),
    MailOutcome.EMPTY: ("neutral", "◇"),
    MailOutcome.AUTOMATIC: ("neutral", "■"),
    MailOutcome.TOO_LARGE: ("danger", "✕"),
    MailOutcome.REPORT: ("neutral", "■"),
}


_TABS = (
    ("incoming_list", gettext_lazy("Fichiers reçus"), "invoicing.view_incoming_files"),
    ("mail_in_addresses", gettext_lazy("Adresses de dépôt"), "invoicing.keep_mail_addresses"),
    ("incoming_mails", gettext_lazy("E-mails reçus"), "invoicing.view_incoming_mails"),
)


def incoming_tabs(user: Any, current: str) -> list[Tab]:
    """The neighbouring pages that the person may open."""
    return [
        Tab(label, reverse(f"invoicing:{name}"), current=name == current)
        for name, label, right in _TABS
        if can(user, right)
    ]


@requires("invoicing.keep_mail_addresses")
def address_list(request: HttpRequest) -> HttpResponse:
    context = {
        "places": places_of(request.user, _offered(request)),
        "in_service": bool(settings.MAIL_IN_DOMAIN),
        "tabs": incoming_tabs(request.user, "mail_in_addresses"),
    }
    return render(request, "invoicing/incoming/addresses.html", context)


@require_POST
@requires("invoicing.keep_mail_addresses")
def address_make(request: HttpRequest) -> HttpResponse:
    """For the activity named, else for oneself; a new address takes the place of the former one."""
    named = request.POST.get("activity", "")
    owner: Any = request.user.person  # type: ignore[union-attr]
    if named:
        owner = next((one for one in _offered(request) if str(one.pk) == named), None)
    if owner is None:
        raise Http404
    return act_now(
        request,
        lambda: make_address(owner, actor=request.user),
        done=_("Adresse créée : copiez-la dans vos contacts."),
        back_url=reverse("invoicing:mail_in_addresses"),
    )


@require_POST
@requires("invoicing.keep_mail_addresses")
def address_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(MailInAddress.objects.select_related("person", "activity"), pk=pk)
    if not can(request.user, "invoicing.keep_mail_addresses", address):
        # Somebody else's: it is told to nobody.
        raise Http404
    return act_now(
        request,
        lambda: withdraw_address(address, actor=request.user, at=timezone.now()),
        done=_("Adresse retirée."),
        back_url=reverse("invoicing:mail_in_addresses"),
    )


def _offered(request: HttpRequest) -> list[Activity]:
    """One's own activities, where one sells."""
    mine = own_activities_of(request.user)
    return [one for one in mine if can(request.user, "invoicing.keep_mail_addresses", one)]


class MailOutcomeColumn(StatusColumn):
    def __init__(self) -> None:
        super().__init__(accessor="outcome", verbose_name=gettext_lazy("Suite"))

    def render(self, record: IncomingMail) -> Any:
        return ui.status(*_SHAPES[MailOutcome(record.outcome)], record.get_outcome_display())

    def value(self, record: IncomingMail, value: Any) -> str:
        return str(record.get_outcome_display())


class MailTable(Table):
    subject = tables.Column(verbose_name=gettext_lazy("Objet"), attrs=cells("clip"))
    sender = tables.Column(verbose_name=gettext_lazy("De"), attrs=cells("clip"))
    address = tables.Column(verbose_name=gettext_lazy("Pour"), orderable=False, attrs=cells("clip", "wide"))
    kept = tables.Column(verbose_name=gettext_lazy("Gardées"), attrs=cells("num"))
    left_out = tables.Column(verbose_name=gettext_lazy("Laissées"), orderable=False, attrs=cells("wide"))
    received_at = tables.Column(verbose_name=gettext_lazy("Reçu le"))
    outcome = MailOutcomeColumn()

    def render_received_at(self, value: Any) -> str:
        return moment(value)

    def render_left_out(self, value: str) -> str:
        return ", ".join(value.splitlines())


class MailFilters(Filters):
    search = ("subject", "sender", "recipient")
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("Suite"), choices=MailOutcome.choices, empty_label=gettext_lazy("Toutes")
    )

    class Meta:
        model = IncomingMail
        fields: list[str] = []


@requires("invoicing.view_incoming_mails")
def mail_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=IncomingMail.objects.select_related("address__person", "address__activity"),
        table=MailTable,
        filters=MailFilters,
        page="invoicing.incoming_mails",
        title=_("E-mails reçus"),
        empty=EmptyState(
            _("Aucun e-mail reçu."),
            _("Ce qui arrive aux adresses de dépôt se lit ici ; les pièces sont dans « Fichiers reçus »."),
        ),
        tabs=incoming_tabs(request.user, "incoming_mails"),
    )
