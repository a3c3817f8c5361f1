"""How the documents of an activity look: the choices, and a sheet that shows them at once (INV-29)."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.errors import Forbidden, Refused
from cae.core.forms import refuse
from cae.core.middleware import status_of
from cae.core.permissions import requires
from entrepreneurs.models import Activity
from invoicing.documents import InvoicePage, invoice_page
from invoicing.engines.logos import logo_fault, printable_logo
from invoicing.forms.looks import LookForm, look_typed
from invoicing.models import DocumentLook
from invoicing.selectors.looks import look_of, look_row
from invoicing.selectors.samples import sample_quote
from invoicing.services.looks import MAX_LOGO, checked_look, save_look
from invoicing.views.finding import activities_to_sell_for, chosen_activity

RIGHT = "invoicing.edit_look"


@requires(RIGHT)
def look_edit(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, RIGHT)
    if not offered:
        raise Forbidden(_("Une présentation appartient à une activité : vous n’en avez aucune."))
    activity = chosen_activity(request, offered)
    if activity is None:
        context = {"offered": offered, "title": _("Présentation des documents")}
        return render(request, "invoicing/choose_activity.html", context)
    row = look_row(activity)
    form = _form(request, row)
    if form.is_valid() and request.POST.get("do") != "preview":
        try:
            _save(form, activity, request.user)
        except Refused as refusal:
            refuse(form, refusal)
            return _page(request, form, activity, row, status=status_of(refusal))
        messages.success(request, _("Vos prochains documents auront cette présentation."))
        return redirect(f"{reverse('invoicing:look_edit')}?activite={activity.pk}")
    return _page(request, form, activity, row, status=422 if form.errors else 200)


@require_POST
@requires(RIGHT)
def look_preview(request: HttpRequest) -> HttpResponse:
    """The sheet alone, for the script that draws it beside the form; nothing is stored."""
    activity = chosen_activity(request, activities_to_sell_for(request, RIGHT))
    if activity is None:
        raise Forbidden(_("Une présentation appartient à une activité : vous n’en avez aucune."))
    form = _form(request, look_row(activity))
    form.is_valid()
    return render(request, "invoicing/_look_sheet.html", {"page": _sheet(form, activity)})


def _save(form: LookForm, activity: Activity, actor: Any) -> DocumentLook:
    return save_look(
        activity,
        content=form.content(),
        version=form.cleaned_data["version"],
        logo=form.logo_sent,
        without_logo=bool(form.cleaned_data.get("without_logo")),
        actor=actor,
    )


def _form(request: HttpRequest, row: DocumentLook) -> LookForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return LookForm(data, files, initial=look_typed(row), has_logo=row.logo is not None)


def _page(
    request: HttpRequest, form: LookForm, activity: Activity, row: DocumentLook, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "activity": activity,
        "row": row,
        "page": _sheet(form, activity),
        "previewed": request.POST.get("do") == "preview",
    }
    return render(request, "invoicing/look.html", context, status=status)


def _sheet(form: LookForm, activity: Activity) -> InvoicePage:
    """The example under what is typed, as far as it can be read; else under what is stored."""
    look, logo = look_of(look_row(activity)), None
    if form.is_bound and hasattr(form, "cleaned_data"):
        try:
            typed = checked_look(form.content())
            look = replace(
                look, colour=typed.colour, layout=typed.layout, header=typed.header, footer=typed.footer
            )
        except Refused:
            pass
        logo = "" if form.cleaned_data.get("without_logo") else _logo_sent(form)
    return invoice_page(sample_quote(activity, look=look, on=timezone.localdate()), draft=True, logo=logo)


def _logo_sent(form: LookForm) -> str | None:
    """The logo being chosen, drawn as it would be kept; None leaves the stored one."""
    sent = form.cleaned_data.get("logo")
    if not sent or sent.size > MAX_LOGO:
        return None
    sent.seek(0)
    content = sent.read()
    if logo_fault(content):
        return None
    image = printable_logo(content)
    return f"data:{image.mime};base64,{base64.b64encode(image.content).decode()}"
