"""What somebody takes of a quote: options ticked, one variant of each choice (INV-14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.templatetags.formats import money
from invoicing.models import QuoteLine
from invoicing.selectors.answers import ShownVariant

_VARIANT = "variant_"


class TakingForm(forms.Form):
    """One box for the options, and as many questions as the quote leaves choices; each is answered once."""

    options = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Options à ajouter"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        options: Sequence[QuoteLine],
        choices: Mapping[str, Sequence[ShownVariant]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["options"].choices = [(one.pk, f"{one.label} (+ {money(one.net)} HT)") for one in options]
        if not options:
            del self.fields["options"]
        for rank, (name, variants) in enumerate(choices.items()):
            self.fields[f"{_VARIANT}{rank}"] = _question(name, variants)
        self.order_fields([*self._asked, *self.base_fields])

    @property
    def _asked(self) -> list[str]:
        return [name for name in self.fields if name.startswith(_VARIANT)]

    @property
    def variants(self) -> list[forms.BoundField]:
        return [self[name] for name in self._asked]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in self._asked:
            if hasattr(self.data, "getlist") and len(self.data.getlist(self.add_prefix(name))) > 1:
                self.add_error(name, _("Une seule variante se choisit."))
        return found

    def chosen(self) -> frozenset[int]:
        """The keys of the lines that are taken."""
        found = self.cleaned_data
        picked = [found[name] for name in self._asked if found.get(name)]
        return frozenset([*picked, *found.get("options", ())])


def _question(name: str, variants: Sequence[ShownVariant]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Au choix : %(choice)s") % {"choice": name},
        choices=[(one.key, _said(one)) for one in variants],
        coerce=int,
        initial=next((one.key for one in variants if one.proposed), None),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une variante.")},
    )


def _said(variant: ShownVariant) -> str:
    words = f"{variant.title} ({money(variant.net)} HT)"
    return _("%(words)s, proposée") % {"words": words} if variant.proposed else words
