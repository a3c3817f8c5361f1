"""Levies of the cooperative: which fall on an activity, what their windows hold, what they would take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from accounting.calculations.levies import LevyRule, Route, Step, Window, counted, due_on
from accounting.models import Account, AnalyticAccount, Levy, LevyTaking, LevyTerm
from accounting.states.books import AccountRole, AnalyticKind
from accounting.states.levies import LevyBase, LevyMoment, TakingKind, TakingNature
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.questions import Given, Question
from cae.core.templatetags.formats import money, percent
from entrepreneurs.models import Activity


def levies() -> QuerySet[Levy]:
    """Every one, with what it has taken so far."""
    return Levy.objects.select_related("section").annotate(taken=Sum("takings__amount", default=ZERO))


def in_force(on: date | Given) -> QuerySet[Levy]:
    rows = Levy.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    return rows.select_related("charge_account", "link_account", "income_account")


def levies_of(activity: Activity, on: date) -> list[Levy]:
    """Those that fall on an activity that day."""
    return _LEVIES_OF(activity=activity.pk, on=on)


def _levies_of() -> QuerySet[Levy]:
    terms = LevyTerm.objects.in_force(Given("on")).filter(activity=Given("activity"), levy=OuterRef("pk"))
    named = Exists(terms)
    return in_force(Given("on")).filter(Q(~named, for_all=True) | Q(named, for_all=False)).order_by("pk")


_LEVIES_OF = Question(_levies_of)


def on_documents(rows: Iterable[Levy]) -> list[Levy]:
    return [one for one in rows if (one.taken_on, one.base) == (LevyMoment.DOCUMENT, LevyBase.INVOICED)]


def on_receipts(rows: Iterable[Levy]) -> list[Levy]:
    return [one for one in rows if (one.taken_on, one.base) == (LevyMoment.DOCUMENT, LevyBase.RECEIVED)]


def by_month(rows: Iterable[Levy]) -> list[Levy]:
    return [one for one in rows if one.taken_on == LevyMoment.MONTH]


def levies_of_window(activity: Activity, window: str) -> list[Levy]:
    """Those that still hold something of an invoice: what its credit note gives back."""
    held = (
        LevyTaking.objects.filter(activity=activity, window=window, kind=TakingKind.DOCUMENT)
        .values_list("levy")
        .annotate(left=Sum("base"))
        .exclude(left=0)
        .order_by()
    )
    accounts = ("charge_account", "link_account", "income_account")
    return list(Levy.objects.filter(pk__in=[levy for levy, _left in held]).select_related(*accounts))


def window_of(levy: Levy, activity: Activity, kind: str, window: str) -> Window:
    rows = LevyTaking.objects.filter(levy=levy, activity=activity, kind=kind, window=window)
    found = rows.aggregate(
        base=Sum("base", default=ZERO), given=Sum("amount", default=ZERO), ranks=Count("pk")
    )
    return Window(found["base"], found["given"], found["ranks"])


def rule_of(levy: Levy) -> LevyRule:
    return LevyRule(
        levy.rate or ZERO,
        levy.amount,
        frozenset(levy.categories),
        of_margin=levy.base == LevyBase.MARGIN,
        by_month=levy.taken_on == LevyMoment.MONTH,
    )


def route_of(levy: Levy, payer: int) -> Route:
    return Route(
        payer,
        levy.section_id,
        levy.charge_account.number,
        levy.link_account.number,
        levy.income_account.number,
    )


@dataclass(frozen=True)
class LevyEstimate:
    """What a levy would take of a document issued now, or once it is paid; the rest waits for the month."""

    levy: Levy
    due: Decimal
    # « 5 % de 400,00 € »
    words: str

    @property
    def is_exact(self) -> bool:
        """To the cent at the issue; a receipt or a month may bring something else."""
        return (self.levy.taken_on, self.levy.base) == (LevyMoment.DOCUMENT, LevyBase.INVOICED)


def estimate_levies(activity: Activity, sales: Mapping[str, Decimal], on: date) -> list[LevyEstimate]:
    """What the sales of a document add to the levies of its activity; amounts of the month add nothing."""
    found = []
    for levy in levies_of(activity, on):
        rule = rule_of(levy)
        if rule.by_month and rule.amount is not None:
            continue
        base = counted(sales, rule.categories)
        due = due_on(rule, base)
        if due:
            found.append(LevyEstimate(levy, due, base_words(levy, base)))
    return found


def rate_words(levy: Levy) -> str:
    """« 5 % des ventes facturées, sur chaque document »."""
    of = {
        LevyBase.INVOICED: _("%(rate)s des ventes facturées"),
        LevyBase.RECEIVED: _("%(rate)s des ventes encaissées"),
        LevyBase.MARGIN: _("%(rate)s de la marge"),
    }
    moments = {
        (LevyMoment.DOCUMENT, LevyBase.INVOICED): _("sur chaque facture"),
        (LevyMoment.DOCUMENT, LevyBase.RECEIVED): _("sur chaque encaissement"),
    }
    when = moments.get((LevyMoment(levy.taken_on), LevyBase(levy.base)), _("chaque mois"))
    if levy.rate is None:
        return f"{money(levy.amount)} {when}"
    return f"{of[LevyBase(levy.base)] % {'rate': percent(levy.rate)}}, {when}"


def base_words(levy: Levy, base: Decimal) -> str:
    """« 5 % de 400,00 € », « 15,00 € par mois »."""
    if levy.rate is not None:
        return _("%(rate)s de %(base)s") % {"rate": percent(levy.rate), "base": money(base)}
    if levy.taken_on == LevyMoment.MONTH:
        return _("%(amount)s par mois") % {"amount": money(levy.amount)}
    return _("%(amount)s par document") % {"amount": money(levy.amount)}


@dataclass(frozen=True)
class ShownTaking:
    """A taking with the words of its working."""

    taking: LevyTaking
    subject: str
    working: str

    @property
    def is_computed(self) -> bool:
        """Else it gives back, whole, what another took."""
        return self.taking.nature == TakingNature.TAKE

    @property
    def had_given(self) -> bool:
        return bool(self.taking.given)


def shown(taking: LevyTaking) -> ShownTaking:
    return ShownTaking(taking, taking_words(taking), base_words(taking.levy, taking.window_base))


def taking_words(taking: LevyTaking) -> str:
    """« F2026-0007 », « 03/2026 », « encaissement de F2026-0007 »."""
    if taking.kind == TakingKind.MONTH:
        month = Month.parse(taking.subject)
        return f"{month.month:02}/{month.year}"
    if taking.kind == TakingKind.RECEIPT:
        return _("encaissement de %(document)s") % {"document": taking.window}
    return taking.subject


def takings_visible_to(user: Any) -> QuerySet[LevyTaking]:
    return LevyTaking.objects.visible_to(user).select_related("levy", "activity", "entry__journal")


def takings_of_month(activity: Activity, month: Month) -> list[ShownTaking]:
    """What levies took of an activity in a month, with its working."""
    return [shown(row) for row in _OF_MONTH(activity=activity.pk, start=month.first, end=month.last)]


def _of_month() -> QuerySet[LevyTaking]:
    rows = LevyTaking.objects.filter(activity=Given("activity"), on__gte=Given("start"), on__lte=Given("end"))
    return rows.select_related("levy", "entry").order_by("on", "pk")


_OF_MONTH = Question(_of_month)


def terms_of(levy: Levy) -> QuerySet[LevyTerm]:
    return levy.terms.select_related("activity").order_by("activity__sort_name", "-starts_on")


def last_taken(code: str) -> date | None:
    """The last day for which a levy of this name took something."""
    rows = LevyTaking.objects.filter(levy__code=code, nature=TakingNature.TAKE)
    return rows.order_by("-fact_on").values_list("fact_on", flat=True).first()


def receivers() -> QuerySet[AnalyticAccount]:
    """Sections that may receive a levy."""
    return AnalyticAccount.objects.filter(kind__in=[AnalyticKind.SHARED, AnalyticKind.FUND]).order_by(
        "-kind", "code"
    )


def account_for(role: AccountRole) -> Account | None:
    return Account.objects.filter(role=role).first()


@dataclass(frozen=True)
class ForeseenTaking:
    """What the run of a month would take of an activity for a levy."""

    levy: Levy
    step: Step

    @property
    def words(self) -> str:
        return base_words(self.levy, self.step.window_base)
