"""Raises the alerts of the follow-up each night, and what advisors do about them (ENT-60)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.notices import notify
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.models import Alert
from entrepreneurs.selectors.referents import followers_of
from entrepreneurs.selectors.signals import Sign, signs_on
from entrepreneurs.states.signals import ALERT_FLOW, AlertState
from people.models import Person, User
from people.services.changes import require_text

ALERT_NOTICE = "entrepreneurs.alert"


@performs(ALERT_FLOW, "take")
def take_alert(alert: Alert, *, actor: Any, by: Person) -> None:
    """Does: says who looks after it. Refuses: one already closed. Leaves behind: the name, audit."""
    alert.taken_by, alert.muted_until, alert.reason = by, None, ""


@performs(ALERT_FLOW, "mute")
def mute_alert(alert: Alert, *, until: date, reason: str, actor: Any, on: date) -> None:
    """Does: keeps an alert silent until a day. Refuses: no reason, a day already past.
    Leaves behind: the day and the reason, audit."""
    require_text(reason, "reason", _("Dites pourquoi."))
    if until < on:
        raise Refused(
            Code.DATE_INVALID, _("Cette date est passée : indiquez un jour à venir."), field="until"
        )
    alert.muted_until, alert.reason = until, " ".join(reason.split())[:300]


@performs(ALERT_FLOW, "close")
def close_alert(alert: Alert, *, reason: str, actor: Any) -> None:
    """Does: closes an alert. Refuses: no reason. Leaves behind: the reason, audit."""
    require_text(reason, "reason", _("Dites pourquoi."))
    alert.reason = " ".join(reason.split())[:300]


def raise_alerts(*, on: date) -> tuple[int, int]:
    """Does: raises an alert for each new sign, follows the figures of those known, closes those whose sign is
    gone. Refuses: nothing; twice the same night is once. Leaves behind: the alerts, a notice to the coach and
    to the person for each new one; gives how many were raised and closed."""
    signs = signs_on(on)
    with transaction.atomic():
        take_turn("entrepreneurs.alerts")
        known = {(row.person_id, row.kind): row for row in Alert.objects.exclude(state=AlertState.CLOSED)}
        raised = [_raise(sign, on) for key, sign in signs.items() if key not in known]
        for key, alert in known.items():
            if key in signs:
                _follow(alert, signs[key])
            else:
                close_alert(alert, reason=house_words(gettext_lazy("La situation est rétablie.")), actor=None)
        _tell(raised, on)
    return len(raised), len(known.keys() - signs.keys())


def _raise(sign: Sign, on: date) -> Alert:
    return Alert.objects.create(
        person_id=sign.person_id,
        activity_id=sign.activity_id,
        kind=sign.kind,
        value=sign.value,
        day=sign.day,
        raised_on=on,
    )


def _follow(alert: Alert, sign: Sign) -> None:
    if (alert.value, alert.day) != (sign.value, sign.day):
        alert.value, alert.day = sign.value, sign.day
        alert.save(update_fields=["value", "day"])


def _tell(raised: list[Alert], on: date) -> None:
    """Told once, the night it appears, to whoever follows the person and to the person."""
    for alert in raised:
        own = set(User.objects.filter(person=alert.person_id, is_active=True))
        others = {*followers_of(alert.person, on)} - own
        # One is told of oneself without one's own name.
        for readers, words in ((own, alert.get_kind_display), (others, partial(_alert_words, alert))):
            notify(
                readers,
                ALERT_NOTICE,
                subject=words,
                url=reverse("entrepreneurs:coaching_file", args=[alert.person_id]),
                about=alert,
            )


def _alert_words(alert: Alert) -> str:
    """Said once the language of its reader is in force."""
    return f"{alert.get_kind_display()} · {alert.person}"
