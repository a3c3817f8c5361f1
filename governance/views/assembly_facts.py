"""What the page of the preparation of an assembly shows, in as many queries whatever its length."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from cae.core.models import EmailState
from cae.core.permissions import can
from governance.models import Assembly
from governance.selectors.accounts import allocations_offered, may_rule
from governance.selectors.additions import additions_to, support_needed
from governance.selectors.assemblies import agenda_of, calendar_of, day_of, papers_of, resolutions_of
from governance.selectors.assembly_people import later_call_of, undecided
from governance.selectors.preparing import not_called_yet, obstacles, papers_awaited, warnings_of
from governance.selectors.rules import rule_set_of
from governance.selectors.sections import section_meetings_of
from governance.services.convocation_files import CONVOCATION_FILE, files_of
from governance.states.assemblies import ASSEMBLY_FLOW, HELD, UNDER_WAY, AssemblyState, Channel


def facts_of(user: Any, assembly: Assembly, at: datetime) -> dict[str, Any]:
    """Gives the context of the page."""
    today, is_draft = timezone.localdate(at), assembly.state == AssemblyState.DRAFT
    organises = can(user, "governance.organise_assembly", assembly)
    moves = {move.name for move in ASSEMBLY_FLOW.moves_open_to(user, assembly)}
    later = later_call_of(assembly)
    convened = assembly.state not in (AssemblyState.DRAFT, AssemblyState.CANCELLED)
    return {
        "assembly": assembly,
        "now": at,
        "points": agenda_of(assembly),
        "apart": [one for one in resolutions_of(assembly) if one.item_id is None],
        "general_papers": [one for one in papers_of(assembly) if one.item_id is None],
        "sections": list(section_meetings_of(assembly)),
        "awaited": papers_awaited(assembly) if is_draft else [],
        "obstacles": obstacles(assembly, at) if is_draft else [],
        "warnings": warnings_of(assembly)
        if assembly.state in (AssemblyState.DRAFT, AssemblyState.CONVENED)
        else [],
        "calendar": calendar_of(assembly, today),
        "rule_set": rule_set_of(assembly),
        "bureau": list(assembly.bureau.select_related("person")),
        "questions": list(assembly.questions.select_related("associate__person", "associate__organisation")),
        "additions": additions_to(assembly) if convened else [],
        "support_needed": support_needed(assembly) if convened else 0,
        "called": reached(assembly) if convened else None,
        "newcomers": not_called_yet(assembly).count() if assembly.state == AssemblyState.CONVENED else 0,
        "convocation": files_of(assembly, CONVOCATION_FILE).first(),
        "moves": moves,
        "may_organise": organises,
        "may_prepare": organises and is_draft,
        "may_rule": organises and may_rule(assembly) and allocations_offered().exists(),
        "may_add_paper": organises and assembly.state in UNDER_WAY,
        "may_answer": can(user, "governance.answer_question", assembly),
        "reads_attendance": convened and can(user, "governance.read_attendance", assembly),
        "may_run": convened and can(user, "governance.run_assembly", assembly),
        "later": later,
        "is_the_day": day_of(assembly) <= today,
        "may_call_again": organises
        and later is None
        and assembly.call_number == 1
        and assembly.state in HELD
        and bool(undecided(assembly)),
    }


def reached(assembly: Assembly) -> dict[str, int]:
    """Gives how many were called, by which door, and how many nothing has reached yet."""
    lost = (EmailState.FAILED, EmailState.BOUNCED)
    found: dict[str, int] = assembly.convocations.aggregate(
        every=Count("pk"),
        mails=Count("pk", filter=Q(channel=Channel.MAIL)),
        letters=Count("pk", filter=Q(channel=Channel.LETTER)),
        lost=Count("pk", filter=Q(channel=Channel.MAIL, email__state__in=lost)),
        to_post=Count("pk", filter=Q(channel=Channel.LETTER, posted_on__isnull=True)),
        read=Count("pk", filter=Q(read_at__isnull=False)),
    )
    return found
