"""The rights on the register of associates and on admissions."""

from __future__ import annotations

import rules
from django.utils import timezone
from rules.predicates import Predicate

from cae.core.models import Document, Job
from governance.models import Admission, Associate
from governance.permissions.predicates import (
    acts_as_associate,
    acts_for,
    is_register_reader,
    is_register_writer,
)
from governance.selectors.admissions import DECIDER_KINDS
from people.models import User
from people.permissions import has_role
from people.states import RoleKind

is_decider = has_role(*DECIDER_KINDS)
# They work in the cooperative, so they may ask to become associates.
works_here = has_role(
    RoleKind.ENTREPRENEUR,
    RoleKind.PROJECT_HOLDER,
    RoleKind.ADVISOR,
    RoleKind.ACCOUNTANT,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.TRAINING_MANAGER,
    RoleKind.PLACE_FACILITATOR,
    RoleKind.COOPERATIVE_LIFE,
    RoleKind.PROJECT_MANAGER,
    RoleKind.CO_MANAGER,
    RoleKind.ADMINISTRATOR,
)


@rules.predicate
def is_own_request(user: User, admission: Admission | None = None) -> bool:
    """One asks for oneself or for whom one would represent, or wrote the request of somebody."""
    if admission is None:
        return True
    named = (admission.person_id, admission.representative_id)
    return user.person_id in named or user == admission.created_by


@rules.predicate
def is_of_the_house(user: User, admission: Admission | None = None) -> bool:
    """Written by the cooperative for somebody: whoever writes the register resumes it."""
    if admission is None or admission.created_by is None:
        return False
    return admission.created_by.person_id not in (admission.person_id, admission.representative_id)


@rules.predicate
def is_anothers_request(user: User, admission: Admission | None = None) -> bool:
    """Nobody decides on one’s own request, nor on that of whom one would represent."""
    if admission is None:
        return True
    return user.person_id not in (admission.person_id, admission.representative_id)


@rules.predicate
def is_anothers_line(user: User, associate: Associate | None = None) -> bool:
    """Nobody writes of one’s own right to vote or loss of status."""
    return associate is None or not acts_for(user, associate)


@rules.predicate
def acts_for_certified(user: User, document: Document | None = None) -> bool:
    """A certificate is opened by who acts today for the associate that it names, whoever asked for it."""
    if document is None:
        return True
    job = Job.objects.get(pk=document.about_id)
    named = Associate.objects.filter(pk=job.arguments["associate"]).first()
    return named is not None and acts_for(user, named)


@rules.predicate
def is_associate_already(user: User, _obj: object = None) -> bool:
    return Associate.objects.on(timezone.localdate()).filter(person=user.person_id).exists()


PERMISSIONS: dict[str, Predicate] = {
    "governance.view_register": is_register_reader,
    "governance.write_register": is_register_writer,
    # The right to vote and the status of an associate.
    "governance.write_rights": is_register_writer & is_anothers_line,
    "governance.view_associate": is_register_reader | acts_for,
    "governance.view_admissions": is_register_reader,
    "governance.ask_admission": is_own_request | is_register_writer & is_of_the_house,
    # One’s own first request; the page of a draft asks the right above.
    "governance.open_own_admission": works_here & ~is_associate_already,
    "governance.decide_admission": is_decider & is_anothers_request,
    "governance.view_own_situation": works_here | acts_as_associate,
    # Files too follow the right of the moment: who certified the register may read it no more.
    "governance.open_register_file": is_register_reader,
    "governance.open_associate_certificate": is_register_reader | acts_for_certified,
}
