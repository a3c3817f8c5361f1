"""Who may ask for papers, bring them, read and check them."""

from typing import Any

import rules

from cae.core.models import Document
from entrepreneurs.models import DocumentRequest
from entrepreneurs.models.papers import CHECKER_KINDS
from people.permissions import has_role


@rules.predicate
def is_own_paper(user: Any, paper: DocumentRequest | None = None) -> bool:
    """Asked of the person who holds the account."""
    own = getattr(user, "person_id", None)
    return own is not None and (paper is None or paper.person_id == own)


@rules.predicate
def checks_paper(user: Any, paper: DocumentRequest | None = None) -> bool:
    """Of somebody within reach of a role that checks papers; nobody checks their own."""
    if paper is None:
        return bool(has_role(*CHECKER_KINDS).test(user))
    within = DocumentRequest.objects.checked_by(user).filter(pk=paper.pk).exists()
    return within and not is_own_paper.test(user, paper)


@rules.predicate
def opens_paper(user: Any, document: Document | None = None) -> bool:
    """The file of a paper asked of oneself, or of somebody within reach."""
    if document is None:
        return getattr(user, "person_id", None) is not None
    papers = DocumentRequest.objects.filter(document=document)
    return (
        papers.filter(person=user.person_id or 0).exists()
        or papers.filter(pk__in=DocumentRequest.objects.checked_by(user)).exists()
    )


PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_papers": has_role(*CHECKER_KINDS),
    "entrepreneurs.view_own_papers": is_own_paper,
    "entrepreneurs.bring_paper": is_own_paper | checks_paper,
    "entrepreneurs.check_paper": checks_paper,
    "entrepreneurs.open_paper": opens_paper,
}
