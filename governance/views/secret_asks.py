"""What moves a secret ballot and asks something first, or says what follows: a page for each act (GOV-26)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.permissions import requires
from governance.forms.secret import CastingsForm, ExtendForm, WhyForm
from governance.models import SecretVote
from governance.selectors.secret_facts import boxes_of, parted_votes
from governance.selectors.secret_warnings import small_boxes
from governance.services.secret_codes import renew_codes
from governance.services.secret_keys import restart_ceremony
from governance.services.secret_opening import (
    close_secret_vote,
    extend_secret_vote,
    open_secret_vote,
    pause_secret_vote,
    resume_secret_vote,
)
from governance.services.secret_publishing import proclaim_secret_vote, record
from governance.services.secret_rolls import freeze_roll
from governance.services.secret_votes import cancel_secret_vote
from governance.states.secret import SECRET_FLOW
from governance.states.secret_acts import ASKED
from governance.views.secret_parts import PREPARE, RUN, VIEW, ask, now_by, secret_seen, sent
from people.requests import SignedIn

AskPage = Callable[[SignedIn, SecretVote], HttpResponse]


@requires(VIEW)
def secret_ask(request: SignedIn, pk: int, word: str) -> HttpResponse:
    """The page of an act, by the word of its address (404)."""
    if word not in PAGES:
        raise Http404
    right, page = PAGES[word]
    return page(request, secret_seen(request, pk, right))


def _told(
    run: Callable[..., Any], facts: Callable[[SecretVote], dict[str, Any]] = lambda vote: {}, **words: Any
) -> AskPage:
    """An act that says what follows, and asks nothing but to be confirmed."""

    def page(request: SignedIn, vote: SecretVote) -> HttpResponse:
        form = forms.Form(sent(request))
        return ask(request, vote, form, lambda _said: run(vote, **now_by(request)), **words, **facts(vote))

    return page


def _reasoned(run: Callable[..., Any], **words: Any) -> AskPage:
    """An act that asks why."""

    def page(request: SignedIn, vote: SecretVote) -> HttpResponse:
        form = WhyForm(sent(request))
        return ask(request, vote, form, lambda said: run(vote, **said, **now_by(request)), **words)

    return page


def _extend(request: SignedIn, vote: SecretVote) -> HttpResponse:
    return ask(
        request,
        vote,
        ExtendForm(sent(request), vote=vote),
        lambda said: extend_secret_vote(vote, **said, **now_by(request)),
        title=_("Repousser la clôture"),
        submit=_("Repousser la clôture"),
        done=_("La clôture est repoussée."),
    )


def _proclaim(request: SignedIn, vote: SecretVote) -> HttpResponse:
    """With the word of the chair for each question whose sides are equal, where the statutes ask it."""
    form = CastingsForm(sent(request), votes=parted_votes(vote))
    return ask(
        request,
        vote,
        form,
        lambda _said: proclaim_secret_vote(vote, castings=form.castings(), **now_by(request)),
        title=_("Proclamer le résultat"),
        submit=_("Proclamer le résultat"),
        done=_("Le résultat est proclamé."),
        template="governance/secret/proclaim.html",
    )


def _named(act: str) -> dict[str, Any]:
    """The title of the page of a move, and its button: the word of the table."""
    word = SECRET_FLOW.move(act).label
    return {"title": word, "submit": word}


def _cancel(request: SignedIn, vote: SecretVote) -> HttpResponse:
    """Known totals are not unknown again: only an altered box gives them up."""
    page = _reasoned(
        cancel_secret_vote,
        **_named("cancel"),
        tone="danger",
        done=_("Scrutin annulé : ses totaux ne valent rien et ne seront pas proclamés.")
        if vote.has_totals
        else _("Scrutin annulé : ses urnes ne seront jamais ouvertes."),
        template="governance/secret/cancel.html",
    )
    return page(request, vote)


def _right(act: str) -> str:
    return SECRET_FLOW.move(act).right


# By the word of the address: the right asked, and the page.
PAGES: dict[str, tuple[str, AskPage]] = {
    ASKED["freeze_roll"]: (
        _right("freeze_roll"),
        _told(
            freeze_roll,
            **_named("freeze_roll"),
            done=gettext_lazy("La liste est arrêtée."),
            template="governance/secret/freeze.html",
        ),
    ),
    ASKED["open"]: (
        _right("open"),
        _told(
            open_secret_vote,
            lambda vote: {"boxes": boxes_of(vote), "warnings": small_boxes(vote)},
            **_named("open"),
            done=gettext_lazy("Le scrutin est ouvert."),
            template="governance/secret/open.html",
        ),
    ),
    ASKED["pause"]: (
        _right("pause"),
        _reasoned(
            pause_secret_vote,
            **_named("pause"),
            done=gettext_lazy("Le scrutin est suspendu : aucun bulletin n’entre."),
        ),
    ),
    ASKED["resume"]: (
        _right("resume"),
        _reasoned(
            resume_secret_vote,
            **_named("resume"),
            done=gettext_lazy("Le scrutin a repris : les bulletins entrent de nouveau."),
        ),
    ),
    ASKED["extend"]: (RUN, _extend),
    ASKED["close"]: (
        _right("close"),
        _told(
            close_secret_vote,
            lambda vote: {"boxes": boxes_of(vote)},
            **_named("close"),
            tone="danger",
            done=gettext_lazy("Le scrutin est clos : plus aucun bulletin n’entre."),
            template="governance/secret/close.html",
        ),
    ),
    ASKED["renew"]: (
        RUN,
        _reasoned(
            renew_codes,
            title=gettext_lazy("Refaire les codes"),
            submit=gettext_lazy("Refaire tous les codes"),
            done=gettext_lazy("De nouveaux codes partent ; les anciens ne valent plus rien."),
            template="governance/secret/renew.html",
        ),
    ),
    ASKED["restart"]: (
        PREPARE,
        _reasoned(
            restart_ceremony,
            title=gettext_lazy("Refaire les clés"),
            submit=gettext_lazy("Refaire toutes les clés"),
            done=gettext_lazy("Les clés sont à refaire : chaque gardien·ne recommence."),
            template="governance/secret/restart.html",
        ),
    ),
    ASKED["proclaim"]: (_right("proclaim"), _proclaim),
    ASKED["record"]: (
        _right("record"),
        _told(
            record,
            **_named("record"),
            done=gettext_lazy("L’archive est publique : chacun·e peut vérifier le scrutin."),
            template="governance/secret/record.html",
        ),
    ),
    ASKED["cancel"]: (_right("cancel"), _cancel),
}
