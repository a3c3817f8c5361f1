"""One person entered by two, one request decided by two, one right given back by two: each is done once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import OutgoingEmail
from governance.models import Associate, VotingRightEvent
from governance.services.admissions import admit, open_admission, refuse_admission
from governance.services.associates import Entry, enter_associate
from governance.services.voting_rights import notify_late, suspend
from people.models import StatusPeriod
from tests.factories.governance import make_associate, make_rule_set
from tests.factories.governance_register import make_asked, make_request
from tests.factories.people import OrganisationFactory, make_person
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_one_person_is_entered_once(race: Race) -> None:
    person, today = make_person(), timezone.localdate()
    entry = Entry("employee", today, "AG", person=person)
    results = race([partial(enter_associate, entry, actor=None, on=today)] * 4)
    assert sorted(one.code for one in results if isinstance(one, Refused)) == [Code.DUPLICATE] * 3
    assert Associate.objects.filter(person=person).count() == 1
    assert StatusPeriod.objects.filter(person=person, kind="associate").count() == 1


def test_one_person_has_one_request_open(race: Race) -> None:
    person, today = make_person(), timezone.localdate()
    asked = make_asked()
    results = race([partial(open_admission, person, asked=asked, actor=None, on=today)] * 4)
    assert sum(isinstance(one, Refused) for one in results) == 3
    assert person.admissions.count() == 1


def test_one_organisation_has_one_request_open(race: Race) -> None:
    body, today = OrganisationFactory.create(), timezone.localdate()
    said = {"asked": make_asked(category="outside"), "actor": None, "on": today}
    acts = [partial(open_admission, body, representative=make_person(), **said) for _ in range(4)]
    results = race(acts)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.DUPLICATE] * 3
    assert body.admissions.count() == 1


def test_a_request_is_admitted_or_refused_but_not_both(race: Race) -> None:
    today = timezone.localdate()
    admission = make_request(make_person(), on=today, to_vote=True)
    said = {"decided_on": today, "decision": "AG du jour", "actor": None, "on": today}
    yes = partial(admit, admission, **said)
    no = partial(refuse_admission, admission, reason="Plus tard", **said)
    results = race([yes, no, yes, no])
    assert sum(isinstance(one, IllegalMove) for one in results) == 3
    admission.refresh_from_db()
    assert Associate.objects.count() == (admission.state == "admitted")
    told = OutgoingEmail.objects.filter(cause__startswith="governance.admission_")
    assert [mail.cause for mail in told] == [f"governance.admission_{admission.state}"]


def test_a_right_is_suspended_once(race: Race) -> None:
    make_rule_set(suspension_days="0")
    associate, now = make_associate(), timezone.now()
    notify_late(associate, at=now - timedelta(days=1), reason="Retard", actor=None)
    act = partial(suspend, associate, at=now, reason="Retard", actor=None)
    results = race([act] * 4)
    assert sum(isinstance(one, Refused) for one in results) == 3
    assert VotingRightEvent.objects.filter(kind="suspension").count() == 1
