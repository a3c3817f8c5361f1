"""Contracts given to read, in sight; the clauses that may be proposed (INV-19)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from invoicing.models import ContractClause, ContractReview
from invoicing.models.contracts import ContractReviewQuerySet
from invoicing.selectors.checkers import authors_of_activity, checkers_of
from people.models import User


def reviews_visible(user: Any) -> ContractReviewQuerySet:
    """The reviews this person sees, with what a list names."""
    return ContractReview.objects.visible_to(user).select_related(
        "activity", "customer", "deal", "quote", "document", "asked_by__person", "answered_by__person"
    )


def participants_of_review(review: ContractReview) -> list[User]:
    """Whom a message about a contract concerns: the people of the activity, and who reads it."""
    today = timezone.localdate()
    readers = [review.answered_by] if review.answered_by else checkers_of(review.activity, on=today)
    return [*authors_of_activity(review.activity), *readers]


def clauses_offered() -> QuerySet[ContractClause]:
    """The clauses that an answer may propose."""
    return ContractClause.objects.filter(archived_at__isnull=True)
