"""Proves the levies: each taking computed again, each amount posted between its two sections."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounting.calculations.levies import due_on
from accounting.models import LevyTaking
from accounting.selectors.levies import rule_of, taking_words
from accounting.states.books import AccountRole
from accounting.states.levies import TakingKind, TakingNature
from cae.core.money import ZERO

_CHUNK = 500
_MONEY = DecimalField(max_digits=14, decimal_places=2)


def levy_faults() -> Iterator[str]:
    yield from _working_faults()
    yield from _posting_faults()


def _working_faults() -> Iterator[str]:
    """The base of each window, under its levy, gives what was due; a month may have been spared since."""
    rows = LevyTaking.objects.filter(nature=TakingNature.TAKE).select_related("levy", "activity")
    for taking in rows.order_by("pk").iterator(chunk_size=_CHUNK):
        spared = taking.kind == TakingKind.MONTH and taking.window_base == 0 and taking.due == 0
        if not spared and due_on(rule_of(taking.levy), taking.window_base) != taking.due:
            yield _told(
                _("« %(levy)s » %(subject)s de %(activity)s : refait, le calcul donne autre chose."), taking
            )


def _posting_faults() -> Iterator[str]:
    """The entry charges to the activity what was taken."""
    charged = Sum(
        F("entry__lines__debit") - F("entry__lines__credit"),
        filter=Q(
            entry__lines__account=F("levy__charge_account"),
            entry__lines__analytic__activity=F("activity"),
        ),
    )
    rows = LevyTaking.objects.select_related("levy", "activity")
    wrong = rows.annotate(charged=Coalesce(charged, Value(ZERO), output_field=_MONEY)).exclude(
        charged=F("amount")
    )
    for taking in wrong.order_by("pk").iterator(chunk_size=_CHUNK):
        yield _told(
            _("« %(levy)s » %(subject)s de %(activity)s : l’écriture porte un autre montant."), taking
        )


def taken_as_contribution() -> dict[str, Decimal]:
    """What levies charge to the account of the contribution itself, by name of activity."""
    rows = LevyTaking.objects.filter(levy__charge_account__role=AccountRole.INTERNAL_CHARGE)
    return dict(rows.values_list("activity__name").annotate(sum=Sum("amount")).order_by())


def _told(sentence: str, taking: LevyTaking) -> str:
    return sentence % {
        "levy": taking.levy.label,
        "subject": taking_words(taking),
        "activity": taking.activity.name,
    }
