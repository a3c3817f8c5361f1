"""Contracts given to read: the list, one of them, the asking, the answer point by point (INV-19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.errors import Forbidden
from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, list_page
from entrepreneurs.models import Activity
from invoicing.forms.contract_reviews import AnswerForm, ReviewForm
from invoicing.forms.fields import customer_word
from invoicing.models import ContractReview, Quote
from invoicing.selectors.contract_reviews import clauses_offered, reviews_visible
from invoicing.selectors.customers import customers_of
from invoicing.selectors.deals import deals_open_to
from invoicing.services.contract_reviews import (
    approve_review,
    ask_review,
    negotiate_review,
    refuse_review,
    withdraw_review,
)
from invoicing.states.deals import REVIEW_FLOW
from invoicing.views.deal_finding import find_review
from invoicing.views.deal_tables import ReviewFilters, ReviewTable, deal_tabs, status_of_review
from invoicing.views.finding import activities_to_sell_for, chosen_activity

_ANSWERS: dict[str, Callable[..., ContractReview]] = {
    "approve": approve_review,
    "negotiate": negotiate_review,
    "refuse": refuse_review,
}


@requires("invoicing.view_reviews")
def review_list(request: HttpRequest) -> HttpResponse:
    ask = Action(
        _("Faire relire un contrat"),
        reverse("invoicing:review_new"),
        right="invoicing.ask_review",
        icon="plus-lg",
    )
    return list_page(
        request,
        queryset=reviews_visible(request.user),
        counted=ContractReview.objects.visible_to(request.user),
        table=ReviewTable,
        filters=ReviewFilters,
        page="invoicing.reviews",
        title=_("Contrats relus"),
        empty=EmptyState(
            _("Aucun contrat à relire."),
            _("Avant de signer le contrat d’un client, faites-le relire par l’équipe."),
            ask,
        ),
        main_action=ask,
        tabs=deal_tabs(request.user, "invoicing:review_list"),
    )


@requires("invoicing.view_reviews")
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    review = find_review(request, pk)
    moves = {move.name for move in REVIEW_FLOW.moves_open_to(request.user, review)}
    context = {
        "review": review,
        "shown": status_of_review(review),
        "points": list(review.points.all()),
        "newer": ContractReview.objects.filter(replaces=review).first(),
        "may_answer": "approve" in moves,
        "may_withdraw": "withdraw" in moves,
        "may_ask": not review.is_waiting and can(request.user, "invoicing.ask_review", review),
    }
    return render(request, "invoicing/deals/review.html", context)


@requires("invoicing.ask_review")
def review_new(request: HttpRequest) -> HttpResponse:
    """Gives a contract to read; `?remplace=`: another version of one already answered."""
    former = _former(request)
    offered = activities_to_sell_for(request, "invoicing.ask_review")
    if not offered:
        raise Forbidden(_("Un contrat concerne une activité : vous n’en avez aucune où en faire relire."))
    activity = former.activity if former else chosen_activity(request, offered)
    if activity is None:
        context = {"offered": offered, "title": _("Faire relire un contrat")}
        return render(request, "invoicing/choose_activity.html", context)
    form = _review_form(request, activity, former)
    if form.is_valid():
        with refused_at(form):
            review = ask_review(
                activity,
                asked=form.asked(),
                content=form.content(),
                name=form.cleaned_data["file"].name,
                form_key=form.key,
                on=timezone.localdate(),
                actor=request.user,
                replaces=former,
            )
            messages.success(request, _("L’équipe est prévenue : sa réponse arrivera ici."))
            return redirect(review)
    return form_page(
        request,
        form,
        title=_("Faire relire un contrat"),
        lead=activity.name,
        submit=_("Envoyer à l’équipe"),
        back_url=former.get_absolute_url() if former else reverse("invoicing:review_list"),
        crumbs=_crumbs(_("Nouveau")),
        template="invoicing/deals/review_form.html",
        activity=activity,
    )


@requires("invoicing.answer_review")
def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what the team thinks, subject by subject, then whether it may be signed."""
    review = find_review(request, pk, right="invoicing.answer_review")
    form = AnswerForm(request.POST or None, clauses=list(clauses_offered()))
    verdict = request.POST.get("verdict", "")
    if request.method == "POST" and verdict not in _ANSWERS:
        raise Http404
    return act_page(
        request,
        form,
        lambda found: _ANSWERS[verdict](
            review, points=form.points(), answer=found["answer"], actor=request.user
        ),
        done=_("La réponse est partie."),
        back_url=review.get_absolute_url(),
        title=_("Relire « %(title)s »") % {"title": review.title},
        submit=_("Répondre"),
        crumbs=[*_crumbs(review.title, review.get_absolute_url()), (_("Répondre"), "")],
        template="invoicing/deals/answer.html",
        review=review,
    )


@require_POST
@requires("invoicing.ask_review")
def review_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    review = find_review(request, pk, right="invoicing.ask_review")
    return act_now(
        request,
        lambda: withdraw_review(review, actor=request.user),
        done=_("La demande est reprise."),
        back_url=review.get_absolute_url(),
    )


def _former(request: HttpRequest) -> ContractReview | None:
    key = key_in(request.GET.get("remplace", ""))
    if key is None:
        return None
    review = find_review(request, key)
    require(request.user, "invoicing.ask_review", review)
    return review


def _review_form(request: HttpRequest, activity: Activity, former: ContractReview | None) -> ReviewForm:
    initial: dict[str, Any] = {"form_key": uuid4(), "deal": request.GET.get("affaire")}
    if former is not None:
        initial |= {
            "title": former.title,
            "customer": customer_word(former.customer),
            "deal": former.deal_id,
            "quote": former.quote_id,
            "amount": former.amount,
        }
    is_post = request.method == "POST"
    quotes = Quote.objects.visible_to(request.user).filter(activity=activity).defer("facts")
    return ReviewForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        customers=list(customers_of(activity)),
        deals=deals_open_to(request.user, activity.pk),
        quotes=quotes,
        initial=initial,
    )


def _crumbs(last: str, url: str = "") -> list[tuple[Any, str]]:
    return [(_("Contrats relus"), reverse("invoicing:review_list")), (last, url)]
