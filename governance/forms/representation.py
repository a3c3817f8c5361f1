"""What is typed to give a proxy, to enter one received on paper, to sign in on a tablet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cae.core.finding import FoundField
from cae.core.forms import ask_later
from cae.core.signing_forms import SignatureForm
from governance.models import Associate, Resolution
from governance.services.proxies import MESSAGE_LENGTH, ProxyData
from governance.states.votes import ON_SCREEN, Method

FREE = ("", _("Libre"))
_ANSWERS = [FREE, *((answer.value, answer.label) for answer in ON_SCREEN)]


class InstructionsForm(forms.Form):
    """What the holder is asked to say of each resolution, and a word to them."""

    message = forms.CharField(
        label=_("Un mot à votre mandataire"),
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, resolutions: Iterable[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [one for one in resolutions if one.method == Method.RESOLUTION]
        for one in self.asked:
            self.fields[f"r{one.pk}"] = forms.ChoiceField(
                label=f"{one.number}. {one.title}" if one.number else one.title,
                choices=_ANSWERS,
                required=False,
                widget=forms.RadioSelect,
            )
        # Their title says that one gives some or none.
        ask_later(self, "message", *(f"r{one.pk}" for one in self.asked))

    @property
    def sections(self) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        """The instructions come after who holds the proxy, under their own title."""
        asked = tuple(f"r{one.pk}" for one in self.asked)
        return ((_("Consignes, si vous voulez en donner"), (*asked, "message")),)

    def instructions(self) -> dict[str, str]:
        said = {str(one.pk): self.cleaned_data.get(f"r{one.pk}", "") for one in self.asked}
        return {key: answer for key, answer in said.items() if answer}


class _HolderForm(InstructionsForm):
    """To whom, or to nobody."""

    blank = forms.BooleanField(
        label=_("Je ne désigne personne (pouvoir en blanc)"),
        required=False,
        help_text=_(
            "Votre voix compte alors pour les résolutions que la gérance soutient, contre les autres."
        ),
    )

    def __init__(self, *args: Any, holders: Any, blank_allowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"] = FoundField(
            label=_("À qui ?"),
            queryset=holders,
            required=False,
            help_text=_("Un·e associé·e. Quelques lettres du nom suffisent."),
        )
        # One or the other is asked: neither is said optional.
        ask_later(self, "holder", "blank")
        if not blank_allowed:
            del self.fields["blank"]
        # What is wrong is said in the order of the page.
        self.order_fields(["holder", "blank"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        named, blank = found.get("holder"), found.get("blank", False)
        if named and blank:
            self.add_error("blank", _("Nommez quelqu’un, ou laissez en blanc : pas les deux."))
        elif not named and not blank and "holder" not in self.errors:
            self.add_error("holder", _("Dites à qui vous donnez votre voix."))
        return found

    def data_typed(self) -> ProxyData:
        return ProxyData(self.cleaned_data["holder"], self.instructions(), self.cleaned_data["message"])


class ProxyForm(_HolderForm):
    """A proxy given on one’s own account, signed by typing one’s name."""

    typed = forms.CharField(
        label=_("Tapez votre nom, qui vaut signature"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tapez votre nom pour signer.")},
    )

    @property
    def sections(self) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        return (("", ("holder", "blank")), *super().sections, (_("Signature"), ("typed",)))


class PaperProxyForm(_HolderForm):
    """A proxy received on paper, entered by the bureau."""

    def __init__(self, *args: Any, principals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"] = FoundField(label=_("De qui ?"), queryset=principals)
        self.fields["holder"].help_text = _("Un refus par les règles est gardé, et la personne prévenue.")
        self.order_fields(["principal", "holder", "blank"])
        # Who types is not who gives.
        self.fields["message"].label = _("Mot au mandataire")
        if "blank" in self.fields:
            self.fields["blank"].label = _("Pouvoir en blanc : personne n’est désigné")
            self.fields["blank"].help_text = _(
                "La voix compte alors pour les résolutions que la gérance soutient, contre les autres."
            )

    @property
    def sections(self) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        (_title, asked), *_rest = super().sections
        return (("", ("principal", "holder", "blank")), (_("Consignes écrites sur le pouvoir"), asked))


class TabletForm(SignatureForm):
    """The mark made on the tablet at the door."""


class TabletSearchForm(forms.Form):
    """One finds one’s line by name."""

    associate = FoundField(label=_("Votre nom"), queryset=Associate.objects.none())

    def __init__(self, *args: Any, associates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["associate"].queryset = associates  # type: ignore[attr-defined]
