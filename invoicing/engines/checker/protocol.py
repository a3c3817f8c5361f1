"""What the checker and its callers say to each other: one JSON message per frame, its length in front.

No Django import here: the server process knows nothing of the application.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any

# What is judged: by default a document of ours before it is issued, else one that came in, by its profile.
ISSUE = "issue"
READING = (
    "minimum",
    "basicwl",
    "basic",
    "en16931",
    "extended",
    "cii-extended-ctc-fr",
    "ubl",
    "ubl-extended-ctc-fr",
)

HEADER = struct.Struct(">I")
MAX_MESSAGE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that the document breaks, in the rule's own words."""

    rule: str
    text: str
    location: str = ""

    def to_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judges say of one XML."""

    accepted: bool
    findings: tuple[Finding, ...] = ()


class ProtocolError(Exception):
    """A frame that is too large, cut short or not JSON."""


def encode(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, ensure_ascii=False).encode()
    if len(body) > MAX_MESSAGE:
        raise ProtocolError(f"message of {len(body)} bytes, {MAX_MESSAGE} allowed")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes) -> int:
    (length,) = HEADER.unpack(header)
    if length > MAX_MESSAGE:
        raise ProtocolError(f"message of {length} bytes, {MAX_MESSAGE} allowed")
    return int(length)


def decode(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("not JSON") from error
    if not isinstance(message, dict):
        raise ProtocolError("not a JSON object")
    return message
