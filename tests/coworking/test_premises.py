"""Premises shared, keys lent, agreements, faults, training, pictures: each act, each refusal."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from cae.core.documents import read_document
from cae.core.errors import Code
from cae.core.models import Notice
from coworking.models import AccessLoan, Charge, Place, PlaceAgreement, PlacePhoto, Tenancy
from coworking.selectors.place_data import held_of_places
from coworking.selectors.place_search import find_places
from coworking.selectors.premises import items_to_lend
from coworking.services.agreements import AgreementData, Paper, change_agreement, sign_agreement
from coworking.services.faults import (
    FAULT_TOLD,
    ClearanceData,
    end_clearance,
    give_clearance,
    repair_fault,
    take_fault,
    tell_fault,
)
from coworking.services.keys import ItemData, LoanData, add_item, give_back, lend, lose, withdraw_item
from coworking.services.photos import MOST_PHOTOS, add_photo, put_photo_first, remove_photo
from coworking.services.premises import CostData, TenancyData, let_in, see_out, share_cost, take_cost_back
from coworking.services.resources import withdraw_resource
from coworking.states.members import ChargeState
from coworking.states.places import AccessKind, LoanState, ResourceKind
from tests.factories.coworking import make_facilitator, make_place, make_resource
from tests.factories.coworking_members import place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import OrganisationFactory, make_person, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PDF = Paper(b"%PDF-1.7 bail", "C:\\bail.pdf")


def ago(days: int) -> Any:
    return timezone.localdate() - timedelta(days=days)


def picture(side: int = 40) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (side, side), "green").save(drawn, "PNG")
    return drawn.getvalue()


def test_a_cost_is_shared_between_those_of_its_days_and_due_where_somebody_pays() -> None:
    place, ours, ada = place_that_sells(), make_activity(), make_person()
    theirs = OrganisationFactory.create()
    first = let_in(
        place, data=TenancyData(ago(300), 24, activity=ours, is_billed=True), lease=PDF, actor=None
    )
    let_in(place, data=TenancyData(ago(40), 16, organisation=theirs, ends_on=ago(31)), actor=None)
    assert first.lease is not None
    assert first.lease.name == "bail.pdf"
    data = CostData("Énergie", Decimal("100.00"), ago(50), ago(31))
    cost = share_cost(place, data=data, actor=None)
    # 24 × 20 days, 16 × 10.
    assert [(one.days, one.amount) for one in cost.shares.order_by("pk")] == [
        (20, Decimal("75.00")),
        (10, Decimal("25.00")),
    ]
    due = Charge.objects.get()
    assert (due.payer.activity, due.amount, due.day) == (ours, Decimal("75.00"), ago(31))
    with refused(Code.DUPLICATE, "label"):
        share_cost(place, data=data, actor=None)
    # Nobody comes into days that are shared, nor leaves them.
    with refused(Code.PERIOD_CLOSED, "starts_on"):
        let_in(place, data=TenancyData(ago(45), 10, person=ada), actor=None)
    with refused(Code.PERIOD_CLOSED, "last_day"):
        see_out(first, last_day=ago(40), actor=None)
    take_cost_back(cost, actor=None)
    due.refresh_from_db()
    assert due.state == ChargeState.WAIVED
    assert share_cost(place, data=data, actor=None).shares.count() == 2
    with refused(Code.STALE_FORM):
        see_out(first, last_day=ago(1), version=first.version + 1, actor=None)
    assert see_out(first, last_day=ago(1), version=first.version, actor=None).ends_on == ago(1)
    with refused(Code.ALREADY_DONE, "last_day"):
        see_out(first, last_day=ago(1), actor=None)
    with refused(Code.PERIOD_INVALID, "last_day"):
        see_out(first, last_day=ago(400), actor=None)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({}, Code.VALUE_MISSING, "activity"),
        ({"person": True, "organisation": True}, Code.VALUE_MISSING, "activity"),
        ({"person": True, "weight": 0}, Code.VALUE_INVALID, "weight"),
        ({"person": True, "ends_on": ago(11)}, Code.PERIOD_INVALID, "ends_on"),
        ({"person": True, "rooms": "x" * 201}, Code.TEXT_TOO_LONG, "rooms"),
        ({"activity": True}, Code.DUPLICATE, "starts_on"),
        ({"activity": True, "ends_on": ago(5)}, Code.DUPLICATE, "starts_on"),
    ],
)
def test_what_makes_no_tenant_is_refused_at_its_field(facts: dict[str, Any], code: Code, field: str) -> None:
    place, known = make_place(), make_activity()
    rows = {"activity": known, "person": make_person(), "organisation": OrganisationFactory.create()}
    let_in(place, data=TenancyData(ago(10), 1, activity=known), actor=None)
    named = {name: rows.get(name, value) for name, value in facts.items()}
    with refused(code, field):
        let_in(place, data=TenancyData(**{"starts_on": ago(10), "weight": 1} | named), actor=None)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"amount": Decimal(0)}, Code.AMOUNT_INVALID, "amount"),
        ({"ends_on": ago(30)}, Code.PERIOD_INVALID, "ends_on"),
        ({"starts_on": ago(900), "ends_on": ago(890)}, Code.NOT_ALLOWED, "starts_on"),
    ],
)
def test_what_is_no_cost_is_refused_at_its_field(facts: dict[str, Any], code: Code, field: str) -> None:
    place = make_place()
    let_in(place, data=TenancyData(ago(100), 1, person=make_person()), actor=None)
    typed = {"label": "Eau", "amount": Decimal(10), "starts_on": ago(20), "ends_on": ago(10)} | facts
    with refused(code, field):
        share_cost(place, data=CostData(**typed), actor=None)


def test_a_key_is_held_by_one_person_and_its_deposit_comes_back() -> None:
    place, ada, bob = make_place(), make_person(), make_person()
    item = add_item(place, data=ItemData(AccessKind.KEY, "Clé 12", deposit=Decimal(30)), actor=None)
    loan = lend(item, data=LoanData(ada, ago(5), deposit=Decimal(30)), actor=None)
    assert not items_to_lend(place).exists()
    with refused(Code.ALREADY_DONE, "item", str(ada)):
        lend(item, data=LoanData(bob, ago(1)), actor=None)
    with refused(Code.NOT_ALLOWED):
        withdraw_item(item, actor=None)
    for on in (ago(6), ago(-1)):
        with refused(Code.DATE_INVALID, "on"):
            give_back(loan, on=on, actor=None)
    with refused(Code.AMOUNT_INVALID, "deposit_back"):
        give_back(loan, on=ago(0), deposit_back=Decimal(31), actor=None)
    loan = give_back(loan, on=ago(0), note="Rendue en main propre", actor=None)
    assert (loan.state, loan.deposit_back, loan.note) == ("returned", Decimal(30), "Rendue en main propre")
    again = lend(item, data=LoanData(bob, ago(0), deposit=Decimal(20)), actor=None)
    lost = lose(again, on=ago(0), actor=None)
    assert (lost.state, lost.deposit_back) == (LoanState.LOST, Decimal(0))
    with refused(Code.PERIOD_CLOSED):
        lend(item, data=LoanData(ada, ago(0)), actor=None)
    with refused(Code.ALREADY_DONE):
        withdraw_item(item, actor=None)
    other = add_item(place, data=ItemData(AccessKind.BADGE, "Badge 1"), actor=None)
    assert withdraw_item(other, actor=None).archived_at is not None
    assert AccessLoan.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"kind": "spell"}, Code.VALUE_INVALID, "kind"),
        ({"label": " "}, Code.VALUE_MISSING, "label"),
        ({"label": "clé 1"}, Code.DUPLICATE, "label"),
        ({"opens": "x" * 121}, Code.TEXT_TOO_LONG, "opens"),
        ({"deposit": Decimal(-1)}, Code.AMOUNT_INVALID, "deposit"),
    ],
)
def test_what_opens_nothing_is_refused_at_its_field(facts: dict[str, Any], code: Code, field: str) -> None:
    place = make_place()
    add_item(place, data=ItemData(AccessKind.KEY, "Clé 1"), actor=None)
    with refused(code, field):
        add_item(place, data=ItemData(**{"kind": AccessKind.KEY, "label": "Clé 2"} | facts), actor=None)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"lent_on": ago(-1)}, Code.DATE_INVALID, "lent_on"),
        ({"due_on": ago(9)}, Code.PERIOD_INVALID, "due_on"),
        ({"deposit": Decimal(-1)}, Code.AMOUNT_INVALID, "deposit"),
        ({"note": "x" * 201}, Code.TEXT_TOO_LONG, "note"),
    ],
)
def test_what_is_no_loan_is_refused_at_its_field(facts: dict[str, Any], code: Code, field: str) -> None:
    item = add_item(make_place(), data=ItemData(AccessKind.KEY, "Clé 1"), actor=None)
    person = make_person()
    with refused(code, field):
        lend(item, data=LoanData(**{"person": person, "lent_on": ago(5)} | facts), actor=None)


def test_an_agreement_binds_once_at_a_time_with_its_paper() -> None:
    place, host = make_place(), OrganisationFactory.create()
    data = AgreementData(host, ago(100), days_a_month=20, price_excl_tax=Decimal(150))
    agreement = sign_agreement(place, data=data, paper=PDF, actor=None)
    assert agreement.document is not None
    assert read_document(agreement.document) == PDF.content
    for wrong, code, field in (
        (AgreementData(host, ago(50)), Code.DUPLICATE, "starts_on"),
        (AgreementData(host, ago(200), ago(90)), Code.DUPLICATE, "starts_on"),
        (AgreementData(host, ago(50), ago(60)), Code.PERIOD_INVALID, "ends_on"),
        (AgreementData(host, ago(50), price_excl_tax=Decimal(-1)), Code.AMOUNT_INVALID, "price_excl_tax"),
        (AgreementData(host, ago(50), audience="x" * 301), Code.TEXT_TOO_LONG, "audience"),
        (AgreementData(host, ago(50), note="x" * 2001), Code.TEXT_TOO_LONG, "note"),
    ):
        with refused(code, field):
            sign_agreement(place, data=wrong, actor=None)
    with refused(Code.FILE_REFUSED, "paper"):
        other = AgreementData(host, ago(300), ago(200))
        sign_agreement(place, data=other, paper=Paper(b"MZ\0\0", "bail.pdf"), actor=None)
    ended = AgreementData(host, ago(100), ago(10))
    changed = change_agreement(agreement, data=ended, paper=Paper(b"%PDF-1.7 avenant", ""), actor=None)
    assert (changed.ends_on, changed.document.name) == (ago(10), "convention.pdf")  # type: ignore[union-attr]
    assert sign_agreement(place, data=AgreementData(host, ago(9)), actor=None).pk != agreement.pk
    assert PlaceAgreement.objects.count() == 2


def test_a_fault_is_told_to_those_who_run_the_place_seen_to_and_repaired() -> None:
    place = make_place()
    room, runner, teller = make_resource(place), make_facilitator(place), make_user()
    make_facilitator(make_place())
    fault = tell_fault(room, text="  La lampe   grésille ", actor=teller)
    assert fault.text == "La lampe grésille"
    assert [one.user for one in Notice.objects.filter(kind=FAULT_TOLD)] == [runner]
    with refused(Code.DUPLICATE, "text"):
        tell_fault(room, text="la lampe grésille", actor=runner)
    with refused(Code.VALUE_MISSING, "text"):
        tell_fault(room, text=" ", actor=teller)
    fault = take_fault(fault, actor=runner)
    with refused(Code.TEXT_TOO_LONG, "outcome"):
        repair_fault(fault, outcome="x" * 501, actor=runner)
    fault = repair_fault(fault, outcome="Ampoule changée", actor=runner)
    assert (fault.state, fault.outcome) == ("repaired", "Ampoule changée")
    assert tell_fault(room, text="La lampe grésille", actor=teller).pk != fault.pk
    withdraw_resource(room, actor=None)
    with refused(Code.PERIOD_CLOSED):
        tell_fault(room, text="Encore", actor=teller)


def test_somebody_is_trained_for_a_machine_until_a_day() -> None:
    place, ada = make_place(), make_person()
    laser = make_resource(place, ResourceKind.MACHINE, needs_training=True)
    room = make_resource(place)
    given = give_clearance(laser, data=ClearanceData(ada, ago(10), trained_by="Atelier"), actor=None)
    for wrong, code, field in (
        (ClearanceData(ada, ago(5)), Code.DUPLICATE, "person"),
        (ClearanceData(ada, ago(50), ago(9)), Code.DUPLICATE, "person"),
        (ClearanceData(ada, ago(50), ago(60)), Code.PERIOD_INVALID, "ends_on"),
        (ClearanceData(ada, ago(50), trained_by="x" * 121), Code.TEXT_TOO_LONG, "trained_by"),
    ):
        with refused(code, field):
            give_clearance(laser, data=wrong, actor=None)
    with refused(Code.NOT_ALLOWED):
        give_clearance(room, data=ClearanceData(ada, ago(5)), actor=None)
    with refused(Code.PERIOD_INVALID, "last_day"):
        end_clearance(given, last_day=ago(11), actor=None)
    assert end_clearance(given, last_day=ago(1), actor=None).ends_on == ago(1)
    with refused(Code.ALREADY_DONE, "last_day"):
        end_clearance(given, last_day=ago(0), actor=None)
    assert give_clearance(laser, data=ClearanceData(ada, ago(0), ago(-30)), actor=None).ends_on == ago(-30)


def test_a_picture_is_drawn_anew_and_told_in_words() -> None:
    place = make_place()
    with refused(Code.VALUE_MISSING, "text"):
        add_photo(place, content=picture(), text=" ", actor=None)
    for content in (b"%PDF-1.7", picture()[:60]):
        with refused(Code.FILE_REFUSED, "file"):
            add_photo(place, content=content, text="La salle", actor=None)
    photos = [add_photo(place, content=picture(), text=f"Vue {rank}", actor=None) for rank in range(3)]
    with Image.open(BytesIO(read_document(photos[0].document))) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (40, 40))
    put_photo_first(photos[2], actor=None)
    assert [one.text for one in place.photos.all()] == ["Vue 2", "Vue 0", "Vue 1"]
    remove_photo(photos[0], actor=None)
    assert PlacePhoto.objects.count() == 2
    for rank in range(3, MOST_PHOTOS + 1):
        add_photo(place, content=picture(), text=f"Vue {rank}", actor=None)
    with refused(Code.NOT_ALLOWED):
        add_photo(place, content=picture(), text="De trop", actor=None)


def test_what_a_place_holds_of_somebody_and_what_the_search_finds() -> None:
    place = make_place("Le Rucher", city="Hagetmau")
    user = make_user()
    ada = user.person
    assert ada is not None
    laser = make_resource(place, ResourceKind.MACHINE, needs_training=True)
    give_clearance(laser, data=ClearanceData(ada, ago(10)), actor=None)
    item = add_item(place, data=ItemData(AccessKind.KEY, "Clé 12"), actor=None)
    lend(item, data=LoanData(ada, ago(5)), actor=None)
    let_in(place, data=TenancyData(ago(10), 1, person=ada), actor=None)
    tell_fault(laser, text="Elle ne coupe plus", actor=user)
    assert [len(part.rows) for part in held_of_places(ada, None)] == [1, 1, 1, 1]
    assert [len(part.rows) for part in held_of_places(make_person(), None)] == [0, 0, 0, 0]
    draft = make_place("Le Rucher bis", opened_on=None)
    assert [hit.url for hit in find_places(user, "rucher", 5)] == [place.public_url]
    runner = make_facilitator(place)
    assert [hit.url for hit in find_places(runner, "RUCHER", 5)] == [
        place.get_absolute_url(),
        draft.get_absolute_url(),
    ]
    assert Place.objects.public().get() == place
    assert str(Tenancy.objects.get()) == str(ada)
