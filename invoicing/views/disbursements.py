"""The proof of a disbursement, brought from the editor of an invoice (INV-26)."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.permissions import requires
from invoicing.forms.disbursements import ProofForm
from invoicing.services.proving import add_proof
from invoicing.views import typed
from invoicing.views.finding import activities_to_sell_for


@requires("invoicing.add_proof")
def proof_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the file, then goes back to the invoice as it was left."""
    mine = activities_to_sell_for(request, "invoicing.add_proof")
    activity = next((one for one in mine if one.pk == pk), None)
    if activity is None:
        raise Http404
    left = request.POST.get("back") or request.GET.get("retour", "")
    initial = {"form_key": uuid4(), "on": timezone.localdate(), "back": left}
    form = ProofForm(request.POST or None, request.FILES or None, initial=initial)
    back = typed.address_as_left(request, left) or reverse("invoicing:invoice_list")
    return act_page(
        request,
        form,
        lambda _typed: add_proof(
            activity,
            said=form.proof_said(),
            form_key=form.cleaned_data["form_key"],
            actor=request.user,
            today=timezone.localdate(),
        ),
        done=_("La preuve est gardée : choisissez-la au bloc « Débours »."),
        back_url=back,
        title=_("Preuve d’un débours"),
        lead=_(
            "%(activity)s. Une dépense déjà passée en note de frais ou en achat, sur le compte de débours, "
            "est proposée d’elle-même."
        )
        % {"activity": activity.name},
        submit=_("Garder la preuve"),
        crumbs=[(_("Factures"), reverse("invoicing:invoice_list")), (_("Débours"), "")],
    )
