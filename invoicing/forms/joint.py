"""What is typed of the shares of a quote: activities, percentages, who does each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import PercentField
from entrepreneurs.models import Activity
from invoicing.forms.fields import typed
from invoicing.models import Quote, QuoteLine, QuoteShare
from invoicing.services.sharing import SharesContent
from invoicing.states.joint import MOST_SHARES, Sharing


class SharesForm(forms.Form):
    """A row an activity, the one that leads first; lines are given to those who have a share already."""

    sharing = forms.ChoiceField(
        label=gettext_lazy("Comment se partage ce devis"), choices=Sharing.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        quote: Quote,
        shares: Sequence[QuoteShare],
        offered: Sequence[Activity],
        lines: Sequence[QuoteLine],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"sharing": quote.sharing, "version": quote.version}
        super().__init__(*args, **kwargs)
        self.quote = quote
        rates = {share.activity_id: share.rate for share in shares}
        others = [share.activity_id for share in shares if share.activity_id != quote.activity_id]
        self.fields["rate_0"] = _percent(quote.activity.name, rates.get(quote.activity_id))
        choices = [("", "—"), *((str(one.pk), one.name) for one in offered if one.pk != quote.activity_id)]
        for place in range(1, MOST_SHARES):
            key = others[place - 1] if place <= len(others) else None
            self.fields[f"activity_{place}"] = forms.ChoiceField(
                label=_("Activité"), choices=choices, required=False, initial=str(key or "")
            )
            self.fields[f"rate_{place}"] = _percent(_("Part"), rates.get(key or 0))
        self.lines = list(lines) if quote.sharing == Sharing.LINES else []
        bearers = [
            ("", _("Toutes, selon leur part")),
            *((str(s.activity_id), s.activity.name) for s in shares),
        ]
        for line in self.lines:
            self.fields[f"bearer_{line.pk}"] = forms.ChoiceField(
                label=line.label, choices=bearers, required=False, initial=str(line.borne_by_id or "")
            )

    @property
    def leading(self) -> forms.BoundField:
        return self["rate_0"]

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for place in range(1, MOST_SHARES):
            yield self[f"activity_{place}"], self[f"rate_{place}"]

    @property
    def boxes(self) -> Iterator[tuple[QuoteLine, forms.BoundField]]:
        for line in self.lines:
            yield line, self[f"bearer_{line.pk}"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("sharing") == Sharing.NONE:
            # What rows still say is of no use, that of an activity closed since above all.
            return found
        chosen: list[str] = []
        for place in range(1, MOST_SHARES):
            key, rate = found.get(f"activity_{place}"), found.get(f"rate_{place}")
            if key in chosen:
                self.add_error(f"activity_{place}", _("Cette activité est déjà dans la liste."))
            if bool(key) != bool(rate) and f"rate_{place}" not in self.errors:
                self.add_error(f"rate_{place}", _("Donnez l’activité et sa part."))
            chosen += [key] if key else []
        return found

    def content(self) -> SharesContent:
        found = self.cleaned_data
        if found["sharing"] == Sharing.NONE:
            return SharesContent()
        rates = {self.quote.activity_id: found.get("rate_0")}
        for place in range(1, MOST_SHARES):
            if found.get(f"activity_{place}"):
                rates[int(found[f"activity_{place}"])] = found[f"rate_{place}"]
        bearers = {
            line.pk: int(found[f"bearer_{line.pk}"]) for line in self.lines if found.get(f"bearer_{line.pk}")
        }
        return SharesContent(
            found["sharing"],
            {key: rate / 100 if rate else Decimal(0) for key, rate in rates.items()},
            {key: one for key, one in bearers.items() if one in rates}
            if found["sharing"] == Sharing.LINES
            else {},
        )


def _percent(label: str, rate: Decimal | None) -> PercentField:
    return PercentField(label=label, required=False, initial=typed(None if rate is None else rate * 100))
