"""The bench of sealing: Chromium says what it took; without Chromium nothing is said."""

from __future__ import annotations

import pytest

from cae.demonstration.bench import sealing


@pytest.mark.browser
def test_a_browser_says_how_long_a_ballot_takes() -> None:
    [found] = sealing.measure_sealing(turns=2)
    assert found.name == sealing.NAME
    assert found.ours > found.bare / 2 > 0


def test_a_machine_without_browser_measures_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "find_chromium", lambda: None)
    assert sealing.measure_sealing() == []
