"""Who keeps deals, who lets one go on without a paper, who reads contracts before they are signed."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.models import ContractReview, Deal, DealFile
from invoicing.models.sight import is_in_sight
from invoicing.permissions.sales import keeps_library, reads_sales, sells
from people.permissions import advises, is_accountant, is_manager


@rules.predicate
def sees_deal(user: Any, deal: Deal | None = None) -> bool:
    """Follows the same rule as the list."""
    return deal is None or is_in_sight(user, deal.activity)


@rules.predicate
def sees_review(user: Any, review: ContractReview | None = None) -> bool:
    """Follows the same rule as the list."""
    return review is None or is_in_sight(user, review.activity)


@rules.predicate
def sees_deal_of_file(user: Any, document: Document | None = None) -> bool:
    """A file opens to those who see its deal."""
    if document is None:
        return True
    seen = Deal.objects.visible_to(user).values("pk")
    return DealFile.objects.filter(document=document, deal__in=seen).exists()


@rules.predicate
def sees_review_of_contract(user: Any, document: Document | None = None) -> bool:
    """A contract opens to those who see its review."""
    return document is None or ContractReview.objects.visible_to(user).filter(document=document).exists()


# Whoever sells never gives a waiver to themselves, nor reads their own contract.
answers_for_house = is_accountant | is_manager | advises

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_deals": reads_sales,
    "invoicing.view_deal": reads_sales & sees_deal,
    "invoicing.edit_deal": sells,
    "invoicing.add_deal_file": sells | advises,
    "invoicing.waive_paper": answers_for_house,
    "invoicing.write_on_deal": (sells | advises),
    "invoicing.open_deal_file": reads_sales & sees_deal_of_file,
    "invoicing.view_reviews": reads_sales,
    "invoicing.view_review": reads_sales & sees_review,
    "invoicing.ask_review": sells,
    "invoicing.answer_review": answers_for_house,
    "invoicing.write_on_review": (sells | answers_for_house),
    "invoicing.open_customer_contract": reads_sales & sees_review_of_contract,
    "invoicing.view_clauses": reads_sales,
    "invoicing.keep_clauses": keeps_library,
    "invoicing.keep_deal_kinds": keeps_library,
}
