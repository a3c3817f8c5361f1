"""Writing a quote or an invoice on one page: customer, lines, live totals; also without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from entrepreneurs.models import Activity
from invoicing.forms.drafts import draft_typed
from invoicing.forms.fields import customer_word
from invoicing.forms.lines import PREFIX, LineFormSet, line_typed, rows_after, rows_typed
from invoicing.models import CatalogueItem, Customer, Invoice, VatRate
from invoicing.selectors.customers import customers_of
from invoicing.selectors.mentions import mentions_offered
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.views import typed
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.gate import gate_of
from invoicing.views.kinds import INVOICE, QUOTE, Document, Kind
from invoicing.views.totals import totals_of

SAVE, CHECK, NEW_CUSTOMER = "save", "check", "new-customer"


@dataclass
class Editor:
    """What the page of one draft is made of."""

    request: HttpRequest
    kind: Kind
    activity: Activity
    document: Document | None
    offered: list[Activity]
    form: Any = None
    lines: Any = None

    @property
    def rates(self) -> list[VatRate]:
        """Those of today, and those the draft already uses: an old rate is shown, then refused in words."""
        rates = list(vat_rates_in_force(timezone.localdate()))
        if self.document is not None:
            used = VatRate.objects.filter(pk__in=self.document.lines.values("vat_rate"))
            rates += [rate for rate in used if rate not in rates]
        return rates

    def draw(
        self,
        *,
        data: Any = None,
        head: dict[str, Any] | None = None,
        rows: list[dict[str, Any]] | None = None,
    ) -> None:
        """Prepares the forms: from what was sent (read), or from values to show (unread)."""
        customers = list(customers_of(self.activity))
        if self.document is not None and self.document.customer not in customers:
            customers.append(self.document.customer)  # archived since the draft was written
        mentions = mentions_offered(self.activity, place=self.kind.place, on=timezone.localdate())
        self.form = self.kind.form(data, customers=customers, mentions=mentions, initial=head)
        kwargs = {
            "rates": self.rates,
            "items": list(CatalogueItem.objects.offered_to(self.activity)),
            "options": self.kind.options,
        }
        self.lines = LineFormSet(data, prefix=PREFIX, initial=rows or None, form_kwargs=kwargs)

    def page(self, *, status: int = 200) -> HttpResponse:
        context = {
            "kind": self.kind,
            "form": self.form,
            "lines": self.lines,
            "activity": self.activity,
            "offered": self.offered,
            "document": self.document,
            "totals": totals_of(self.lines, self.form, self.activity),
        }
        return render(self.request, "invoicing/editor.html", context, status=status)


@requires("invoicing.create_quote")
def quote_new(request: HttpRequest) -> HttpResponse:
    return _new(request, QUOTE)


@requires("invoicing.edit_quote")
def quote_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, QUOTE, pk)


@requires("invoicing.create_invoice")
def invoice_new(request: HttpRequest) -> HttpResponse:
    return _new(request, INVOICE)


@requires("invoicing.edit_invoice")
def invoice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, INVOICE, pk)


def _new(request: HttpRequest, kind: Kind) -> HttpResponse:
    offered = activities_to_sell_for(request, kind.create_right)
    if not offered:
        raise Forbidden(kind.no_activity)
    activity = chosen_activity(request, offered)
    if activity is None:
        return render(
            request, "invoicing/choose_activity.html", {"offered": offered, "title": kind.new, "kind": kind}
        )
    editor = Editor(request, kind, activity, None, offered)
    if request.method == "POST":
        return _receive(editor)
    head = kind.blank(uuid4(), timezone.localdate(), _named_customer(request, activity))
    return _show(editor, head, [{}])


def _edit(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    document: Document = kind.find_draft(request, pk)
    if not document.is_draft or (isinstance(document, Invoice) and document.is_credit_note):
        raise IllegalMove(kind.not_editable)
    editor = Editor(request, kind, document.activity, document, [document.activity])
    if request.method == "POST":
        return _receive(editor)
    rows = [line_typed(line) for line in document.lines.select_related("vat_rate").order_by("position")]
    return _show(editor, draft_typed(document, kind.form.own), rows or [{}])


def _show(editor: Editor, head: dict[str, Any], rows: list[dict[str, Any]]) -> HttpResponse:
    """Shows a page not yet sent; what was typed before going to create a customer comes back first."""
    kept = typed.take_back(editor.request)
    if kept is not None:
        head, rows = _head_typed(editor.kind, kept), rows_typed(kept)
        customer = _named_customer(editor.request, editor.activity)
        if customer is not None:
            head["customer"] = customer_word(customer)
    editor.draw(head=head, rows=rows)
    return editor.page()


def _receive(editor: Editor) -> HttpResponse:
    request = editor.request
    act = request.POST.get("do", SAVE)
    if act == NEW_CUSTOMER:
        key = request.POST.get("form_key", "")
        typed.keep(request, key)
        return redirect(f"{reverse('invoicing:customer_new')}?retour={key}&activite={editor.activity.pk}")
    if act not in {SAVE, CHECK}:
        rows = rows_after(rows_typed(request.POST), act)
        editor.draw(head=_head_typed(editor.kind, request.POST), rows=rows)
        return editor.page()
    editor.draw(data=request.POST)
    if not (editor.form.is_valid() & editor.lines.is_valid()):
        return editor.page(status=422)
    try:
        document = _save(editor)
    except Forbidden:
        raise
    except Refused as refusal:
        if not editor.lines.refuse(refusal):
            refuse(editor.form, refusal)
        return editor.page(status=status_of(refusal))
    if act == CHECK:
        return redirect(gate_of(request.user, document).url)
    messages.success(request, _("Le brouillon est enregistré."))
    return redirect(document)


def _save(editor: Editor) -> Any:
    content = editor.form.content(editor.lines.contents())
    actor = editor.request.user
    if editor.document is None:
        return editor.kind.create(editor.activity, content=content, form_key=editor.form.key, actor=actor)
    version = editor.form.cleaned_data["version"]
    if version is None:
        raise Refused(Code.STALE_FORM, _("Ce formulaire est incomplet : rechargez la page."))
    return editor.kind.save(editor.document, content=content, version=version, actor=actor)


def _head_typed(kind: Kind, data: Any) -> dict[str, Any]:
    """The head as it was sent, unread."""
    found: dict[str, Any] = {name: data.get(name, "") for name in kind.form.base_fields}
    return found | {"mentions": data.getlist("mentions")}


def _named_customer(request: HttpRequest, activity: Activity) -> Customer | None:
    """The customer that the address names: « Nouvelle facture » on its page, or one just created."""
    pk = request.GET.get("client", "")
    return customers_of(activity).filter(pk=pk).first() if pk.isdecimal() else None
