"""Who welcomes: the board and its files, committees and what they froze, opinions asked of colleagues."""

from typing import Any

import rules

from cae.core.permissions import kept
from entrepreneurs.models import Application, ColleagueOpinion, Committee, CommitteeFile, InsurerSlip
from entrepreneurs.models.applications import WELCOME_KINDS
from entrepreneurs.selectors.committees import committees_visible_to, sits_in
from entrepreneurs.selectors.reviews import WORKER_KINDS
from people.permissions import has_role, is_about_another, is_admin, is_manager
from people.states import RoleKind

is_welcomer = has_role(*WORKER_KINDS)


@rules.predicate
def sees_application(user: Any, application: Application | None = None) -> bool:
    """Asks the same queryset as the board."""
    if application is None:
        return True
    seen = Application.objects.visible_to(user).filter(pk=application.pk)
    return kept(user, application, "board", seen.exists)


@rules.predicate
def sees_committee(user: Any, committee: Committee | None = None) -> bool:
    return committee is None or committees_visible_to(user).filter(pk=committee.pk).exists()


@rules.predicate
def sits(user: Any, file: CommitteeFile | None = None) -> bool:
    """One reads what was frozen for a committee one sits in, and nothing before it was convened, nor ever of
    oneself."""
    if file is None:
        return sits_in(user)
    if not file.frozen_hash or not is_about_another.test(user, file.application):
        return False
    return file.committee.members.filter(user=user).exists()


@rules.predicate
def is_asked(user: Any, opinion: ColleagueOpinion | None = None) -> bool:
    """The opinion is asked of this person."""
    return user.person_id is not None and (opinion is None or opinion.person_id == user.person_id)


@rules.predicate
def opens_slip(user: Any, document: Any = None) -> bool:
    """Whoever reads the file of the candidate."""
    if document is None or not is_reader(user):
        return is_reader(user)
    slip = InsurerSlip.objects.filter(document=document).select_related("application").first()
    return slip is not None and (slip.application is None or sees_application(user, slip.application))


@rules.predicate
def opens_minutes(user: Any, document: Any = None) -> bool:
    if document is None:
        return is_reader(user) or sits_in(user)
    return committees_visible_to(user).filter(minutes=document).exists()


@rules.predicate
def sits_somewhere(user: Any) -> bool:
    return sits_in(user)


is_reader = has_role(*WELCOME_KINDS)
in_committee = has_role(RoleKind.COMMITTEE_MEMBER) | sits_somewhere
# Nobody works on the file of which they are the candidate: no mark, no voice, no decision on oneself.
works_on_it = is_about_another & is_welcomer & sees_application

PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_board": is_reader,
    "entrepreneurs.view_candidate_file": is_about_another & is_reader & sees_application,
    "entrepreneurs.move_application": works_on_it,
    "entrepreneurs.invite_candidate": works_on_it,
    "entrepreneurs.review_application": works_on_it,
    "entrepreneurs.check_feasibility": works_on_it,
    "entrepreneurs.answer_slip": is_welcomer,
    "entrepreneurs.ask_opinion": works_on_it,
    "entrepreneurs.give_opinion": is_asked,
    "entrepreneurs.decide_application": works_on_it,
    "entrepreneurs.waive_criterion": is_about_another & is_manager & sees_application,
    "entrepreneurs.view_committees": is_reader | in_committee,
    # In the menu: those who welcome reach committees by a tab of the board.
    "entrepreneurs.sit_only": in_committee & ~is_reader,
    "entrepreneurs.open_slip": opens_slip,
    "entrepreneurs.open_minutes": opens_minutes,
    "entrepreneurs.view_committee": sees_committee,
    "entrepreneurs.hold_committee": has_role(RoleKind.ADVISOR, RoleKind.CO_MANAGER) & sees_committee,
    "entrepreneurs.give_voice": sits,
    "entrepreneurs.change_welcome": is_admin,
    "entrepreneurs.set_targets": is_admin | is_manager,
}
