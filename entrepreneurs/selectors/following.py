"""What a candidate reads of their application: where it is, who follows it, what comes next, when to meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrepreneurs.models import Application, ApplicationDecision, Meeting, SlotInvitation
from entrepreneurs.selectors.slots import Slot, free_slots
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.states.meetings import MeetingPurpose, MeetingState
from entrepreneurs.states.stages import InvitationState
from people.models import Person

FIRST = MeetingPurpose.FIRST_INTERVIEW
# Slots are shown so far ahead; the setting of the booking may say less.
AHEAD = timedelta(days=60)

LOOKS: dict[str, tuple[str, str]] = {
    ApplicationState.DRAFT: ("neutral", "◇"),
    ApplicationState.SUBMITTED: ("info", "●"),
    ApplicationState.ACCEPTED: ("success", "✔"),
    ApplicationState.REFUSED: ("neutral", "✕"),
    ApplicationState.REDIRECTED: ("neutral", "▲"),
    ApplicationState.POOLED: ("warning", "◇"),
    ApplicationState.WITHDRAWN: ("neutral", "✕"),
}
_NEXT: dict[str, Any] = {
    ApplicationState.ACCEPTED: gettext_lazy(
        "La coopérative vous accueille. L’équipe vous écrit pour votre entrée : contrat, documents,"
        " journées d’accueil."
    ),
    ApplicationState.REFUSED: gettext_lazy(
        "Merci de la confiance que vous nous avez faite. Vous pouvez répondre à l’équipe ici."
    ),
    ApplicationState.REDIRECTED: gettext_lazy(
        "Un autre cadre convient mieux à votre projet. Vous pouvez répondre à l’équipe ici."
    ),
    ApplicationState.POOLED: gettext_lazy(
        "Votre candidature est gardée : l’équipe la reprend si une place ou un projet s’ouvre."
    ),
    ApplicationState.WITHDRAWN: gettext_lazy("Vous avez retiré votre candidature."),
}


@dataclass(frozen=True)
class Following:
    """Where an application is, in the words of its candidate."""

    look: tuple[str, str, str]
    ball: str
    next: str
    meeting: Meeting | None
    may_choose: bool


def following_of(application: Application, now: datetime) -> Following:
    """Gives where an application is, whose ball it is and what comes next."""
    meeting = meeting_of(application)
    may_choose = meeting is None and advisor_to_meet(application) is not None
    look = (*LOOKS[application.state], str(application.get_state_display()))
    return Following(
        look=look,
        ball=_ball(application, meeting, may_choose),
        next=_next(application, meeting, may_choose, now),
        meeting=meeting,
        may_choose=may_choose,
    )


def _ball(application: Application, meeting: Meeting | None, may_choose: bool) -> str:
    if application.state != ApplicationState.SUBMITTED:
        return ""
    if may_choose:
        return _("C’est à vous : choisissez un moment.")
    if meeting is not None:
        return _("Rendez-vous pris.")
    return _("C’est à l’équipe d’accueil.")


def _next(application: Application, meeting: Meeting | None, may_choose: bool, now: datetime) -> str:
    if application.state in _NEXT:
        return str(_NEXT[application.state])
    if may_choose:
        return _("Un premier entretien, au moment qui vous convient. Il n’engage à rien.")
    if meeting is not None and meeting.starts_at >= now:
        return _("Le premier entretien, puis l’étude de votre projet et le comité.")
    if meeting is not None:
        return _("L’équipe étudie votre projet, puis un comité décide. Vous êtes prévenu·e par e-mail.")
    return _("L’équipe lit votre candidature et vous propose un premier entretien.")


def decision_told(application: Application) -> ApplicationDecision | None:
    """Gives the last decision, in the words that the candidate was written; none once they withdrew."""
    if application.state == ApplicationState.WITHDRAWN:
        return None
    return ApplicationDecision.objects.filter(application=application).first()


def meeting_of(application: Application) -> Meeting | None:
    """Gives the first interview, booked or held."""
    rows = Meeting.objects.filter(application=application, purpose=FIRST)
    rows = rows.filter(state__in=(MeetingState.BOOKED, MeetingState.HELD))
    return rows.select_related("advisor").order_by("-starts_at").first()


def advisor_to_meet(application: Application) -> Person | None:
    """Gives whose slots the candidate may choose among: who invited them, while the invitation waits."""
    if application.state != ApplicationState.SUBMITTED:
        return None
    invitation = (
        SlotInvitation.objects.filter(application=application)
        .exclude(state=InvitationState.STOPPED)
        .select_related("advisor")
        .first()
    )
    return invitation.advisor if invitation is not None else None


def slots_offered(application: Application, *, on: date, now: datetime) -> list[Slot]:
    """Gives the free slots of the first interview, the earliest first."""
    advisor = advisor_to_meet(application)
    if advisor is None:
        return []
    meeting = meeting_of(application)
    moved = meeting if meeting is not None and meeting.state == MeetingState.BOOKED else None
    return free_slots([advisor], since=on, until=on + AHEAD, purpose=FIRST, now=now, moved=moved)
