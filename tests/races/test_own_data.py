"""Two hands on one file: merged once, erased once, and nothing half-done."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from people.models import Consent, MergeRecord, Person, Processing, RetentionProposal
from people.selectors.data_requests import file_to_hand
from people.services.consents import give_consent
from people.services.data_requests import receive_data_request
from people.services.handed_export import ask_file, hand_file
from people.services.merging import merge_persons
from people.services.processings import ProcessingData, save_processing
from people.services.retention import approve_erasure
from people.states.consents import ConsentPurpose
from people.states.retention import ProposalState
from tests.factories.own_data import forgotten_candidate, make_officer, proposed
from tests.factories.people import make_admin, make_person, make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def outcome(results: list[Any]) -> list[str]:
    return sorted("refused" if isinstance(one, Refused) else "done" for one in results)


def test_one_file_is_merged_once_wherever_it_goes(race: Race) -> None:
    admin, twin, now = make_admin(), make_person(), timezone.now()
    keepers = [make_person(), make_person()]

    def merge(keeper: Person) -> None:
        merge_persons(keeper, merged=twin, reason="double", actor=admin, now=now)

    assert outcome(race([partial(merge, keeper) for keeper in keepers])) == ["done", "refused"]
    record = MergeRecord.objects.get()
    twin.refresh_from_db()
    assert twin.merged_into == record.kept


def test_two_files_merged_each_into_the_other(race: Race) -> None:
    admin, now = make_admin(), timezone.now()
    one, other = make_person(), make_person()

    def merge(kept: Person, merged: Person) -> None:
        merge_persons(kept, merged=merged, reason="double", actor=admin, now=now)

    assert outcome(race([partial(merge, one, other), partial(merge, other, one)])) == ["done", "refused"]
    assert Person.objects.filter(merged_into__isnull=False).count() == 1


def test_one_proposal_is_approved_once(race: Race) -> None:
    officers, now = [make_officer(), make_officer()], timezone.now()
    proposal = proposed(forgotten_candidate(), on=timezone.localdate())

    def approve(rank: int) -> None:
        approve_erasure(proposal, actor=officers[rank], now=now)

    assert outcome(race([partial(approve, rank) for rank in range(2)])) == ["done", "refused"]
    assert RetentionProposal.objects.get().state == ProposalState.ERASED
    assert AuditEntry.objects.filter(verb="people.person.erase").count() == 1


def test_a_consent_is_given_once(race: Race) -> None:
    user = make_user()
    person, today = user.person, timezone.localdate()
    assert person is not None

    def give() -> None:
        give_consent(person, purpose=ConsentPurpose.PHOTO, on=today, actor=user)

    assert outcome(race([give, give])) == ["done", "refused"]
    assert Consent.objects.count() == 1


def test_the_data_of_who_has_no_account_is_handed_out_once(race: Race) -> None:
    officer, today = make_officer(), timezone.localdate()
    row = receive_data_request(
        person=make_person(), kind="access", text="Tout", received_on=today, actor=officer, on=today
    )
    ask_file(row, actor=officer)
    assert file_to_hand(row) is not None
    assert outcome(race([partial(hand_file, row, actor=officer)] * 2)) == ["done", "refused"]
    assert file_to_hand(row) is None
    assert AuditEntry.objects.filter(verb="people.data_request.hand").count() == 1


def test_one_processing_of_a_name_from_two_hands(race: Race) -> None:
    line = ProcessingData("Paie", "Payer", "contract", "Salarié·es", "Identité", "Urssaf", "5 ans")
    found = race([partial(save_processing, None, data=line, actor=make_officer())] * 3)
    assert [one.code for one in found if isinstance(one, Refused)] == [Code.DUPLICATE] * 2
    assert Processing.objects.count() == 1
