"""What proxies, attendance and correspondence share: what each asks first, who is told what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.notices import Words, notify
from governance.models import Assembly, Associate
from governance.selectors.register import voters_at
from governance.selectors.representation import names_of, takes_correspondence, users_of
from governance.selectors.standing import Standing
from governance.states.assemblies import AssemblyState

PROXY_NOTICE = "governance.proxy"


def require_before_sitting(assembly: Assembly) -> None:
    """Raises IllegalMove unless the assembly is convened and its sitting has not begun."""
    if assembly.state == AssemblyState.CONVENED:
        return
    if assembly.state == AssemblyState.DRAFT:
        raise IllegalMove(_("Cette assemblée n’est pas encore convoquée."))
    if assembly.state == AssemblyState.CANCELLED:
        raise IllegalMove(_("Cette assemblée est annulée."))
    raise IllegalMove(_("La séance est ouverte : les pouvoirs et les formulaires ne changent plus."))


def require_correspondence(assembly: Assembly) -> None:
    """Raises Refused where the rules do not admit a vote by correspondence."""
    if not takes_correspondence(assembly):
        raise Refused(Code.NOT_ALLOWED, _("Les règles de cette assemblée n’admettent pas ce vote."))


def require_voter(associate: Associate, now: datetime, *, field: str | None = None) -> None:
    """Raises Refused unless this associate has a right to vote at this instant."""
    if not voters_at(now).filter(pk=associate.pk).exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(name)s n’a pas le droit de vote aujourd’hui.") % {"name": associate.name},
            field=field,
        )


def tell(
    keys: list[int], subject: Words, text: Words, *, assembly: Assembly, now: datetime, actor: Any
) -> None:
    """Does: tells those who act for these associates. Refuses: nothing. Leaves behind: notices."""
    users = [user for one in users_of(keys, timezone.localdate(now)).values() for user in one]
    url = reverse("governance:own_proxy", args=[assembly.pk])
    notify(users, PROXY_NOTICE, subject=subject, text=text, url=url, about=assembly, actor=actor)


def tell_sleep(assembly: Assembly, before: Standing, after: Standing, *, now: datetime, actor: Any) -> None:
    """Does: tells each principal whose proxy fell asleep or woke between two instants. Refuses: nothing.
    Leaves behind: notices."""
    spoken, speaks = _mandataries(before), _mandataries(after)
    changed = {whose for whose in spoken.keys() | speaks.keys() if spoken.get(whose) != speaks.get(whose)}
    named = names_of({*spoken.values(), *speaks.values()}) if changed else {}
    for whose in sorted(changed):
        if whose in speaks:
            subject, text = _woken(named[speaks[whose]].name)
        else:
            subject, text = _asleep(named[spoken[whose]].name, comes=whose in after.here)
        tell([whose], subject, text, assembly=assembly, now=now, actor=actor)


def _mandataries(standing: Standing) -> dict[int, int]:
    return {whose: who for whose, who in standing.holder_of.items() if whose != who}


def _woken(name: str) -> tuple[Words, Words]:
    return (
        lambda: _("%(name)s est là et vote en votre nom") % {"name": name},
        lambda: _("Votre pouvoir s’exerce tant que vous n’êtes pas là vous-même."),
    )


def _asleep(name: str, *, comes: bool) -> tuple[Words, Words]:
    if comes:
        return (
            lambda: _("Vous êtes là : votre pouvoir dort"),
            lambda: _("Vous votez vous-même ; %(name)s ne parle plus pour vous.") % {"name": name},
        )
    return (
        lambda: _("Votre pouvoir dort"),
        lambda: (
            _("%(name)s n’est plus là : votre voix ne compte plus, sauf si vous venez ou revenez.")
            % {"name": name}
        ),
    )
