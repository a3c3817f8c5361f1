"""What is typed about members, demands to join, agreements and the end of an activity."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.errors import Refused
from cae.core.finding import FoundField
from cae.core.forms import DayField
from entrepreneurs.calculations.keys import said, share_of
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.selectors.agreements import OWN_ACCOUNT
from entrepreneurs.services.agreements import ShareContent
from people.models import Person
from people.states import ScopePart


class MemberForm(forms.Form):
    person = FoundField(label=gettext_lazy("Personne"), queryset=Person.objects.none())
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle dans l’activité"),
        choices=ScopePart.choices,
        initial=ScopePart.MEMBER,
        help_text=gettext_lazy(
            "Responsable : tout, membres compris. Membre : documents et présentation. Devis et factures "
            "seulement : rien d’autre. Lecture seule : n’écrit rien."
        ),
    )
    starts_on = DayField(label=gettext_lazy("À partir du"))

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class PartForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Nouveau rôle"), choices=ScopePart.choices)
    starts_on = DayField(
        label=gettext_lazy("À partir du"), help_text=gettext_lazy("L’ancien rôle s’arrête la veille.")
    )


class EndMemberForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Dernier jour"))


class JoinForm(forms.Form):
    message = forms.CharField(
        label=gettext_lazy("Votre message aux membres"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Ce que vous savez faire, et pourquoi ce collectif."),
    )


class ProposeForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Adresse e-mail"),
        help_text=gettext_lazy("Celle de son compte ici. La personne accepte ou refuse."),
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_email(self) -> Person:
        """The person whose account has this address."""
        found = Person.objects.filter(user__email__iexact=self.cleaned_data["email"]).first()
        if found is None:
            raise forms.ValidationError(_("Personne ici n’a de compte à cette adresse."))
        return found


class AcceptJoinForm(forms.Form):
    starts_on = DayField(label=gettext_lazy("Membre à partir du"))


class RefuseJoinForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300)


class CloseActivityForm(forms.Form):
    on = DayField(label=gettext_lazy("Dernier jour"))
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=300)
    confirmed = forms.BooleanField(label=gettext_lazy("Fermer malgré ce qui reste ouvert"), required=False)


class ShareField(forms.CharField):
    """A share as people write it: « 1/3 », « 60 % »."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            return share_of(text)
        except ValueError:
            raise forms.ValidationError(
                _("Écrivez une part : « 1/3 », « 60 % » ou « 33,5 »."), code="invalid"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return said(value) if isinstance(value, Fraction) else value


class AgreementForm(forms.Form):
    """The text, the first day, and a line of the key for each member."""

    starts_on = DayField(label=gettext_lazy("En vigueur à partir du"))
    functioning = forms.CharField(
        label=gettext_lazy("Fonctionnement"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Qui fait quoi, comment l’on décide, comment l’on entre et l’on sort."),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[Person],
        credited: dict[int, list[Activity]],
        agreement: Agreement | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        known = {share.person_id: share for share in agreement.shares.all()} if agreement else {}
        if agreement is not None:
            self.initial["starts_on"] = agreement.starts_on
            self.initial["functioning"] = agreement.functioning
        for person in members:
            self._add_line(person, credited.get(person.pk, []), known.get(person.pk), len(members))

    def _add_line(self, person: Person, own: list[Activity], share: Any, count: int) -> None:
        """The four fields of a member; their legend names them."""
        even = Fraction(1, count)
        self.fields[f"function_{person.pk}"] = forms.CharField(
            label=_("Rôle"), required=False, max_length=120, initial=share.function if share else ""
        )
        self.fields[f"result_{person.pk}"] = ShareField(
            label=_("Part du résultat"), initial=share.result_key if share else even
        )
        self.fields[f"contribution_{person.pk}"] = ShareField(
            label=_("Part de la contribution"), initial=share.contribution_key if share else even
        )
        choices = [("", OWN_ACCOUNT), *((str(one.pk), one.name) for one in own)]
        first = str(own[0].pk) if own else ""
        self.fields[f"credited_{person.pk}"] = forms.ChoiceField(
            label=_("Sa part est versée à"),
            required=False,
            choices=choices,
            initial=(str(share.credited_id) if share.credited_id else "") if share else first,
        )

    def refuse(self, refusal: Refused) -> None:
        """Writes what is wrong with a key at the part of its first line."""
        field = refusal.field or ""
        if field in ("result", "contribution") and self.members:
            field = f"{field}_{self.members[0].pk}"
        self.add_error(field if field in self.fields else None, str(refusal))

    @property
    def lines(self) -> list[tuple[Person, list[Any]]]:
        """The fields of each member, for the page."""
        names = ("function", "result", "contribution", "credited")
        return [(person, [self[f"{name}_{person.pk}"] for name in names]) for person in self.members]

    def shares(self) -> list[ShareContent]:
        found = self.cleaned_data
        chosen = Activity.objects.in_bulk(
            [int(found[f"credited_{one.pk}"]) for one in self.members if found[f"credited_{one.pk}"]]
        )
        return [
            ShareContent(
                person,
                result=found[f"result_{person.pk}"],
                contribution=found[f"contribution_{person.pk}"],
                function=found[f"function_{person.pk}"],
                credited=chosen.get(int(found[f"credited_{person.pk}"] or 0)),
            )
            for person in self.members
        ]


class EndAgreementForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Dernier jour en vigueur"))
