"""What the pages of a secret ballot share: finding it, the way back, an act on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from cae.core.permissions import can, require
from governance.models import Assembly, SecretVote
from governance.states.secret import HAS_BOX, SecretState
from people.requests import SignedIn

VIEW, READ_ROLL = "governance.view_secret_vote", "governance.read_secret_roll"
PREPARE, RUN = "governance.prepare_secret_vote", "governance.run_secret_vote"
KEEP_KEY = "governance.keep_key"
# The boxes are sealed: their fingerprints are known.
SEALED = HAS_BOX | {SecretState.KEYS_READY, SecretState.TESTED}
Crumbs = list[tuple[Any, str]]


def secret_seen(request: SignedIn, pk: int, right: str = VIEW) -> SecretVote:
    """Gives a scrutin within sight (404), after asking the right on it (403)."""
    rows = SecretVote.objects.select_related("assembly", "opened_by__person")
    vote = get_object_or_404(rows, pk=pk)
    if not can(request.user, VIEW, vote):
        raise Http404
    require(request.user, right, vote)
    return vote


def crumbs_of(user: Any, assembly: Assembly, *more: tuple[Any, str]) -> Crumbs:
    """The way back, which names the assembly to who sees it only; the last step has no address."""
    seen: Crumbs = []
    if can(user, "governance.view_assembly", assembly):
        seen = [
            (assembly.title, assembly.get_absolute_url()),
            (_("Scrutins secrets"), reverse("governance:secret_list", args=[assembly.pk])),
        ]
    trail = [*seen, *more]
    return [*trail[:-1], (trail[-1][0], "")]


def crumbs_to(user: Any, vote: SecretVote, last: Any) -> Crumbs:
    return crumbs_of(user, vote.assembly, (vote.title, vote.get_absolute_url()), (last, ""))


def now_by(request: SignedIn) -> dict[str, Any]:
    """Who does an act, and when: what every service of the scrutin asks."""
    return {"actor": request.user, "at": timezone.now()}


def sent(request: SignedIn) -> Any:
    """What was sent, empty or not; nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def ask(
    request: SignedIn,
    vote: SecretVote,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    **page: Any,
) -> HttpResponse:
    """An act of the bureau on a page of its own, which says what comes next and goes back to the scrutin."""
    crumbs = crumbs_to(request.user, vote, page["title"])
    known: dict[str, Any] = {
        "lead": vote.title,
        "back_url": vote.get_absolute_url(),
        "crumbs": crumbs,
        "vote": vote,
    }
    return act_page(request, form, run, **(known | page))
