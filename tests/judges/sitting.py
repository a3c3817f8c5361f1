"""How a judge sits in a child process: a line of JSON names files, another answers what is blamed in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

ANSWER = "judged: "


def sit(judge: Callable[[str], Any]) -> None:
    """Answers until nobody asks any more."""
    for line in sys.stdin:
        sys.stdout.write(f"{ANSWER}{json.dumps({path: judge(path) for path in json.loads(line)})}\n")
        sys.stdout.flush()
