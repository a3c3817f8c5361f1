"""What a decision about scales will change once it is recorded: who is concerned, which months move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounting.models import ContributionRun, ScaleAssignment
from accounting.selectors.scales import activities_under
from accounting.states.contributions import RunKind
from cae.core.templatetags.formats import day
from entrepreneurs.models import Activity

# How many activities are named.
_NAMED = 6


def effects_of_version(code: str, valid_from: date, *, is_default: bool) -> list[str]:
    """What follows a new version of this scale, or a scale that nobody has yet."""
    concerned = activities_under(code, valid_from)
    said = [_("La version ne se modifiera plus ; une autre pourra la remplacer, à sa date.")]
    if concerned:
        said.append(_concerned(concerned, valid_from))
        said += _months_moved([one.pk for one in concerned], valid_from)
    else:
        said.append(_("Aucune activité n’a encore ce barème : vous l’affecterez ensuite, avec une date."))
    if is_default:
        said.append(_("Les activités ouvertes à partir de cette date le recevront."))
    return said


def effects_of_assignment(activity: Activity, starts_on: date) -> list[str]:
    """What follows a scale given to an activity."""
    former = (
        ScaleAssignment.objects.filter(activity=activity, ends_on__isnull=True)
        .select_related("scale")
        .first()
    )
    if former is None:
        first = _("C’est le premier barème de cette activité : ses ventes contribuent à partir du %(day)s.")
    else:
        first = _("« %(label)s » s’arrête la veille du %(day)s.")
    label = former.scale.label if former else ""
    return [first % {"label": label, "day": day(starts_on)}, *_months_moved([activity.pk], starts_on)]


def _concerned(activities: list[Activity], valid_from: date) -> str:
    names = ", ".join(str(one) for one in activities[:_NAMED])
    if len(activities) > _NAMED:
        names += "…"
    return ngettext(
        "Une activité est concernée à partir du %(day)s : %(names)s",
        "%(count)s activités sont concernées à partir du %(day)s : %(names)s",
        len(activities),
    ) % {"count": len(activities), "day": day(valid_from), "names": names}


def _months_moved(activities: Iterable[int], start: date) -> list[str]:
    """Months already computed are adjusted by the next run; nothing moves by itself."""
    runs = ContributionRun.objects.filter(activity__in=activities, kind=RunKind.MONTH, fact_on__gte=start)
    count = runs.order_by().values("activity", "subject").distinct().count()
    if not count:
        return [_("Aucun mois déjà calculé ne change.")]
    return [
        ngettext(
            "Un mois déjà calculé sera régularisé au prochain calcul.",
            "%(count)s mois déjà calculés seront régularisés au prochain calcul.",
            count,
        )
        % {"count": count}
    ]
