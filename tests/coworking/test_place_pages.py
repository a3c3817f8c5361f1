"""The pages of places: who opens them, what they show, what a refusal says, what a form keeps."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import todos_of
from coworking.models import AccessLoan, Closure, Fault, Place, Resource
from coworking.services.hours import ClosureData, close_over
from coworking.services.keys import ItemData, LoanData, add_item, lend
from coworking.services.photos import add_photo
from coworking.services.premises import CostData, TenancyData, let_in, share_cost
from coworking.services.resources import withdraw_resource
from coworking.states.places import AccessKind, ResourceKind
from people.states import RoleKind
from tests.coworking.test_place_services import at
from tests.coworking.test_premises import PDF, ago, picture
from tests.factories.coworking import make_facilitator, make_place, make_resource, take
from tests.factories.coworking_members import make_plan
from tests.factories.people import OrganisationFactory, make_admin, make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
TABS = ("place", "hours", "resources", "keys", "premises", "agreements")
FORMS = (
    *("place_change", "week_set", "closure_set", "resource_add", "photos", "tenancy_begin", "cost_share"),
    *("key_add", "key_lend"),
)


def url(name: str, *args: Any) -> str:
    return reverse(f"coworking:{name}", args=args)


def test_whoever_runs_a_place_opens_its_pages_and_those_of_no_other() -> None:
    place, other = make_place("Le Rucher"), make_place("La Halte")
    room = make_resource(place, needs_training=True, prices={"hour": "10"})
    client = client_of(make_facilitator(place))
    for name in (*TABS, *FORMS):
        assert client.get(url(name, place.pk)).status_code == 200, name
    for name in ("resource", "resource_change", "unit_add", "tariff_set", "clearance_give"):
        assert client.get(url(name, room.pk)).status_code == 200, name
    # Elsewhere they read what the team reads, and change nothing.
    assert client.get(url("place", other.pk)).status_code == 200
    for name in (*FORMS, "keys", "premises", "agreements"):
        assert client.get(url(name, other.pk)).status_code == 403, name
    for name in ("place_open", "place_close", "agreement_sign"):
        assert client.get(url(name, place.pk)).status_code == 403, name
    assert client.get(url("place_list")).status_code == 200
    manager = client_of(make_user(RoleKind.CO_MANAGER))
    for name in (*TABS, "agreement_sign"):
        assert manager.get(url(name, place.pk)).status_code == 200, name
    assert manager.get(url("place_change", place.pk)).status_code == 403
    entrepreneur = client_of(make_user(RoleKind.ENTREPRENEUR))
    for name in TABS:
        assert entrepreneur.get(url(name, place.pk)).status_code == 403, name


def test_a_place_is_entered_changed_opened_and_closed_from_its_pages() -> None:
    client = client_of(make_admin())
    typed = {"name": "La Halte", "city": "La Réole", "kind": "coworking", "zone": "rural", "hold": "own"}
    typed |= {"visitor_days": "30", "is_public": "on", "latitude": "44,5812"}
    answer = client.post(url("place_enter"), typed)
    assert answer.status_code == 422
    assert "la latitude et la longitude" in text(answer)
    assert 'value="La Halte"' in answer.content.decode()
    client.post(url("place_enter"), typed | {"longitude": "-0,0357"})
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (Decimal("44.5812"), Decimal("-0.0357"))
    assert Client().get(place.public_url).status_code == 404
    # The team sees the page before anybody else.
    assert "Seule l’équipe voit cette page" in text(client.get(place.public_url))
    client.post(url("place_open", place.pk), {"on": "2025-01-01"})
    assert Client().get(place.public_url).status_code == 200
    stale = client.post(url("place_change", place.pk), typed | {"longitude": "0", "version": "1"})
    assert stale.status_code == 422
    answer = client.post(url("place_close", place.pk), {"on": "2025-02-01", "reason": ""})
    assert answer.status_code == 422
    client.post(url("place_close", place.pk), {"on": "2025-02-01", "reason": "Fin du bail"})
    assert "Fin du bail" in text(client.get(place.get_absolute_url()))
    assert Client().get(place.public_url).status_code == 404


def test_hours_are_typed_as_said_and_closures_by_day_or_hour() -> None:
    place = make_place()
    room = make_resource(place)
    client, later = client_of(make_facilitator(place)), timezone.localdate() + timedelta(days=30)
    form = client.get(url("week_set", place.pk))
    assert 'value="9h-18h"' in form.content.decode()
    answer = client.post(url("week_set", place.pk), {"starts_on": later.isoformat(), "day_0": "matin"})
    assert answer.status_code == 422
    assert "« matin » n’est pas compris" in text(answer)
    answer = client.post(url("week_set", place.pk), {"starts_on": later, "day_0": "9h-12h, 11h-13h"})
    assert "se chevauchent" in text(answer)
    client.post(url("week_set", place.pk), {"starts_on": later, "day_0": "9h-12h30"})
    assert "Horaires à venir" in text(client.get(url("hours", place.pk)))
    typed = {"reason": "Ménage", "resource": room.pk, "first_day": later.isoformat()}
    client.post(url("closure_set", place.pk), typed | {"first_hour": "08:00", "last_hour": "10:00"})
    closure = Closure.objects.get()
    assert (closure.during.upper - closure.during.lower) == timedelta(hours=2)
    client.post(url("closure_set", place.pk), typed | {"resource": "", "reason": "Férié"})
    whole = Closure.objects.get(resource=None)
    assert timezone.localtime(whole.during.upper).date() == later + timedelta(days=1)
    # The last Sunday of March, at half past two, does not come.
    jump = {"reason": "Nuit", "first_day": "2027-03-28", "first_hour": "02:30", "last_hour": "04:00"}
    answer = client.post(url("closure_set", place.pk), jump)
    assert answer.status_code == 422
    assert "l’heure d’été commence" in text(answer)
    # Over a booking: said with the number, then given back when the box is ticked.
    booking = take(room, at(12, 10), at(12, 11), name="Ada Nom", email="ada@exemple.fr")
    travaux = {"reason": "Travaux", "first_day": timezone.localdate(at(12)).isoformat()}
    answer = client.post(url("closure_set", place.pk), travaux)
    assert answer.status_code == 422
    assert "(1)" in text(answer)
    client.post(url("closure_set", place.pk), travaux | {"cancel": "on"})
    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("cancelled", "Travaux")
    assert Closure.objects.filter(reason="Travaux").exists()
    client.post(url("closure_lift", whole.pk))
    assert not Closure.objects.filter(pk=whole.pk).exists()


def test_what_is_booked_is_added_priced_and_withdrawn_from_its_page() -> None:
    place = make_place()
    client = client_of(make_facilitator(place))
    typed = {"kind": ResourceKind.DESK, "units": "3", "name": "Plateau", "seats": "1", "position": "0"}
    typed |= {"buffer_before": "0", "buffer_after": "0", "cut_off": "1440", "equipment": ["printer"]}
    client.post(url("resource_add", place.pk), typed)
    desks = Resource.objects.get()
    assert (desks.step, desks.units.count()) == (30, 3)
    prices = {"starts_on": timezone.localdate().isoformat(), "vat_code": "normal", "day": "15,50"}
    client.post(url("tariff_set", desks.pk), prices | {"other_day": "20"})
    shown = text(client.get(url("resource", desks.pk)))
    assert "15,50 €" in shown
    assert "Imprimante" in shown
    client.post(url("unit_add", desks.pk), {"labels": "Fenêtre\n\nCour"})
    client.post(url("unit_add", desks.pk), {"labels": "", "units": "1"})
    assert [unit.label for unit in desks.units.all()][3:] == ["Fenêtre", "Cour", "6"]
    assert client.post(url("unit_add", desks.pk), {"labels": "Cour"}).status_code == 422
    act, unit = url("resource_act", desks.pk), desks.units.all()[0]
    for do, archived in (("withdraw_unit", True), ("bring_back_unit", False)):
        client.post(act, {"do": do, "unit": unit.pk})
        unit.refresh_from_db()
        assert (unit.archived_at is not None) == archived
    assert client.post(act, {"do": "withdraw_unit", "unit": "0"}).status_code == 404
    answer = client.post(url("resource_change", desks.pk), typed | {"name": "Le plateau", "version": "1"})
    assert answer.status_code == 302
    for do, archived in (("withdraw", True), ("bring_back", False)):
        client.post(act, {"do": do})
        desks.refresh_from_db()
        assert (desks.archived_at is not None) == archived


def test_who_is_trained_is_noted_and_ended() -> None:
    place = make_place()
    laser = make_resource(place, ResourceKind.MACHINE, needs_training=True)
    client, ada = client_of(make_admin()), make_person(first_name="Ada", last_name="Nom")
    client.post(url("clearance_give", laser.pk), {"person": "Ada Nom", "starts_on": ago(5)})
    given = laser.clearances.get()
    assert given.person == ada
    assert "Ada Nom" in text(client.get(url("resource", laser.pk)))
    client.post(url("clearance_end", given.pk))
    given.refresh_from_db()
    assert given.ends_on == timezone.localdate()


def test_a_fault_is_told_from_its_code_and_awaited_by_who_runs_the_place() -> None:
    place = make_place()
    room, runner = make_resource(place), make_facilitator(place)
    address = url("fault_tell", room.fault_key)
    assert Client().get(address).status_code == 302
    teller = client_of(make_user())
    answer = teller.post(address, {"text": ""})
    assert answer.status_code == 422
    assert "l’équipe du lieu est prévenue" in text(teller.post(address, {"text": "La lampe grésille"}))
    again = teller.post(address, {"text": "La lampe grésille"})
    assert again.status_code == 422
    assert "déjà signalée" in text(again)
    fault = Fault.objects.get()
    assert "S’occuper d’une panne" in [one.label for one in todos_of(runner, timezone.localdate())]
    assert todos_of(make_facilitator(make_place()), timezone.localdate()) == []
    act = url("fault_act", fault.pk)
    assert teller.post(act, {"do": "take"}).status_code == 403
    client = client_of(runner)
    client.post(act, {"do": "take"})
    client.post(act, {"do": "repair", "outcome": "Ampoule changée"})
    fault.refresh_from_db()
    assert (fault.state, fault.outcome) == ("repaired", "Ampoule changée")
    assert "Ampoule changée" in text(client.get(url("resource", room.pk)))
    withdraw_resource(room, actor=None)
    assert teller.get(address).status_code == 404
    assert teller.get(url("fault_tell", "nothing")).status_code == 404


def test_keys_go_out_come_back_or_are_lost_and_late_ones_are_awaited() -> None:
    place, ada = make_place(), make_person(first_name="Ada", last_name="Nom")
    runner, client = make_facilitator(place), client_of(make_admin())
    client.post(url("key_add", place.pk), {"kind": "key", "label": "Clé 12", "deposit": "30"})
    item = place.access_items.get()
    form = client.get(f"{url('key_lend', place.pk)}?cle={item.pk}").content.decode()
    assert 'value="30,00"' in form
    lent = {"item": item.pk, "person": "Ada Nom", "lent_on": ago(9), "due_on": ago(2), "deposit": "30"}
    client.post(url("key_lend", place.pk), lent)
    loan = AccessLoan.objects.get()
    assert "En retard" in text(client.get(url("keys", place.pk)))
    waiting = [one.label for one in todos_of(runner, timezone.localdate())]
    assert f"Réclamer «\u00a0Clé 12\u00a0» à {ada}" in waiting
    answer = client.post(url("loan_end", loan.pk), {"on": ago(0), "deposit_back": "31"})
    assert answer.status_code == 422
    client.post(url("loan_end", loan.pk), {"on": ago(0), "do": "give_back"})
    again = lend(item, data=LoanData(ada, ago(0)), actor=None)
    client.post(url("loan_end", again.pk), {"on": ago(0), "do": "lose"})
    again.refresh_from_db()
    assert again.state == "lost"
    assert "Perdu" in text(client.get(url("keys", place.pk)))
    badge = add_item(place, data=ItemData(AccessKind.BADGE, "Badge 1"), actor=None)
    client.post(url("key_withdraw", badge.pk))
    badge.refresh_from_db()
    assert badge.archived_at is not None


def test_premises_are_shared_from_their_page() -> None:
    place, client = make_place(), client_of(make_admin())
    OrganisationFactory.create(name="Éditions du Ver")
    typed = {"organisation": "Éditions du Ver", "weight": "24", "starts_on": ago(300)}
    lease = SimpleUploadedFile("bail.pdf", PDF.content)
    client.post(url("tenancy_begin", place.pk), typed | {"paper": lease})
    tenancy = place.tenancies.get()
    assert tenancy.lease is not None
    let_in(place, data=TenancyData(ago(300), 16, person=make_person()), actor=None)
    answer = client.post(url("tenancy_begin", place.pk), typed | {"is_billed": "on", "starts_on": ago(900)})
    assert answer.status_code == 422
    cost = {"label": "Énergie", "amount": "100", "starts_on": ago(60), "ends_on": ago(31)}
    client.post(url("cost_share", place.pk), cost)
    shown = text(client.get(url("premises", place.pk)))
    assert "60,00 €" in shown
    assert "Total des clés : 40" in shown
    assert client.post(url("cost_share", place.pk), cost).status_code == 422
    answer = client.post(url("tenancy_end", tenancy.pk), {"last_day": ago(40)})
    assert answer.status_code == 422
    client.post(url("cost_take_back", place.costs.get().pk))
    client.post(url("tenancy_end", tenancy.pk), {"last_day": ago(40), "version": "1"})
    tenancy.refresh_from_db()
    assert tenancy.ends_on == ago(40)
    share_cost(place, data=CostData("Eau", Decimal(10), ago(20), ago(10)), actor=None)
    # The file of a lease is opened by whoever reads the premises, not by others.
    document = reverse("core:document", args=[tenancy.lease.pk])
    assert client_of(make_facilitator(place)).get(document).status_code == 200
    for user in (make_facilitator(make_place()), make_user()):
        assert client_of(user).get(document).status_code in (403, 404)


def test_agreements_and_pictures_are_kept_from_their_pages() -> None:
    place, client = make_place(), client_of(make_admin())
    OrganisationFactory.create(name="Foyers ruraux")
    typed = {"organisation": "Foyers ruraux", "starts_on": ago(100), "days_a_month": "20"}
    client.post(url("agreement_sign", place.pk), typed)
    assert client.post(url("agreement_sign", place.pk), typed).status_code == 422
    agreement = place.agreements.get()
    client.post(url("agreement_change", agreement.pk), typed | {"ends_on": ago(1)})
    assert "Hors vigueur" in text(client.get(url("agreements", place.pk)))
    brought = SimpleUploadedFile("salle.png", picture())
    client.post(url("photos", place.pk), {"file": brought, "text": "La grande salle"})
    wrong = SimpleUploadedFile("salle.png", b"%PDF-1.7")
    answer = client.post(url("photos", place.pk), {"file": wrong, "text": "La grande salle"})
    assert answer.status_code == 422
    second = add_photo(place, content=picture(), text="La cour", actor=None)
    client.post(url("photo_act", second.pk), {"do": "first"})
    assert [one.text for one in place.photos.all()] == ["La cour", "La grande salle"]
    image = url("place_photo", place.slug, second.pk)
    assert Client().get(image)["Content-Type"] == "image/jpeg"
    client.post(url("photo_act", second.pk), {"do": "remove"})
    assert Client().get(image).status_code == 404


def test_anybody_finds_a_place_its_hours_its_prices_and_its_rules() -> None:
    halte = make_place(
        *("La Halte",),
        city="La Réole",
        charter="On range ce qu’on utilise.",
        latitude=Decimal("44.5812"),
        longitude=Decimal("-0.0357"),
    )
    make_place("Le Comptoir", city="Bègles", zone="urban", latitude=Decimal("44.8087"), longitude=Decimal(0))
    hidden = make_place("Le Cabanon", city="Dax", is_public=False)
    room = make_resource(halte, name="Salle Garonne", prices={"hour": "12", "other_hour": "18"})
    close_over(halte, data=ClosureData(at(20, 9), at(20, 18), "Congés d’été"), actor=None)
    close_over(halte, data=ClosureData(at(20, 9), at(20, 18), "Peinture", room), actor=None)
    client = Client()
    listed = text(client.get("/lieux/"))
    assert "La Halte" in listed
    assert "Le Cabanon" not in listed
    assert "<svg" in client.get("/lieux/").content.decode()
    for query, found in (
        ("q=reole", True),
        ("zone=urban", False),
        ("nature=fablab", False),
        ("zone=x", True),
    ):
        assert ("La Halte" in text(client.get(f"/lieux/?{query}"))) == found, query
    assert "Aucun lieu ne correspond" in text(client.get("/lieux/?nature=fablab"))
    shown = text(client.get(halte.public_url))
    for words in ("12,00 €", "18,00 €", "On range ce qu’on utilise.", "09:00–18:00", "Congés d’été"):
        assert words in shown, words
    assert "Peinture" not in shown
    assert "Louer" not in shown
    make_resource(halte, is_public=True)
    make_plan(halte, "Deux jours par semaine", own="90.00", other="120.00")
    with_plans = text(client.get(halte.public_url))
    for words in ("Louer", "Venir travailler ici", "Deux jours par semaine", "90,00 €", "120,00 €"):
        assert words in with_plans, words
    assert client.get(hidden.public_url).status_code == 404
