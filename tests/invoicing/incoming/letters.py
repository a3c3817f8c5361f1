"""Messages as servers of mails hand them over."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from typing import Any

from PIL import Image

DOMAIN = "depot.coop.example"


def picture(colour: str = "white", size: int = 60) -> bytes:
    made = BytesIO()
    Image.new("RGB", (size, size), colour).save(made, "JPEG")
    return made.getvalue()


def letter(to: str, *pieces: tuple[str, bytes], **heads: Any) -> bytes:
    """A message with these pieces; `heads` are written over the usual ones, None takes one away."""
    message = EmailMessage()
    known: dict[str, Any] = {
        "From": "Papeterie <compta@papeterie.example>",
        "To": to,
        "Subject": "Votre facture",
        "Message_ID": "<1@papeterie.example>",
    }
    for name, value in (known | heads).items():
        if value is not None:
            message[name.replace("_", "-")] = value
    message.set_content("Bonjour, voici.")
    for name, content in pieces:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
