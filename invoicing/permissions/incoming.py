"""Who may do what with files and mails that come in."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from cae.core.permissions import kept
from entrepreneurs.models import Activity
from invoicing.models import IncomingFile, MailInAddress, Purchase
from invoicing.models.sight import ALL_SALES_KINDS
from people.models import Person
from people.permissions import has_role, is_accountant, is_advisor, sells_own


@rules.predicate
def sees_file(user: Any, file: IncomingFile | None = None) -> bool:
    """Asks the same queryset as the list."""
    if file is None:
        return True
    found = IncomingFile.objects.visible_to(user).filter(pk=file.pk)
    return kept(user, file, "incoming", found.exists)


@rules.predicate
def sells_somewhere(user: Any, _obj: Any = None) -> bool:
    """Whatever the object: a file that is nobody's yet, or a document, lies in no scope."""
    return bool(sells_own(user))


@rules.predicate
def brought_stray(user: Any, file: IncomingFile | None = None) -> bool:
    """Whoever brought a file of no activity may still say whose it is."""
    return file is not None and file.activity_id is None and file.created_by_id == user.pk


@rules.predicate
def sees_file_of_document(user: Any, document: Document | None = None) -> bool:
    """The file opens to those who see it in the tray, and to those who see the purchase made of it; what it
    carried inside opens with it."""
    if document is None:
        return True
    if document.about_type == IncomingFile._meta.label_lower:
        return IncomingFile.objects.visible_to(user).filter(pk=document.about_id).exists()
    if IncomingFile.objects.visible_to(user).filter(document=document).exists():
        return True
    return Purchase.objects.visible_to(user).filter(document=document).exists()


@rules.predicate
def keeps_address(user: Any, owner: Any = None) -> bool:
    """An address of receipts is its person's; one of purchases, of who sells for the activity."""
    if isinstance(owner, MailInAddress):
        owner = owner.person or owner.activity
    if isinstance(owner, Person):
        return owner.pk == user.person_id
    return not isinstance(owner, Activity) or bool(sells_own(user, owner)) or bool(is_accountant(user))


reads_files = has_role(*ALL_SALES_KINDS) | is_advisor | sells_somewhere
sells = sells_somewhere | is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_incoming_files": reads_files,
    "invoicing.view_incoming_file": reads_files & sees_file,
    "invoicing.open_incoming_file": reads_files & sees_file_of_document,
    "invoicing.take_in_files": is_accountant | sells_own,
    "invoicing.sort_incoming_file": is_accountant | sells_own | brought_stray,
    "invoicing.keep_mail_addresses": sells & keeps_address,
    "invoicing.view_incoming_mails": is_accountant,
}
