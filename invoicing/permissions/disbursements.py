"""Who may bring the proof of a disbursement, and who may open it."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.models import DisbursementProof
from invoicing.permissions.sales import reads_sales, sells


@rules.predicate
def sees_proof_of_file(user: Any, document: Document | None = None) -> bool:
    """The file opens to those who see the sales of its activity."""
    if document is None:
        return True
    return DisbursementProof.objects.visible_to(user).filter(document=document).exists()


PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.add_proof": sells,
    "invoicing.open_disbursement_proof": reads_sales & sees_proof_of_file,
}
