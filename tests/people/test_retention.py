"""What is no longer needed: proposed by rule, decided by a person, erased through every room (PEO-38)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounting.models import Entry
from accounting.services.controlling import control_books
from cae.core.documents import forget_document, store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.mail import queue_email
from cae.core.models import AuditEntry, Document, Job, JobState, Notice, OutgoingEmail
from cae.core.notices import notify
from cae.core.settings import set_setting
from invoicing.models import Invoice
from people.models import Consent, Person, RetentionProposal, SensitiveReading, SensitiveRecord, User
from people.selectors.retention import RULES, due_for
from people.services.consents import give_consent
from people.services.erasing import STAYS, erase_person
from people.services.merging import merge_persons
from people.services.retention import approve_erasure, ask_erasures, keep_file, propose_erasures
from people.services.roles import end_role
from people.states import RoleKind
from people.states.consents import ConsentPurpose
from people.states.retention import ProposalState
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.own_data import LONG_AGO, forgotten_candidate, make_officer, proposed, protect
from tests.factories.people import make_admin, make_person, make_role, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def officer() -> User:
    return make_officer()


def approve(proposal: RetentionProposal, actor: User) -> RetentionProposal:
    return approve_erasure(proposal, actor=actor, now=timezone.now())


class TestProposing:
    def test_a_candidate_two_years_after_the_last_contact(self) -> None:
        person = forgotten_candidate()
        found = {one.person_id: one for one in due_for(RULES["candidate"], on=date(2022, 1, 15))}
        assert person.pk in found
        assert found[person.pk].kept_until == date(2022, 1, 14)
        assert person.pk not in {one.person_id for one in due_for(RULES["candidate"], on=date(2022, 1, 14))}

    def test_whoever_came_back_is_not(self) -> None:
        person = forgotten_candidate()
        make_role(person, RoleKind.CANDIDATE, starts_on=date(2021, 6, 1), ends_on=date(2021, 7, 1))
        assert person.pk not in {one.person_id for one in due_for(RULES["candidate"], on=date(2023, 6, 30))}
        assert person.pk in {one.person_id for one in due_for(RULES["candidate"], on=date(2023, 7, 1))}

    def test_somebody_who_left_five_years_ago(self) -> None:
        person = make_person(created_at=LONG_AGO)
        make_role(person, RoleKind.ENTREPRENEUR, starts_on=date(2018, 1, 1), ends_on=date(2020, 2, 29))
        assert due_for(RULES["leaver"], on=date(2025, 2, 28)) == []
        assert [one.person_id for one in due_for(RULES["leaver"], on=date(2025, 3, 1))] == [person.pk]
        make_role(person, RoleKind.ASSOCIATE, starts_on=date(2020, 1, 1))
        assert due_for(RULES["leaver"], on=date(2025, 3, 1)) == []

    def test_the_delay_is_a_dated_setting(self) -> None:
        person = forgotten_candidate()
        set_setting(
            "people.keep_candidates",
            value="120",
            valid_from=date(2021, 1, 1),
            actor=make_admin(),
            reason="Vote",
        )
        assert person.pk not in {one.person_id for one in due_for(RULES["candidate"], on=DAY)}

    def test_twice_proposes_once_and_erases_nothing(self) -> None:
        person = forgotten_candidate(first_name="Nadia")
        assert propose_erasures(on=DAY) == 1
        assert propose_erasures(on=DAY) == 0
        person.refresh_from_db()
        assert (person.first_name, person.erased_at) == ("Nadia", None)

    def test_what_is_kept_comes_back_on_its_day(self, officer: User) -> None:
        person = forgotten_candidate()
        today = timezone.localdate()
        until = today + timedelta(days=90)
        keep_file(
            proposed(person, on=today), reason="Litige", keep_until=until, actor=officer, now=timezone.now()
        )
        assert propose_erasures(on=until - timedelta(days=1)) == 0
        assert propose_erasures(on=until) == 1

    @pytest.mark.parametrize(("reason", "days"), [("", 30), ("Litige", 0), ("Litige", 366 * 6)])
    def test_keeping_wants_a_reason_and_an_end(self, officer: User, reason: str, days: int) -> None:
        proposal = proposed(forgotten_candidate(), on=DAY)
        until = timezone.localdate() + timedelta(days=days)
        with pytest.raises(Refused):
            keep_file(proposal, reason=reason, keep_until=until, actor=officer, now=timezone.now())
        proposal.refresh_from_db()
        assert (proposal.state, proposal.reason) == (ProposalState.PROPOSED, "")


class TestErasing:
    def test_the_file_is_nobodys(self, officer: User) -> None:
        person = protect(
            forgotten_candidate(first_name="Nadia", last_name="Haddad", phone="0612345678", city="Pau")
        )
        account = make_user(person=person)
        give_consent(person, purpose=ConsentPurpose.PHOTO, on=DAY, actor=account)
        notify([account], "core.message", subject="Bonjour Nadia", url="/aide/")
        words = {"paragraphs": ["Nadia"], "button": "Voir", "url": "http://x/", "why": "x"}
        queue_email(to=account.email, subject="Nadia", context=words, cause="test", actor=officer)
        done = erase_person(person, actor=officer, now=timezone.now(), on=timezone.localdate())
        person.refresh_from_db()
        account.refresh_from_db()
        assert person.full_name == f"Personne effacée n° {person.pk}"
        for column in Person._meta.concrete_fields:
            if column.name not in STAYS | {"first_name", "last_name"}:
                assert getattr(person, column.name) in ("", None, "FR", column.get_default()), column.name
        assert not account.is_active
        assert not account.has_usable_password()
        assert account.email.endswith("@personne.invalid")
        assert not SensitiveRecord.objects.exists()
        assert not Consent.objects.exists()
        assert not Notice.objects.filter(user=account).exists()
        mails = json.dumps(list(OutgoingEmail.objects.values("to", "subject", "text", "html")))
        assert "Nadia" not in mails
        entry = AuditEntry.objects.get(verb="people.person.erase")
        assert entry.about_label == person.full_name
        assert "Nadia" not in json.dumps(entry.detail)
        assert done["people.choices"] == 1

    def test_files_merged_into_it_go_too(self, officer: User) -> None:
        kept, merged = forgotten_candidate(first_name="Léa"), forgotten_candidate(first_name="Léa")
        merge_persons(kept, merged=merged, reason="double", actor=officer, now=timezone.now())
        erase_person(kept, actor=officer, now=timezone.now(), on=DAY)
        assert not Person.objects.filter(first_name="Léa").exists()

    def test_files_past_their_date_go_and_the_others_stay(self, officer: User) -> None:
        person = forgotten_candidate()
        past, due = (
            store_document(
                b"x",
                kind="people.own_data",
                name="x.txt",
                mime="text/plain",
                about=person,
                actor=None,
                retention_until=day,
            )
            for day in (timezone.localdate() - timedelta(days=1), timezone.localdate())
        )
        storage, name = past.file.storage, past.file.name
        assert name is not None
        approve(proposed(person, on=timezone.localdate(), rule="files"), officer)
        assert list(Document.objects.filter(pk__in=(past.pk, due.pk))) == [due]
        assert not forget_document(due, on=timezone.localdate())
        person.refresh_from_db()
        assert person.erased_at is None
        storage.save(name, ContentFile(b""))

    def test_the_protected_record_of_somebody_who_left(self, officer: User) -> None:
        person = protect(make_person(created_at=LONG_AGO))
        make_role(person, RoleKind.ENTREPRENEUR, starts_on=date(2018, 1, 1), ends_on=date(2020, 2, 29))
        approve(proposed(person, on=DAY, rule="sensitive"), officer)
        assert not SensitiveRecord.objects.exists()
        person.refresh_from_db()
        assert person.erased_at is None

    def test_the_books_stay_whole(self, officer: User) -> None:
        user, activity = make_entrepreneur(code="CLAIRE")
        make_cooperative()
        make.issued(activity)
        assert user.person is not None
        person = user.person
        today = timezone.localdate()
        for role in person.roles.all():
            end_role(
                role,
                last_day=today - timedelta(days=1),
                reason="Sortie",
                actor=make_admin(),
                now=timezone.now(),
            )
        before = [
            json.dumps(list(model.objects.order_by("pk").values()), default=str) for model in (Invoice, Entry)
        ]
        files = {document.pk: document.sha256 for document in Document.objects.all()}
        erase_person(person, actor=officer, now=timezone.now(), on=today)
        after = [
            json.dumps(list(model.objects.order_by("pk").values()), default=str) for model in (Invoice, Entry)
        ]
        assert after == before
        assert {document.pk: document.sha256 for document in Document.objects.all()} == files
        assert control_books(actor=None).faults == []


class TestRefusals:
    def state(self) -> list[Any]:
        models = (Person, User, RetentionProposal, AuditEntry, SensitiveRecord, SensitiveReading, Document)
        return [list(model.objects.order_by("pk").values()) for model in models]

    def test_a_role_in_force(self, officer: User) -> None:
        person = make_person()
        make_role(person, RoleKind.ENTREPRENEUR)
        before = self.state()
        with pytest.raises(Refused) as refused:
            erase_person(person, actor=officer, now=timezone.now(), on=timezone.localdate())
        assert refused.value.code == Code.NOT_ALLOWED
        assert self.state() == before

    def test_oneself_and_a_file_already_erased(self, officer: User) -> None:
        assert officer.person is not None
        with pytest.raises(Refused):
            erase_person(officer.person, actor=officer, now=timezone.now(), on=DAY)
        person = forgotten_candidate()
        erase_person(person, actor=officer, now=timezone.now(), on=DAY)
        before = self.state()
        with pytest.raises(Refused) as refused:
            erase_person(person, actor=officer, now=timezone.now(), on=DAY)
        assert refused.value.code == Code.ALREADY_DONE
        assert self.state() == before

    def test_somebody_came_back_since_the_proposal(self, officer: User) -> None:
        person = forgotten_candidate()
        proposal = proposed(person, on=timezone.localdate())
        make_role(person, RoleKind.CANDIDATE, starts_on=timezone.localdate())
        before = self.state()
        with pytest.raises(Refused) as refused:
            approve(proposal, officer)
        assert refused.value.code == Code.NOT_ALLOWED
        assert self.state() == before

    def test_a_decision_is_taken_once(self, officer: User) -> None:
        proposal = proposed(forgotten_candidate(), on=timezone.localdate())
        approve(proposal, officer)
        before = self.state()
        with pytest.raises(IllegalMove):
            approve(proposal, officer)
        with pytest.raises(IllegalMove):
            keep_file(
                proposal,
                reason="x",
                keep_until=timezone.localdate() + timedelta(days=9),
                actor=officer,
                now=timezone.now(),
            )
        assert self.state() == before


@pytest.mark.django_db(transaction=True)
def test_several_at_once_one_refused_the_others_done() -> None:
    officer = make_officer()
    good, back = forgotten_candidate(), forgotten_candidate()
    today = timezone.localdate()
    keys = [proposed(good, on=today).pk, RetentionProposal.objects.get(person=back).pk]
    make_role(back, RoleKind.CANDIDATE, starts_on=today)
    with pytest.raises(Refused):
        ask_erasures([], actor=officer)
    job = Job.objects.get(pk=ask_erasures(keys, actor=officer).pk)
    assert job.state == JobState.DONE
    assert [failure["id"] for failure in job.failures] == [keys[1]]
    good.refresh_from_db()
    back.refresh_from_db()
    assert good.erased_at is not None
    assert back.erased_at is None
