"""Writes the dated facts about the right to vote: formal notice, suspension, return (GOV-05)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown
from governance.calculations.rules import RuleMissing, Rules
from governance.models import Assembly, Associate, Subscription, VotingRightEvent
from governance.selectors.associates import standing_notice
from governance.selectors.register import votes_at
from governance.selectors.rules import rules_in_force, values_of
from governance.selectors.shares import late_payments
from governance.services.associates import beat_live
from governance.services.proxy_mails import tell_proxies
from governance.services.register_mails import tell_rights
from governance.states.assemblies import AssemblyState
from governance.states.register import RightsEventKind
from people.services.changes import one_line

MOST = 300
_VERBS: dict[str, str] = {
    RightsEventKind.NOTICE: "governance.rights.notice",
    RightsEventKind.SUSPENSION: "governance.rights.suspension",
    RightsEventKind.RETURN: "governance.rights.return",
}


@transaction.atomic
def notify_late(
    associate: Associate,
    *,
    at: datetime,
    reason: str,
    subscription: Subscription | None = None,
    actor: Any,
) -> VotingRightEvent:
    """Does: gives formal notice to an associate who is late in paying shares, for the payment that is late
    since longest if none is said. Refuses: no reason, who is no associate then, an instant to come or before
    the last fact, a right already suspended, a subscription of somebody else or of which nothing is late.
    Leaves behind: the dated fact, its mail; audit."""
    row = _locked(associate, at)
    if _is_suspended(row):
        raise Refused(Code.ALREADY_DONE, _("Le droit de vote est déjà suspendu."))
    late = late_payments(timezone.localdate(at), row.subscriptions.all())
    if subscription is None:
        subscription = late[0].subscription if late else None
    elif subscription.pk not in {one.subscription.pk for one in late}:
        _require_own(row, subscription)
        raise Refused(Code.VALUE_INVALID, _("Rien n’est en retard sur cette souscription."))
    return _write(row, RightsEventKind.NOTICE, at, reason, subscription=subscription, actor=actor)


@transaction.atomic
def suspend(
    associate: Associate,
    *,
    at: datetime,
    reason: str,
    subscription: Subscription | None = None,
    actor: Any,
) -> VotingRightEvent:
    """Does: takes the right to vote away from an instant on; the roll of a vote already open stands. Refuses:
    what `notify_late` refuses, no notice since the right was last given back or only of what was paid since,
    a notice younger than the rules in force ask, rules that do not say how long, an instant before the end of
    a sitting. Leaves behind: the dated fact, its mail; who gave them a proxy told that it sleeps; live pages
    told; audit."""
    beat_live()
    row = _locked(associate, at)
    _refuse_counted(at)
    if _is_suspended(row):
        raise Refused(Code.ALREADY_DONE, _("Le droit de vote est déjà suspendu."))
    events = list(row.rights_events.order_by("at", "pk"))
    notice = standing_notice(row, events, timezone.localdate(at))
    if notice is None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Une mise en demeure, pour ce qui reste en retard, précède la suspension : notez-la d’abord."),
        )
    first = timezone.localdate(notice.at) + timedelta(days=suspension_days(at))
    if timezone.localdate(at) < first:
        raise Refused(
            Code.NOT_ALLOWED,
            _("La mise en demeure est du %(notice)s : la suspension est possible à partir du %(first)s.")
            % {"notice": shown(timezone.localdate(notice.at)), "first": shown(first)},
        )
    kept = subscription or notice.subscription
    voted = votes_at(row, timezone.now())
    event = _write(row, RightsEventKind.SUSPENSION, at, reason, subscription=kept, actor=actor)
    tell_proxies(row, voted=voted, now=timezone.now(), actor=actor)
    return event


@transaction.atomic
def give_back(associate: Associate, *, at: datetime, reason: str, actor: Any) -> VotingRightEvent:
    """Does: gives the right to vote back from an instant on. Refuses: no reason, a right that is not
    suspended, an instant to come, before the last fact or before the end of a sitting. Leaves behind: the
    dated fact, its mail; who gave them a proxy told that it wakes; live pages told; audit."""
    beat_live()
    row = _locked(associate, at)
    _refuse_counted(at)
    if not _is_suspended(row):
        raise Refused(Code.ALREADY_DONE, _("Le droit de vote n’est pas suspendu."))
    voted = votes_at(row, timezone.now())
    event = _write(row, RightsEventKind.RETURN, at, reason, actor=actor)
    tell_proxies(row, voted=voted, now=timezone.now(), actor=actor)
    return event


def suspension_days(at: datetime) -> int:
    """Gives how many days separate a notice from a suspension. Raises Refused when no rule says it."""
    try:
        return Rules(values_of(rules_in_force(timezone.localdate(at)))).integer("suspension_days")
    except RuleMissing as missing:
        raise Refused(
            Code.VALUE_MISSING,
            _("Les règles en vigueur ne disent pas le délai entre mise en demeure et suspension."),
        ) from missing


def _locked(associate: Associate, at: datetime) -> Associate:
    # Subscriptions first, as whoever frees them: what is late is judged on payments that are written.
    list(Subscription.objects.select_for_update().filter(associate=associate.pk).order_by("pk"))
    rows = Associate.objects.select_for_update(of=("self",)).select_related("person__user", "organisation")
    row = rows.get(pk=associate.pk)
    if at > timezone.now():
        raise Refused(Code.DATE_INVALID, _("Cet instant est à venir."))
    if not row.is_associate_on(timezone.localdate(at)):
        raise Refused(Code.DATE_INVALID, _("%(name)s n’est pas associé·e à cette date.") % {"name": row})
    last = row.rights_events.order_by("at", "pk").last()
    if last is not None and at < last.at:
        raise Refused(Code.DATE_BEFORE_LAST, _("Un fait plus récent est déjà noté sur ce droit de vote."))
    return row


def _refuse_counted(at: datetime) -> None:
    """Who could vote in a sitting is read again for ever: no fact noted later changes it."""
    opened = Q(state=AssemblyState.OPEN, opened_at__gt=at)
    sat = Assembly.objects.filter(opened | Q(closed_at__gt=at)).order_by("-opened_at").first()
    if sat is not None:
        raise Refused(
            Code.DATE_INVALID,
            _("« %(title)s » a compté ce droit de vote depuis : notez ce fait à partir de maintenant.")
            % {"title": sat.title},
        )


def _is_suspended(row: Associate) -> bool:
    last = row.rights_events.exclude(kind=RightsEventKind.NOTICE).order_by("at", "pk").last()
    return last is not None and last.kind == RightsEventKind.SUSPENSION


def _require_own(row: Associate, subscription: Subscription | None) -> None:
    if subscription is not None and subscription.associate_id != row.pk:
        raise Refused(Code.VALUE_INVALID, _("Cette souscription est à quelqu’un d’autre."))


def _write(
    row: Associate,
    kind: RightsEventKind,
    at: datetime,
    reason: str,
    *,
    subscription: Subscription | None = None,
    actor: Any,
) -> VotingRightEvent:
    reason = one_line(reason, "reason", _("Dites pourquoi."), most=MOST)
    _require_own(row, subscription)
    event = VotingRightEvent.objects.create(
        associate=row, kind=kind, at=at, reason=reason, subscription=subscription, created_by=actor
    )
    tell_rights(event, actor=actor)
    detail = {"from": at.isoformat(), "reason": reason}
    audit.record(actor, _VERBS[kind], row, detail=detail)
    return event
