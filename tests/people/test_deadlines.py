"""Legal dates: written with their fact, told once each, read by those who may (ENT-29, ENT-33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.facts import awaited_in
from cae.core.models import AuditEntry, Notice
from cae.core.notices import choose_rhythms
from cae.core.settings import set_setting
from people.models import Deadline, DeadlineNotice, User
from people.selectors.deadlines import (
    deadlines_listed,
    deadlines_visible_to,
    own_deadlines,
    recipients_of,
)
from people.selectors.desk_todo import AWAITED
from people.services.deadline_notices import tell_due_deadlines
from people.services.deadlines import close_date, close_deadlines, close_passed, set_deadline, write_date
from people.services.scopes import save_portfolio
from people.states import RoleKind
from people.states.deadlines import (
    CLOCKS,
    DAYS,
    KINDS_BY_HAND,
    MONTHS,
    SENSITIVE_KINDS,
    DeadlineKind,
    NoticeState,
    Step,
    reached,
    steps_of,
)
from people.tasks import tell_deadlines_of_today
from tests.factories.coaching import make_advisor, make_coached
from tests.factories.desk import DAY, make_deadline
from tests.factories.people import (
    make_admin,
    make_member,
    make_person,
    make_scope,
    make_territory,
    make_user,
    scope_of_territory,
)
from tests.pages import client_of

pytestmark = pytest.mark.django_db

DELAYS = {DAYS: {"90", "60", "30", "7"}, MONTHS: {"12", "6", "3", "1"}}


@pytest.fixture
def hr() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES, first_name="Rose", last_name="Humaine")


def told_to(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="people.deadline").values_list("subject", flat=True))


# The tables: pure.


def test_every_kind_has_its_clock() -> None:
    assert set(CLOCKS) == set(DeadlineKind)
    assert set(KINDS_BY_HAND) == {kind for kind in DeadlineKind if CLOCKS[kind].by_hand}
    assert {"residence_permit", "medical_visit", "rights_end", "aah_end"} == SENSITIVE_KINDS


def test_the_notices_of_a_date_in_days() -> None:
    assert steps_of("contract_end", date(2026, 6, 30), DELAYS) == [
        Step("90d", date(2026, 4, 1)),
        Step("60d", date(2026, 5, 1)),
        Step("30d", date(2026, 5, 31)),
        Step("7d", date(2026, 6, 23)),
        Step("late", date(2026, 7, 1)),
    ]


def test_the_notices_of_the_associates_clock_in_months() -> None:
    steps = steps_of("associate", date(2029, 2, 28), DELAYS)
    assert [(step.name, step.on) for step in steps] == [
        ("12m", date(2028, 2, 28)),
        ("6m", date(2028, 8, 28)),
        ("3m", date(2028, 11, 28)),
        ("1m", date(2029, 1, 28)),
        ("late", date(2029, 3, 1)),
    ]


def test_the_last_notice_is_never_given_up() -> None:
    none: dict[str, Any] = {DAYS: frozenset(), MONTHS: frozenset()}
    assert [step.name for step in steps_of("insurance", DAY, none)] == ["7d", "late"]
    assert [step.name for step in steps_of("associate", DAY, none)] == ["1m", "late"]


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), ["90d"]),
        (date(2026, 6, 22), ["90d", "60d", "30d"]),
        (date(2026, 7, 1), ["90d", "60d", "30d", "7d", "late"]),
    ],
)
def test_what_has_come(on: date, names: list[str]) -> None:
    steps = steps_of("contract_end", date(2026, 6, 30), DELAYS)
    assert [step.name for step in reached(steps, on)] == names


# Writing.


def test_one_date_of_a_kind_about_a_thing(hr: User) -> None:
    person = make_person()
    first = make_deadline(person, date(2026, 6, 30), actor=hr)
    again = make_deadline(person, date(2026, 9, 30), actor=hr)
    assert again.pk == first.pk
    row = Deadline.objects.get()
    assert (row.due_on, row.set_by, row.page) == (date(2026, 9, 30), hr, person.get_absolute_url())
    details = AuditEntry.objects.filter(verb="people.deadline.set").order_by("pk")
    assert [entry.detail["due_on"] for entry in details] == [
        ["", "2026-06-30"],
        ["2026-06-30", "2026-09-30"],
    ]


def test_the_same_day_again_changes_nothing_but_the_words(hr: User) -> None:
    person = make_person()
    make_deadline(person, date(2026, 6, 30), label="CAPE")
    make_deadline(person, date(2026, 6, 30), label="CAPE, période 2")
    assert Deadline.objects.get().label == "CAPE, période 2"
    assert AuditEntry.objects.filter(verb="people.deadline.set").count() == 1


def test_no_day_closes_and_a_day_opens_again() -> None:
    person = make_person()
    make_deadline(person, date(2026, 6, 30))
    assert set_deadline(about=person, kind="contract_end", person=person, due_on=None, actor=None)
    assert Deadline.objects.get().closed_at is not None
    make_deadline(person, date(2026, 6, 30))
    assert Deadline.objects.get().closed_at is None
    assert set_deadline(about=person, kind="insurance", person=person, due_on=None, actor=None) is None
    assert Deadline.objects.count() == 1


def test_closing_all_the_dates_of_a_thing_twice_is_once(hr: User) -> None:
    person, other = make_person(), make_person()
    make_deadline(person, DAY)
    make_deadline(person, DAY, kind=DeadlineKind.TRIAL_END)
    make_deadline(other, DAY)
    assert close_deadlines(person, actor=hr) == 2
    assert close_deadlines(person, actor=hr) == 0
    assert Deadline.objects.open().get().person == other  # type: ignore[attr-defined]


def test_a_date_is_somebodys() -> None:
    with pytest.raises(ValueError, match="somebody"):
        set_deadline(about=make_person(), kind="insurance", person=None, due_on=DAY, actor=None)
    with pytest.raises(ValueError, match="unheard_of"):
        set_deadline(about=make_person(), kind="unheard_of", person=None, due_on=DAY, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.create(kind="paper", due_on=DAY, words={}, about_type="a", about_id="1")


def test_what_the_database_refuses() -> None:
    row = make_deadline(make_person(), DAY)
    for wrong in ({"kind": "unheard_of"}, {"person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deadline.objects.filter(pk=row.pk).update(**wrong)
    notice = DeadlineNotice.objects.create(deadline=row, due_on=DAY, step="7d", state=NoticeState.TOLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineNotice.objects.create(deadline=row, due_on=DAY, step="7d", state=NoticeState.SKIPPED)
    for forbidden in (row.delete, notice.delete):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            forbidden()


def test_a_date_by_hand_in_the_past_is_refused(hr: User) -> None:
    person = make_person()
    yesterday = DAY - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        write_date(person, kind="medical_visit", due_on=yesterday, actor=hr, on=DAY)
    assert (refusal.value.code, refusal.value.field) == (Code.DATE_INVALID, "due_on")
    with pytest.raises(Refused) as refusal:
        write_date(person, kind="associate", due_on=DAY, actor=hr, on=DAY)
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "kind")
    assert not Deadline.objects.exists()
    assert write_date(person, kind="medical_visit", due_on=DAY, actor=hr, on=DAY) is not None


def test_a_date_by_hand_is_closed_once_and_the_others_by_their_fact(hr: User) -> None:
    person = make_person()
    visit = write_date(person, kind="medical_visit", due_on=DAY, actor=hr, on=DAY)
    assert visit is not None
    assert close_date(visit, actor=hr).closed_at is not None
    with pytest.raises(Refused) as refusal:
        close_date(visit, actor=hr)
    assert refusal.value.code == Code.ALREADY_DONE
    contract = make_deadline(person, DAY)
    with pytest.raises(Refused) as refusal:
        close_date(contract, actor=hr)
    assert refusal.value.code == Code.NOT_ALLOWED
    assert Deadline.objects.get(pk=contract.pk).closed_at is None


# Telling.


def test_each_notice_once(hr: User) -> None:
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    make_deadline(claire.person, date(2026, 6, 30), label="CAPE")
    assert tell_due_deadlines(on=date(2026, 3, 31)) == 0
    assert tell_due_deadlines(on=date(2026, 4, 1)) == 1
    assert tell_due_deadlines(on=date(2026, 4, 2)) == 0
    assert told_to(claire) == ["CAPE : dernier jour le 30/06/2026"]
    assert told_to(hr) == [f"{claire.person} · CAPE : dernier jour le 30/06/2026"]


def test_a_week_without_the_job_tells_once_the_nearest(hr: User) -> None:
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    make_deadline(claire.person, date(2026, 6, 30))
    assert tell_due_deadlines(on=date(2026, 4, 1)) == 1
    assert tell_due_deadlines(on=date(2026, 6, 24)) == 1
    notices = DeadlineNotice.objects.values_list("step", "state")
    assert dict(notices) == {"90d": "told", "60d": "skipped", "30d": "skipped", "7d": "told"}
    assert len(told_to(claire)) == 2
    assert tell_due_deadlines(on=date(2026, 7, 20)) == 1
    assert told_to(claire)[0].endswith("la date du 30/06/2026 est passée")
    assert tell_due_deadlines(on=date(2026, 9, 1)) == 0


def test_the_job_tells_by_the_clock_of_the_day(hr: User) -> None:
    make_deadline(make_person(), date(2026, 6, 30))
    for day, told in (("2026-04-01", 1), ("2026-04-01", 1), ("2026-05-01", 2), ("2026-05-08", 2)):
        with time_machine.travel(f"{day}T08:20:00+00:00", tick=False):
            tell_deadlines_of_today()
        assert len(told_to(hr)) == told


def test_a_date_that_moves_has_its_notices_again(hr: User) -> None:
    person = make_person()
    make_deadline(person, date(2026, 4, 15))
    assert tell_due_deadlines(on=date(2026, 4, 10)) == 1
    make_deadline(person, date(2026, 7, 15))
    assert tell_due_deadlines(on=date(2026, 4, 16)) == 1
    assert len(told_to(hr)) == 2


def test_a_delay_added_later_is_not_told_after_its_day(hr: User) -> None:
    make_deadline(make_person(), date(2026, 6, 30))
    tell_due_deadlines(on=date(2026, 6, 1))
    set_setting(DAYS, value="90,60,45,30,7", valid_from=date(2026, 6, 2), actor=hr, reason="Essai")
    assert tell_due_deadlines(on=date(2026, 6, 3)) == 0
    assert DeadlineNotice.objects.get(step="45d").state == NoticeState.SKIPPED
    assert len(told_to(hr)) == 1


def test_a_closed_date_is_silent(hr: User) -> None:
    person = make_person()
    make_deadline(person, date(2026, 4, 15))
    close_deadlines(person, actor=hr)
    assert tell_due_deadlines(on=date(2026, 4, 14)) == 0
    assert told_to(hr) == []


def test_a_notice_cannot_be_muted(hr: User) -> None:
    with pytest.raises(Refused):
        choose_rhythms(hr, {"people.deadline": "never"})


def test_whom_a_date_is_told_to(hr: User) -> None:
    scope = make_scope()
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    make_member(claire.person, scope)
    portfolio = save_portfolio(None, label="Sud", scopes=[scope], actor=None)
    near = make_user(RoleKind.ADVISOR, scope=portfolio)
    make_user(RoleKind.ADVISOR)
    manager = make_user(RoleKind.CO_MANAGER)
    associate = make_deadline(claire.person, DAY, kind=DeadlineKind.ASSOCIATE)
    assert set(recipients_of(associate, DAY)) == {claire, near, manager}
    visit = make_deadline(claire.person, DAY, kind=DeadlineKind.MEDICAL_VISIT)
    assert set(recipients_of(visit, DAY)) == {claire, hr}
    cover = make_deadline(claire.person, DAY, kind=DeadlineKind.INSURANCE, about=scope)
    Deadline.objects.filter(pk=cover.pk).update(person=None, scope=scope)
    cover.refresh_from_db()
    assert set(recipients_of(cover, DAY)) == {claire, near, hr}


def test_without_a_near_advisor_those_of_the_house_are_told_or_those_of_the_territory() -> None:
    gironde = make_territory()
    person = make_person(territory=make_territory("Libourne", parent=gironde))
    everywhere = make_user(RoleKind.ADVISOR)
    paper = make_deadline(person, DAY, kind=DeadlineKind.PAPER)
    assert recipients_of(paper, DAY) == [everywhere]
    here = make_user(RoleKind.ADVISOR, scope=scope_of_territory(gironde))
    assert recipients_of(paper, DAY) == [here]


def test_the_coach_named_is_told_and_reads_the_date() -> None:
    claire, named = make_coached()
    make_user(RoleKind.ADVISOR)
    assert claire.person
    paper = make_deadline(claire.person, DAY, kind=DeadlineKind.PAPER)
    assert set(recipients_of(paper, DAY)) == {claire, named}
    assert list(deadlines_visible_to(named, DAY)) == [paper]
    assert not deadlines_visible_to(make_advisor(), DAY).exists()


def test_the_end_of_a_trial_closes_by_itself_and_is_never_late(hr: User) -> None:
    person = make_person()
    trial = make_deadline(person, date(2026, 4, 10), kind=DeadlineKind.TRIAL_END)
    contract = make_deadline(person, date(2026, 4, 10))
    assert close_passed(on=date(2026, 4, 10)) == 0
    assert close_passed(on=date(2026, 4, 11)) == 1
    assert close_passed(on=date(2026, 4, 11)) == 0
    trial.refresh_from_db()
    contract.refresh_from_db()
    assert trial.closed_at is not None
    assert contract.closed_at is None
    assert [step.name for step in steps_of(trial.kind, trial.due_on, {DAYS: [30]})] == ["30d", "7d"]


def test_a_sensitive_date_is_not_named_in_a_mail(hr: User) -> None:
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    row = make_deadline(claire.person, DAY, kind=DeadlineKind.AAH_END)
    tell_due_deadlines(on=DAY)
    assert told_to(claire) == ["Une date qui vous concerne : dernier jour le 02/03/2026"]
    assert told_to(hr) == [f"{claire.person} · Échéance réservée : dernier jour le 02/03/2026"]
    assert str(row) == "Échéance réservée"
    assert not AuditEntry.objects.filter(about_label__icontains="handicap").exists()


# Reading.


def test_who_reads_what(hr: User) -> None:
    scope = make_scope()
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    make_member(claire.person, scope)
    portfolio = save_portfolio(None, label="Sud", scopes=[scope], actor=None)
    near = make_user(RoleKind.ADVISOR, scope=portfolio)
    contract = make_deadline(claire.person, DAY)
    visit = make_deadline(claire.person, DAY, kind=DeadlineKind.MEDICAL_VISIT)
    elsewhere = make_deadline(make_person(), DAY)
    seen = {
        hr: {contract, visit, elsewhere},
        claire: {contract, visit},
        near: {contract},
        make_user(RoleKind.ADVISOR): {contract, elsewhere},
        make_user(RoleKind.CO_MANAGER): {contract, elsewhere},
        make_admin(): set(),
        make_user(RoleKind.ACCOUNTANT): set(),
    }
    for user, rows in seen.items():
        assert set(deadlines_visible_to(user)) == rows, user
    assert set(own_deadlines(claire)) == {contract, visit}
    close_deadlines(claire.person, actor=hr)
    assert set(deadlines_listed(hr, DAY)) == {elsewhere}


def test_the_first_page_says_what_comes(hr: User) -> None:
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    make_deadline(claire.person, DAY + timedelta(days=20), label="CAPE")
    make_deadline(make_person(), DAY + timedelta(days=61))
    make_deadline(make_person(), DAY - timedelta(days=1))
    assert [todo.label for todo in awaited_in(AWAITED, hr, DAY)] == [
        "Rattraper 1 échéance dépassée",
        "Décider la suite de 1 contrat qui finit dans 60 jours",
    ]
    assert [todo.label for todo in awaited_in(AWAITED, claire, DAY)] == ["CAPE"]
    assert awaited_in(AWAITED, make_user(RoleKind.ACCOUNTANT), DAY) == []


def test_a_duty_of_the_cooperative_waits_for_nobody_else(hr: User) -> None:
    """A declaration of hiring is read among one's dates; it is not on one's first page."""
    claire = make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    duty = make_deadline(claire.person, DAY - timedelta(days=1), kind=DeadlineKind.DECLARATION)
    assert own_deadlines(claire) == [duty]
    assert awaited_in(AWAITED, claire, DAY) == []
    assert [todo.label for todo in awaited_in(AWAITED, hr, DAY)] == ["Rattraper 1 échéance dépassée"]


# Pages.


def test_the_list_is_flat_and_filtered(
    hr: User, demonstration: None, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    today = timezone.localdate()
    client = client_of(hr)
    url = "/echeances/"
    make_deadline(make_person(), today - timedelta(days=2))

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    queries()
    before = queries()
    for count in range(30):
        make_deadline(make_person(), today + timedelta(days=count))
    assert queries() == before
    assert "2 jours de retard" in client.get(url, {"when": "late"}).content.decode()
    assert client.get(url, {"when": "later"}).content.decode().count("jours de retard") == 0
    assert client.get(url, {"kind": "insurance"}).status_code == 200
    export = client.get(url, {"export": "csv"})
    assert export.status_code == 200


def test_the_list_is_cut_by_advisor_and_territory(hr: User, demonstration: None) -> None:
    gironde = make_territory()
    near = make_person(territory=gironde, last_name="Proche")
    make_deadline(near, DAY)
    make_deadline(make_person(last_name="Lointain"), DAY)
    advisor = make_user(RoleKind.ADVISOR, scope=scope_of_territory(gironde))
    client = client_of(hr)
    for query in ({"advisor": advisor.pk}, {"territory": gironde.pk}):
        page = client.get("/echeances/", query).content.decode()
        assert "Proche" in page
        assert "Lointain" not in page
    page = client_of(advisor).get("/echeances/").content.decode()
    assert "Proche" in page
    assert "Lointain" not in page


def test_a_date_is_written_and_closed_by_human_resources_only(hr: User, demonstration: None) -> None:
    person = make_person()
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {"person": person.pk, "kind": "residence_permit", "due_on": tomorrow.isoformat()}
    refused = client_of(make_user(RoleKind.ADVISOR))
    assert refused.post("/echeances/noter/", typed).status_code == 403
    assert not Deadline.objects.exists()
    client = client_of(hr)
    wrong = client.post("/echeances/noter/", typed | {"due_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Cette date est passée" in wrong.content.decode()
    assert client.post("/echeances/noter/", typed).status_code == 302
    row = Deadline.objects.get()
    contract = make_deadline(person, tomorrow)
    assert refused.post("/echeances/clore/", {"ids": [row.pk]}).status_code == 403
    page = client.post("/echeances/clore/", {"ids": [row.pk, contract.pk]}, follow=True).content.decode()
    assert "1 échéance close" in page
    assert "1 échéance reste ouverte" in page
    assert Deadline.objects.open().get() == contract  # type: ignore[attr-defined]


def test_my_dates_are_mine(demonstration: None) -> None:
    claire, other = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    assert claire.person
    page = client_of(claire).get("/mes-dates/").content.decode()
    assert "Aucune date en vue" in page
    make_deadline(claire.person, timezone.localdate(), kind=DeadlineKind.MEDICAL_VISIT)
    assert "Visite médicale" in client_of(claire).get("/mes-dates/").content.decode()
    assert "Visite médicale" not in client_of(other).get("/mes-dates/").content.decode()
