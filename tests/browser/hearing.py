"""What a page says in its console that is a fault of the house."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage

# htmx tells as errors what we ask of it: a question left without answer because a newer one replaced it. A
# network that fails is told by its own words (htmx:sendError), and so is an answer that is refused.
REPLACED = ("htmx:afterRequest", "htmx:sendAbort")


def is_fault(message: ConsoleMessage, address: str) -> bool:
    """`address`: that of the page, which may itself be a refusal."""
    if message.type != "error" or message.text.startswith(REPLACED):
        return False
    return not (message.location["url"] == address and "status of 4" in message.text)
