"""Panels: in the order of the rooms, cut by rights, empty ones only when they say why."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from cae.core import panels
from cae.core.models import Setting
from cae.core.panels import Panel, PanelRow, panels_of, provide_panel

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_providers", {})


def _gives(panel: Panel | None) -> panels.PanelProvider:
    return lambda user, obj, today: panel


def test_each_room_speaks_in_its_order_and_of_its_own_subject_only() -> None:
    row = PanelRow("Contrat")
    provide_panel("core.setting", _gives(Panel("Second", "file-text", [row])), order=20)
    provide_panel("core.setting", _gives(Panel("First", "file-text", [row])), order=10)
    provide_panel("core.job", _gives(Panel("Elsewhere", "file-text", [row])), order=1)
    assert [panel.title for panel in panels_of(None, Setting(), TODAY)] == ["First", "Second"]


def test_who_has_no_right_sees_no_panel_and_an_empty_one_says_why_or_is_left_out() -> None:
    provide_panel("core.setting", _gives(None), order=1)
    provide_panel("core.setting", _gives(Panel("Silent", "inbox", [])), order=2)
    provide_panel("core.setting", _gives(Panel("Empty", "inbox", [], empty="Aucune demande.")), order=3)
    assert [panel.title for panel in panels_of(None, Setting(), TODAY)] == ["Empty"]


def test_the_provider_gets_reader_object_and_day() -> None:
    heard: list[Any] = []

    def listen(user: Any, obj: Any, today: date) -> None:
        heard.append((user, obj, today))

    subject = Setting(code="x")
    provide_panel("core.setting", listen, order=1)
    assert panels_of("reader", subject, TODAY) == []
    assert heard == [("reader", subject, TODAY)]


def test_a_row_is_drawn_with_its_link_its_day_and_its_state() -> None:
    row = PanelRow("Contrat", "/x/", "12 mois", TODAY, ("success", "✔", "Signé"))
    drawn = render_to_string(
        "components/panels.html", {"panels": [Panel("Contrats", "file-text", [row], url="/tous/")]}
    )
    for part in ('<a href="/x/">Contrat</a>', "12 mois", "26/11/2026", "Signé", 'href="/tous/"'):
        assert part in drawn
