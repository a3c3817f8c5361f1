"""What people are told of requests for a training: ours under the bell, others by mail (COW-44)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from coworking.models import Enrolment
from coworking.services.training_mails import answer_request
from entrepreneurs.selectors.members import members_of
from people.models import User
from people.selectors.persons import accounts_holding
from people.states import SELLING_PARTS, RoleKind

ASKED, ANSWERED = "coworking.enrolment_asked", "coworking.enrolment_answered"


def tell_keepers(enrolment: Enrolment, *, actor: Any) -> None:
    """Does: tells those who keep training, and those who sell for the activity of the session, that somebody
    asks for a seat. Refuses: nothing. Leaves behind: their notices."""
    on = timezone.localdate()

    def subject() -> str:
        return _("%(name)s demande une inscription : %(title)s") % {
            "name": enrolment.full_name,
            "title": enrolment.session,
        }

    told = set(accounts_holding(RoleKind.TRAINING_MANAGER, on=on))
    activity = enrolment.session.activity
    if activity is not None:
        sellers = members_of(activity, on).filter(part__in=SELLING_PARTS).order_by().values("person")
        told |= set(User.objects.filter(person__in=sellers, is_active=True))
    notify(
        sorted(told, key=lambda user: user.pk),
        ASKED,
        subject=subject,
        url=enrolment.get_absolute_url(),
        about=enrolment,
        actor=actor,
    )


def tell_answer(enrolment: Enrolment, *, is_granted: bool, actor: Any) -> None:
    """Does: tells whoever asked that their request has its answer. Refuses: nothing. Leaves behind: the
    notice, or the mail of who has no account."""

    if enrolment.person_id is None:
        answer_request(enrolment, is_granted=is_granted, actor=actor)
        return

    def subject() -> str:
        return _("Votre demande d’inscription a une réponse : %(title)s") % {"title": enrolment.session}

    notify(
        User.objects.filter(person=enrolment.person_id, is_active=True),
        ANSWERED,
        subject=subject,
        text=enrolment.end_reason,
        url=enrolment.get_absolute_url(),
        about=enrolment,
        actor=actor,
    )
