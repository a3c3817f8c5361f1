"""Sheets that people bring (INV-05): file, columns, trial, import, report, undo; rooms register what they
take."""

from cae.core.importing.registry import Column, Fate, Import, Made, Row, Target, register_import
from cae.core.models import FateKind, Outcome

__all__ = ["Column", "Fate", "FateKind", "Import", "Made", "Outcome", "Row", "Target", "register_import"]
