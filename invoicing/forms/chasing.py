"""What is typed to chase: which invoices, how and in which words; steps, pauses, disputes, limits, losses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import AmountField, DayField
from cae.core.templatetags.formats import day, money
from invoicing.calculations.reminders import Step
from invoicing.emails import Letter
from invoicing.selectors.sendings import Recipient
from invoicing.services.chasing import Wanted
from invoicing.services.losses import Proof
from invoicing.services.sending import MAX_BODY, MAX_SUBJECT
from invoicing.states.chasing import MAX_REASON, MAX_STEP_DAYS, ReminderChannel, ReminderTone


class ChoiceForm(forms.Form):
    """Which late invoices, by which means, in which tone: the address of the page says it."""

    invoices = forms.MultipleChoiceField(
        label=gettext_lazy("Factures en retard"), required=False, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Moyen"), choices=ReminderChannel.choices, widget=forms.RadioSelect
    )
    tone = forms.ChoiceField(
        label=gettext_lazy("Ton"), choices=ReminderTone.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, rows: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoices"].choices = [(str(row.pk), _told(row)) for row in rows]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[list[int], str, str]:
        """The keys ticked, the means and the tone."""
        found = self.cleaned_data
        return [int(key) for key in found["invoices"]], found["channel"], found["tone"]


def _told(row: Any) -> str:
    facts = {"number": row.number, "day": day(row.due_on), "due": money(row.due)}
    return _("%(number)s, échue le %(day)s : %(due)s") % facts


class ReminderForm(forms.Form):
    """The words as they will leave, and what each invoice owed when they were written."""

    to = forms.ChoiceField(label=gettext_lazy("À"), required=False)
    subject = forms.CharField(label=gettext_lazy("Objet"), max_length=MAX_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Une ligne vide commence un nouveau paragraphe."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    # « 12:240.00 14:36.00 »: a payment seen since makes it false.
    owed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, recipients: Sequence[Recipient], channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        if channel == ReminderChannel.MAIL and recipients:
            self.fields["to"].choices = [  # type: ignore[attr-defined]
                (one.email, " · ".join(filter(None, (one.name, one.function, one.email))))
                for one in recipients
            ]
        else:
            del self.fields["to"]
        if channel == ReminderChannel.CALL:
            self.fields["body"].label = gettext_lazy("Ce qui a été dit")
            self.fields["body"].help_text = ""

    def wanted(self, tone: str) -> Wanted:
        found = self.cleaned_data
        letter = Letter(found["subject"], found["body"])
        return Wanted(owed_in(found["owed"]), self.channel, tone, letter, found.get("to", ""))


def owed_of(rows: Sequence[Any]) -> str:
    """What a page says that each invoice owes."""
    return " ".join(f"{row.pk}:{row.due}" for row in rows)


def owed_in(text: str) -> dict[int, Decimal]:
    """The same, read back; what was tampered with is left out."""
    found = {}
    for word in text.split():
        key, _colon, due = word.partition(":")
        try:
            found[int(key)] = Decimal(due)
        except (ValueError, InvalidOperation):
            continue
    return found


class StepForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Jours après l’échéance"), required=False, min_value=1, max_value=MAX_STEP_DAYS
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Moyen"), choices=ReminderChannel.choices, initial=ReminderChannel.MAIL
    )
    tone = forms.ChoiceField(label=gettext_lazy("Ton"), choices=ReminderTone.choices)
    late_fees = forms.BooleanField(label=gettext_lazy("Pénalités et indemnité"), required=False)

    def step(self) -> Step | None:
        """The step typed; a row without days is no step."""
        found = self.cleaned_data
        if found.get("days") is None:
            return None
        return Step(found["days"], found["channel"], found["tone"], found["late_fees"])


StepFormSet: Any = forms.formset_factory(StepForm, extra=2)


class PauseForm(forms.Form):
    until = DayField(
        label=gettext_lazy("Jusqu’au"),
        help_text=gettext_lazy("Ce jour compris ; les relances reprennent après."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=MAX_REASON,
        help_text=gettext_lazy("Un échéancier convenu, une promesse de règlement…"),
    )


class DisputeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Ce que le client conteste"), max_length=MAX_REASON)


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=MAX_REASON,
        help_text=gettext_lazy("L’appel n’a pas eu lieu, la lettre n’a pas été postée…"),
    )


class LimitForm(forms.Form):
    credit_limit = AmountField(
        label=gettext_lazy("Encours autorisé (€ TTC)"),
        required=False,
        min_value=0,
        help_text=gettext_lazy(
            "Au-delà, la vérification d’un nouveau document le signale. Vide : sans limite."
        ),
    )


class LossForm(forms.Form):
    on = DayField(label=gettext_lazy("Date"))
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        max_length=MAX_REASON,
        help_text=gettext_lazy("Liquidation clôturée, jugement, recouvrement impossible…"),
    )
    proof = forms.FileField(
        label=gettext_lazy("Justificatif"),
        help_text=gettext_lazy("Ce qui prouve que rien ne viendra plus : PDF ou photo, 10 Mo au plus."),
    )
    note_sent_on = DayField(
        label=gettext_lazy("Duplicata envoyé au client le"),
        required=False,
        help_text=gettext_lazy(
            "TVA sur les débits : elle revient si le duplicata de la facture, avec sa mention, est parti "
            "(CGI art. 272-1). Vide : elle reste dans la perte."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def proof_given(self) -> Proof:
        file = self.cleaned_data["proof"]
        return Proof(file.name, file.read())


class LossBackForm(forms.Form):
    on = DayField(label=gettext_lazy("Date"))
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=MAX_REASON)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class MergeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Pourquoi c’est le même client"), max_length=MAX_REASON)


class UntilForm(forms.Form):
    """The day of a statement, in its address."""

    until = DayField(label=gettext_lazy("Au"), required=False)
