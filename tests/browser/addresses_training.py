"""The addresses of training: courses, sessions, enrolments, statement and how the walk reaches them."""

from __future__ import annotations

from django.utils import timezone

from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Of, Stop, seen_by, shelf

NO_PAGE: dict[str, str] = {
    "coworking:course_act": ACTS,
    "coworking:enrolment_act": ACTS,
    "coworking:half_day_remove": ACTS,
    "coworking:half_day_send": ACTS,
    "coworking:origin_set": ACTS,
    "coworking:quote_origin_set": ACTS,
    "coworking:session_act": ACTS,
    "coworking:session_certificates": ACTS,
    "coworking:session_sheet": FILE,
    "coworking:statement_export": FILE,
    "coworking:statement_take": ACTS,
    "coworking:trainer_act": ACTS,
    "coworking:training_paper_file_by_link": FILE,
}

of = shelf("trained")


def year(*more: str) -> Of:
    """The year before, and what its address adds."""
    return lambda _house: (timezone.localdate().year - 1, *more)


def link(name: str) -> Of:
    """The secret of a personal link."""
    return lambda house: (house.trained["links"][name],)


def _own_day(house: House) -> tuple[str, int]:
    return house.trained["links"]["sheet"], house.trained["late_day"].pk


def _open_session(house: House) -> tuple[str, int]:
    session = house.trained["open"]
    return session.course.course.code, session.pk


_t = seen_by("training_manager", "coworking")
_v = seen_by("visitor", "coworking")

STOPS: list[Stop] = [
    _v("public_catalogue"),
    _v("public_course", lambda house: (house.trained["published"].course.code,)),
    _v("enrolment_request", _open_session),
    _v("enrolment_requested", lambda house: (house.trained["open"].course.course.code,)),
    _v("enrolment_by_link", link("request")),
    _v("sheet_by_link", link("sheet")),
    _v("half_day_by_link", _own_day),
    _v("training_paper_by_link", link("paper")),
    _v("evaluation_by_link", link("evaluation")),
    _t("training_home"),
    _t("course_list"),
    _t("course_open"),
    _t("course", lambda house: (house.trained["published"].course_id,), "published"),
    _t("course", lambda house: (house.trained["draft"].course_id,), "draft"),
    _t("course_change", of("draft")),
    _t("session_list"),
    _t("session_plan"),
    _t("session", of("session")),
    _t("session_change", of("session")),
    _t("session_cancel", of("open")),
    _t("session_complain", of("session")),
    _t("complaint_answer", of("complaint")),
    _t("half_day_add", of("session")),
    _t("half_day", of("day"), "signed"),
    _t("half_day", of("late_day"), "late"),
    _t("half_day_scan", of("late_day")),
    _t("half_day_add_signature", of("late_day")),
    Stop("coworking:half_day_sign", "taught", of("late_day")),
    _t("enrolment_enter", of("session")),
    Stop("coworking:enrolment_ask", "seller", of("open")),
    _t("enrolment", of("followed"), "signed"),
    _t("enrolment", of("waiting"), "to-sign"),
    _t("enrolment", of("asked"), "asked"),
    _t("enrolment_change", of("waiting")),
    _t("enrolment_refuse", of("asked")),
    _t("enrolment_cancel", of("waiting")),
    _t("enrolment_drop", of("followed")),
    _t("paper_send", of("paper")),
    _t("paper_scan", of("paper")),
    _t("paper_withdraw", of("signed")),
    _t("trainer_list"),
    _t("trainer_enter"),
    _t("trainer", of("trainer"), "own"),
    _t("trainer", of("outside"), "outside"),
    _t("trainer_change", of("trainer")),
    _t("trainer_contract", of("outside")),
    _t("trainer_qualify", of("trainer")),
    _t("origin_list"),
    _t("statement_list"),
    _t("statement", year()),
    _t("statement_lines", year("C", "1")),
    _t("statement_charges", year()),
    _t("statement_file", year()),
]
