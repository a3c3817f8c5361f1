"""A sheet that the kernel alone can take in, for tests and pages: saved views, by their name."""

from __future__ import annotations

from typing import Any

from cae.core.errors import Code, Refused
from cae.core.importing import Column, Fate, Import, Made, Outcome, Row, Target, register_import
from cae.core.importing.registry import codes, import_named
from cae.core.models import SavedView

CODE = "core.saved_views"
PAGE = "core.imported"


def _context(target: str, actor: Any) -> dict[str, Any]:
    views = SavedView.objects.filter(owner=actor, page=PAGE)
    return {"owner": actor, "target": target, "views": {view.name: view for view in views}}


def _plan(row: Row, context: dict[str, Any]) -> Fate:
    if row["name"] == "interdit":
        raise Refused(Code.VALUE_INVALID, "Ce nom est interdit.", field="name")
    known = context["views"].get(row["name"])
    if known is None:
        return Fate.new(row["name"], key=row["name"])
    before = {"query": known.query}
    after = {"query": row["query"]} if "query" in row else before
    return Fate.update(known, before=before, after=after, key=row["name"])


def _apply(row: Row, fate: Fate, context: dict[str, Any], actor: Any) -> SavedView:
    if row["query"] == "en panne":
        raise Refused(Code.VALUE_INVALID, "Refusé en chemin.")
    view = fate.about or SavedView(owner=actor, page=PAGE, name=row["name"])
    assert isinstance(view, SavedView)
    view.query = row["query"]
    view.save()
    return view


def _undo(made: Made, actor: Any) -> Outcome:
    view = SavedView.objects.get(pk=made.about_id)
    if made.created:
        view.delete()
        return Outcome.REMOVED
    if view.query != made.after["query"]:
        return Outcome.CHANGED_SINCE
    view.query = made.before["query"]
    view.save()
    return Outcome.PUT_BACK


def sample_import() -> Import:
    """Registered once, at the first use."""
    if CODE not in codes():
        register_import(
            Import(
                code=CODE,
                label="Vues d’essai",
                right="core.open_import_file",
                columns=(
                    Column("name", "Nom", required=True, aliases=("raison sociale", "dénomination")),
                    Column("query", "Filtre", aliases=("requête",)),
                    Column("note", "Remarque"),
                ),
                plan=_plan,
                apply=_apply,
                undo=_undo,
                context=_context,
                targets=lambda user: [Target("a", "Activité A"), Target("b", "Activité B")],
                target_label="Activité",
                example=({"name": "Atelier Çelik", "query": "=1+1"},),
            )
        )
    return import_named(CODE)
