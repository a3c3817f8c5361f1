"""What is done to a delivery note: issued, sent, signed on paper, cancelled (INV-26)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import requires
from invoicing.forms.deliveries import PaperSignatureForm
from invoicing.forms.purchase_acts import ReasonForm
from invoicing.models import DeliveryNote
from invoicing.services.deliveries import cancel_delivery, issue_delivery
from invoicing.services.delivery_signing import Received, sign_delivery
from invoicing.views.deliveries import EDIT, delivery_crumbs, find_delivery
from invoicing.views.piece_sending import piece_link_page, piece_send_page


@require_POST
@requires(EDIT)
def delivery_issue(request: HttpRequest, pk: int) -> HttpResponse:
    note = find_delivery(request, pk, right=EDIT)
    return act_now(
        request,
        lambda: issue_delivery(note, actor=request.user, at=timezone.now()),
        done=_("Le bon est émis : il a son numéro, son PDF se prépare."),
        back_url=note.get_absolute_url(),
    )


@requires(EDIT)
def delivery_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signature on paper; the one made by the link writes itself."""
    note = find_delivery(request, pk, right=EDIT)
    first = {"name": note.customer.contact_name, "on": timezone.localdate()}
    form = PaperSignatureForm(request.POST or None, request.FILES or None, initial=first)
    return act_page(
        request,
        form,
        lambda found: sign_delivery(
            note,
            received=Received(found["name"], found["on"], found["function"], found["reserves"]),
            scan=form.scanned(),
            actor=request.user,
            at=timezone.now(),
        ),
        done=_("La signature est notée."),
        title=_("Noter la signature"),
        submit=_("Noter la signature"),
        **_page(note, _("Signature")),
    )


@requires(EDIT)
def delivery_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    note = find_delivery(request, pk, right=EDIT)
    return act_page(
        request,
        ReasonForm(request.POST or None),
        lambda found: cancel_delivery(note, reason=found["reason"], actor=request.user, at=timezone.now()),
        done=_("Le bon est annulé : ses quantités peuvent être livrées de nouveau."),
        title=_("Annuler le bon"),
        submit=_("Annuler le bon"),
        tone="danger",
        **_page(note, _("Annuler")),
    )


@requires(EDIT)
def delivery_send(request: HttpRequest, pk: int) -> HttpResponse:
    note = find_delivery(request, pk, right=EDIT)
    return piece_send_page(request, note, crumbs=_page(note, _("Envoyer"))["crumbs"])


@require_POST
@requires(EDIT)
def delivery_link(request: HttpRequest, pk: int) -> HttpResponse:
    return piece_link_page(request, find_delivery(request, pk, right=EDIT))


def _page(note: DeliveryNote, word: str) -> dict[str, Any]:
    return {
        "lead": f"{note} · {note.customer.name}",
        "back_url": note.get_absolute_url(),
        "crumbs": delivery_crumbs((str(note), note.get_absolute_url()), (word, "")),
    }
