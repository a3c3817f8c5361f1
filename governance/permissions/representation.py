"""The rights on proxies, presence and correspondence."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q
from rules.predicates import Predicate

from cae.core.models import Document
from cae.core.permissions import kept
from governance.models import Assembly, Proxy
from governance.permissions.predicates import (
    acts_as_associate,
    acts_for,
    is_organiser,
    sees_assembly,
    sits_in_bureau,
)
from governance.states.assemblies import ProxyOrigin
from people.models import User
from people.permissions import has_role
from people.states import RoleKind


@rules.predicate
def acts_for_principal(user: User, obj: Any = None) -> bool:
    """One gives, changes or takes back one’s own proxy, or that of a legal person one represents."""
    if obj is None:
        return acts_as_associate(user)
    return acts_for(user, obj.principal if isinstance(obj, Proxy) else obj)


@rules.predicate
def sees_proxy(user: User, obj: Any = None) -> bool:
    """Asks the same queryset as the list."""
    if obj is None:
        return True
    seen = Proxy.objects.visible_to(user)
    return kept(user, obj, "sees_proxy", lambda: seen.filter(pk=obj.pk).exists())


@rules.predicate
def reads_instructions(user: User, proxy: Proxy | None = None) -> bool:
    """How a voice will be cast is between who gives it and who carries it until the sitting is over; what
    came on paper, the bureau has read."""
    if proxy is None:
        return True
    if proxy.origin == ProxyOrigin.PAPER or proxy.assembly.closed_at is not None:
        return bool(sees_proxy.test(user, proxy))
    return any(acts_for(user, one) for one in (proxy.principal, proxy.holder) if one is not None)


@rules.predicate
def opens_proxy_file(user: User, document: Document | None = None) -> bool:
    """Whoever sees the proxy, and reads its instructions where it has some; a paper that another replaced
    says those of before."""
    if document is None:
        return True
    seen = Proxy.objects.visible_to(user).select_related("assembly", "principal", "holder")
    proxy = seen.filter(Q(pdf=document) | Q(former_papers__document=document)).first()
    if proxy is None:
        return False
    says_nothing = proxy.pdf_id == document.pk and not proxy.instructions
    return says_nothing or bool(reads_instructions(user, proxy))


@rules.predicate
def opens_sheet(user: User, document: Document | None = None) -> bool:
    """Who keeps the attendance of the assembly that a sheet, or a scanned form, is about."""
    if document is None:
        return True
    seen = Assembly.objects.visible_to(user).filter(pk=document.about_id).first()
    return seen is not None and bool(keeps_attendance.test(user, seen))


@rules.predicate
def opens_blank_form(user: User, document: Document | None = None) -> bool:
    """Who sees the assembly may print its form."""
    return document is None or Assembly.objects.visible_to(user).filter(pk=document.about_id).exists()


keeps_attendance: Predicate = sees_assembly & (is_organiser | sits_in_bureau)
reads_attendance: Predicate = keeps_attendance | (sees_assembly & has_role(RoleKind.AUDITOR))

PERMISSIONS: dict[str, Predicate] = {
    "governance.give_proxy": acts_for_principal,
    "governance.view_proxy": sees_proxy,
    # What the mandatary is asked to say, and the word that goes with it.
    "governance.read_instructions": reads_instructions,
    "governance.open_proxy_file": opens_proxy_file,
    # Signs in on one’s own account: in the room by the QR code, or at a distance.
    "governance.check_in": acts_for_principal,
    "governance.send_form": acts_for_principal,
    # The bureau and the organisers: the desk, papers received, the sheet.
    "governance.keep_attendance": keeps_attendance,
    "governance.read_attendance": reads_attendance,
    "governance.open_sheet": opens_sheet,
    "governance.open_blank_form": opens_blank_form,
}
