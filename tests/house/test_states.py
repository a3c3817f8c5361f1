"""Each move has exactly one service; the diagrams of docs/states.md are those of the tables."""

from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from cae.core import events, permissions, workflow
from tests.house.tables import check_generated, markdown

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize("flow", workflow.WORKFLOWS, ids=lambda flow: flow.model)
def test_each_move_has_one_service_and_a_known_right(flow: workflow.Workflow) -> None:
    # Reading the doors reads the services behind them: this file says the same alone as among the others.
    assert get_resolver().url_patterns
    assert set(flow.services) == {move.name for move in flow.moves}
    assert {move.right for move in flow.moves} <= set(permissions.RIGHTS)


def test_states_page() -> None:
    pages = ["# States and moves\n\nDrawn from the tables of moves by `tests/house/test_states.py`.\n"]
    with override("fr"):
        for flow in sorted(workflow.WORKFLOWS, key=lambda flow: flow.model):
            arrows = [f"    {s} --> {m.target}: {m.name}" for m in flow.moves for s in m.sources]
            rows = [
                [m.name, str(m.label), ", ".join(m.sources), m.target, f"`{m.right}`"] for m in flow.moves
            ]
            diagram = "```mermaid\nstateDiagram-v2\n" + "\n".join(arrows) + "\n```\n"
            pages.append(
                f"## {flow.model}\n\n{diagram}\n{markdown(['move', 'button', 'from', 'to', 'right'], rows)}"
            )
    check_generated(DOCS / "states.md", "\n".join(pages))


def test_events_page() -> None:
    known = events.subscriptions()
    assert len(known) <= 10, "at most ten events in all (architecture 3)"
    rows = sorted(
        [
            f"`{event.__module__}.{event.__name__}`",
            ", ".join(f"`{r.__module__}.{r.__name__}`" for r in reactions),
        ]
        for event, reactions in known.items()
    )
    head = "# Events\n\nFacts announced upwards, drawn by `tests/house/test_states.py`.\n\n"
    check_generated(DOCS / "events.md", head + markdown(["event", "who reacts"], rows))
