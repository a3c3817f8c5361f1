"""What a personal link of training is about; a link that no longer serves refuses in one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.links import find_link, link_of
from coworking.models import Enrolment, Evaluation, HalfDay, TrainingPaper
from coworking.states.training import SEATED

SHEET_LINK = "coworking.sheet"
TRAINER_LINK = "coworking.trainer_sheet"
PAPER_LINK = "coworking.training_paper"
EVALUATION_LINK = "coworking.evaluation"
REQUEST_LINK = "coworking.enrolment_request"


def signer_of_link(token: str) -> Enrolment | HalfDay:
    """Gives the trainee, or the half-day that an outside trainer gives. Raises Refused: a dead link, somebody
    who has no seat any more."""
    dead = link_of(token)
    if dead is not None and dead.purpose == TRAINER_LINK:
        link = find_link(token, TRAINER_LINK)
        days = HalfDay.objects.select_related("session__course", "session__place", "trainer")
        day = days.filter(pk=link.about_id).first()
        if day is None:
            raise Refused(Code.LINK_WITHDRAWN, _("Cette demi-journée n’est plus au programme."))
        return day
    link = find_link(token, SHEET_LINK)
    rows = Enrolment.objects.select_related("session__course", "session__place")
    found = rows.filter(pk=link.about_id, state__in=SEATED).first()
    if found is None:
        raise Refused(Code.LINK_WITHDRAWN, _("Vous n’êtes plus inscrit·e à cette formation."))
    return found


def request_of_link(token: str) -> Enrolment:
    """Gives what somebody asked for without account. Raises Refused: a dead link."""
    link = find_link(token, REQUEST_LINK)
    rows = Enrolment.objects.select_related("session__course", "session__place", "organisation")
    found: Enrolment = rows.get(pk=link.about_id)
    return found


def paper_of_link(token: str) -> TrainingPaper:
    """Gives the paper to sign. Raises Refused: a dead link."""
    link = find_link(token, PAPER_LINK)
    rows = TrainingPaper.objects.select_related(
        "enrolment__session__course", "enrolment__session__place", "enrolment__organisation", "document"
    )
    found: TrainingPaper = rows.get(pk=link.about_id)
    return found


def evaluation_of_link(token: str) -> Evaluation:
    """Gives the evaluation to answer. Raises Refused: a dead link, one answered already."""
    link = find_link(token, EVALUATION_LINK)
    found = Evaluation.objects.select_related("enrolment__session__course").get(pk=link.about_id)
    if found.answered_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Vous avez déjà répondu : merci."))
    return found
