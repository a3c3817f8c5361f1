"""The month of a place: what subscriptions are due, what is odd held back, the run asked for (COW-15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.jobs import is_silent, start_job
from cae.core.kept_words import house_words
from cae.core.periods import Month, Span
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from coworking.calculations.oddities import is_unusual, usual
from coworking.calculations.proration import Due, due_of
from coworking.models import BillingRun, Charge, Place, RunDocument, Subscription
from coworking.selectors.billing import (
    PriceList,
    billed_before,
    cannot_be_billed,
    payers_to_bill,
    subscriptions_of,
    to_bill,
    who_came,
)
from coworking.services.charges import hold_charge, make_charge, waive_charge
from coworking.services.crediting import owe_back
from coworking.states.members import CHARGE_FLOW, RUN_FLOW, ChargeKind, ChargeState, PlanKind
from invoicing.models import Invoice
from invoicing.states.sales import InvoiceState

TASK = "coworking.bill_month"
_OPEN = (ChargeState.DUE, ChargeState.HELD)


@transaction.atomic
def prepare_month(place: Place, month: Month, *, today: date, actor: Any) -> BillingRun:
    """Does: computes what subscriptions are due for a month, anew for what is not billed, and holds back what
    is odd; a draft given up frees its lines. Refuses: a place that sells nothing, a month to come. Leaves
    behind: the run, the charges, audit; done again, nothing twice."""
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    if place.activity_id is None:
        raise Refused(
            Code.NOT_ALLOWED, _("Ce lieu ne vend rien : donnez-lui d’abord l’activité qui facture.")
        )
    if month > Month.of(today):
        raise Refused(Code.PERIOD_INVALID, _("Ce mois n’est pas commencé."), field="month")
    run, made = BillingRun.objects.get_or_create(
        place=place, month=month.first, defaults={"started_by": actor}
    )
    if made:
        audit.record(actor, "coworking.billing.prepare", run)
    _free_given_up(place, actor)
    prices = PriceList(place)
    rows = subscriptions_of(place, month)
    for row in rows:
        _due_of_month(row, month, prices, actor)
    _give_up_unheld(place, month, rows, actor)
    _hold_odd(place, month, today, actor)
    return run


def _free_given_up(place: Place, actor: Any) -> None:
    """Drafts first, locked: one taken up again meanwhile keeps its lines."""
    billed = Charge.objects.filter(payer__place=place, state=ChargeState.BILLED)
    given_up = Invoice.objects.filter(state=InvoiceState.DISCARDED, pk__in=billed.values("invoice"))
    for invoice in given_up.select_for_update(of=("self",)).order_by("pk"):
        for charge in billed.filter(invoice=invoice):
            freed = free_charge(charge, actor=actor)
            if freed.to_credit_since is not None:
                waive_charge(freed, reason=freed.to_credit_because, actor=actor)


@performs(CHARGE_FLOW, "free")
def free_charge(charge: Charge, *, actor: Any) -> None:
    """Does: makes due again what a draft billed that was given up. Refuses: any other document. Leaves
    behind: the charge without document, audit."""
    draft = Invoice.objects.select_for_update(of=("self",)).filter(place_charges=charge).first()
    if draft is None or draft.state != InvoiceState.DISCARDED:
        raise Refused(Code.ILLEGAL_MOVE, _("Sa facture n’est pas abandonnée : faites plutôt un avoir."))
    charge.invoice, charge.run = None, None


def refuse_twice_billed(invoice: Invoice) -> None:
    """Does: nothing; `invoice` is a draft being taken up again, in hand. Refuses: one that a run made and
    whose lines are to bill again. Leaves behind: nothing."""
    made = RunDocument.objects.filter(invoice=invoice).select_related("run__place").first()
    if made is None or Charge.objects.filter(invoice=invoice).exists():
        return
    raise Refused(
        Code.ALREADY_DONE,
        _("Les lignes de ce brouillon sont reparties à facturer : relancez la facturation de %(run)s.")
        % {"run": f"{made.run.place}, {date_format(made.run.month, 'F Y')}"},
    )


@performs(RUN_FLOW, "start")
def start_run(run: BillingRun, *, today: date, actor: Any, at_once: bool = False, sends: bool = True) -> None:
    """Does: asks for the documents of a month, one a payer, in a job that its page follows; without one when
    the caller makes them `at_once`. Each invoice is sent to its payer once issued when it `sends`. Refuses:
    nothing due, a run whose work goes on. Leaves behind: the run under way, the job, audit."""
    if run.job is not None and not run.job.is_over and not is_silent(run.job, timezone.now()):
        raise Refused(Code.ALREADY_DONE, _("La facturation de ce mois est déjà en cours."))
    count = payers_to_bill(run, today).count()
    if not count:
        raise Refused(Code.EMPTY_DOCUMENT, _("Rien n’est à facturer pour ce mois."))
    about = f"{run.place} {run.month:%m/%Y}"
    run.started_by, run.sends = actor, sends
    if at_once:
        return
    run.job = start_job(
        TASK,
        label=house_words(gettext_lazy("Facturation d’un lieu"), about),
        actor=actor,
        total=count,
        run=run.pk,
        leads_to=run.get_absolute_url(),
    )


@performs(RUN_FLOW, "finish")
def finish_run(run: BillingRun, *, actor: Any) -> None:
    """Does: says that the work of a run came to its end. Refuses: nothing. Leaves behind: the state,
    audit."""


@transaction.atomic
def follow_dates(subscription: Subscription, *, since: date, actor: Any) -> None:
    """Does: has the months computed already follow the dates of a subscription that changed from a day on:
    what is not billed is put right, what is billed is to be given back and due anew for its days. Refuses:
    nothing. Leaves behind: the charges, audit."""
    rows = Subscription.objects.select_related("plan", "member__person", "member__place", "payer")
    row = rows.prefetch_related("pauses").get(pk=subscription.pk)
    prices = PriceList(row.member.place)
    computed = Charge.objects.filter(
        subscription=row,
        kind=ChargeKind.SUBSCRIPTION,
        day__gte=since.replace(day=1),
        state__in=[*_OPEN, ChargeState.BILLED],
        to_credit_since__isnull=True,
    )
    for known in computed.select_for_update(of=("self",)).order_by("day", "pk"):
        month = Month.of(known.day)
        found = _due_now(row, month, prices)
        if found is None:
            continue
        price, _vat_code, due = found
        if known.state in _OPEN:
            _put_right(known, price, due, actor)
        elif known.amount != due.amount:
            owe_back(known, reason=_("les dates de l’abonnement ont changé"), actor=actor)
            _make_due(row, month, found, actor)


def _due_now(row: Subscription, month: Month, prices: PriceList) -> tuple[Decimal, str, Due] | None:
    """The price of a month, its VAT code, what is due by the dates of today; None: nothing says it."""
    priced = prices.of(row, max(row.starts_on, month.first))
    if row.payer is None or priced is None:
        return None
    pauses = [Span(one.starts_on, one.ends_on) for one in row.pauses.all() if one.ends_on is not None]
    return *priced, due_of(priced[0], month, row.starts_on, row.ends_on, pauses)


def _make_due(row: Subscription, month: Month, found: tuple[Decimal, str, Due], actor: Any) -> None:
    price, vat_code, due = found
    if row.payer is None or not due.amount:
        return
    make_charge(
        row.payer,
        kind=ChargeKind.SUBSCRIPTION,
        label=f"{row.plan} · {row.member.person.full_name} · {date_format(month.first, 'F Y')}"[:200],
        day=month.first,
        amount=due.amount,
        vat_code=vat_code,
        working=working_of(price, due),
        subscription=row,
        actor=actor,
    )


def _give_up_unheld(place: Place, month: Month, rows: QuerySet[Subscription], actor: Any) -> None:
    """A subscription that ended before the month since it was computed."""
    unheld = Charge.objects.filter(
        subscription__member__place=place, kind=ChargeKind.SUBSCRIPTION, day=month.first, state__in=_OPEN
    ).exclude(subscription__in=rows.values("pk"))
    for charge in unheld.order_by("pk"):
        waive_charge(charge, reason=_("Rien n’est dû pour ce mois."), actor=actor, by_itself=True)


def _due_of_month(row: Subscription, month: Month, prices: PriceList, actor: Any) -> None:
    found = _due_now(row, month, prices)
    if found is None:
        return
    price, _vat_code, due = found
    known = (
        Charge.objects.select_for_update(of=("self",))
        .filter(subscription=row, kind=ChargeKind.SUBSCRIPTION, day=month.first)
        .order_by("-pk")
        .first()
    )
    # Nothing was due of it, then something is: a pause was lifted.
    if known is not None and known.state == ChargeState.WAIVED and not known.is_checked:
        known = None
    if known is None:
        _make_due(row, month, found, actor)
    elif known.state in _OPEN:
        _put_right(known, price, due, actor)


def _put_right(known: Charge, price: Decimal, due: Due, actor: Any) -> None:
    """What is not billed yet follows the dates of the subscription."""
    if due.amount == 0:
        waive_charge(known, reason=_("Rien n’est dû pour ce mois."), actor=actor, by_itself=True)
    elif known.amount != due.amount:
        known.amount, known.working = due.amount, working_of(price, due)
        known.save()
        audit.record(actor, "coworking.charge.put_right", known, detail={"amount": str(due.amount)})


def working_of(price: Decimal, due: Due) -> str:
    """How a month was counted, in words; nothing for a whole month."""
    if due.is_whole:
        return ""
    words = ngettext(
        "%(price)s × %(days)d jour sur %(all)d", "%(price)s × %(days)d jours sur %(all)d", due.days
    )
    return words % {"price": money(price), "days": due.days, "all": due.out_of}


def _hold_odd(place: Place, month: Month, today: date, actor: Any) -> None:
    rows = list(
        to_bill(place, month, today)
        .filter(is_checked=False)
        .select_related("payer__activity", "payer__customer", "subscription__plan", "subscription__member")
    )
    payers = {row.payer_id: row.payer for row in rows}
    closed = cannot_be_billed(payers.values(), today)
    before = billed_before(place, month)
    totals: dict[int, Decimal] = {}
    for row in rows:
        totals[row.payer_id] = totals.get(row.payer_id, Decimal(0)) + row.amount
    came = who_came(place, month) if today > month.last else set()
    for row in rows:
        most = usual(before.get(row.payer_id, ()))
        if row.payer_id in closed:
            reason = _("Ce payeur ne peut plus être facturé : fiche archivée ou activité fermée.")
        elif is_unusual(totals[row.payer_id], most):
            reason = _("Plus du double de l’habituel (%(usual)s).") % {"usual": money(most)}
        elif came and _was_not_used(row, month, came):
            reason = _("Aucun passage noté ce mois-là.")
        else:
            continue
        hold_charge(row, reason=reason, actor=actor)


def _was_not_used(row: Charge, month: Month, came: set[int]) -> bool:
    """A month of a plan whose member never came; a resident holds a desk all the same."""
    held = row.subscription
    return (
        row.kind == ChargeKind.SUBSCRIPTION
        and held is not None
        and row.day == month.first
        and held.plan.kind != PlanKind.RESIDENT
        and held.plan.users == 1
        and held.member.person_id not in came
    )
