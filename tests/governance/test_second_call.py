"""What a call may decide: a second one only what the first did not, an ordinary one no change of the
statutes, each by the rules of its day (GOV-19, GOV-20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from governance.models import Assembly, Vote, VoteResult
from governance.selectors.assemblies import additions_of
from governance.selectors.preparing import warnings_of
from governance.services import additions, assemblies, convening, resolutions
from governance.services.resolutions import ResolutionData
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_assemblies import in_days, make_draft, make_item, make_reached
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def second_call(actor: User, **fields: Any) -> Assembly:
    """The second call of an assembly closed, in preparation."""
    first = make_assembly(state="closed")
    make_resolution(first, item=make_item(first))
    return assemblies.call_again(
        first,
        starts_at=in_days(40),
        keys=list(first.resolutions.values_list("pk", flat=True)),
        actor=actor,
        at=timezone.now(),
    )


def test_a_second_call_takes_no_new_resolution(actor: User) -> None:
    """Its easier rules are for what the first call could not decide, and for nothing else."""
    second = second_call(actor)
    data = ResolutionData("Nouvelle", "ordinary", second.items.get())
    with refused(Code.ILLEGAL_MOVE, said="seconde convocation"):
        resolutions.put_resolution(second, data=data, text="Un texte.", actor=actor)


def test_what_a_second_call_decides_is_what_the_first_was_asked(actor: User) -> None:
    """Rewritten, or made of another kind, it would be a resolution that no first call saw."""
    second = second_call(actor)
    row = second.resolutions.get()
    with refused(Code.ILLEGAL_MOVE, said="seconde convocation"):
        resolutions.write_version(row, text="Tout autre.", reason="", version=1, actor=actor)
    data = ResolutionData(row.title, "admission", row.item)
    with refused(Code.ILLEGAL_MOVE, said="seconde convocation"):
        resolutions.change_resolution(row, data=data, actor=actor)
    kept = replace(data, title="Comptes de 2026", decision_kind="ordinary")
    assert resolutions.change_resolution(row, data=kept, actor=actor).title == "Comptes de 2026"


def test_members_add_nothing_to_a_second_call(actor: User) -> None:
    first = make_assembly(state="closed")
    associate = make_associate()
    second = make_assembly(
        call_number=2,
        earlier_call=first,
        rule_set=first.rule_set,
        starts_at=in_days(10),
        associates=(associate,),
    )
    assert additions_of(second) is None
    with refused(Code.ILLEGAL_MOVE):
        additions.propose_resolution(
            second, associate=associate, title="Crèche", text="Étudiée.", actor=actor, at=timezone.now()
        )


def test_what_the_first_call_decided_is_not_decided_again(actor: User) -> None:
    first = make_assembly(state="closed")
    won = make_resolution(first, item=make_item(first))
    now = timezone.now()
    vote = Vote.objects.create(
        assembly=first, resolution=won, state="proclaimed", opened_at=now, closed_at=now, proclaimed_at=now
    )
    VoteResult.objects.create(vote=vote, verdict="adopted", facts={}, sha256="0" * 64)
    with refused(Code.ALREADY_DONE, "resolutions", "déjà décidée"):
        assemblies.call_again(first, starts_at=in_days(40), keys=[won.pk], actor=actor, at=now)


def test_an_ordinary_assembly_takes_no_extraordinary_decision(actor: User) -> None:
    make_reached()
    assembly = make_draft()
    assembly.resolutions.update(decision_kind="extraordinary")
    with refused(Code.VALUE_INVALID, "kind", "extraordinaire ou mixte"):
        convening.convene(assembly, actor=actor, at=timezone.now())
    Assembly.objects.filter(pk=assembly.pk).update(kind="mixed")
    assembly.refresh_from_db()
    assert convening.convene(assembly, actor=actor, at=timezone.now()).state == "convened"


def test_other_rules_than_those_of_the_day_convene_nothing(actor: User) -> None:
    """An older version, easier, is not chosen in place of the one in force."""
    make_reached()
    old = make_rule_set()
    make_rule_set(valid_from=timezone.localdate() - timedelta(days=30))
    assembly = make_draft(rule_set=old)
    with refused(Code.VALUE_INVALID, "rule_set", "version 2"):
        convening.convene(assembly, actor=actor, at=timezone.now())


def test_rules_that_begin_after_the_day_convene_nothing(actor: User) -> None:
    make_reached()
    later = make_rule_set(valid_from=timezone.localdate() + timedelta(days=90))
    assembly = make_draft(rule_set=later)
    with refused(Code.VALUE_INVALID, "rule_set", "Aucune version"):
        convening.convene(assembly, actor=actor, at=timezone.now())


def test_a_sitting_open_keeps_somebody_who_writes(actor: User) -> None:
    """Its minutes could be signed by nobody, and nobody is named once it is closed."""
    assembly = make_assembly(state="open")
    chair, secretary = make_associate().person, make_associate().person
    seats: dict[str, Any] = {"chair": chair, "scrutineers": [], "actor": actor}
    assemblies.seat_bureau(assembly, secretary=secretary, **seats)
    with refused(Code.VALUE_MISSING, "secretary"):
        assemblies.seat_bureau(assembly, secretary=None, **seats)


def test_who_could_not_sign_the_minutes_is_named_before_the_sitting(actor: User) -> None:
    """All the bureau signs by its account, and nobody else may once the sitting is closed."""
    assembly = make_draft()
    person = make_associate(first_name="Paul", last_name="Papier").person
    assert person is not None
    assemblies.seat_bureau(assembly, chair=actor.person, secretary=person, scrutineers=[], actor=actor)
    (said,) = warnings_of(assembly)
    assert said == "Sans compte ouvert, ne pourra pas signer le procès-verbal : Paul Papier."
