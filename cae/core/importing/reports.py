"""What the page of an import counts, and the lines it hands back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cae.core.models import FateKind, ImportLine, ImportRun, ImportState, Outcome
from cae.core.tables import Tab

_BEFORE = (ImportState.TRYING, ImportState.TRIED, ImportState.DISCARDED)


def counts_of(run: ImportRun) -> dict[str, int]:
    """Gives {fate or outcome: lines}, with `all`, `to_write` (what the import will do) and `left`."""
    rows = run.lines.order_by().values_list("fate", "outcome").annotate(count=Count("pk"))
    found = dict.fromkeys([*FateKind.values, *Outcome.values, "all", "to_write"], 0)
    for fate, outcome, count in rows:
        found["all"] += count
        for name in filter(None, (fate, outcome)):
            found[name] += count
        if not outcome and fate in (FateKind.NEW, FateKind.UPDATE):
            found["to_write"] += count
    found["left_aside"] = run.lines.filter(_left()).count()
    return found


def _left() -> Q:
    return Q(outcome=Outcome.LEFT) | Q(fate__in=(FateKind.REFUSED, FateKind.DUPLICATE))


def report_tabs(run: ImportRun, counts: Mapping[str, int], query: Mapping[str, Any]) -> list[Tab]:
    """The lines by their fate during the trial, by their result afterwards."""
    name, kinds = ("fate", FateKind.choices) if run.state in _BEFORE else ("outcome", Outcome.choices)
    chosen = query.get(name, "")
    found = [Tab(_("Toutes les lignes"), "?", not chosen, counts["all"])]
    for value, label in kinds:
        if counts[value]:
            found.append(Tab(label, f"?{name}={value}", chosen == value, counts[value]))
    return found


def left_aside(run: ImportRun) -> Iterator[list[str]]:
    """The header and the lines that were not imported, as they came, each with its number and reason."""
    yield [*run.header, _("ligne"), _("motif")]
    width = len(run.header)
    rows: Iterator[ImportLine] = run.lines.filter(_left()).order_by("number").iterator(chunk_size=1000)
    for line in rows:
        cells = [*line.raw[:width], *[""] * (width - len(line.raw))]
        yield [*cells, str(line.number), line.message or line.fault]
