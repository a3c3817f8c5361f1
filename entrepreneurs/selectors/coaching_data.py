"""What is held of a person’s coaching, as they read and download it (PEO-15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.kept_words import translated
from entrepreneurs.models import (
    Alert,
    FollowFigure,
    FollowGoal,
    FollowNote,
    Interview,
    MeetingReport,
    PlanAction,
    PlanGoal,
    ProjectVersion,
    Referent,
    ReportAddendum,
    SupportRequest,
)
from entrepreneurs.models.projects import SECTIONS
from entrepreneurs.selectors.coaching import meetings_of
from entrepreneurs.selectors.follow_ups import said
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.states.reports import ReportState
from people.models import Person


def held_of_coaching(person: Person, _reader: Any) -> Iterator[Held]:
    """All of it but the private part, which is answered by hand (docs/path/coaching.md)."""
    yield from _met(person)
    yield from _planned(person)
    yield from _followed(person)


def _met(person: Person) -> Iterator[Held]:
    """Who coaches, when one met, what was said."""
    yield Held(
        _("Contacts désignés"),
        (_("qui"), _("du"), _("au")),
        [
            (str(row.advisor), row.starts_on, row.ends_on)
            for row in Referent.objects.filter(person=person).select_related("advisor").order_by("starts_on")
        ],
    )
    yield Held(
        _("Rendez-vous"),
        (_("le"), _("motif"), _("avec"), _("à aborder"), _("état"), _("motif d’annulation")),
        [
            (
                *(row.starts_at, row.get_purpose_display(), str(row.advisor), row.note),
                *(row.get_state_display(), translated(row.cancel_reason)),
            )
            for row in meetings_of(person)
        ],
    )
    reports = MeetingReport.objects.filter(person=person, state=ReportState.SHARED)
    yield Held(
        _("Comptes rendus partagés"),
        (_("rencontre du"), _("rédigé par"), _("ce qui s’est dit"), _("décisions")),
        [(row.met_on, str(row.author), row.said, row.decisions) for row in reports.select_related("author")],
        kept=_("Un compte rendu partagé ne change plus : un complément le corrige."),
    )
    addenda = ReportAddendum.objects.filter(report__in=reports).select_related("report", "author")
    yield Held(
        _("Compléments de comptes rendus"),
        (_("rencontre du"), _("écrit le"), _("rédigé par"), _("complément")),
        [(row.report.met_on, row.created_at, str(row.author), row.text) for row in addenda],
    )
    yield Held(
        _("Entretiens annuels"),
        (_("tenu le"), _("état"), *(one.label for one in InterviewHeading)),
        [
            (row.held_on, row.get_state_display(), *(row.texts.get(one, "") for one in InterviewHeading))
            for row in Interview.objects.filter(person=person)
        ],
    )


def _planned(person: Person) -> Iterator[Held]:
    """Goals, actions, the sheet of the project, what was asked of the catalogue."""
    yield Held(
        _("Objectifs"),
        (_("objectif"), _("nature"), _("pour le"), _("état")),
        [
            (row.label, row.get_kind_display(), row.due_on, row.get_state_display())
            for row in PlanGoal.objects.filter(person=person)
        ],
    )
    yield Held(
        _("Plan d’actions"),
        (_("action"), _("pour le"), _("état")),
        [
            (row.label, row.due_on, row.get_state_display())
            for row in PlanAction.objects.filter(person=person)
        ],
    )
    sections = [ProjectVersion._meta.get_field(name) for name in SECTIONS]
    yield Held(
        _("Fiche projet"),
        (_("version"), _("écrite le"), *(one.verbose_name for one in sections)),  # type: ignore[union-attr]
        [
            (row.number, row.made_at, *(getattr(row, name) for name in SECTIONS))
            for row in ProjectVersion.objects.filter(person=person)
        ],
    )
    yield Held(
        _("Accompagnements demandés"),
        (_("demandé le"), _("intitulé"), _("ce que j’ai dit"), _("état"), _("réponse")),
        [
            (row.asked_at, str(row.kind), row.words, row.get_state_display(), row.answer)
            for row in SupportRequest.objects.filter(person=person).select_related("kind")
        ],
    )


def _followed(person: Person) -> Iterator[Held]:
    """Figures against their goals, the advisor’s word on each period, the signs that called for a look."""
    yield Held(
        _("Objectifs chiffrés"),
        (_("mesure"), _("période"), _("à partir du"), _("objectif")),
        [
            (
                *(row.get_measure_display(), row.get_rhythm_display(), row.starts_on),
                said(row.measure, row.amount),
            )
            for row in FollowGoal.objects.filter(person=person)
        ],
    )
    yield Held(
        _("Chiffres comptés"),
        (_("mesure"), _("mois du"), _("compté")),
        [
            (row.get_measure_display(), row.month, said(row.measure, row.amount))
            for row in FollowFigure.objects.filter(person=person)
        ],
    )
    yield Held(
        _("Avis sur une période"),
        (_("période"), _("à partir du"), _("par"), _("avis")),
        [
            (row.get_rhythm_display(), row.starts_on, str(row.author), row.text)
            for row in FollowNote.objects.filter(person=person).select_related("author")
        ],
    )
    yield Held(
        _("Alertes de suivi"),
        (_("signe"), _("apparue le"), _("état"), _("prise par")),
        [
            (row.get_kind_display(), row.raised_on, row.get_state_display(), str(row.taken_by or ""))
            for row in Alert.objects.filter(person=person).select_related("taken_by")
        ],
    )
