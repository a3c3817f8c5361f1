"""The home of training; sessions: their list, one with its half-days, trainees and papers (COW-43)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.answers import file_shown
from cae.core.facts import awaited_in
from cae.core.forms import refused_above
from cae.core.permissions import can, require, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import Action, EmptyState, Filters, LinkColumn, StatusColumn, Table, list_page
from cae.core.templatetags.formats import day as shown_day
from coworking.documents.training import local_days, sheet_pdf
from coworking.forms.training import (
    AnswerForm,
    ComplaintForm,
    HalfDayForm,
    NewSessionForm,
    ReasonForm,
    SessionForm,
)
from coworking.models import Complaint, HalfDay, TrainingSession
from coworking.selectors.sheets import sheet_of
from coworking.selectors.training_catalogue import sessions_listed, versions_to_plan
from coworking.selectors.training_facts import AWAITED, next_sessions, own_enrolments
from coworking.selectors.training_results import results_of
from coworking.selectors.training_sight import organisations_offered, reads_all, session_pages_of
from coworking.services import evaluations as evaluating
from coworking.services import sessions as verbs
from coworking.services.certificates import ask_archive, ask_certificates
from coworking.services.enrolments import send_summons
from coworking.services.evaluations import ComplaintData
from coworking.services.sessions import SessionData
from coworking.states.training import SESSION_FLOW, TRAINING_BAR, EvaluationMoment
from coworking.views.training_parts import key_of
from people.requests import SignedIn

_HOLD, _READ = "coworking.hold_session", "coworking.read_sheet"


class SessionTable(Table):
    course = LinkColumn(verbose_name=gettext_lazy("Formation"), order_by=("course__sort_title",))
    starts_at = tables.Column(verbose_name=gettext_lazy("Du"), default="—")
    ends_at = tables.Column(verbose_name=gettext_lazy("Au"), default="—")
    where = tables.Column(verbose_name=gettext_lazy("Où"), orderable=False)
    seated = tables.Column(
        verbose_name=gettext_lazy("Inscrit·es"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    activity = tables.Column(default=gettext_lazy("La coopérative"))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = TrainingSession
        fields = ("course", "starts_at", "ends_at", "where", "seated", "activity", "status")

    def render_starts_at(self, value: Any) -> str:
        return shown_day(value)

    render_ends_at = render_starts_at

    def render_seated(self, record: Any, value: int) -> str:
        return f"{value} / {record.capacity}"

    value_seated = render_seated


class SessionFilters(Filters):
    search = ("course__title", "elsewhere", "place__name", "activity__name")

    class Meta:
        model = TrainingSession
        fields = ("state", "is_remote")


@requires("coworking.view_training")
def training_home(request: SignedIn) -> HttpResponse:
    """The next session, what waits, the trainings that one follows."""
    user, today = request.user, timezone.localdate()
    coming = next_sessions(user, 6)
    readable = set(
        session_pages_of(user).filter(pk__in=[one.pk for one in coming]).values_list("pk", flat=True)
    )
    context = {
        "tabs": tabs_of(user, TRAINING_BAR, "coworking:training_home"),
        "todos": awaited_in(AWAITED, user, today),
        "coming": [(one, one.pk in readable) for one in coming],
        "own": own_enrolments(user)[:8],
        "may_plan": can(user, _HOLD),
    }
    return render(request, "coworking/training/home.html", context)


@requires(_READ)
def session_list(request: SignedIn) -> HttpResponse:
    new = Action(_("Préparer une session"), reverse("coworking:session_plan"), right=_HOLD, icon="plus-lg")
    return list_page(
        request,
        queryset=sessions_listed(request.user),
        table=SessionTable,
        filters=SessionFilters,
        page="coworking.sessions",
        title=_("Sessions de formation"),
        tabs=tabs_of(request.user, TRAINING_BAR, "coworking:session_list"),
        empty=EmptyState(_("Aucune session."), _("Une session tient une formation à des dates."), new),
        main_action=new,
    )


@requires(_READ)
def session(request: SignedIn, pk: int) -> HttpResponse:
    """Half-days and sheet, trainees, evaluations, complaints, what may be done."""
    row = _seen(request, pk)
    now = timezone.now()
    may_hold = can(request.user, _HOLD, row)
    context = {
        "session": row,
        "sheet": sheet_of(row, now=now),
        "days": local_days(row.half_days.select_related("trainer").order_by("starts_at")),
        "enrolments": row.enrolments.select_related("organisation").prefetch_related("papers"),
        "results": results_of(row),
        "complaints": row.complaints.all(),
        "territories": row.territories.all(),
        "moves": {move.name for move in SESSION_FLOW.moves_open_to(request.user, row)},
        "may_hold": may_hold,
        # A trainer reads who comes, not who pays.
        "opens_trainees": may_hold or reads_all(request.user),
        "has_certificates": may_hold and row.enrolments.filter(certificate__isnull=False).exists(),
        "is_live": row.state in ("draft", "open", "running"),
    }
    return render(request, "coworking/training/session.html", context)


@requires(_HOLD)
def session_plan(request: SignedIn) -> HttpResponse:
    user, back = request.user, reverse("coworking:session_list")
    form = NewSessionForm(
        request.POST or None,
        initial={"course": request.GET.get("course", "")},
        courses=versions_to_plan(user),
        organisations=organisations_offered(user, None),
    )
    return act_page(
        request,
        form,
        lambda found: verbs.plan_session(
            found["course"],
            data=form.typed(),
            activity=found["course"].course.activity,
            territories=found["territories"],
            actor=user,
        ),
        done=_("Session préparée : ajoutez ses demi-journées."),
        back_url=back,
        goes_to=lambda made: made.get_absolute_url(),
        title=_("Préparer une session"),
        submit=_("Enregistrer"),
        crumbs=[(_("Sessions"), back), (_("Préparer"), "")],
    )


@requires(_HOLD)
def session_change(request: SignedIn, pk: int) -> HttpResponse:
    row = _held(request, pk)
    held = {name: getattr(row, name) for name in SessionData.__dataclass_fields__}
    form = SessionForm(
        request.POST or None,
        initial=held | {"territories": list(row.territories.all())},
        organisations=organisations_offered(request.user, row.activity),
        activity=row.activity,
    )
    return act_page(
        request,
        form,
        lambda found: verbs.change_session(
            row,
            data=form.typed(),
            territories=found["territories"],
            seen=key_of(request, "version"),
            actor=request.user,
        ),
        done=_("Session enregistrée."),
        back_url=row.get_absolute_url(),
        title=_("Modifier la session"),
        submit=_("Enregistrer"),
        crumbs=crumbs_of(row, _("Modifier")),
        template="coworking/training/versioned_form.html",
        version=request.POST.get("version", row.version),
    )


@requires(_HOLD)
def half_day_add(request: SignedIn, pk: int) -> HttpResponse:
    row = _held(request, pk)
    form = HalfDayForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda found: verbs.add_half_day(row, **found, actor=request.user),
        done=_("Demi-journée ajoutée."),
        back_url=row.get_absolute_url(),
        title=_("Ajouter une demi-journée"),
        submit=_("Ajouter"),
        crumbs=crumbs_of(row, _("Demi-journée")),
    )


@require_POST
@requires(_HOLD)
def half_day_remove(request: SignedIn, pk: int) -> HttpResponse:
    day = get_object_or_404(HalfDay.objects.select_related("session__activity", "session__course"), pk=pk)
    require(request.user, _HOLD, day.session)
    return act_now(
        request,
        lambda: verbs.remove_half_day(day, actor=request.user),
        done=_("Demi-journée enlevée."),
        back_url=day.session.get_absolute_url(),
    )


@require_POST
@requires(_HOLD)
def session_act(request: SignedIn, pk: int) -> HttpResponse:
    """Opened, begun, over; people summoned and asked for their opinion."""
    row, actor, at = _held(request, pk), request.user, timezone.now()
    do = request.POST.get("do", "")
    if do == "summon":
        with refused_above(request):
            return _told(request, row, send_summons(row, at=at, actor=actor), sent=True)
        return redirect(row)
    if do in EvaluationMoment.values:
        with refused_above(request):
            asked = evaluating.ask_evaluations(row, moment=do, at=at, actor=actor)
            return _told(request, row, asked, sent=False)
        return redirect(row)
    acts: dict[str, tuple[Any, Any]] = {
        "open": (lambda: verbs.open_session(row, actor=actor), _("Inscriptions ouvertes.")),
        "begin": (lambda: verbs.begin_session(row, at=at, actor=actor), _("Session commencée.")),
        "finish": (
            lambda: verbs.finish_session(row, at=at, actor=actor),
            _("Session terminée : faites les certificats."),
        ),
    }
    run, done = acts.get(do, (lambda: None, _("Rien à faire.")))
    return act_now(request, run, done=done, back_url=row.get_absolute_url())


@require_POST
@requires(_HOLD)
def session_certificates(request: SignedIn, pk: int) -> HttpResponse:
    """Asks for the certificates that are missing, or for the archive of those made; a page follows it."""
    row = _held(request, pk)
    ask = ask_archive if request.POST.get("do") == "gather" else ask_certificates
    with refused_above(request):
        job = ask(row, actor=request.user)
        return redirect("core:job_detail", job.pk)
    return redirect(row)


@requires(_HOLD)
def session_cancel(request: SignedIn, pk: int) -> HttpResponse:
    row = _held(request, pk)
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda found: verbs.cancel_session(row, reason=found["reason"], actor=request.user),
        done=_("Session annulée ; les inscrit·es sont prévenu·es."),
        back_url=row.get_absolute_url(),
        title=_("Annuler la session"),
        submit=_("Annuler la session"),
        tone="danger",
        crumbs=crumbs_of(row, _("Annuler")),
    )


@requires(_READ)
def session_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """The sheet as it stands, to print and sign or to prove."""
    row, now = _seen(request, pk), timezone.now()
    content = sheet_pdf(row, sheet_of(row, now=now), at=now)
    return file_shown(content, name=f"emargement-{row.pk}.pdf")


@requires(_HOLD)
def session_complain(request: SignedIn, pk: int) -> HttpResponse:
    row, today = _held(request, pk), timezone.localdate()
    form = ComplaintForm(request.POST or None, initial={"told_on": today})
    return act_page(
        request,
        form,
        lambda found: evaluating.hear_complaint(
            row, data=ComplaintData(**found), today=today, actor=request.user
        ),
        done=_("Réclamation notée."),
        back_url=row.get_absolute_url(),
        title=_("Noter une réclamation"),
        submit=_("Noter"),
        crumbs=crumbs_of(row, _("Réclamation")),
    )


@requires("coworking.answer_complaint")
def complaint_answer(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(Complaint.objects.select_related("session__course", "session__activity"), pk=pk)
    require(request.user, "coworking.answer_complaint", row)
    form = AnswerForm(request.POST or None)
    return act_page(
        request,
        form,
        lambda found: evaluating.answer_complaint(row, answer=found["answer"], actor=request.user),
        done=_("Réponse notée."),
        back_url=row.session.get_absolute_url(),
        title=_("Répondre à la réclamation"),
        lead=row.text,
        submit=_("Noter la réponse"),
        crumbs=crumbs_of(row.session, _("Réclamation")),
    )


def crumbs_of(row: TrainingSession, *last: Any) -> list[tuple[Any, str]]:
    """The way to a page of a session."""
    before = [(_("Sessions"), reverse("coworking:session_list")), (row, row.get_absolute_url())]
    return [*before, *((one, "") for one in last)]


def _told(request: SignedIn, row: TrainingSession, count: int, *, sent: bool) -> HttpResponse:
    if sent:
        words = ngettext("%(count)d convocation envoyée.", "%(count)d convocations envoyées.", count)
    else:
        words = ngettext("%(count)d évaluation demandée.", "%(count)d évaluations demandées.", count)
    return act_now(request, lambda: None, done=words % {"count": count}, back_url=row.get_absolute_url())


def _seen(request: SignedIn, pk: int) -> TrainingSession:
    row = get_object_or_404(
        TrainingSession.objects.select_related("course__course", "activity", "place", "deal"), pk=pk
    )
    require(request.user, _READ, row)
    return row


def _held(request: SignedIn, pk: int) -> TrainingSession:
    row = get_object_or_404(
        TrainingSession.objects.select_related("course__course", "activity", "place"), pk=pk
    )
    require(request.user, _HOLD, row)
    return row
