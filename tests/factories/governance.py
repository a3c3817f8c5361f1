"""Legal situations of the room `governance`: associates, a confirmed rule set, an assembly at each stage."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cae.core.canonical import sha256_of
from governance.calculations.rules import canonical_lines
from governance.models import (
    Assembly,
    Associate,
    CategoryPeriod,
    College,
    Convocation,
    Resolution,
    ResolutionVersion,
    RuleLine,
    RuleSet,
    ShareClass,
)
from governance.states.assemblies import AssemblyKind, AssemblyState, Channel
from governance.states.register import Category
from governance.states.rules import DecisionKind, RuleForm
from people.models import Organisation, Person, User
from people.states import RoleKind
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user

# The statutes of an invented Scop SARL, first and second call.
VALUES: dict[str, str] = {
    "decision.ordinary.1": "none all_members 1/2 strict",
    "decision.ordinary.2": "none expressed 1/2 strict",
    "decision.extraordinary.1": "3/4 present_or_represented 3/4 at_least",
    "decision.extraordinary.2": "1/2 present_or_represented 3/4 at_least",
    "decision.manager_election.1": "none all_members 1/2 strict",
    "decision.manager_election.2": "none present_or_represented 1/2 strict",
    "decision.manager_removal.1": "none all_members 1/2 strict",
    "decision.manager_removal.2": "none all_members 1/2 strict",
    "decision.board_election.1": "none expressed 1/2 strict",
    "decision.board_election.2": "none expressed 1/2 strict",
    "decision.admission.1": "none expressed 1/2 strict",
    "decision.admission.2": "none expressed 1/2 strict",
    "blank_ballots": "outside",
    "quorum_base": "voting",
    "quorum_moment": "each_vote",
    "proxy_cap": "legal",
    "proxy_holders": "associates",
    "proxy_later": "replaces",
    "blank_proxy": "by_support",
    "tie": "age",
    "casting_vote": "none",
    "median": "lower",
    "schulze_strength": "winning_votes",
    "consent_minimum": "3",
    "ballot_final": "last",
    "correspondence": "allowed",
    "correspondence_days": "3",
    "remote": "counted",
    "notice_days": "15",
    "notice_form": "either",
    "additions_threshold": "1/20",
    "additions_open_days": "15",
    "additions_close_days": "5",
    "manager_electorate": "associates",
    "manager_ballot": "open",
    "manager_term_months": "24",
    "manager_terms_most": "3",
    "suspension_days": "30",
    "refund_years": "5",
    "capital_floor": "1/4",
    "admission_route": "vote",
}


def make_organiser(**fields: Any) -> User:
    return make_user(RoleKind.CO_MANAGER, **fields)


def make_associate(
    person: Person | None = None,
    *,
    organisation: Organisation | None = None,
    category: str = Category.EMPLOYEE,
    college: College | None = None,
    admitted_on: date = BEGINNING,
    number: int | None = None,
    **person_fields: Any,
) -> Associate:
    """An associate with a category, without shares: rights do not hang on capital."""
    if organisation is None:
        person = person or make_person(**person_fields)
    associate = Associate.objects.create(
        person=person,
        organisation=organisation,
        admitted_on=admitted_on,
        admission_decision="Assemblée de fondation",
        number=number,
    )
    CategoryPeriod.objects.create(
        associate=associate, category=category, college=college, starts_on=admitted_on, reason="admission"
    )
    return associate


def make_member(**fields: Any) -> tuple[User, Associate]:
    """An account of an associate, and the associate."""
    user = make_user(RoleKind.ASSOCIATE, **fields)
    return user, make_associate(user.person)


def make_share_class(code: str = "A", nominal: str = "24.00") -> ShareClass:
    found, _made = ShareClass.objects.get_or_create(
        code=code, defaults={"name": f"Parts {code}", "nominal": Decimal(nominal)}
    )
    return found


def make_rule_set(
    *, valid_from: date = BEGINNING, actor: User | None = None, without: tuple[str, ...] = (), **values: str
) -> RuleSet:
    """A confirmed rule set; `values` replace those of `VALUES` (dots written as two underscores)."""
    actor = actor or make_organiser()
    lines = VALUES | {key.replace("__", "."): value for key, value in values.items()}
    lines = {key: value for key, value in lines.items() if key not in without}
    number = RuleSet.objects.count() + 1
    rule_set = RuleSet.objects.create(
        number=number, form=RuleForm.SCOP_SARL, valid_from=valid_from, reason="statuts", created_by=actor
    )
    RuleLine.objects.bulk_create(
        RuleLine(
            rule_set=rule_set,
            key=key,
            value=value,
            article="art. 14",
            confirmed_by=actor,
            confirmed_at=timezone.now(),
        )
        for key, value in lines.items()
    )
    rule_set.state = "confirmed"
    rule_set.confirmed_by = actor
    rule_set.sha256 = sha256_of(list(canonical_lines(lines)))
    rule_set.save()
    return rule_set


def rules_of(rule_set: RuleSet) -> dict[str, str]:
    return dict(rule_set.lines.values_list("key", "value"))


def make_assembly(
    *,
    starts_at: datetime | None = None,
    state: str = AssemblyState.CONVENED,
    rule_set: RuleSet | None = None,
    associates: tuple[Associate, ...] = (),
    **fields: Any,
) -> Assembly:
    """An assembly at a stage, its rules frozen and `associates` called, without its services."""
    convened = state not in (AssemblyState.DRAFT, AssemblyState.CANCELLED)
    rule_set = rule_set or (make_rule_set() if convened else None)
    now = timezone.now()
    opened = state in (AssemblyState.OPEN, AssemblyState.CLOSED, AssemblyState.SIGNED)
    values = rules_of(rule_set) if rule_set else {}
    assembly = Assembly.objects.create(
        **{
            "kind": AssemblyKind.ORDINARY,
            "title": "Assemblée générale de printemps",
            "starts_at": starts_at or now,
            "place": "Salle des fêtes, Bègles",
            "rule_set": rule_set,
            "rules": values if convened else {},
            "rules_sha256": sha256_of(list(canonical_lines(values))) if convened else "",
            "state": state,
            "convened_at": now if convened else None,
            "opened_at": now if opened else None,
            "closed_at": now if opened and state != AssemblyState.OPEN else None,
            "room_key": "cle-de-la-salle",
            "screen_key": "cle-de-l-ecran",
        }
        | fields
    )
    for associate in associates:
        call(assembly, associate)
    return assembly


def call(assembly: Assembly, associate: Associate) -> Convocation:
    person = associate.person or associate.representatives.get().person
    return Convocation.objects.create(
        assembly=assembly, associate=associate, person=person, channel=Channel.MAIL
    )


def make_resolution(
    assembly: Assembly, text: str = "Les comptes sont approuvés.", **fields: Any
) -> Resolution:
    """A resolution on the agenda, with its first version."""
    number = assembly.resolutions.count() + 1
    resolution = Resolution.objects.create(
        **{
            "assembly": assembly,
            "number": number,
            "title": f"Résolution {number}",
            "decision_kind": DecisionKind.ORDINARY,
        }
        | fields
    )
    ResolutionVersion.objects.create(resolution=resolution, number=1, text=text, sha256=sha256_of(text))
    return resolution
