"""What is typed about the scale of a year: a rate and an amount for each band of the one it follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.forms import AmountField
from invoicing.models import MileageBand, MileageScale
from invoicing.services.mileage_scales import BandContent, ScaleContent


class ScaleForm(forms.Form):
    """The bands are those of the scale in hand: the law changes rates, hardly ever the bands."""

    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    electric_factor = AmountField(
        label=_("Coefficient d’un véhicule électrique"), max_digits=4, decimal_places=3
    )
    source = forms.CharField(
        label=_("Source"), max_length=250, help_text=_("Texte officiel et date : l’arrêté, le BOI.")
    )

    def __init__(self, *args: Any, bands: Sequence[MileageBand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bands = bands
        for band in bands:
            self.fields[f"rate-{band.pk}"] = AmountField(
                label=_("Taux (€/km)"), max_digits=6, decimal_places=4, initial=band.rate
            )
            self.fields[f"plus-{band.pk}"] = AmountField(
                label=_("Plus (€)"), max_digits=8, decimal_places=2, initial=band.plus
            )

    def rows(self) -> Iterator[tuple[MileageBand, forms.BoundField, forms.BoundField]]:
        """Each band with its two fields, as the page draws them."""
        for band in self.bands:
            yield band, self[f"rate-{band.pk}"], self[f"plus-{band.pk}"]

    def content(self) -> ScaleContent:
        """What the service takes; call it on a valid form only."""
        said = self.cleaned_data
        return ScaleContent(
            year=said["year"],
            electric_factor=said["electric_factor"],
            source=said["source"],
            bands=[
                BandContent(
                    kind=band.kind,
                    power_from=band.power_from,
                    power_to=band.power_to,
                    up_to_km=band.up_to_km,
                    rate=said[f"rate-{band.pk}"],
                    plus=said[f"plus-{band.pk}"],
                )
                for band in self.bands
            ],
        )


def scale_typed(scale: MileageScale, year: int) -> dict[str, Any]:
    """The next scale begins with what the last one says."""
    return {"year": year, "electric_factor": scale.electric_factor, "source": ""}


class LogForm(forms.Form):
    """The year of a log."""

    year = forms.TypedChoiceField(label=_("Année"), coerce=int)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
