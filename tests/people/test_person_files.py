"""Civil status, situations at entry and today, skills: services, refusals, pages and what strangers get."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, Document
from people.models import CivilRecord, Deadline, OutsideJob, Person, Skill, SocialSituation, User
from people.services.civil import CivilData, save_civil_record
from people.services.situations import JobData, SituationData, save_situation
from people.services.skills import Proof, SkillData, check_skill, remove_skill, save_skill
from people.states import RoleKind
from people.states.situations import Moment, SkillKind
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
TODAY = date(2026, 11, 25)
PDF = b"%PDF-1.7 certificat"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def hr_user() -> User:
    return make_user(RoleKind.HUMAN_RESOURCES)


@pytest.fixture
def hr(hr_user: User) -> Client:
    return client_of(hr_user)


def own(user: User) -> Person:
    assert user.person is not None
    return user.person


def code_of(act: Any) -> Code:
    """The code of the refusal; nothing is left behind by it."""
    models: tuple[Any, ...] = (
        CivilRecord,
        SocialSituation,
        OutsideJob,
        Skill,
        Document,
        Deadline,
        AuditEntry,
    )
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with pytest.raises(Refused) as caught:
        act()
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    return caught.value.code


def civil(person: Person, *, version: int | None = None, **typed: Any) -> CivilRecord:
    return save_civil_record(person, data=CivilData(**typed), actor=None, on=TODAY, version=version)


def situation(person: Person, moment: Moment, day: date, *jobs: JobData, **more: Any) -> SocialSituation:
    data = SituationData(day, ["jobseeker_paid"], **more)
    return save_situation(person, moment=moment, data=data, jobs=jobs, actor=None, on=TODAY)


def skill(person: Person, name: str = "Habilitation B1V", **more: Any) -> Skill:
    proof = Proof(more.pop("content", PDF), "scan.pdf") if more.pop("with_proof", True) else None
    return save_skill(None, person=person, data=SkillData(name, **more), proof=proof, actor=None, on=TODAY)


def test_civil_status_is_written_and_the_journal_says_no_value() -> None:
    person = make_person()
    record = civil(person, birth_date=date(1990, 2, 28), birth_place="Dax", nationality="FR")
    assert (record.person, record.version) == (person, 1)
    entry = AuditEntry.objects.get(verb="people.civil.change")
    assert entry.detail == {"fields": ["birth_date", "birth_place", "nationality"]}
    assert civil(person, birth_date=date(1990, 2, 28), birth_place="Dax", version=1).version == 2
    assert code_of(lambda: civil(person, birth_place="Pau", version=1)) == Code.STALE_FORM
    # The same values again: nothing is written.
    civil(person, birth_date=date(1990, 2, 28), birth_place="Dax", version=2)
    assert AuditEntry.objects.filter(verb="people.civil.change").count() == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"birth_date": TODAY + timedelta(days=1)}, Code.DATE_INVALID),
        ({"birth_date": date(1901, 1, 1)}, Code.DATE_INVALID),
        ({"birth_date": date(2030, 1, 1)}, Code.DATE_INVALID),
        ({"emergency_phone": "0612345678"}, Code.VALUE_MISSING),
        ({"second_email": "CLAIRE@exemple.fr"}, Code.DUPLICATE),
    ],
)
def test_civil_refusals(typed: dict[str, Any], expected: Code) -> None:
    person = make_person(email="claire@exemple.fr")
    assert code_of(lambda: civil(person, **typed)) == expected
    with pytest.raises(IntegrityError), transaction.atomic():
        CivilRecord.objects.create(person=person, emergency_phone="0612345678")


def test_the_two_situations_stand_side_by_side(hr: Client) -> None:
    person = make_person()
    job = JobData("fixed_term", Decimal("17.5"), "Mairie de Dax", Decimal("980.00"))
    situation(person, Moment.ENTRY, date(2025, 3, 1), job, study_level="level_5", children=2)
    situation(person, Moment.TODAY, TODAY, study_level="level_6", children=2)
    page = hr.get(reverse("people:situation", args=[person.pk])).content.decode()
    assert "Mairie de Dax, 17,5 h par semaine, 980,00" in page
    assert "Niveau 5" in page
    assert "Niveau 6" in page
    assert page.count("a changé") == 1
    assert code_of(lambda: situation(person, Moment.TODAY, date(2025, 2, 1))) == Code.PERIOD_INVALID
    assert code_of(lambda: situation(person, Moment.TODAY, TODAY + timedelta(days=1))) == Code.DATE_INVALID
    entries = AuditEntry.objects.filter(verb="people.situation.change")
    assert "Mairie" not in str([entry.detail for entry in entries])


def test_a_situation_is_written_from_its_page_with_its_jobs(hr: Client) -> None:
    person = make_person()
    url = reverse("people:situation_entry", args=[person.pk])
    assert hr.get(url).status_code == 200
    typed = {
        "described_on": "2025-03-01", "statuses": ["jobseeker_paid", "employee"], "family_status": "single",
        "children": "1", "study_level": "level_7", "jobs-TOTAL_FORMS": "1", "jobs-INITIAL_FORMS": "0",
        "jobs-0-kind": "permanent", "jobs-0-employer": "Coopérative voisine", "jobs-0-weekly_hours": "12,5",
        "jobs-0-gross_monthly": "640",
    }  # fmt: skip
    assert hr.post(url, typed).status_code == 302
    row = SocialSituation.objects.get()
    assert (row.moment, row.statuses, row.jobs.get().weekly_hours) == (
        "entry", ["jobseeker_paid", "employee"], Decimal("12.5"),
    )  # fmt: skip
    wrong = hr.post(url, typed | {"version": "1", "jobs-0-weekly_hours": ""})
    assert wrong.status_code == 422
    assert "Combien d’heures" in wrong.content.decode()
    assert hr.post(url, typed | {"version": "1", "jobs-0-kind": ""}).status_code == 422
    # Emptied, the line takes the job away.
    emptied = {"version": "1", "jobs-0-kind": "", "jobs-0-employer": "", "jobs-0-weekly_hours": ""}
    assert hr.post(url, typed | emptied).status_code == 302
    assert not OutsideJob.objects.exists()
    assert hr.post(url, typed | {"version": "1"}).status_code == 422
    assert hr.post(url, typed | {"version": "2", "described_on": "2030-01-01"}).status_code == 422


def test_means_and_family_are_for_who_supports_the_person(hr: Client) -> None:
    holder = make_user(RoleKind.ENTREPRENEUR)
    page = reverse("people:situation", args=[own(holder).pk])
    change = reverse("people:situation_today", args=[own(holder).pk])
    assert client_of(holder).get(page).status_code == 200
    assert client_of(holder).post(change, {"described_on": "2026-01-01"}).status_code == 403
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER):
        assert client_of(make_user(kind)).get(page).status_code == 403
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(page).status_code == 404
    assert not SocialSituation.objects.exists()


def test_a_skill_that_ends_sets_a_date_and_its_proof_is_checked_by_another(hr_user: User) -> None:
    holder = make_user(RoleKind.ENTREPRENEUR)
    row = skill(own(holder), kind=SkillKind.AUTHORISATION, expires_on=date(2027, 6, 30))
    due = Deadline.objects.get(kind="qualification")
    assert (due.due_on, due.label, due.person) == (date(2027, 6, 30), "Habilitation B1V", own(holder))
    assert Document.objects.get(pk=row.proof_key).retention_until == date(2032, 6, 30)
    assert code_of(lambda: check_skill(row, actor=holder, now=timezone.now())) == Code.NOT_ALLOWED
    checked = check_skill(row, actor=hr_user, now=timezone.now())
    assert checked.is_checked
    assert code_of(lambda: check_skill(row, actor=hr_user, now=timezone.now())) == Code.ALREADY_DONE
    # Another date, another check; the date moves.
    again = save_skill(
        row,
        person=own(holder),
        data=SkillData("Habilitation B1V", expires_on=date(2028, 1, 31)),
        actor=None,
        on=TODAY,
    )
    assert not again.is_checked
    assert Deadline.objects.open().get().due_on == date(2028, 1, 31)
    remove_skill(row, actor=None, now=timezone.now())
    assert not Deadline.objects.open().exists()
    assert code_of(lambda: remove_skill(row, actor=None, now=timezone.now())) == Code.ALREADY_DONE


def test_skill_refusals(hr_user: User) -> None:
    person = make_person()
    assert code_of(lambda: skill(person, " ")) == Code.VALUE_MISSING
    crossed = {"obtained_on": date(2026, 2, 1), "expires_on": date(2026, 1, 31)}
    assert code_of(lambda: skill(person, **crossed)) == Code.PERIOD_INVALID
    assert code_of(lambda: skill(person, content=b"MZ\0\0programme")) == Code.FILE_REFUSED
    assert code_of(lambda: skill(person, content=b"des mots")) == Code.FILE_REFUSED
    assert code_of(lambda: skill(person, content=PDF + b"0" * 20 * 1024 * 1024)) == Code.FILE_REFUSED
    bare = skill(person, with_proof=False)
    assert code_of(lambda: check_skill(bare, actor=hr_user, now=timezone.now())) == Code.VALUE_MISSING
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.filter(pk=bare.pk).update(checked_at=timezone.now(), checked_by=hr_user)


def test_one_keeps_ones_own_skills_and_staff_checks_them(hr: Client) -> None:
    holder = make_user(RoleKind.ENTREPRENEUR)
    mine = client_of(holder)
    listed = reverse("people:skill_list", args=[own(holder).pk])
    assert "Aucune compétence notée" in mine.get(listed).content.decode()
    typed = {
        "kind": "diploma",
        "name": "CAP photographe",
        "level": "",
        "issuer": "Greta",
        "obtained_on": "2015-06-30",
    }
    add = reverse("people:skill_add", args=[own(holder).pk])
    assert mine.get(add).status_code == 200
    assert mine.post(add, typed | {"proof": SimpleUploadedFile("cap.pdf", PDF)}).status_code == 302
    assert mine.post(add, typed | {"proof": SimpleUploadedFile("cap.pdf", b"#!/bin/sh")}).status_code == 422
    row = Skill.objects.get()
    assert "à vérifier" in mine.get(listed).content.decode()
    check = reverse("people:skill_check", args=[row.pk])
    assert mine.post(check).status_code == 403
    assert hr.post(check).status_code == 302
    assert "vérifiée par" in hr.get(listed).content.decode()
    assert hr.post(check).status_code == 302  # said, nothing changed
    proof = reverse("core:document", args=[row.proof_key])
    assert (
        b"".join(
            mine.get(proof).streaming_content if mine.get(proof).streaming else [mine.get(proof).content]
        )
        == PDF
    )
    edit = reverse("people:skill_edit", args=[row.pk])
    assert mine.get(edit).status_code == 200
    assert mine.post(edit, typed | {"name": " "}).status_code == 422
    for stranger in (make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.WEBMASTER)):
        client = client_of(stranger)
        assert client.get(listed).status_code == 404
        assert client.get(proof).status_code in (403, 404)
        assert client.post(reverse("people:skill_remove", args=[row.pk])).status_code == 404
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(listed).status_code == 403
    remove = reverse("people:skill_remove", args=[row.pk])
    assert mine.post(remove).status_code == 302
    assert mine.post(remove).status_code == 302
    assert Skill.objects.get().removed_at is not None


def test_one_corrects_how_to_be_reached_and_asks_for_the_rest(hr: Client) -> None:
    holder = make_user(RoleKind.ENTREPRENEUR)
    civil(own(holder), birth_date=date(1988, 1, 2), birth_country="FR", nationality="PT")
    url = reverse("people:civil_edit", args=[own(holder).pk])
    typed = {
        "mobile": "06 12 34 56 78",
        "emergency_name": "Ana",
        "emergency_phone": "0611111111",
        "version": "1",
    }
    mine, list_link = client_of(holder), f'href="{reverse("people:person_list")}"'
    page = mine.get(url).content.decode()
    assert "birth_date" not in page
    # The way down begins with the list for those who have it.
    assert list_link not in page
    assert list_link in hr.get(url).content.decode()
    assert mine.post(url, typed | {"birth_date": "1970-01-01"}).status_code == 302
    record = CivilRecord.objects.get()
    assert (record.birth_date, record.mobile, record.nationality) == (
        date(1988, 1, 2),
        "06 12 34 56 78",
        "PT",
    )
    assert hr.post(url, typed | {"version": "2", "birth_date": "1989-01-02"}).status_code == 302
    assert hr.post(url, typed | {"version": "2"}).status_code == 422
    assert hr.post(url, typed | {"version": "3", "mobile": "abc"}).status_code == 422
    page = hr.get(own(holder).get_absolute_url()).content.decode()
    assert "Ana · 0611111111" in page
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(url).status_code == 403
    assert client_of(make_user(RoleKind.ENTREPRENEUR)).get(url).status_code == 404


def test_a_person_reads_and_has_erased_what_the_file_holds() -> None:
    person = make_person()
    civil(person, civility="mrs", birth_date=date(1990, 2, 28), birth_place="Dax", birth_country="PT")
    situation(person, Moment.ENTRY, date(2025, 3, 1), JobData("other", Decimal(3)))
    skill(person, expires_on=date(2027, 1, 1))
    subject = next(one for one in facts.personal_data() if one.code == "people.files")
    said = str([[held.label, *held.rows] for held in subject.held(person, None)])
    for word in ("Madame", "Dax", "Portugal", "indemnisé", "Habilitation B1V"):
        assert word in said
    assert subject.erase is not None
    assert subject.erase(person, TODAY) >= 3
    assert not CivilRecord.objects.exists()
    assert not SocialSituation.objects.exists()
    assert not Skill.objects.exists()
    assert not Deadline.objects.open().exists()
