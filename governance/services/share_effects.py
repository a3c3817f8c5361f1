"""What every movement of shares passes through: one at a time, the limits, what one really holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as shown
from cae.core.turns import take_turn
from governance.calculations.shares import first_overdrawn
from governance.models import Associate, ShareClass
from governance.selectors.refunds import asked_back
from governance.selectors.share_rules import Effect, effect_of
from governance.selectors.share_words import broken_words
from governance.selectors.shares import count_held, given_after, holdings_of, moved_of, unfreed_of

# Refused whoever asks: nobody is brought above half of the capital by somebody else's shares.
NEVER_BY_TRANSFER = "holder_half"
SECOND_CLICK = timedelta(minutes=1)


def take_register() -> None:
    """Does: waits for whoever moves shares, then keeps the register to the end of the transaction: limits are
    those of the whole capital, not of one row. Refuses: nothing. Leaves behind: the turn."""
    take_turn("governance.shares")


def refuse_second_click(rows: QuerySet[Any, Any]) -> None:
    """Raises Refused when the very same act, by the same hand, is among what was just written: shares and
    money may move twice the same day, but not in the same minute. Whoever calls it holds the register."""
    if rows.filter(created_at__gt=timezone.now() - SECOND_CLICK).exists():
        raise Refused(Code.ALREADY_DONE, _("C’est déjà noté, à l’instant : rien n’est écrit deux fois."))


def give_number(associate_id: int) -> None:
    """Does: gives the next number of the register, once, to who has freed shares. Refuses: nothing; whoever
    calls it holds the register. Leaves behind: the number."""
    associate = Associate.objects.select_for_update(of=("self",)).get(pk=associate_id)
    if associate.number is None:
        last = Associate.objects.aggregate(last=Max("number"))["last"] or 0
        associate.number = last + 1
        associate.save(update_fields=["number"])


def require_known_day(on: date, today: date, field: str = "on") -> None:
    """Raises Refused for a day that is not there yet: a movement is a fact."""
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Cette date n’est pas encore venue."), field=field)


def require_within_limits(
    changes: Mapping[int, Decimal],
    on: date,
    *,
    accepted: Collection[str] | bool,
    may_accept: bool = True,
    today: date | None = None,
) -> Effect:
    """Gives what the movement does, on its day and `today`: what moved since must hide nothing. Raises
    Refused(verdict_refused) when it breaks a limit, or breaks one further, that nobody accepted: `accepted`
    is the codes, or True for all. The refusal stands at `accepted` for who may accept it there; an associate
    who acts alone is sent to the house."""
    effect = effect_of(changes, on)
    if today is not None and today != on:
        effect = effect.joined(effect_of(changes, today))
    known = frozenset(accepted) if not isinstance(accepted, bool) else frozenset[str]()
    broken = [one for one in effect.broken if one.code not in known]
    if broken and accepted is not True:
        sentence = (
            _("Ce mouvement ferait sortir des limites. %(limits)s. Cochez la case pour l’accepter.")
            if may_accept
            else _("Ces parts feraient sortir des limites. %(limits)s. Voyez avec la coopérative.")
        )
        raise Refused(
            Code.VERDICT_REFUSED,
            sentence % {"limits": broken_words(broken)},
            field="accepted" if may_accept else None,
        )
    return effect


def broken_codes(effect: Effect) -> list[str]:
    """Gives the limits that a movement breaks, by code, for the journal."""
    return sorted({one.code for one in effect.broken})


def require_half(effect: Effect) -> None:
    """Raises Refused when a transfer brings somebody above half of the capital (loi 78-763)."""
    over = [one for one in effect.broken if one.code == NEVER_BY_TRANSFER]
    if over:
        raise Refused(
            Code.VERDICT_REFUSED,
            _("Personne ne peut détenir plus de la moitié du capital. %(limits)s.")
            % {"limits": broken_words(over)},
            field="quantity",
        )


def require_associate(associate: Associate, on: date, field: str) -> None:
    """Raises Refused for who is not an associate on that day."""
    if not associate.is_associate_on(on):
        raise Refused(
            Code.VALUE_INVALID,
            _("%(name)s n’est pas associé·e le %(day)s.") % {"name": associate, "day": shown(on)},
            field=field,
        )


def require_held(associate: Associate, share_class: ShareClass, quantity: int, on: date) -> None:
    """Raises Refused(amount_above_due) for more freed shares than this associate holds on a day."""
    held = count_held(associate, share_class, on)
    free = max(held - unfreed_of(associate, share_class, on), 0)
    if quantity > free:
        words = {"name": associate, "held": held, "free": free, "day": shown(on)}
        sentence = (
            ngettext(
                "%(name)s détient %(held)d part de cette catégorie le %(day)s, et %(free)d de libérée.",
                "%(name)s détient %(held)d parts de cette catégorie le %(day)s, dont %(free)d libérées.",
                held,
            )
            if free != held
            else ngettext(
                "%(name)s détient %(held)d part de cette catégorie le %(day)s.",
                "%(name)s détient %(held)d parts de cette catégorie le %(day)s.",
                held,
            )
        )
        raise Refused(Code.AMOUNT_ABOVE_DUE, sentence % words, field="quantity")


def require_one_kept(associate: Associate, today: date, *, asked: int = 0) -> None:
    """Raises Refused when who stays an associate has no share left, with the movement just written, or once
    so many `asked` back have gone with those asked before."""
    if associate.left_on is not None:
        return
    left = sum(holdings_of(associate, today).values())
    if asked:
        left -= asked + asked_back(associate)
    if left < 1:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Qui reste associé·e garde au moins une part : notez d’abord la sortie dans le registre."),
            field="quantity",
        )


def require_not_asked_back(associate: Associate, share_class: ShareClass, quantity: int, today: date) -> None:
    """Raises Refused for shares that wait to be given back: gone elsewhere, they would stop the queue."""
    asked = asked_back(associate, share_class)
    held = count_held(associate, share_class, today) - unfreed_of(associate, share_class, today)
    if asked and quantity > held - asked:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _(
                "Remboursement demandé pour %(asked)d de ces parts : %(left)d au plus peuvent partir, ou la"
                " demande s’abandonne d’abord."
            )
            % {"asked": asked, "left": max(held - asked, 0)},
            field="quantity",
        )


def require_never_negative(associate: Associate, share_class: ShareClass, on: date) -> None:
    """Raises Refused when, with the movement just written on a day, a later day would owe shares that are
    gone, or would have given some that were not wholly paid."""
    gone = first_overdrawn(moved_of(associate, share_class), associate.pk, share_class.pk)
    if gone is None:
        gone = _first_unfreed_given(associate, share_class, on)
    if gone is not None:
        raise Refused(
            Code.DATE_INVALID,
            _("À cette date, ces parts manqueraient le %(day)s : un mouvement déjà noté les a prises.")
            % {"day": shown(gone)},
            field="on",
        )


def _first_unfreed_given(associate: Associate, share_class: ShareClass, on: date) -> date | None:
    for day in given_after(associate, share_class, on):
        if count_held(associate, share_class, day) < unfreed_of(associate, share_class, day):
            return day
    return None


def require_quantity(quantity: int) -> None:
    """Raises Refused for no share at all."""
    if quantity < 1:
        raise Refused(Code.VALUE_INVALID, _("Indiquez au moins une part."), field="quantity")
