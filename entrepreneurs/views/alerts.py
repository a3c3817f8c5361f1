"""What an advisor does of an alert: takes it, mutes it until a day, closes it (ENT-60)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse
from cae.core.permissions import signed_in
from entrepreneurs.forms.coaching import MuteForm, ReasonForm
from entrepreneurs.models import Alert
from entrepreneurs.services import signals
from entrepreneurs.views.coaching_finding import find_row, me

TITLES = {"sourdine": gettext_lazy("Mettre en sourdine"), "clore": gettext_lazy("Clore l’alerte")}


@signed_in
def alert_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Takes an alert at once; mutes or closes it for a reason."""
    alert = find_row(request, Alert, pk, right="entrepreneurs.coach")
    if act not in (*TITLES, "prendre") or (act == "prendre" and request.method != "POST"):
        raise Http404
    page = reverse("entrepreneurs:coaching_file", args=[alert.person_id])
    form: Any = None
    if act != "prendre":
        form = (MuteForm if act == "sourdine" else ReasonForm)(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(request, alert, act, form.cleaned_data if form else {}, timezone.localdate())
        except Refused as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect(page)
            refuse(form, refusal)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=TITLES[act],
        lead=str(alert),
        submit=TITLES[act],
        back_url=page,
        crumbs=[(alert.person.full_name, page), (TITLES[act], "")],
    )


def _do(request: HttpRequest, alert: Alert, act: str, found: dict[str, Any], on: date) -> None:
    if act == "prendre":
        signals.take_alert(alert, actor=request.user, by=me(request))
    elif act == "sourdine":
        signals.mute_alert(alert, **found, actor=request.user, on=on)
    else:
        signals.close_alert(alert, **found, actor=request.user)
