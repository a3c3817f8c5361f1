"""Writes the register of associates: who enters, what they are, who acts for them, who leaves (GOV-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.templatetags.formats import day as shown
from entrepreneurs.services.taking_effect import set_clocks_of
from governance.calculations.membership import DECIDED_CAUSES, category_fits, cause_fits
from governance.models import Assembly, Associate, CategoryPeriod, College, Refund, Representative
from governance.selectors.register import votes_at
from governance.services.proxy_mails import tell_proxies
from governance.services.pulse import beat
from governance.services.share_effects import take_register
from governance.states.assemblies import CALLED
from governance.states.register import Category, LossCause, RefundState
from people.models import Organisation, Person, StatusPeriod
from people.services.changes import one_line, refuse_long, require_text
from people.services.statuses import correct_status, end_status, open_status, withdraw_status
from people.states.statuses import StatusKind

DAY = timedelta(days=1)
MOST = 200


@dataclass(frozen=True)
class Entry:
    """Who enters the register, a person or a legal person with who acts for it; what as, by what decision."""

    category: str
    admitted_on: date
    decision: str
    person: Person | None = None
    organisation: Organisation | None = None
    representative: Person | None = None
    college: College | None = None
    number: int | None = None


@transaction.atomic
def enter_associate(entry: Entry, *, actor: Any, on: date) -> Associate:
    """Does: writes in the register somebody who is an associate already, admitted before it was kept here.
    Refuses: what `inscribe` refuses. Leaves behind: what it leaves; audit."""
    associate = inscribe(entry, actor=actor, on=on)
    audit.record(actor, "governance.associate.enter", associate, detail=_facts(associate))
    return associate


def inscribe(entry: Entry, *, actor: Any, on: date) -> Associate:
    """Does: opens the line of an associate, in the act that enters or admits. Refuses: nobody or two, no
    decision, a day to come, a category that does not fit or lacks its college, a legal person without
    representative, somebody who was an associate on that day or is one since, a number taken. Leaves behind:
    the associate, the category, the representative; the status and the role of a person, the clock of a CESA
    stopped; live pages told."""
    decision = " ".join(entry.decision.split())
    _check_entry(entry, decision, on)
    beat_live()
    owner = _lock_owner(entry)
    _refuse_twice(owner, entry.admitted_on)
    associate = Associate.objects.create(
        person=entry.person,
        organisation=entry.organisation,
        number=_checked_number(entry.number),
        admitted_on=entry.admitted_on,
        admission_decision=decision,
        created_by=actor,
    )
    CategoryPeriod.objects.create(
        associate=associate,
        category=entry.category,
        college=entry.college,
        starts_on=entry.admitted_on,
        reason=decision,
    )
    if entry.representative is not None:
        Representative.objects.create(
            associate=associate, person=entry.representative, starts_on=entry.admitted_on
        )
    if entry.person is not None:
        _open_status(associate, entry.person, reason=decision, actor=actor, on=on)
    return associate


@transaction.atomic
def change_category(
    associate: Associate, *, category: str, college: College | None, on: date, reason: str, actor: Any
) -> CategoryPeriod:
    """Does: says what an associate is from a day on, and the college. Refuses: no reason, who left by then, a
    day before the current category, one that does not fit or lacks its college, the same again. Leaves
    behind: the former period ended on the eve, the new one; live pages told; audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi la catégorie change."), most=MOST)
    beat_live()
    row = present_line(associate, on)
    _check_category(category, college, is_body=row.person_id is None)
    last = CategoryPeriod.objects.select_for_update().filter(associate=row, ends_on__isnull=True).get()
    if on < last.starts_on:
        raise Refused(
            Code.DATE_BEFORE_LAST,
            _("La catégorie actuelle court depuis le %(day)s : choisissez ce jour ou un jour suivant.")
            % {"day": shown(last.starts_on)},
            field="on",
        )
    if (last.category, last.college) == (category, college):
        raise Refused(Code.ALREADY_DONE, _("C’est déjà la catégorie de cet·te associé·e."), field="category")
    end_period(last, on)
    period = CategoryPeriod.objects.create(
        associate=row, category=category, college=college, starts_on=on, reason=reason
    )
    detail = {"category": [last.category, category], "from": on.isoformat(), "reason": reason}
    audit.record(actor, "governance.associate.category", row, detail=detail)
    return period


@transaction.atomic
def lose_status(associate: Associate, *, cause: str, on: date, decision: str, actor: Any) -> Associate:
    """Does: writes that somebody is no associate any more from a day on, the first one outside. Refuses: who
    left already, a day before the admission or to come, a cause that does not fit, an exclusion or a deemed
    resignation without its decision. Leaves behind: the line closed, category and representative ended; the
    status and the role ended on the eve; live pages told; audit. The shares stay until they are refunded."""
    decision = " ".join(decision.split())
    beat_live()
    row = _locked(associate)
    if row.left_on is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("La sortie est déjà notée, le %(day)s.") % {"day": shown(row.left_on)},
        )
    _check_loss(row, cause, on, decision)
    voted = votes_at(row, timezone.now())
    row.left_on, row.loss_cause, row.loss_decision = on, cause, decision
    row.version += 1
    row.save(update_fields=["left_on", "loss_cause", "loss_decision", "version"])
    for period in (*row.categories.select_for_update(), *row.representatives.select_for_update()):
        if period.ends_on is None or period.ends_on >= on:
            end_period(period, on)
    if row.person is not None:
        _end_status(row.person, on, house_words(LossCause(cause).label), actor)
        set_clocks_of(row.person, on=timezone.localdate(), actor=actor)
    tell_proxies(row, voted=voted, now=timezone.now(), actor=actor)
    detail = {"cause": cause, "on": on.isoformat(), "decision": decision}
    audit.record(actor, "governance.associate.lose", row, detail=detail)
    return row


@transaction.atomic
def restore_status(associate: Associate, *, reason: str, actor: Any) -> Associate:
    """Does: takes back a loss that was noted by mistake. Refuses: no reason, who did not leave, somebody who
    has another line since, shares asked back or given back because of that loss. Leaves behind: the line open
    again with its number, its last category and representative; the status and the role; live pages told;
    audit."""
    beat_live()
    row = _locked(associate)
    if row.left_on is None:
        raise Refused(Code.ALREADY_DONE, _("Aucune sortie n’est notée."))
    reason = one_line(reason, "reason", _("Dites pourquoi la sortie est annulée."), most=MOST)
    _refuse_followed(row)
    left_on, voted = row.left_on, votes_at(row, timezone.now())
    detail = {"cause": row.loss_cause, "on": left_on.isoformat(), "decision": row.loss_decision}
    row.left_on, row.loss_cause, row.loss_decision = None, "", ""
    row.version += 1
    row.save(update_fields=["left_on", "loss_cause", "loss_decision", "version"])
    for rows in (row.categories, row.representatives):
        _open_last(rows.select_for_update().order_by("starts_on", "pk"), left_on)
    if row.person is not None:
        _open_status(row, row.person, reason=reason, actor=actor, on=timezone.localdate())
    tell_proxies(row, voted=voted, now=timezone.now(), actor=actor)
    audit.record(actor, "governance.associate.restore", row, detail=detail | {"reason": reason})
    return row


def _refuse_followed(row: Associate) -> None:
    """Raises Refused when something rests on the loss already."""
    mine = {"person": row.person} if row.person_id else {"organisation": row.organisation}
    if Associate.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=row.left_on), **mine).exists():
        raise Refused(Code.DUPLICATE, _("%(name)s est revenu·e au registre depuis.") % {"name": row})
    kept = Refund.objects.filter(associate=row).exclude(cause="").exclude(state=RefundState.CANCELLED)
    if kept.exists():
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "Des parts sont à rembourser depuis cette sortie : rétablissez-les si elles sont parties,"
                " puis abandonnez la demande."
            ),
        )


def _open_last(periods: QuerySet[Any], left_on: date) -> None:
    """The period that the loss ended runs again: the last one begun by then, not what had ended before."""
    last = periods.filter(starts_on__lte=left_on).last()
    if last is not None and (last.ends_on is None or last.ends_on >= left_on - DAY):
        last.ends_on = None
        last.save(update_fields=["ends_on"])


def beat_live() -> None:
    """Does: makes the pages of the assemblies called or sitting draw themselves anew: who votes changes.
    Called before an associate is locked: whoever gives a proxy or signs somebody in holds the assembly first.
    Refuses: nothing. Leaves behind: their pulse, grown."""
    live = Assembly.objects.filter(state__in=CALLED).order_by("pk")
    for pk in live.values_list("pk", flat=True):
        beat(pk)


def _check_entry(entry: Entry, decision: str, on: date) -> None:
    if (entry.person is None) == (entry.organisation is None):
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez une personne, ou un organisme : l’un des deux."), field="person"
        )
    require_text(decision, "decision", _("Dites quelle décision l’admet."))
    refuse_long(decision, "decision", MOST)
    if entry.admitted_on > on:
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir."), field="admitted_on")
    _check_category(entry.category, entry.college, is_body=entry.person is None)
    if entry.organisation is not None and entry.representative is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("Nommez la personne qui agit pour l’organisme."),
            field="representative",
        )
    if entry.person is not None and entry.representative is not None:
        raise Refused(
            Code.VALUE_INVALID, _("Une personne n’a pas de représentant·e."), field="representative"
        )


def _check_category(category: str, college: College | None, *, is_body: bool) -> None:
    if category not in Category.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une catégorie."), field="category")
    if not category_fits(category, is_body=is_body):
        sentence = (
            _("Un organisme n’est ni salarié, ni bénévole : choisissez une autre catégorie.")
            if is_body
            else _("Cette catégorie est celle d’organismes : choisissez-en une autre.")
        )
        raise Refused(Code.VALUE_INVALID, sentence, field="category")
    if college is None and College.objects.filter(is_active=True).exists():
        raise Refused(
            Code.VALUE_MISSING,
            _("Choisissez un collège : la coopérative compte ses voix par collège."),
            field="college",
        )
    if college is not None and not college.is_active:
        raise Refused(Code.VALUE_INVALID, _("Ce collège n’est plus en service."), field="college")


def _check_loss(row: Associate, cause: str, on: date, decision: str) -> None:
    if cause not in LossCause.values or not cause_fits(cause, is_body=row.person_id is None):
        raise Refused(Code.VALUE_INVALID, _("Cette cause ne convient pas à cet·te associé·e."), field="cause")
    if on < row.admitted_on:
        raise Refused(Code.PERIOD_INVALID, _("La sortie ne peut pas précéder l’admission."), field="on")
    if on > timezone.localdate():
        raise Refused(Code.DATE_INVALID, _("Ce jour est à venir : notez la sortie ce jour-là."), field="on")
    if cause in DECIDED_CAUSES:
        require_text(decision, "decision", _("Dites quelle décision la prononce."))
    refuse_long(decision, "decision", MOST)


def _lock_owner(entry: Entry) -> Person | Organisation:
    """One hand at a time on whoever enters."""
    if entry.organisation is not None:
        return Organisation.objects.select_for_update().get(pk=entry.organisation.pk)
    return Person.objects.select_for_update().get(pk=entry.person.pk if entry.person else 0)


def _refuse_twice(owner: Person | Organisation, day: date) -> None:
    mine = {"person": owner} if isinstance(owner, Person) else {"organisation": owner}
    rows = Associate.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), **mine)
    if rows.exists():
        raise Refused(
            Code.DUPLICATE,
            _("%(name)s figure déjà au registre à cette date.") % {"name": owner},
            field="person" if isinstance(owner, Person) else "organisation",
        )


def _checked_number(number: int | None) -> int | None:
    if number is None:
        return None
    # Whoever frees shares gives numbers too.
    take_register()
    if number < 1:
        raise Refused(Code.NOT_A_NUMBER, _("Un numéro commence à 1."), field="number")
    held = Associate.objects.filter(number=number).select_related("person", "organisation").first()
    if held is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Le n° %(number)d est celui de %(name)s.") % {"number": number, "name": held},
            field="number",
        )
    return number


def _open_status(associate: Associate, person: Person, *, reason: str, actor: Any, on: date) -> None:
    """Opens the status of the same days; one that a hand wrote before the register was kept takes them."""
    held = running_status(person, associate.admitted_on)
    if held is None:
        open_status(
            person,
            kind=StatusKind.ASSOCIATE,
            starts_on=associate.admitted_on,
            reason=reason,
            actor=actor,
            about=associate,
        )
    elif (held.starts_on, held.ends_on) != (associate.admitted_on, None):
        correct_status(held, starts_on=associate.admitted_on, ends_on=None, reason=reason, actor=actor)
    set_clocks_of(person, on=on, actor=actor)


def _end_status(person: Person, on: date, reason: str, actor: Any) -> None:
    held = running_status(person, on - DAY)
    if held is None:
        return
    if held.starts_on >= on:
        withdraw_status(held, reason=reason, actor=actor)
    else:
        end_status(held, last_day=on - DAY, reason=reason, actor=actor)


def running_status(person: Person, day: date) -> StatusPeriod | None:
    """Gives the status of associate that holds on a day or begins after it."""
    rows = StatusPeriod.objects.filter(person=person, kind=StatusKind.ASSOCIATE)
    kept = rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
    )
    return kept.order_by("starts_on").first()


def _locked(associate: Associate) -> Associate:
    rows = Associate.objects.select_for_update(of=("self",)).select_related("person", "organisation")
    return rows.get(pk=associate.pk)


def present_line(associate: Associate, on: date) -> Associate:
    """The locked line of somebody who is an associate on a day, and is not known to leave after it."""
    row = _locked(associate)
    if row.left_on is not None or not row.is_associate_on(on):
        raise Refused(
            Code.DATE_INVALID,
            _("%(name)s n’est pas associé·e à cette date.") % {"name": row},
            field="on",
        )
    return row


def end_period(period: Any, first_day_without: date) -> None:
    """Ends a period on the eve; one that had not begun by then never was."""
    period.ends_on = max(first_day_without, period.starts_on) - DAY
    period.save(update_fields=["ends_on"])


def _facts(associate: Associate) -> dict[str, Any]:
    return {
        "admitted_on": associate.admitted_on.isoformat(),
        "decision": associate.admission_decision,
        "number": associate.number,
    }
