"""The catalogue: a course, its versions written, published, withdrawn (COW-42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from coworking.models import Course, CourseVersion
from coworking.states.training import VERSION_FLOW, Delivery, Objective, VersionState
from entrepreneurs.models import Activity
from people.models import User
from people.services.changes import refuse_long, refuse_stale, require_text, write

# A name of page is looked for, then taken: one hand at a time.
_CODES = "coworking.courses"
_LENGTHS = {
    "title": 160,
    "aims": 4000,
    "prerequisites": 2000,
    "audience": 2000,
    "content": 12000,
    "methods": 4000,
    "assessment": 2000,
    "access": 2000,
    "certification": 20,
}
# So many hours and euros nobody asks of a trainee: a slip of the finger.
_MOST_HOURS, _MOST_PRICE = Decimal(2000), Decimal(100_000)


@dataclass(frozen=True)
class CourseData:
    """What is typed of a version."""

    title: str
    aims: str
    hours: Decimal
    prerequisites: str = ""
    audience: str = ""
    content: str = ""
    methods: str = ""
    assessment: str = ""
    access: str = ""
    price_excl_tax: Decimal = Decimal("0.00")
    delivery: str = Delivery.ON_SITE
    objective: str = Objective.OTHER
    speciality: str = ""
    certification: str = ""


@transaction.atomic
def open_course(
    *, data: CourseData, activity: Activity | None = None, is_public: bool = True, actor: User | None
) -> CourseVersion:
    """Does: writes a course and its first version, a draft. Refuses: no title, no aims, a length or a price
    that makes no sense, an unknown code. Leaves behind: both rows, audit; gives the version."""
    _check(data)
    take_turn(_CODES)
    course = Course.objects.create(
        code=_free_code(data.title), activity=activity, is_public=is_public, created_by=actor
    )
    row = CourseVersion(course=course)
    write(row, data)
    row.save()
    audit.record(actor, "coworking.course.open", row)
    return row


@transaction.atomic
def renew_course(course: Course, *, actor: User) -> CourseVersion:
    """Does: begins the next version of a course from the last one. Refuses: one that has a draft already.
    Leaves behind: the draft, audit."""
    row = Course.objects.select_for_update().get(pk=course.pk)
    last = row.versions.order_by("-number")[0]
    if last.state == VersionState.DRAFT:
        raise Refused(Code.ALREADY_DONE, _("Un brouillon existe déjà : modifiez-le."))
    values = {name: getattr(last, name) for name in CourseData.__dataclass_fields__}
    draft = CourseVersion.objects.create(course=row, number=last.number + 1, **values)
    audit.record(actor, "coworking.course.renew", draft)
    return draft


@transaction.atomic
def change_version(
    version: CourseVersion, *, data: CourseData, seen: int | None, actor: User
) -> CourseVersion:
    """Does: changes what a version says. Refuses: what `open_course` refuses, a version that a session
    follows, one withdrawn, a form opened before somebody else’s change. Leaves behind: audit with what
    changed."""
    row = CourseVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    refuse_stale(row, seen)
    if row.state == VersionState.WITHDRAWN or row.sessions.exists():
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette version ne change plus : une session la suit ou l’a suivie. Faites-en une nouvelle."),
        )
    _check(data)
    changed = write(row, data)
    row.version += 1
    row.save()
    audit.record(actor, "coworking.course.change", row, detail=changed)
    return row


@performs(VERSION_FLOW, "publish")
def publish_version(row: CourseVersion, *, on: date, actor: User | None) -> None:
    """Does: puts a version at the catalogue; the one that was there is withdrawn. Refuses: a version without
    its speciality, which the yearly statement counts by. Leaves behind: both states, audit."""
    Course.objects.select_for_update().get(pk=row.course_id)
    if not row.speciality:
        raise Refused(
            Code.VALUE_MISSING,
            _("Donnez d’abord la spécialité NSF : le bilan annuel compte par elle."),
            field="speciality",
        )
    for former in row.course.versions.filter(state=VersionState.PUBLISHED):
        withdraw_version(former, actor=actor)
    row.published_on = on


@performs(VERSION_FLOW, "withdraw")
def withdraw_version(row: CourseVersion, *, actor: User | None) -> None:
    """Does: takes a version off the catalogue; its sessions go on. Refuses: one that is not there. Leaves
    behind: its state, audit."""


@transaction.atomic
def show_course(course: Course, *, is_public: bool, actor: User) -> Course:
    """Does: puts a course on the public page, or takes it off. Refuses: nothing. Leaves behind: audit when it
    changed."""
    row = Course.objects.select_for_update().get(pk=course.pk)
    if row.is_public != is_public:
        row.is_public = is_public
        row.save(update_fields=["is_public"])
        audit.record(actor, "coworking.course.show", row, detail={"value": str(is_public)})
    return row


def _free_code(title: str) -> str:
    base = slugify(title)[:70] or "formation"
    taken = set(Course.objects.filter(code__startswith=base).values_list("code", flat=True))
    code, rank = base, 1
    while code in taken:
        rank += 1
        code = f"{base}-{rank}"
    return code


def _check(data: CourseData) -> None:
    require_text(data.title, "title", _("Donnez un intitulé à cette formation."))
    require_text(data.aims, "aims", _("Dites ce que les stagiaires sauront faire."))
    for field, most in _LENGTHS.items():
        refuse_long(getattr(data, field), field, most)
    if not 0 < data.hours <= _MOST_HOURS:
        raise Refused(
            Code.VALUE_INVALID, _("Donnez une durée en heures, plus grande que zéro."), field="hours"
        )
    if not 0 <= data.price_excl_tax <= _MOST_PRICE:
        raise Refused(Code.AMOUNT_INVALID, _("Ce prix n’est pas possible."), field="price_excl_tax")
    for field, choices in (("delivery", Delivery), ("objective", Objective)):
        if getattr(data, field) not in choices.values:
            raise Refused(Code.VALUE_INVALID, _("Choisissez dans la liste."), field=field)
    code = data.speciality
    if code and not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise Refused(Code.VALUE_INVALID, _("Un code NSF a trois chiffres."), field="speciality")
