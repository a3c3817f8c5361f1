"""What is typed before a document leaves, and what a seller notes of an answer given on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import DayField
from cae.core.models.signatures import MAX_NAME
from invoicing.emails import Letter
from invoicing.forms.taking import TakingForm
from invoicing.selectors.sendings import Recipient
from invoicing.services.answering import MAX_NOTE
from invoicing.services.sending import MAX_BODY, MAX_SUBJECT


class LetterForm(forms.Form):
    """Readers among the contacts of the customer, another address, subject and text."""

    to = forms.MultipleChoiceField(
        label=gettext_lazy("À"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.EmailField(label=gettext_lazy("Une autre adresse"), required=False, max_length=254)
    subject = forms.CharField(label=gettext_lazy("Objet"), max_length=MAX_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=MAX_BODY,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Une ligne vide commence un nouveau paragraphe."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, recipients: Iterable[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.email, " · ".join(filter(None, (one.name, one.function, one.email)))) for one in recipients
        ]
        self.fields["to"].choices = choices
        if not choices:
            del self.fields["to"]
            self.fields["other"].label = gettext_lazy("Adresse du client")
            self.fields["other"].required = True
        else:
            self.fields["to"].required = not self.data.get("other", "").strip()

    def addresses(self) -> list[str]:
        found = self.cleaned_data
        return [*found.get("to", ()), *filter(None, [found["other"]])]

    def letter(self) -> Letter:
        return Letter(self.cleaned_data["subject"], self.cleaned_data["body"])


class AnswerForm(TakingForm):
    """An answer that came on paper, by mail or aloud: which one, who gave it, when."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Réponse du client"),
        choices=(("accept", gettext_lazy("Il accepte")), ("refuse", gettext_lazy("Il refuse"))),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=gettext_lazy("Donnée par"), max_length=MAX_NAME)
    function = forms.CharField(label=gettext_lazy("Fonction"), max_length=MAX_NAME, required=False)
    on = DayField(label=gettext_lazy("Le"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Devis signé reçu par courrier, accord par e-mail, au téléphone…"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Motif du refus"),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Seulement s’il refuse."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "options" in self.fields:
            self.fields["options"].label = _("Options retenues")
        self.order_fields(["answer"])
        for bound in self.variants if self.data.get("answer") == "refuse" else ():
            bound.field.required = False
