"""Minutes that one of the bureau will not sign: noted with its reason, they wait for the others only
(GOV-34)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from governance.models import Associate, Minutes, MinutesSignature
from governance.selectors.minutes import minutes_to_sign
from governance.services.minutes import hand_over_minutes, take_back_minutes
from governance.services.minutes_files import archive_minutes
from governance.services.minutes_mails import UNSIGNED
from governance.services.minutes_signing import note_unsigned
from governance.states.assemblies import BureauRole, MinutesState, SignerRole
from people.models import User
from people.states import RoleKind
from tests.factories.contracts import no_code
from tests.factories.governance import make_member
from tests.factories.governance_minutes import CLOSED, make_held, make_minutes, make_voted, person_of, sign_as
from tests.factories.people import make_person, make_role, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

AT = CLOSED + timedelta(hours=2)
DEAD = "décès le 20 juin 2026"


def handed() -> tuple[Minutes, list[tuple[User, Associate]]]:
    """Minutes to sign by a chair, a secretary and a scrutineer."""
    no_code()
    assembly, people = make_held()
    make_voted(assembly)
    return hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0]), people


def place(minutes: Minutes, role: str) -> MinutesSignature:
    return minutes.signatures.get(role=role)


def manager() -> User:
    return make_user(RoleKind.CO_MANAGER, person=make_person(first_name="Maud", last_name="Gérante"))


def secretariat() -> User:
    """Organises assemblies, without being a co-manager."""
    return make_user(RoleKind.COOPERATIVE_LIFE, person=make_person(first_name="Lise", last_name="Vie"))


def unsign(minutes: Minutes, role: str, actor: User, reason: str = DEAD) -> MinutesSignature:
    return note_unsigned(place(minutes, role), reason=reason, actor=actor, at=AT)


def test_who_will_not_sign_is_told_and_the_others_are_enough() -> None:
    minutes, people = handed()
    organiser = secretariat()
    unsign(minutes, BureauRole.SCRUTINEER, organiser)
    scrutineer = people[2][0]
    assert [one.user for one in Notice.objects.filter(kind=UNSIGNED)] == [scrutineer]
    assert not minutes_to_sign(scrutineer.person_id).exists()
    entry = AuditEntry.objects.get(verb="governance.minutes.unsigned")
    assert (entry.actor, entry.detail["reason"]) == (organiser, DEAD)
    sign_as(minutes, people[0][0])
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.TO_SIGN
    sign_as(minutes, people[1][0])
    minutes.refresh_from_db()
    minutes.assembly.refresh_from_db()
    assert (minutes.state, minutes.number, minutes.assembly.state) == ("signed", 1, "signed")
    document = archive_minutes(minutes.pk)
    assert document is not None
    pages = PdfReader(BytesIO(read_document(document))).pages
    printed = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert f"Prénom2 Nom2, scrutateur·rice, n’a pas signé : {DEAD} (noté par {organiser.person}" in printed


def test_the_last_absence_files_the_minutes() -> None:
    minutes, people = handed()
    sign_as(minutes, people[0][0])
    sign_as(minutes, people[1][0])
    unsign(minutes, BureauRole.SCRUTINEER, secretariat())
    minutes.refresh_from_db()
    assert (minutes.state, minutes.number) == (MinutesState.SIGNED, 1)
    with pytest.raises(IllegalMove):
        unsign(minutes, BureauRole.SCRUTINEER, secretariat())


def test_who_comes_all_the_same_has_signed() -> None:
    minutes, people = handed()
    unsign(minutes, BureauRole.SCRUTINEER, secretariat(), "refus")
    sign_as(minutes, people[2][0])
    found = place(minutes, BureauRole.SCRUTINEER)
    assert (found.unsigned_reason, found.unsigned_by, found.unsigned_at) == ("", None, None)
    assert found.signature is not None


def test_somebody_signs_always() -> None:
    minutes, _people = handed()
    head = manager()
    unsign(minutes, BureauRole.SCRUTINEER, head)
    unsign(minutes, BureauRole.SECRETARY, head)
    before = list(minutes.signatures.order_by("pk").values())
    with pytest.raises(Refused) as last:
        unsign(minutes, BureauRole.CHAIR, head)
    assert last.value.code == Code.NOT_ALLOWED
    assert "au moins signe" in str(last.value)
    assert list(minutes.signatures.order_by("pk").values()) == before


def test_without_the_chair_a_manager_signs() -> None:
    minutes, people = handed()
    with pytest.raises(Refused) as refused:
        unsign(minutes, BureauRole.CHAIR, secretariat())
    assert "la gérance signe" in str(refused.value)
    assert place(minutes, BureauRole.CHAIR).unsigned_reason == ""
    head = manager()
    unsign(minutes, BureauRole.CHAIR, head)
    assert place(minutes, SignerRole.MANAGER).person == head.person
    for user in (people[1][0], people[2][0]):
        sign_as(minutes, user)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.TO_SIGN
    sign_as(minutes, head)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.SIGNED


def test_a_manager_of_the_bureau_is_enough_without_the_chair() -> None:
    minutes, people = handed()
    make_role(person_of(people[1][0]), RoleKind.CO_MANAGER)
    unsign(minutes, BureauRole.CHAIR, secretariat())
    assert minutes.signatures.count() == 3
    with pytest.raises(Refused):
        unsign(minutes, BureauRole.SECRETARY, secretariat())


def test_nobody_signs_in_place_of_oneself() -> None:
    minutes, people = handed()
    make_role(person_of(people[0][0]), RoleKind.CO_MANAGER)
    with pytest.raises(Refused) as refused:
        unsign(minutes, BureauRole.CHAIR, User.objects.get(pk=people[0][0].pk))
    assert refused.value.code == Code.NOT_ALLOWED


def test_what_is_refused_leaves_nothing() -> None:
    minutes, people = handed()
    organiser = secretariat()
    for reason, code in ((" ", Code.VALUE_MISSING), ("x" * 201, Code.TEXT_TOO_LONG)):
        with pytest.raises(Refused) as refused:
            unsign(minutes, BureauRole.SCRUTINEER, organiser, reason)
        assert (refused.value.code, refused.value.field) == (code, "reason")
    sign_as(minutes, people[2][0])
    with pytest.raises(Refused) as signed:
        unsign(minutes, BureauRole.SCRUTINEER, organiser)
    assert signed.value.code == Code.ALREADY_DONE
    unsign(minutes, BureauRole.SECRETARY, organiser)
    with pytest.raises(Refused) as twice:
        unsign(minutes, BureauRole.SECRETARY, organiser, "autre motif")
    assert twice.value.code == Code.ALREADY_DONE
    assert place(minutes, BureauRole.SECRETARY).unsigned_reason == DEAD


def test_taken_back_minutes_forget_it() -> None:
    minutes, people = handed()
    unsign(minutes, BureauRole.SCRUTINEER, secretariat())
    again = hand_over_minutes(take_back_minutes(minutes, actor=people[0][0]), actor=people[0][0])
    assert again.signatures.filter(unsigned_reason="").count() == 3


def test_the_database_holds_a_signature_or_a_reason_not_both() -> None:
    minutes, people = handed()
    sign_as(minutes, people[0][0])
    said: dict[str, Any] = {"unsigned_reason": "refus", "unsigned_by": people[1][0], "unsigned_at": AT}
    for pk, fields in (
        (place(minutes, BureauRole.CHAIR).pk, said),
        (place(minutes, BureauRole.SECRETARY).pk, said | {"unsigned_by": None}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MinutesSignature.objects.filter(pk=pk).update(**fields)


def test_an_organiser_notes_it_on_its_page_and_nobody_else() -> None:
    minutes, people = handed()
    one = place(minutes, BureauRole.SCRUTINEER)
    page = reverse("governance:minutes_unsigned", args=[minutes.assembly_id, one.pk])
    for user, status in ((people[1][0], 403), (make_member()[0], 403), (make_user(), 403)):
        assert client_of(user).post(page, {"reason": "refus"}).status_code == status
    client = client_of(secretariat())
    shown = client.get(minutes.get_absolute_url()).content.decode()
    assert page in shown
    empty = client.post(page, {"reason": ""})
    assert empty.status_code == 422
    client.post(page, {"reason": "refus de signer"})
    told = text(client.get(minutes.get_absolute_url()))
    assert "n’a pas signé : refus de signer (noté par" in told
    assert client.get(page).status_code == 302
    other = make_held(title="Autre assemblée")[0]
    make_minutes(other, people[0][0])
    elsewhere = reverse("governance:minutes_unsigned", args=[other.pk, place(minutes, BureauRole.CHAIR).pk])
    assert client.post(elsewhere, {"reason": "refus"}).status_code == 302
    assert place(minutes, BureauRole.CHAIR).unsigned_reason == ""
