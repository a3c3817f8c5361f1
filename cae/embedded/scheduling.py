"""How the tests are shared between processes: files stay whole, browser tests of a folder go together, and
what takes minutes begins first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

BROWSER = "browser"

# The shares that take minutes, the longest first. The others follow by the number of their tests, which says
# nothing of these: begun last, one test of three minutes leaves the other processes idle that long.
LONG = (
    "tests/browser",
    "tests/demonstration/test_loading.py",
    "tests/stories",
    "tests/invoicing/test_money_chain.py",
    "tests/house/test_moves.py",
    "tests/races/test_sales.py",
    "tests/hosting/test_backup.py",
)


def share_of(nodeid: str) -> str:
    """The file of a test; its folder for a file with browser in its path: the house that the pages show is
    made once, and the stories, which take long too, need not wait for them."""
    path = nodeid.partition("::")[0]
    return path.rpartition("/")[0] if BROWSER in path else path


def rank_of(shares: Sequence[str]) -> Callable[[str], tuple[int, int]]:
    """By what to sort the shares of all the tests: the long ones, then those of many tests."""
    count = Counter(shares)
    places = {share: place for place, share in enumerate(LONG)}
    return lambda share: (places.get(share, len(LONG)), -count[share])


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Two Chromiums at a time are enough for a small machine; and what a file prepares, it prepares once."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """Gives the test that the process did not survive; begun again, it would take the next one too."""
        units = self.assigned_work[node].values()
        died = next(((unit, name) for unit in units for name, done in unit.items() if not done), None)
        if died is not None:
            unit, name = died
            unit[name] = True
        super().remove_node(node)
        return died and died[1]
