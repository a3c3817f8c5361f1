"""Applying: drafts, links, sending once, withdrawing; a refusal leaves nothing changed (ENT-01 to ENT-05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from cae.core import audit, links
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document, Notice, OutgoingEmail, PersonalLink, Signature
from cae.core.periods import last_day
from cae.core.signing import evidence_of
from entrepreneurs.calculations.steps import StepCode
from entrepreneurs.models import Application, Charter, DocumentRequest
from entrepreneurs.selectors.applications import charter_on, fingerprint, papers_of, steps_of, welcomers_of
from entrepreneurs.services.application_mails import MOST_LINKS, renew_link, send_links
from entrepreneurs.services.applications import erase_forgotten_drafts, save_step, type_charter
from entrepreneurs.services.charters import publish_charter
from entrepreneurs.services.papers import receive_paper
from entrepreneurs.services.sending_applications import submit_application, withdraw_application
from entrepreneurs.states.applications import APPLICATION_LINK, ApplicationState, Door
from people.models import Person, Role, StatusPeriod
from people.selectors.statuses import statuses_on
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories import applications as make
from tests.factories.people import make_person, make_territory, make_user, scope_of_territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def send(application: Application, **more: Any) -> Application:
    told: dict[str, Any] = {"consents": True, "origin": make.ORIGIN, "now": timezone.now()} | more
    return submit_application(application, **told)


def world() -> list[Any]:
    models: tuple[Any, ...] = (Application, Person, StatusPeriod, Role, Signature, OutgoingEmail)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_a_draft_sends_its_link_to_the_address_and_names_nobody_in_the_journal() -> None:
    application = make.draft(Door.ACTIVITY)
    assert application.state == ApplicationState.DRAFT
    assert links.find_link(make.link_of(application), APPLICATION_LINK).about_id == str(application.pk)
    assert sorted(papers_of(application).values_list("kind", flat=True)) == ["cv", "sales_proof"]
    assert make.EMAIL not in str(application)
    assert "Roy" not in str(application)


def test_somebody_signed_in_goes_on_without_link() -> None:
    user = make_user(RoleKind.CANDIDATE)
    application = make.draft(Door.IDEA, actor=user)
    assert application.person == user.person
    assert not PersonalLink.objects.filter(**audit.about(application)).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"door": "window"}, "door"), ({"first_name": " "}, "first_name"), ({"email": "nina"}, "email")],
)
def test_a_draft_without_a_name_or_an_address_is_refused(changed: dict[str, str], field: str) -> None:
    before = world()
    told = {"door": Door.IDEA, "email": make.EMAIL, "first_name": "Nina", "last_name": "Roy"} | changed
    with pytest.raises(Refused) as refusal:
        make.draft(**told)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert world() == before


def test_a_page_is_kept_even_incomplete() -> None:
    application = make.draft(Door.IDEA)
    shown = fingerprint(application, StepCode.YOU)
    save_step(application, StepCode.YOU, values={"city": "Crest"}, shown=shown, now=timezone.now())
    application.refresh_from_db()
    assert application.city == "Crest"
    assert {step.code: step.state for step in steps_of(application, timezone.localdate())}[
        StepCode.YOU
    ] == "partial"


def test_two_windows_on_one_step_lose_nothing() -> None:
    application = make.draft(Door.IDEA)
    shown = fingerprint(application, StepCode.SKILLS)
    now = timezone.now()
    save_step(application, StepCode.SKILLS, values={"skills": "Tournage"}, shown=shown, now=now)
    with pytest.raises(Refused) as refusal:
        save_step(application, StepCode.SKILLS, values={"skills": "Émaillage"}, shown=shown, now=now)
    assert refusal.value.code == Code.STALE_FORM
    application.refresh_from_db()
    assert application.skills == "Tournage"
    again = fingerprint(application, StepCode.SKILLS)
    save_step(application, StepCode.SKILLS, values={"skills": "Émaillage"}, shown=again, now=now)


def test_the_same_page_sent_twice_is_no_conflict_and_other_steps_neither() -> None:
    application, now = make.draft(Door.IDEA), timezone.now()
    shown = fingerprint(application, StepCode.SKILLS)
    for _twice in range(2):
        save_step(application, StepCode.SKILLS, values={"skills": "Tournage"}, shown=shown, now=now)
    save_step(
        application,
        StepCode.YOU,
        values={"city": "Die"},
        shown=fingerprint(application, StepCode.YOU),
        now=now,
    )


def test_a_step_answers_its_own_questions_only() -> None:
    application = make.draft(Door.IDEA)
    values = {"skills": "Tournage", "state": "accepted", "customers": "x", "city": "Die"}
    row = save_step(
        application,
        StepCode.SKILLS,
        values=values,
        shown=fingerprint(application, StepCode.SKILLS),
        now=timezone.now(),
    )
    assert (row.skills, row.state, row.customers, row.city) == ("Tournage", "draft", "", "")


@pytest.mark.parametrize("door", list(Door))
def test_sending_opens_the_file_and_the_status_and_says_the_reference(door: str) -> None:
    territory, today = make_territory(), timezone.localdate()
    advisor = make_user(RoleKind.ADVISOR)
    charter = make.make_charter()
    application = make.submitted(door, territory=territory)
    assert application.state == ApplicationState.SUBMITTED
    assert application.reference == f"C{today.year}-1"
    person = application.person
    assert person is not None
    assert (person.full_name, person.email, person.territory) == ("Nina Roy", make.EMAIL, territory)
    status = statuses_on(person, today).get()
    assert (status.kind, status.about_label) == (StatusKind.CANDIDATE, str(application))
    assert application.retention_until == last_day(today, months=24)
    assert application.consent_at == application.sent_at
    assert (application.charter, application.charter_typed) == (charter, "Nina Roy")
    signature = application.charter_signature
    assert signature is not None
    assert signature.content_sha256 == charter.sha256
    assert evidence_of(signature).intact
    assert not papers_of(application).exclude(person=person).exists()
    assert {paper.about_label for paper in papers_of(application)} == {str(application)}
    mail = OutgoingEmail.objects.latest("pk")
    assert mail.to == make.EMAIL
    assert application.reference in mail.subject
    assert Notice.objects.filter(user=advisor, about_id=str(application.pk)).count() == 1


def test_sending_twice_is_sending_once() -> None:
    application = make.whole()
    send(application)
    before = world()
    with pytest.raises(IllegalMove):
        send(application)
    assert world() == before
    with pytest.raises(IllegalMove):
        save_step(application, StepCode.YOU, values={"city": "Die"}, shown="", now=timezone.now())
    assert world() == before


@pytest.mark.parametrize("more", [{"consents": False}, {}])
def test_without_consent_or_with_a_step_to_complete_nothing_leaves(more: dict[str, Any]) -> None:
    make.make_charter()
    application = make.whole()
    if not more:
        type_charter(application, name="", number=0, now=timezone.now())
    before = world()
    with pytest.raises(Refused) as refusal:
        send(application, **more)
    assert refusal.value.code == Code.VALUE_MISSING
    assert world() == before


def test_the_person_known_by_the_address_and_the_name_is_found_again() -> None:
    known = make_person(first_name="Nina", last_name="ROY", email="Nina.Roy@exemple.fr")
    assert make.submitted().person == known


def test_the_same_address_under_another_name_is_somebody_else() -> None:
    known = make_person(first_name="Paul", last_name="Roy", email=make.EMAIL)
    assert make.submitted().person != known


def test_one_application_of_a_person_waits_at_a_time() -> None:
    first = make.submitted()
    second = make.whole(Door.IDEA)
    before = world()
    with pytest.raises(Refused) as refusal:
        send(second)
    assert refusal.value.code == Code.DUPLICATE
    assert first.reference in str(refusal.value)
    assert world() == before
    withdraw_application(first, reason="", now=timezone.now())
    assert send(second).state == ApplicationState.SUBMITTED


def test_withdrawing_ends_the_status_and_tells_both_sides() -> None:
    advisor = make_user(RoleKind.ADVISOR)
    application = make.submitted()
    withdraw_application(application, reason="J’ai trouvé un emploi", now=timezone.now())
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert application.person is not None
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert not statuses_on(application.person, tomorrow).exists()
    assert Notice.objects.filter(user=advisor, text="J’ai trouvé un emploi").exists()
    assert OutgoingEmail.objects.latest("pk").cause == "entrepreneurs.application_withdrawn"
    before = world()
    with pytest.raises(IllegalMove):
        withdraw_application(application, reason="", now=timezone.now())
    assert world() == before


def test_the_charter_signed_is_the_version_in_force() -> None:
    first = make.make_charter("Première.")
    application = make.draft(Door.IDEA)
    with pytest.raises(Refused) as refusal:
        type_charter(application, name="Nina Roy", number=first.number + 1, now=timezone.now())
    assert refusal.value.code == Code.STALE_FORM
    type_charter(application, name="Nina Roy", number=first.number, now=timezone.now())
    make.make_charter("Deuxième.")
    application.refresh_from_db()
    meaning = {step.code: step for step in steps_of(application, timezone.localdate())}[StepCode.MEANING]
    assert "charter" in meaning.missing


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"reason": " "}, "reason"),
        ({"text": "Nous partageons."}, "text"),
        ({"valid_from": timezone.localdate() - timedelta(days=1)}, "valid_from"),
    ],
)
def test_a_version_of_the_charter_says_something_new_and_why(more: dict[str, Any], field: str) -> None:
    make.make_charter("Nous partageons.")
    today = timezone.localdate()
    told = {"text": "Autre", "reason": "Revue", "valid_from": today, "on": today, "actor": None} | more
    with pytest.raises(Refused) as refusal:
        publish_charter(**told)
    assert refusal.value.field == field
    assert Charter.objects.count() == 1
    assert charter_on(today) is not None


def test_a_link_is_renewed_to_the_same_address_and_no_more_than_a_few_times() -> None:
    application = make.draft(Door.IDEA)
    token = make.link_of(application)
    cache.clear()
    sent = OutgoingEmail.objects.count()
    for _again in range(MOST_LINKS + 2):
        assert renew_link(token, now=timezone.now())
    assert OutgoingEmail.objects.count() == sent + MOST_LINKS
    assert not renew_link("inconnu", now=timezone.now())


def test_the_links_of_an_address_go_to_it_alone() -> None:
    application = make.draft(Door.IDEA)
    cache.clear()
    sent = OutgoingEmail.objects.count()
    send_links("personne@exemple.fr", now=timezone.now())
    assert OutgoingEmail.objects.count() == sent
    send_links(make.EMAIL.upper(), now=timezone.now())
    assert OutgoingEmail.objects.count() == sent + 1
    assert OutgoingEmail.objects.latest("pk").to == application.email


def test_a_forgotten_draft_is_erased_with_its_papers_and_links() -> None:
    now, today = timezone.now(), timezone.localdate()
    application = make.draft(Door.IDEA)
    paper = papers_of(application).get()
    receive_paper(paper, content=make.PDF, name="cv.pdf", actor=None, now=now)
    kept = make.submitted(email="autre@exemple.fr", first_name="Ali", last_name="Nor")
    assert erase_forgotten_drafts(today) == 0
    assert erase_forgotten_drafts(application.retention_until) == 0
    assert Document.objects.filter(pk=DocumentRequest.objects.get(pk=paper.pk).document_id).exists()
    Application.objects.filter(pk=application.pk).update(retention_until=today - timedelta(days=1))
    assert erase_forgotten_drafts(today) == 1
    assert not Application.objects.filter(pk=application.pk).exists()
    assert not DocumentRequest.objects.filter(pk=paper.pk).exists()
    assert not PersonalLink.objects.filter(**audit.about(application)).exists()
    assert Application.objects.filter(pk=kept.pk).exists()


def test_those_who_welcome_there_are_told_and_not_those_elsewhere() -> None:
    here, elsewhere = make_territory("Diois"), make_territory("Royans")
    near = make_user(RoleKind.ADVISOR, scope=scope_of_territory(here))
    make_user(RoleKind.ADVISOR, scope=scope_of_territory(elsewhere))
    application = make.submitted(territory=here)
    today = timezone.localdate()
    assert welcomers_of(application, today) == [near]
    assert Application.objects.visible_to(near).get() == application


def test_a_draft_is_its_candidate_s_alone() -> None:
    make.whole()
    for kind in (RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR):
        assert not Application.objects.visible_to(make_user(kind)).exists()
