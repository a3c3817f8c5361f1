"""What the pages of representation share: finding an assembly, one’s own associates."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cae.core.permissions import require
from governance.models import Assembly, Associate
from governance.permissions.predicates import found_in_sight
from governance.selectors.representation import acted_at
from governance.states.assemblies import AssemblyState
from people.requests import SignedIn


def seen(request: SignedIn, pk: int, right: str = "governance.attend_assembly") -> Assembly:
    """Gives a convened assembly within sight (404), after asking the right on it (403)."""
    rows = Assembly.objects.visible_to(request.user).select_related("rule_set")
    assembly = get_object_or_404(rows.exclude(state=AssemblyState.DRAFT), pk=pk)
    found_in_sight(request.user, assembly)
    require(request.user, right, assembly)
    return assembly


def own_associate(request: SignedIn, assembly: Assembly, pk: int) -> Associate:
    """Gives one of those for whom this account acts (404)."""
    for one in acted_at(request.user, timezone.now()):
        if one.pk == pk:
            return one
    raise Http404
