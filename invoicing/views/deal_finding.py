"""How a page finds a deal or a contract: out of sight answers 404, a refused act 403."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cae.core.permissions import require
from invoicing.models import ContractReview, Deal
from invoicing.selectors.contract_reviews import reviews_visible
from invoicing.selectors.deals import deals_visible


def find_deal(request: HttpRequest, pk: int, *, right: str | None = None) -> Deal:
    """Gives a deal in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: Deal = get_object_or_404(deals_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def find_review(request: HttpRequest, pk: int, *, right: str | None = None) -> ContractReview:
    """Gives a contract to read in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: ContractReview = get_object_or_404(reviews_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found
