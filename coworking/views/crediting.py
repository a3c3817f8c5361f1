"""What was billed and is given back: said, prepared, or kept after all (COW-15, COW-21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import requires
from coworking.forms.members import ReasonForm
from coworking.models import Charge
from coworking.services.crediting import keep_billed, owe_back, prepare_credit
from coworking.views.billing import charge_found, month_of_charge
from coworking.views.place_frame import place_form
from people.requests import SignedIn


@requires("coworking.bill_place")
def charge_owe_back(request: SignedIn, pk: int) -> HttpResponse:
    """A line billed is to be given back, for a reason."""
    charge = charge_found(request, pk)
    return _for_a_reason(
        request,
        charge,
        owe_back,
        title=_("Rendre : %(label)s") % {"label": charge},
        submit=_("À rendre"),
        done=_("Ligne à rendre : préparez son avoir."),
    )


@requires("coworking.bill_place")
def charge_keep_billed(request: SignedIn, pk: int) -> HttpResponse:
    """Nothing is given back after all, or not from here."""
    charge = charge_found(request, pk)
    return _for_a_reason(
        request,
        charge,
        keep_billed,
        title=_("Ne rien rendre : %(label)s") % {"label": charge},
        submit=_("Ne rien rendre"),
        done=_("Rien n’est plus à rendre sur cette ligne."),
    )


def _for_a_reason(
    request: SignedIn, charge: Charge, act: Callable[..., Any], *, done: str, **page: str
) -> HttpResponse:
    """Asks why, acts, then goes back to the month of the line."""
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            act(charge, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, done)
            return redirect(month_of_charge(charge))
    back = (_("Facturation"), month_of_charge(charge))
    return place_form(request, form, charge.payer.place, back=back, **page)


@require_POST
@requires("coworking.bill_place")
def charge_credit(request: SignedIn, pk: int) -> HttpResponse:
    """The credit note of a line, one click; the draft is read before it is issued."""
    charge = charge_found(request, pk)
    with refused_above(request):
        charge = prepare_credit(charge, today=timezone.localdate(), actor=request.user)
        if charge.credit is not None:
            messages.success(request, _("L’avoir est prêt, en brouillon : vérifiez-le, puis émettez-le."))
            return redirect(charge.credit)
        messages.success(request, _("L’avoir interne est fait."))
    return redirect(month_of_charge(charge))
