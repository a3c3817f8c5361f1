"""The door /documents/<n>/ of each kind of file of the cooperative: opened by its own, shut to strangers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.documents import RIGHT_BY_KIND, store_document
from cae.core.models import Document, Job
from governance.models import Assembly, Convocation, Extract, FormerProof, Paper, Proxy
from people.models import User
from people.states import RoleKind
from tests.factories.governance import call, make_assembly, make_member, make_organiser, make_share_class
from tests.factories.governance_ballots import make_open_box
from tests.factories.governance_held import subscribed_on_paper
from tests.factories.governance_minutes import make_held, make_minutes, signed_minutes
from tests.factories.governance_room import seat
from tests.factories.governance_votes import Sitting
from tests.factories.people import make_user
from tests.factories.person_files import PDF
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@dataclass(frozen=True)
class Door:
    """A file, who opens it, who is near it and may not."""

    document: Document
    opens: list[User]
    shut: list[User]


@dataclass(frozen=True)
class Called:
    """An assembly that called two associates, and somebody who sits in its bureau without being one."""

    assembly: Assembly
    one: Any
    two: Any
    chair: User

    def convocation(self) -> Convocation:
        return self.assembly.convocations.get(associate=self.one[1])


@pytest.fixture
def called() -> Called:
    one, two, chair = make_member(), make_member(), make_user(RoleKind.ENTREPRENEUR)
    assembly = make_assembly(starts_at=timezone.now() + timedelta(days=10), associates=(one[1], two[1]))
    seat(assembly, person=chair.person)
    return Called(assembly, one, two, chair)


def stored(kind: str, about: models.Model, actor: User | None = None) -> Document:
    return store_document(
        PDF,
        kind=f"governance.{kind}",
        name="fichier.pdf",
        mime="application/pdf",
        about=about,
        actor=actor,
        retention_until=timezone.localdate() + timedelta(days=1),
    )


def _readers() -> list[User]:
    """They read the preparation of an assembly, so what it shows."""
    return [make_organiser(), make_user(RoleKind.ADMINISTRATOR), make_user(RoleKind.AUDITOR)]


def _paper(called: Called) -> Door:
    document = stored("assembly_paper", called.assembly)
    Paper.objects.create(assembly=called.assembly, title="Comptes", document=document)
    return Door(document, [called.one[0], called.two[0], called.chair, make_organiser()], [])


def _convocation(called: Called) -> Door:
    document = stored("convocation", called.assembly)
    return Door(document, [called.one[0], called.chair, make_organiser()], [])


def _letter(called: Called) -> Door:
    document = stored("convocation_letter", called.convocation())
    Convocation.objects.filter(pk=called.convocation().pk).update(letter=document)
    return Door(document, [called.one[0], *_readers()], [called.two[0], called.chair])


def _proof(called: Called) -> Door:
    """One that another replaced is no more open than the one kept."""
    document = stored("convocation_proof", called.convocation())
    FormerProof.objects.create(
        convocation=called.convocation(), document=document, reason="Erreur", replaced_at=timezone.now()
    )
    return Door(document, [called.one[0], *_readers()], [called.two[0], called.chair])


def _letters(called: Called) -> Door:
    document = stored("convocation_letters", called.assembly)
    return Door(document, [make_organiser()], [called.one[0], called.chair])


def _proxy(called: Called) -> Door:
    third, holder = make_member(), called.two
    call(called.assembly, third[1])
    proxy = Proxy.objects.create(
        assembly=called.assembly,
        principal=called.one[1],
        holder=holder[1],
        instructions={"1": "contre"},
        given_at=timezone.now(),
    )
    document = stored("proxy", proxy)
    Proxy.objects.filter(pk=proxy.pk).update(pdf=document)
    return Door(document, [called.one[0], holder[0]], [third[0]])


def _kept_by_the_desk(kind: str) -> Any:
    def door(called: Called) -> Door:
        document = stored(kind, called.assembly)
        return Door(document, [called.chair, make_organiser()], [called.one[0]])

    return door


def _blank_form(called: Called) -> Door:
    document = stored("correspondence_form", called.assembly)
    return Door(document, [called.one[0], called.chair, make_organiser()], [])


def _minutes(_called: Called) -> Door:
    """Before they are published: an associate who only sat reads none."""
    assembly, people = make_held()
    minutes = make_minutes(assembly, people[0][0])
    sat = make_member()
    call(assembly, sat[1])
    return Door(stored("minutes", minutes), [people[0][0], make_organiser()], [sat[0]])


def _extract(_called: Called) -> Door:
    assembly, people = make_held()
    minutes = signed_minutes(assembly, people)
    extract = Extract.objects.create(
        minutes=minutes, content_sha256="0" * 64, form_key=uuid4(), created_by=people[0][0]
    )
    sat = make_member()
    call(assembly, sat[1])
    return Door(stored("minutes_extract", extract), [people[0][0], make_organiser()], [sat[0]])


def _of_subscription(kind: str) -> Any:
    def door(called: Called) -> Door:
        user, associate = called.one
        subscription = subscribed_on_paper(associate, make_share_class())
        keepers = [user, make_user(RoleKind.ACCOUNTANT)]
        return Door(stored(kind, subscription), keepers, [called.two[0], called.chair])

    return door


def _register(called: Called) -> Door:
    """Who certified it and reads the register no more is shut out."""
    document = stored("register", called.one[1], actor=called.one[0])
    return Door(document, [make_organiser(), make_user(RoleKind.HUMAN_RESOURCES)], [called.one[0]])


def _certificate(called: Called) -> Door:
    """Its associate, whoever asked for it; not who asked for it and represents nobody any more."""
    former, associate = make_user(RoleKind.ENTREPRENEUR), called.one[1]
    job = Job.objects.create(task="x", label="x", author=former, arguments={"associate": associate.pk})
    document = stored("associate_certificate", job, actor=former)
    return Door(document, [called.one[0], make_user(RoleKind.HUMAN_RESOURCES)], [former, called.two[0]])


def _founding(called: Called) -> Door:
    """Whoever is an associate reads the statutes, called or not."""
    document = stored("founding_text", called.assembly)
    return Door(document, [called.one[0], make_member()[0]], [called.chair])


def _archive(called: Called) -> Door:
    """Of a box, by whoever sees its scrutin; others read it on the page of the box, once it is public."""
    users, members = zip(called.one, called.two, strict=True)
    made = make_open_box(sitting=Sitting(called.assembly, make_organiser(), list(users), list(members)))
    return Door(stored("secret_archive", made.box), [*users, called.chair, *_readers()], [])


_DOORS: dict[str, Any] = {
    "assembly_paper": _paper,
    "associate_certificate": _certificate,
    "attendance_sheet": _kept_by_the_desk("attendance_sheet"),
    "convocation": _convocation,
    "convocation_letter": _letter,
    "convocation_letters": _letters,
    "convocation_proof": _proof,
    "correspondence_form": _blank_form,
    "correspondence_scan": _kept_by_the_desk("correspondence_scan"),
    "founding_text": _founding,
    "minutes": _minutes,
    "minutes_extract": _extract,
    "proxy": _proxy,
    "register": _register,
    "secret_archive": _archive,
    "share_bulletin": _of_subscription("share_bulletin"),
    "share_certificate": _of_subscription("share_certificate"),
}


def test_each_kind_of_file_has_its_door_here() -> None:
    found = {kind.partition(".")[2] for kind in RIGHT_BY_KIND if kind.startswith("governance.")}
    assert found == _DOORS.keys()


@pytest.mark.parametrize("kind", sorted(_DOORS))
def test_a_file_opens_to_its_own_and_to_nobody_else(kind: str, called: Called) -> None:
    door: Door = _DOORS[kind](called)
    address = reverse("core:document", args=[door.document.pk])
    # An associate of elsewhere reads the statutes, and nothing of an assembly that did not call them.
    elsewhere = [] if kind == "founding_text" else [make_member()[0]]
    strangers = [make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.WEBMASTER), *elsewhere, *door.shut]
    assert [client_of(user).get(address).status_code for user in door.opens] == [200] * len(door.opens)
    for user in strangers:
        assert client_of(user).get(address).status_code in (403, 404), user
    nobody = Client().get(address)
    assert nobody.status_code == 302
    assert "login" in nobody["Location"]
