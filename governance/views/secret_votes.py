"""The secret ballots of an assembly: their list, the preparation of one, where one stands (GOV-26)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires
from governance.forms.secret import PrepareSecretForm
from governance.models import Assembly, SecretJournal, SecretVote
from governance.permissions.predicates import found_in_sight
from governance.selectors.secret_ceremony import MAKES_KEYS
from governance.selectors.secret_facts import boxes_of, secret_votes_of
from governance.selectors.secret_journal import journal_of
from governance.selectors.secret_offered import offered, trustees_offered
from governance.selectors.secret_steps import Life, life_of
from governance.selectors.secret_totals import votes_asked
from governance.selectors.secret_warnings import small_boxes
from governance.services.secret_publishing import links_go_on
from governance.services.secret_votes import prepare_secret_vote
from governance.states.assemblies import CALLED, BureauRole
from governance.states.secret import (
    BEFORE_OPENING,
    EXTENSIBLE,
    ROLL_KNOWN,
    SECRET_FLOW,
    CodeMode,
    SecretState,
    TrusteeStep,
)
from governance.states.secret_acts import ASKED, KEYS, NEXT_WORDS, SHARES
from governance.states.secret_words import JOURNAL_WORDS
from governance.views.secret_parts import (
    KEEP_KEY,
    PREPARE,
    READ_ROLL,
    RUN,
    SEALED,
    VIEW,
    crumbs_of,
    secret_seen,
)
from people.models import User
from people.requests import SignedIn


def _assembly_seen(request: SignedIn, pk: int) -> Assembly:
    assembly = get_object_or_404(Assembly.objects.visible_to(request.user), pk=pk)
    found_in_sight(request.user, assembly)
    return assembly


@requires(VIEW)
@require_safe
def secret_list(request: SignedIn, pk: int) -> HttpResponse:
    """The secret ballots of an assembly, the latest first."""
    assembly = _assembly_seen(request, pk)
    may_prepare = can(request.user, PREPARE, assembly) and assembly.state in CALLED
    context = {
        "assembly": assembly,
        "votes": secret_votes_of(assembly),
        "may_prepare": may_prepare,
        "crumbs": crumbs_of(request.user, assembly),
    }
    return render(request, "governance/secret/list.html", context)


@requires(PREPARE)
def secret_prepare(request: SignedIn, pk: int) -> HttpResponse:
    """Questions of the agenda, how codes reach voters, who keeps the keys, when it closes."""
    assembly = _assembly_seen(request, pk)
    require(request.user, PREPARE, assembly)
    questions = offered(assembly)
    form = PrepareSecretForm(
        request.POST or None,
        questions=[one for one in questions if not one.why_not],
        people=trustees_offered(assembly),
        initial=_suggested(assembly),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            vote = prepare_secret_vote(assembly, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("Le scrutin est préparé : suivez ses étapes, l’une après l’autre."))
            return redirect(vote)
    title = _("Préparer un scrutin secret")
    return form_page(
        request,
        form,
        title=title,
        lead=assembly.title,
        submit=_("Préparer le scrutin"),
        back_url=reverse("governance:secret_list", args=[assembly.pk]),
        crumbs=crumbs_of(request.user, assembly, (title, "")),
        template="governance/secret/prepare.html",
        left_out=[one for one in questions if one.why_not],
        nothing_offered=all(one.why_not for one in questions),
    )


def _suggested(assembly: Assembly) -> dict[str, Any]:
    """The scrutineers of the sitting keep the keys; all but one are enough to open."""
    seats = assembly.bureau.filter(role=BureauRole.SCRUTINEER).values_list("person_id", flat=True)
    people = list(seats)
    return {"trustees": people, "threshold": max(1, len(people) - 1), "title": _("Scrutin secret")}


@requires(VIEW)
@require_safe
def secret_detail(request: SignedIn, pk: int) -> HttpResponse:
    """Where the scrutin stands: what is done, what is next and whose turn it is; its boxes, its journal."""
    vote = secret_seen(request, pk)
    return render(request, "governance/secret/detail.html", detail_context(request, vote))


def detail_context(request: SignedIn, vote: SecretVote) -> dict[str, Any]:
    user, journal = request.user, list(journal_of(vote))
    life = life_of(vote, journal)
    moves = {move.name for move in SECRET_FLOW.moves_open_to(user, vote)}
    keeps_key, may_run = can(user, KEEP_KEY, vote), can(user, RUN, vote)
    return {
        "vote": vote,
        "assembly": vote.assembly,
        "life": life,
        "next_words": NEXT_WORDS.get(life.next_act, ""),
        "next_label": SECRET_FLOW.move(life.next_act).label if life.next_act in moves else "",
        "next_address": ASKED.get(life.next_act, ""),
        "asks_keeper": keeps_key and _asks(user, life),
        "others": _beside(vote, life, moves, may_run=may_run),
        "keeps_key": keeps_key,
        "watches": keeps_key or may_run,
        "reads_roll": can(user, READ_ROLL, vote) and vote.state in ROLL_KNOWN,
        "may_vote": vote.state == SecretState.OPEN and can(user, "governance.cast_secret_ballot", vote),
        "boxes": boxes_of(vote) if vote.state in ROLL_KNOWN else [],
        "questions": votes_asked(vote),
        "warnings": small_boxes(vote) if vote.state in BEFORE_OPENING else [],
        **_journal(journal),
        "links_go_on": links_go_on(vote)
        if vote.state == SecretState.RECORDED and vote.purged_at is None
        else None,
        "is_sealed": vote.state in SEALED,
        "rehearsed": bool(vote.rehearsal),
        "crumbs": crumbs_of(user, vote.assembly, (vote.title, "")),
    }


def _asks(user: User, life: Life) -> bool:
    """Whether the act to come is one of a scrutineer: a share, of who has one still to give."""
    if life.next_act != SHARES:
        return life.next_act == KEYS
    return any(one.trustee.person_id == user.person_id and not one.has_shared for one in life.keepers)


def _journal(lines: list[SecretJournal]) -> dict[str, Any]:
    """The acts, the latest first; apart, the steps of the keys, of which each scrutineer did five."""
    told = [(line, JOURNAL_WORDS[line.act]) for line in reversed(lines) if line.act != "step"]
    steps = [line for line in reversed(lines) if line.act == "step"]
    return {
        "journal": told,
        "key_steps": [(line, TrusteeStep(line.facts["step"]).label) for line in steps],
    }


def _beside(vote: SecretVote, life: Life, moves: set[str], *, may_run: bool) -> list[tuple[Any, str]]:
    """What may be done now beside the act to come: its word, its address."""
    begun = any(one.trustee.certificate for one in life.keepers)
    open_to_all = {
        "pause": (SECRET_FLOW.move("pause").label, "pause" in moves),
        "extend": (_("Repousser la clôture"), may_run and vote.state in EXTENSIBLE),
        "close": (SECRET_FLOW.move("close").label, "close" in moves),
        "renew": (
            _("Refaire les codes"),
            may_run and vote.state == SecretState.ROLL_FROZEN and vote.mode == CodeMode.MAIL,
        ),
        "restart": (_("Refaire les clés"), may_run and vote.state in MAKES_KEYS and begun),
        "cancel": (SECRET_FLOW.move("cancel").label, "cancel" in moves and not vote.must_conclude),
    }
    return [
        (label, ASKED[act])
        for act, (label, is_open) in open_to_all.items()
        if is_open and act != life.next_act
    ]
