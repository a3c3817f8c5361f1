"""A half-day: who signed, signing on a phone, what comes back on paper, what the manager adds (COW-45)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Refused
from cae.core.permissions import can, in_person, require, requires
from coworking.calculations.sheets import Window
from coworking.forms.training_sheets import MissingForm, ScanForm, SheetSignForm
from coworking.models import Enrolment, HalfDay, Trainer
from coworking.selectors.sheets import closes_at, sheet_of, window_of
from coworking.services import sheets as verbs
from coworking.services.training_mails import send_trainer_link
from coworking.states.training import SEATED
from coworking.views.training_parts import file_of
from coworking.views.training_sessions import crumbs_of
from people.devices import origin_of
from people.models import User
from people.requests import SignedIn

_SIGN, _FILE, _ADD = "coworking.sign_half_day", "coworking.file_sheet", "coworking.add_signature"
Signer = Enrolment | Trainer


@requires("coworking.read_sheet")
def half_day(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet of one half-day, and what may still be signed."""
    day = _day(pk)
    require(request.user, "coworking.read_sheet", day)
    now = timezone.now()
    sheet = sheet_of(day.session, now=now)
    cells = [(line.enrolment, cell) for line in sheet.lines for cell in line.cells if cell.day.pk == day.pk]
    mine = next(cell for cell in sheet.days if cell.day.pk == day.pk)
    missing = [*(one for one, cell in cells if cell.is_missing), *([day.trainer] if mine.is_missing else [])]
    context = {
        "day": day,
        "session": day.session,
        "starts": timezone.localtime(day.starts_at),
        "ends": timezone.localtime(day.ends_at),
        "cells": cells,
        "mine": mine,
        "missing": missing,
        "is_taught_by_me": day.trainer.person_id is not None
        and day.trainer.person_id == request.user.person_id,
        "is_coming": window_of(day, now) == Window.EARLY,
        "may_file": can(request.user, _FILE, day.session),
        "may_add": can(request.user, _ADD),
    }
    return render(request, "coworking/training/half_day.html", context)


@in_person
@requires(_SIGN)
def half_day_sign(request: SignedIn, pk: int) -> HttpResponse:
    """One signs as the trainer or the trainee that one is."""
    day = _day(pk)
    require(request.user, _SIGN, day)
    signer = _signer_of(day, request.user)
    own = isinstance(signer, Enrolment)
    back = signer.get_absolute_url() if own else day.get_absolute_url()
    return sign_page(request, day, signer, actor=request.user, done=back)


def sign_page(
    request: HttpRequest, day: HalfDay, signer: Signer, *, actor: Any, done: str, by_link: bool = False
) -> HttpResponse:
    """The place to sign a half-day; what is refused stands at its field, in one sentence."""
    now = timezone.now()
    form = SheetSignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.sign_half_day(
                day,
                signer,
                hand=form.hand_of(str(signer), ""),
                origin=origin_of(request),
                at=now,
                actor=actor,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Demi-journée signée. Merci."))
            return redirect(done)
    context = {
        "form": form,
        "day": day,
        "session": day.session,
        "starts": timezone.localtime(day.starts_at),
        "ends": timezone.localtime(day.ends_at),
        "signer": signer,
        "window": window_of(day, now).value,
        "signed": day.signatures.filter(
            **({"enrolment": signer} if isinstance(signer, Enrolment) else {"trainer": signer})
        ).first(),
        "back_url": done,
        "layout": "layouts/public.html" if by_link else "layouts/app.html",
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "coworking/training/sign.html", context, status=422 if wrong else 200)


@requires(_FILE)
def half_day_scan(request: SignedIn, pk: int) -> HttpResponse:
    """A sheet that was signed on paper comes back, with who signed it."""
    day = _day(pk)
    require(request.user, _FILE, day.session)
    offered = _unsigned(day)
    form = ScanForm(
        request.POST or None,
        request.FILES or None,
        offered=[(key, str(one)) for key, one in offered.items()],
        initial={"signers": list(offered)},
    )
    return act_page(
        request,
        form,
        lambda found: verbs.file_scan(
            day,
            **file_of(found),
            signers=[offered[key] for key in found["signers"]],
            at=timezone.now(),
            actor=request.user,
        ),
        done=_("Feuille déposée."),
        back_url=day.get_absolute_url(),
        title=_("Déposer une feuille signée sur papier"),
        lead=str(day),
        submit=_("Déposer"),
        crumbs=_crumbs(day, _("Feuille sur papier")),
    )


@requires(_ADD)
def half_day_add_signature(request: SignedIn, pk: int) -> HttpResponse:
    """The manager notes a presence that nobody signed, with its reason."""
    day = _day(pk)
    offered = _unsigned(day)
    form = MissingForm(request.POST or None, offered=[(key, str(one)) for key, one in offered.items()])
    return act_page(
        request,
        form,
        lambda found: verbs.add_signature(
            day, offered[found["signer"]], reason=found["reason"], at=timezone.now(), actor=request.user
        ),
        done=_("Présence ajoutée, avec son motif."),
        back_url=day.get_absolute_url(),
        title=_("Ajouter une présence"),
        lead=str(day),
        submit=_("Ajouter"),
        crumbs=_crumbs(day, _("Ajouter une présence")),
    )


@require_POST
@requires(_FILE)
def half_day_send(request: SignedIn, pk: int) -> HttpResponse:
    """Mails an outside trainer the page where to sign."""
    day = _day(pk)
    require(request.user, _FILE, day.session)
    return act_now(
        request,
        lambda: send_trainer_link(day, ends_at=closes_at(day), actor=request.user, at=timezone.now()),
        done=_("Lien envoyé à %(name)s.") % {"name": day.trainer},
        back_url=day.get_absolute_url(),
    )


def _signer_of(day: HalfDay, user: User) -> Signer:
    """As whom this person signs: the trainer, or the trainee with a seat, else the one who had it."""
    if day.trainer.person_id == user.person_id:
        return day.trainer
    rows = Enrolment.objects.filter(session=day.session_id, person=user.person_id)
    found = rows.filter(state__in=SEATED).first() or rows.first()
    if found is None:
        raise Http404
    return found


def _unsigned(day: HalfDay) -> dict[str, Signer]:
    """Those who have not signed a half-day, by a key that tells trainees from the trainer."""
    signed = set(day.signatures.values_list("enrolment", flat=True))
    rows = day.session.enrolments.filter(state__in=SEATED)
    found: dict[str, Signer] = {f"e{one.pk}": one for one in rows if one.pk not in signed}
    if not day.signatures.filter(trainer=day.trainer).exists():
        found[f"t{day.trainer_id}"] = day.trainer
    return found


def _crumbs(day: HalfDay, last: Any) -> list[tuple[Any, str]]:
    words = f"{timezone.localtime(day.starts_at):%d/%m/%Y %H:%M}"
    return [*crumbs_of(day.session), (words, reverse("coworking:half_day", args=[day.pk])), (last, "")]


def _day(pk: int) -> HalfDay:
    rows = HalfDay.objects.select_related("session__course", "session__activity", "session__place", "trainer")
    row: HalfDay = get_object_or_404(rows, pk=pk)
    return row
