"""The pages of the register, of requests and of one's own situation: who sees them, how they refuse."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from cae.core import audit
from cae.core.documents import read_document
from cae.core.facts import todos_of
from cae.core.models import Document, Job, JobState, Signature
from governance.documents.register import lines_of, register_hash
from governance.models import Admission, Associate, College, ShareMovement
from governance.selectors.register import register_on
from governance.services.associates import Entry, inscribe
from governance.services.register_files import run_certify
from governance.services.voting_rights import notify_late
from governance.states.register import Category
from people.models import Role
from people.states import RoleKind
from tests.factories.governance import (
    make_associate,
    make_member,
    make_organiser,
    make_rule_set,
    make_share_class,
)
from tests.factories.governance_bodies import make_body, make_mandate
from tests.factories.governance_register import make_request
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def text_of(document: Document) -> str:
    pages = pypdf.PdfReader(BytesIO(read_document(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_register_is_read_as_of_a_day_searched_filtered_and_exported() -> None:
    client = client_of(make_organiser())
    college = College.objects.create(name="Usagers")
    make_associate(first_name="Ana", last_name="Ruiz", number=1, admitted_on=date(2024, 1, 1))
    make_associate(
        first_name="Zoé", last_name="Blanc", category=Category.BENEFICIARY, college=college, admitted_on=TODAY
    )
    page = reverse("governance:associate_list")

    def shown(query: str) -> list[bool]:
        html = client.get(page + query).content.decode()
        return ["Ana Ruiz" in html, "Zoé Blanc" in html]

    assert shown("") == [True, True]
    assert shown("?au=2026-11-24") == [True, False]
    assert shown("?au=2023-01-01") == [False, False]
    assert shown("?au=hier") == [True, True]
    assert shown("?q=ruiz") == [True, False]
    assert shown("?category=beneficiary") == [False, True]
    assert shown(f"?college={college.pk}") == [False, True]
    assert shown("?rights=suspended") == [False, False]
    csv = client.get(page + "?export=csv&au=2026-11-24")
    assert "Ana Ruiz" in csv.content.decode()
    assert "Zoé" not in csv.content.decode()


def test_the_list_asks_as_much_for_thirty_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(make_organiser())
    page = reverse("governance:associate_list")
    make_associate()
    client.get(page)
    with django_assert_max_num_queries(40) as one:
        assert client.get(page).status_code == 200
    for _rank in range(29):
        make_associate()
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status"),
    [(RoleKind.AUDITOR, 200), (RoleKind.ACCOUNTANT, 200), (RoleKind.ASSOCIATE, 403), (RoleKind.ADVISOR, 403)],
)
def test_who_reads_the_register(kind: str, status: int) -> None:
    client, associate = client_of(make_user(kind)), make_associate()
    assert client.get(reverse("governance:associate_list")).status_code == status
    assert client.get(reverse("governance:admission_list")).status_code == status
    assert client.get(reverse("governance:college_list")).status_code == status
    detail = client.get(associate.get_absolute_url()).status_code
    assert detail == (200 if status == 200 else 403)
    assert client.get(reverse("governance:associate_enter")).status_code == 403


def test_an_associate_sees_one_line_and_nobody_elses() -> None:
    user, mine = make_member()
    client, other = client_of(user), make_associate()
    assert "Droit de vote" in client.get(mine.get_absolute_url()).content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(reverse("governance:associate_lose", args=[mine.pk])).status_code == 403


def test_who_was_admitted_before_is_entered_in_one_form() -> None:
    client, person = client_of(make_organiser()), make_person(first_name="Ana", last_name="Ruiz")
    page = reverse("governance:associate_enter")
    typed = {
        "person": "Ana Ruiz",
        "category": "employee",
        "admitted_on": "2024-06-12",
        "decision": "AG du 12/06/2024",
    }
    wrong = client.post(page, typed | {"category": "public_body"})
    assert wrong.status_code == 422
    assert "Cette catégorie est celle d’organismes" in wrong.content.decode()
    assert "AG du 12/06/2024" in wrong.content.decode()
    assert not Associate.objects.exists()
    assert client.post(page, typed).status_code == 302
    associate = Associate.objects.get()
    assert associate.person == person
    again = client.post(page, typed)
    assert again.status_code == 422
    assert Associate.objects.count() == 1


def test_the_acts_on_an_associate_from_its_page() -> None:
    make_rule_set()
    client, on = client_of(make_organiser()), date(2026, 1, 1)
    body = inscribe(
        Entry("producer", on, "AG", organisation=OrganisationFactory.create(), representative=make_person()),
        actor=None,
        on=TODAY,
    )
    person = make_person(first_name="Ana", last_name="Ruiz")

    def post(name: str, *more: str, **typed: str) -> int:
        page = reverse(f"governance:associate_{name}", args=[body.pk, *more])
        assert client.get(page).status_code == 200
        return client.post(page, typed).status_code

    assert post("category", category="public_body", on="2026-02-01", reason="statuts") == 302
    assert post("category", category="public_body", on="2026-02-01", reason="statuts") == 422
    assert post("represent", person="Ana Ruiz", function="Maire", on="2026-03-01") == 302
    assert body.representatives.last().person == person or body.representatives.filter(person=person).exists()
    assert post("rights", "suspendre", reason="retard") == 422
    assert post("rights", "mise-en-demeure", reason="retard") == 302
    assert post("rights", "rendre", reason="payé") == 422
    html = client.get(body.get_absolute_url()).content.decode()
    assert "Mise en demeure" in html
    assert "Suspendre le droit de vote" in html
    assert post("lose", cause="dissolution", on="2026-11-25", decision="") == 302
    assert client.get(reverse("governance:associate_rights", args=[body.pk, "autre"])).status_code == 404
    html = client.get(body.get_absolute_url()).content.decode()
    assert "Dissolution de la personne morale" in html
    assert "Associé·e de la coopérative" not in html


def test_nobody_writes_on_their_own_right_to_vote() -> None:
    user, mine = make_member()
    manager = make_user(RoleKind.CO_MANAGER)
    own = make_associate(manager.person)
    page = reverse("governance:associate_rights", args=[own.pk, "mise-en-demeure"])
    assert client_of(manager).post(page, {"reason": "moi"}).status_code == 403
    others = reverse("governance:associate_rights", args=[mine.pk, "mise-en-demeure"])
    assert client_of(manager).post(others, {"reason": "retard"}).status_code == 302
    assert client_of(user).post(others, {"reason": "retard"}).status_code == 403


def test_colleges_are_opened_renamed_and_listed() -> None:
    client = client_of(make_organiser())
    page = reverse("governance:college_new")
    assert client.post(page, {"name": "Usagers", "rank": "1", "is_active": "on"}).status_code == 302
    assert client.post(page, {"name": "usagers", "rank": "1", "is_active": "on"}).status_code == 422
    college = College.objects.get()
    make_associate(college=college, category=Category.BENEFICIARY)
    edit = reverse("governance:college_edit", args=[college.pk])
    assert client.post(edit, {"name": "Usagers", "rank": "1"}).status_code == 422
    assert client.post(edit, {"name": "Bénéficiaires", "rank": "2", "is_active": "on"}).status_code == 302
    assert "Bénéficiaires" in client.get(reverse("governance:college_list")).content.decode()


def test_an_entrepreneur_asks_reads_again_and_sends() -> None:
    make_share_class()
    user = make_user(RoleKind.ENTREPRENEUR)
    client, own = client_of(user), reverse("governance:own_situation")
    assert "Devenir associé·e" in client.get(own).content.decode()
    sponsor = make_associate(first_name="Ana", last_name="Ruiz")
    typed = {
        "letter": "Décider avec les autres",
        "sponsor": "Ana Ruiz",
        "share_class": str(make_share_class().pk),
        "share_count": "0",
        "payment_plan": "on_pay",
    }
    page = reverse("governance:own_request")
    assert client.get(page).status_code == 200
    wrong = client.post(page, typed)
    assert wrong.status_code == 422
    assert "Décider avec les autres" in wrong.content.decode()
    assert client.post(page, typed | {"share_count": "3"}).status_code == 302
    admission = Admission.objects.get()
    assert (admission.sponsor, admission.created_by) == (sponsor, user)
    assert [todo.label for todo in todos_of(user, TODAY)] == ["Envoyer ma demande pour devenir associé·e"]
    detail = client.get(admission.get_absolute_url()).content.decode()
    assert "Envoyer ma demande" in detail
    assert "Mettre au vote" not in detail
    edit = reverse("governance:admission_edit", args=[admission.pk])
    assert client.post(edit, typed | {"share_count": "4"}).status_code == 302
    send = reverse("governance:admission_move", args=[admission.pk, "envoyer"])
    assert client.get(send).status_code == 200
    assert client.post(send).status_code == 302
    assert client.post(send).status_code == 422
    admission.refresh_from_db()
    assert (admission.state, admission.share_count) == ("submitted", 4)
    assert client.post(page, typed | {"share_count": "3"}).status_code == 422
    admit = reverse("governance:admission_move", args=[admission.pk, "admettre"])
    assert client.post(admit, {}).status_code == 403


def test_a_manager_processes_a_request_to_the_register() -> None:
    manager = make_organiser()
    client, user = client_of(manager), make_user(RoleKind.ENTREPRENEUR)
    admission = make_request(user.person, on=TODAY - DAY)
    assert [todo.label for todo in todos_of(manager, TODAY)] == ["Instruire 1 demande de sociétariat"]

    def post(move: str, **typed: str) -> int:
        return client.post(reverse("governance:admission_move", args=[admission.pk, move]), typed).status_code

    detail = client.get(admission.get_absolute_url()).content.decode()
    assert "Mettre au vote" in detail
    assert "Admettre" not in detail
    opinion = reverse("governance:admission_opinion", args=[admission.pk])
    assert client.post(opinion, {"opinion": "Oui", "category": "employee"}).status_code == 302
    assert post("admettre", decided_on="2026-11-25", decision="AG") == 422
    assert post("mettre-au-vote") == 302
    detail = client.get(admission.get_absolute_url()).content.decode()
    assert ("Changer de résolution" in detail, detail.count("btn-primary")) == (True, 1)
    assert post("admettre", decided_on="2026-11-25", decision="") == 422
    assert post("admettre", decided_on="2026-11-25", decision="AG du 25/11/2026") == 302
    assert post("refuser", decided_on="2026-11-25", decision="AG", reason="non") == 422
    associate = Associate.objects.get()
    assert associate.person == user.person
    assert "AG du 25/11/2026" in client.get(associate.get_absolute_url()).content.decode()
    assert str(user.person) in text(client.get(reverse("governance:admission_list") + "?state=admitted"))
    assert client.get(reverse("governance:admission_move", args=[admission.pk, "x"])).status_code == 404


def test_nobody_decides_on_their_own_request() -> None:
    manager = make_organiser()
    admission = make_request(manager.person, on=TODAY, actor=manager, to_vote=True)
    page = reverse("governance:admission_move", args=[admission.pk, "admettre"])
    typed = {"decided_on": "2026-11-25", "decision": "AG"}
    assert client_of(manager).post(page, typed).status_code == 403
    assert client_of(make_organiser()).post(page, typed).status_code == 302


def test_a_request_is_written_for_a_legal_person() -> None:
    shares = make_share_class()
    client = client_of(make_organiser())
    OrganisationFactory.create(name="Ville de Bègles")
    make_person(first_name="Ana", last_name="Ruiz")
    typed = {
        "organisation": "Ville de Bègles",
        "category": "public_body",
        "letter": "Soutenir",
        "share_class": str(shares.pk),
        "share_count": "10",
        "payment_plan": "at_once",
    }
    page = reverse("governance:admission_new")
    assert client.get(page).status_code == 200
    assert client.post(page, typed).status_code == 422
    assert client.post(page, typed | {"person": "Ana Ruiz"}).status_code == 422
    assert client.post(page, typed | {"representative": "Ana Ruiz"}).status_code == 302
    assert str(Admission.objects.get()) == "Ville de Bègles"


def test_ones_own_situation_says_the_right_to_vote() -> None:
    user, mine = make_member()
    notify_late(mine, at=timezone.now(), reason="Un versement en retard", actor=None)
    html = client_of(user).get(reverse("governance:own_situation")).content.decode()
    assert "Une voix à l’assemblée" in html
    assert f"{reverse('governance:own_shares')}?pour={mine.pk}" in html
    assert (
        client_of(make_user(RoleKind.CANDIDATE)).get(reverse("governance:own_situation")).status_code == 403
    )


def test_the_register_is_certified_signed_and_printed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    make_cooperative()
    manager = make_organiser()
    client = client_of(manager)
    make_associate(first_name="Ana", last_name="Ruiz", number=1, admitted_on=date(2024, 1, 1))
    page = reverse("governance:register_certify")
    typed = {"on": "2026-11-24", "name": "Claire Lenoir", "function": "Cogérante", "typed": "Claire Lenoir"}
    assert client.get(page + "?au=2026-11-24").status_code == 200
    assert client.post(page, typed | {"on": "2026-11-26"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, typed).status_code == 302
    job = Job.objects.get()
    assert (job.state, job.message) == (JobState.DONE, "")
    said = text_of(job.result)
    signature = Signature.objects.get()
    assert signature.content_sha256 == register_hash(lines_of(register_on(TODAY - DAY)), TODAY - DAY)
    for words in ("Ana Ruiz", "24/11/2026", "Claire Lenoir", signature.content_sha256[:20], "Cogérante"):
        assert words in said
    assert client.get(reverse("core:document", args=[job.result_id])).status_code == 200
    other = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert other.get(reverse("core:document", args=[job.result_id])).status_code == 404
    # Who certified it, and reads the register no more, opens it no more.
    Role.objects.filter(person=manager.person).update(ends_on=TODAY - DAY)
    client = client_of(manager)
    assert client.get(reverse("core:document", args=[job.result_id])).status_code == 404
    # A worker that comes back makes no second file.
    Job.objects.update(state=JobState.PENDING)
    run_certify(job.pk)
    assert Document.objects.filter(**audit.about(job)).count() == 1


def test_a_register_that_changed_since_it_was_signed_is_not_printed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    make_cooperative()
    client = client_of(make_organiser())
    typed = {"on": "2026-11-24", "name": "Claire", "typed": "Claire"}
    with django_capture_on_commit_callbacks(execute=False):
        client.post(reverse("governance:register_certify"), typed)
    make_associate(admitted_on=date(2024, 1, 1))
    job = Job.objects.get()
    run_certify(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message == "Le registre a changé depuis votre signature : certifiez-le de nouveau."
    assert not Document.objects.filter(kind="governance.register").exists()


def test_an_associate_takes_a_certificate(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    make_cooperative()
    user, mine = make_member()
    client = client_of(user)
    page = reverse("governance:associate_certificate", args=[mine.pk])
    assert client.post(page, {"on": "2026-11-26"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"on": "2026-11-25"}).status_code == 302
    job = Job.objects.get()
    assert str(mine) in text_of(job.result)
    assert client.get(reverse("core:document", args=[job.result_id])).status_code == 200
    stranger = client_of(make_member()[0])
    assert stranger.get(reverse("core:document", args=[job.result_id])).status_code == 404


def test_limits_and_mandates_are_said_after_a_change_of_the_register() -> None:
    make_rule_set(valid_from=date(2020, 1, 1))
    manager = make_organiser()
    client = client_of(manager)
    shares, one, other = make_share_class(), make_associate(), make_associate()
    for associate in (one, other):
        ShareMovement.objects.create(
            kind="issue", on=date(2026, 1, 1), share_class=shares, quantity=5, receiver=associate
        )
    mandate = make_mandate(make_body(), one.person)
    page = reverse("governance:associate_category", args=[other.pk])
    typed = {"category": "outside", "on": "2026-11-25", "reason": "départ"}
    assert "À régulariser" in text(client.post(page, typed, follow=True))
    gone = reverse("governance:associate_lose", args=[one.pk])
    typed = {"cause": "resignation", "on": "2026-11-25", "decision": ""}
    assert f"Mandat en cours : {mandate}" in text(client.post(gone, typed, follow=True))
