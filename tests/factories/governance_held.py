"""What somebody has in the cooperative: a line of the register and its shares, a seat, a voice, papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from governance.models import (
    Admission,
    Amendment,
    Assembly,
    Associate,
    Body,
    College,
    Convocation,
    Decision,
    MemberQuestion,
    NamedBallot,
    Proxy,
    Refund,
    Resolution,
    RuleLine,
    RuleSet,
    ShareClass,
    ShareMovement,
    SharePayment,
    Subscription,
    Voice,
    Vote,
)
from governance.services.agenda import add_paper
from governance.services.minutes import hand_over_minutes
from governance.states.assemblies import AmendmentKind, AssemblyState, BureauRole
from governance.states.register import AdmissionState, MovementKind, PaymentWay, SubscriptionState
from governance.states.rules import RuleForm
from governance.states.votes import Answer, BallotWay, VoteState
from people.models import Person, User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_organiser,
    make_resolution,
    make_rule_set,
    make_share_class,
)
from tests.factories.governance_assemblies import make_item, make_section_meeting
from tests.factories.governance_bodies import make_body, make_election, make_mandate, proclaim
from tests.factories.governance_minutes import QUORUM_FACTS, RULE, make_minutes
from tests.factories.governance_room import attend, seat
from tests.factories.kernel import BEGINNING
from tests.factories.person_files import PDF


def held_in_cooperative(user: User) -> dict[str, Any]:
    """What this account has; it becomes an associate, seated in the bureau of a closed assembly and called to
    an open one, whose vote it took part in."""
    assert user.person is not None
    associate = make_associate(user.person)
    rule_set, governed = make_rule_set(), _governed(user)
    return {
        "associate": associate,
        "college": College.objects.create(name="Collège d’essai"),
        "admission": Admission.objects.create(
            person=user.person, state=AdmissionState.SUBMITTED, submitted_on=BEGINNING, created_by=user
        ),
        "rule_set": rule_set,
        "line": _drafted_line(),
        **_shares(associate),
        **governed,
        **_called(associate, rule_set),
        **_elected(user.person, governed["body"], rule_set),
        **_minuted(associate, rule_set),
    }


def _drafted_line() -> RuleLine:
    """A line that nobody but those who keep the rules sees yet."""
    draft = RuleSet.objects.create(
        number=RuleSet.objects.count() + 1, form=RuleForm.SCOP_SARL, valid_from=BEGINNING, reason="Essai"
    )
    return RuleLine.objects.create(rule_set=draft, key="tie", value="age")


def subscribed_on_paper(associate: Associate, parts: ShareClass) -> Subscription:
    """Ten shares whose bulletin was signed on paper."""
    return Subscription.objects.create(
        associate=associate,
        share_class=parts,
        quantity=10,
        nominal=parts.nominal,
        first_due_on=BEGINNING,
        state=SubscriptionState.SIGNED,
        signed_on=BEGINNING,
        paper_note="Armoire",
    )


def _shares(associate: Associate) -> dict[str, Any]:
    parts, now = make_share_class(), timezone.now()
    subscription = subscribed_on_paper(associate, parts)
    return {
        "parts": parts,
        "subscription": subscription,
        "payment": SharePayment.objects.create(
            subscription=subscription, on=BEGINNING, amount=Decimal("24.00"), way=PaymentWay.BANK
        ),
        "movement": ShareMovement.objects.create(
            kind=MovementKind.ISSUE, on=BEGINNING, share_class=parts, quantity=10, receiver=associate
        ),
        "refund": Refund.objects.create(
            associate=associate, share_class=parts, quantity=2, asked_at=now, lost_on=timezone.localdate()
        ),
    }


def _governed(user: User) -> dict[str, Any]:
    body = make_body()
    return {
        "body": body,
        "mandate": make_mandate(body, user.person),
        "decision": Decision.objects.create(
            on=BEGINNING, body=body, title="Changer de banque", owner=user.person
        ),
    }


def _called(associate: Associate, rule_set: RuleSet) -> dict[str, Any]:
    """An open assembly with all that an associate leaves in one."""
    holder, now = make_associate(), timezone.now()
    assembly = make_assembly(state=AssemblyState.OPEN, rule_set=rule_set, associates=(associate, holder))
    item = make_item(assembly)
    resolution = make_resolution(assembly, item=item)
    paper = add_paper(
        assembly,
        item=item,
        title="Comptes",
        content=PDF,
        name="comptes.pdf",
        actor=make_organiser(),
        on=timezone.localdate(),
    )
    return {
        "assembly": assembly,
        "item": item,
        "paper": paper,
        "section": make_section_meeting(assembly),
        "resolution": resolution,
        "amendment": Amendment.objects.create(
            resolution=resolution,
            version=resolution.versions.get(),
            kind=AmendmentKind.REPLACE,
            paragraph=1,
            text="Les comptes sont rejetés.",
            author=associate,
        ),
        "convocation": Convocation.objects.get(assembly=assembly, associate=associate),
        "question": MemberQuestion.objects.create(
            assembly=assembly, associate=associate, text="Combien de temps ?"
        ),
        "proxy": Proxy.objects.create(assembly=assembly, principal=associate, holder=holder, given_at=now),
        "event": attend(assembly, associate, now),
        **_voted(assembly, resolution, associate),
    }


def _elected(person: Person, body: Body, rule_set: RuleSet) -> dict[str, Any]:
    """An election that was proclaimed, whose mandate nobody opened yet."""
    election = make_election(body, [person], rule_set=rule_set)
    # One room, one key.
    Assembly.objects.filter(pk=election.assembly_id).update(room_key="", screen_key="")
    proclaim(election, [person])
    return {"election": election, "candidate": election.candidates.get()}


def _voted(assembly: Assembly, resolution: Resolution, associate: Associate) -> dict[str, Any]:
    now = timezone.now()
    vote = Vote.objects.create(
        assembly=assembly,
        resolution=resolution,
        state=VoteState.OPEN,
        rule=RULE,
        quorum=QUORUM_FACTS,
        opened_at=now,
    )
    voice = Voice.objects.create(vote=vote, associate=associate)
    ballot = NamedBallot.objects.create(
        voice=voice,
        choice={"answer": Answer.FOR},
        way=BallotWay.SCREEN,
        at=now,
        receipt="RECUDECLAIRE",
    )
    return {"vote": vote, "ballot": ballot}


def _minuted(associate: Associate, rule_set: RuleSet) -> dict[str, Any]:
    """A closed assembly whose minutes wait for this associate’s signature and for another one."""
    assembly = make_assembly(
        state=AssemblyState.CLOSED,
        rule_set=rule_set,
        associates=(associate,),
        room_key="",
        screen_key="",
        title="Assemblée d’hiver",
    )
    seat(assembly, BureauRole.CHAIR, associate.person)
    seat(assembly, BureauRole.SECRETARY)
    actor = make_organiser()
    minutes = hand_over_minutes(make_minutes(assembly, actor), actor=actor)
    return {"minuted": assembly, "place": minutes.signatures.get(role=BureauRole.SECRETARY)}
