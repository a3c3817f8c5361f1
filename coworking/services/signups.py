"""Joining a place from its public page: asked, accepted or refused by the team, told by mail (COW-10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.fr import siren as siren_numbers

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.limits import within_limit
from cae.core.notices import notify
from cae.core.workflow import performs
from coworking.models import Member, Place, Plan, SignUp
from coworking.selectors.places import runners_of
from coworking.services.members import MemberData, enter_member
from coworking.services.newcomers import NewcomerData, file_of
from coworking.services.passes import sell_pass
from coworking.services.signup_mails import ACCEPTED, DECLINED, RECEIVED, write_to_newcomer
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.members import SIGNUP_FLOW, PlanKind, SignUpState
from coworking.states.places import PlaceState
from invoicing.states.sales import PaymentMode
from people.models import Person
from people.services.changes import one_line, refuse_long, require_text

ASKED_NOTICE = "coworking.signup_asked"
# What was refused is kept so long, for whoever asks why.
KEPT = timedelta(days=365)
_LATEST = timedelta(days=366)
# Told again to the same address, in an hour.
_MOST_MAILS, _SPAN = 3, 3600


@dataclass(frozen=True)
class SignUpData:
    """What somebody types to join."""

    plan: Plan
    starts_on: date
    first_name: str
    last_name: str
    email: str
    payment: str
    phone: str = ""
    address_line: str = ""
    postcode: str = ""
    city: str = ""
    organisation_name: str = ""
    siren: str = ""
    trade: str = ""
    weekdays: tuple[int, ...] = ()
    message: str = ""
    has_charter: bool = False


@transaction.atomic
def ask_to_join(
    place: Place, *, data: SignUpData, form_key: UUID, now: datetime, person: Person | None = None, actor: Any
) -> SignUp:
    """Does: keeps a request to join a place, once for a form sent twice. Refuses: a place that is not open to
    the public, a plan that is not on its page, a day gone by or a year away, weekdays that are not as many as
    the plan has, rules not accepted, no way to pay, a wrong SIREN, somebody who waits already. Leaves behind:
    the request, a mail to whoever asked, those who run the place told, audit."""
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    known = SignUp.objects.filter(form_key=form_key, place=place).first()
    if known is not None:
        return known
    data = _checked(place, data, timezone.localdate(now))
    waiting = SignUp.objects.filter(place=place, email__iexact=data.email, state=SignUpState.ASKED)
    if waiting.exists():
        raise Refused(
            Code.DUPLICATE, _("Une demande de cette adresse attend déjà notre réponse."), field="email"
        )
    values = {name: value for name, value in vars(data).items() if name != "has_charter"}
    row = SignUp.objects.create(
        place=place,
        person=person,
        charter_at=now if data.has_charter else None,
        form_key=form_key,
        **values | {"weekdays": list(data.weekdays)},
    )
    audit.record(actor, "coworking.signup.ask", row)
    write_to_newcomer(row, RECEIVED, actor=actor)
    name, where = str(row), str(place)
    notify(
        runners_of(place),
        ASKED_NOTICE,
        subject=lambda: _("%(name)s demande à rejoindre %(place)s") % {"name": name, "place": where},
        url=row.get_absolute_url(),
        about=row,
        actor=actor,
    )
    return row


def tell_again(place: Place, email: str) -> None:
    """Does: tells an address again that its request waits; a stranger who types it reads nothing of that.
    Refuses: nothing; too many in an hour send nothing. Leaves behind: the mail."""
    waiting = SignUp.objects.filter(place=place, email__iexact=email.strip(), state=SignUpState.ASKED)
    row = waiting.select_related("place", "plan").first()
    if row is not None and within_limit(f"signup:{row.pk}", most=_MOST_MAILS, seconds=_SPAN):
        write_to_newcomer(row, RECEIVED, actor=None)


@performs(SIGNUP_FLOW, "accept")
def accept_signup(signup: SignUp, *, data: MemberData, actor: Any) -> None:
    """Does: makes a member of whoever asked, with the plan or the pass they chose. Refuses: what entering a
    member, holding a plan or selling a pass refuses. Leaves behind: the file of the person, the member, what
    they hold, a mail, audit."""
    person = signup.person or file_of(_newcomer(signup), form_key=signup.form_key, actor=actor)
    member = Member.objects.in_force(signup.starts_on).filter(place=signup.place, person=person).first()
    charter_on = timezone.localdate(signup.charter_at) if signup.charter_at else None
    if member is None:
        member = enter_member(
            signup.place,
            person=person,
            data=data,
            starts_on=signup.starts_on,
            charter_on=charter_on,
            actor=actor,
        )
    if signup.plan.kind == PlanKind.PASS:
        sell_pass(member, plan=signup.plan, on=signup.starts_on, form_key=signup.form_key, actor=actor)
    else:
        held = SubscriptionData(signup.plan, signup.starts_on, weekdays=tuple(signup.weekdays))
        hold_plan(member, data=held, form_key=signup.form_key, actor=actor)
    signup.member = member
    write_to_newcomer(signup, ACCEPTED, actor=actor)


@performs(SIGNUP_FLOW, "refuse")
def refuse_signup(signup: SignUp, *, reason: str, actor: Any) -> None:
    """Does: declines a request. Refuses: no reason. Leaves behind: the reason, a mail that says it, audit."""
    signup.reason = one_line(reason, "reason", _("Dites pourquoi cette demande est refusée."), most=300)
    write_to_newcomer(signup, DECLINED, actor=actor)


def erase_refused(*, now: datetime) -> int:
    """Does: erases the requests refused long ago. Refuses: nothing. Leaves behind: gives how many."""
    old = SignUp.objects.filter(state=SignUpState.REFUSED, state_since__lt=now - KEPT)
    count, _each = old.delete()
    return count


def _newcomer(signup: SignUp) -> NewcomerData:
    return NewcomerData(**{name: getattr(signup, name) for name in NewcomerData.__dataclass_fields__})


def _checked(place: Place, data: SignUpData, today: date) -> SignUpData:
    if place.state != PlaceState.OPEN or not place.is_public:
        raise Refused(Code.NOT_ALLOWED, _("Ce lieu n’est pas ouvert aux adhésions en ligne."))
    plan = data.plan
    if plan.place_id != place.pk or not plan.is_public or plan.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une formule en vente dans ce lieu."), field="plan")
    require_text(data.first_name, "first_name", _("Indiquez le prénom."))
    require_text(data.last_name, "last_name", _("Indiquez le nom."))
    require_text(data.email, "email", _("Indiquez une adresse e-mail : la réponse y est envoyée."))
    refuse_long(data.message, "message", 2000)
    if not today <= data.starts_on <= today + _LATEST:
        raise Refused(Code.DATE_INVALID, _("Choisissez un jour à venir, d’ici un an."), field="starts_on")
    if data.payment not in PaymentMode.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez un moyen de paiement."), field="payment")
    if place.charter and not data.has_charter:
        raise Refused(Code.VALUE_MISSING, _("Lisez les règles du lieu et acceptez-les."), field="has_charter")
    siren = "".join(data.siren.split())
    if siren and not siren_numbers.is_valid(siren):
        raise Refused(
            Code.SIREN_INVALID, _("Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."), field="siren"
        )
    return replace(data, siren=siren, weekdays=_weekdays(data))


def _weekdays(data: SignUpData) -> tuple[int, ...]:
    if data.plan.kind != PlanKind.WEEK:
        return ()
    days = tuple(sorted(set(data.weekdays)))
    wanted = data.plan.days_a_week or 0
    if len(days) != wanted:
        sentence = ngettext(
            "Choisissez %(count)d jour de la semaine.", "Choisissez %(count)d jours de la semaine.", wanted
        )
        raise Refused(Code.VALUE_INVALID, sentence % {"count": wanted}, field="weekdays")
    return days
