"""Who reads and writes what is said of a person’s path: the same queryset as the lists decides."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from cae.core.permissions import kept
from entrepreneurs.models import Interview, Meeting, MeetingReport
from entrepreneurs.models.referents import COACHING_WRITERS, coached_persons
from people.models import Person
from people.permissions import (
    has_role,
    is_advisor,
    is_associate,
    is_candidate,
    is_entrepreneur,
    is_hr,
    is_manager,
    is_staff_member,
)
from people.states import RoleKind


def coached_person_of(obj: Any) -> int:
    """The key of the person an object of coaching is about; 0, which nobody bears, when it names none."""
    found: int | None = obj.pk if isinstance(obj, Person) else getattr(obj, "person_id", None)
    return found or 0


@rules.predicate
def is_coached_self(user: Any, obj: Any = None) -> bool:
    """The object is about the user’s own path; without object: the user has one."""
    own = getattr(user, "person_id", None)
    return own is not None and (obj is None or coached_person_of(obj) == own)


@rules.predicate
def reads_coaching(user: Any, obj: Any = None) -> bool:
    """The object is about somebody whose coaching the user follows, by role or because they are named."""
    if obj is None:
        return True
    reached = coached_persons(user).filter(pk=coached_person_of(obj))
    return kept(user, obj, "coaching", reached.exists)


@rules.predicate
def writes_coaching(user: Any, obj: Any = None) -> bool:
    """An advisor who reaches the person, or is named to them."""
    if obj is None:
        return is_advisor(user)
    reached = coached_persons(user, kinds=COACHING_WRITERS).filter(pk=coached_person_of(obj))
    return is_advisor(user) and kept(user, obj, "coaching.write", reached.exists)


@rules.predicate
def runs_meeting(user: Any, meeting: Any = None) -> bool:
    """The advisor of the meeting; without object: somebody who receives."""
    return meeting is None or meeting.advisor_id == getattr(user, "person_id", None)


@rules.predicate
def writes_report(user: Any, report: MeetingReport | None = None) -> bool:
    """An advisor writes; a report is its author’s alone to change and to share."""
    own = getattr(user, "person_id", None)
    return is_advisor(user) and (report is None or (own is not None and report.author_id == own))


@rules.predicate
def sees_report(user: Any, report: MeetingReport | None = None) -> bool:
    return report is None or MeetingReport.objects.visible_to(user).filter(pk=report.pk).exists()


@rules.predicate
def sees_report_file(user: Any, document: Document | None = None) -> bool:
    return document is None or MeetingReport.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def sees_interview_file(user: Any, document: Document | None = None) -> bool:
    return document is None or Interview.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def sees_meeting_file(user: Any, document: Document | None = None) -> bool:
    """Whoever sees the meeting opens its calendar file; without object: anybody, for their own."""
    return document is None or Meeting.objects.visible_to(user).filter(pk=document.about_id).exists()


PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_coaching": is_coached_self | reads_coaching,
    "entrepreneurs.view_own_coaching": is_entrepreneur | is_candidate | is_associate,
    "entrepreneurs.follow_people": is_advisor | is_hr | is_manager,
    "entrepreneurs.coach": writes_coaching,
    "entrepreneurs.write_report": writes_report,
    "entrepreneurs.view_report": sees_report,
    "entrepreneurs.write_to_report": sees_report,
    "entrepreneurs.open_report_file": sees_report_file,
    "entrepreneurs.open_interview_file": sees_interview_file,
    "entrepreneurs.hold_interview": writes_coaching,
    "entrepreneurs.sign_interview": is_coached_self,
    "entrepreneurs.reopen_interview": is_coached_self | writes_coaching,
    "entrepreneurs.write_plan": is_coached_self | writes_coaching,
    "entrepreneurs.write_project": is_coached_self | writes_coaching,
    "entrepreneurs.count_figures": is_coached_self | writes_coaching,
    "entrepreneurs.ask_support": is_coached_self,
    "entrepreneurs.answer_support": writes_coaching,
    "entrepreneurs.change_catalogue": has_role(
        RoleKind.ADMINISTRATOR, RoleKind.TRAINING_MANAGER, RoleKind.CO_MANAGER
    ),
    "entrepreneurs.view_funded": is_advisor | is_manager | has_role(RoleKind.ACCOUNTANT),
    "entrepreneurs.open_funded": is_manager | has_role(RoleKind.ADMINISTRATOR, RoleKind.ACCOUNTANT),
    "entrepreneurs.name_referent": has_role(
        RoleKind.HUMAN_RESOURCES, RoleKind.CO_MANAGER, RoleKind.ADMINISTRATOR
    )
    | writes_coaching,
    "entrepreneurs.reassign": is_hr | is_manager,
    "entrepreneurs.offer_slots": is_staff_member,
    "entrepreneurs.close_team_days": is_hr | is_manager,
    "entrepreneurs.view_meeting": is_coached_self | runs_meeting | reads_coaching,
    "entrepreneurs.book_meeting": is_coached_self | writes_coaching,
    "entrepreneurs.change_meeting": is_coached_self | runs_meeting | writes_coaching,
    "entrepreneurs.run_meeting": (is_staff_member & runs_meeting) | writes_coaching,
    "entrepreneurs.open_meeting_file": sees_meeting_file,
}
