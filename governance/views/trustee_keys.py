"""The page where a scrutineer makes a key, tries it, then gives a share of the opening; what its script reads
and sends (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cae.core.errors import Code, Refused
from cae.core.permissions import in_person, requires
from governance.models import BallotBox, Trustee
from governance.selectors.secret_ceremony import KEPT_IN, has_done, state_for
from governance.selectors.secret_steps import keepers_of
from governance.services.secret_counting import give_share
from governance.services.secret_keys import receive_step
from governance.views.secret_answers import refusal, texts_in, unreadable
from governance.views.secret_parts import KEEP_KEY, secret_seen
from people.requests import SignedIn

# What the script calls a share, beside the steps of the ceremony.
SHARE = "share"


def _trustee_of(request: SignedIn, pk: int) -> Trustee:
    vote = secret_seen(request, pk, KEEP_KEY)
    return Trustee.objects.select_related("secret_vote", "person").get(
        secret_vote=vote, person=request.user.person_id
    )


@in_person
@requires(KEEP_KEY)
@never_cache
@require_safe
def secret_key(request: SignedIn, pk: int) -> HttpResponse:
    """All the steps of a key, of which the script shows the one that is asked of this scrutineer now."""
    trustee = _trustee_of(request, pk)
    vote = trustee.secret_vote
    context = {
        "vote": vote,
        "trustee": trustee,
        "keepers": [(one, sum(has_done(one.trustee, step) for step in KEPT_IN)) for one in keepers_of(vote)],
        "steps": len(KEPT_IN),
    }
    return render(request, "governance/secret/key.html", context)


@in_person
@requires(KEEP_KEY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def secret_key_steps(request: SignedIn, pk: int) -> JsonResponse:
    """What the ceremony holds, for the script of this scrutineer; or the step that it made."""
    trustee = _trustee_of(request, pk)
    if request.method != "POST":
        return JsonResponse(_state(trustee))
    sent = texts_in(request, "step", "message", "box")
    if sent is None:
        return unreadable()
    try:
        _receive(request, trustee, *sent)
    except Refused as refused:
        return refusal(refused.code, str(refused))
    return JsonResponse({})


def _state(trustee: Trustee) -> dict[str, Any]:
    state = state_for(trustee)
    for box in state["boxes"]:
        box["archive"] = reverse("governance:box_archive", args=[box["uuid"]])
    said = {one.trustee.index: one.status[2] for one in keepers_of(trustee.secret_vote)}
    return state | {"said": said}


def _receive(request: SignedIn, trustee: Trustee, step: str, message: str, uuid: str) -> None:
    by: dict[str, Any] = {"actor": request.user, "at": timezone.now()}
    if step != SHARE:
        receive_step(trustee, step=step, message=message, **by)
        return
    box = BallotBox.objects.filter(secret_vote=trustee.secret_vote, uuid=uuid).first()
    if box is None:
        raise Refused(Code.NOT_ALLOWED, _("Cette urne n’est pas de ce scrutin."))
    give_share(trustee, box=box, message=message, **by)
