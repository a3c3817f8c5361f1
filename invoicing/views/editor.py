"""Writing an invoice on one page: customer, dates, lines, live totals; works as well without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Code, Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from cae.core.settings import value_of
from entrepreneurs.models import Activity
from invoicing import parameters
from invoicing.forms.invoices import InvoiceForm, blank_draft, draft_typed
from invoicing.forms.lines import PREFIX, LineFormSet, line_typed, rows_after, rows_typed
from invoicing.models import Customer, Invoice, VatRate
from invoicing.selectors.customers import customers_of
from invoicing.selectors.vat_rates import vat_rates_in_force
from invoicing.services.drafting import create_draft, save_draft
from invoicing.views import typed
from invoicing.views.finding import activities_to_sell_for, chosen_activity, find_invoice
from invoicing.views.totals import contribution_rate, totals_of

SAVE, CHECK, NEW_CUSTOMER = "save", "check", "new-customer"


@dataclass
class Editor:
    """What the page of one draft is made of."""

    request: HttpRequest
    activity: Activity
    invoice: Invoice | None
    offered: list[Activity]
    form: Any = None
    lines: Any = None

    @property
    def rates(self) -> list[VatRate]:
        """Those of today, and those the draft already uses: an old rate is shown, then refused in words."""
        rates = list(vat_rates_in_force(timezone.localdate()))
        if self.invoice is not None:
            used = VatRate.objects.filter(pk__in=self.invoice.lines.values("vat_rate"))
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
        if self.invoice is not None and self.invoice.customer not in customers:
            customers.append(self.invoice.customer)  # archived since the draft was written
        kwargs = {"rates": self.rates}
        self.form = InvoiceForm(data, customers=customers, initial=head)
        self.lines = LineFormSet(data, prefix=PREFIX, initial=rows or None, form_kwargs=kwargs)

    def page(self, *, status: int = 200) -> HttpResponse:
        context = {
            "form": self.form,
            "lines": self.lines,
            "activity": self.activity,
            "offered": self.offered,
            "invoice": self.invoice,
            "totals": totals_of(self.lines, contribution_rate(self.activity)),
        }
        return render(self.request, "invoicing/editor.html", context, status=status)


@requires("invoicing.create_invoice")
def invoice_new(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, "invoicing.create_invoice")
    if not offered:
        raise Forbidden(_("Une facture appartient à une activité ouverte : vous n’en avez aucune."))
    activity = chosen_activity(request, offered)
    if activity is None:
        return render(
            request, "invoicing/choose_activity.html", {"offered": offered, "title": _("Nouvelle facture")}
        )
    editor = Editor(request, activity, None, offered)
    if request.method == "POST":
        return _receive(editor)
    today = timezone.localdate()
    due_on = today + timedelta(days=value_of(parameters.PAYMENT_DAYS, on=today))
    head = blank_draft(uuid4(), due_on=due_on, customer=_named_customer(request, activity))
    return _show(editor, head, [{}])


@requires("invoicing.edit_invoice")
def invoice_edit(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.edit_invoice")
    if not invoice.is_draft or invoice.is_credit_note:
        raise IllegalMove(_("Ce document ne se modifie pas : seul un brouillon de facture se modifie."))
    editor = Editor(request, invoice.activity, invoice, [invoice.activity])
    if request.method == "POST":
        return _receive(editor)
    rows = [line_typed(line) for line in invoice.lines.order_by("position")]
    return _show(editor, draft_typed(invoice), rows or [{}])


def _show(editor: Editor, head: dict[str, Any], rows: list[dict[str, Any]]) -> HttpResponse:
    """Shows a page not yet sent; what was typed before going to create a customer comes back first."""
    kept = typed.take_back(editor.request)
    if kept is not None:
        head = _head_typed(kept)
        customer = _named_customer(editor.request, editor.activity)
        if customer is not None:
            head["customer"] = blank_draft(uuid4(), due_on=timezone.localdate(), customer=customer)[
                "customer"
            ]
        rows = rows_typed(kept)
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
        editor.draw(head=_head_typed(request.POST), rows=rows_after(rows_typed(request.POST), act))
        return editor.page()
    editor.draw(data=request.POST)
    if not (editor.form.is_valid() & editor.lines.is_valid()):
        return editor.page(status=422)
    try:
        invoice = _save(editor)
    except Forbidden:
        raise
    except Refused as refusal:
        if not editor.lines.refuse(refusal):
            refuse(editor.form, refusal)
        return editor.page(status=status_of(refusal))
    if act == CHECK:
        return redirect("invoicing:invoice_issue", invoice.pk)
    messages.success(request, _("Le brouillon est enregistré."))
    return redirect(invoice)


def _save(editor: Editor) -> Invoice:
    content = editor.form.content(editor.lines.contents())
    actor = editor.request.user
    if editor.invoice is None:
        return create_draft(editor.activity, content=content, form_key=editor.form.key, actor=actor)
    version = editor.form.cleaned_data["version"]
    if version is None:
        raise Refused(Code.STALE_FORM, _("Ce formulaire est incomplet : rechargez la page."))
    return save_draft(editor.invoice, content=content, version=version, actor=actor)


def _head_typed(data: Any) -> dict[str, Any]:
    return {name: data.get(name, "") for name in InvoiceForm.base_fields}


def _named_customer(request: HttpRequest, activity: Activity) -> Customer | None:
    """The customer that the address names: « Nouvelle facture » on its page, or one just created."""
    pk = request.GET.get("client", "")
    return customers_of(activity).filter(pk=pk).first() if pk.isdecimal() else None


@require_POST
@requires("invoicing.create_invoice")
def live_totals(request: HttpRequest) -> HttpResponse:
    """The true totals of what is being typed; nothing is kept."""
    activity = chosen_activity(request, activities_to_sell_for(request, "invoicing.create_invoice"))
    lines: Any = LineFormSet(request.POST, prefix=PREFIX, form_kwargs={"rates": list(VatRate.objects.all())})
    totals = totals_of(lines, contribution_rate(activity) if activity else None)
    return render(request, "invoicing/_totals.html", {"totals": totals})
