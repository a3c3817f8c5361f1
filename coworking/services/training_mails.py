"""What is mailed about training: called off, summoned, to sign, to answer (COW-44 to 46)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import links
from cae.core.errors import Code, Refused
from cae.core.mail import queue_email
from cae.core.templatetags.formats import spelled
from coworking.models import Enrolment, HalfDay, TrainingSession
from coworking.selectors.training_links import EVALUATION_LINK, SHEET_LINK, TRAINER_LINK

LINK_DAYS = 30


def link_to(
    about: models.Model, *, purpose: str, page: str, ends_at: datetime, actor: Any, at: datetime
) -> str:
    """Does: makes the address of a personal link; those before it of this purpose die. Refuses: nothing.
    Leaves behind: the link."""
    for former in links.live_links_of(about, purpose):
        links.withdraw_link(former, actor=actor, at=at)
    _row, token = links.create_link(about, purpose=purpose, ends_at=ends_at, actor=actor)
    return settings.SITE_URL + reverse(page, args=[token])


def mail(
    to: str,
    *,
    subject: str,
    paragraphs: Sequence[str],
    cause: str,
    about: models.Model,
    actor: Any,
    button: str = "",
    url: str = "",
    attachments: Sequence[int] = (),
) -> None:
    """Does: queues one mail of training. Refuses: nothing; who has no address gets none. Leaves behind: the
    mail, whose address is unreadable once sent when it lets somebody in."""
    if not to:
        return
    queue_email(
        to=to,
        subject=subject,
        context={
            "paragraphs": paragraphs,
            "button": button,
            "url": url,
            "why": _("Vous recevez cet e-mail pour une formation que vous suivez, donnez ou payez."),
        },
        cause=cause,
        about=about,
        actor=actor,
        secret=url,
        attachments=attachments,
    )


def confirm_request(enrolment: Enrolment, *, url: str) -> None:
    """Does: says to a stranger that their request is noted, with its page. Refuses: nothing. Leaves behind:
    the mail."""
    with override(settings.LANGUAGE_CODE):
        mail(
            enrolment.email,
            subject=_("Votre demande d’inscription : %(title)s") % {"title": enrolment.session},
            paragraphs=[
                _hello(enrolment),
                _("Votre demande pour « %(title)s » est notée : nous vous répondons sous une semaine.")
                % {"title": enrolment.session},
                _("Ce lien montre où elle en est, et permet de la retirer."),
            ],
            cause="coworking.training.requested",
            about=enrolment,
            actor=None,
            button=_("Voir ma demande"),
            url=url,
        )


def answer_request(enrolment: Enrolment, *, is_granted: bool, actor: Any) -> None:
    """Does: answers the request of somebody without account. Refuses: nothing. Leaves behind: the mail."""
    with override(settings.LANGUAGE_CODE):
        told = (
            _("Vous êtes inscrit·e à « %(title)s » : la convocation suit.")
            if is_granted
            else _("Nous ne pouvons pas vous inscrire à « %(title)s ».")
        )
        paragraphs = [_hello(enrolment), told % {"title": enrolment.session}]
        paragraphs += [] if is_granted else [enrolment.end_reason]
        mail(
            enrolment.email,
            subject=_("Réponse à votre demande : %(title)s") % {"title": enrolment.session},
            paragraphs=paragraphs,
            cause="coworking.training.answered",
            about=enrolment,
            actor=actor,
        )


def tell_cancelled(enrolment: Enrolment, *, reason: str, actor: Any) -> None:
    """Does: says that a session is called off. Refuses: nothing. Leaves behind: the mail."""
    with override(settings.LANGUAGE_CODE):
        mail(
            enrolment.email,
            subject=_("Session annulée : %(title)s") % {"title": enrolment.session},
            paragraphs=[
                _hello(enrolment),
                _("La session « %(title)s » n’aura pas lieu : %(reason)s")
                % {"title": enrolment.session, "reason": reason},
            ],
            cause="coworking.training.cancelled",
            about=enrolment,
            actor=actor,
        )


def summon(
    enrolment: Enrolment, days: Sequence[HalfDay], *, ends_at: datetime, actor: Any, at: datetime
) -> None:
    """Does: mails the notice of a session: dates, place, what to know, and the page where to sign each
    half-day. Refuses: nothing. Leaves behind: the link, the mail."""
    url = link_to(
        enrolment, purpose=SHEET_LINK, page="coworking:sheet_by_link", ends_at=ends_at, actor=actor, at=at
    )
    session = enrolment.session
    with override(settings.LANGUAGE_CODE):
        when = [_day_words(day) for day in days]
        told = [_hello(enrolment), _("Vous êtes inscrit·e à « %(title)s ».") % {"title": session}]
        told += [_("Quand : %(days)s.") % {"days": " ; ".join(when)}]
        told += [_("Où : %(place)s.") % {"place": _where(session)}]
        told += [session.practical] if session.practical else []
        told += [
            _(
                "À chaque demi-journée, signez la feuille d’émargement par le bouton ci-dessous, "
                "sur votre téléphone."
            )
        ]
        mail(
            enrolment.email,
            subject=_("Convocation : %(title)s") % {"title": session},
            paragraphs=told,
            cause="coworking.training.summons",
            about=enrolment,
            actor=actor,
            button=_("Ma feuille d’émargement"),
            url=url,
        )


def chase_signature(
    enrolment: Enrolment, days: Sequence[HalfDay], *, ends_at: datetime, at: datetime
) -> None:
    """Does: asks a trainee for the half-days they did not sign, by a new link. Refuses: nothing. Leaves
    behind: the link, the mail."""
    url = link_to(
        enrolment, purpose=SHEET_LINK, page="coworking:sheet_by_link", ends_at=ends_at, actor=None, at=at
    )
    with override(settings.LANGUAGE_CODE):
        mail(
            enrolment.email,
            subject=_("Votre signature manque : %(title)s") % {"title": enrolment.session},
            paragraphs=[
                _hello(enrolment),
                _("Il manque votre signature : %(days)s.")
                % {"days": " ; ".join(_day_words(day) for day in days)},
            ],
            cause="coworking.training.chase",
            about=enrolment,
            actor=None,
            button=_("Signer maintenant"),
            url=url,
        )


def send_trainer_link(day: HalfDay, *, ends_at: datetime, actor: Any, at: datetime) -> None:
    """Does: mails an outside trainer the page where to sign a half-day. Refuses: one whose file has no
    address. Leaves behind: the link, the mail."""
    if not day.trainer.email:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(name)s n’a pas d’adresse e-mail : notez-la sur sa fiche.") % {"name": day.trainer},
        )
    url = link_to(
        day, purpose=TRAINER_LINK, page="coworking:sheet_by_link", ends_at=ends_at, actor=actor, at=at
    )
    with override(settings.LANGUAGE_CODE):
        mail(
            day.trainer.email,
            subject=_("Feuille d’émargement : %(title)s") % {"title": day.session},
            paragraphs=[
                _("Bonjour %(name)s,") % {"name": day.trainer},
                _("Signez la demi-journée que vous donnez : %(day)s.") % {"day": _day_words(day)},
            ],
            cause="coworking.training.trainer_sheet",
            about=day,
            actor=actor,
            button=_("Signer"),
            url=url,
        )


def ask_evaluation(enrolment: Enrolment, evaluation: models.Model, *, actor: Any, at: datetime) -> None:
    """Does: asks a trainee for an evaluation. Refuses: nothing. Leaves behind: the link, the mail."""
    url = link_to(
        evaluation,
        purpose=EVALUATION_LINK,
        page="coworking:evaluation_by_link",
        ends_at=at + timedelta(days=LINK_DAYS),
        actor=actor,
        at=at,
    )
    with override(settings.LANGUAGE_CODE):
        mail(
            enrolment.email,
            subject=_("Votre avis sur « %(title)s »") % {"title": enrolment.session},
            paragraphs=[
                _hello(enrolment),
                _("Quelques questions, deux minutes : vos réponses améliorent la formation."),
            ],
            cause="coworking.training.evaluation",
            about=enrolment,
            actor=actor,
            button=_("Répondre"),
            url=url,
        )


def send_certificate(enrolment: Enrolment, document: int, *, actor: Any) -> None:
    """Does: mails a trainee their certificate. Refuses: nothing. Leaves behind: the mail."""
    with override(settings.LANGUAGE_CODE):
        mail(
            enrolment.email,
            subject=_("Votre certificat : %(title)s") % {"title": enrolment.session},
            paragraphs=[_hello(enrolment), _("Voici votre certificat de réalisation : gardez-le.")],
            cause="coworking.training.certificate",
            about=enrolment,
            actor=actor,
            attachments=[document],
        )


def _hello(enrolment: Enrolment) -> str:
    return _("Bonjour %(name)s,") % {"name": enrolment.first_name}


def _where(session: TrainingSession) -> str:
    if session.is_remote:
        return session.remote_link or _("à distance")
    return session.where


def _day_words(day: HalfDay) -> str:
    starts, ends = timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)
    return _("%(day)s de %(starts)s à %(ends)s") % {
        "day": spelled(starts, "l j F Y"),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
    }
