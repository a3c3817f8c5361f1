"""The page of the exchange: what leaves for the platform, what comes, what went wrong (INV-35)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.answers import file_saved
from cae.core.documents import read_document
from cae.core.errors import IllegalMove, Refused
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page, selected
from invoicing.engines.exchange import platform_of
from invoicing.forms.exchange import AsideForm, StatusForm
from invoicing.models import ExchangeMessage, Invoice
from invoicing.selectors.exchange_files import PDF, XML, content_of
from invoicing.selectors.lifecycle import is_by_platform, messages_listed
from invoicing.services import arriving, exchanging
from invoicing.services.lifecycle import BY_HAND, OURS, note_status
from invoicing.states.exchange import WRITERS, MessageKind, MessageState, Party
from invoicing.views.exchange_tables import (
    MessageFilters,
    MessageTable,
    counts_of,
    shown_state,
    step_tabs,
    with_answers,
)
from invoicing.views.finding import find_invoice
from invoicing.views.shown import crumbs_of, name_of_document

RUN = "invoicing.run_exchange"


@requires("invoicing.view_exchange")
def exchange_list(request: HttpRequest) -> HttpResponse:
    rows = with_answers(messages_listed())
    return list_page(
        request,
        queryset=rows,
        table=MessageTable,
        filters=MessageFilters,
        page="invoicing.exchange",
        title=_("Échanges"),
        empty=EmptyState(
            _("Aucun échange avec la plateforme pour l’instant."),
            _("Un document émis entre professionnels y attend son départ dès que la coopérative l’a décidé."),
        ),
        actions=_bulk(),
        tabs=step_tabs(counts_of(with_answers(ExchangeMessage.objects.all())), request.GET.get("step", "")),
        intro=_platform_words(),
    )


def _bulk() -> list[Action]:
    """Without platform, what was deposited by hand is noted in one go."""
    again = Action(_("Envoyer de nouveau"), _bulk_url("again"), right=RUN, icon="arrow-repeat")
    if platform_of(settings.EXCHANGE_URL).is_there:
        return [again]
    return [Action(_("Noter comme déposés"), _bulk_url("deposited"), right=RUN, icon="check-lg"), again]


def _bulk_url(act: str) -> str:
    return reverse("invoicing:exchange_bulk", args=[act])


@require_POST
@requires(RUN)
def exchange_bulk(request: HttpRequest, act: str) -> HttpResponse:
    """The chosen messages, one by one: what can't be done to one does not stop the others."""
    run = {"again": exchanging.send_again, "deposited": exchanging.mark_deposited}.get(act)
    if run is None:
        raise Http404
    done, refused = 0, ""
    for message in selected(request, with_answers(messages_listed()), MessageFilters):
        try:
            run(message, actor=request.user, at=timezone.now())
            done += 1
        except Refused as refusal:
            refused = f"{message.name} : {refusal}"
    if done:
        said = ngettext("%(count)d message noté.", "%(count)d messages notés.", done)
        messages.success(request, said % {"count": done})
    if refused:
        messages.warning(request, refused)
    return redirect("invoicing:exchange_list")


def _platform_words() -> str:
    """Which platform, and since when: what one has to know before reading the list."""
    if not is_by_platform(timezone.localdate()):
        return _("L’émission par plateforme n’a pas commencé : les statuts sont gardés, rien ne part.")
    if platform_of(settings.EXCHANGE_URL).is_there:
        return _("La plateforme prend et donne ses fichiers dans un dossier partagé.")
    return _("Aucune plateforme n’est reliée : chaque fichier se télécharge, puis se dépose à la main.")


@requires("invoicing.view_exchange")
def exchange_message(request: HttpRequest, pk: int) -> HttpResponse:
    message = _found(pk)
    waits = message.state in (MessageState.WAITING, MessageState.FAILED)
    context = {
        "message": message,
        "shown": shown_state(message, answered=message.answered),  # type: ignore[attr-defined]
        "text": _text_of(message),
        "may_run": can(request.user, RUN),
        "waits": waits,
        "may_again": message.is_out and message.state != MessageState.WAITING,
        "may_take": not message.is_out and message.state != MessageState.TAKEN and message.document,
        "by_hand": message.is_out and waits and not platform_of(settings.EXCHANGE_URL).is_there,
    }
    return render(request, "invoicing/exchange/message.html", context)


def _found(pk: int) -> Any:
    return get_object_or_404(with_answers(messages_listed()), pk=pk)


def _text_of(message: ExchangeMessage) -> str:
    """An XML is read on the page; a PDF is downloaded."""
    content = _content(message)
    if content is None or not content.lstrip().startswith(b"<"):
        return ""
    return content[:20000].decode("utf-8", "replace")


def _content(message: ExchangeMessage) -> bytes | None:
    if message.is_out:
        return content_of(message)
    return read_document(message.document) if message.document else None


@requires("invoicing.view_exchange")
def exchange_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself: to be deposited by hand, or kept as proof."""
    message = _found(pk)
    content = _content(message)
    if content is None:
        raise Http404
    return file_saved(content, name=message.name, mime=_mime(message))


def _mime(message: ExchangeMessage) -> str:
    if not message.is_out:
        return message.document.mime if message.document else XML
    return XML if message.kind == MessageKind.STATUS else PDF


@require_POST
@requires(RUN)
def exchange_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a file once more, or takes in again one that came."""
    message, now = _found(pk), timezone.now()
    back = message.get_absolute_url()
    if message.is_out:
        return act_now(
            request,
            lambda: exchanging.send_again(message, actor=request.user, at=now),
            done=_("Le message repart vers la plateforme."),
            back_url=back,
        )
    return act_now(
        request,
        lambda: arriving.take_again(message, actor=request.user, at=now),
        done=_("Le fichier a été relu."),
        back_url=back,
    )


@require_POST
@requires(RUN)
def exchange_deposited(request: HttpRequest, pk: int) -> HttpResponse:
    message = _found(pk)
    return act_now(
        request,
        lambda: exchanging.mark_deposited(message, actor=request.user, at=timezone.now()),
        done=_("Le dépôt est noté."),
        back_url=message.get_absolute_url(),
    )


@requires(RUN)
def exchange_aside(request: HttpRequest, pk: int) -> HttpResponse:
    message = _found(pk)
    title = _("Classer ce message")
    return act_page(
        request,
        AsideForm(request.POST or None),
        lambda typed: exchanging.set_aside(message, reason=typed["reason"], actor=request.user),
        done=_("Le message est classé."),
        back_url=message.get_absolute_url(),
        title=title,
        lead=message.name,
        submit=_("Classer"),
        crumbs=[
            (_("Échanges"), reverse("invoicing:exchange_list")),
            (message.name, message.get_absolute_url()),
            (title, ""),
        ],
    )


@requires("invoicing.note_einvoice_status")
def invoice_status(request: HttpRequest, pk: int) -> HttpResponse:
    """A status read on the page of the platform, or told by the customer."""
    invoice = find_invoice(request, pk, right="invoicing.note_einvoice_status")
    if not invoice.is_issued:
        raise IllegalMove(_("Seul un document émis a une vie de facture électronique."))
    today = timezone.localdate()
    form = StatusForm(request.POST or None, today=today, initial={"on": today})
    title = _("Noter un statut")
    return act_page(
        request,
        form,
        lambda _typed: _note(form, invoice, actor=request.user),
        done=_("Le statut est noté."),
        back_url=invoice.get_absolute_url(),
        title=title,
        lead=name_of_document(invoice),
        submit=_("Noter le statut"),
        crumbs=[*crumbs_of(invoice), (title, "")],
    )


def _note(form: StatusForm, invoice: Invoice, *, actor: Any) -> None:
    typed = form.cleaned_data
    note_status(
        invoice,
        typed["code"],
        at=form.at(),
        actor=actor,
        reason=typed["reason"],
        comment=typed["comment"],
        cause=OURS if WRITERS[typed["code"]] == Party.SELLER else BY_HAND,
    )
