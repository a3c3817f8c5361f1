"""Answers whoever sent receipts by mail: how many came, which were known, which could not be kept."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from cae.core.mail import queue_email
from cae.core.mail_texts import MailKind, Place
from invoicing.models import IncomingMail
from people.models import Person

ANSWER = "invoicing.mail_vouchers"
MAIL = MailKind(
    ANSWER,
    label=gettext_lazy("Justificatifs reçus par e-mail"),
    subject=gettext_lazy("{{ bilan }}"),
    body=gettext_lazy(
        "Bonjour {{ prenom }},\n\n"
        "{{ bilan }} avec votre e-mail « {{ objet }} ».\n\n"
        "{{ deja }}\n\n"
        "{{ ecartes }}\n\n"
        "Il reste à dire de quoi il s’agit, quand vous aurez un moment."
    ),
    places={
        "prenom": Place(gettext_lazy("le prénom de la personne"), "Claire"),
        "bilan": Place(
            gettext_lazy("combien de justificatifs sont arrivés"), gettext_lazy("3 justificatifs reçus")
        ),
        "objet": Place(gettext_lazy("l’objet de son e-mail"), gettext_lazy("Déplacement à Nantes")),
        "deja": Place(
            gettext_lazy("ceux qui étaient déjà là, ou rien"), gettext_lazy("1 était déjà arrivé.")
        ),
        "ecartes": Place(
            gettext_lazy("ce qui n’a pas pu être gardé, ou rien"), gettext_lazy("Non gardé : contrat.docx.")
        ),
    },
)


def answer_vouchers(mail: IncomingMail, person: Person) -> None:
    """Does: answers the person, at the address of their account; nobody else is ever answered. Refuses:
    nothing; without account there is no answer. Leaves behind: the mail."""
    user = getattr(person, "user", None)
    if user is None or not user.is_active:
        return
    with override(user.language):
        queue_email(
            to=user.email,
            words=_words(mail, person),
            context={
                "button": _("Compléter mes justificatifs"),
                "url": settings.SITE_URL + reverse("invoicing:voucher_list"),
                "why": _("Vous recevez cet e-mail parce qu’un message est arrivé à votre adresse de dépôt."),
            },
            cause=ANSWER,
            about=mail,
        )


def _words(mail: IncomingMail, person: Person) -> dict[str, str]:
    count = ngettext("%(count)d justificatif reçu", "%(count)d justificatifs reçus", mail.kept)
    known = ngettext("%(count)d était déjà arrivé.", "%(count)d étaient déjà arrivés.", mail.known)
    left = ", ".join(mail.left_out.splitlines())
    said = count if mail.kept else _("Aucun nouveau justificatif reçu")
    return {
        "prenom": person.first_name,
        "bilan": said % {"count": mail.kept},
        "objet": mail.subject or _("sans objet"),
        "deja": known % {"count": mail.known} if mail.known else "",
        "ecartes": _("Non gardé : %(names)s.") % {"names": left} if left else "",
    }
