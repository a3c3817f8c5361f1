"""What the bureau types of a secret ballot: its preparation, a reason, a later closing time, the chair’s word
(GOV-26)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import MomentField
from cae.core.templatetags.formats import moment
from governance.models import Resolution, SecretVote, Vote
from governance.selectors.secret_offered import Offered
from governance.services.secret_publishing import casting_field
from governance.states.secret import CodeMode
from governance.states.votes import Answer
from people.models import Person

MODES = (
    (
        CodeMode.MAIL.value,
        gettext_lazy("Par e-mail : le serveur fait les codes, les envoie et les oublie. Le plus simple."),
    ),
    (
        CodeMode.CARDS.value,
        gettext_lazy(
            "Sur des cartes : un·e scrutateur·rice fait les codes et les imprime ; le serveur ne les voit"
            " jamais. Le plus sûr."
        ),
    ),
)


class QuestionField(forms.ModelMultipleChoiceField):
    """Resolutions of an agenda, each with what is to know of it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Resolution) -> str:
        return self.told[obj.pk]

    def offer(self, questions: Sequence[Offered]) -> None:
        self.told = {one.resolution.pk: one.label for one in questions}
        self.queryset = Resolution.objects.filter(pk__in=self.told).order_by("number", "pk")


class PrepareSecretForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Intitulé du scrutin"), max_length=160)
    resolutions = QuestionField(
        label=gettext_lazy("Questions"),
        queryset=Resolution.objects.none(),
        help_text=gettext_lazy("Elles s’ouvrent et se closent ensemble : un seul bulletin y répond."),
        error_messages={"required": gettext_lazy("Choisissez au moins une question.")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Codes de vote"),
        choices=MODES,
        initial=CodeMode.MAIL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Chaque voix reçoit un code de 22 signes, que seul·e l’électeur·rice connaît."
        ),
    )
    trustees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Gardien·nes des clés"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Deux scrutateur·rices au moins, que tout oppose si possible. Chacun·e fait sa clé dans son"
            " navigateur."
        ),
        error_messages={"required": gettext_lazy("Nommez au moins deux personnes.")},
    )
    threshold = forms.IntegerField(
        label=gettext_lazy("Clés qui suffisent pour dépouiller"),
        min_value=1,
        help_text=gettext_lazy("Moins que de personnes nommées : une clé peut alors manquer."),
    )
    closes_at = MomentField(
        label=gettext_lazy("Clôture prévue"),
        required=False,
        help_text=gettext_lazy(
            "Sans heure prévue, la présidence clôt. Une heure prévue peut être repoussée, jamais avancée."
        ),
    )
    sections = (
        ("", ("title", "resolutions")),
        (gettext_lazy("Les codes"), ("mode",)),
        (gettext_lazy("Les clés"), ("trustees", "threshold")),
        (gettext_lazy("La clôture"), ("closes_at",)),
    )

    def __init__(
        self, *args: Any, questions: Sequence[Offered], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["resolutions"]
        asked.offer(questions)
        keepers: Any = self.fields["trustees"]
        keepers.queryset = people

    def clean_trustees(self) -> QuerySet[Person]:
        people: QuerySet[Person] = self.cleaned_data["trustees"]
        if len(people) < 2:
            raise forms.ValidationError(_("Nommez au moins deux personnes."))
        return people

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        people, threshold = said.get("trustees"), said.get("threshold")
        if people is not None and threshold is not None and threshold >= len(people):
            self.add_error(
                "threshold",
                _(
                    "Demandez moins de clés que de personnes nommées : si l’une se perd, tout n’est pas"
                    " perdu."
                ),
            )
        return said


class WhyForm(forms.Form):
    """Why an act is done: the journal of the scrutin and the minutes say it."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi ?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Le journal du scrutin et le procès-verbal reprennent ce motif."),
    )


class ExtendForm(WhyForm):
    until = MomentField(label=gettext_lazy("Nouvelle clôture"))
    field_order = ["until", "reason"]

    def __init__(self, *args: Any, vote: SecretVote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if vote.closes_at is not None:
            before = moment(vote.closes_at)
            self.fields["until"].help_text = _("Prévue jusqu’ici : %(before)s.") % {"before": before}


class CastingsForm(forms.Form):
    """What the chair says of each question whose sides are equal."""

    def __init__(self, *args: Any, votes: Sequence[Vote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.votes = votes
        for vote in votes:
            self.fields[casting_field(vote.pk)] = forms.ChoiceField(
                label=_("Partage égal sur « %(title)s » : la présidence de séance dit")
                % {"title": vote.resolution.title},
                choices=[(answer.value, answer.label) for answer in (Answer.FOR, Answer.AGAINST)],
                widget=forms.RadioSelect,
            )

    def castings(self) -> dict[int, str]:
        return {vote.pk: self.cleaned_data[casting_field(vote.pk)] for vote in self.votes}
