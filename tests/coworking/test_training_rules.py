"""The small rules of training: windows of signature, contracts, questionnaires; and who may do what."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cae.core.models import Document
from cae.core.permissions import can
from coworking.calculations.evaluating import Mean, is_complete, later_on, means
from coworking.calculations.sheets import Window, last_day_to_withdraw, most_upfront, window
from coworking.states.training import Origin, TraineeType
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.coworking_training import make_course, trained_by
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_author
from tests.factories.people import make_user

STARTS = datetime(2026, 11, 2, 8, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3, minutes=30)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (STARTS - timedelta(seconds=1), Window.EARLY),
        (STARTS, Window.OPEN),
        (ENDS, Window.OPEN),
        (ENDS + timedelta(seconds=1), Window.LATE),
        (ENDS + timedelta(days=3), Window.LATE),
        (ENDS + timedelta(days=3, seconds=1), Window.CLOSED),
    ],
)
def test_a_half_day_is_signed_within_its_window(now: datetime, found: Window) -> None:
    assert window(STARTS, ENDS, days=3, now=now) == found


def test_a_contract_leaves_ten_days_and_asks_three_tenths() -> None:
    assert last_day_to_withdraw(date(2026, 2, 20)) == date(2026, 3, 2)
    assert most_upfront(Decimal("599.99")) == Decimal("179.99")
    assert most_upfront(Decimal(0)) == 0


def test_answers_are_whole_and_their_mean_is_known() -> None:
    assert is_complete("before", {"level": 1, "need": 5})
    assert not is_complete("before", {"level": 1})
    assert not is_complete("before", {"level": 0, "need": 5})
    assert not is_complete("before", {"level": 1, "need": 5, "use": 2})
    found = means("before", [{"level": 2, "need": 5}, {"level": 3}, {}])
    assert found == [Mean("level", Decimal("2.5"), 2), Mean("need", Decimal("5.0"), 1)]
    assert means("end", []) == []
    assert later_on(date(2026, 11, 30)) == date(2027, 2, 28)


def test_the_codes_are_those_of_the_form() -> None:
    """Cerfa 10443*17: fourteen lines and letters of frame C that are typed, five types of trainees."""
    letters = [f"2{letter}" for letter in "abcdefgh"]
    assert Origin.values == ["1", *letters, *(str(number) for number in range(3, 12))]
    assert len(TraineeType) == 5


@pytest.mark.django_db
def test_who_may_do_what() -> None:
    (seller, activity), (other, _theirs) = make_entrepreneur(), make_entrepreneur()
    teacher, nobody = make_user(), make_user()
    made = trained_by(activity, teacher=teacher.person)
    ours = make_course(title="À nous").course
    keeper = make_user(RoleKind.ADMINISTRATOR)
    auditor = make_user(RoleKind.AUDITOR)
    trainee = made["asked"].person.user
    invoice = sales.issued(activity)
    files: dict[str, Any] = {
        "paper": made["paper"].document,
        "scan": Document(about_type="coworking.trainingsession", about_id=str(made["session"].pk)),
        "other": Document(about_type="people.person", about_id="1"),
    }
    people = {
        "keeper": keeper,
        "auditor": auditor,
        "seller": seller,
        "other": other,
        "teacher": teacher,
        "trainee": trainee,
        "nobody": nobody,
    }
    table: list[tuple[str, Any, str]] = [
        ("view_training", None, "keeper auditor seller other teacher trainee"),
        ("view_course", None, "keeper auditor seller other teacher trainee"),
        ("view_course", made["draft"].course, "keeper auditor seller"),
        ("view_course", ours, "keeper auditor seller other teacher trainee nobody"),
        ("write_courses", None, "keeper seller other"),
        ("write_courses", made["draft"], "keeper seller"),
        ("write_courses", made["draft"].course, "keeper seller"),
        ("write_courses", ours, "keeper"),
        ("view_session", None, "keeper auditor seller other teacher trainee"),
        ("view_session", made["session"], "keeper auditor seller teacher"),
        ("view_session", made["open"], "keeper auditor seller other teacher trainee nobody"),
        ("hold_session", None, "keeper seller other"),
        ("hold_session", made["session"], "keeper seller"),
        ("hold_session", made["paper"], "keeper seller"),
        ("read_sheet", None, "keeper auditor seller other teacher"),
        ("read_sheet", made["day"], "keeper auditor seller teacher"),
        ("file_sheet", None, "keeper seller other teacher"),
        ("file_sheet", made["session"], "keeper seller teacher"),
        ("sign_half_day", None, "teacher trainee"),
        ("sign_half_day", made["day"], "teacher"),
        ("view_enrolment", None, "keeper auditor seller other teacher trainee"),
        ("view_enrolment", made["followed"], "keeper auditor seller"),
        ("view_enrolment", made["asked"], "keeper auditor trainee"),
        ("keep_enrolment", made["followed"], "keeper seller"),
        ("add_signature", None, "keeper"),
        ("view_statement", None, "keeper auditor"),
        ("write_statement", None, "keeper"),
        ("set_origin", invoice, "keeper seller"),
        ("open_training_file", None, "keeper auditor"),
        ("open_training_file", files["paper"], "keeper auditor seller"),
        ("open_training_file", files["scan"], "keeper auditor seller teacher"),
        ("open_training_file", files["other"], "keeper auditor"),
    ]
    for right, obj, expected in table:
        found = [name for name, user in people.items() if can(user, f"coworking.{right}", obj)]
        assert found == expected.split(), (right, obj)
    # An account that is nobody's: it neither teaches, nor learns, nor sells.
    ghost = make_author()
    for right, obj, _expected in table:
        if right not in ("view_course", "open_training_file"):
            assert not can(ghost, f"coworking.{right}", obj), (right, obj)
