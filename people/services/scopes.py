"""Scopes and who belongs to them: called by the upper rooms when they open an activity or a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import Person, PersonScope, Scope, Territory, User
from people.models.scopes import MEMBERS_OF_PORTFOLIO
from people.services.changes import require_text
from people.states import ScopeKind, ScopePart


@transaction.atomic
def open_scope(
    kind: str,
    *,
    label: str,
    actor: User | None,
    territory: Territory | None = None,
    portfolio: Scope | None = None,
) -> Scope:
    """Does: creates the scope of an activity, a place, a project or a portfolio, followed from `portfolio`
    if one is given. Refuses: no label, a portfolio of the same name, a territory (save_territory makes its
    scope). Leaves behind: the scope, audit."""
    require_text(label, "label", _("Indiquez l’intitulé."))
    if kind == ScopeKind.TERRITORY:
        raise Refused(Code.VALUE_INVALID, _("Le périmètre d’un territoire se crée avec le territoire."))
    if kind == ScopeKind.PORTFOLIO:
        _refuse_portfolio_name(label, None)
    try:
        with transaction.atomic():
            scope = Scope.objects.create(
                kind=kind, label=label.strip(), territory=territory, portfolio=portfolio
            )
    except IntegrityError:  # the same name, from another hand, at the same instant
        _refuse_portfolio_name(label, None)
        raise
    audit.record(actor, "people.scope.open", scope)
    return scope


@transaction.atomic
def rename_scope(
    scope: Scope, *, label: str, actor: User | None, territory: Territory | None = None
) -> Scope:
    """Does: follows a change of name or territory of what the scope stands for. Refuses: no label.
    Leaves behind: audit when something changed."""
    require_text(label, "label", _("Indiquez l’intitulé."))
    row = Scope.objects.select_for_update().get(pk=scope.pk)
    before = [row.label, row.territory_id]
    row.label, row.territory = label.strip(), territory
    if before != [row.label, row.territory_id]:
        row.save()
        audit.record(actor, "people.scope.change", row, detail={"before": before})
    return row


@transaction.atomic
def save_portfolio(
    portfolio: Scope | None, *, label: str, scopes: Iterable[Scope], actor: User | None
) -> Scope:
    """Does: creates or changes a portfolio, which then holds exactly these activities and projects. Refuses:
    no name, a name already used, something that cannot be followed.
    Leaves behind: each scope in one portfolio only, audit."""
    wanted = sorted(scope.pk for scope in scopes)
    if Scope.objects.filter(pk__in=wanted).exclude(kind__in=MEMBERS_OF_PORTFOLIO).exists():
        raise Refused(
            Code.VALUE_INVALID, _("Un portefeuille ne suit que des activités et des projets."), field="scopes"
        )
    if portfolio is None:
        row = open_scope(ScopeKind.PORTFOLIO, label=label, actor=actor)
    else:
        row = Scope.objects.select_for_update().get(pk=portfolio.pk, kind=ScopeKind.PORTFOLIO)
        _refuse_portfolio_name(label, row.pk)
        row = rename_scope(row, label=label, actor=actor)
    held = sorted(row.followed.values_list("pk", flat=True))
    if wanted != held:
        row.followed.exclude(pk__in=wanted).update(portfolio=None)
        Scope.objects.filter(pk__in=wanted).update(portfolio=row)
        audit.record(actor, "people.portfolio.fill", row, detail={"before": held, "after": wanted})
    return row


@transaction.atomic
def join_scope(
    person: Person,
    *,
    scope: Scope,
    starts_on: date,
    actor: User | None,
    ends_on: date | None = None,
    part: str = ScopePart.LEAD,
) -> PersonScope:
    """Does: makes a person a member of a scope from a day on, with a part there. Refuses: an end before the
    start, a membership that overlaps another of theirs. Leaves behind: the dated membership, audit."""
    Person.objects.select_for_update().get(pk=person.pk)
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    others = PersonScope.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), person=person, scope=scope
    )
    if (others.filter(starts_on__lte=ends_on) if ends_on else others).exists():
        raise Refused(
            Code.DUPLICATE, _("Cette personne en fait déjà partie sur ces dates."), field="starts_on"
        )
    membership = PersonScope.objects.create(
        person=person, scope=scope, starts_on=starts_on, ends_on=ends_on, part=part
    )
    audit.record(actor, "people.scope.join", membership, detail={"role": part})
    return membership


@transaction.atomic
def leave_scope(membership: PersonScope, *, last_day: date, actor: User | None) -> PersonScope:
    """Does: ends a membership on its last day. Refuses: a day before the start, a membership already ended
    earlier. Leaves behind: the row, ended, audit."""
    row = PersonScope.objects.select_for_update().get(pk=membership.pk)
    if last_day < row.starts_on - timedelta(days=1):
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cette appartenance est déjà terminée."), field="ends_on")
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    audit.record(actor, "people.scope.leave", row, detail={"last_day": last_day.isoformat()})
    return row


def _refuse_portfolio_name(label: str, own: int | None) -> None:
    others = Scope.objects.filter(kind=ScopeKind.PORTFOLIO, label=label.strip()).exclude(pk=own or 0)
    if others.exists():
        raise Refused(Code.DUPLICATE, _("Un portefeuille porte déjà ce nom."), field="label")
