"""What the team of a place should know is taken by somebody, or put aside until a day (COW-26)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import AlertMark, Place
from coworking.selectors.alerts import Notable, notable
from people.models import User

# Put aside for longer, it would be forgotten.
MOST_ASIDE = timedelta(days=366)


@transaction.atomic
def take_alert(place: Place, key: str, *, actor: User, now: datetime) -> AlertMark:
    """Does: somebody of the team says that they see to it, and it is said to the others. Refuses: what is no
    longer to be known, what somebody else sees to. Leaves behind: the mark, audit; taken twice is once."""
    row, known = _locked(place), _known(place, key, now)
    mark = AlertMark.objects.filter(place=row, key=key).select_related("taken_by__person").first()
    if mark is not None and mark.taken_by is not None:
        if mark.taken_by.pk == actor.pk:
            return mark
        raise Refused(
            Code.ALREADY_DONE,
            _("%(name)s s’en occupe déjà.") % {"name": mark.taken_by.person or mark.taken_by},
        )
    return _marked(row, known, actor=actor, taken_by=actor, until=None, now=now)


@transaction.atomic
def put_alert_aside(place: Place, key: str, *, until: date, actor: User, now: datetime) -> AlertMark:
    """Does: hides what is to be known until a day, on which it comes back. Refuses: what is no longer to be
    known, a day that is not to come, or more than a year ahead. Leaves behind: the mark, audit."""
    row, known = _locked(place), _known(place, key, now)
    today = timezone.localdate(now)
    if not today < until <= today + MOST_ASIDE:
        raise Refused(Code.DATE_INVALID, _("Choisissez un jour à venir, dans l’année."), field="until")
    return _marked(row, known, actor=actor, taken_by=None, until=until, now=now)


@transaction.atomic
def give_alert_back(place: Place, key: str, *, actor: User) -> None:
    """Does: nobody sees to it any more, or it is shown again. Refuses: nothing. Leaves behind: audit."""
    row = _locked(place)
    count, _rows = AlertMark.objects.filter(place=row, key=key).delete()
    if count:
        audit.record(actor, "coworking.alert.give_back", row)


def _marked(
    place: Place, known: Notable, *, actor: User, taken_by: User | None, until: date | None, now: datetime
) -> AlertMark:
    values = {"taken_by": taken_by, "until": until, "made_at": now}
    mark, _made = AlertMark.objects.update_or_create(place=place, key=known.key, defaults=values)
    verb = "coworking.alert.put_aside" if until else "coworking.alert.take"
    audit.record(actor, verb, place, detail={"last_day": until.isoformat()} if until else None)
    return mark


def _known(place: Place, key: str, now: datetime) -> Notable:
    """The alert of this key; the marks of what is over go."""
    found = {one.key: one for one in notable(place, now)}
    if key not in found:
        raise Refused(Code.ALREADY_DONE, _("Cette alerte n’a plus lieu d’être."))
    AlertMark.objects.filter(place=place).exclude(key__in=found).delete()
    return found[key]


def _locked(place: Place) -> Place:
    return Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
