"""Every mail that was written: to whom, why, what became of it; the failed ones leave again (CAE-07)."""

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.apps import apps
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from cae.core import facts, mail, sending
from cae.core.acts import ACTS
from cae.core.errors import Refused
from cae.core.forms import form_page
from cae.core.mail_policy import policy_of
from cae.core.mail_texts import MAILS
from cae.core.models import EmailState, OutgoingEmail
from cae.core.notices import KINDS
from cae.core.permissions import can, requires, signed_in
from cae.core.tables import Action, EmptyState, Filters, StatusColumn, Tab, Table, list_page, selected
from cae.core.templatetags.formats import moment
from cae.core.views.notices import kind_label

CAN_LEAVE_AGAIN = (EmailState.FAILED, EmailState.BOUNCED)


class MailTable(Table):
    subject = tables.Column(verbose_name=gettext_lazy("Objet"), attrs={"td": {"class": "whole"}})
    to = tables.Column(verbose_name=gettext_lazy("À"))
    status = StatusColumn()
    created_at = tables.Column(verbose_name=gettext_lazy("Écrit le"))
    sent_at = tables.Column(verbose_name=gettext_lazy("Envoyé le"))
    cause = tables.Column(
        verbose_name=gettext_lazy("Cause"), orderable=False, attrs={"td": {"class": "loose"}}
    )

    def render_subject(self, value: str, record: OutgoingEmail) -> Any:
        cell = format_html('<a class="row-link" href="{}">{}</a>', record.link, value)
        if not record.error:
            return cell
        said = Truncator(record.error).chars(90)
        return format_html('{}<span class="mail-error small">{}</span>', cell, said)

    def render_created_at(self, value: Any) -> str:
        return moment(value)

    def render_sent_at(self, value: Any) -> str:
        return moment(value)

    def render_cause(self, value: str) -> str:
        return cause_label(value)


class MailFilters(Filters):
    search = ("to", "subject", "cause")
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=EmailState.choices)
    created_at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Entre"), widget=django_filters.widgets.RangeWidget(attrs={"type": "date"})
    )

    class Meta:
        model = OutgoingEmail
        fields = ("state", "created_at")


def cause_label(code: str) -> str:
    """Why a mail was written, in people's words."""
    if code in MAILS:
        return str(MAILS[code].label)
    if code.startswith(("account.", "mfa.")):
        return _("Sécurité du compte")
    if code in ACTS:
        return str(ACTS[code])
    room = code.partition(".")[0]
    if code not in KINDS and room in apps.app_configs:
        return str(apps.get_app_config(room).verbose_name)
    return kind_label(code)


@requires("core.view_mails")
def mail_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=OutgoingEmail.objects.defer("text", "html"),
        table=MailTable,
        filters=MailFilters,
        page="core.mails",
        title=_("E-mails"),
        intro=_("Chaque e-mail écrit par la maison, sa cause et ce qu’il est devenu."),
        tabs=_tabs(request.GET.get("state", "")),
        actions=[
            Action(_("Renvoyer"), reverse("core:mails_resend"), right="core.resend_mail", icon="arrow-repeat")
        ],
        empty=EmptyState(_("Aucun e-mail n’est encore parti.")),
    )


def _tabs(state: str) -> list[Tab]:
    """All of them, then those that did not reach anybody, counted."""
    counts = dict(
        OutgoingEmail.objects.filter(state__in=CAN_LEAVE_AGAIN)
        .order_by()
        .values("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )
    url = reverse("core:mail_list")
    lost = ((EmailState.FAILED, _("En échec")), (EmailState.BOUNCED, _("Revenus")))
    return [
        Tab(_("Tous"), url, current=not state),
        *(Tab(label, f"{url}?state={one}", state == one, counts.get(one, 0)) for one, label in lost),
    ]


@requires("core.resend_mail")
@require_POST
def mails_resend(request: HttpRequest) -> HttpResponse:
    """Sends again those ticked that were given up or came back."""
    rows = selected(request, OutgoingEmail.objects.all(), MailFilters).filter(state__in=CAN_LEAVE_AGAIN)
    count, refused = 0, ""
    for row in rows:
        try:
            sending.resend_email(row, actor=request.user)
        except Refused as refusal:
            refused = str(refusal)
        else:
            count += 1
    if refused:
        messages.error(request, refused)
    said = ngettext("%(count)d e-mail repart.", "%(count)d e-mails repartent.", count)
    messages.success(request, said % {"count": count})
    return redirect("core:mail_list")


def _seen_by(request: HttpRequest, pk: int) -> OutgoingEmail:
    """The mail, for who watches over them all and for who caused it."""
    row = get_object_or_404(OutgoingEmail.objects.select_related("created_by__person"), pk=pk)
    if row.created_by_id == request.user.pk or can(request.user, "core.view_mails"):
        return row
    raise Http404


@signed_in
def mail_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _seen_by(request, pk)
    sources = facts.sources_of(request.user, [(row.about_type, row.about_id)])
    context = {
        "mail": row,
        "text": mail.shown(row, "text"),
        "cause": cause_label(row.cause),
        "source": sources.get((row.about_type, row.about_id)),
        "attachments": row.attachments.order_by("pk"),
        "may_resend": row.state in CAN_LEAVE_AGAIN and _may_resend(request, row),
        "may_bounce": row.state == EmailState.SENT and _may_resend(request, row),
    }
    return render(request, "core/mail.html", context)


@signed_in
@xframe_options_sameorigin
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as its reader's program shows it: in a sandbox, where no link leads anywhere."""
    html = mail.shown(_seen_by(request, pk), "html")
    response = HttpResponse(html)
    response["Content-Security-Policy"] = policy_of(html, links=False)
    return response


def _may_resend(request: HttpRequest, row: OutgoingEmail) -> bool:
    return row.created_by_id == request.user.pk or can(request.user, "core.resend_mail")


@signed_in
@require_POST
def mail_resend(request: HttpRequest, pk: int) -> HttpResponse:
    row = _seen_by(request, pk)
    if not _may_resend(request, row):
        raise Http404
    sending.resend_email(row, actor=request.user)
    messages.success(request, _("L’e-mail repart."))
    return redirect("core:mail_detail", pk)


class BounceForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Ce que dit le retour"),
        max_length=300,
        help_text=gettext_lazy("Boîte pleine, adresse inconnue… : la phrase du serveur, ou la vôtre."),
    )


@signed_in
def mail_bounce(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that a mail came back: what the letter box of the cooperative received and nobody else reads."""
    row = _seen_by(request, pk)
    if not _may_resend(request, row):
        raise Http404
    form = BounceForm(request.POST or None)
    if form.is_valid():
        sending.note_bounce(row, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Retour noté : l’e-mail peut repartir, une fois l’adresse corrigée."))
        return redirect("core:mail_detail", pk)
    return form_page(
        request,
        form,
        title=_("Noter un retour"),
        lead=_("« %(subject)s » à %(to)s n’est pas arrivé.") % {"subject": row.subject, "to": row.to},
        submit=_("Noter ce retour"),
        back_url=row.link,
        crumbs=[(row.subject, row.link), (_("Noter un retour"), "")],
    )
