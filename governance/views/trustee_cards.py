"""The page where a scrutineer makes the codes of voters and prints their cards; the public parts that it
sends (GOV-26)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cae.core.errors import Refused
from cae.core.permissions import in_person, requires
from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.credentials import is_uuid, read_roll
from governance.engines.ballots.faults import BallotFault
from governance.models import BallotBox, SecretVote
from governance.selectors.secret_cards import CardsOf, cards_of, labels_of
from governance.services.secret_codes import receive_cards
from governance.states.secret import CodeMode, SecretState
from governance.views.secret_answers import refusal, texts_in, unreadable
from governance.views.secret_parts import KEEP_KEY, secret_seen
from people.requests import SignedIn


def _scrutin_with_cards(request: SignedIn, pk: int) -> SecretVote:
    """Where the codes come by mail there are no cards: 404."""
    vote = secret_seen(request, pk, KEEP_KEY)
    if vote.mode != CodeMode.CARDS:
        raise Http404
    return vote


@in_person
@requires(KEEP_KEY)
@never_cache
@require_safe
def secret_cards(request: SignedIn, pk: int) -> HttpResponse:
    """The cards of one box, or the choice between several; who holds those that are made."""
    vote = _scrutin_with_cards(request, pk)
    cards = cards_of(vote)
    context = {
        "vote": vote,
        "cards": cards,
        "chosen": _chosen(request, cards),
        "may_make": vote.state == SecretState.ROLL_FROZEN,
        "card_url": request.build_absolute_uri(reverse("governance:secret_cast", args=[pk])),
    }
    return render(request, "governance/secret/cards.html", context)


def _chosen(request: SignedIn, cards: Sequence[CardsOf]) -> CardsOf | None:
    uuid = request.GET.get("urne", "")
    found = [one for one in cards if not uuid or one.box.uuid == uuid]
    if uuid and not found:
        raise Http404
    return found[0] if len(found) == 1 else None


@in_person
@requires(KEEP_KEY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def box_cards(request: SignedIn, pk: int, uuid: str) -> JsonResponse:
    """For the script of the cards: whom they are for; or the public parts of the codes that it made."""
    vote = _scrutin_with_cards(request, pk)
    if not is_uuid(uuid):
        raise Http404
    box = get_object_or_404(BallotBox.objects.filter(secret_vote=vote), uuid=uuid)
    if request.method != "POST":
        return JsonResponse({"uuid": box.uuid, "labels": labels_of(box), "done": bool(box.roll)})
    sent = texts_in(request, "message")
    if sent is None:
        return unreadable()
    try:
        credentials = read_roll(*sent)
        receive_cards(box, credentials=credentials, actor=request.user, at=timezone.now())
    except BallotFault as fault:
        return refusal(fault.code, fault_sentence(fault.code))
    except Refused as refused:
        return refusal(refused.code, str(refused))
    return JsonResponse({})
