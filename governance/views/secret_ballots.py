"""The page of a voter: what is asked, the voices in hand; the sealed ballot that it sends (GOV-26)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.errors import Code, Refused
from cae.core.permissions import in_person, requires
from cae.core.quiet import quiet
from cae.core.templatetags.formats import local, spelled
from governance.calculations.quarters import QUARTER
from governance.engines.ballots.faults import BallotFault
from governance.models import RollEntry, SecretVote
from governance.selectors.ballot_sheets import parts_of
from governance.selectors.secret_people import entries_castable
from governance.selectors.secret_voting import BallotPage, BoxInHand, ballot_page, kept_code_mails
from governance.services.ballot_casting import cast_ballot
from governance.states.secret import SecretState
from governance.views.secret_answers import refusal, texts_in, unreadable
from governance.views.secret_parts import crumbs_to, secret_seen
from people.requests import SignedIn

CAST = "governance.cast_secret_ballot"


@quiet
@in_person
@requires(CAST)
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
def secret_cast(request: SignedIn, pk: int) -> HttpResponse:
    """The ballot of one box, or the choice between several; where no ballot enters, why not: asked every 15
    seconds, 304 when nothing changed."""
    vote = secret_seen(request, pk, CAST)
    context = _standing(vote, timezone.now())
    if not request.htmx:
        return _page(request, vote, context)
    part: HttpResponse = condition(etag_func=lambda _request: _mark(context))(
        lambda request: render(request, "governance/secret/cast_wait.html#standing", context)
    )(request)
    return part


def _mark(standing: dict[str, Any]) -> str:
    vote: SecretVote = standing["vote"]
    return f'"{vote.state}-{vote.closes_at}-{standing["takes_ballots"]}-{get_language()}"'


def _standing(vote: SecretVote, now: datetime) -> dict[str, Any]:
    """Whether ballots enter now, until when."""
    takes_ballots = vote.state == SecretState.OPEN and (vote.closes_at is None or now < vote.closes_at)
    return {"vote": vote, "takes_ballots": takes_ballots, "now": now}


def _page(request: SignedIn, vote: SecretVote, context: dict[str, Any]) -> HttpResponse:
    if not context["takes_ballots"]:
        context["crumbs"] = crumbs_to(request.user, vote, _("Voter"))
        return render(request, "governance/secret/cast_wait.html", context)
    page = ballot_page(vote, request.user)
    context |= {"page": page, "mails": kept_code_mails(vote, request.user)}
    chosen = _chosen(request, page)
    if chosen is not None:
        voices = [voice for voice in chosen.voices if voice.may_vote]
        context |= {
            "chosen": chosen,
            "box": chosen.box,
            "open_voices": [voice for voice in voices if not (page.is_final and voice.entry.has_voted)],
            "parts": parts_of(page.questions, chosen.election),
        }
    answer = render(request, "governance/secret/cast.html", context)
    # « Précédent » draws it anew: what was voted since is told, what was ticked is gone.
    patch_cache_control(answer, no_store=True)
    return answer


def _chosen(request: SignedIn, page: BallotPage) -> BoxInHand | None:
    """The box whose ballot is filled; none where one has to choose. An address names a box, never a voice:
    proxies and logs keep addresses."""
    uuid = request.GET.get("urne", "")
    found = [one for one in page.boxes if not uuid or one.box.uuid == uuid]
    if not found:
        raise Http404
    return found[0] if len(found) == 1 else None


@quiet
@in_person
@requires(CAST)
@require_POST
def secret_ballot(request: SignedIn, pk: int) -> JsonResponse:
    """A sealed ballot for one voice, both in the body; answers with its tracker and the quarter of an hour,
    or with one sentence."""
    vote = secret_seen(request, pk, CAST)
    sent = _read(request)
    if sent is None:
        return unreadable()
    key, text = sent
    entry = entries_castable(request.user).filter(box__secret_vote=vote, pk=key).first()
    if entry is None:
        return refusal(Code.NOT_ALLOWED, _("Cette voix n’est pas entre vos mains pour ce scrutin."))
    return _cast(request, entry, text)


def _cast(request: SignedIn, entry: RollEntry, text: str) -> JsonResponse:
    try:
        given = cast_ballot(entry, text=text, actor=request.user, at=timezone.now())
    except Refused as refused:
        cause = refused.__cause__
        return refusal(cause.code if isinstance(cause, BallotFault) else refused.code, str(refused))
    return JsonResponse({"tracker": given.tracker, "quarter": _quarter_words(given.quarter)})


def _read(request: HttpRequest) -> tuple[UUID, str] | None:
    """The voice and the exact text of the ballot: it is hashed, so it comes as a string within the body."""
    try:
        voice, text = texts_in(request, "voice", "ballot") or ("", "")
        return UUID(voice), text
    except ValueError:
        return None


def _quarter_words(start: datetime) -> str:
    """« 29 novembre 2026, entre 10:00 et 10:15 »."""
    times = {"start": f"{local(start):%H:%M}", "end": f"{local(start + QUARTER):%H:%M}"}
    return _("%(day)s, entre %(start)s et %(end)s") % {"day": spelled(start), **times}
