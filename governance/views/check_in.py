"""Signing in by oneself: by the code of the room, on the tablet at the door, at a distance (GOV-22)."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now
from cae.core.errors import Refused
from cae.core.forms import form_page, refused_above
from cae.core.permissions import in_person, require, requires, signed_in
from governance.forms.representation import TabletForm, TabletSearchForm
from governance.models import Assembly, Associate
from governance.selectors.register import associates_on
from governance.selectors.representation import (
    BY_NAME,
    acted_at,
    acting_persons,
    own_voices,
    places_of,
    takes_presence,
)
from governance.services import attendance as verbs
from governance.services.attendance import Signed
from governance.states.assemblies import AssemblyState, PresenceWay
from governance.views.assembly_parts import crumbs_of
from governance.views.representation_parts import own_associate, seen
from people.devices import origin_of
from people.requests import SignedIn

KEEP = "governance.keep_attendance"


@in_person
@signed_in
def check_in(request: SignedIn, key: str) -> HttpResponse:
    """What the code of the room opens: one button that says « I am here »."""
    assembly = _by_key(request, key)
    now = timezone.now()
    mine = acted_at(request.user, now)
    if request.method == "POST":
        for one in mine:
            with refused_above(request):
                verbs.arrive(assembly, associate=one, way=PresenceWay.QR, now=now, actor=request.user)
                messages.success(request, _("Bienvenue : %(name)s est présent·e.") % {"name": one})
        return redirect("governance:check_in", key)
    voices = own_voices(assembly, request.user, now)
    context = {
        "assembly": assembly,
        "voices": voices,
        "awaited": any(one.place != "arrival" for one in voices),
        "takes": takes_presence(assembly, now),
    }
    return render(request, "governance/representation/check_in.html", context)


def _by_key(request: SignedIn, key: str) -> Assembly:
    """The assembly of a room, to those who see it."""
    rows = Assembly.objects.visible_to(request.user).exclude(state=AssemblyState.DRAFT).exclude(room_key="")
    return get_object_or_404(rows.select_related("rule_set"), room_key=key)


@in_person
@require_POST
@signed_in
def remote(request: SignedIn, pk: int, associate_pk: int) -> HttpResponse:
    """Connects at a distance, or says that one leaves."""
    assembly = seen(request, pk)
    associate = own_associate(request, assembly, associate_pk)
    require(request.user, "governance.check_in", associate)
    leaves = request.POST.get("do") == "leave"
    act, done = (
        (verbs.disconnect, _("Votre départ est noté."))
        if leaves
        else (verbs.connect, _("Vous êtes présent·e à distance."))
    )
    return act_now(
        request,
        lambda: act(assembly, associate=associate, now=timezone.now(), actor=request.user),
        done=done,
        back_url=reverse("governance:own_proxy", args=[pk]),
    )


@requires(KEEP)
def tablet(request: SignedIn, pk: int) -> HttpResponse:
    """The tablet at the door: one finds one’s name, then signs."""
    assembly = seen(request, pk, KEEP)
    form = TabletSearchForm(request.GET or None, associates=_expected())
    if form.is_bound and form.is_valid():
        return redirect("governance:tablet_sign", pk, form.cleaned_data["associate"].pk)
    context = {"assembly": assembly, "form": form, "takes": takes_presence(assembly, timezone.now())}
    return render(request, "governance/representation/tablet.html", context)


@requires(KEEP)
def tablet_sign(request: SignedIn, pk: int, associate_pk: int) -> HttpResponse:
    """The mark of who came in, on the sheet."""
    assembly, now = seen(request, pk, KEEP), timezone.now()
    associate = get_object_or_404(_expected(), pk=associate_pk)
    person = acting_persons([associate.pk], timezone.localdate(now)).get(associate.pk)
    if person is None:
        raise Http404
    form = TabletForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signed = Signed(form.hand_of(str(person), ""), origin_of(request))
            verbs.arrive(
                assembly,
                associate=associate,
                way=PresenceWay.TABLET,
                signed=signed,
                now=now,
                actor=request.user,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Merci : %(name)s est présent·e.") % {"name": associate})
            return redirect("governance:tablet", pk)
    back = reverse("governance:tablet", args=[pk])
    return form_page(
        request,
        form,
        title=_("Signer la feuille de présence"),
        lead=_("%(name)s, présent·e à l’assemblée « %(title)s »") % {"name": person, "title": assembly.title},
        submit=_("Signer"),
        back_url=back,
        crumbs=crumbs_of(assembly, (_("Tablette"), back), (associate.name, "")),
        template="governance/representation/tablet_sign.html",
        place=places_of(assembly, now, [associate.pk]).get(associate.pk, ""),
    )


def _expected() -> QuerySet[Associate]:
    return associates_on(timezone.localdate()).order_by(BY_NAME, "pk")
