"""Quotes: their list, the page of one, its copies and new versions, what is done to it in one click."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from cae.core.answers import file_shown
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from invoicing.documents import draft_file, invoice_page
from invoicing.models import Quote
from invoicing.models.sight import is_in_sight
from invoicing.selectors.einvoices import quote_document_of
from invoicing.selectors.quotes import invoice_of, quotes_visible, versions_of
from invoicing.selectors.versions import changes_of
from invoicing.services.converting import invoice_quote
from invoicing.services.gathering import QUOTES
from invoicing.services.quoting import (
    discard_quote,
    duplicate_as_quote,
    restore_quote,
    revise_quote,
)
from invoicing.views.billing import billing_shown, work_shown
from invoicing.views.buttons import acts_of_quote
from invoicing.views.deal_cards import deal_card
from invoicing.views.documents import events_of, file_of
from invoicing.views.finding import find_quote
from invoicing.views.gate import gate_of, state_of
from invoicing.views.joint import shares_shown
from invoicing.views.lists import gathering
from invoicing.views.quick import quote_choices
from invoicing.views.sent import sent_quote
from invoicing.views.shown import lead_of, name_of_quote, status_of_quote, with_undo
from invoicing.views.tables import QuoteFilters, QuoteTable, sales_tabs, sees_several, staff_view


def _new() -> Action:
    return Action(
        _("Nouveau devis"), reverse("invoicing:quote_new"), right="invoicing.create_quote", icon="plus-lg"
    )


@requires("invoicing.view_quotes")
def quote_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=quotes_visible(request.user),
        counted=Quote.objects.visible_to(request.user),
        table=staff_view(QuoteTable, request),
        filters=QuoteFilters,
        page="invoicing.quotes",
        title=pgettext("list", "Devis"),
        empty=EmptyState(
            _("Aucun devis pour l’instant."),
            _("Un devis se prépare en brouillon, se fait valider, puis part vers le client."),
            _new(),
        ),
        main_action=_new(),
        totals_later=sees_several(request),
        actions=[gathering(QUOTES)],
        tabs=sales_tabs("quote_list"),
        template="invoicing/quick_list.html",
        context={"quick": quote_choices(request)},
    )


@requires("invoicing.view_quotes")
def quote_detail(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk)
    user, today = request.user, timezone.localdate()
    state = state_of(user, quote, today=today, invoiced=quote.invoiced) | sent_quote(user, quote)
    # Whoever has a share sees what was invoiced of it, the documents of the one that leads stay with it.
    inside = not quote.is_joint or is_in_sight(user, quote.activity)
    state |= billing_shown(user, quote, work_shown(quote) if inside else None)
    context: dict[str, Any] = {
        "quote": quote,
        "name": name_of_quote(quote),
        "lead": lead_of(quote),
        "shown": status_of_quote(quote, on=today),
        "frozen": quote.is_frozen,
        "page": invoice_page(quote_document_of(quote, today), draft=not quote.is_frozen),
        "acts": acts_of_quote(user, quote, state),
        "form_key": uuid4(),
        "changes": changes_of(quote, on=today),
        "versions": [(one, status_of_quote(one, on=today)) for one in versions_of(quote)],
        "events": events_of(quote),
        "draft_note": _("Un brouillon n’engage à rien : il se modifie jusqu’à sa validation."),
        "preview_url": reverse("invoicing:quote_preview", args=[quote.pk]),
        **deal_card(user, quote),
        **file_of(quote),
        **shares_shown(user, quote),
        **state,
    }
    return render(request, "invoicing/quote_detail.html", context)


@requires("invoicing.view_quotes")
def quote_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment of the PDF: « en préparation », then the file; the page asks again until it is there."""
    return render(request, "invoicing/_file.html", file_of(find_quote(request, pk)))


@requires("invoicing.view_quotes")
def quote_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a draft, made on the spot and marked as a draft; an approved quote has its file."""
    quote = find_quote(request, pk)
    if quote.is_frozen:
        return redirect(quote)
    content = draft_file(quote_document_of(quote, timezone.localdate()))
    return file_shown(content, name=f"brouillon-devis-{quote.pk}.pdf")


@require_POST
@requires("invoicing.create_quote")
def quote_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right="invoicing.create_quote")
    today = timezone.localdate()
    copy = duplicate_as_quote(quote, form_key=key_of(request), actor=request.user, on=today)
    messages.success(request, _("Voici la copie, en brouillon : vérifiez-la avant de l’envoyer."))
    return redirect("invoicing:quote_edit", copy.pk)


@require_POST
@requires("invoicing.create_invoice")
def quote_invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepares the invoice of an accepted quote and leads to its last check; once made, leads to it."""
    quote = find_quote(request, pk, right="invoicing.create_invoice")
    made = invoice_of(quote)
    if made is not None:
        messages.info(request, _("Ce devis a déjà sa facture : la voici."))
        return redirect(made)
    invoice = invoice_quote(quote, form_key=key_of(request), actor=request.user)
    return redirect(gate_of(request.user, invoice).url)


@require_POST
@requires("invoicing.edit_quote")
def quote_revise(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right="invoicing.edit_quote")
    new = revise_quote(quote, form_key=key_of(request), actor=request.user)
    messages.success(
        request, _("Voici la nouvelle version, en brouillon : elle remplacera le devis une fois validée.")
    )
    return redirect("invoicing:quote_edit", new.pk)


@require_POST
@requires("invoicing.edit_quote")
def quote_discard(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right="invoicing.edit_quote")
    discard_quote(quote, actor=request.user)
    messages.success(request, with_undo(_("Le brouillon est abandonné.")))
    return redirect(quote)


@require_POST
@requires("invoicing.edit_quote")
def quote_restore(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk, right="invoicing.edit_quote")
    restore_quote(quote, actor=request.user)
    messages.success(request, _("Le brouillon est repris."))
    return redirect(quote)


def key_of(request: HttpRequest) -> UUID:
    """The key by which a form sent twice is known; a wrong one is a new one."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid4()
