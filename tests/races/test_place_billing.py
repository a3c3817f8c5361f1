"""Two who bill the same month, a worker killed half-way: one document a payer, whatever happens (COW-15)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounting.selectors.controls import balance_faults
from cae.core import jobs
from cae.core.errors import Code, Refused
from cae.core.models import Job, JobState
from cae.core.periods import Month
from coworking.models import BillingRun, Charge
from coworking.services.billing import prepare_month, start_run
from coworking.services.billing_documents import bill_payer
from coworking.services.payers import payer_of_activity
from coworking.states.members import ChargeState, RunState
from coworking.tasks import bill_month
from invoicing.models import InternalSale, Invoice
from invoicing.services.discarding import discard_invoice, restore_invoice
from people.models import User
from people.states import RoleKind
from tests.factories.coworking_members import make_member, owed, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True)


def prepared(inside: int, outside: int, monkeypatch: pytest.MonkeyPatch) -> tuple[BillingRun, User]:
    """A month to bill to so many payers, whose work nobody begins by itself."""
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    place, month = place_that_sells(), Month.of(timezone.localdate()).previous()
    for _one in range(inside):
        owed(payer_of_activity(place, make_activity(), actor=None), day=month.first)
    for _one in range(outside):
        owed(make_member(place).payer, day=month.first)  # type: ignore[arg-type]
    run = prepare_month(place, month, today=timezone.localdate(), actor=None)
    return run, make_user(RoleKind.ACCOUNTANT)


def test_two_who_bill_at_once_make_nothing_twice(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    run, actor = prepared(1, 1, monkeypatch)
    today = timezone.localdate()
    results = race([partial(start_run, run, today=today, actor=actor)] * 2)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ALREADY_DONE]
    payers = [one.payer for one in Charge.objects.select_related("payer__place__activity")]
    acts = [partial(bill_payer, payer, run=run, today=today, actor=actor) for payer in payers * 3]
    # Of several who issue one draft, one does; the others are told that it is no draft any more.
    told = [one for one in race(acts) if one is not None]
    assert {one.code for one in told} <= {Code.ILLEGAL_MOVE}
    assert (InternalSale.objects.count(), Invoice.objects.count()) == (1, 1)
    assert set(Charge.objects.values_list("state", flat=True)) == {ChargeState.BILLED}
    assert [*balance_faults()] == []


def test_a_draft_taken_up_while_the_month_is_computed_is_billed_once(
    race: Race, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes first: the draft keeps its lines, or they are due again and it stays given up."""
    run, _accountant = prepared(0, 2, monkeypatch)
    today = timezone.localdate()
    keeper = make_user(RoleKind.PLACE_FACILITATOR, scope=run.place.scope)
    for payer in [one.payer for one in Charge.objects.select_related("payer__place__activity")]:
        bill_payer(payer, run=run, today=today, actor=keeper)
    Invoice.objects.update(state="draft")
    drafts = [discard_invoice(one, actor=None) for one in Invoice.objects.all()]
    compute = partial(prepare_month, run.place, Month.of(run.month), today=today, actor=None)
    acts = [partial(restore_invoice, one, actor=None) for one in drafts]
    told = race([acts[0], compute, acts[1], compute])
    assert {one.code for one in told if isinstance(one, Refused)} <= {Code.ALREADY_DONE}
    for draft in drafts:
        draft.refresh_from_db()
        assert (draft.state == "draft") == Charge.objects.filter(invoice=draft).exists()


def test_a_worker_killed_in_a_month_leaves_the_same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    run, actor = prepared(3, 0, monkeypatch)
    start_run(run, today=timezone.localdate(), actor=actor)
    job = Job.objects.get()
    kill_in("dying_billing.py", job.pk)
    # The first whole, the second not at all.
    assert InternalSale.objects.count() == 1
    assert Charge.objects.filter(state=ChargeState.BILLED).count() == 1
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    jobs.resume_job(Job.objects.get(pk=job.pk), actor=None)
    bill_month(job.pk)
    # Asked once more, as after a worker that died once it had committed.
    Job.objects.filter(pk=job.pk).update(state=JobState.PENDING)
    bill_month(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert InternalSale.objects.count() == 3
    assert len(set(Charge.objects.values_list("internal_sale", flat=True))) == 3
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert [*balance_faults()] == []
