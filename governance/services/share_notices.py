"""Tells an associate that a bulletin of subscription waits for their signature (GOV-05)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.models import Notice
from cae.core.notices import notify, read_notices
from cae.core.templatetags.formats import money
from governance.models import Subscription
from governance.services.register_mails import speaks_for

TO_SIGN = "governance.bulletin_to_sign"


def tell_bulletin(row: Subscription, *, actor: Any) -> None:
    """Does: tells the associate, or who represents it, that a bulletin waits; who prepared it for themselves
    knows. Refuses: nothing; who has no account signs on paper. Leaves behind: a notice."""
    person = speaks_for(row.associate, timezone.localdate())
    user = getattr(person, "user", None)
    if user is None:
        return
    notify(
        [user],
        TO_SIGN,
        subject=lambda: (
            ngettext(
                "Un bulletin de souscription de %(count)d part attend votre signature",
                "Un bulletin de souscription de %(count)d parts attend votre signature",
                row.quantity,
            )
            % {"count": row.quantity}
        ),
        text=lambda: (
            _("%(amount)s à libérer. Les parts sont à votre nom dès la signature.")
            % {"amount": money(row.amount)}
        ),
        url=reverse("governance:subscription_sign", args=[row.pk]),
        about=row,
        actor=actor,
    )


def settle_bulletin(row: Subscription, *, at: datetime) -> None:
    """Does: a bulletin signed, on a screen or on paper, or given up waits for nobody. Refuses: nothing.
    Leaves behind: its notices read."""
    read_notices(Notice.objects.filter(kind=TO_SIGN, **audit.about(row)), at=at)
