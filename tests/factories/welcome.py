"""Situations of the welcome, made through its services."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cae.core.settings import set_setting
from entrepreneurs.models import (
    Application,
    Committee,
    CommitteeFile,
    CriteriaSet,
    Review,
    WelcomeStage,
)
from entrepreneurs.selectors.reviews import criteria_for
from entrepreneurs.services.committees import (
    CommitteeData,
    add_file,
    convene_committee,
    plan_committee,
)
from entrepreneurs.services.feasibility import INSURER_ADDRESS, ask_opinions, send_slip
from entrepreneurs.services.reviews import give_review, lay_first_criteria
from entrepreneurs.services.slot_invitations import invite_candidate
from entrepreneurs.services.stages import lay_first_stages
from entrepreneurs.services.welcome import Grounds
from entrepreneurs.states.feasibility import OpinionKind
from people.models import User
from people.services.scopes import rename_scope
from people.states import RoleKind
from tests.factories.applications import submitted
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_person, make_territory, make_user

_serial = count(1)
GROUNDS = Grounds(reason_code="capacity", reason="Plus de place avant l’été.")


def candidature(**given: Any) -> Application:
    """An application sent by somebody new."""
    number = next(_serial)
    known = {"email": f"candidat{number}@exemple.fr", "last_name": f"Roy{number}"}
    return submitted(**(known | given))


def stages() -> list[WelcomeStage]:
    """The usual columns."""
    return lay_first_stages(on=BEGINNING, actor=None)


def criteria() -> CriteriaSet:
    """The first grid."""
    return lay_first_criteria(on=BEGINNING, actor=None)


def insurer(address: str = "avis@assureur.example") -> None:
    """The insurer has an address."""
    set_setting(INSURER_ADDRESS, value=address, valid_from=BEGINNING, actor=None, reason="Contrat")


def review(application: Application, user: User, *values: int, comment: str = "") -> Review:
    """The marks of somebody, in the order of the criteria."""
    today = timezone.localdate()
    known = criteria_for(application, on=today) or criteria()
    rows = list(known.criteria.all())
    given = values or (3,) * len(rows)
    marks = {row.pk: value for row, value in zip(rows, given, strict=True)}
    return give_review(application, marks=marks, comment=comment, on=today, actor=user)


def manager() -> User:
    return make_user(RoleKind.CO_MANAGER)


def committee(
    *applications: Application, chair: User | None = None, members: tuple[User, ...] = (), **facts: Any
) -> Committee:
    """A committee planned in a week, with its files."""
    chair, today = chair or manager(), timezone.localdate()
    data = CommitteeData(**({"held_on": today + timedelta(days=7)} | facts))
    made = plan_committee(data=data, members=members, chair=chair, today=today, actor=chair)
    for application in applications:
        add_file(made, application=application, actor=chair)
    return made


def convened(*applications: Application, **facts: Any) -> tuple[Committee, list[CommitteeFile]]:
    """A committee whose files are frozen."""
    made = committee(*applications, **facts)
    made = convene_committee(made, now=timezone.now(), actor=None)
    return made, list(made.files.order_by("order"))


def welcomed() -> dict[str, Any]:
    """One thing of each kind, by name: what the walk of the pages and the strangers try."""
    make_cooperative()
    stages()
    criteria()
    insurer()
    boss, member, colleague = manager(), make_user(RoleKind.COMMITTEE_MEMBER), make_user()
    town = make_territory("Vallée de la Drôme")
    # The second is left to be asked.
    for other in (colleague, make_person()):
        activity = make_activity(other, trade="Céramique")
        rename_scope(activity.scope, label=activity.name, territory=town, actor=None)
    today, waiting, before = timezone.localdate(), candidature(territory=town), candidature()
    given = review(waiting, boss, comment="Un projet ancré")
    assert boss.person is not None
    invitation = invite_candidate(waiting, advisor=boss.person, now=timezone.now(), actor=boss)
    slip = send_slip(waiting, trade_name="Céramique", description="Tournage", on=today, actor=boss)
    asked = [colleague.person.pk] if colleague.person else []
    (opinion,) = ask_opinions(waiting, kind=OpinionKind.TRADE, people=asked, on=today, actor=boss)
    held, (file,) = convened(before, chair=boss, members=(member,))
    return {
        "manager": boss,
        "member": member,
        "colleague": colleague,
        "application": waiting,
        "mark": given.marks.first(),
        "invitation": invitation,
        "slip": slip,
        "opinion": opinion,
        "planned": committee(candidature(), chair=boss),
        "convened": held,
        "file": file,
        "stage": WelcomeStage.objects.first(),
    }
