"""The year so far of a person: what each earlier month paid, real when payroll said it, else proposed."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounting.calculations.pay.situations import PaidMonth
from accounting.models import PayProposal, PayResult
from accounting.selectors.pay_means import salaried_contracts
from accounting.states.payroll import ImportState
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import Person, PersonScope
from people.states import WRITING_PARTS


def year_so_far(person_id: int, month: Month) -> tuple[PaidMonth, ...]:
    """Gives the months of the same year before this one, in their order."""
    first = Month(month.year, 1).first
    proposed = PayProposal.objects.standing().filter(
        person=person_id, month__first__gte=first, month__first__lt=month.first
    )
    found = {
        Month.of(day): PaidMonth(Month.of(day), gross, reduction)
        for day, gross, reduction in proposed.values_list("month__first", "gross", "rgdu")
    }
    real = PayResult.objects.filter(
        person=person_id,
        received__state=ImportState.POSTED,
        received__month__first__gte=first,
        received__month__first__lt=month.first,
    )
    for day, gross, reduction in real.values_list("received__month__first", "gross", "rgdu"):
        month_of = Month.of(day)
        simulated = found.get(month_of)
        # A journal of entries has its charges net of the reduction and never says it: the simulated one
        # stands, else the year would give it a second time.
        given = reduction or (simulated.reduction if simulated else ZERO)
        found[month_of] = PaidMonth(month_of, gross, given)
    return tuple(found[key] for key in sorted(found))


def salaried_people(month: Month) -> QuerySet[Person]:
    """Those whose pay may be simulated by name: salaried on a day of the month."""
    people = salaried_contracts(month).order_by().values("person")
    return Person.objects.filter(pk__in=people).order_by("sort_name", "pk")


def salaried_in(activity: Activity, month: Month) -> QuerySet[Person]:
    """Those of an activity who are salaried in the month: they share what it can pay."""
    members = PersonScope.objects.filter(
        scope=activity.scope_id, part__in=WRITING_PARTS, starts_on__lte=month.last
    )
    members = members.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=month.first))
    return salaried_people(month).filter(pk__in=members.values("person"))
