"""Plans begun and changed: what each refuses, in one sentence at its field (INV-25)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code
from entrepreneurs.models import Activity
from invoicing.models import RecurringPlan
from invoicing.services.making import make_documents
from invoicing.services.recurring import change_plan, create_plan, end_plan
from invoicing.states.recurring import MakingMode, Period
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import invoicing_recurring as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import firm, line
from tests.factories.invoicing_purchases import make_approved_order, make_purchase_order
from tests.factories.people import make_user
from tests.factories.quotes import quote
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
D = Decimal


def test_what_a_plan_says_wrong_is_refused_at_its_field(shop: Activity, seller: User) -> None:
    model, good, today = make.model_of(shop), make.content(), timezone.localdate()
    before = today - timedelta(days=1)
    wrong: list[tuple[dict[str, Any], Code, str]] = [
        ({"title": " "}, Code.VALUE_MISSING, "title"),
        ({"every": "week"}, Code.VALUE_INVALID, "every"),
        ({"first_on": before}, Code.DATE_INVALID, "first_on"),
        ({"until": before}, Code.PERIOD_INVALID, "until"),
        ({"index_rate": D(0), "index_since": today}, Code.AMOUNT_INVALID, "index_rate"),
        ({"index_rate": D("0.51"), "index_since": today}, Code.AMOUNT_INVALID, "index_rate"),
        ({"index_rate": D("0.02")}, Code.VALUE_MISSING, "index_since"),
        ({"index_since": today}, Code.VALUE_MISSING, "index_rate"),
        ({"index_rate": D("0.5"), "index_since": date(1900, 1, 1)}, Code.DATE_INVALID, "index_since"),
    ]
    for changed, code, field in wrong:
        with refused(code, field):
            create_plan(
                model, content=replace(good, **changed), form_key=uuid.uuid4(), on=today, actor=seller
            )


def test_only_what_stands_alone_is_made_again(shop: Activity, seller: User) -> None:
    note = sales.issue(sales.credit(make.model_of(shop)))
    for model in (sales.draft(shop), note, quote(shop), make_purchase_order(shop)):
        with refused(Code.ILLEGAL_MOVE):
            make.make_plan(model, actor=seller)


def test_what_leaves_by_itself_needs_somebody_trusted_and_an_address(shop: Activity, seller: User) -> None:
    learner = make_user(RoleKind.ENTREPRENEUR)
    school = make_activity(learner)
    bare = sales.issued(shop, line(), customer=firm(shop, siren=sales.SIRENS[1]))
    for model, actor, code in (
        (make.model_of(school), learner, Code.NOT_ALLOWED),
        (bare, seller, Code.VALUE_MISSING),
        (make_approved_order(shop), seller, Code.VALUE_INVALID),
    ):
        with refused(code, "mode"):
            make.make_plan(model, actor=actor, mode=MakingMode.SEND)


def test_a_form_sent_twice_begins_one_plan(shop: Activity, seller: User) -> None:
    model, key = make.model_of(shop), uuid.uuid4()
    assert len({make.make_plan(model, actor=seller, key=key).pk for _turn in range(2)}) == 1
    for other in (make.model_of(shop), make_approved_order(make_activity(seller))):
        with refused(Code.STALE_FORM):
            make.make_plan(other, actor=seller, key=key)


def test_a_change_is_for_what_comes(shop: Activity, seller: User) -> None:
    today, accountant = timezone.localdate(), make_user(RoleKind.ACCOUNTANT)
    plan = make.make_plan(make.model_of(shop), actor=seller, first_on=today)
    later = make.content(title="Entretien", every=Period.QUARTER, first_on=today + timedelta(days=9))
    with refused(Code.STALE_FORM):
        change_plan(plan, content=later, version=7, on=today, actor=seller)
    with refused(Code.DATE_INVALID, "first_on"):
        gone = replace(later, first_on=today - timedelta(days=1))
        change_plan(plan, content=gone, version=1, on=today, actor=seller)
    saved = change_plan(plan, content=later, version=1, on=today, actor=accountant)
    assert (saved.title, saved.next_on, saved.owner, saved.version) == (
        "Entretien",
        later.first_on,
        accountant,
        2,
    )
    make_documents(plan.pk, at=make.morning(later.first_on))
    for changed, field in (({"every": Period.YEAR}, "every"), ({"first_on": today}, "first_on")):
        with refused(Code.VALUE_INVALID, field):
            change_plan(plan, content=replace(later, **changed), version=2, on=today, actor=seller)
    with refused(Code.PERIOD_INVALID, "until"):
        short = replace(later, until=later.first_on)
        change_plan(plan, content=short, version=2, on=today, actor=seller)
    end_plan(plan, actor=seller)
    with refused(Code.ILLEGAL_MOVE):
        change_plan(plan, content=later, version=2, on=today, actor=seller)


def test_an_activity_that_is_not_open_begins_nothing(shop: Activity, seller: User) -> None:
    model = make.model_of(shop)
    with refused(Code.VALUE_INVALID, "first_on"):
        make.make_plan(model, actor=seller, first_on=date(1990, 1, 1))


def test_the_database_wants_one_model_and_a_known_rhythm(shop: Activity, seller: User) -> None:
    plan = make.make_plan(make.model_of(shop), actor=seller)
    for change in (
        {"every": "week"},
        {"title": ""},
        {"next_on": None},
        {"customer": None},
        {"index_rate": D("0.02")},
        {"until": plan.first_on - timedelta(days=1)},
        {"failure": "x"},
        {"state": "ended"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RecurringPlan.objects.filter(pk=plan.pk).update(**change)
