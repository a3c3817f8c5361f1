"""What the room says on the full page of a person or of an activity (CAE-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.facts import Panel
from cae.core.templatetags.formats import day
from entrepreneurs.models import Absence, Activity, Contract, Exit, Interview, Meeting
from entrepreneurs.selectors.activities import people_of
from people.models import Deadline, Person

MOST = 6


def person_panels(user: Any, person: Person, today: date) -> list[Panel]:
    """Gives the blocks that this reader may see of a person; an empty one is left out."""
    found = [
        _activities(user, person),
        _contracts(user, person),
        _meetings(user, person),
        _interviews(user, person, today),
        _absences(user, person),
        _exits(user, person),
    ]
    return [panel for panel in found if panel.rows]


def activity_panels(user: Any, activity: Activity, today: date) -> list[Panel]:
    """Gives the blocks that this reader may see of an activity."""
    found = [_people(user, activity, today), _contracts_of(user, activity), _dates(user, activity)]
    return [panel for panel in found if panel.rows]


def _activities(user: Any, person: Person) -> Panel:
    rows = Activity.objects.visible_to(user).filter(scope__members__person=person).distinct()
    return Panel(
        _("Activités"),
        [
            (row.name, _("fermée") if row.closed_on else row.trade_name, row.get_absolute_url())
            for row in rows.select_related("trade")[:MOST]
        ],
        icon="briefcase",
        order=20,
    )


def _contracts(user: Any, person: Person) -> Panel:
    rows = Contract.objects.visible_to(user).filter(person=person).order_by("-starts_on", "-pk")
    return Panel(_("Contrats"), [_contract(row) for row in rows[:MOST]], icon="file-text", order=25)


def _contract(row: Contract) -> tuple[str, str, str]:
    return row.title, f"{day(row.starts_on)} · {row.get_state_display()}", row.get_absolute_url()


def _meetings(user: Any, person: Person) -> Panel:
    rows = Meeting.objects.visible_to(user).filter(person=person).order_by("-starts_at", "-pk")[:MOST]
    return Panel(
        _("Rendez-vous"),
        [
            (
                row.get_purpose_display(),
                f"{day(timezone.localdate(row.starts_at))} · {row.get_state_display()}",
                row.get_absolute_url(),
            )
            for row in rows
        ],
        icon="person-lines-fill",
        order=40,
    )


def _interviews(user: Any, person: Person, today: date) -> Panel:
    rows = Interview.objects.visible_to(user).filter(person=person).order_by("-due_on", "-pk")[:MOST]
    return Panel(
        _("Entretiens"),
        [
            (
                _("Entretien %(rank)d") % {"rank": row.rank},
                f"{day(row.due_on)} · {row.status_on(today)[2]}",
                row.get_absolute_url(),
            )
            for row in rows
        ],
        icon="journal-text",
        order=45,
    )


def _absences(user: Any, person: Person) -> Panel:
    """To the person and to those who keep absences; an advisor reads the calendar."""
    allowed = person.pk == user.person_id or permissions.can(user, "entrepreneurs.view_absences")
    rows = Absence.objects.visible_to(user).filter(person=person) if allowed else Absence.objects.none()
    return Panel(
        _("Absences"),
        [(row.when, row.get_state_display(), row.get_absolute_url()) for row in rows[:MOST]],
        icon="clock-history",
        order=70,
    )


def _exits(user: Any, person: Person) -> Panel:
    rows = Exit.objects.visible_to(user).filter(person=person)[:MOST]
    return Panel(
        _("Sortie"),
        [(day(row.last_day), row.get_state_display(), row.get_absolute_url()) for row in rows],
        icon="box-arrow-right",
        order=80,
    )


def _people(user: Any, activity: Activity, today: date) -> Panel:
    """A name is a link for who reads persons."""
    reads = permissions.can(user, "people.view_persons")
    return Panel(
        _("Qui"),
        [
            (one.full_name, "", reverse("portal:person_file", args=[one.pk]) if reads else "")
            for one in people_of(activity, today)
        ],
        icon="people",
        order=10,
    )


def _contracts_of(user: Any, activity: Activity) -> Panel:
    rows = Contract.objects.visible_to(user).filter(activity=activity).order_by("-starts_on", "-pk")
    return Panel(_("Contrats"), [_contract(row) for row in rows[:MOST]], icon="file-text", order=20)


def _dates(user: Any, activity: Activity) -> Panel:
    """Those of the activity itself: its insurance, the proofs of its trade."""
    rows = Deadline.objects.filter(scope=activity.scope_id, closed_at__isnull=True).order_by("due_on", "pk")
    return Panel(
        _("Échéances"),
        [(row.label, day(row.due_on), row.page) for row in rows if not row.is_sensitive][:MOST],
        icon="hourglass-split",
        order=30,
    )
