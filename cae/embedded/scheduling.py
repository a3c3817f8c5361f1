"""How the tests are shared between processes: files stay whole, and browser tests all go to one process."""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling

BROWSER = "browser"


def share_of(nodeid: str) -> str:
    """The file of a test; one and the same share for every file with browser in its path."""
    path = nodeid.partition("::")[0]
    return BROWSER if BROWSER in path else path


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """One Chromium at a time is enough for a small machine; and what a file prepares, it prepares once."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)
