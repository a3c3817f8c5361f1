"""The assemblies of the demonstration: one held and published, one convened with open proxies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cae.core.models import Notice
from cae.demonstration.loading.assemblies import hold_assemblies
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.secret_ballots import open_accounts
from governance.models import Assembly, Associate, Decision, Minutes, Proxy, SecretVote, VoteResult
from governance.selectors.turnout import parts_of, turnouts
from governance.states.assemblies import AmendmentState, AssemblyState, ProxyState
from governance.states.register import LossCause
from governance.states.secret import SecretState
from people.models import User
from people.states import RoleKind
from tests.factories import governance as make
from tests.factories.contracts import no_code
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ACCOUNTS: dict[str, tuple[RoleKind, ...]] = {
    "manager": (RoleKind.CO_MANAGER, RoleKind.ASSOCIATE),
    "manager2": (RoleKind.CO_MANAGER, RoleKind.ASSOCIATE),
    "associate": (RoleKind.ASSOCIATE,),
    "trusted": (RoleKind.ASSOCIATE,),
}
OTHERS = {"life": RoleKind.COOPERATIVE_LIFE, "admin": RoleKind.ADMINISTRATOR}


@pytest.fixture
def house() -> tuple[Population, dict[str, Associate]]:
    """Four associates of the page of sign-in and thirty-six others with an account, of whom one left since
    they were entered."""
    make_cooperative()
    no_code()
    accounts: dict[str, User] = {
        slug: make_user(*kinds, first_name=slug.capitalize()) for slug, kinds in ACCOUNTS.items()
    }
    for slug, kind in OTHERS.items():
        accounts[slug] = make_user(kind)
    associates = {slug: make.make_associate(accounts[slug].person) for slug in ACCOUNTS}
    for n in range(36):
        associates[f"membre{n}"] = make.make_associate(email=f"membre{n}@courriel.example")
    left = {"left_on": date(2026, 9, 28), "loss_cause": LossCause.RESIGNATION}
    Associate.objects.filter(pk=associates["membre2"].pk).update(**left)
    persons = {slug: row.person for slug, row in associates.items() if row.person}
    population = Population(persons, accounts)
    open_accounts(population, associates)
    return population, associates


def test_a_past_assembly_is_published_and_the_next_one_has_open_proxies(
    house: tuple[Population, dict[str, Associate]],
) -> None:
    population, associates = house
    hold_assemblies(population, associates, today=TODAY, now=NOW)
    past, coming = Assembly.objects.order_by("starts_at")
    assert (past.state, coming.state) == (AssemblyState.PUBLISHED, AssemblyState.CONVENED)
    before = [coming.starts_at - one.starts_at for one in coming.section_meetings.order_by("starts_at")]
    assert before == [timedelta(days=14), timedelta(days=7)]
    minutes = Minutes.objects.get(assembly=past)
    assert (minutes.number, minutes.signatures.exclude(signature=None).count()) == (1, 4)
    assert set(VoteResult.objects.values_list("verdict", flat=True)) == {"adopted"}
    scrutin = SecretVote.objects.get(assembly=past)
    assert (scrutin.state, scrutin.boxes.get().report["kept"]) == (SecretState.RECORDED, 32)
    assert past.resolutions.get(number=3).amendments.get().state == AmendmentState.ADOPTED
    assert "six mois" in Decision.objects.get(resolution__number=3, assembly=past).text
    turnout = turnouts(parts_of([past.pk]))[past.pk]
    assert turnout.called == 40
    assert 0 < turnout.absent < 10
    assert turnout.correspondence == 2
    assert Proxy.objects.filter(assembly=coming, state=ProxyState.GIVEN).count() == 4
    assert coming.starts_at > NOW > coming.convened_at  # type: ignore[operator]
    assert not Notice.objects.filter(kind="governance.minutes_to_sign", read_at=None).exists()
    assert past.starts_at.date() > BEGINNING
