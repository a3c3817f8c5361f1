"""The tables of moves of the cooperative, each with a row made by services and the page of each move."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from governance.models import Minutes, RuleSet, SharePayment, Vote
from governance.services.admissions import open_admission, submit_admission
from governance.services.convening import convene
from governance.services.decisions import DecisionData, finish_decision, write_decision
from governance.services.minutes import hand_over_minutes
from governance.services.refunds import RefundData, ask_refund, withdraw_shares
from governance.services.rule_sets import RuleSetData, confirm_line, confirm_unchanged, draft_from_last
from governance.services.share_movements import MoveData, enter_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.sitting import open_sitting
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    content_hash,
    prepare_subscription,
    sign_subscription,
)
from governance.services.voting import close_vote, open_vote, prepare_vote
from people.states import RoleKind
from tests.factories import governance as make
from tests.factories.governance_assemblies import make_draft, make_reached
from tests.factories.governance_bodies import make_body
from tests.factories.governance_minutes import make_held, make_minutes, no_code, sign_as
from tests.factories.governance_register import make_asked
from tests.factories.governance_room import make_bureau
from tests.factories.governance_votes import make_sitting
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.house.moves_of_path import WHY, day
from tests.house.moving import Case, Page, Sent, Subject

# Rules.


def _rule_set() -> Case:
    """The version that follows another, each of its lines confirmed."""
    manager = make.make_organiser()
    make.make_rule_set(actor=manager)
    data = RuleSetData(timezone.localdate(), "Nouveaux statuts", None)
    drafted = draft_from_last(data=data, actor=manager)
    now = timezone.now()
    confirm_unchanged(drafted, actor=manager, at=now)
    for line in drafted.lines.filter(confirmed_at=None):
        confirm_line(line, value=line.value, article=line.article, actor=manager, at=now)
    return Case(RuleSet.objects.get(pk=drafted.pk), [manager])


# Decisions.


def _decision() -> Case:
    organiser = make.make_organiser()
    data = DecisionData(timezone.localdate(), make_body(), "Changer d’assureur", "")
    return Case(write_decision(data=data, today=timezone.localdate(), actor=organiser), [organiser])


def _finished(case: Case) -> Any:
    return finish_decision(case.row, outcome="C’est signé.", actor=case.users[0])


def _decided(do: str, before: Any = None) -> Page:
    return Page("governance:decision_act", (), {"do": do, f"{do}-outcome": "C’est fait."}, before)


# Requests of admission.


def _request() -> Case:
    make.make_rule_set(admission_route="by_rule")
    user = make_user(RoleKind.ENTREPRENEUR)
    long_ago = timezone.localdate() - timedelta(days=3)
    admission = open_admission(user.person, asked=make_asked(), actor=user, on=long_ago)
    return Case(admission, [user])


def _sent(case: Case) -> Any:
    return submit_admission(case.row, actor=case.users[0], on=timezone.localdate())


def _admission(word: str, sends: Any = None, before: Any = None) -> Page:
    return Page("governance:admission_move", (word,), sends or {}, before)


_RULING = {"decided_on": day(), "decision": "AG du jour, 4e résolution", "reason": "Plus tard."}

# Shares.


def _settled() -> Any:
    """A member with an account; four others hold fifty shares each, so that any limit is far."""
    make_cooperative()
    make.make_rule_set()
    keeper, parts = make_user(RoleKind.ACCOUNTANT), make.make_share_class("A", "20.00")
    user, mine = make.make_member()
    begun = timezone.localdate() - timedelta(days=400)
    for one in [mine, *(make.make_associate() for _ in range(4))]:
        data = MoveData(parts, 50, begun, "Parts d’avant")
        enter_shares(one, data=data, actor=keeper, today=timezone.localdate(), accepted=True)
    return user, mine, keeper, parts


def _subscription() -> Case:
    user, mine, keeper, parts = _settled()
    today = timezone.localdate()
    data = SubscriptionData(parts, 10, today)
    row = prepare_subscription(mine, data=data, actor=keeper, on=today, accepted=True)
    return Case(row, [user, keeper])


def _signed(case: Case) -> Any:
    paper = Paper(timezone.localdate(), "Classeur")
    return sign_subscription(case.row, actor=case.users[1], at=timezone.now(), paper=paper)


def _paid(case: Case) -> Any:
    _signed(case)
    today = timezone.localdate()
    data = PaymentData(today, Decimal(200), "bank", "")
    record_payment(case.row, data=data, actor=case.users[1], today=today)
    case.row.refresh_from_db()
    return case.row


def _bulletin(case: Case) -> dict[str, Any]:
    return {"accepted": "on", "way": "typed", "typed": "Moi", "shown": content_hash(case.row)}


def _payment(case: Case) -> tuple[int, int]:
    return case.row.pk, SharePayment.objects.get(subscription=case.row).pk


def _refund() -> Case:
    user, mine, keeper, parts = _settled()
    data = RefundData(parts, 10, timezone.now())
    return Case(ask_refund(mine, data=data, actor=keeper, now=timezone.now()), [user, keeper])


def _withdrawn(case: Case) -> Any:
    today = timezone.localdate()
    return withdraw_shares(case.row, on=today, actor=case.users[1], today=today, accepted=True)


def _due(case: Case) -> Any:
    row = _withdrawn(case)
    type(row).objects.filter(pk=row.pk).update(payable_from=timezone.localdate())
    row.refresh_from_db()
    return row


def _refunded(do: str, before: Any = None, **sends: Any) -> Page:
    return Page("governance:refund_act", (), {"do": do, "on": day()} | sends, before)


# Assemblies, their votes, their minutes.


def _assembly() -> Case:
    organiser = make.make_organiser()
    make_reached()
    return Case(make_draft(), [organiser])


def _convened(case: Case) -> Any:
    return convene(case.row, actor=case.users[0], at=timezone.now())


def _gathered(case: Case) -> Any:
    """The day has come, the bureau is named."""
    row = _convened(case)
    make_bureau(row)
    row.starts_at = timezone.now()
    row.save(update_fields=["starts_at"])
    return row


def _opened(case: Case) -> Any:
    return open_sitting(_gathered(case), actor=case.users[0], at=timezone.now())


def _console(do: str, before: Any, **sends: Any) -> Page:
    return Page("governance:console_act", (), {"do": do} | sends, before)


def _held() -> Case:
    """An assembly that is over, with its bureau; the minutes are known."""
    no_code()
    assembly, people = make_held()
    organiser = make.make_organiser()
    users = [user for user, _associate in people]
    return Case(make_minutes(assembly, users[0]), [organiser, *users], {"bureau": users})


def _to_sign(case: Case) -> Any:
    return hand_over_minutes(_minutes(case), actor=case.known["bureau"][0])


def _minutes(case: Case) -> Minutes:
    key = {"pk": case.row.pk} if isinstance(case.row, Minutes) else {"assembly": case.row}
    return Minutes.objects.get(**key)


def _all_but_one(case: Case) -> Any:
    """Everybody of the bureau signed but the first, whose signature concludes."""
    minutes = _to_sign(case)
    for user in case.known["bureau"][1:]:
        sign_as(minutes, user)
    case.users = [case.known["bureau"][0], *case.users]
    case.row.refresh_from_db()
    return case.row


def _ready_to_conclude(case: Case) -> Any:
    """Another assembly, which only the first signature of its minutes keeps from being concluded."""
    held = _held()
    assembly = _all_but_one(held).assembly
    case.users, case.known = held.users, held.known
    return assembly


def _concluded(case: Case) -> Any:
    assembly = _ready_to_conclude(case)
    sign_as(Minutes.objects.get(assembly=assembly), case.known["bureau"][0])
    assembly.refresh_from_db()
    case.users = [case.users[1], *case.users]
    return assembly


def _mark(case: Case) -> dict[str, Any]:
    return {"accepted": "on", "way": "typed", "typed": "Moi", "shown": _minutes(case).content_sha256}


def _by_assembly(name: str, before: Any = None, sends: dict[str, Any] | Sent | None = None) -> Page:
    return Page(f"governance:{name}", (), sends or {}, before, lambda case: (_minutes(case).assembly_id,))


def _vote() -> Case:
    sitting = make_sitting(present=3)
    resolution = make.make_resolution(sitting.assembly)
    vote = prepare_vote(resolution, way="screen", actor=sitting.actor)
    return Case(vote, [sitting.actor, *sitting.users])


def _vote_open(case: Case) -> Vote:
    return open_vote(case.row, actor=case.users[0], at=timezone.now())


def _vote_closed(case: Case) -> Vote:
    return close_vote(_vote_open(case), actor=case.users[0], at=timezone.now())


def _voted(do: str, before: Any = None) -> Page:
    return Page("governance:vote_act", (), {"do": do}, before)


COOPERATIVE: dict[str, Subject] = {
    "governance.RuleSet": Subject(
        _rule_set,
        {
            "confirm": Page("governance:rule_set_act", (), {"do": "confirm"}),
            "discard": Page("governance:rule_set_act", (), {"do": "discard"}),
        },
    ),
    "governance.Decision": Subject(
        _decision,
        {
            "finish": _decided("finish"),
            "drop": _decided("drop"),
            "settle": _decided("settle"),
            "reopen": _decided("reopen", _finished),
        },
    ),
    "governance.Admission": Subject(
        _request,
        {
            "submit": _admission("envoyer"),
            "put_to_vote": _admission("mettre-au-vote", {}, _sent),
            "admit": _admission("admettre", _RULING, _sent),
            "refuse": _admission("refuser", _RULING, _sent),
            "withdraw": _admission("retirer"),
        },
    ),
    "governance.Subscription": Subject(
        _subscription,
        {
            "sign": Page("governance:subscription_sign", (), _bulletin),
            "free": Page(
                "governance:subscription_pay", (), {"amount": "200", "on": day(), "way": "bank"}, _signed
            ),
            "reopen": Page("governance:payment_reverse", (), WHY | {"on": day()}, _paid, _payment),
            "cancel": Page("governance:subscription_cancel", (), WHY | {"on": day()}),
        },
    ),
    "governance.Refund": Subject(
        _refund,
        {
            "withdraw_shares": _refunded("withdraw", accepted="on"),
            "give_back": _refunded("give_back", _withdrawn, **WHY),
            "pay": _refunded("pay", _due),
            "cancel": _refunded("cancel", **WHY),
        },
    ),
    "governance.Assembly": Subject(
        _assembly,
        {
            "convene": Page("governance:assembly_convene"),
            "cancel": Page("governance:assembly_cancel", (), WHY),
            "open": _console("open", _gathered),
            "close": _console("close", _opened, confirmed="on"),
            "conclude": Page("governance:minutes_sign", (), _mark, _ready_to_conclude),
            "publish": Page("governance:assembly_publish", (), {}, _concluded),
        },
    ),
    "governance.Vote": Subject(
        _vote,
        {
            "open": _voted("open"),
            "close": _voted("close", _vote_open),
            "proclaim": _voted("proclaim", _vote_closed),
            "cancel": Page("governance:vote_cancel", (), WHY),
        },
    ),
    "governance.Minutes": Subject(
        _held,
        {
            "hand_over": _by_assembly("minutes_hand_over"),
            "take_back": _by_assembly("minutes_take_back", _to_sign),
            "conclude": _by_assembly("minutes_sign", _all_but_one, _mark),
        },
    ),
}
