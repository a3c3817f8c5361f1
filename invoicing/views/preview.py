"""The page that the PDF will show, from what is being typed: nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, Refused
from cae.core.permissions import requires
from invoicing.documents import invoice_page
from invoicing.engines.model import EInvoice
from invoicing.models import Customer, Invoice
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.services.inputs import DraftContent, ScheduleContent
from invoicing.services.writing import unsaved
from invoicing.views.editing import Editor
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.kinds import INVOICE, KINDS


@require_POST
@requires("invoicing.create_invoice")
def live_preview(request: HttpRequest) -> HttpResponse:
    """A fragment for the script that draws it beside the form; a whole page for whoever has none."""
    kind = KINDS.get(request.POST.get("kind", ""), INVOICE)
    activity = chosen_activity(request, activities_to_sell_for(request, kind.create_right))
    if activity is None:
        raise Forbidden(kind.no_activity)
    editor = Editor(request, kind, activity, None, [activity])
    editor.draw(data=request.POST)
    editor.form.is_valid()
    editor.lines.is_valid()
    content = said(editor)
    with translation.override("fr"):
        page = invoice_page(content, draft=True)
    alone = not request.headers.get("X-Fragment")
    template = "invoicing/preview.html" if alone else "invoicing/_preview.html"
    return render(request, template, {"page": page})


def said(editor: Editor) -> EInvoice:
    """What the document would say today: the lines that can be read, the customer once known."""
    whole = _content(editor)
    sale = replace(whole, disbursements=())
    plain = replace(sale, discount_rate=None, discount_amount=None)
    bare = DraftContent(customer=whole.customer)
    for content in (whole, sale, plain, bare):
        try:
            document = unsaved(editor.kind.model(activity=editor.activity), content)
        except Refused:
            continue
        break
    return _shown(document)


def _shown(document: Any) -> EInvoice:
    today = timezone.localdate()
    if isinstance(document, Invoice):
        return einvoice_of(document, on=today)
    return quote_document_of(document, today)


def _content(editor: Editor) -> DraftContent:
    found = editor.form.cleaned_data
    texts = ("purpose", "order_reference", "vat_due_on")
    values: dict[str, Any] = {name: found.get(name) or "" for name in texts}
    values |= {name: found.get(name) for name in editor.kind.form.own}
    lines = tuple(form.content() for _place, form in editor.lines.written if not form.errors)
    return DraftContent(
        customer=found.get("customer") or Customer(name=_("Client à choisir"), activity=editor.activity),
        lines=lines,
        mentions=found.get("mentions") or (),
        disbursements=editor.form.disbursements(),
        schedule=editor.form.schedule() if editor.kind.options else ScheduleContent(),
        **values,
        **editor.form.discounts(),
    )
