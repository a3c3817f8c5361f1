"""The worked values of the protocol (§13) and the fixtures that the tests of the browser share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "voting"


BASE, NEUTRAL = "66" * 31 + "58", "0" * 63 + "1"
TWICE = "2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9"


def refused(code: str) -> dict[str, Any]:
    """What `run` gives of a fault that names no question."""
    return {"fault": code, "place": None}


def line(name: str, number: int = 0) -> str:
    return (DATA / name).read_text().split("\n")[number]


K_KEY = "df4825b298feae6fe02c6e148992466631282eca89430b5d10d21f83d676c8ed"
K_CODE = "11111-111111-11111-111111"
K = (
    '{"version":1,"description":"","name":"K","group":"Ed25519",'
    f'"public_key":"{K_KEY}",'
    '"questions":[{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"Q"}],"uuid":"11111111111111"}'
)
K_FINGERPRINT = "qw8cbDjBEvJ69AP5XJ920qlKyCtqGZVUR5eQFVZl+68"
H = line("homomorphic/election.json")
H_FINGERPRINT = "+1fOCVC9fIGC40DVALacQdzFZw/a1sqR0jRwvidKx80"
H_CODES: dict[str, str] = json.loads(line("homomorphic/private_creds.json"))
