"""The deal on the page of a document, and the page that puts a document in one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.permissions import can, requires
from invoicing.forms.deals import JoinForm
from invoicing.models import Invoice, Quote
from invoicing.selectors.beside import IN_DEAL, may_have
from invoicing.selectors.deal_papers import deal_of
from invoicing.selectors.deals import deals_open_to
from invoicing.services.deals import attach
from invoicing.views.finding import find_invoice, find_quote

QUOTES, INVOICES = "devis", "factures"


def deal_card(user: Any, document: Quote | Invoice) -> dict[str, Any]:
    """The deal of a document; or where to put it in one, for who may and when it stands by itself."""
    deal = deal_of(document) if may_have(document, IN_DEAL) else None
    follows = isinstance(document, Invoice) and (document.quote_id or document.credited_id)
    if deal is not None or follows or not can(user, "invoicing.edit_deal", document):
        return {"deal": deal, "join_url": ""}
    kind = QUOTES if isinstance(document, Quote) else INVOICES
    return {"deal": None, "join_url": reverse("invoicing:deal_join", args=[kind, document.pk])}


@requires("invoicing.edit_deal")
def deal_join(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Puts a quote or an invoice in a deal of its activity."""
    if kind not in (QUOTES, INVOICES):
        raise Http404
    find = find_quote if kind == QUOTES else find_invoice
    document = find(request, pk, right="invoicing.edit_deal")
    rows = deals_open_to(request.user, document.activity_id)
    if not rows.exists():
        messages.info(request, _("Aucune affaire n’est ouverte : ouvrez-en une, puis rattachez-y la pièce."))
        return redirect(f"{reverse('invoicing:deal_new')}?activite={document.activity_id}")
    form = JoinForm(request.POST or None, deals=rows)
    return act_page(
        request,
        form,
        lambda found: attach(found["deal"], document, actor=request.user),
        done=_("Le document est dans l’affaire."),
        back_url=document.get_absolute_url(),
        title=_("Mettre dans une affaire"),
        lead=f"{document} · {document.customer.name}",
        submit=_("Mettre dans cette affaire"),
        crumbs=[
            (_("Affaires"), reverse("invoicing:deal_list")),
            (_("Mettre dans une affaire"), ""),
        ],
    )
