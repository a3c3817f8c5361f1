"""Tells people of their pay, and the team of what needs a look (ACC-23, ACC-28). No mail says an amount."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import PayMonth, PayProposal, Payslip, RetainedResultAgreement
from cae.core.elision import elided
from cae.core.notices import notify, register_notice
from people.models import User
from people.selectors.persons import accounts_holding
from people.states import RoleKind

PROPOSED = "accounting.pay_proposed"
SHORT = "accounting.pay_short"
ASKED = "accounting.pay_asked"
SLIP = "accounting.payslip_filed"
TO_SIGN = "accounting.retained_to_sign"


def register_pay_notices() -> None:
    register_notice(PROPOSED, label=gettext_lazy("Ma paie du mois est proposée"))
    register_notice(SHORT, label=gettext_lazy("Une activité ne couvre pas une part fixe"))
    register_notice(ASKED, label=gettext_lazy("Quelqu’un demande un autre montant de paie"))
    register_notice(TO_SIGN, label=gettext_lazy("Un accord de résultat laissé attend ma signature"))
    register_notice(SLIP, label=gettext_lazy("Mon bulletin de paie est classé"))


def _accounts_of(person_id: int) -> list[User]:
    return list(User.objects.filter(person=person_id, is_active=True))


def _team() -> list[User]:
    return list(accounts_holding(RoleKind.HUMAN_RESOURCES, on=timezone.localdate()))


def _my_pay(month: PayMonth) -> str:
    return f"{reverse('accounting:my_pay')}?mois={month.month}"


def tell_proposed(row: PayProposal, *, actor: Any) -> None:
    """Does: tells a person that their pay is to be accepted. Refuses: nothing. Leaves behind: a notice."""
    notify(
        _accounts_of(row.person_id),
        PROPOSED,
        subject=lambda: elided(_("Votre paie de %(month)s est à accepter"), {"month": row.month}),
        text=lambda: _("Acceptez-la, ou demandez un autre montant."),
        url=_my_pay(row.month),
        about=row,
        actor=actor,
    )


def tell_short(row: PayProposal, *, actor: Any) -> None:
    """Does: tells human resources that the cash does not cover a fixed part. Refuses: nothing.
    Leaves behind: a notice each."""
    notify(
        _team(),
        SHORT,
        subject=lambda: elided(
            _("%(name)s : la trésorerie ne couvre pas la part fixe de %(month)s"),
            {"name": row.person, "month": row.month},
        ),
        text=lambda: _("La part fixe reste due : décidez avec la personne de ce qui manque."),
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )


def tell_asked(row: PayProposal, *, actor: Any) -> None:
    """Does: tells human resources that somebody asks for another amount. Refuses: nothing.
    Leaves behind: a notice each."""
    notify(
        _team(),
        ASKED,
        subject=lambda: (
            _("%(name)s demande un autre montant pour %(month)s") % {"name": row.person, "month": row.month}
        ),
        text=row.wanted_reason,
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )


def tell_filed(slip: Payslip, *, actor: Any) -> None:
    """Does: tells a person that their payslip is there; the file is never joined. Refuses: nothing.
    Leaves behind: a notice."""
    notify(
        _accounts_of(slip.person_id),
        SLIP,
        subject=lambda: elided(
            _("Votre bulletin de paie de %(month)s est disponible"), {"month": slip.month}
        ),
        text=lambda: _("Il se lit dans « Ma paie », et nulle part ailleurs."),
        url=_my_pay(slip.month),
        about=slip,
        actor=actor,
    )


def tell_to_sign(row: RetainedResultAgreement, *, actor: Any) -> None:
    """Does: tells a person that an agreement waits for their signature. Refuses: nothing. Leaves behind: a
    notice."""
    notify(
        _accounts_of(row.person_id),
        TO_SIGN,
        subject=lambda: _("Un accord de résultat laissé attend votre signature"),
        text=lambda: _("Lisez-le : ce qui est laissé n’est pas versé en salaire."),
        url=reverse("accounting:retained", args=[row.pk]),
        about=row,
        actor=actor,
    )
