"""Meetings of the path: why people meet, how, and what may happen to a meeting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class MeetingPurpose(models.TextChoices):
    """Why people meet; an advisor says which of them each range of slots is for."""

    FIRST_INTERVIEW = "first_interview", _("Premier entretien")
    FOLLOW_UP = "follow_up", _("Suivi")
    YEARLY_INTERVIEW = "yearly_interview", _("Entretien annuel")
    FIGURES = "figures", _("Chiffres et gestion")
    PAPERS = "papers", _("Contrat, paie, démarches")
    OTHER = "other", _("Autre")


class MeetingMode(models.TextChoices):
    PLACE = "place", _("Sur place")
    VIDEO = "video", _("Par visioconférence")
    PHONE = "phone", _("Par téléphone")


class MeetingState(models.TextChoices):
    BOOKED = "booked", _("Prévu")
    HELD = "held", _("Tenu")
    CANCELLED = "cancelled", _("Annulé")
    NO_SHOW = "no_show", _("Personne absente")


# These take the time of the two people: nobody else may have it.
TAKING: tuple[str, ...] = (MeetingState.BOOKED, MeetingState.HELD)

MEETING_FLOW = Workflow(
    "entrepreneurs.meeting",
    [
        Move(
            "hold",
            (MeetingState.BOOKED, MeetingState.NO_SHOW),
            MeetingState.HELD,
            "entrepreneurs.run_meeting",
            _("Marquer comme tenu"),
        ),
        Move(
            "miss",
            (MeetingState.BOOKED,),
            MeetingState.NO_SHOW,
            "entrepreneurs.run_meeting",
            _("La personne n’est pas venue"),
        ),
        Move(
            "cancel",
            (MeetingState.BOOKED,),
            MeetingState.CANCELLED,
            "entrepreneurs.change_meeting",
            _("Annuler le rendez-vous"),
        ),
    ],
)

SHAPES: dict[str, tuple[str, str]] = {
    MeetingState.BOOKED: ("info", "◇"),
    MeetingState.HELD: ("success", "●"),
    MeetingState.CANCELLED: ("neutral", "✕"),
    MeetingState.NO_SHOW: ("warning", "▲"),
}
