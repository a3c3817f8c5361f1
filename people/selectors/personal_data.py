"""What this room holds of a person, subject by subject, as they read and download it (PEO-15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Held
from cae.core.kept_words import translated
from cae.core.models import Audience
from cae.core.threads import messages_about
from people.models import (
    Assistance,
    DataRequest,
    Deadline,
    OpenSession,
    Person,
    PersonScope,
    Request,
    Role,
    StatusPeriod,
    User,
)
from people.selectors.consents import consents_of
from people.selectors.merging import columns_naming_persons, file_keys
from people.selectors.sensitive import readings_of


def held_file(person: Person, _reader: Any) -> Iterator[Held]:
    """Identity and contact details, those of files merged since included."""
    files = Person.objects.filter(pk__in=file_keys(person)).select_related("territory").order_by("pk")
    columns = (
        *(_("prénom"), _("nom de naissance"), _("nom d’usage"), _("adresse e-mail"), _("téléphone")),
        *(_("adresse"), _("territoire"), _("fiche créée le")),
    )
    rows = [
        (
            *(one.first_name, one.last_name, one.usual_name, one.email, one.phone),
            *(", ".join(one.address_lines), str(one.territory or ""), one.created_at),
        )
        for one in files
    ]
    kept = _("Gardées pendant votre parcours, puis le temps que fixe la règle de conservation.")
    yield Held(_("Identité et coordonnées"), columns, rows, kept=kept)


def held_account(person: Person, _reader: Any) -> Iterator[Held]:
    """The account, the browsers signed in, who acted in one's name."""
    account = User.objects.filter(person__in=file_keys(person)).first()
    if account is None:
        return
    yield Held(
        _("Compte"),
        (_("adresse de connexion"), _("créé le"), _("dernière connexion"), _("langue"), _("ouvert")),
        [
            (
                *(account.email, account.created_at, account.last_login),
                *(account.get_language_display(), account.is_active),
            )
        ],
        kept=_("Le mot de passe n’est lisible par personne : seule son empreinte est gardée."),
    )
    sessions = OpenSession.objects.filter(user=account)
    yield Held(
        _("Appareils connectés"),
        (_("ouvert le"), _("utilisé le"), _("adresse IP"), _("navigateur")),
        [(one.opened_at, one.seen_at, one.address, one.user_agent) for one in sessions],
    )
    helped = Assistance.objects.filter(helped=account).select_related("helper__person")
    yield Held(
        _("Qui a agi en mon nom"),
        (_("qui"), _("motif"), _("du"), _("au")),
        [(str(one.helper), one.reason, one.started_at, one.over_at) for one in helped],
    )


def held_path(person: Person, _reader: Any) -> Iterator[Held]:
    """Statuses, roles, memberships and the dates that come."""
    keys = file_keys(person)
    dated = (_("du"), _("au"), _("motif"))
    yield Held(
        _("Statuts"),
        (_("statut"), *dated),
        [
            (one.get_kind_display(), one.starts_on, one.ends_on, translated(one.reason))
            for one in StatusPeriod.objects.filter(person__in=keys)
        ],
    )
    yield Held(
        _("Rôles"),
        (_("rôle"), _("périmètre"), *dated),
        [
            (one.get_kind_display(), str(one.scope or ""), one.starts_on, one.ends_on, translated(one.reason))
            for one in Role.objects.filter(person__in=keys).select_related("scope")
        ],
    )
    yield Held(
        _("Fait partie de"),
        (_("périmètre"), _("du"), _("au")),
        [
            (str(one.scope), one.starts_on, one.ends_on)
            for one in PersonScope.objects.filter(person__in=keys).select_related("scope")
        ],
    )
    yield Held(
        _("Échéances"),
        (_("intitulé"), _("dernier jour"), _("close le")),
        [
            (one.label, one.due_on, one.closed_at)
            for one in Deadline.objects.filter(person__in=keys).order_by("due_on", "pk")
        ],
    )


def held_choices(person: Person, _reader: Any) -> Iterator[Held]:
    """Consents, requests about data, and who opened the protected record."""
    yield Held(
        _("Consentements"),
        (_("pour"), _("donné le"), _("preuve"), _("retiré le")),
        [
            (one.get_purpose_display(), one.given_on, translated(one.proof), one.withdrawn_on)
            for one in consents_of(person)
        ],
        kept=_("Effacés avec la fiche."),
    )
    yield Held(
        _("Demandes sur mes données"),
        (_("nature"), _("reçue le"), _("demande"), _("état"), _("réponse")),
        [
            (one.get_kind_display(), one.received_on, one.text, one.get_state_display(), one.answer)
            for one in DataRequest.objects.filter(person__in=file_keys(person))
        ],
    )
    yield Held(
        _("Lectures de ma fiche protégée"),
        (_("le"), _("par"), _("pour"), _("champs ouverts")),
        [
            (one.at, str(one.reader), one.get_purpose_display(), ", ".join(one.field_labels))
            for one in readings_of(person)
        ],
    )


def held_requests(person: Person, _reader: Any) -> Iterator[Held]:
    """What one asked the staff, and what was said there; their notes to each other stay theirs."""
    rows = Request.objects.filter(person__in=file_keys(person)).order_by("created_at", "pk")
    said = messages_about(Request, [row.pk for row in rows]).exclude(audience=Audience.STAFF)
    titles = {str(row.pk): row.title for row in rows}
    yield Held(
        _("Demandes à l’équipe"),
        (_("envoyée le"), _("service"), _("objet"), _("état")),
        [(row.created_at, row.get_department_display(), row.title, row.get_state_display()) for row in rows],
        kept=_("Effacées avec la fiche ; les délais de réponse restent comptés."),
    )
    yield Held(
        _("Messages de mes demandes"),
        (_("écrit le"), _("par"), _("demande"), _("message")),
        [(one.created_at, one.author_name, titles[one.about_id], one.text) for one in said],
    )


def held_elsewhere(person: Person, _reader: Any) -> Iterator[Held]:
    """How many rows of each kind name the person, in every room: nothing is kept without being counted
    here, whether or not its room says more."""
    keys, counts = file_keys(person), Counter[str]()
    for model, column in columns_naming_persons():
        found = model._base_manager.filter(**{f"{column}__in": keys}).count()
        counts[str(model._meta.verbose_name_plural)] += found
    rows = [(label.capitalize(), count) for label, count in sorted(counts.items()) if count]
    yield Held(
        _("Tout ce qui porte mon nom"),
        (_("nature"), _("nombre")),
        rows,
        kept=_("Compté dans toute l’application ; demandez le détail de ce qui n’est pas montré ici."),
    )
