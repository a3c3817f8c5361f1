"""Who left, or represents nobody any more, neither acts in an assembly nor reads the book (GOV-16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cae.core.permissions import can
from governance.models import Associate, VoteResult
from governance.selectors.assembly_people import acted_in
from governance.selectors.decisions import decisions_visible_to
from governance.selectors.elections import elections_to_seat
from governance.selectors.room_todo import calls_waiting
from governance.services.decisions import DecisionData, write_decision
from people.models import Organisation, User
from people.states import RoleKind
from tests.factories.governance import make_assembly, make_associate, make_member, make_organiser
from tests.factories.governance_assemblies import in_days
from tests.factories.governance_bodies import make_body, make_election, proclaim
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db


def leave(associate: Associate) -> None:
    associate.left_on, associate.loss_cause = timezone.localdate(), "resignation"
    associate.save()


def test_who_left_reads_the_book_no_more() -> None:
    user, associate = make_member()
    today = timezone.localdate()
    data = DecisionData(on=today, body=make_body(), title="Louer le local")
    decision = write_decision(data=data, today=today, actor=make_organiser())
    assert list(decisions_visible_to(user)) == [decision]
    leave(associate)
    assert not decisions_visible_to(User.objects.get(pk=user.pk)).exists()


def test_who_left_since_the_convocation_asks_and_proposes_nothing() -> None:
    user, associate = make_member()
    assembly = make_assembly(starts_at=in_days(10), associates=(associate,))
    assert can(user, "governance.propose_resolution", assembly)
    assert calls_waiting(user.person_id, timezone.localdate()).exists()
    leave(associate)
    user = User.objects.get(pk=user.pk)
    assert not can(user, "governance.propose_resolution", assembly)
    assert not can(user, "governance.ask_question", assembly)
    assert not acted_in(assembly, user.person_id).exists()
    assert not calls_waiting(user.person_id, timezone.localdate()).exists()


def test_papers_wait_for_who_represents_a_legal_person_now() -> None:
    today = timezone.localdate()
    former, current = make_user(RoleKind.ASSOCIATE), make_user(RoleKind.ASSOCIATE)
    town = make_associate(organisation=Organisation.objects.create(name="Ville de Bègles"))
    before = town.representatives.create(person=former.person, starts_on=date(2025, 1, 1))
    make_assembly(starts_at=in_days(10), associates=(town,))
    before.ends_on = today - timedelta(days=1)
    before.save()
    town.representatives.create(person=current.person, starts_on=today)
    waiting = [calls_waiting(user.person_id, today).count() for user in (former, current)]
    assert waiting == [0, 1]


def test_an_election_corrected_to_nobody_waits_for_no_mandate() -> None:
    body, person = make_body(), make_person()
    election = make_election(body, [person])
    result = proclaim(election, [person])
    assert list(elections_to_seat()) == [election]
    VoteResult.objects.create(
        vote=result.vote,
        number=2,
        verdict="second_round",
        facts={"elected": []},
        sha256="1" * 64,
        reason="Voix mal comptées",
    )
    assert not elections_to_seat().exists()
