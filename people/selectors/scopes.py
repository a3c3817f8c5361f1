"""What a role may be given on."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from people.models import Scope
from people.states import SCOPES_OF_KIND, ScopeKind


def scopes_for_roles() -> QuerySet[Scope]:
    """Every scope that some kind of role may be limited to."""
    kinds = frozenset[str]().union(*SCOPES_OF_KIND.values())
    return Scope.objects.filter(kind__in=kinds).order_by("kind", "label", "pk")


def portfolios() -> QuerySet[Scope]:
    """The portfolios, with the number of scopes followed in each."""
    return (
        Scope.objects.filter(kind=ScopeKind.PORTFOLIO)
        .annotate(followed_count=Count("followed"))
        .order_by("label")
    )


def followable_scopes() -> QuerySet[Scope]:
    """What a portfolio can hold."""
    return Scope.objects.filter(kind__in=[ScopeKind.ACTIVITY, ScopeKind.PROJECT]).select_related("portfolio")
