"""What waits to be handed out of a request about data (PEO-39)."""

from __future__ import annotations

from cae.core import audit
from cae.core.models import Document
from people.models import DataRequest
from people.states.data_requests import HANDED_KIND


def file_to_hand(request: DataRequest) -> Document | None:
    """Gives the file made for who asked, until it is handed out."""
    return Document.objects.filter(kind=HANDED_KIND, **audit.about(request)).order_by("-pk").first()
