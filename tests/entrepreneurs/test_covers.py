"""What covers say of a day, and the claims that are followed to their end (ENT-42)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice
from entrepreneurs.calculations.covers import CoverFacts, Standing, Stop, is_demanded, standing
from entrepreneurs.models import Claim, Cover
from entrepreneurs.selectors.covers import cover_of, demands_cover, is_covered
from entrepreneurs.services.claims import close_claim, declare_claim, reopen_claim, send_claim
from entrepreneurs.services.covers import end_cover, record_cover
from entrepreneurs.states.trades import InsuranceClass
from people.models import Deadline
from people.selectors.deadlines import deadlines_visible_to, own_deadlines, recipients_of
from people.services.deadline_notices import tell_due_deadlines
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user, scope_of_territory

ON = date(2026, 3, 1)
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def facts(key: int = 1, **changes: Any) -> CoverFacts:
    told: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": None, "takes_trade": True}
    return CoverFacts(key=key, **(told | changes))


@pytest.mark.parametrize(
    ("covers", "amount", "said"),
    [
        ([], None, Standing(stop=Stop.NONE)),
        ([facts()], None, Standing(cover=1)),
        ([facts(starts_on=date(2026, 4, 1))], None, Standing(stop=Stop.NONE)),
        ([facts(ends_on=date(2026, 2, 28))], None, Standing(stop=Stop.LAPSED, since=date(2026, 2, 28))),
        ([facts(ends_on=ON)], None, Standing(cover=1)),
        ([facts(takes_trade=False)], None, Standing(stop=Stop.OUTSIDE)),
        ([facts(own=False), facts(2)], None, Standing(cover=2)),
        ([facts(ends_on=date(2026, 5, 1)), facts(2, ends_on=date(2026, 6, 1))], None, Standing(cover=2)),
        ([facts(job_limit=Decimal(100))], Decimal(100), Standing(cover=1)),
        ([facts(job_limit=Decimal(100))], Decimal("100.01"), Standing(stop=Stop.ABOVE, limit=Decimal(100))),
        ([facts(job_limit=Decimal(100))], None, Standing(cover=1)),
    ],
)
def test_what_covers_say(covers: list[CoverFacts], amount: Decimal | None, said: Standing) -> None:
    assert standing(covers, on=ON, amount=amount) == said


@pytest.mark.parametrize(
    ("demand", "needs", "asked"),
    [
        ("never", True, False),
        ("by_trade", True, True),
        ("by_trade", False, False),
        ("always", False, True),
    ],
)
def test_when_a_cover_is_demanded(demand: str, needs: bool, asked: bool) -> None:
    assert is_demanded(demand, needs) is asked


def mason(**changes: Any) -> Any:
    trade = make_trade("Maçon", needs_cover=True, insurance_class=InsuranceClass.BUILDING)
    return make_activity(trade=trade, **changes)


@pytest.mark.django_db
def test_the_cover_of_the_activity_comes_before_that_of_the_house() -> None:
    activity = mason()
    house = record_cover(None, insurer="MAIF", policy="G1", classes=["building"], actor=None, **YEAR)
    assert cover_of(activity, ON) == house
    own = record_cover(activity, insurer="SMA", policy="D1", trades=[activity.trade], actor=None, **YEAR)
    assert cover_of(activity, ON) == own
    assert is_covered(activity, ON)
    assert not is_covered(activity, date(2027, 1, 1))
    assert demands_cover(activity, ON)
    assert not demands_cover(make_activity(), ON)


@pytest.mark.django_db
def test_the_end_of_a_cover_is_a_date_until_another_takes_over() -> None:
    activity = mason()
    first = record_cover(activity, insurer="SMA", policy="D1", classes=["building"], actor=None, **YEAR)
    deadline = Deadline.objects.get(scope=activity.scope)
    assert (deadline.due_on, deadline.closed_at) == (date(2026, 12, 31), None)
    next_year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    record_cover(activity, insurer="SMA", policy="D2", classes=["building"], actor=None, **next_year)
    open_dates = Deadline.objects.filter(scope=activity.scope, closed_at=None)
    assert list(open_dates.values_list("due_on", flat=True)) == [date(2027, 12, 31)]
    ended = end_cover(first, last_day=date(2026, 6, 30), reason="Changement d’assureur", actor=None)
    assert ended.ends_on == date(2026, 6, 30)
    assert sorted(open_dates.values_list("due_on", flat=True)) == [date(2026, 6, 30), date(2027, 12, 31)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"insurer": " "}, Code.VALUE_MISSING, "insurer"),
        ({"policy": ""}, Code.VALUE_MISSING, "policy"),
        ({"classes": []}, Code.VALUE_MISSING, "classes"),
        ({"classes": ["vie"]}, Code.VALUE_INVALID, "classes"),
        ({"ends_on": date(2025, 12, 31)}, Code.PERIOD_INVALID, "ends_on"),
        ({"amount": Decimal(0)}, Code.AMOUNT_INVALID, "amount"),
        ({"job_limit": Decimal(-1)}, Code.AMOUNT_INVALID, "job_limit"),
        ({"proof": b"MZ\0\0 programme"}, Code.FILE_REFUSED, "proof"),
        ({"proof": b"du texte"}, Code.FILE_REFUSED, "proof"),
        ({"proof": b"%PDF-" + b"0" * (10 * 1024 * 1024)}, Code.FILE_REFUSED, "proof"),
    ],
)
def test_a_cover_that_is_none_leaves_nothing(changes: dict[str, Any], code: Code, field: str) -> None:
    activity = mason()
    before = (AuditEntry.objects.count(), Deadline.objects.count())
    told = {"insurer": "SMA", "policy": "D1", "classes": ["building"], **YEAR} | changes
    with pytest.raises(Refused) as refusal:
        record_cover(activity, actor=None, **told)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Cover.objects.exists()
    assert (AuditEntry.objects.count(), Deadline.objects.count()) == before


@pytest.mark.django_db
def test_a_cover_ends_once_for_a_reason() -> None:
    cover = record_cover(mason(), insurer="SMA", policy="D1", classes=["building"], actor=None, **YEAR)
    for last_day, reason, code in (
        (ON, " ", Code.VALUE_MISSING),
        (date(2025, 12, 30), "Erreur", Code.PERIOD_INVALID),
        (date(2026, 12, 31), "Erreur", Code.ALREADY_DONE),
    ):
        with pytest.raises(Refused) as refusal:
            end_cover(cover, last_day=last_day, reason=reason, actor=None)
        assert refusal.value.code == code
    assert Cover.objects.get().ends_on == date(2026, 12, 31)
    end_cover(cover, last_day=date(2025, 12, 31), reason="Jamais souscrite", actor=None)
    assert Cover.objects.get().is_empty


@pytest.mark.django_db
def test_a_claim_goes_to_the_insurer_and_closes() -> None:
    activity = mason()
    cover = record_cover(activity, insurer="SMA", policy="D1", classes=["building"], actor=None, **YEAR)
    claim = declare_claim(activity, happened_on=ON, description="Vitre brisée", on=ON, actor=None)
    assert claim.cover == cover
    claim = send_claim(claim, reference="S-9", actor=None)
    with pytest.raises(Refused):
        close_claim(claim, outcome=" ", actor=None)
    claim = close_claim(claim, outcome="Indemnisé 120 €", actor=None)
    claim = reopen_claim(claim, actor=None)
    assert (claim.state, claim.outcome) == ("sent", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda claim: send_claim(claim, actor=None),
        lambda claim: close_claim(claim, outcome="Encore", actor=None),
    ],
)
def test_a_closed_claim_moves_no_more(act: Callable[[Claim], Any]) -> None:
    claim = declare_claim(mason(), happened_on=ON, description="Vitre", on=ON, actor=None)
    with pytest.raises(IllegalMove):
        reopen_claim(claim, actor=None)
    closed = close_claim(claim, outcome="Sans suite", actor=None)
    with pytest.raises(IllegalMove):
        act(closed)
    assert Claim.objects.get().outcome == "Sans suite"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": " "}, "description"),
        ({"happened_on": date(2026, 3, 2)}, "happened_on"),
        ({"estimate": Decimal(-1)}, "estimate"),
    ],
)
def test_a_claim_that_is_none_leaves_nothing(changes: dict[str, Any], field: str) -> None:
    told = {"happened_on": ON, "description": "Vitre", "on": ON} | changes
    activity = mason()
    with pytest.raises(Refused) as refusal:
        declare_claim(activity, actor=None, **told)
    assert refusal.value.field == field
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_the_policy_of_the_house_has_a_date_told_to_who_keeps_the_house() -> None:
    make_cooperative()
    officer, manager = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.CO_MANAGER)
    advisor, lead = (
        make_user(RoleKind.ADVISOR, scope=scope_of_territory(make_territory())),
        make_user(RoleKind.ENTREPRENEUR),
    )
    make_activity(lead)
    house = record_cover(None, insurer="MAIF", policy="G1", classes=["civil"], actor=None, **YEAR)
    deadline = Deadline.objects.get(kind=DeadlineKind.HOUSE_INSURANCE)
    assert (deadline.due_on, deadline.person, deadline.scope) == (date(2026, 12, 31), None, None)
    assert {user.pk for user in recipients_of(deadline, ON)} == {officer.pk, manager.pk}
    assert [deadlines_visible_to(user, ON).count() for user in (officer, manager, advisor, lead)] == [
        1,
        1,
        0,
        0,
    ]
    assert own_deadlines(lead) == []
    assert tell_due_deadlines(on=date(2026, 12, 24)) == 1
    notices = Notice.objects.filter(kind="people.deadline")
    assert {notice.user for notice in notices} == {officer, manager}
    assert all("/echeances/" in notice.url for notice in notices)
    next_year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    record_cover(None, insurer="MAIF", policy="G2", classes=["civil"], actor=None, **next_year)
    deadline.refresh_from_db()
    assert deadline.closed_at is not None
    assert Deadline.objects.open().get().due_on == date(2027, 12, 31)
    end_cover(house, last_day=date(2026, 6, 30), reason="Résiliée", actor=None)
    assert Deadline.objects.open().filter(due_on=date(2026, 6, 30)).exists(), "a gap opens"


@pytest.mark.django_db
def test_a_cover_of_one_trade_is_not_taken_over_by_that_of_another() -> None:
    mason, roofer = make_trade("Maçon", insurance_class="building"), make_trade("Couvreur")
    activity = make_activity(trade="Maçon")
    next_year = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    record_cover(activity, insurer="SMA", policy="D1", trades=[mason], actor=None, **YEAR)
    record_cover(activity, insurer="SMA", policy="D2", trades=[roofer], actor=None, **next_year)
    assert Deadline.objects.open().filter(due_on=date(2026, 12, 31)).exists()
    record_cover(activity, insurer="SMA", policy="D3", classes=["building"], actor=None, **next_year)
    assert not Deadline.objects.open().filter(due_on=date(2026, 12, 31)).exists()
