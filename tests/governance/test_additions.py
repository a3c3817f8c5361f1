"""Resolutions of members: only voices support them, the rules of the assembly decide them (GOV-20)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail
from cae.core.permissions import can
from governance.models import Assembly, Resolution
from governance.selectors.additions import additions_to, support_had, support_needed
from governance.selectors.assembly_people import acted_in
from governance.services import additions, resolutions
from people.models import Organisation, User
from people.states import RoleKind
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import in_days, make_draft, make_item
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def proposed(actor: User, **fields: Any) -> tuple[Assembly, Resolution]:
    """Twenty-one called; two ask for a resolution, the first of them suspended, three others too."""
    people = [make_associate() for _one in range(25)]
    assembly = make_assembly(starts_at=in_days(10), associates=tuple(people), **fields)
    make_item(assembly)
    now = timezone.now()
    row = additions.propose_resolution(
        assembly, associate=people[0], title="Crèche", text="Étudiée.", actor=actor, at=now
    )
    additions.support_resolution(row, associate=people[1], actor=actor, at=now)
    for one in (people[0], *people[2:5]):
        one.rights_events.create(kind="suspension", at=in_days(-1), reason="parts impayées")
    return assembly, row


def accept(assembly: Assembly, row: Resolution, actor: User, kind: str = "ordinary") -> Resolution:
    return additions.accept_addition(
        row, item=assembly.items.get(), decision_kind=kind, supported=False, actor=actor
    )


def test_a_suspended_associate_is_no_voice_behind_a_resolution(actor: User) -> None:
    assembly, row = proposed(actor)
    assert (support_needed(assembly), support_had(row), row.supports.count()) == (2, 1, 2)
    assert [one.supports for one in additions_to(assembly)] == [1]
    with refused(Code.VALUE_INVALID, said="cette résolution en a 1"):
        accept(assembly, row, actor)


def test_the_resolutions_of_members_are_read_in_as_many_questions_whatever_their_number(
    actor: User, django_assert_num_queries: Any
) -> None:
    assembly, _row = proposed(actor)
    with django_assert_num_queries(4):
        assert [one.text for one in additions_to(assembly)] == ["Étudiée."]
    people = [row.associate for row in assembly.convocations.all()]
    for number, one in enumerate(people[5:15]):
        additions.propose_resolution(
            assembly, associate=one, title=f"N° {number}", text="Dite.", actor=actor, at=timezone.now()
        )
    with django_assert_num_queries(4):
        assert len(additions_to(assembly)) == 11


def test_an_ordinary_assembly_receives_no_extraordinary_resolution(actor: User) -> None:
    assembly, row = proposed(actor)
    with refused(Code.VALUE_INVALID, "decision_kind", "assemblée ordinaire"):
        accept(assembly, row, actor, "extraordinary")


def test_a_decision_of_which_the_frozen_rules_say_nothing_is_not_received(actor: User) -> None:
    """They change no more: its vote could never be counted."""
    rule_set = make_rule_set(without=("decision.manager_removal.1",))
    assembly, row = proposed(actor, rule_set=rule_set)
    with refused(Code.VALUE_MISSING, "decision_kind", "ne disent rien"):
        accept(assembly, row, actor, "manager_removal")


def test_those_who_asked_for_a_resolution_are_told_why_it_is_not_taken(actor: User) -> None:
    user, associate = make_member()
    assembly = make_assembly(starts_at=in_days(10), associates=(associate, make_associate()))
    row = additions.propose_resolution(
        assembly, associate=associate, title="Crèche", text="Étudiée.", actor=user, at=timezone.now()
    )
    additions.refuse_addition(row, reason="Hors de l’objet social", actor=actor)
    notice = Notice.objects.get(user=user)
    assert (notice.kind, notice.text) == ("governance.addition_answered", "Hors de l’objet social")


def test_a_resolution_withdrawn_after_it_was_sent_is_told_to_everybody(actor: User) -> None:
    """Some have voted on it by correspondence, or instructed their mandatary."""
    _user, associate = make_member(email="nina@example.org")
    assembly = make_assembly(starts_at=in_days(10), associates=(associate,))
    row = make_resolution(assembly, item=make_item(assembly))
    resolutions.withdraw_resolution(row, reason="Reportée à l’automne", actor=actor)
    email = OutgoingEmail.objects.get(cause="governance.assembly_added")
    assert "est retirée de l’ordre du jour (Reportée à l’automne)" in email.text
    draft = make_draft(rule_set=assembly.rule_set)
    resolutions.withdraw_resolution(draft.resolutions.get(), reason="Trop tôt", actor=actor)
    assert OutgoingEmail.objects.count() == 1


def test_who_represents_a_legal_person_now_acts_for_it(actor: User) -> None:
    """The mayor called in March was replaced in April: the new one proposes, the former one no more."""
    today = timezone.localdate()
    former, current = make_user(RoleKind.ASSOCIATE), make_user(RoleKind.ASSOCIATE)
    town = make_associate(organisation=Organisation.objects.create(name="Ville de Bègles"))
    before = town.representatives.create(person=former.person, starts_on=date(2025, 1, 1))
    assembly = make_assembly(starts_at=in_days(10), associates=(town,))
    assert can(former, "governance.propose_resolution", assembly)
    before.ends_on = today - timedelta(days=1)
    before.save()
    town.representatives.create(person=current.person, starts_on=today)
    for user, acts in ((User.objects.get(pk=former.pk), False), (current, True)):
        assert can(user, "governance.propose_resolution", assembly) is acts
        assert list(acted_in(assembly, user.person_id)) == ([town] if acts else [])
