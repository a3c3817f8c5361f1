"""The agreement of a collective: written, proposed to its members, taken back, ended (ENT-44)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from entrepreneurs.agreement_mails import close_agreement_links, tell_member, tell_undone
from entrepreneurs.calculations.keys import parts_of, said
from entrepreneurs.models import Activity, Agreement, AgreementShare
from entrepreneurs.selectors.members import workers_of
from entrepreneurs.states.activities import ActivityKind
from entrepreneurs.states.agreements import AGREEMENT_FLOW, AgreementState
from people.models import Person, PersonScope

MAX_TEXT = 8000


@dataclass(frozen=True, slots=True)
class ShareContent:
    """The line of one member: exact fractions of the result and of the contribution."""

    person: Person
    result: Fraction
    contribution: Fraction
    function: str = ""
    credited: Activity | None = None


@transaction.atomic
def draft_agreement(
    activity: Activity,
    *,
    functioning: str,
    starts_on: date,
    shares: Sequence[ShareContent],
    actor: Any,
) -> Agreement:
    """Does: opens the next version of the agreement of a collective. Refuses: an individual activity, another
    version in hand, no text, a start before the activity, a key that is not whole or names somebody who is no
    member. Leaves behind: the draft and its lines, audit."""
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    if row.kind != ActivityKind.COLLECTIVE:
        raise Refused(Code.VALUE_INVALID, _("Seule une activité collective a une convention."))
    in_hand = (AgreementState.DRAFT, AgreementState.TO_SIGN)
    if Agreement.objects.filter(activity=row, state__in=in_hand).exists():
        raise Refused(Code.DUPLICATE, _("Une version est déjà en préparation : terminez-la d’abord."))
    last = Agreement.objects.filter(activity=row).aggregate(last=Max("number"))["last"] or 0
    agreement = Agreement(activity=row, number=last + 1, created_by=actor)
    _write(agreement, functioning, starts_on, shares)
    audit.record(actor, "entrepreneurs.agreement.draft", agreement, detail={"from": starts_on.isoformat()})
    return agreement


@transaction.atomic
def change_agreement(
    agreement: Agreement, *, functioning: str, starts_on: date, shares: Sequence[ShareContent], actor: Any
) -> Agreement:
    """Does: replaces the content of a draft. Refuses: what `draft_agreement` refuses, a version that is no
    draft any more. Leaves behind: the draft, audit."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not row.is_draft:
        raise IllegalMove(_("Cette version n’est plus un brouillon."))
    row.shares.all().delete()
    _write(row, functioning, starts_on, shares)
    audit.record(actor, "entrepreneurs.agreement.save", row)
    return row


@performs(AGREEMENT_FLOW, "propose")
def propose_agreement(agreement: Agreement, *, actor: Any) -> None:
    """Does: closes the text and asks everybody to sign it. Refuses: a key without one of the members of its
    first day, or with somebody who is none. Leaves behind: the state, the hash of what is signed, each
    member told, audit."""
    require_everybody(agreement)
    agreement.content_sha256 = content_hash(agreement)
    agreement.decline_reason, agreement.declined_by = "", None
    for share in agreement.shares.select_related("person", "agreement__activity"):
        tell_member(share, actor=actor, at=timezone.now())


@performs(AGREEMENT_FLOW, "take_back")
def take_back_agreement(agreement: Agreement, *, actor: Any) -> None:
    """Does: makes it a draft again; signatures given stay in the journal and count no more. Refuses: one
    signed by the house. Leaves behind: the state, lines without signature, links dead, the members
    told, audit."""
    unsign(agreement, reason="", actor=actor)


@performs(AGREEMENT_FLOW, "cancel")
def cancel_agreement(agreement: Agreement, *, actor: Any) -> None:
    """Does: puts a draft aside for good. Refuses: one proposed or signed. Leaves behind: the state, audit."""


@transaction.atomic
def end_agreement(agreement: Agreement, *, last_day: date, actor: Any) -> Agreement:
    """Does: ends a signed version on its last day, without another after it. Refuses: one that is not signed,
    or already ended by then, a day before its eve. Leaves behind: the end, audit."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not row.is_signed:
        raise IllegalMove(_("Seule une convention signée s’arrête."))
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cette convention s’arrête déjà ce jour-là ou avant."))
    if last_day < row.starts_on - timedelta(days=1):
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="last_day")
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    audit.record(actor, "entrepreneurs.agreement.end", row, detail={"last_day": last_day.isoformat()})
    return row


def unsign(agreement: Agreement, *, reason: str, actor: Any) -> None:
    """Does: empties the lines of what was signed, in the act of who takes back or declines. Refuses: nothing.
    Leaves behind: lines without signature, links dead, the members told why."""
    close_agreement_links(agreement.shares.all(), actor=actor, at=timezone.now())
    agreement.shares.update(signature=None, told_at=None, code_hash="", code_ends_at=None)
    agreement.content_sha256, agreement.code_hash, agreement.code_ends_at = "", "", None
    tell_undone(agreement, reason=reason, actor=actor)


def content_hash(agreement: Agreement) -> str:
    """The hash of what everybody signs: the text, the first day, the key and where each part goes."""
    lines = [
        [
            share.person_id,
            share.function,
            said(share.result_key),
            said(share.contribution_key),
            share.credited_id,
        ]
        for share in agreement.shares.select_related("agreement").order_by("pk")
    ]
    starts_on = agreement.starts_on.isoformat()
    return sha256_of([agreement.activity_id, agreement.number, agreement.functioning, starts_on, lines])


def _write(agreement: Agreement, functioning: str, starts_on: date, shares: Sequence[ShareContent]) -> None:
    if not functioning.strip():
        raise Refused(Code.VALUE_MISSING, _("Écrivez comment le collectif fonctionne."), field="functioning")
    if len(functioning) > MAX_TEXT:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce texte est trop long."), field="functioning")
    if starts_on < agreement.activity.opened_on:
        raise Refused(
            Code.PERIOD_INVALID,
            _("La convention ne peut pas commencer avant l’activité."),
            field="starts_on",
        )
    result_whole, results = _whole([share.result for share in shares], "result")
    contribution_whole, contributions = _whole([share.contribution for share in shares], "contribution")
    _require_members(agreement.activity, shares, starts_on)
    agreement.functioning, agreement.starts_on = functioning.strip(), starts_on
    agreement.result_whole, agreement.contribution_whole = result_whole, contribution_whole
    agreement.save()
    AgreementShare.objects.bulk_create(
        AgreementShare(
            agreement=agreement,
            person=share.person,
            function=share.function.strip(),
            credited=share.credited,
            result_parts=result,
            contribution_parts=contribution,
        )
        for share, result, contribution in zip(shares, results, contributions, strict=True)
    )


def _whole(shares: Sequence[Fraction], field: str) -> tuple[int, list[int]]:
    try:
        return parts_of(shares)
    except ValueError as error:
        raise Refused(
            Code.VALUE_INVALID,
            _("La clé fait %(sum)s : elle doit faire 100 %% exactement.")
            % {"sum": said(sum(shares, Fraction(0)))},
            field=field,
        ) from error


def _require_members(activity: Activity, shares: Sequence[ShareContent], on: date) -> None:
    named = [share.person.pk for share in shares]
    if len(set(named)) != len(named):
        raise Refused(Code.DUPLICATE, _("Une personne figure deux fois dans la clé."))
    members = {person.pk for person in workers_of(activity, on)}
    for share in shares:
        if share.person.pk not in members:
            raise Refused(
                Code.VALUE_INVALID,
                _("%(name)s n’est pas membre de l’activité ce jour-là.") % {"name": share.person},
            )
        if share.credited is not None and not _is_of(share.person, share.credited, activity):
            raise Refused(
                Code.VALUE_INVALID,
                _("La part de %(name)s va à une activité de cette personne.") % {"name": share.person},
            )


def _is_of(person: Person, credited: Activity, activity: Activity) -> bool:
    inside = PersonScope.objects.filter(person=person, scope=credited.scope_id).exists()
    return inside and credited.pk != activity.pk


def require_everybody(agreement: Agreement) -> None:
    """A key that leaves a member out would leave them without any share, unsaid."""
    members = {person.pk: person for person in workers_of(agreement.activity, agreement.starts_on)}
    named = set(agreement.shares.values_list("person", flat=True))
    missing = [str(person) for key, person in members.items() if key not in named]
    if missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("La clé ne dit rien de : %(names)s.") % {"names": ", ".join(missing)},
        )
    if not named <= members.keys():
        raise Refused(Code.VALUE_INVALID, _("La clé nomme une personne qui n’est plus membre."))
