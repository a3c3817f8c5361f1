"""A row among hundreds is found by its name, in a box that offers those that exist; without a script too."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from cae.core.search import plain

# So many boxes wait empty where several rows may be given; a script adds one when they are full (found.js).
BLANKS = 3


class FoundInput(forms.TextInput):
    """One box, and what it offers."""

    is_many = False

    def texts(self, value: Any) -> list[str]:
        return [value or ""]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        # Set by the field, with its rows.
        field: ByName = self.choices.field  # type: ignore[attr-defined]
        shared = self.build_attrs(self.attrs, attrs or {})
        key = shared.pop("id", f"id_{name}")
        shared |= {"type": "text", "name": name, "list": f"{key}_names"}
        shared |= {"autocomplete": "off", "spellcheck": "false"}
        boxes = [flatatt(shared | {"id": key, "value": self.texts(value)[0]})]
        for rank, text in enumerate(self.texts(value)[1:], start=2):
            own = {"id": f"{key}_{rank}", "value": text, "aria-label": f"{field.label} {rank}"}
            boxes.append(flatatt(shared | own))
        context = {"boxes": boxes, "names": f"{key}_names", "words": field.words(), "is_many": self.is_many}
        return get_template("components/found.html").render(context)


class FoundManyInput(FoundInput):
    """As many boxes as rows are given, and some empty ones."""

    is_many = True

    def texts(self, value: Any) -> list[str]:
        return [*(value or []), *[""] * BLANKS]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [text for text in given if str(text).strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class ByName(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """What both fields know: the word of each row, and the row that words name."""

    default_error_messages = {
        "unknown": _("« %(text)s » n’est pas dans la liste : choisissez un nom qui s’y trouve."),
        "several": _("Plusieurs répondent à « %(text)s » : choisissez dans la liste."),
    }

    def words(self) -> dict[str, Model]:
        """Gives each row by its word: its name, told apart from those who bear the same."""
        read = getattr(self, "_read", None)
        if read is None or read[0] is not self.queryset:
            rows: list[tuple[str, Model]] = [(plain(row), row) for row in self.queryset]  # type: ignore[union-attr]
            borne = Counter(name for name, _row in rows)
            named = ((str(row) if borne[name] == 1 else _told_apart(row), row) for name, row in rows)
            read = self._read = (self.queryset, dict(named))
        return dict(read[1])

    def word_of(self, value: Any) -> Any:
        """Gives the word of a row or of its key; what was typed as it was typed."""
        key = str(getattr(value, "pk", value))
        return next((word for word, row in self.words().items() if str(row.pk) == key), value)

    def found(self, text: str) -> Model:
        """Gives the row that a text names. Raises ValidationError when none does, or several do."""
        words, text = self.words(), " ".join(str(text).split())
        wanted = plain(text)
        readings = (
            [row for word, row in words.items() if plain(word) == wanted],
            [row for row in words.values() if plain(row) == wanted],
            [row for row in words.values() if str(row.pk) == text],
            [row for word, row in words.items() if all(part in plain(word) for part in wanted.split())],
        )
        matches = next((rows for rows in readings if rows), [])
        if len(matches) != 1:
            code = "several" if matches else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code, params={"text": text})
        return matches[0]


class FoundField(ByName):
    """One row, found by its name."""

    widget = FoundInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"help_text": _("Quelques lettres du nom suffisent.")} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return self.word_of(value) if value not in self.empty_values else ""

    def to_python(self, value: Any) -> Any:
        return self.found(value) if str(value or "").strip() else None


class FoundManyField(ByName):
    """Several rows, each found by its name in a box of its own."""

    widget = FoundManyInput

    def prepare_value(self, value: Any) -> Any:
        return [self.word_of(one) for one in value or []]

    def clean(self, value: Any) -> list[Model]:
        rows = [self.found(text) for text in value or []]
        if self.required and not rows:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(rows))


def _told_apart(row: Model) -> str:
    return f"{row} · {getattr(row, 'told_apart', '') or row.pk}"
