"""Forgets who registered: strangers some months after the event, a person once their file is erased."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.periods import after_months
from cae.core.permanence import ERASED
from cae.core.personal_data import forget_told
from cae.core.settings import value_of
from coworking.models import Question, Registration, RegistrationAnswer, Satisfaction
from people.models import Person
from people.selectors.merging import file_keys

KEPT_MONTHS = "coworking.registration_months"
# Where nobody receives anything (RFC 2606).
NOWHERE = "efface-{key}@exemple.invalid"
AT_ONCE = 500


@transaction.atomic
def forget_registrations(*, on: date) -> int:
    """Does: empties the registrations of those who have no file, so many months after the event. Refuses:
    nothing; one already emptied stays so. Leaves behind: what figures count (who came, how many, from where),
    without anybody’s name; gives how many."""
    last = after_months(on, -value_of(KEPT_MONTHS, on=on))
    rows = Registration.objects.filter(person=None, event__ends_at__date__lt=last).exclude(first_name=ERASED)
    return _empty(list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]))


def erase_events(person: Person, _on: date) -> int:
    """Does: empties the registrations of a person. Refuses: nothing. Leaves behind: as
    `forget_registrations`; gives how many."""
    rows = Registration.objects.filter(person__in=file_keys(person))
    return _empty(list(rows.values_list("pk", flat=True)))


def _empty(keys: list[int]) -> int:
    forget_told(Registration, keys)
    about = {"about_type": Registration._meta.label_lower, "about_id__in": [str(key) for key in keys]}
    OutgoingEmail.objects.filter(**about).update(to=NOWHERE.format(key=0))
    PersonalLink.objects.filter(**about).delete()
    RegistrationAnswer.objects.filter(registration__in=keys).delete()
    Satisfaction.objects.filter(registration__in=keys).exclude(text="").update(text="")
    Question.objects.filter(registration__in=keys).update(registration=None)
    for row in Registration.objects.filter(pk__in=keys).select_for_update(of=("self",)):
        row.person, row.first_name, row.last_name = None, ERASED, ERASED
        row.email = NOWHERE.format(key=row.pk)
        for name in (
            "phone",
            "organisation",
            "address_line",
            "postcode",
            "city",
            "siren",
            "diet",
            "note",
            "offers",
            "needs",
            "next_note",
        ):
            setattr(row, name, "")
        row.shows_name = False
        row.save()
    return len(keys)
