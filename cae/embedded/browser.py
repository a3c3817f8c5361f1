"""The browser of the tests: Debian's Chromium, found on the machine and never downloaded."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
PACKAGES = "chromium libatomic1"
INSTALL = f"sudo apt install {PACKAGES}"


def find_chromium() -> str | None:
    if chosen := os.environ.get("ALVEOLE_CHROMIUM"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def browser_ready() -> bool:
    """Chromium, and the library that the driver of Playwright needs on Linux: a bare Debian has neither."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return False
    return find_chromium() is not None


def launch_options() -> dict[str, Any]:
    """For Playwright. As the superuser, Chromium refuses its own sandbox."""
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    return {"executable_path": find_chromium(), "args": arguments}
