"""The catalogue of training: its list, a course with its versions, its public page (COW-42)."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.permissions import can, public, require, requires
from cae.core.tab_bars import tabs_of
from cae.core.tables import (
    Action,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags.formats import quantity
from coworking.forms.training import CourseForm, NewCourseForm
from coworking.models import Course, CourseVersion
from coworking.selectors.training_catalogue import courses_listed, public_sessions
from coworking.selectors.training_facts import course_shown
from coworking.selectors.training_sight import (
    activities_sold_by,
    courses_visible_to,
    keeps,
    session_pages_of,
    sessions_visible_to,
)
from coworking.services import courses as verbs
from coworking.services.courses import CourseData
from coworking.states.training import TRAINING_BAR
from coworking.views.training_parts import key_of
from people.requests import SignedIn

_WRITE = "coworking.write_courses"


class CourseTable(Table):
    title = LinkColumn()
    seller = tables.Column(
        verbose_name=gettext_lazy("Vendue par"),
        accessor="course__activity",
        default=gettext_lazy("La coopérative"),
    )
    hours = tables.Column(attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    price_excl_tax = MoneyColumn()
    speciality = tables.Column(default="—")
    objective = tables.Column()
    status = StatusColumn()

    class Meta(Table.Meta):
        model = CourseVersion
        fields = ("title", "seller", "hours", "price_excl_tax", "speciality", "objective", "status")

    def render_hours(self, value: Any) -> str:
        return f"{quantity(value)} h"


class CourseFilters(Filters):
    search = ("title", "aims", "content")

    class Meta:
        model = CourseVersion
        fields = ("state", "objective", "delivery")


@requires("coworking.view_course")
def course_list(request: SignedIn) -> HttpResponse:
    new = Action(_("Ajouter une formation"), reverse("coworking:course_open"), right=_WRITE, icon="plus-lg")
    return list_page(
        request,
        queryset=courses_listed(request.user),
        table=CourseTable,
        filters=CourseFilters,
        page="coworking.courses",
        title=_("Catalogue des formations"),
        tabs=tabs_of(request.user, TRAINING_BAR, "coworking:course_list"),
        empty=EmptyState(
            _("Aucune formation."), _("Ce que la coopérative et ses activités enseignent."), new
        ),
        main_action=new,
    )


@requires("coworking.view_course")
def course(request: SignedIn, pk: int) -> HttpResponse:
    """What a course says, its versions, its sessions."""
    row = get_object_or_404(courses_visible_to(request.user), pk=pk)
    require(request.user, "coworking.view_course", row)
    shown = course_shown(row)
    versions = list(row.versions.order_by("-number"))
    draft = next((one for one in versions if one.state == "draft"), None)
    may_write = can(request.user, _WRITE, row)
    sessions = sessions_visible_to(request.user).filter(course__course=row).prefetch_related("half_days")[:12]
    readable = session_pages_of(request.user).filter(course__course=row).values_list("pk", flat=True)
    context = {
        "course": row,
        "shown": shown,
        "draft": draft if may_write else None,
        "versions": versions if may_write else [],
        "sessions": sessions,
        "readable": set(readable),
        "may_write": may_write,
        "is_frozen": shown.sessions.exists(),
    }
    return render(request, "coworking/training/course.html", context)


@requires(_WRITE)
def course_open(request: SignedIn) -> HttpResponse:
    user = request.user
    form = NewCourseForm(request.POST or None, activities=activities_sold_by(user), is_sold=not keeps(user))
    back = reverse("coworking:course_list")
    return act_page(
        request,
        form,
        lambda found: verbs.open_course(
            data=form.typed(), activity=found["activity"], is_public=found["is_public"], actor=user
        ),
        done=_("Formation enregistrée en brouillon : publiez-la quand elle est prête."),
        back_url=back,
        goes_to=lambda made: made.get_absolute_url(),
        title=_("Ajouter une formation"),
        submit=_("Enregistrer"),
        crumbs=[(_("Catalogue"), back), (_("Ajouter"), "")],
    )


@requires(_WRITE)
def course_change(request: SignedIn, pk: int) -> HttpResponse:
    """A version is changed as long as no session follows it."""
    version = get_object_or_404(CourseVersion.objects.select_related("course__activity"), pk=pk)
    require(request.user, _WRITE, version)
    held = {name: getattr(version, name) for name in CourseData.__dataclass_fields__}
    form = CourseForm(request.POST or None, initial=held)
    back = version.get_absolute_url()
    return act_page(
        request,
        form,
        lambda _found: verbs.change_version(
            version, data=form.typed(), seen=key_of(request, "version"), actor=request.user
        ),
        done=_("Formation enregistrée."),
        back_url=back,
        title=_("Modifier « %(name)s »") % {"name": version},
        submit=_("Enregistrer"),
        crumbs=[(_("Catalogue"), reverse("coworking:course_list")), (version, back), (_("Modifier"), "")],
        template="coworking/training/versioned_form.html",
        version=request.POST.get("version", version.version),
    )


@require_POST
@requires(_WRITE)
def course_act(request: SignedIn, pk: int) -> HttpResponse:
    """Published, withdrawn, begun anew, shown to all or not."""
    row = get_object_or_404(Course.objects.select_related("activity"), pk=pk)
    require(request.user, _WRITE, row)
    actor, on, do = request.user, timezone.localdate(), request.POST.get("do", "")
    latest = row.versions.order_by("-number")[0]
    acts: dict[str, tuple[Any, Any]] = {
        "publish": (lambda: verbs.publish_version(latest, on=on, actor=actor), _("Au catalogue.")),
        "withdraw": (
            lambda: verbs.withdraw_version(course_shown(row), actor=actor),
            _("Retirée du catalogue ; ses sessions continuent."),
        ),
        "renew": (
            lambda: verbs.renew_course(row, actor=actor),
            _("Brouillon de la version suivante prêt à modifier."),
        ),
        "show": (lambda: verbs.show_course(row, is_public=True, actor=actor), _("Visible de tous.")),
        "hide": (lambda: verbs.show_course(row, is_public=False, actor=actor), _("Visible de nous seuls.")),
    }
    run, done = acts.get(do, (lambda: None, _("Rien à faire.")))
    return act_now(request, run, done=done, back_url=row.get_absolute_url())


@public
def public_catalogue(request: HttpRequest) -> HttpResponse:
    """What anybody may read: the courses at the catalogue, with their next sessions."""
    rows = list(CourseVersion.objects.public().select_related("course__activity"))
    coming = public_sessions([one.pk for one in rows])
    courses = [(one, coming.get(one.pk, [])) for one in rows]
    return render(request, "coworking/training/public_catalogue.html", {"courses": courses})


@public
def public_course(request: HttpRequest, code: str) -> HttpResponse:
    version = get_object_or_404(
        CourseVersion.objects.public().select_related("course__activity"), course__code=code
    )
    context = {"shown": version, "coming": public_sessions([version.pk]).get(version.pk, [])}
    return render(request, "coworking/training/public_course.html", context)
