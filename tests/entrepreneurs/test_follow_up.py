"""Plans, sheets, figures, alerts, contacts, support: what is refused leaves nothing (ENT-32, ENT-55)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.facts import awaited_in
from cae.core.models import Notice
from cae.core.periods import Month
from cae.core.templatetags.formats import money
from entrepreneurs.calculations.follow_ups import months_of, period_of, share_reached
from entrepreneurs.calculations.signals import falls
from entrepreneurs.models import (
    Alert,
    FollowFigure,
    FollowGoal,
    FollowNote,
    PlanAction,
    PlanGoal,
    ProjectVersion,
    Referent,
    SupportRequest,
)
from entrepreneurs.selectors.coaching_todo import AWAITED
from entrepreneurs.selectors.follow_ups import follow_up, measures_to_type
from entrepreneurs.selectors.portfolio import load_of_team
from entrepreneurs.services import follow_ups, plans, signals, support
from entrepreneurs.services.projects import save_project
from entrepreneurs.services.referents import end_referent, name_referent, reassign
from people.states import RoleKind
from tests.factories.coaching import (
    coach,
    day_ahead,
    make_advisor,
    make_coached,
    make_report,
    person_of,
)
from tests.factories.collectives import earn
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user

D = Decimal


def test_sales_fall_by_a_share_of_what_they_were() -> None:
    flat = [D(100)] * 6
    assert falls(flat, D("0.3")) is None
    assert falls([D(100)] * 3 + [D(50)] * 3, D("0.3")) == D("0.50")
    assert falls([D(100)] * 3 + [D(70)] * 3, D("0.3")) == D("0.30")
    assert falls([D(0)] * 3 + [D(70)] * 3, D("0.3")) is None


def test_periods_and_shares() -> None:
    assert period_of(date(2026, 11, 26), 3) == date(2026, 10, 1)
    assert period_of(date(2026, 11, 26), 12) == date(2026, 1, 1)
    assert months_of(date(2026, 11, 1), 3)[-1] == Month(2027, 1)
    assert share_reached(D(5), D(8)) == 63
    assert share_reached(D(5), D(0)) is None


@pytest.mark.django_db
class TestContacts:
    def test_one_contact_a_function_the_former_ends_on_the_eve(self) -> None:
        user, _advisor = make_coached()
        second, today = make_advisor(), timezone.localdate()
        coach(user, second, on=today)
        former, current = Referent.objects.filter(person=person_of(user)).order_by("starts_on")
        assert former.ends_on == today - timedelta(days=1)
        assert current.advisor == person_of(second)

    @pytest.mark.parametrize(
        ("who", "code"),
        [("same", Code.ALREADY_DONE), ("oneself", Code.VALUE_INVALID), ("stranger", Code.ROLE_INVALID)],
    )
    def test_who_cannot_be_a_contact(self, who: str, code: Code) -> None:
        user, advisor = make_coached()
        people = {"same": person_of(advisor), "oneself": person_of(user), "stranger": make_person()}
        with pytest.raises(Refused) as refusal:
            name_referent(
                person_of(user),
                advisor=people[who],
                function="coach",
                starts_on=timezone.localdate(),
                actor=None,
            )
        assert refusal.value.code == code
        assert Referent.objects.count() == 1

    def test_not_before_the_former_began(self) -> None:
        user, advisor = make_coached()
        began = Referent.objects.get().starts_on
        with pytest.raises(Refused) as refusal:
            coach(user, make_advisor(), on=began)
        assert refusal.value.code == Code.DATE_INVALID
        with pytest.raises(IntegrityError), transaction.atomic():
            Referent.objects.create(
                person=person_of(user), advisor=person_of(advisor), function="coach", starts_on=began
            )

    def test_handing_over_is_all_or_nothing(self) -> None:
        first, advisor = make_coached()
        second, _advisor = make_coached(advisor)
        heir, today = make_advisor(), timezone.localdate()
        both = [person_of(first), person_of(second)]
        facts: dict[str, Any] = {"function": "coach", "starts_on": today, "actor": None}
        with pytest.raises(Refused):
            reassign([*both, person_of(heir)], advisor=person_of(heir), **facts)
        assert Referent.objects.count() == 2
        assert reassign(both, advisor=person_of(heir), **facts) == sorted(both, key=lambda one: one.pk)
        assert reassign(both, advisor=person_of(heir), **facts) == []

    def test_a_contact_ends_once(self) -> None:
        make_coached()
        row, today = Referent.objects.get(), timezone.localdate()
        end_referent(row, last_day=today, actor=None)
        for day in (today, row.starts_on - timedelta(days=9)):
            with pytest.raises(Refused):
                end_referent(row, last_day=day, actor=None)

    def test_load_counts_each_person_once(self) -> None:
        _user, advisor = make_coached()
        make_coached(advisor)
        (load,) = load_of_team(timezone.localdate())
        assert (load.advisor, load.people) == (person_of(advisor), 2)


@pytest.mark.django_db
class TestPlan:
    def test_goals_and_actions_move_both_ways(self) -> None:
        user, advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        goal = plans.set_goal(person, kind="project", label="Vendre", due_on=None, actor=advisor, on=today)
        action = plans.add_action(
            person, label="Appeler", owner=person, due_on=today, actor=user, on=today, goal=goal
        )
        plans.start_action(action, actor=user)
        plans.finish_action(action, actor=user)
        with pytest.raises(IllegalMove):
            plans.start_action(action, actor=user)
        plans.reopen_action(action, actor=user)
        plans.drop_action(action, actor=user)
        with pytest.raises(IllegalMove):
            plans.drop_action(action, actor=user)
        with pytest.raises(IllegalMove):
            plans.finish_action(action, actor=user)
        plans.reach_goal(goal, actor=user)
        with pytest.raises(IllegalMove):
            plans.reach_goal(goal, actor=user)
        with pytest.raises(IllegalMove):
            plans.drop_goal(goal, actor=user)
        plans.reopen_goal(goal, actor=user)
        with pytest.raises(IllegalMove):
            plans.reopen_goal(goal, actor=user)
        assert plans.drop_goal(goal, actor=user).state == "dropped"
        with pytest.raises(IllegalMove):
            plans.reopen_action(plans.reopen_action(action, actor=user), actor=user)

    @pytest.mark.parametrize("label", [" ", "x" * 201])
    def test_an_action_has_words(self, label: str) -> None:
        user, _advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        with pytest.raises(Refused):
            plans.add_action(person, label=label, owner=person, due_on=None, actor=user, on=today)
        with pytest.raises(Refused):
            plans.set_goal(person, kind="project", label=label, due_on=None, actor=user, on=today)
        assert not (PlanAction.objects.exists())
        assert not (PlanGoal.objects.exists())

    def test_neither_yesterday_nor_the_goal_of_another(self) -> None:
        user, _advisor = make_coached()
        other, today = make_person(), timezone.localdate()
        person = person_of(user)
        goal = plans.set_goal(other, kind="skills", label="Vendre", due_on=None, actor=None, on=today)
        facts: dict[str, Any] = {"label": "Appeler", "owner": person, "actor": user, "on": today}
        with pytest.raises(Refused) as refusal:
            plans.add_action(person, due_on=today - timedelta(days=1), **facts)
        assert refusal.value.code == Code.DATE_INVALID
        with pytest.raises(Refused) as refusal:
            plans.add_action(person, due_on=None, goal=goal, **facts)
        assert refusal.value.code == Code.NOT_ALLOWED
        with pytest.raises(Refused):
            plans.set_goal(person, kind="dance", label="x", due_on=None, actor=user, on=today)

    def test_a_late_action_is_told_to_its_owner(self) -> None:
        user, _advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        plans.add_action(person, label="Appeler", owner=person, due_on=today, actor=user, on=today)
        assert [one.label for one in awaited_in(AWAITED, user, today + timedelta(days=1))] == ["Appeler"]
        assert awaited_in(AWAITED, user, today) == []


@pytest.mark.django_db
class TestProject:
    def test_versions_follow_each_other_and_stay(self) -> None:
        user, _advisor = make_coached()
        person = person_of(user)
        first = save_project(person, texts={"idea": "Un atelier"}, label="", base=0, actor=user)
        save_project(person, texts={"idea": "Un atelier mobile"}, label="", base=1, actor=user)
        with pytest.raises(ProgrammingError), transaction.atomic():
            ProjectVersion.objects.filter(pk=first.pk).update(idea="Autre")
        assert ProjectVersion.objects.count() == 2

    @pytest.mark.parametrize(
        ("texts", "base", "code"),
        [
            ({"idea": "Nouvelle"}, 0, Code.STALE_FORM),
            ({"idea": "Un atelier"}, 1, Code.ALREADY_DONE),
            ({"idea": " "}, 1, Code.VALUE_MISSING),
            ({"idea": "x" * 6001}, 1, Code.TEXT_TOO_LONG),
        ],
    )
    def test_what_is_no_version_is_refused(self, texts: dict[str, str], base: int, code: Code) -> None:
        user, _advisor = make_coached()
        save_project(person_of(user), texts={"idea": "Un atelier"}, label="", base=0, actor=user)
        with pytest.raises(Refused) as refusal:
            save_project(person_of(user), texts=texts, label="", base=base, actor=user)
        assert refusal.value.code == code
        assert ProjectVersion.objects.count() == 1


@pytest.mark.django_db
class TestFigures:
    def test_goals_counts_and_words_meet_in_a_period(self) -> None:
        user, advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        month = Month.of(today)
        aim: dict[str, Any] = {"measure": "hours", "rhythm": "month", "month": month, "actor": advisor}
        follow_ups.set_follow_goal(person, amount=D(40), **aim)
        follow_ups.set_follow_goal(person, amount=D(50), **aim)
        follow_ups.count_figure(person, measure="hours", month=month, amount=D(25), actor=user, on=today)
        follow_ups.note_period(
            person, rhythm="month", month=month, text="Bien.", author=person_of(advisor), actor=advisor
        )
        now, *_before = follow_up(person, "month", today)
        hours = next(row for row in now.rows if row.measure == "hours")
        assert (hours.share, now.note and now.note.text) == (50, "Bien.")
        assert FollowGoal.objects.get().amount == 50

    def test_the_margin_comes_from_the_books_of_who_has_an_activity(self) -> None:
        user, _advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        count: dict[str, Any] = {"month": Month.of(today), "amount": D(9), "actor": user, "on": today}

        def margin(on: date) -> str:
            now = follow_up(person, "month", on)[0]
            return next(row.reached for row in now.rows if row.measure == "margin")

        assert "margin" in measures_to_type(person, today)
        follow_ups.count_figure(person, measure="margin", **count)
        assert margin(today) == money(D(9))
        activity = make_activity(person)
        earn(activity, "100.00", on=today.replace(day=1))
        earn(activity, "-40.00", on=today.replace(day=1), role="611000")
        assert "margin" not in measures_to_type(person, today)
        assert margin(today) == money(D(60)), "the books are right, whatever was typed before"
        with pytest.raises(Refused):
            follow_ups.count_figure(person, measure="margin", **count)

    def test_what_is_no_figure_is_refused(self) -> None:
        user, advisor = make_coached()
        person, today = person_of(user), timezone.localdate()
        month = Month.of(today)
        count: dict[str, Any] = {"month": month, "amount": D(1), "actor": user, "on": today}
        aim: dict[str, Any] = {"rhythm": "month", "month": month, "actor": advisor}
        acts = [
            lambda: follow_ups.count_figure(person, measure="sales", **count),
            lambda: follow_ups.count_figure(person, measure="hours", **count | {"amount": D(-1)}),
            lambda: follow_ups.count_figure(person, measure="hours", **count | {"month": month.next()}),
            lambda: follow_ups.set_follow_goal(person, measure="luck", amount=D(1), **aim),
            lambda: follow_ups.set_follow_goal(person, measure="sales", amount=D(-1), **aim),
            lambda: follow_ups.note_period(
                person, rhythm="month", month=month, text=" ", author=person_of(advisor), actor=advisor
            ),
            lambda: follow_ups.note_period(
                person, rhythm="month", month=month, text="x" * 6001, author=person, actor=advisor
            ),
        ]
        for act in acts:
            with pytest.raises(Refused):
                act()
        assert not FollowFigure.objects.exists()
        assert not (FollowGoal.objects.exists())
        assert not (FollowNote.objects.exists())


@pytest.mark.django_db
class TestAlerts:
    def raised(self) -> tuple[Any, Any, Alert]:
        user, advisor = make_coached()
        signals.raise_alerts(on=timezone.localdate())
        return user, advisor, Alert.objects.get(person=person_of(user))

    def test_no_contact_raises_one_told_once(self) -> None:
        user, advisor, alert = self.raised()
        assert alert.kind == "no_contact"
        assert signals.raise_alerts(on=timezone.localdate()) == (0, 0)
        told = Notice.objects.filter(kind="entrepreneurs.alert")
        # One is told of oneself without one's own name.
        assert {notice.user: notice.subject for notice in told} == {
            user: "Sans contact",
            advisor: f"Sans contact · {user.person}",
        }
        assert any("alerte" in one.label for one in awaited_in(AWAITED, advisor, timezone.localdate()))

    def test_it_closes_by_itself_when_they_met(self) -> None:
        user, advisor, alert = self.raised()
        make_report(user, advisor)
        assert signals.raise_alerts(on=timezone.localdate()) == (0, 1)
        alert.refresh_from_db()
        assert (alert.state, bool(alert.reason)) == ("closed", True)

    def test_taken_muted_closed(self) -> None:
        _user, advisor, alert = self.raised()
        today = timezone.localdate()
        person = person_of(advisor)
        alert = signals.take_alert(alert, actor=advisor, by=person)
        with pytest.raises(IllegalMove):
            signals.take_alert(alert, actor=advisor, by=person)
        for until, reason in ((today - timedelta(days=1), "x"), (today, " ")):
            with pytest.raises(Refused):
                signals.mute_alert(alert, until=until, reason=reason, actor=advisor, on=today)
        signals.mute_alert(alert, until=day_ahead(3), reason="Congé", actor=advisor, on=today)
        with pytest.raises(IllegalMove):
            signals.mute_alert(alert, until=day_ahead(3), reason="Congé", actor=advisor, on=today)
        assert not Alert.objects.loud(today).exists()
        assert Alert.objects.loud(day_ahead(4)).exists()
        with pytest.raises(Refused):
            signals.close_alert(alert, reason=" ", actor=advisor)
        signals.close_alert(alert, reason="Vu", actor=advisor)
        with pytest.raises(IllegalMove):
            signals.close_alert(alert, reason="Vu", actor=advisor)


@pytest.mark.django_db
class TestSupport:
    def asked(self) -> SupportRequest:
        kind = support.offer_support(
            name="Prix",
            what="Deux heures.",
            audience="Qui démarre",
            given_by="L’équipe",
            where="À Bordeaux",
            starts_on=timezone.localdate(),
            actor=None,
        )
        user = make_user(RoleKind.ENTREPRENEUR)
        return support.ask_support(
            kind, person=person_of(user), words="", actor=user, on=timezone.localdate()
        )

    def test_asked_once_until_answered(self) -> None:
        asked = self.asked()
        again: dict[str, Any] = {"person": asked.person, "words": "", "actor": None}
        with pytest.raises(Refused) as refusal:
            support.ask_support(asked.kind, on=timezone.localdate(), **again)
        assert refusal.value.code == Code.DUPLICATE
        with pytest.raises(Refused) as long:
            support.ask_support(asked.kind, on=timezone.localdate(), **again | {"words": "x" * 501})
        assert (long.value.code, long.value.field) == (Code.TEXT_TOO_LONG, "words")
        with pytest.raises(Refused):
            support.decline_support(asked, answer=" ", actor=None)
        support.plan_support(asked, answer="Mardi", actor=None)
        with pytest.raises(IllegalMove):
            support.plan_support(asked, answer="Mardi", actor=None)
        assert support.give_support(asked, actor=None).answer == "Mardi"
        for service in (support.give_support, support.decline_support):
            with pytest.raises(IllegalMove):
                service(asked, answer="x", actor=None)

    def test_what_is_no_longer_offered_is_not_asked(self) -> None:
        asked = self.asked()
        yesterday = timezone.localdate() - timedelta(days=1)
        support.stop_support(asked.kind, last_day=yesterday, actor=None)
        with pytest.raises(Refused):
            support.stop_support(asked.kind, last_day=yesterday, actor=None)
        asked.kind.refresh_from_db()
        with pytest.raises(Refused):
            support.ask_support(
                asked.kind, person=make_person(), words="", actor=None, on=timezone.localdate()
            )
        assert SupportRequest.objects.count() == 1
