"""By what an entry is corrected: by hand, or by the act of the document that it comes from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounting.models import ContributionRun, Entry, ManualEntry

_sentences: dict[str, Any] = {}


def register_correction(label: str, sentence: Any) -> None:
    """Says by what the entries of a kind of document (« invoicing.invoice ») are corrected."""
    if label in _sentences:
        raise ValueError(f"the correction of {label!r} is registered twice")
    _sentences[label] = sentence


def correction_of(entry: Entry) -> str:
    """Why this entry is not reversed by hand, in a sentence that says what to do; nothing when it may be."""
    reversing = Entry.objects.filter(reverses=entry).select_related("journal").first()
    if reversing is not None:
        return _("Cette écriture est déjà contre-passée par %(entry)s.") % {"entry": reversing}
    if ContributionRun.objects.filter(entry=entry).exists():
        return _("Cette écriture est celle d’une contribution : annulez ou recalculez cette contribution.")
    kind = entry.source_type
    if kind is None or kind.model_class() is ManualEntry:
        return ""
    label = f"{kind.app_label}.{kind.model}"
    default = _("Cette écriture vient d’un document (%(kind)s) : elle se corrige depuis ce document.")
    return str(_sentences.get(label) or default % {"kind": kind.name})
