"""Tells who may release a lot that it waits for them, and who prepared it that it may leave (INV-57)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounting.models import PaymentBatch
from cae.core import audit
from cae.core.models import Notice
from cae.core.notices import notify, read_notices, register_notice
from cae.core.templatetags.formats import day, money
from people.models import User
from people.selectors.persons import accounts_holding
from people.states import RoleKind

TO_RELEASE = "accounting.batch_to_release"
RELEASED = "accounting.batch_released"
RELEASER_KINDS = (RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER)


def register_notices() -> None:
    register_notice(TO_RELEASE, label=gettext_lazy("Un lot de virements attend ma validation"))
    register_notice(RELEASED, label=gettext_lazy("Un lot de virements que j’ai préparé est validé"))


def tell_prepared(batch: PaymentBatch, *, actor: Any) -> None:
    """Does: tells everybody who may release a lot, but who prepared it. Refuses: nothing.
    Leaves behind: a notice each."""
    today = timezone.localdate()
    people: dict[int, User] = {
        user.pk: user for kind in RELEASER_KINDS for user in accounts_holding(kind, on=today)
    }
    notify(
        people.values(),
        TO_RELEASE,
        subject=lambda: (
            ngettext(
                "Un lot de %(count)d virement attend votre validation",
                "Un lot de %(count)d virements attend votre validation",
                batch.count,
            )
            % {"count": batch.count}
        ),
        text=lambda: (
            _("%(total)s au total, à exécuter le %(day)s. Le lot est préparé par %(name)s.")
            % {"total": money(batch.total), "day": day(batch.execution_on), "name": batch.prepared_by}
        ),
        url=batch.get_absolute_url(),
        about=batch,
        actor=actor,
    )


def tell_released(batch: PaymentBatch, *, actor: Any, at: datetime) -> None:
    """Does: tells who prepared a lot that its file may go to the bank; it waits for nobody else. Refuses:
    nothing. Leaves behind: a notice, the others read."""
    settle_notices(batch, at=at)
    notify(
        [batch.prepared_by],
        RELEASED,
        subject=lambda: _("Le lot n° %(number)s est validé") % {"number": batch.pk},
        text=lambda: (
            _("%(name)s l’a validé : le fichier de virement est prêt à déposer à la banque.")
            % {"name": actor}
        ),
        url=batch.get_absolute_url(),
        about=batch,
        actor=actor,
    )


def settle_notices(batch: PaymentBatch, *, at: datetime) -> None:
    """Does: a lot released or given up waits for nobody. Refuses: nothing. Leaves behind: notices read."""
    read_notices(Notice.objects.filter(kind=TO_RELEASE, **audit.about(batch)), at=at)
