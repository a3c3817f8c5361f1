"""A request to become an associate, from the draft to the decision (GOV-03)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Notice, OutgoingEmail
from governance.models import Admission
from governance.selectors.admissions import asking_facts
from governance.services.admissions import (
    admit,
    change_admission,
    give_opinion,
    open_admission,
    put_to_vote,
    refuse_admission,
    submit_admission,
    withdraw_admission,
)
from governance.states.register import AdmissionState
from governance.states.rules import DecisionKind
from people.models import StatusPeriod
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.contracts import make_signed, make_signer
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_register import make_asked, make_request
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.factories.person_files import make_status
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
DECIDED = {"decided_on": TODAY, "decision": "AG du 25/11/2026, 4e résolution", "actor": None, "on": TODAY}


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def test_from_the_letter_to_the_register_by_a_vote() -> None:
    decider, user = make_organiser(), make_user(RoleKind.ENTREPRENEUR)
    admission = make_request(user.person, on=TODAY - 10 * DAY, actor=user)
    assert Notice.objects.get(user=decider).kind == "governance.admission_asked"
    give_opinion(
        admission, opinion="Favorable", category="employee", college=None, actor=decider, on=TODAY - DAY
    )
    put_to_vote(admission, actor=decider)
    done = admit(admission, **(DECIDED | {"actor": decider}))
    assert (done.state, done.route, done.opinion_on) == ("admitted", "vote", TODAY - DAY)
    assert done.associate is not None
    assert (done.associate.person, done.associate.admitted_on) == (user.person, TODAY)
    status = StatusPeriod.objects.get(person=user.person, kind=StatusKind.ASSOCIATE)
    assert (status.starts_on, status.about_type) == (TODAY, "governance.associate")
    assert OutgoingEmail.objects.filter(cause="governance.admission_admitted").count() == 1
    assert isinstance(refusal_of(lambda: admit(admission, **DECIDED)), IllegalMove)


def test_by_rule_only_where_the_rules_in_force_say_so() -> None:
    admission = make_request(make_person(), on=TODAY)
    assert refusal_of(lambda: admit(admission, **DECIDED)).code == Code.NOT_ALLOWED
    make_rule_set(admission_route="vote")
    assert refusal_of(lambda: admit(admission, **DECIDED)).code == Code.NOT_ALLOWED
    make_rule_set(admission_route="by_rule", valid_from=TODAY)
    assert admit(admission, **DECIDED).route == "by_rule"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": " "}, "decision"),
        ({"decision": "x" * 201}, "decision"),
        ({"decided_on": TODAY + DAY}, "decided_on"),
        ({"decided_on": TODAY - 2 * DAY}, "decided_on"),
    ],
)
def test_decisions_that_are_refused(said: dict[str, Any], field: str) -> None:
    admission = make_request(make_person(), on=TODAY - DAY, to_vote=True)
    assert refusal_of(lambda: admit(admission, **(DECIDED | said))).field == field
    no = {"reason": "Trop tôt"}
    assert refusal_of(lambda: refuse_admission(admission, **(DECIDED | said | no))).field == field
    assert refusal_of(lambda: refuse_admission(admission, **DECIDED, reason=" ")).field == "reason"


def test_a_refused_request_may_come_back_a_year_later() -> None:
    person = make_person()
    first = make_request(person, on=TODAY, to_vote=True)
    done = refuse_admission(first, **DECIDED, reason="L’assemblée souhaite mieux vous connaître.")
    assert (done.state, done.may_return_on) == ("refused", date(2027, 11, 25))
    assert OutgoingEmail.objects.get().cause == "governance.admission_refused"
    again = open_admission(person, asked=make_asked(), actor=None, on=TODAY)
    early = date(2027, 11, 24)
    assert refusal_of(lambda: submit_admission(again, actor=None, on=early)).code == Code.DATE_INVALID
    assert submit_admission(again, actor=None, on=date(2027, 11, 25)).state == AdmissionState.SUBMITTED


def test_the_verdict_of_the_resolution_is_what_is_written() -> None:
    assembly = make_assembly()
    resolution = make_resolution(assembly, decision_kind=DecisionKind.ADMISSION)
    admission = put_to_vote(make_request(make_person(), on=TODAY), resolution=resolution, actor=None)
    verdicts = pytest.MonkeyPatch()
    verdicts.setattr("governance.services.admissions.verdict_of", lambda _resolution: "rejected")
    assert refusal_of(lambda: admit(admission, **DECIDED)).field == "decision"
    verdicts.setattr("governance.services.admissions.verdict_of", lambda _resolution: "adopted")
    assert refusal_of(lambda: refuse_admission(admission, **DECIDED, reason="non")).field == "decision"
    assert admit(admission, **DECIDED).resolution == resolution
    verdicts.undo()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"share_class": None}, "share_class"),
        ({"share_count": 0}, "share_count"),
        ({"category": "cooperative"}, "category"),
        ({"letter": "x" * 3001}, "letter"),
    ],
)
def test_requests_that_are_refused(said: dict[str, Any], field: str) -> None:
    person = make_person()
    asked = make_asked(**said)
    assert refusal_of(lambda: open_admission(person, asked=asked, actor=None, on=TODAY)).field == field


def test_a_sponsor_is_an_associate_of_today() -> None:
    gone = make_associate()
    gone.left_on, gone.loss_cause = TODAY, "resignation"
    gone.save()
    asked = make_asked(sponsor=gone)
    person = make_person()
    assert refusal_of(lambda: open_admission(person, asked=asked, actor=None, on=TODAY)).field == "sponsor"
    admission = open_admission(person, asked=make_asked(sponsor=make_associate()), actor=None, on=TODAY)
    assert admission.sponsor is not None


def test_one_request_at_a_time_and_none_of_an_associate() -> None:
    person, associate = make_person(), make_associate()

    def ask(who: Any, **more: Any) -> Any:
        return open_admission(who, asked=make_asked(**more), actor=None, on=TODAY)

    admission = ask(person)
    assert refusal_of(lambda: ask(person)).code == Code.DUPLICATE
    assert refusal_of(lambda: ask(associate.person)).code == Code.DUPLICATE
    body = OrganisationFactory.create()
    assert refusal_of(lambda: ask(body, category="outside")).field == "representative"
    on_pay = {"category": "outside", "payment_plan": "on_pay"}
    with pytest.raises(Refused) as caught:
        open_admission(body, asked=make_asked(**on_pay), representative=make_person(), actor=None, on=TODAY)
    assert caught.value.field == "payment_plan"
    of_body = {"representative": make_person(), "actor": None, "on": TODAY}
    open_admission(body, asked=make_asked(category="outside"), **of_body)
    with pytest.raises(Refused) as twice:
        open_admission(body, asked=make_asked(category="outside"), **of_body)
    assert twice.value.code == Code.DUPLICATE
    for who in ({"person": person}, {"organisation": body}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Admission.objects.create(**who)
    withdraw_admission(admission, actor=None)
    assert ask(person).state == AdmissionState.DRAFT


def test_a_body_is_admitted_with_who_acts_for_it() -> None:
    acting = make_user()
    body = OrganisationFactory.create()
    asked = make_asked(category="public_body")
    admission = open_admission(body, asked=asked, representative=acting.person, actor=None, on=TODAY)
    assert list(Admission.objects.visible_to(acting)) == [admission]
    submit_admission(admission, actor=None, on=TODAY)
    put_to_vote(admission, actor=None)
    associate = admit(admission, **DECIDED).associate
    assert associate is not None
    assert associate.representatives.get().person == acting.person


def test_a_draft_is_rewritten_and_a_request_sent_is_not() -> None:
    admission = open_admission(make_person(), asked=make_asked(letter=""), actor=None, on=TODAY)
    assert refusal_of(lambda: submit_admission(admission, actor=None, on=TODAY)).field == "letter"
    change_admission(admission, asked=make_asked(share_count=5), actor=None, on=TODAY)
    opinion = {"opinion": "oui", "category": "employee", "college": None, "actor": None, "on": TODAY}
    assert isinstance(refusal_of(lambda: give_opinion(admission, **opinion)), IllegalMove)
    sent = submit_admission(admission, actor=None, on=TODAY)
    assert (sent.share_count, sent.submitted_on) == (5, TODAY)
    late = {"asked": make_asked(), "actor": None, "on": TODAY}
    assert isinstance(refusal_of(lambda: change_admission(sent, **late)), IllegalMove)
    assert refusal_of(lambda: give_opinion(sent, **(opinion | {"opinion": " "}))).field == "opinion"
    assert refusal_of(lambda: give_opinion(sent, **(opinion | {"category": "x"}))).field == "category"


def test_what_the_law_says_of_a_request() -> None:
    user = make_signer()
    make_signed(user, kind="cesa", starts_on=date(2026, 12, 1))
    make_status(user.person, StatusKind.STAFF, date(2026, 3, 1), date(2026, 11, 30))
    facts = asking_facts(user.person, date(2026, 12, 15))
    assert (facts.employed_since, facts.right_from) == (date(2026, 3, 1), date(2027, 3, 1))
    assert facts.associate_by == date(2029, 11, 30)
    assert asking_facts(make_person(), TODAY).employed_since is None


def test_everything_is_in_the_name_of_who_did_it() -> None:
    actor = make_organiser()
    admission = make_request(make_person(), on=TODAY, actor=actor, to_vote=True)
    admit(admission, **(DECIDED | {"actor": actor}))
    verbs = AuditEntry.objects.filter(actor=actor, about_type="governance.admission").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "governance.admission.open",
        "governance.Admission.submit",
        "governance.Admission.put_to_vote",
        "governance.Admission.admit",
    ]
    assert timezone.localdate() == TODAY
