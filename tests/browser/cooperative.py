"""The cooperative that the walk visits: assemblies at each stage, votes of each method, shares, minutes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from cae.core.signing import Hand
from governance.models import (
    Assembly,
    Associate,
    CapitalLoss,
    Proxy,
    Refund,
    Representative,
    Resolution,
    RuleLine,
    RuleSet,
    SpeakingTurn,
    Subscription,
    Vote,
    VotingRightEvent,
)
from governance.services import minutes_signing
from governance.services.additions import propose_resolution
from governance.services.admissions import open_admission
from governance.services.casting import cast, enter_roll_call
from governance.services.correspondence import send_form
from governance.services.founding_texts import file_text
from governance.services.member_questions import answer_question, ask_question
from governance.services.minutes import hand_over_minutes
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.proxies import ProxyData, Signing, give_proxy
from governance.services.sitting import note_incident, set_item
from governance.services.speaking import ask_to_speak, give_floor_to_next
from governance.services.voting import close_vote, prepare_vote
from governance.states.assemblies import AssemblyMode, AssemblyState
from governance.states.register import LossCause, RefundState, RightsEventKind, SubscriptionState
from governance.states.votes import Answer, Consent, CountKind, Method, VoteWay
from people.models import Organisation, User
from people.states import RoleKind
from tests.browser.secret import balloted
from tests.factories.governance import call, make_assembly, make_associate, make_member, make_resolution
from tests.factories.governance_assemblies import in_days, make_draft, make_item, make_section_meeting
from tests.factories.governance_held import held_in_cooperative
from tests.factories.governance_minutes import make_held, make_minutes, make_voted, sign_as
from tests.factories.governance_register import make_asked, make_request
from tests.factories.governance_room import make_bureau
from tests.factories.governance_votes import Sitting, arrive, make_election, make_sitting, make_vote, voice_of
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.factories.person_files import PDF

LONG = "Renouvellement du bail emphytéotique de la halle intercommunale des métiers d’art du Haut-Pays"
# Two paragraphs, the second with a word that nothing breaks.
TEXT = f"{LONG}, pour neuf ans.\n\nLe loyer suit l’indice : https://exemple.example/{'indice-' * 16}"
ELECTED = (Method.LIST, Method.NAMES, Method.MAJORITY_JUDGMENT, Method.SCHULZE, Method.TRANSFERABLE)


def governed(users: dict[str, User]) -> dict[str, Any]:
    """What the walk names of the cooperative; adds the associate and the newcomer to the accounts."""
    manager = users[RoleKind.CO_MANAGER]
    users["member"] = make_user(RoleKind.ASSOCIATE, last_name="Castelnau-Montmirail")
    held = held_in_cooperative(users["member"])
    rule_set, associate = held["rule_set"], held["associate"]
    _text(manager)
    return {
        **held,
        "lines": _lines(held["line"].rule_set, manager),
        "draft": _drafted(rule_set),
        "bare": make_assembly(state=AssemblyState.DRAFT, starts_at=in_days(60), room_key="", screen_key=""),
        "cancelled": make_assembly(
            state=AssemblyState.CANCELLED, cancel_reason=LONG, room_key="", screen_key=""
        ),
        **_convened(users["member"], associate, rule_set),
        **_open(users["member"], associate, manager),
        **_counted(associate, manager),
        **_written(rule_set, manager),
        **_register(associate, users),
        **balloted(associate, manager),
    }


def _text(manager: User) -> None:
    today = timezone.localdate()
    told = {"title": LONG, "valid_from": today, "decision": "AG du 12 juin, 4e résolution", "today": today}
    file_text(kind="statutes", content=PDF, name="statuts.pdf", actor=manager, **told)


def _lines(draft: RuleSet, manager: User) -> dict[str, RuleLine]:
    """A line of each form in a draft, one of them confirmed."""
    values = {
        "decision": ("decision.ordinary.1", "1/5 expressed 1/2 strict"),
        "cap": ("proxy_cap", "legal"),
        "fraction": ("capital_floor", "1/4"),
        "weights": ("college_weights", ""),
    }
    lines = {
        form: RuleLine.objects.create(rule_set=draft, key=key, value=value)
        for form, (key, value) in values.items()
    }
    told = {"confirmed_by": manager, "confirmed_at": timezone.now(), "article": "art. 14"}
    return lines | {
        "confirmed": RuleLine.objects.create(rule_set=draft, key="notice_days", value="15", **told)
    }


def _drafted(rule_set: RuleSet) -> Assembly:
    """An assembly being prepared, whose section meets before it."""
    draft = make_draft(rule_set=rule_set, title=LONG)
    make_resolution(draft, TEXT, item=make_item(draft, LONG), title=LONG)
    make_section_meeting(draft)
    return draft


def _convened(member: User, associate: Associate, rule_set: RuleSet) -> dict[str, Any]:
    """An assembly to come: a question answered, a resolution of members, a proxy, a form, letters."""
    now, (neighbour, other) = timezone.now(), make_member()
    posted = make_associate(email="", address_line="3 rue du Port", postcode="33000", city="Bordeaux")
    assembly = make_assembly(
        starts_at=in_days(10),
        rule_set=rule_set,
        associates=(associate, other),
        mode=AssemblyMode.BOTH,
        remote_link="https://visio.exemple.example/salle",
        title="Assemblée générale d’été",
        room_key="cle-de-l-ete",
        screen_key="ecran-de-l-ete",
    )
    letter = call(assembly, posted)
    letter.channel = "letter"
    letter.save(update_fields=["channel"])
    make_bureau(assembly)
    item = make_item(assembly, LONG)
    resolution = make_resolution(assembly, TEXT, item=item, title=LONG)
    asked = ask_question(assembly, associate=associate, text=TEXT, actor=member, at=now)
    answer_question(asked, answer="Dix ans, d’après le bail.", actor=member, at=now)
    proposed = propose_resolution(assembly, associate=other, title=LONG, text=TEXT, actor=neighbour, at=now)
    send_form(
        assembly,
        associate=other,
        answers={str(resolution.pk): {"answer": Answer.AGAINST}},
        now=now,
        actor=neighbour,
    )
    data = ProxyData(associate, {str(resolution.pk): Answer.FOR}, "Bien relire l’article 2.")
    signing = Signing(Hand(str(neighbour.person), typed=str(neighbour.person)))
    give_proxy(assembly, principal=other, data=data, signing=signing, now=now, actor=neighbour)
    own = ProxyData(other, {str(resolution.pk): Answer.AGAINST}, "Bien relire l’article 2.")
    return {
        "convened": assembly,
        "letter": letter,
        "to_answer": ask_question(assembly, associate=other, text="Et après ?", actor=neighbour, at=now),
        "convened_item": item,
        "to_vote": resolution,
        "proposed": proposed,
        "own_proxy": _own_proxy(assembly, associate, own, member),
    }


def _own_proxy(assembly: Assembly, associate: Associate, data: ProxyData, member: User) -> Proxy:
    """Given to somebody else than who holds one of them."""
    third = make_associate()
    call(assembly, third)
    signing = Signing(Hand(str(member.person), typed=str(member.person)))
    return give_proxy(
        assembly,
        principal=associate,
        data=ProxyData(third, data.instructions, data.message),
        signing=signing,
        now=timezone.now(),
        actor=member,
    )


def _open(member: User, associate: Associate, manager: User) -> dict[str, Any]:
    """A sitting with a vote of each method in the hands of the associate, who also speaks for somebody."""
    sitting = make_sitting(4, absent=2, valid_from=BEGINNING - timedelta(days=1))
    assembly = _named(sitting.assembly, "voter")
    sitting.actor = manager
    call(assembly, associate)
    arrive(assembly, associate)
    Proxy.objects.create(
        assembly=assembly,
        principal=sitting.members[4],
        holder=associate,
        given_at=timezone.now() - timedelta(days=1),
    )
    make_bureau(assembly)
    sitting.seat(manager)
    item = make_item(assembly, LONG)
    make_vote(sitting, make_resolution(assembly, TEXT, item=item, title=LONG))
    make_vote(sitting, make_resolution(assembly, method=Method.CONSENT, title="Charte"))
    for method in ELECTED:
        make_vote(sitting, make_election(sitting, method=method, seats=2 if method != Method.LIST else 1))
    called = make_vote(sitting, way=VoteWay.ROLL_CALL, title="Bilan")
    hands = make_vote(sitting, way=VoteWay.HANDS, title="Vœu")
    ready = prepare_vote(make_resolution(assembly, TEXT, title=LONG), way=VoteWay.SCREEN, actor=manager)
    set_item(assembly, item=item, actor=manager, at=timezone.now())
    for one in sitting.members[:3]:
        ask_to_speak(assembly, associate=one, actor=manager, at=timezone.now())
    give_floor_to_next(assembly, actor=manager, at=timezone.now())
    opened: Any = assembly.opened_at
    note_incident(assembly, text=LONG, happened_at=opened, actor=manager, at=timezone.now())
    assert SpeakingTurn.objects.filter(assembly=assembly).count() == 3
    return {
        "sitting": assembly,
        "called": called,
        "hands": hands,
        "ready": ready,
        "voting": _votes_of(assembly),
    }


def _votes_of(assembly: Assembly) -> dict[str, Vote]:
    rows = Vote.objects.filter(assembly=assembly).select_related("resolution")
    return {vote.resolution.method: vote for vote in rows.order_by("-pk")}


def _named(assembly: Assembly, key: str) -> Assembly:
    """One room, one key: those of the factory are the same for all."""
    assembly.title = LONG
    assembly.room_key, assembly.screen_key = f"salle-{key}", f"ecran-{key}"
    assembly.save(update_fields=["title", "room_key", "screen_key"])
    return assembly


def _counted(associate: Associate, manager: User) -> dict[str, Any]:
    """A result of each method, of a show of hands, and a vote that waits for its paper."""
    sitting = make_sitting(5, valid_from=BEGINNING - timedelta(days=2))
    sitting.actor = manager
    _named(sitting.assembly, "compter")
    make_bureau(sitting.assembly)
    proclaimed = {method: _decided(sitting, _asked(sitting, method)) for method in Method.values}
    hands = make_vote(sitting, way=VoteWay.HANDS, title="Vœu du conseil", text=TEXT)
    by = {"actor": manager, "at": timezone.now()}
    counts = {Answer.FOR.value: 3, Answer.AGAINST.value: 1}
    declare_counts(hands, kind=CountKind.HANDS, college=None, counts=counts, **by)
    paper = make_vote(sitting, title="Vote sur papier")
    close_vote(paper, **by)
    close_vote(hands, **by)
    proclaim(hands, **by)
    # Reads the results, and had no voice.
    call(sitting.assembly, associate)
    return {
        "counted": sitting.assembly,
        "proclaimed": proclaimed,
        "raised": hands,
        "paper": paper,
        "noted": _called(sitting),
    }


def _called(sitting: Sitting) -> Vote:
    """Decided by call of names, which the bureau noted."""
    vote, by = make_vote(sitting, way=VoteWay.ROLL_CALL, title="Budget"), {"actor": sitting.actor}
    for associate in sitting.members[:-1]:
        enter_roll_call(voice_of(vote, associate), choice={"answer": Answer.FOR}, at=timezone.now(), **by)
    close_vote(vote, at=timezone.now(), **by)
    return proclaim(vote, at=timezone.now(), **by)


def _asked(sitting: Sitting, method: str) -> Resolution:
    if method in ELECTED:
        return make_election(sitting, method=method, seats=1 if method == Method.LIST else 2)
    return make_resolution(sitting.assembly, TEXT, method=method, title=LONG)


def _decided(sitting: Sitting, resolution: Resolution) -> Vote:
    """Everybody votes but the last one."""
    vote = make_vote(sitting, resolution)
    keys = [str(choice["key"]) for choice in vote.choices]
    said = _choice(resolution.method, keys)
    for user, associate in zip(sitting.users[:-1], sitting.members, strict=False):
        voice = vote.voices.get(associate=associate)
        cast(vote, choices={voice.pk: said}, actor=user, at=timezone.now())
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    return proclaim(vote, actor=sitting.actor, at=timezone.now())


def _choice(method: str, keys: list[str]) -> dict[str, Any]:
    """What somebody answers to the ballot of a method."""
    if method in (Method.LIST, Method.NAMES):
        return {"names": keys[:1]}
    if method == Method.MAJORITY_JUDGMENT:
        return {"grades": dict(zip(keys, ("excellent", "good", "reject"), strict=True))}
    if method in (Method.SCHULZE, Method.TRANSFERABLE):
        return {"ranking": [[key] for key in keys]}
    return {"answer": Consent.RESERVE if method == Method.CONSENT else Answer.FOR}


def _written(rule_set: RuleSet, manager: User) -> dict[str, Any]:
    """Closed assemblies: minutes not begun, being written, signed by the whole bureau."""
    bare = {"rule_set": rule_set, "room_key": "", "screen_key": ""}
    begun, _people = make_held(title="Assemblée d’automne", **bare)
    make_voted(begun, text=TEXT, title=LONG)
    make_minutes(begun, manager)
    signed, bureau = make_held(title="Assemblée de printemps", **bare)
    make_voted(signed, text=TEXT, title=LONG)
    with patch.object(minutes_signing, "asks_code", return_value=False):
        minutes = hand_over_minutes(make_minutes(signed, manager), actor=manager)
        for user, _associate in bureau:
            sign_as(minutes, user)
    closed, _people = make_held(title="Assemblée d’hiver", **bare)
    return {"closed": closed, "begun": begun, "signed": signed, "drawn": minutes}


def _register(associate: Associate, users: dict[str, User]) -> dict[str, Any]:
    """A legal person and who stands for it, who left, a bulletin to sign, a loss, somebody who asks."""
    today = timezone.localdate()
    body = make_associate(organisation=Organisation.objects.create(name=LONG), category="cooperative")
    Representative.objects.create(associate=body, person=make_person(), starts_on=today)
    left, late = make_associate(), make_associate()
    VotingRightEvent.objects.create(
        associate=late, kind=RightsEventKind.SUSPENSION, at=timezone.now(), reason=LONG
    )
    Associate.objects.filter(pk=left.pk).update(left_on=today, loss_cause=LossCause.RESIGNATION)
    CapitalLoss.objects.create(
        closed_on=today, amount=Decimal("40.00"), whole=Decimal("2400.00"), decision="AG du 12 juin"
    )
    users["newcomer"] = make_user(RoleKind.ENTREPRENEUR)
    return {
        "legal_person": body,
        "left": left,
        "late": late,
        "refunds": _refunds(associate),
        "to_sign": _to_sign(associate),
        "asked": make_request(make_person(), on=today, to_vote=True),
        "asking": open_admission(users["newcomer"].person, asked=make_asked(), actor=None, on=today),
    }


def _refunds(associate: Associate) -> dict[str, Refund]:
    """What was asked back: shares withdrawn, shares paid."""
    today, known = timezone.localdate(), associate.refunds.get()
    told = {"associate": associate, "share_class": known.share_class, "quantity": 1}
    told |= {"asked_at": timezone.now(), "lost_on": today, "withdrawn_on": today, "payable_from": today}
    paid = {"state": RefundState.PAID, "paid_on": today, "paid_amount": Decimal("24.00")}
    return {
        "withdrawn": Refund.objects.create(state=RefundState.WITHDRAWN, **told),
        "paid": Refund.objects.create(**told, **paid),
    }


def _to_sign(associate: Associate) -> Subscription:
    known = associate.subscriptions.get()
    return Subscription.objects.create(
        associate=associate,
        share_class=known.share_class,
        quantity=4,
        nominal=known.nominal,
        first_due_on=timezone.localdate(),
        state=SubscriptionState.DRAFT,
    )
