"""What is typed about a contract: its days, its clauses, its end, a declaration, a paper original."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import AmountField, DayField, ask_later
from entrepreneurs.calculations.contents import clauses_of, mandatory_clauses
from entrepreneurs.models import Activity, ContractTerms
from entrepreneurs.services.clauses import MAX_CLAUSE
from entrepreneurs.states.contracts import ContractKind, EndKind
from people.models import Person

_MONEY = ("minimum_amount", "fixed_part")
_HELPS: dict[str, Any] = {
    "objectives": _("Ce que l’entrepreneur·e vise, en phrases que l’on pourra relire dans six mois."),
    "contribution_scale": _("Celui des réglages de la comptabilité, par exemple « general »."),
    "statutes_version": _("Par exemple : statuts du 12 juin 2025."),
    "means": _("Une ligne qui commence par un tiret devient une liste."),
}


def override_field() -> forms.CharField:
    """Why more is granted than the law counts; asked of nobody else."""
    return forms.CharField(
        label=_("Motif de la dérogation"),
        required=False,
        max_length=300,
        help_text=_("Seulement pour une quatrième période de CAPE, ou plus de 36 mois en tout."),
    )


class ContractDaysForm(forms.Form):
    """From when to when, and for which activity."""

    starts_on = DayField(label=_("Premier jour"))
    ends_on = DayField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Obligatoire pour une convention et pour un CAPE (douze mois au plus)."),
    )
    activity = forms.ModelChoiceField(
        label=_("Activité"), queryset=Activity.objects.none(), required=False, empty_label=_("Aucune")
    )
    override_reason = override_field()

    def __init__(self, *args: Any, activities: QuerySet[Activity], may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["activity"]
        chooser.queryset = activities
        ask_later(self, "ends_on")
        if not may_override:
            del self.fields["override_reason"]


class NewContractForm(ContractDaysForm):
    """Whose contract, and of which kind."""

    person = FoundField(label=_("Personne"), queryset=Person.objects.none())
    kind = forms.ChoiceField(label=_("Nature"), choices=ContractKind.choices, widget=forms.RadioSelect)
    field_order = ("person", "kind", "starts_on", "ends_on", "activity", "override_reason")

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["person"]
        chooser.queryset = persons


class ClausesForm(forms.ModelForm):
    """The clauses of one kind of contract; nothing is asked until it is handed to be signed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ContractTerms
        fields = ()

    def __init__(self, *args: Any, instance: ContractTerms, **kwargs: Any) -> None:
        names = clauses_of(instance.contract.kind)
        first = {name: getattr(instance, name) for name in (*names, "version", "subject")}
        super().__init__(*args, instance=instance, initial=first, **kwargs)
        articles = mandatory_clauses(instance.contract.kind)
        if instance.number:
            self.fields["subject"] = forms.CharField(label=_("Objet de l’avenant"), max_length=200)
        for name in names:
            field: Any = ContractTerms._meta.get_field(name)
            made: Any = (
                AmountField(label=capfirst(field.verbose_name), min_value=0)
                if name in _MONEY
                else field.formfield()
            )
            article = articles.get(name, "")
            made.required, made.is_asked_later = False, bool(article)
            helps = [str(_HELPS[name])] if name in _HELPS else []
            if article:
                helps.append(
                    str(_("Demandé avant la mise à la signature (%(article)s).") % {"article": article})
                )
            made.help_text = " ".join(helps)
            self.fields[name] = made

    @property
    def readable(self) -> dict[str, Any]:
        """The clauses as typed, without those that could not be read."""
        names = clauses_of(self.instance.contract.kind)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def _post_clean(self) -> None:
        """The service writes, never the form: the instance stays as it was read."""


class AmendmentForm(forms.Form):
    starts_on = DayField(label=_("Prend effet le"))
    subject = forms.CharField(
        label=_("Ce que l’avenant change"), max_length=200, help_text=_("Par exemple : nouveaux objectifs.")
    )
    objectives = forms.CharField(
        label=_("Nouveaux objectifs"),
        help_text=_("Tels qu’écrits à l’entretien ; ils remplacent ceux du contrat dans le brouillon."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MAX_CLAUSE,
        required=False,
    )

    def __init__(self, *args: Any, with_objectives: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_objectives:
            del self.fields["objectives"]

    def typed(self) -> dict[str, Any]:
        """The values as the service takes them: clauses that were typed replace those in force."""
        found = dict(self.cleaned_data)
        objectives = found.pop("objectives", "")
        return found | {"changed": {"objectives": objectives} if objectives.strip() else {}}


class EndForm(forms.Form):
    """When a contract ends, and why."""

    last_day = DayField(label=_("Dernier jour"))
    kind = forms.ChoiceField(
        label=_("Pourquoi"),
        choices=[
            (EndKind.EARLY.value, EndKind.EARLY.label),
            (EndKind.FOLLOWED.value, EndKind.FOLLOWED.label),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Motif"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=500, widget=forms.Textarea)


class RenewForm(forms.Form):
    ends_on = DayField(label=_("Dernier jour de la nouvelle période"))
    override_reason = override_field()

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override_reason"]


class PaperForm(forms.Form):
    """The scan of an original signed on paper by both parties."""

    signed_on = DayField(label=_("Signé le"))
    scan = forms.FileField(label=_("Original numérisé"), help_text=_("PDF, PNG ou JPEG, 20 Mo au plus."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = timezone.localdate


class DeclarationForm(forms.Form):
    done_on = DayField(label=_("Faite le"))
    reference = forms.CharField(label=_("Référence"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].initial = timezone.localdate
