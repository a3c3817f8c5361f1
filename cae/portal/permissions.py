"""Who reads and changes what belongs to the whole house."""

from typing import Any

import rules
from django.utils import timezone

from cae.core.models import Document
from people.models import User
from people.permissions import (
    is_accountant,
    is_admin,
    is_auditor,
    is_manager,
    is_officer,
    is_staff_member,
)
from people.selectors.persons import administrators


@rules.predicate
def brought_file(user: Any, document: Document | None = None) -> bool:
    """A sheet that somebody imported holds what they knew: it opens to nobody else."""
    return document is None or document.created_by_id == user.pk


def watchers() -> list[User]:
    """Who is told when the house itself fails: its administrators."""
    roles = administrators(timezone.localdate()).select_related("person__user")
    return list({role.person.user.pk: role.person.user for role in roles}.values())


CORE_PERMISSIONS: dict[str, rules.Predicate] = {
    "core.open_import_file": brought_file,
    "core.change_mail_texts": is_admin,
    "core.read_staff_messages": is_staff_member,
    "core.resend_mail": is_admin,
    "core.share_views": is_staff_member,
    "core.view_documents": is_admin | is_auditor | is_accountant | is_manager,
    "core.view_journal": is_admin | is_auditor | is_officer | is_manager,
    "core.view_mails": is_admin,
    "core.view_settings": is_admin | is_manager | is_accountant | is_auditor,
    "core.change_settings": is_admin,
}
