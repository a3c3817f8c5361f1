"""Kinds of event, as the cooperative makes them (COW-27)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import requires
from coworking.forms.events import KindForm
from coworking.models import EventKind
from coworking.services.event_kinds import KindData, lay_first_kinds, save_kind
from people.requests import SignedIn

SET = "coworking.set_event_kinds"


@requires(SET)
def kind_list(request: SignedIn) -> HttpResponse:
    return render(request, "coworking/events/kinds.html", {"kinds": list(EventKind.objects.all())})


@require_POST
@requires(SET)
def kind_first(request: SignedIn) -> HttpResponse:
    """The usual kinds, where there is none."""
    return act_now(
        request,
        lambda: lay_first_kinds(actor=request.user),
        done=_("Les genres usuels sont là : gardez ceux qui vous servent."),
        back_url=reverse("coworking:event_kinds"),
    )


@requires(SET)
def kind_add(request: SignedIn) -> HttpResponse:
    return _form(request, None)


@requires(SET)
def kind_change(request: SignedIn, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(EventKind, pk=pk))


def _form(request: SignedIn, kind: EventKind | None) -> HttpResponse:
    names = KindData.__dataclass_fields__
    held = {name: getattr(kind, name) for name in names} if kind else {"minutes": 120, "is_active": True}
    form = KindForm(request.POST or None, initial=held)
    back = reverse("coworking:event_kinds")
    if form.is_valid():
        with refused_at(form):
            version = key_in(request.POST.get("version", ""))
            save_kind(kind, data=form.typed(), actor=request.user, version=version)
            messages.success(request, _("Genre enregistré."))
            return redirect(back)
    title = _("Modifier « %(name)s »") % {"name": kind} if kind else _("Ajouter un genre")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=back,
        crumbs=[
            (_("Événements"), reverse("coworking:event_list")),
            (_("Genres d’événement"), back),
            (title, ""),
        ],
        template="coworking/events/versioned_form.html",
        version=request.POST.get("version", kind.version if kind else ""),
    )
