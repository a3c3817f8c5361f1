"""What every page knows: the situation of the house."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cae.core.errors import Refused
from cae.core.identity import cooperative_on
from cae.core.models import Cooperative


def _cooperative() -> Cooperative | None:
    try:
        return cooperative_on(timezone.localdate())
    except Refused:
        return None


def house(request: HttpRequest) -> dict[str, Any]:
    """Gives templates the cooperative of today (read only if used) and the demonstration flag."""
    return {"demonstration": settings.DEMONSTRATION, "cooperative": SimpleLazyObject(_cooperative)}
