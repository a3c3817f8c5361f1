"""What is done to a document in one click, with its undo; and the credit note, the only way back."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, IllegalMove, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from invoicing.forms.credit_notes import CreditForm
from invoicing.selectors.disbursements import disbursements_left
from invoicing.selectors.invoices import Standing, standing_of
from invoicing.services.crediting import draft_credit_note
from invoicing.services.discarding import discard_invoice, restore_invoice
from invoicing.services.drafting import duplicate_invoice
from invoicing.states.sales import CreditPart
from invoicing.views.finding import find_invoice
from invoicing.views.shown import with_undo


@require_POST
@requires("invoicing.discard_invoice")
def invoice_discard(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.discard_invoice")
    discard_invoice(invoice, actor=request.user)
    messages.success(request, with_undo(_("Le brouillon est abandonné : il reste parmi les brouillons.")))
    return redirect(invoice)


@require_POST
@requires("invoicing.restore_invoice")
def invoice_restore(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.restore_invoice")
    restore_invoice(invoice, actor=request.user)
    messages.success(request, _("Le brouillon est repris."))
    return redirect(invoice)


@require_POST
@requires("invoicing.create_invoice")
def invoice_duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right="invoicing.create_invoice")
    key = request.POST.get("form_key", "")
    copy = duplicate_invoice(invoice, form_key=_key(key), actor=request.user, on=timezone.localdate())
    messages.success(request, _("Voici la copie, en brouillon : vérifiez-la avant de l’émettre."))
    return redirect("invoicing:invoice_edit", copy.pk)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


@requires("invoicing.credit_invoice")
def invoice_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepares a credit note; it is read again, then issued like an invoice."""
    invoice = find_invoice(request, pk, right="invoicing.credit_invoice")
    if not invoice.is_issued or invoice.is_credit_note:
        raise IllegalMove(_("Un avoir se fait sur une facture émise."))
    lines = list(invoice.lines.select_related("vat_rate").order_by("position"))
    standing = standing_of(invoice)
    parts = _parts(standing, invoice.to_pay)
    first = {"form_key": uuid4(), "part": next(iter(parts))}
    disbursed = [(row, left) for row, left in disbursements_left(invoice) if left]
    form = CreditForm(request.POST or None, lines=lines, parts=parts, disbursed=disbursed, initial=first)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            note = draft_credit_note(
                invoice,
                part=CreditPart(form.cleaned_data["part"]),
                reason=form.cleaned_data["reason"],
                form_key=form.cleaned_data["form_key"],
                lines=form.credits(),
                disbursements=form.given_back(),
                actor=request.user,
            )
        except Forbidden:
            raise
        except Refused as refusal:
            refuse(form, refusal)
            status = status_of(refusal)
        else:
            return redirect("invoicing:invoice_issue", note.pk)
    return render(request, "invoicing/credit.html", {"invoice": invoice, "form": form}, status=status)


def _parts(standing: Standing, asked: Decimal) -> dict[str, Decimal | None]:
    """What a credit note may take back, the likeliest first, with its amount where it is known."""
    parts: dict[str, Decimal | None] = {}
    whole = standing.owed == asked
    if whole:
        parts[CreditPart.WHOLE] = asked
    if standing.due and not (whole and standing.due == asked):
        parts[CreditPart.REST] = standing.due
    return parts | {CreditPart.LINES: None}
