"""Pages that a personal link opens: sign a half-day, sign a paper, answer an evaluation (COW-44 to 46)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.forms import refused_at
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import public
from coworking.forms.training_sheets import EvaluationForm, PaperSignForm
from coworking.models import Enrolment, Evaluation, HalfDay, TrainingPaper
from coworking.selectors.sheets import line_of
from coworking.selectors.training_links import evaluation_of_link, paper_of_link, signer_of_link
from coworking.services.evaluations import answer_evaluation
from coworking.services.training_papers import sign_paper
from coworking.views.sheets import sign_page
from people.devices import device_of, origin_of

MOST_POSTS, SPAN = 60, 3600


def by_link(find: Callable[[str], Any]) -> Callable[..., Any]:
    """Makes a page open to who holds a link; `find` gives what it is about, or refuses in one sentence."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        def shown(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
            try:
                if request.method == "POST" and not _within(request):
                    raise Refused(Code.NOT_ALLOWED, _("Trop d’envois de suite : recommencez dans une heure."))
                return sealed(view(request, token, find(token), **more))
            except Refused as refusal:
                page = "coworking/training/link_closed.html"
                context = {"sentence": str(refusal)}
                return sealed(render(request, page, context, status=status_of(refusal)))

        shown.__name__, shown.__doc__ = view.__name__, view.__doc__
        shown.__module__ = view.__module__
        return public(shown)

    return decorate


def sealed(response: HttpResponse) -> HttpResponse:
    """Neither indexed, nor kept on a shared machine, nor told to the next site."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


@by_link(signer_of_link)
def sheet_by_link(request: HttpRequest, token: str, about: Enrolment | HalfDay) -> HttpResponse:
    """The half-days of a trainee without account, and which to sign now; an outside trainer, theirs."""
    if isinstance(about, HalfDay):
        here = reverse("coworking:sheet_by_link", args=[token])
        return sign_page(request, about, about.trainer, actor=None, done=here, by_link=True)
    context = {
        "enrolment": about,
        "session": about.session,
        "line": line_of(about, now=timezone.now()),
        "token": token,
    }
    return render(request, "coworking/training/sheet_by_link.html", context)


@by_link(signer_of_link)
def half_day_by_link(
    request: HttpRequest, token: str, about: Enrolment | HalfDay, *, pk: int
) -> HttpResponse:
    """One half-day of that trainee, to sign."""
    here = reverse("coworking:sheet_by_link", args=[token])
    if isinstance(about, HalfDay):
        return redirect(here)
    day = about.session.half_days.select_related("session__course", "session__place", "trainer").filter(pk=pk)
    found = day.first()
    if found is None:
        raise Refused(Code.LINK_UNKNOWN, _("Cette demi-journée n’est pas de votre formation."))
    return sign_page(request, found, about, actor=None, done=here, by_link=True)


@by_link(paper_of_link)
def training_paper_by_link(request: HttpRequest, token: str, paper: TrainingPaper) -> HttpResponse:
    """The agreement or the contract, to read then to sign."""
    trainee = paper.enrolment
    known = "" if trainee.organisation_id else trainee.full_name
    form = PaperSignForm(request.POST or None, initial={"shown": paper.document.sha256, "name": known})
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            sign_paper(
                paper,
                hand=form.hand_of(found["name"], found["function"]),
                origin=origin_of(request),
                at=timezone.now(),
                shown=found["shown"],
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return render(
                request, "coworking/training/link_done.html", {"sentence": _("Document signé. Merci.")}
            )
    context = {
        "form": form,
        "paper": paper,
        "enrolment": trainee,
        "session": trainee.session,
        "file": reverse("coworking:training_paper_file_by_link", args=[token]),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "coworking/training/paper_by_link.html", context, status=422 if wrong else 200)


@by_link(paper_of_link)
def training_paper_file_by_link(_request: HttpRequest, _token: str, paper: TrainingPaper) -> HttpResponse:
    """The PDF that is signed."""
    document = paper.document
    return file_shown(read_document(document), name=document.name, mime=document.mime)


@by_link(evaluation_of_link)
def evaluation_by_link(request: HttpRequest, token: str, evaluation: Evaluation) -> HttpResponse:
    """The questions of a moment."""
    form = EvaluationForm(request.POST or None, moment=evaluation.moment)
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            answer_evaluation(
                evaluation,
                answers=form.answers(),
                comment=form.cleaned_data["comment"],
                at=timezone.now(),
            )
            return render(
                request, "coworking/training/link_done.html", {"sentence": _("Réponse reçue. Merci.")}
            )
    context = {"form": form, "evaluation": evaluation, "session": evaluation.enrolment.session}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "coworking/training/evaluation.html", context, status=422 if wrong else 200)


def _within(request: HttpRequest) -> bool:
    return within_limit(f"training-link:{device_of(request).address}", most=MOST_POSTS, seconds=SPAN)
