"""Vehicles, papers and trips as their person keeps them, and who else reads them."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.models import AuditEntry, Document, Job, Notice
from invoicing.models import FavouriteTrip, MileageScale, MileageTrip, Vehicle, VehiclePaper
from invoicing.services.expenses import ENTERED
from invoicing.services.mileage import keep_favourite
from invoicing.services.mileage_files import LOG_FILE, make_log
from people.states import RoleKind
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing_claims import car, insurance, registration, submitted, trip
from tests.factories.invoicing_expenses import agree, picture
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_member, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"invoicing:{name}", args=args)


@pytest.fixture
def author():
    return make_entrepreneur()


def typed(vehicle: Vehicle, **values: Any) -> dict[str, Any]:
    said = {
        "vehicle": vehicle.pk,
        "on": timezone.localdate().strftime("%d/%m/%Y"),
        "start": "Lyon",
        "arrival": "Vienne",
        "purpose": "Chantier Martin",
        "km": "30,5",
        "returns": "on",
        "form_key": str(uuid.uuid4()),
    }
    return said | values


def test_a_vehicle_then_its_papers_then_a_trip(author):
    user, _activity = author
    browser = client_of(user)
    vehicle = {"label": "Kangoo", "kind": "car", "power": "4", "plate": "ab-123-cd"}
    answer = browser.post(url("vehicle_new"), vehicle, follow=True)
    made = Vehicle.objects.get()
    assert "Il manque aujourd’hui : Carte grise, Attestation d’assurance." in text(answer)
    refused = browser.post(url("trip_new"), typed(made))
    assert refused.status_code == 422
    assert "déposez-les d’abord" in text(refused)
    today = timezone.localdate()
    for kind in ("registration", "insurance"):
        paper = {
            "kind": kind,
            "file": SimpleUploadedFile("papier.jpg", picture(1)),
            "valid_from": today.strftime("%d/%m/%Y"),
            "valid_until": (today + timedelta(days=300)).strftime("%d/%m/%Y"),
            "covers_business": "on",
        }
        browser.post(url("vehicle_paper_new", made.pk), paper)
    answer = browser.post(url("trip_new"), typed(made, favourite="on"), follow=True)
    assert "Trajet de 61 km : 36,97 €" in text(answer)
    assert FavouriteTrip.objects.get().km == Decimal("30.5")
    assert made.plate == "AB-123-CD"


def test_the_amount_is_said_while_it_is_typed(author):
    user, _activity = author
    vehicle = car(user)
    answer = client_of(user).post(url("trip_live"), typed(vehicle))
    assert "36,97 €" in text(answer)
    assert "Barème 2026" in text(answer)
    half = client_of(user).post(url("trip_live"), {"vehicle": vehicle.pk})
    assert half.status_code == 200


def test_what_misses_is_said_while_it_is_typed(author):
    user, _activity = author
    answer = client_of(user).post(url("trip_live"), typed(car(user, papers=False)))
    assert "Il manque à ce jour : Carte grise." in text(answer)


def test_a_favourite_writes_itself(author):
    user, activity = author
    favourite = keep_favourite(trip(user, activity, car(user)), actor=user)
    page = client_of(user).get(url("trip_new"), {"favori": favourite.pk})
    assert 'value="Chantier Martin"' in page.content.decode()
    client_of(user).post(url("favourite_trip_drop", favourite.pk))
    assert not FavouriteTrip.objects.exists()


def test_a_trip_is_changed_then_taken_out(author):
    user, activity = author
    vehicle = car(user)
    made = trip(user, activity, vehicle)
    browser = client_of(user)
    assert "0,606 € du kilomètre" in text(browser.get(made.get_absolute_url()))
    day = made.on.strftime("%d/%m/%Y")
    browser.post(url("trip_edit", made.pk), typed(vehicle, km="31", returns="", on=day, version="1"))
    made.refresh_from_db()
    assert made.km == Decimal("31.0")
    stale = browser.post(url("trip_edit", made.pk), typed(vehicle, km="9", returns="", on=day, version="1"))
    assert stale.status_code in {409, 422}
    browser.post(url("trip_remove", made.pk))
    assert not MileageTrip.objects.exists()


def test_a_corrected_vehicle_says_what_follows(author):
    user, activity = author
    vehicle = car(user)
    made = trip(user, activity, vehicle, "100")
    page = url("vehicle_edit", vehicle.pk)
    said = {"label": "Kangoo", "kind": "car", "power": "5", "plate": "AB-123-CD"}
    assert client_of(user).get(page).status_code == 200
    client_of(user).post(page, said)
    made.line.refresh_from_db()
    assert made.line.amount == Decimal("63.60")


def test_a_vehicle_is_put_away_and_taken_up(author):
    user, _activity = author
    vehicle = car(user)
    for put_away in (True, False):
        client_of(user).post(url("vehicle_archive", vehicle.pk))
        vehicle.refresh_from_db()
        assert (vehicle.archived_at is not None) == put_away


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"covers_business": ""}, "ne couvre aucun trajet"),
        ({"valid_until": ""}, "Indiquez les dates"),
        ({"valid_from": "02/01/2027", "valid_until": "01/01/2027"}, "La fin ne peut pas précéder"),
        ({"file": SimpleUploadedFile("a.jpg", b"MZ\0\0")}, "est un programme"),
        ({"file": SimpleUploadedFile("a.jpg", b"bonjour")}, "Déposez un PDF"),
    ],
)
def test_a_paper_that_proves_nothing_is_refused(author, values, word):
    user, _activity = author
    vehicle = car(user, papers=False)
    paper = {
        "kind": "insurance",
        "file": SimpleUploadedFile("papier.jpg", picture(1)),
        "valid_from": "01/01/2026",
        "valid_until": "31/12/2026",
        "covers_business": "on",
    }
    answer = client_of(user).post(url("vehicle_paper_new", vehicle.pk), paper | values)
    assert answer.status_code == 422
    assert word in text(answer)
    assert not VehiclePaper.objects.exists()


class TestWho:
    def test_a_colleague_sees_neither_vehicle_nor_trip(self, author):
        user, activity = author
        made = trip(user, activity, car(user))
        other, _activity = make_entrepreneur()
        browser = client_of(other)
        assert browser.get(made.get_absolute_url()).status_code == 404
        assert browser.get(made.vehicle.get_absolute_url()).status_code == 404
        assert browser.get(url("trip_edit", made.pk)).status_code == 404
        paper = made.vehicle.papers.first().document
        assert browser.get(reverse("core:document", args=[paper.pk])).status_code in {403, 404}

    def test_whoever_checks_opens_the_papers_and_changes_nothing(self, author):
        user, activity = author
        made = trip(user, activity, car(user))
        submitted(user, activity)
        browser = client_of(make_user(RoleKind.ACCOUNTANT))
        assert browser.get(made.get_absolute_url()).status_code == 200
        assert browser.get(made.vehicle.get_absolute_url()).status_code == 200
        paper = made.vehicle.papers.first().document
        assert browser.get(reverse("core:document", args=[paper.pk])).status_code == 200
        assert browser.get(url("vehicle_edit", made.vehicle.pk)).status_code == 403


class TestForSomebodyElse:
    def test_staff_write_the_vehicle_the_papers_and_the_trip_of_who_agreed(self, author):
        user, activity = author
        agree(user.person, on=date(2026, 1, 1))
        staff = make_user(RoleKind.ACCOUNTANT)
        browser, whose = client_of(staff), f"?pour={user.person_id}"
        assert f"Pour {user.person}" in text(browser.get(url("trip_new") + whose))
        said = {"label": "Kangoo", "kind": "car", "power": "4", "plate": "ab-123-cd"}
        browser.post(url("vehicle_new") + whose, said)
        vehicle = Vehicle.objects.get()
        assert vehicle.person == user.person
        assert browser.get(url("vehicle_edit", vehicle.pk)).status_code == 200
        registration(vehicle, staff)
        insurance(vehicle, staff)
        live = browser.post(url("trip_live"), typed(vehicle, person=user.person_id))
        assert "61" in text(live)
        browser.post(url("trip_new") + whose, typed(vehicle, person=user.person_id))
        made = MileageTrip.objects.get()
        assert (made.line.claim.person, made.line.claim.activity) == (user.person, activity)
        assert made.line.created_by == staff
        assert Notice.objects.get(user=user, kind=ENTERED).subject.startswith(staff.get_full_name())
        for verb in ("invoicing.add_vehicle", "invoicing.record_trip"):
            assert AuditEntry.objects.get(verb=verb).actor == staff

    def test_nobody_writes_for_who_did_not_agree(self, author):
        user, _activity = author
        vehicle, browser = car(user), client_of(make_user(RoleKind.ACCOUNTANT))
        whose = f"?pour={user.person_id}"
        assert browser.get(url("vehicle_new") + whose).status_code == 404
        assert browser.post(url("trip_new") + whose, typed(vehicle)).status_code == 404
        sent = typed(vehicle, person=user.person_id)
        assert browser.post(url("trip_new"), sent).status_code == 404
        assert browser.post(url("trip_live"), sent).status_code == 404
        assert not MileageTrip.objects.exists()

    def test_a_colleague_writes_a_trip_but_keeps_no_vehicle(self, author):
        user, activity = author
        agree(user.person)
        vehicle = car(user)
        colleague = make_user(RoleKind.ENTREPRENEUR)
        make_member(colleague.person, activity.scope)
        browser, whose = client_of(colleague), f"?pour={user.person_id}"
        assert browser.get(url("vehicle_new") + whose).status_code == 403
        browser.post(url("trip_new") + whose, typed(vehicle, person=user.person_id))
        assert MileageTrip.objects.get().line.created_by == colleague


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("name", ["trip_list", "vehicle_list"])
def test_lists_ask_the_same_questions_for_any_number(author, name, count, django_assert_max_num_queries):
    user, activity = author
    vehicle = car(user)
    for rank in range(count):
        trip(user, activity, vehicle, "10")
        if name == "vehicle_list":
            car(user, papers=False, plate=f"AA-{rank:03}-AA")
    browser = client_of(user)
    browser.get(url(name))
    with django_assert_max_num_queries(25):
        assert browser.get(url(name)).status_code == 200


def test_the_log_leaves_as_a_file(author):
    user, activity = author
    trip(user, activity, car(user))
    answer = client_of(user).get(url("trip_list"), {"export": "csv"})
    assert answer.status_code == 200
    assert "Chantier Martin" in b"".join(answer).decode("utf-8-sig")


class TestScale:
    def test_the_scale_of_a_year_is_begun_from_the_last(self, author):
        user, activity = author
        made = trip(user, activity, car(user), "100")
        browser = client_of(make_user(RoleKind.ACCOUNTANT))
        assert "Barème 2026" in text(browser.get(url("mileage_scale_list")))
        scale = MileageScale.objects.get()
        page = url("mileage_scale_new", scale.pk)
        assert browser.get(page).status_code == 200
        said: dict[str, Any] = {"year": 2026, "electric_factor": "1,2", "source": "Arrêté de mars 2026"}
        for band in scale.bands.all():
            said |= {f"rate-{band.pk}": str(band.rate * 2), f"plus-{band.pk}": str(band.plus)}
        assert browser.post(page, said | {"source": ""}).status_code == 422
        assert MileageScale.objects.count() == 1
        browser.post(page, said)
        made.line.refresh_from_db()
        assert made.line.amount == Decimal("121.20")
        assert "version 2" in text(browser.get(url("mileage_scale_list")))

    def test_nobody_else_writes_it(self, author):
        browser = client_of(author[0])
        assert browser.get(url("mileage_scale_list")).status_code == 403


class TestLog:
    def test_the_year_is_printed_for_its_person(self, author, django_capture_on_commit_callbacks):
        user, activity = author
        make_cooperative()
        made = trip(user, activity, car(user), "30.5")
        browser = client_of(user)
        assert browser.get(url("mileage_log")).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(url("mileage_log"), {"year": made.on.year})
        job = Job.objects.get()
        make_log(job.pk)
        document = Document.objects.get(kind=LOG_FILE)
        printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(read_document(document))).pages)
        assert "Chantier Martin" in printed
        assert "18,48" in printed
        other, _activity = make_entrepreneur()
        assert client_of(other).get(reverse("core:document", args=[document.pk])).status_code in {403, 404}
        assert browser.get(reverse("core:document", args=[document.pk])).status_code == 200

    def test_a_year_without_trips_has_no_log(self, author):
        make_cooperative()
        assert client_of(author[0]).post(url("mileage_log"), {"year": 2026}).status_code == 422
        assert not Job.objects.exists()
