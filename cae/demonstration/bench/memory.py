"""What memory a process takes, as Linux tells it."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")


def most_megabytes() -> float:
    """The most that this process held at once. `ru_maxrss` would begin at what its parent held: Linux carries
    it over when a program takes the place of another."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def forget_the_most() -> None:
    """From now on, the most is counted anew (« 5 », proc(5))."""
    Path("/proc/self/clear_refs").write_text("5")
