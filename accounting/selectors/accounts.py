"""Which account, section or journal answers to a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounting.models import Account, AnalyticAccount, CostKind
from accounting.states.books import AccountRole, AnalyticKind
from cae.core.errors import Code, Refused
from cae.core.questions import Question
from entrepreneurs.models import Activity


def accounts() -> QuerySet[Account]:
    return Account.objects.all()


def accounts_named(names: Iterable[str]) -> dict[str, Account]:
    """Accounts by role or number, in one query; refused when one of them is missing."""
    wanted = set(names)
    found: dict[str, Account] = {}
    rows = Account.objects.select_related("cost_kind")
    for account in rows.filter(Q(role__in=wanted) | Q(number__in=wanted)):
        found[account.number] = account
        if account.role:
            found[account.role] = account
    missing = sorted(wanted - found.keys())
    if missing:
        raise Refused(Code.ACCOUNT_MISSING, _missing_sentence(missing[0]))
    return found


def cost_kinds_named(codes: Iterable[str]) -> dict[str, CostKind]:
    """Natures of cost by code, without a query when none is named; refused when one is missing."""
    wanted = {code for code in codes if code}
    found = {kind.code: kind for kind in CostKind.objects.filter(code__in=wanted)} if wanted else {}
    missing = sorted(wanted - found.keys())
    if missing:
        raise Refused(
            Code.VALUE_INVALID, _("La nature de charge « %(code)s » n’existe pas.") % {"code": missing[0]}
        )
    return found


def _missing_sentence(name: str) -> object:
    if name in AccountRole.values:
        return _("Aucun compte ne tient le rôle « %(role)s » : choisissez-le dans le plan comptable.") % {
            "role": AccountRole(name).label
        }
    return _("Le compte %(number)s n’existe pas : ajoutez-le au plan comptable.") % {"number": name}


def roles_unset() -> list[str]:
    """Labels of the roles that no account plays: what would refuse a document one day."""
    held = set(_ROLES_HELD())
    return [str(role.label) for role in AccountRole if role not in held]


_ROLES_HELD = Question(lambda: Account.objects.exclude(role=None).order_by().values_list("role", flat=True))


def shared_section() -> AnalyticAccount:
    """« Services communs »."""
    return AnalyticAccount.objects.get(kind=AnalyticKind.SHARED)


def section_of(activity: Activity) -> AnalyticAccount:
    """The analytic section opened with the activity."""
    section = AnalyticAccount.objects.filter(activity=activity).first()
    if section is None:
        raise Refused(
            Code.ACCOUNT_MISSING,
            _(
                "L’activité « %(name)s » n’a pas de section analytique : "
                "ouvrez-la dans Comptabilité › Manques."
            )
            % {"name": activity.name},
        )
    return section
