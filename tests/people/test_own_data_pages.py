"""The pages of own data, protected records, consents, merging, retention and the officer's desk."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from cae.core.models import AuditEntry, Document, Job, JobState
from people.models import (
    Consent,
    DataIncident,
    DataRequest,
    MergeRecord,
    Person,
    Processing,
    RetentionProposal,
    SensitiveReading,
    SensitiveRecord,
    User,
)
from people.selectors.consents import has_consent
from people.services.own_export import KEPT_FOR, forget_exports
from people.services.sensitive import read_sensitive
from people.states import RoleKind
from people.states.consents import ConsentPurpose
from people.states.data_requests import DataRequestState, IncidentState
from people.states.retention import ProposalState
from people.states.sensitive import SensitivePurpose
from tests.factories.own_data import forgotten_candidate, make_officer, proposed, protect
from tests.factories.people import make_admin, make_person, make_role, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def claire() -> User:
    return make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir", email="claire@x.fr")


def person_of(user: User) -> Person:
    assert user.person is not None
    return user.person


class TestOwnData:
    def test_all_is_shown_but_the_protected_record(self, claire: User) -> None:
        protect(person_of(claire))
        page = client_of(claire).get(reverse("people:own_data")).content.decode()
        assert "claire@x.fr" in page
        assert "Entrepreneur" in page
        assert "charge lourde" not in page
        assert not SensitiveReading.objects.filter(reader=claire).exists()

    def test_a_consent_is_given_and_withdrawn_as_easily(self, claire: User) -> None:
        client, today = client_of(claire), timezone.localdate()
        url = reverse("people:own_consent", args=[ConsentPurpose.PHOTO])
        client.post(url, {"act": "give"})
        assert has_consent(person_of(claire), ConsentPurpose.PHOTO, today)
        client.post(url, {"act": "give"})
        assert Consent.objects.count() == 1
        client.post(url, {"act": "withdraw"})
        assert not has_consent(person_of(claire), ConsentPurpose.PHOTO, today)
        client.post(url, {"act": "withdraw"})
        client.post(url, {"act": "give"})
        assert has_consent(person_of(claire), ConsentPurpose.PHOTO, today)
        assert Consent.objects.count() == 2
        assert client.post(reverse("people:own_consent", args=["lune"])).status_code == 404

    def test_a_request_goes_to_the_desk_with_its_day(self, claire: User) -> None:
        client = client_of(claire)
        url = reverse("people:own_request")
        assert client.get(url).status_code == 200
        wrong = client.post(url, {"kind": "correction", "text": ""})
        assert wrong.status_code == 422
        assert not DataRequest.objects.exists()
        client.post(url, {"kind": "correction", "text": "Mon nom s’écrit Le Noir."})
        row = DataRequest.objects.get()
        assert (row.person, row.received_on) == (person_of(claire), timezone.localdate())
        assert row.due_on > timezone.localdate() + timedelta(days=26)
        assert "Le Noir" in client_of(make_officer()).get(row.get_absolute_url()).content.decode()

    def test_nobody_opens_it_in_another_name(self, claire: User) -> None:
        nobody = User.objects.create_user("x@x.fr")
        assert client_of(nobody).get(reverse("people:own_data")).status_code in (403, 404)


@pytest.mark.django_db(transaction=True)
class TestExport:
    def exported(self, user: User) -> tuple[Document, ZipFile]:
        client_of(user).post(reverse("people:own_export"))
        job = Job.objects.get(author=user)
        assert job.state == JobState.DONE, job.message
        assert job.failures == []
        assert job.result is not None
        answer = client_of(user).get(reverse("core:document", args=[job.result.pk]))
        return job.result, ZipFile(BytesIO(answer.content))

    def test_everything_is_in_one_file_and_its_reading_is_noted(self, claire: User) -> None:
        protect(person_of(claire))
        _document, archive = self.exported(claire)
        names = archive.namelist()
        assert {"mes-donnees.html", "mes-donnees.json"} <= set(names)
        assert any(name.startswith("tableaux/") and name.endswith(".csv") for name in names)
        read = json.loads(archive.read("mes-donnees.json"))
        tables = {table["label"]: table["rows"] for one in read["sections"] for table in one["tables"]}
        assert tables["Identité et coordonnées"][0]["adresse e-mail"] == "claire@x.fr"
        assert "charge lourde" in json.dumps(tables["Fiche protégée"], ensure_ascii=False)
        assert "Lenoir" in archive.read("mes-donnees.html").decode()
        reading = SensitiveReading.objects.get(reader=claire)
        assert reading.purpose == SensitivePurpose.OWN

    def test_nobody_else_opens_it_whatever_their_function(self, claire: User) -> None:
        document, _archive = self.exported(claire)
        for other in (make_admin(), make_officer(), make_user(RoleKind.HUMAN_RESOURCES)):
            assert client_of(other).get(reverse("core:document", args=[document.pk])).status_code in (
                403,
                404,
            )

    def test_it_goes_after_seven_days(self, claire: User) -> None:
        document, _archive = self.exported(claire)
        last = timezone.localdate() + KEPT_FOR
        assert document.retention_until == last
        assert forget_exports(on=last) == 0
        assert Job.objects.get(author=claire).result is not None


class TestProtectedPages:
    def test_each_opening_is_noted_before_anything_is_shown(self, claire: User) -> None:
        hr = make_user(RoleKind.HUMAN_RESOURCES)
        person = protect(person_of(claire))
        client = client_of(hr)
        index = client.get(reverse("people:sensitive_index", args=[person.pk]))
        assert index.status_code == 200
        assert not SensitiveReading.objects.exists()
        url = reverse("people:sensitive_record", args=[person.pk, "health"])
        page = client.get(url)
        assert "charge lourde" in page.content.decode()
        assert page["Cache-Control"] == "private, no-store"
        assert SensitiveReading.objects.get().reader == hr
        assert client.get(reverse("people:sensitive_record", args=[person.pk, "own"])).status_code == 404

    def test_a_form_writes_and_a_wrong_value_loses_nothing(self, claire: User) -> None:
        hr = make_user(RoleKind.HUMAN_RESOURCES)
        person = person_of(claire)
        url = reverse("people:sensitive_record", args=[person.pk, "pay"])
        wrong = client_of(hr).post(url, {"nir": "123", "is_disabled_worker": "yes"})
        assert wrong.status_code == 422
        assert "123" in wrong.content.decode()
        assert not SensitiveRecord.objects.exists()
        sent = {"nir": "2 95 10 99 126 111 93", "is_disabled_worker": "no", "disability_ends_on": ""}
        assert client_of(hr).post(url, sent).status_code == 302
        found = read_sensitive(person, purpose=SensitivePurpose.PAY, actor=hr)
        assert found == {"nir": "295109912611193", "is_disabled_worker": False, "disability_ends_on": None}

    @pytest.mark.parametrize(
        ("kind", "code"), [(RoleKind.ADVISOR, 403), (RoleKind.ACCOUNTANT, 403), (RoleKind.ADMINISTRATOR, 403)]
    )
    def test_a_purpose_of_another_function_is_refused(self, claire: User, kind: str, code: int) -> None:
        url = reverse("people:sensitive_record", args=[person_of(claire).pk, "health"])
        user = make_user(kind)
        assert client_of(user).get(url).status_code == code
        assert client_of(user).post(url, {"medical_limits": "x"}).status_code == code
        assert not SensitiveReading.objects.exists()
        assert not SensitiveRecord.objects.exists()

    def test_a_paper_consent_says_where_it_is(self, claire: User) -> None:
        hr, person = make_user(RoleKind.HUMAN_RESOURCES), person_of(claire)
        url = reverse("people:consent_record", args=[person.pk, "photo"])
        assert client_of(hr).post(url, {"proof": " "}).status_code == 422
        assert not Consent.objects.exists()
        client_of(hr).post(url, {"proof": "Formulaire du 3 mars"})
        assert Consent.objects.get().proof == "Formulaire du 3 mars"
        client_of(hr).post(url, {"proof": "E-mail du 4 mars"})
        assert Consent.objects.get().withdrawal_proof == "E-mail du 4 mars"
        assert client_of(hr).get(reverse("people:person_consents", args=[person.pk])).status_code == 200


class TestMergePages:
    def test_from_the_list_to_the_undoing(self) -> None:
        admin = make_admin()
        kept = make_person(first_name="Ida", last_name="Grandval", email="ida@x.fr")
        merged = make_person(first_name="Ida", last_name="Grandvall", email="i@x.fr")
        make_role(merged, RoleKind.CANDIDATE)
        client = client_of(admin)
        assert "Grandvall" in client.get(reverse("people:duplicate_list")).content.decode()
        url = reverse("people:person_merge", args=[kept.pk, merged.pk])
        assert "Rôles" in client.get(url).content.decode()
        assert client.post(url, {"reason": ""}).status_code == 422
        assert not MergeRecord.objects.exists()
        assert client.post(url, {"reason": "Deux saisies"}).status_code == 302
        assert client.get(merged.get_absolute_url()).headers["Location"] == kept.get_absolute_url()
        listed = client.get(reverse("people:person_list")).content.decode()
        assert "Grandvall" not in listed
        undo = reverse("people:merge_undo", args=[MergeRecord.objects.get().pk])
        assert client.get(undo).status_code == 200
        assert client.post(undo).headers["Location"] == merged.get_absolute_url()
        assert client.get(merged.get_absolute_url()).status_code == 200

    def test_what_hinders_is_said_in_place_of_the_preview(self) -> None:
        one, other = make_person(), make_person()
        for person in (one, other):
            make_role(person, RoleKind.CANDIDATE)
        page = client_of(make_admin()).get(reverse("people:person_merge", args=[one.pk, other.pk]))
        assert "se recouvrent" in page.content.decode()

    def test_what_is_typed_is_compared_within_sight(self, claire: User) -> None:
        url = reverse("people:lookalike_list")
        page = client_of(make_user(RoleKind.HUMAN_RESOURCES)).get(url, {"email": "CLAIRE@x.fr"})
        assert "Claire Lenoir" in page.content.decode()
        assert client_of(claire).get(url, {"email": "claire@x.fr"}).status_code == 403
        blind = client_of(make_user(RoleKind.ADVISOR, first_name="A", last_name="B"))
        assert blind.get(url, {"last_name": "x"}).content.decode().strip() == ""

    @pytest.mark.parametrize("kind", [RoleKind.ADVISOR, RoleKind.ENTREPRENEUR])
    def test_merging_is_not_for_everybody(self, kind: str) -> None:
        one, other = make_person(), make_person()
        url = reverse("people:person_merge", args=[one.pk, other.pk])
        assert client_of(make_user(kind)).post(url, {"reason": "x"}).status_code == 403
        assert not MergeRecord.objects.exists()


class TestDesk:
    def test_every_page_opens_for_the_officer(self) -> None:
        officer = make_officer()
        proposal = proposed(forgotten_candidate(), on=timezone.localdate())
        for name, args in (
            ("data_desk", []),
            ("data_request_list", []),
            ("data_request_new", []),
            ("retention_list", []),
            ("retention_keep", [proposal.pk]),
            ("retention_erase", [proposal.pk]),
            ("incident_list", []),
            ("incident_new", []),
            ("processing_list", []),
            ("processing_new", []),
            ("processing_print", []),
            ("reading_list", []),
        ):
            url = reverse(f"people:{name}", args=args)
            assert client_of(officer).get(url).status_code == 200, name
            assert client_of(make_user(RoleKind.ADVISOR)).get(url).status_code == 403, name

    def test_a_request_is_answered_refused_or_lengthened_once(self) -> None:
        client = client_of(make_officer())
        sent = {"asker": "Jeanne", "received_on": "2026-01-31", "kind": "access", "text": "Tout"}
        client.post(reverse("people:data_request_new"), sent)
        row = DataRequest.objects.get()
        assert row.due_on == date(2026, 2, 28)
        act = "people:data_request_act"
        late = client.post(reverse(act, args=[row.pk, "prolonger"]), {"reason": "Complexe"})
        assert late.status_code == 422
        assert client.get(reverse(act, args=[row.pk, "refuser"])).status_code == 200
        client.post(reverse(act, args=[row.pk, "repondre"]), {"answer": "Envoyé le 3."})
        row.refresh_from_db()
        assert row.state == DataRequestState.ANSWERED
        assert client.post(reverse(act, args=[row.pk, "refuser"]), {"answer": "Non"}).status_code == 422
        row.refresh_from_db()
        assert row.answer == "Envoyé le 3."
        assert client.get(row.get_absolute_url()).status_code == 200
        assert client.get(reverse(act, args=[row.pk, "danser"])).status_code == 404

    def test_a_fresh_request_is_lengthened(self, claire: User) -> None:
        client_of(claire).post(reverse("people:own_request"), {"kind": "access", "text": "Tout"})
        row = DataRequest.objects.get()
        url = reverse("people:data_request_act", args=[row.pk, "prolonger"])
        client = client_of(make_officer())
        client.post(url, {"reason": "Archives à relire"})
        before = row.due_on
        row.refresh_from_db()
        assert row.due_on > before + timedelta(days=55)
        assert client.post(url, {"reason": "Encore"}).status_code == 422

    def test_an_incident_from_opening_to_closing(self) -> None:
        client = client_of(make_officer())
        known = timezone.localtime() - timedelta(hours=80)
        sent = {"title": "Clé perdue", "known_at": f"{known:%Y-%m-%dT%H:%M}", "facts": "Train", "data": "CV"}
        client.post(reverse("people:incident_new"), sent)
        row = DataIncident.objects.get()
        assert "72 heures passées" in client.get(row.get_absolute_url()).content.decode()
        notify = reverse("people:incident_act", args=[row.pk, "notifier"])
        now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
        assert client.post(notify, {"notified_at": now, "late_because": ""}).status_code == 422
        row.refresh_from_db()
        assert row.state == IncidentState.OPEN
        assert client.post(notify, {"notified_at": now, "late_because": "Week-end"}).status_code == 302
        edit = reverse("people:incident_edit", args=[row.pk])
        assert client.get(edit).status_code == 200
        client.post(edit, sent | {"risks": "Faibles"})
        close = reverse("people:incident_act", args=[row.pk, "clore"])
        assert client.post(close, {"conclusion": ""}).status_code == 422
        client.post(close, {"conclusion": "Clé retrouvée"})
        row.refresh_from_db()
        assert (row.state, row.risks) == (IncidentState.CLOSED, "Faibles")
        assert client.post(edit, sent | {"risks": "Fortes"}).status_code == 422

    def test_the_register_is_kept(self) -> None:
        client = client_of(make_officer())
        sent = {
            "name": "Paie",
            "purpose": "Payer",
            "basis": "contract",
            "people": "Salarié·es",
            "data": "NIR",
            "recipients": "Urssaf",
            "retention": "5 ans",
        }
        client.post(reverse("people:processing_new"), sent)
        row = Processing.objects.get()
        assert client.post(reverse("people:processing_new"), sent).status_code == 422
        stale = client.post(row.get_absolute_url(), sent | {"version": row.version + 1, "data": "x"})
        assert stale.status_code == 422
        client.post(row.get_absolute_url(), sent | {"version": row.version, "data": "NIR, IBAN"})
        row.refresh_from_db()
        assert row.data == "NIR, IBAN"
        assert "NIR, IBAN" in client.get(reverse("people:processing_print")).content.decode()

    def test_a_proposal_is_kept_then_another_erased(self) -> None:
        client = client_of(make_officer())
        one = proposed(forgotten_candidate(first_name="Ali"), on=timezone.localdate())
        keep = reverse("people:retention_keep", args=[one.pk])
        assert client.post(keep, {"reason": "Litige", "keep_until": "2020-01-01"}).status_code == 422
        until = timezone.localdate() + timedelta(days=40)
        client.post(keep, {"reason": "Litige", "keep_until": until.isoformat()})
        one.refresh_from_db()
        assert one.state == ProposalState.KEPT
        assert client.post(reverse("people:retention_erase", args=[one.pk])).status_code == 302
        assert Person.objects.get(pk=one.person_id).first_name == "Ali"
        other = proposed(forgotten_candidate(first_name="Zoé"), on=timezone.localdate())
        client.post(reverse("people:retention_erase", args=[other.pk]))
        assert not Person.objects.filter(first_name="Zoé").exists()
        assert client.get(reverse("people:retention_list") + "?state=erased").status_code == 200

    @pytest.mark.parametrize("kind", [RoleKind.CO_MANAGER, RoleKind.ADMINISTRATOR, RoleKind.HUMAN_RESOURCES])
    def test_only_the_officer_erases(self, kind: str) -> None:
        proposal = proposed(forgotten_candidate(), on=timezone.localdate())
        client = client_of(make_user(kind))
        for name, args in (
            ("retention_erase", [proposal.pk]),
            ("retention_keep", [proposal.pk]),
            ("retention_approve", []),
        ):
            sent = {"ids": [proposal.pk], "reason": "x", "keep_until": "2027-01-01"}
            assert client.post(reverse(f"people:{name}", args=args), sent).status_code == 403
        assert RetentionProposal.objects.get().state == ProposalState.PROPOSED
        assert not AuditEntry.objects.filter(verb="people.person.erase").exists()
        cache.clear()
