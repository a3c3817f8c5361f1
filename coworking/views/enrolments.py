"""Trainees: asked, enrolled, changed, ended; their agreement or contract (COW-44)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.mail import mails_about
from cae.core.permissions import can, require, requires
from coworking.calculations.sheets import most_upfront
from coworking.forms.training import DropForm, EnrolmentForm, NeedsForm, NewEnrolmentForm, ReasonForm
from coworking.forms.training_sheets import DayForm, SendPaperForm, SignedPaperForm
from coworking.models import Enrolment, TrainingPaper, TrainingSession
from coworking.selectors.sheets import line_of
from coworking.selectors.training_sight import organisations_offered, sessions_visible_to
from coworking.services import enrolments as verbs
from coworking.services import training_papers as papers
from coworking.services.enrolments import EnrolmentData
from coworking.states.training import ENROLMENT_FLOW, PAPER_OF
from coworking.views.training_parts import file_of, key_of
from coworking.views.training_sessions import crumbs_of
from people.requests import SignedIn
from people.selectors.persons import persons_offered

_KEEP = "coworking.keep_enrolment"


@requires("coworking.ask_enrolment")
def enrolment_ask(request: SignedIn, pk: int) -> HttpResponse:
    """Whoever works here asks for a seat, with what they need."""
    session = get_object_or_404(sessions_visible_to(request.user), pk=pk)
    require(request.user, "coworking.view_session", session)
    form = NeedsForm(request.POST or None)
    home = session.course.get_absolute_url()
    return act_page(
        request,
        form,
        lambda found: verbs.ask_enrolment(session, needs=found["needs"], actor=request.user),
        done=_("Demande envoyée : la responsable formation vous répond."),
        back_url=home,
        goes_to=lambda made: made.get_absolute_url(),
        title=_("Demander une inscription"),
        lead=str(session),
        submit=_("Envoyer ma demande"),
        crumbs=[(session.course, home), (_("Demander une inscription"), "")],
    )


@requires(_KEEP)
def enrolment_enter(request: SignedIn, pk: int) -> HttpResponse:
    session = get_object_or_404(TrainingSession.objects.select_related("course", "activity"), pk=pk)
    require(request.user, _KEEP, session)
    form = NewEnrolmentForm(
        request.POST or None,
        initial={"price_excl_tax": session.course.price_excl_tax if session.activity_id else 0},
        persons=persons_offered(request.user),
        organisations=organisations_offered(request.user, session.activity),
    )
    return act_page(
        request,
        form,
        lambda found: verbs.enter_enrolment(
            session, data=form.typed(), person=found["person"], actor=request.user
        ),
        done=_("Stagiaire inscrit·e."),
        back_url=session.get_absolute_url(),
        title=_("Inscrire une personne"),
        lead=str(session),
        submit=_("Inscrire"),
        crumbs=crumbs_of(session, _("Inscrire")),
    )


@requires("coworking.view_enrolment")
def enrolment(request: SignedIn, pk: int) -> HttpResponse:
    """A trainee: who pays, the paper, the half-days, what may be done."""
    row = _seen(request, pk)
    may_keep = can(request.user, _KEEP, row)
    paper = row.papers.filter(replaced_at=None).select_related("document", "signature", "scan").first()
    context = {
        "enrolment": row,
        "session": row.session,
        "line": line_of(row, now=timezone.now()),
        "paper": paper,
        "needs_paper": row.payer in PAPER_OF,
        "upfront": most_upfront(row.price_excl_tax),
        "moves": {move.name for move in ENROLMENT_FLOW.moves_open_to(request.user, row)},
        "may_keep": may_keep,
        "mails": mails_about(row) if may_keep else [],
        "is_own": row.person_id is not None and row.person_id == request.user.person_id,
    }
    return render(request, "coworking/training/enrolment.html", context)


@requires(_KEEP)
def enrolment_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _kept(request, pk)
    held = {name: getattr(row, name) for name in EnrolmentData.__dataclass_fields__}
    form = EnrolmentForm(
        request.POST or None,
        initial=held,
        organisations=organisations_offered(request.user, row.session.activity),
    )
    return act_page(
        request,
        form,
        lambda _found: verbs.change_enrolment(
            row, data=form.typed(), seen=key_of(request, "version"), actor=request.user
        ),
        done=_("Inscription enregistrée."),
        back_url=row.get_absolute_url(),
        title=_("Modifier l’inscription de %(name)s") % {"name": row},
        submit=_("Enregistrer"),
        crumbs=_crumbs(row, _("Modifier")),
        template="coworking/training/versioned_form.html",
        version=request.POST.get("version", row.version),
    )


@require_POST
@requires(_KEEP)
def enrolment_act(request: SignedIn, pk: int) -> HttpResponse:
    """Enrolled, followed to the end; the paper made."""
    row, actor = _kept(request, pk), request.user
    acts: dict[str, tuple[Any, Any]] = {
        "enrol": (lambda: verbs.enrol(row, actor=actor), _("Stagiaire inscrit·e.")),
        "finish": (lambda: verbs.finish_enrolment(row, actor=actor), _("Formation suivie.")),
        "paper": (
            lambda: papers.make_paper(row, at=timezone.now(), actor=actor),
            _("Document fait : envoyez-le à signer."),
        ),
    }
    run, done = acts.get(request.POST.get("do", ""), (lambda: None, _("Rien à faire.")))
    return act_now(request, run, done=done, back_url=row.get_absolute_url())


@requires(_KEEP)
def enrolment_end(request: SignedIn, pk: int, how: str) -> HttpResponse:
    """Refused, cancelled or given up, each with its reason."""
    row, today = _kept(request, pk), timezone.localdate()
    ways: dict[str, tuple[Any, Any, Any]] = {
        "refuser": (verbs.refuse_enrolment, _("Refuser la demande"), _("Demande refusée.")),
        "annuler": (verbs.cancel_enrolment, _("Annuler l’inscription"), _("Inscription annulée.")),
        "abandon": (verbs.drop_enrolment, _("Noter un abandon"), _("Abandon noté ; ses heures comptent.")),
    }
    verb, title, done = ways[how]
    dropped = how == "abandon"
    form = (
        DropForm(request.POST or None, initial={"on": today}) if dropped else ReasonForm(request.POST or None)
    )

    def run(found: dict[str, Any]) -> Any:
        more = {"on": found["on"], "today": today} if dropped else {}
        return verb(row, reason=found["reason"], **more, actor=request.user)

    return act_page(
        request,
        form,
        run,
        done=done,
        back_url=row.get_absolute_url(),
        title=title,
        lead=str(row),
        submit=title,
        tone="danger",
        crumbs=_crumbs(row, title),
    )


@requires(_KEEP)
def paper_send(request: SignedIn, pk: int) -> HttpResponse:
    row = _paper(request, pk)
    trainee = row.enrolment
    known = trainee.organisation.email if trainee.organisation else trainee.email
    form = SendPaperForm(request.POST or None, initial={"to": known})
    return act_page(
        request,
        form,
        lambda found: papers.send_paper(row, to=found["to"], at=timezone.now(), actor=request.user),
        done=_("Document envoyé à signer."),
        back_url=trainee.get_absolute_url(),
        title=_("Envoyer à signer"),
        lead=str(row),
        submit=_("Envoyer"),
        crumbs=_crumbs(trainee, _("Envoyer à signer")),
    )


@requires(_KEEP)
def paper_scan(request: SignedIn, pk: int) -> HttpResponse:
    row = _paper(request, pk)
    form = SignedPaperForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()})
    return act_page(
        request,
        form,
        lambda found: papers.file_signed_paper(
            row, **file_of(found), on=found["on"], at=timezone.now(), actor=request.user
        ),
        done=_("Exemplaire signé déposé."),
        back_url=row.enrolment.get_absolute_url(),
        title=_("Déposer l’exemplaire signé"),
        lead=str(row),
        submit=_("Déposer"),
        crumbs=_crumbs(row.enrolment, _("Exemplaire signé")),
    )


@requires(_KEEP)
def paper_withdraw(request: SignedIn, pk: int) -> HttpResponse:
    row = _paper(request, pk)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    return act_page(
        request,
        form,
        lambda found: papers.withdraw_from_contract(row, on=found["on"], actor=request.user),
        done=_("Rétractation notée ; la place est libre."),
        back_url=row.enrolment.get_absolute_url(),
        title=_("Noter une rétractation"),
        lead=str(row),
        submit=_("Noter"),
        tone="danger",
        crumbs=_crumbs(row.enrolment, _("Rétractation")),
    )


def _crumbs(row: Enrolment, last: Any) -> list[tuple[Any, str]]:
    return [*crumbs_of(row.session), (row, row.get_absolute_url()), (last, "")]


def _rows() -> Any:
    return Enrolment.objects.select_related(
        "session__course", "session__activity", "session__place", "organisation", "certificate", "person"
    )


def _seen(request: SignedIn, pk: int) -> Enrolment:
    row: Enrolment = get_object_or_404(_rows(), pk=pk)
    require(request.user, "coworking.view_enrolment", row)
    return row


def _kept(request: SignedIn, pk: int) -> Enrolment:
    row: Enrolment = get_object_or_404(_rows(), pk=pk)
    require(request.user, _KEEP, row)
    return row


def _paper(request: SignedIn, pk: int) -> TrainingPaper:
    rows = TrainingPaper.objects.select_related(
        "enrolment__session__course", "enrolment__session__activity", "enrolment__organisation", "document"
    )
    row: TrainingPaper = get_object_or_404(rows, pk=pk)
    require(request.user, _KEEP, row)
    return row
