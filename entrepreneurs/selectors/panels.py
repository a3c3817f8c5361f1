"""What the room says on the page of a person or of an activity: each block by its right (CAE-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.panels import MOST_ROWS, Panel, PanelRow
from entrepreneurs.models import Absence, Activity, Contract, DocumentRequest, Exit, Interview
from entrepreneurs.models.papers import CHECKER_KINDS
from entrepreneurs.selectors.papers import shown_papers
from people.models import Deadline, Person
from people.selectors.persons import reached_persons


def activity_panel(user: Any, person: Person, today: date) -> Panel:
    """Gives the activities of a person within sight, closed ones among them."""
    rows = Activity.objects.visible_to(user).filter(scope__members__person=person).distinct()
    return Panel(
        _("Activités"),
        "briefcase",
        [
            PanelRow(row.name, row.get_absolute_url(), row.trade_name, row.opened_on)
            for row in rows.select_related("trade")[:MOST_ROWS]
        ],
    )


def contract_panel(user: Any, person: Person, today: date) -> Panel:
    rows = Contract.objects.visible_to(user).filter(person=person)
    return _contracts(rows)


def contracts_of_activity(user: Any, activity: Activity, today: date) -> Panel:
    rows = Contract.objects.visible_to(user).filter(activity=activity)
    return _contracts(rows)


def _contracts(rows: Any) -> Panel:
    latest = rows.order_by("-starts_on", "-pk")[:MOST_ROWS]
    return Panel(
        _("Contrats"),
        "file-text",
        [PanelRow(row.title, row.get_absolute_url(), "", row.starts_on, row.status) for row in latest],
    )


def dates_of_activity(user: Any, activity: Activity, today: date) -> Panel:
    """Gives the dates of the activity itself: its insurance, the proofs of its trade."""
    rows = Deadline.objects.open().without_sensitive().filter(scope=activity.scope_id)
    return Panel(
        _("Échéances"),
        "hourglass-split",
        [PanelRow(row.label, row.page, row.owner, row.due_on) for row in rows.order_by("due_on")[:MOST_ROWS]],
    )


def interview_panel(user: Any, person: Person, today: date) -> Panel:
    rows = Interview.objects.visible_to(user).filter(person=person).order_by("-due_on", "-pk")
    return Panel(
        _("Entretiens"),
        "journal-text",
        [
            PanelRow(
                _("Entretien %(rank)d") % {"rank": row.rank},
                row.get_absolute_url(),
                "",
                row.due_on,
                row.status_on(today),
            )
            for row in rows[:MOST_ROWS]
        ],
    )


def paper_panel(user: Any, person: Person, today: date) -> Panel:
    """To the person, and to who checks their papers."""
    own = person.pk == user.person_id
    rows = DocumentRequest.objects.all() if own else DocumentRequest.objects.checked_by(user)
    latest = rows.filter(person=person).order_by("-pk")[:MOST_ROWS]
    found = [
        PanelRow(one.label, one.paper.get_absolute_url(), "", one.paper.due_on, one.look)
        for one in shown_papers(latest, today)
    ]
    if not own and reached_persons(user, CHECKER_KINDS, today).filter(pk=person.pk).exists():
        found.append(
            PanelRow(_("Demander un document"), reverse("entrepreneurs:paper_ask", args=[person.pk]))
        )
    return Panel(_("Pièces demandées"), "folder", found)


def absence_panel(user: Any, person: Person, today: date) -> Panel | None:
    """To the person and to those who keep absences; an advisor reads the calendar."""
    if person.pk != user.person_id and not permissions.can(user, "entrepreneurs.view_absences"):
        return None
    rows = Absence.objects.visible_to(user).filter(person=person)
    url = reverse("entrepreneurs:own_absences") if person.pk == user.person_id else ""
    return Panel(
        _("Absences"),
        "clock-history",
        [PanelRow(row.when, row.get_absolute_url(), "", None, row.status) for row in rows[:MOST_ROWS]],
        url,
    )


def exit_panel(user: Any, person: Person, today: date) -> Panel:
    rows = Exit.objects.visible_to(user).filter(person=person)
    return Panel(
        _("Sortie"),
        "box-arrow-right",
        [
            PanelRow(_("Dernier jour"), row.get_absolute_url(), "", row.last_day, row.status)
            for row in rows[:MOST_ROWS]
        ],
    )


# In the order of the page: the rooms below come before, the rooms above after.
PERSON_PANELS = (
    (20, activity_panel),
    (25, contract_panel),
    (45, interview_panel),
    (50, paper_panel),
    (70, absence_panel),
    (80, exit_panel),
)
ACTIVITY_PANELS = ((20, contracts_of_activity), (30, dates_of_activity))
