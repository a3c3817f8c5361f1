"""An unpaid invoice given up, taken back, or handed over to recovery (INV-43, INV-42)."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_page
from cae.core.answers import file_saved
from cae.core.errors import IllegalMove
from cae.core.permissions import requires
from cae.core.templatetags.formats import money
from invoicing.forms.chasing import LossBackForm, LossForm
from invoicing.selectors.losses import standing_loss_of
from invoicing.services.losses import take_loss_back, write_off
from invoicing.services.reminder_letters import recovery_file
from invoicing.views.finding import find_invoice
from invoicing.views.shown import crumbs_of

WRITE_OFF = "invoicing.write_off"


@requires(WRITE_OFF)
def invoice_loss(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right=WRITE_OFF)
    if not invoice.is_issued or invoice.is_credit_note or not invoice.due:
        raise IllegalMove(_("On passe en perte ce qui reste à payer d’une facture émise."))
    initial = {"on": timezone.localdate(), "form_key": uuid4()}
    form = LossForm(request.POST or None, request.FILES or None, initial=initial)
    return act_page(
        request,
        form,
        lambda typed: write_off(
            invoice,
            on=typed["on"],
            reason=typed["reason"],
            proof=form.proof_given(),
            note_sent_on=typed["note_sent_on"],
            form_key=typed["form_key"],
            actor=request.user,
            today=timezone.localdate(),
        ),
        done=_("Le reste de la facture est passé en perte."),
        back_url=invoice.get_absolute_url(),
        title=_("Passer en perte"),
        lead=_("%(number)s, %(customer)s : %(due)s ne seront pas payés.")
        % {"number": invoice.number, "customer": invoice.customer.name, "due": money(invoice.due)},
        submit=_("Passer en perte"),
        tone="danger",
        crumbs=[*crumbs_of(invoice), (_("Perte"), "")],
    )


@requires(WRITE_OFF)
def loss_back(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk, right=WRITE_OFF)
    loss = standing_loss_of(invoice)
    if loss is None:
        raise Http404
    initial = {"on": timezone.localdate(), "form_key": uuid4()}
    return act_page(
        request,
        LossBackForm(request.POST or None, initial=initial),
        lambda typed: take_loss_back(
            loss,
            on=typed["on"],
            reason=typed["reason"],
            form_key=typed["form_key"],
            actor=request.user,
            today=timezone.localdate(),
        ),
        done=_("La perte est annulée : le reste est de nouveau à payer."),
        back_url=invoice.get_absolute_url(),
        title=_("Annuler le passage en perte"),
        lead=f"{invoice.number} · {money(loss.amount)}",
        submit=_("Annuler la perte"),
        crumbs=[*crumbs_of(invoice), (_("Perte"), "")],
    )


@require_POST
@requires("invoicing.make_recovery_file")
def invoice_recovery(request: HttpRequest, pk: int) -> HttpResponse:
    """The file to hand over, made on the spot: nothing of it is kept here."""
    invoice = find_invoice(request, pk, right="invoicing.make_recovery_file")
    content = recovery_file(invoice, actor=request.user, on=timezone.localdate())
    return file_saved(content, name=f"recouvrement-{invoice.number}.zip", mime="application/zip")
