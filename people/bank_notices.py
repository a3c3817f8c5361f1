"""Tells a person each time the account on which they are paid changes, or was to change: never muted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.notices import notify, register_notice
from people.models import PersonBank, User
from people.states.banks import BankState

CHANGED = "people.bank_changed"


def register_notices() -> None:
    register_notice(
        CHANGED, label=gettext_lazy("Mes coordonnées bancaires changent"), mutable=False, urgent=True
    )


def tell_of_bank(bank: PersonBank, *, actor: Any) -> None:
    """Does: tells a person what becomes of their bank details. Refuses: nothing; who has no account reads it
    nowhere. Leaves behind: a notice."""
    account = User.objects.filter(person=bank.person_id).first()
    if account is None:
        return
    subject, text = _WORDS[bank.state]
    facts = {"ending": bank.ending, "reason": bank.refusal, "name": bank.asked_by}
    notify(
        [account],
        CHANGED,
        subject=subject,
        text=lambda: "\n\n".join((text() % facts, _alarm())),
        url=reverse("people:own_bank"),
        about=bank,
        actor=actor,
    )


def _alarm() -> str:
    return _("Si vous n’avez rien demandé, dites-le à la comptabilité sans attendre.")


_WORDS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    BankState.PROPOSED: (
        lambda: _("De nouvelles coordonnées bancaires attendent d’être confirmées"),
        lambda: _(
            "%(name)s a donné un compte qui finit par %(ending)s. Une autre personne doit le confirmer."
        ),
    ),
    BankState.CONFIRMED: (
        lambda: _("Vos coordonnées bancaires sont confirmées"),
        lambda: _("Vous serez payé·e sur le compte qui finit par %(ending)s."),
    ),
    BankState.REFUSED: (
        lambda: _("Vos coordonnées bancaires sont refusées"),
        lambda: _("Le compte qui finit par %(ending)s n’est pas retenu : %(reason)s"),
    ),
}
