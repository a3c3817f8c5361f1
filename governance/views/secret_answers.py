"""What the scripts of voters and scrutineers send and are answered: texts in the body, one sentence when they
are refused."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse

from governance.engines.ballot_words import fault_sentence
from governance.engines.ballots.faults import Fault


def texts_in(request: HttpRequest, *names: str) -> list[str] | None:
    """The texts of these names that the body holds, empty where one is absent; nothing of another body, nor
    of texts that neither a hash nor the database takes."""
    try:
        body: Any = json.loads(request.body)
        found = [body.get(name, "") for name in names]
        held = all(isinstance(one, str) and b"\x00" not in one.encode() for one in found)
    except (ValueError, AttributeError, RecursionError):
        return None
    return found if held else None


def refusal(code: str, sentence: str, *, status: int = 422) -> JsonResponse:
    return JsonResponse({"fault": str(code), "message": sentence}, status=status)


def unreadable() -> JsonResponse:
    return refusal(Fault.SHAPE_WRONG, fault_sentence(Fault.SHAPE_WRONG), status=400)
