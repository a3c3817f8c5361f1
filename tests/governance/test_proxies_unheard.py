"""Who gave a proxy is told when its holder loses the right to vote, and when it comes back (GOV-23)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Refused
from cae.core.models import Notice, OutgoingEmail
from governance.models import Assembly, Proxy
from governance.selectors.standing import standing_at
from governance.services.associates import lose_status, restore_status
from governance.services.attendance import arrive
from governance.services.voting_rights import give_back, notify_late, suspend
from tests.factories.governance import call, make_assembly, make_associate, make_member, make_rule_set
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATE = {"reason": "Deux versements en retard", "actor": None}


@pytest.fixture
def ana() -> Any:
    return make_member(email="ana@example.org")


@pytest.fixture
def bob() -> Any:
    return make_member(email="bob@example.org")


@pytest.fixture
def assembly(ana: Any, bob: Any) -> Assembly:
    made = make_assembly(
        starts_at=timezone.now() + timedelta(days=10), rule_set=make_rule_set(suspension_days="0")
    )
    for _user, associate in (ana, bob):
        call(made, associate)
    return made


def give(assembly: Assembly, principal: Any, holder: Any) -> Proxy:
    return Proxy.objects.create(
        assembly=assembly, principal=principal, holder=holder, given_at=timezone.now()
    )


def suspended(associate: Any) -> None:
    notify_late(associate, at=timezone.now(), **LATE)
    suspend(associate, at=timezone.now(), **LATE)


def mails(cause: str) -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(cause=cause).order_by("to"))


def test_a_suspension_tells_each_giver_with_or_without_account(
    assembly: Assembly, ana: Any, bob: Any
) -> None:
    paper = make_associate(person=make_person(email="papier@example.org"))
    for principal in (ana[1], paper):
        give(assembly, principal, bob[1])
    suspended(bob[1])
    told = mails("governance.proxy_unheard")
    assert [mail.to for mail in told] == ["ana@example.org", "papier@example.org"]
    for said in (f"{ana[1]} a donné pouvoir à {bob[1]}", assembly.title, "n’a plus le droit de vote"):
        assert said in told[0].text
    # What one owes is nobody else's business.
    assert "versements" not in told[0].text
    assembly.refresh_from_db()
    assert assembly.pulse > 0
    give_back(bob[1], at=timezone.now(), reason="Payé", actor=None)
    assert [mail.to for mail in mails("governance.proxy_heard")] == ["ana@example.org", "papier@example.org"]


def test_who_holds_the_proxy_of_somebody_suspended_is_told(assembly: Assembly, ana: Any, bob: Any) -> None:
    give(assembly, ana[1], bob[1])
    suspended(ana[1])
    assert Notice.objects.get(user=bob[0]).subject == f"{ana[1]} n’a plus le droit de vote"
    assert not mails("governance.proxy_unheard")
    give_back(ana[1], at=timezone.now(), reason="Payé", actor=None)
    assert "de nouveau" in Notice.objects.filter(user=bob[0]).latest("pk").subject


@pytest.mark.parametrize("state", ["replaced", "revoked", "refused"])
def test_a_proxy_that_is_over_tells_nobody(assembly: Assembly, ana: Any, bob: Any, state: str) -> None:
    give(assembly, ana[1], bob[1])
    Proxy.objects.update(state=state, ended_at=timezone.now(), reason="x")
    suspended(bob[1])
    assert not mails("governance.proxy_unheard")


@pytest.mark.parametrize("state", ["cancelled", "closed"])
def test_an_assembly_that_is_over_tells_nobody(ana: Any, bob: Any, state: str) -> None:
    reason = "Reportée" if state == "cancelled" else ""
    assembly = make_assembly(state=state, cancel_reason=reason, rule_set=make_rule_set(suspension_days="0"))
    give(assembly, ana[1], bob[1])
    suspended(bob[1])
    assert not mails("governance.proxy_unheard")


def test_who_sits_in_the_room_votes_already_and_is_not_troubled(ana: Any, bob: Any) -> None:
    assembly = make_assembly(state="open", rule_set=make_rule_set(suspension_days="0"))
    cleo = make_member(email="cleo@example.org")
    for principal in (ana[1], cleo[1]):
        give(assembly, principal, bob[1])
    for who in (ana[1], bob[1]):
        arrive(assembly, associate=who, now=timezone.now(), actor=None)
    assert standing_at(assembly, timezone.now()).holder_of[cleo[1].pk] == bob[1].pk
    suspended(bob[1])
    assert [mail.to for mail in mails("governance.proxy_unheard")] == ["cleo@example.org"]
    assert cleo[1].pk not in standing_at(assembly, timezone.now()).holder_of


def test_who_leaves_the_cooperative_and_comes_back_tells_too(assembly: Assembly, ana: Any, bob: Any) -> None:
    give(assembly, ana[1], bob[1])
    lose_status(bob[1], cause="resignation", on=timezone.localdate(), decision="", actor=None)
    assert [mail.to for mail in mails("governance.proxy_unheard")] == ["ana@example.org"]
    restore_status(bob[1], reason="Erreur", actor=None)
    assert [mail.to for mail in mails("governance.proxy_heard")] == ["ana@example.org"]


def test_a_suspension_refused_tells_nobody(assembly: Assembly, ana: Any, bob: Any) -> None:
    give(assembly, ana[1], bob[1])
    with pytest.raises(Refused):
        suspend(bob[1], at=timezone.now(), **LATE)
    assert not mails("governance.proxy_unheard")


def test_a_right_that_stays_lost_is_told_once(assembly: Assembly, ana: Any, bob: Any) -> None:
    give(assembly, ana[1], bob[1])
    give(assembly, bob[1], ana[1])
    suspended(bob[1])
    before = Notice.objects.filter(user=ana[0]).count()
    lose_status(bob[1], cause="resignation", on=timezone.localdate(), decision="", actor=None)
    assert [mail.to for mail in mails("governance.proxy_unheard")] == ["ana@example.org"]
    # Back in the register, still suspended: nothing wakes, nothing falls asleep again.
    restore_status(bob[1], reason="Erreur", actor=None)
    assert len(mails("governance.proxy_unheard")) == 1
    assert not mails("governance.proxy_heard")
    assert Notice.objects.filter(user=ana[0]).count() == before
    give_back(bob[1], at=timezone.now(), reason="Payé", actor=None)
    assert [mail.to for mail in mails("governance.proxy_heard")] == ["ana@example.org"]
