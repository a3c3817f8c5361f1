"""A stranger asks for a seat from the public catalogue, without account; what was not kept is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.limits import within_limit
from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.periods import after_months
from cae.core.permanence import ERASED
from cae.core.personal_data import forget_told
from cae.core.settings import value_of
from coworking.models import Enrolment, TrainingSession
from coworking.selectors.training_links import REQUEST_LINK
from coworking.services.enrolments import cancel_enrolment, refuse_full
from coworking.services.erasing_events import AT_ONCE, KEPT_MONTHS, NOWHERE
from coworking.services.sessions import locked_session
from coworking.services.training_mails import LINK_DAYS, confirm_request, link_to
from coworking.services.training_notices import tell_keepers
from coworking.states.training import SEATED, EnrolmentState, Payer, SessionState, TraineeType
from people.services.changes import refuse_long, require_text

# Those of the same address, in an hour.
MOST_MAILS, SPAN = 3, 3600
_LENGTHS = {"first_name": 80, "last_name": 80, "payer_name": 160, "needs": 4000}


@dataclass(frozen=True)
class RequestData:
    """What a stranger types: who, who pays, what they need."""

    first_name: str
    last_name: str
    email: str
    payer: str
    payer_name: str = ""
    needs: str = ""


@transaction.atomic
def request_enrolment(session: TrainingSession, *, data: RequestData, now: datetime) -> Enrolment:
    """Does: asks for a seat for somebody without account; an address that has its request, or its seat, gets
    its link again and no second row. Refuses: a session that is not open, has begun or is full; no name, an
    address that is none, an organisation that pays without its name, too long a text. Leaves behind: the
    request, the link by mail, those who keep the session told, audit."""
    row = locked_session(session)
    _refuse_closed(row, now)
    _check(data)
    email = data.email.strip()
    known = row.enrolments.filter(email__iexact=email, state__in=(EnrolmentState.ASKED, *SEATED)).first()
    if known is not None:
        known.session = row
        if within_limit(f"enrolment:{known.pk}", most=MOST_MAILS, seconds=SPAN):
            _send_link(known, now)
        return known
    by_organisation = data.payer == Payer.ORGANISATION
    made = Enrolment.objects.create(
        session=row,
        first_name=data.first_name.strip(),
        last_name=data.last_name.strip(),
        email=email,
        kind="" if by_organisation else TraineeType.INDIVIDUAL,
        needs=data.needs.strip(),
        payer=data.payer,
        payer_name=data.payer_name.strip() if by_organisation else "",
        price_excl_tax=row.course.price_excl_tax,
    )
    audit.record(None, "coworking.enrolment.ask", made)
    _send_link(made, now)
    tell_keepers(made, actor=None)
    return made


@transaction.atomic
def withdraw_request(enrolment: Enrolment) -> Enrolment:
    """Does: takes back, by its link, a request that has no answer yet. Refuses: one that was answered. Leaves
    behind: its state, audit."""
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if row.state != EnrolmentState.ASKED:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Votre demande a déjà sa réponse : écrivez-nous pour changer quelque chose.")
        )
    with override(settings.LANGUAGE_CODE):
        reason = _("Demande retirée par la personne.")
    return cancel_enrolment(row, reason=reason, actor=None)


@transaction.atomic
def forget_requests(*, on: date) -> int:
    """Does: empties the requests of strangers that led to no seat, so many months after. Refuses: nothing.
    Leaves behind: the rows without name nor word; gives how many."""
    last = after_months(on, -value_of(KEPT_MONTHS, on=on))
    ended = Q(state__in=(EnrolmentState.REFUSED, EnrolmentState.CANCELLED)) | Q(
        state=EnrolmentState.ASKED, session__state__in=(SessionState.DONE, SessionState.CANCELLED)
    )
    rows = Enrolment.objects.filter(ended, person=None, state_since__date__lt=last, papers=None)
    keys = list(rows.exclude(last_name=ERASED).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    forget_told(Enrolment, keys)
    about = {"about_type": Enrolment._meta.label_lower, "about_id__in": [str(key) for key in keys]}
    OutgoingEmail.objects.filter(**about).update(to=NOWHERE.format(key=0))
    PersonalLink.objects.filter(**about).delete()
    gone = {"first_name": ERASED, "last_name": ERASED, "email": "", "needs": "", "end_reason": ""}
    Enrolment.objects.filter(pk__in=keys).exclude(payer_name="").update(payer_name=ERASED)
    return Enrolment.objects.filter(pk__in=keys).update(**gone)


def _send_link(row: Enrolment, now: datetime) -> None:
    last = row.session.half_days.order_by("-ends_at").first()
    until = last.ends_at if last is not None else now
    url = link_to(
        row,
        purpose=REQUEST_LINK,
        page="coworking:enrolment_by_link",
        ends_at=max(now, until) + timedelta(days=LINK_DAYS),
        actor=None,
        at=now,
    )
    confirm_request(row, url=url)


def _refuse_closed(row: TrainingSession, now: datetime) -> None:
    first = row.half_days.order_by("starts_at").first()
    if row.state != SessionState.OPEN or first is None or first.starts_at <= now:
        raise Refused(Code.ILLEGAL_MOVE, _("Les inscriptions à cette session ne sont plus ouvertes."))
    refuse_full(row)


def _check(data: RequestData) -> None:
    require_text(data.first_name, "first_name", _("Donnez votre prénom."))
    require_text(data.last_name, "last_name", _("Donnez votre nom."))
    for field, most in _LENGTHS.items():
        refuse_long(getattr(data, field), field, most)
    try:
        validate_email(data.email.strip())
    except ValidationError as error:
        raise Refused(
            Code.VALUE_INVALID, _("Donnez une adresse e-mail qui existe."), field="email"
        ) from error
    if data.payer not in (Payer.ORGANISATION, Payer.TRAINEE):
        raise Refused(Code.VALUE_INVALID, _("Dites qui paie."), field="payer")
    if data.payer == Payer.ORGANISATION:
        require_text(data.payer_name, "payer_name", _("Donnez le nom de l’organisme qui paie."))
