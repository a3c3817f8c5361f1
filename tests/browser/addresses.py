"""Every address of the house and how the walk reaches it: a new one that nobody wrote here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cae.core.links import create_link
from cae.core.periods import Month
from entrepreneurs.agreement_mails import AGREEMENT_LINK
from entrepreneurs.contract_mails import SIGN_LINK
from invoicing.models import Mention
from tests.browser.house import House


@dataclass(frozen=True)
class Stop:
    """A page of the walk: its address, who looks at it, the object it is about."""

    name: str
    who: str
    of: Callable[[House], Any] | None = None
    state: str = ""
    query: str = ""
    sent_on: bool = False

    def url(self, house: House) -> str:
        if self.of is None:
            return reverse(self.name) + self.query
        found = self.of(house)
        args = list(found) if isinstance(found, tuple) else [getattr(found, "pk", found)]
        return reverse(self.name, args=args) + self.query

    def __str__(self) -> str:
        return "-".join(filter(None, (self.name, self.state)))


def this_month() -> str:
    return str(Month.of(timezone.localdate()))


def mention(_house: House) -> Mention:
    return Mention.objects.get(code="training-number")


def gathered(name: str, *more: str) -> Callable[[House], Any]:
    """An object of the collective of the house, with the words that its address adds."""
    return lambda house: (house.gathered[name].pk, *more)


def contracted(name: str) -> Callable[[House], Any]:
    """A contract of the house, its clauses, or the person it binds."""
    return lambda house: house.contracted[name]


def sign_link(house: House) -> str:
    """The secret by which one signs without account."""
    ends_at = timezone.now() + timedelta(days=1)
    signatory = house.contracted["signatory"]
    return create_link(signatory, purpose=SIGN_LINK, ends_at=ends_at, actor=None)[1]


def agreement_link(house: House) -> str:
    """The secret by which a member without account reads and signs."""
    ends_at = timezone.now() + timedelta(days=1)
    share = house.gathered["waiting"].shares.exclude(person__user__isnull=False).first()
    return create_link(share, purpose=AGREEMENT_LINK, ends_at=ends_at, actor=None)[1]


def in_collective(house: House) -> tuple[int, int]:
    return house.gathered["activity"].pk, house.gathered["member"].pk


# Who sees most of a room.
WHO = {
    "": "visitor",
    "demonstration": "visitor",
    "invoicing": "accountant",
    "accounting": "accountant",
    "governance": "co_manager",
    "entrepreneurs": "admin",
    "people": "admin",
    "core": "admin",
    "portal": "seller",
}

ACTS = "answers to a form, never to a link"
FILE = "a file, not a page"
PART = "a part of another page, seen there"
# Addresses that show no page, and why.
NO_PAGE = {
    "account_set_password": "sends on to the change of password: every account has one",
    "account_confirm_login_code": "signing in by a code is not offered",
    "accounting:check_books": ACTS,
    "core:bell": PART,
    "core:choose_columns": ACTS,
    "accounting:month_run": ACTS,
    "accounting:run_again": ACTS,
    "accounting:scale_try": PART,
    "accounting:statement_file": FILE,
    "core:document": FILE,
    "core:forget_view": ACTS,
    "core:import_act": ACTS,
    "core:import_left": FILE,
    "core:import_progress": PART,
    "core:import_template": FILE,
    "core:job_cancel": ACTS,
    "core:job_resume": ACTS,
    "core:job_retry": ACTS,
    "core:latest_notices": PART,
    "core:mail_html": PART,
    "core:mail_resend": ACTS,
    "core:mails_resend": ACTS,
    "core:notices_read": ACTS,
    "core:manifest": FILE,
    "core:save_view": ACTS,
    "core:service_worker": FILE,
    "demonstration:enter": ACTS,
    "demonstration:mail_html": PART,
    "entrepreneurs:action_act": ACTS,
    "entrepreneurs:code_by_link": ACTS,
    "entrepreneurs:agreement_code": ACTS,
    "entrepreneurs:agreement_code_by_link": ACTS,
    "entrepreneurs:agreement_house_code": ACTS,
    "entrepreneurs:agreement_remind": ACTS,
    "entrepreneurs:renew_agreement_link": ACTS,
    "entrepreneurs:file_by_link": FILE,
    "entrepreneurs:agreement_file_by_link": FILE,
    "entrepreneurs:renew_sign_link": ACTS,
    "entrepreneurs:terms_cancel": ACTS,
    "entrepreneurs:terms_code": ACTS,
    "entrepreneurs:terms_preview": FILE,
    "entrepreneurs:terms_send": ACTS,
    "entrepreneurs:terms_take_back": ACTS,
    "entrepreneurs:make_collective": ACTS,
    "entrepreneurs:open_to_members": ACTS,
    "entrepreneurs:application_answers": FILE,
    "entrepreneurs:application_bulk": ACTS,
    "entrepreneurs:application_message": ACTS,
    "entrepreneurs:application_move": ACTS,
    "entrepreneurs:application_renew": ACTS,
    "entrepreneurs:application_undo": ACTS,
    "entrepreneurs:board_lay": ACTS,
    "entrepreneurs:committee_add": ACTS,
    "entrepreneurs:committee_close": ACTS,
    "entrepreneurs:committee_convene": ACTS,
    "entrepreneurs:committee_remove": ACTS,
    "entrepreneurs:criteria_lay": ACTS,
    "entrepreneurs:review_ask": ACTS,
    "entrepreneurs:days_reopen": ACTS,
    "entrepreneurs:entry_refresh": ACTS,
    "entrepreneurs:entry_tick": ACTS,
    "entrepreneurs:my_application": "sends on to the page of one’s application",
    "entrepreneurs:goal_act": ACTS,
    "entrepreneurs:meeting_close": ACTS,
    "entrepreneurs:meeting_file": FILE,
    "entrepreneurs:project_file": FILE,
    "entrepreneurs:reassign": ACTS,
    "entrepreneurs:slot_stop": ACTS,
    "entrepreneurs:support_ask": ACTS,
    "entrepreneurs:support_stop": ACTS,
    "invoicing:catalogue_archive": ACTS,
    "invoicing:catalogue_duplicate": ACTS,
    "invoicing:catalogue_restore": ACTS,
    "invoicing:document_colour": FILE,
    "invoicing:look_preview": PART,
    "invoicing:mention_confirm": ACTS,
    "invoicing:customer_archive": ACTS,
    "invoicing:customer_restore": ACTS,
    "invoicing:gather": ACTS,
    "invoicing:invoice_check": ACTS,
    "invoicing:invoice_discard": ACTS,
    "invoicing:invoice_duplicate": ACTS,
    "invoicing:invoice_file": PART,
    "invoicing:invoice_preview": FILE,
    "invoicing:invoice_restore": ACTS,
    "invoicing:invoice_take_back": ACTS,
    "invoicing:editor_mode": ACTS,
    "invoicing:live_preview": ACTS,
    "invoicing:live_totals": ACTS,
    "invoicing:typed_discard": ACTS,
    "invoicing:queue_validate": ACTS,
    "invoicing:invoice_letter": "the mail itself, in a frame of the page that sends it",
    "invoicing:invoice_link": ACTS,
    "invoicing:public_file": FILE,
    "invoicing:contact_remove": ACTS,
    "invoicing:quote_discard": ACTS,
    "invoicing:quote_duplicate": ACTS,
    "invoicing:quote_invoice": ACTS,
    "invoicing:quote_letter": "the mail itself, in a frame of the page that sends it",
    "invoicing:quote_link": ACTS,
    "invoicing:quote_file": PART,
    "invoicing:quote_preview": FILE,
    "invoicing:quote_restore": ACTS,
    "invoicing:quote_revise": ACTS,
    "invoicing:quote_take_back": ACTS,
    "invoicing:sending_withdraw": ACTS,
    "mfa_authenticate": "between the password and the code: `test_the_page_of_the_second_factor`",
    "mfa_download_recovery_codes": FILE,
    "mfa_login_webauthn": "sends on to the page of signing in, whose button asks for a key",
    "people:assistance_stop": ACTS,
    "core:calendar_feed": FILE,
    "entrepreneurs:absences_approve": ACTS,
    "entrepreneurs:exit_act": ACTS,
    "entrepreneurs:interview_close": ACTS,
    "people:data_file": ACTS,
    "people:guide_act": ACTS,
    "entrepreneurs:register_file": FILE,
    "people:deadline_close": ACTS,
    "people:queue_act": ACTS,
    "people:queue_home": "sends on to the queue of the first function that one holds",
    "people:invitation_send": ACTS,
    "people:invitation_withdraw": ACTS,
    "people:lookalike_list": PART,
    "people:organisation_archive": ACTS,
    "people:own_consent": ACTS,
    "people:own_export": ACTS,
    "people:retention_approve": ACTS,
    "people:skill_check": ACTS,
    "people:skill_remove": ACTS,
    "people:session_close": ACTS,
    "people:session_close_others": ACTS,
    "portal:switch_activity": ACTS,
}

EVERYWHERE = "stands at the head or the foot of every page"
# Pages of signed-in people that light no entry of the menu, and why.
UNLIT = {
    "core:components": "for who builds the house",
    "core:import_columns": "an import of the tests, that no list of the menu offers",
    "core:import_list": "sheets of every list",
    "core:import_new": "an import of the tests, that no list of the menu offers",
    "core:import_run": "an import of the tests, that no list of the menu offers",
    "core:offline": "no page of the house could be reached",
    "core:search": EVERYWHERE,
    "portal:accessibility": EVERYWHERE,
    "portal:help": EVERYWHERE,
}

# Pages about an object, seen by somebody else than the one who sees most, or to be seen in several states.
STOPS = (
    Stop("account_change_password", "seller"),
    Stop("account_confirm_email", "seller", lambda house: house.confirmation),
    Stop("account_email", "seller"),
    Stop("account_logout", "seller"),
    Stop("account_reauthenticate", "seller", state="password"),
    Stop("account_reauthenticate", "guarded", state="password-or-code"),
    Stop("account_reset_password_from_key", "visitor", lambda house: house.reset, sent_on=True),
    Stop("mfa_index", "seller", state="without"),
    Stop("mfa_index", "guarded", state="active"),
    Stop("mfa_list_webauthn", "seller", state="none"),
    Stop("mfa_list_webauthn", "guarded", state="one"),
    Stop("mfa_add_webauthn", "guarded"),
    Stop("mfa_edit_webauthn", "guarded", lambda house: house.passkey),
    Stop("mfa_remove_webauthn", "guarded", lambda house: house.passkey),
    Stop("mfa_reauthenticate_webauthn", "guarded"),
    Stop("mfa_activate_totp", "nobody"),
    Stop("mfa_deactivate_totp", "guarded"),
    Stop("mfa_generate_recovery_codes", "guarded"),
    Stop("mfa_reauthenticate", "guarded"),
    Stop("mfa_view_recovery_codes", "guarded"),
    Stop("demonstration:mail", "visitor", lambda house: house.mail),
    Stop("invoicing:invoice_list", "seller", state="own"),
    Stop("invoicing:invoice_list", "accountant", state="all"),
    Stop("invoicing:invoice_list", "accountant", state="nothing-found", query="?q=introuvable"),
    Stop("invoicing:invoice_list", "several", state="empty"),
    Stop("invoicing:customer_detail", "seller", lambda house: house.customer),
    Stop("invoicing:customer_edit", "seller", lambda house: house.customer),
    Stop("invoicing:customer_new", "seller"),
    Stop("invoicing:catalogue_list", "seller"),
    Stop("invoicing:catalogue_new", "seller"),
    Stop("invoicing:catalogue_new", "accountant", state="which-catalogue"),
    Stop("invoicing:catalogue_detail", "seller", lambda house: house.activity.catalogue_items.get()),
    Stop("invoicing:catalogue_edit", "seller", lambda house: house.activity.catalogue_items.get()),
    Stop("invoicing:look_edit", "seller"),
    Stop("invoicing:mention_detail", "accountant", mention),
    Stop("invoicing:mention_change", "accountant", mention),
    Stop("invoicing:mention_end", "accountant", mention),
    Stop("invoicing:invoice_credit", "accountant", lambda house: house.issued),
    Stop("invoicing:invoice_detail", "seller", lambda house: house.draft, state="draft"),
    Stop("invoicing:invoice_detail", "seller", lambda house: house.overdue, state="credited"),
    Stop("invoicing:invoice_detail", "accountant", lambda house: house.issued, state="partly-settled"),
    Stop("invoicing:invoice_detail", "accountant", lambda house: house.settled, state="settled"),
    Stop("invoicing:invoice_detail", "seller", lambda house: house.credit_note, state="credit-note"),
    Stop("invoicing:invoice_detail", "seller", lambda house: house.discarded, state="discarded"),
    Stop("invoicing:invoice_edit", "seller", lambda house: house.draft),
    Stop("invoicing:invoice_issue", "seller", lambda house: house.draft),
    Stop("invoicing:invoice_new", "seller"),
    Stop("invoicing:invoice_submit", "seller", lambda house: house.draft, sent_on=True),
    Stop("invoicing:queue", "accountant", state="full"),
    Stop("invoicing:queue", "accountant", state="nothing-found", query="?nature=credit_note"),
    Stop("invoicing:queue_document", "accountant", lambda house: ("devis", house.handed["quote"].pk)),
    Stop(
        "invoicing:queue_document",
        "advisor",
        lambda house: ("factures", house.handed["invoice"].pk),
        state="taken",
    ),
    Stop("invoicing:quote_approve", "accountant", lambda house: house.quotes["draft"]),
    Stop("invoicing:quote_detail", "seller", lambda house: house.handed["quote"], state="submitted"),
    Stop("invoicing:quote_submit", "seller", lambda house: house.quotes["draft"]),
    Stop("invoicing:self_validation_end", "accountant", lambda house: house.trusted),
    Stop("invoicing:invoice_new", "several", state="which-activity"),
    Stop("invoicing:public_document", "visitor", lambda house: house.offers["sent"][1], state="quote"),
    Stop("invoicing:public_document", "visitor", lambda house: house.offers["accepted"][1], state="accepted"),
    Stop("invoicing:public_document", "visitor", lambda house: house.bill, state="invoice"),
    Stop("invoicing:public_accept", "visitor", lambda house: house.offers["sent"][1]),
    Stop("invoicing:public_refuse", "visitor", lambda house: house.offers["sent"][1]),
    Stop("invoicing:public_question", "visitor", lambda house: house.offers["sent"][1]),
    Stop("invoicing:public_proof", "visitor", lambda house: house.offers["accepted"][1]),
    Stop("invoicing:quote_as_customer", "seller", lambda house: house.quotes["draft"], state="draft"),
    Stop(
        "invoicing:quote_as_customer",
        "accountant",
        lambda house: house.offers["accepted"][0],
        state="accepted",
    ),
    Stop("invoicing:invoice_as_customer", "seller", lambda house: house.issued),
    Stop("invoicing:quote_remind", "seller", lambda house: house.offers["sent"][0]),
    Stop("invoicing:quote_withdraw", "seller", lambda house: house.offers["sent"][0]),
    Stop("invoicing:quote_send", "seller", lambda house: house.offers["sent"][0]),
    Stop("invoicing:invoice_send", "seller", lambda house: house.issued),
    Stop("invoicing:quote_answer", "seller", lambda house: house.offers["sent"][0]),
    Stop("invoicing:quote_detail", "seller", lambda house: house.offers["sent"][0], state="sent"),
    Stop("invoicing:quote_detail", "seller", lambda house: house.offers["accepted"][0], state="accepted"),
    Stop("invoicing:quote_list", "seller"),
    Stop("invoicing:quote_new", "seller"),
    Stop("invoicing:quote_edit", "seller", lambda house: house.quotes["draft"]),
    Stop("invoicing:quote_copy", "seller", lambda house: house.quotes["approved"]),
    Stop("invoicing:invoice_copy", "seller", lambda house: house.issued),
    Stop("invoicing:quote_detail", "seller", lambda house: house.quotes["draft"], state="draft"),
    Stop("invoicing:quote_detail", "seller", lambda house: house.quotes["approved"], state="approved"),
    Stop("invoicing:quote_detail", "seller", lambda house: house.quotes["revision"], state="revision"),
    Stop("invoicing:payment_new", "seller", lambda house: house.issued),
    Stop("invoicing:refund_new", "accountant", lambda house: house.overpaid),
    Stop("invoicing:advance_use", "seller", lambda house: house.overpaid),
    Stop("invoicing:receipt_new", "seller", lambda house: house.customer),
    Stop("invoicing:contact_new", "seller", lambda house: house.customer),
    Stop("invoicing:contact_edit", "seller", lambda house: house.contact),
    Stop("invoicing:receipt_list", "accountant"),
    Stop("invoicing:receipt_detail", "accountant", lambda house: house.receipt),
    Stop("invoicing:receipt_reverse", "accountant", lambda house: house.receipt),
    Stop("entrepreneurs:application_home", "visitor"),
    Stop("entrepreneurs:application_start", "visitor", lambda _house: "idea"),
    Stop("entrepreneurs:application_sent", "visitor"),
    Stop("entrepreneurs:application_resume", "visitor"),
    Stop("entrepreneurs:application", "visitor", lambda house: house.applied["draft"], state="draft"),
    Stop("entrepreneurs:application", "visitor", lambda house: house.applied["sent"], state="sent"),
    *(
        Stop(
            "entrepreneurs:application_step",
            "visitor",
            lambda house, step=step: (house.applied["draft"], step),
            state=step,
        )
        for step in ("vous", "projet", "competences", "test", "sens", "territoire", "documents")
    ),
    Stop("entrepreneurs:application_check", "visitor", lambda house: house.applied["draft"]),
    Stop("entrepreneurs:application_paper", "visitor", lambda house: house.applied["sent_paper"]),
    Stop("entrepreneurs:application_slots", "visitor", lambda house: house.applied["sent"]),
    Stop("entrepreneurs:application_withdraw", "visitor", lambda house: house.applied["sent"]),
    Stop("entrepreneurs:my_papers", "coached"),
    Stop("entrepreneurs:paper_list", "human_resources"),
    Stop("entrepreneurs:paper_detail", "human_resources", lambda house: house.entering["came"].pk),
    Stop("entrepreneurs:paper_bring", "seller", lambda house: house.entering["missing"].pk),
    Stop("entrepreneurs:paper_ask", "human_resources", lambda house: house.person.pk),
    Stop("entrepreneurs:entry_list", "human_resources"),
    Stop("entrepreneurs:entry", "human_resources", lambda house: house.entering["checklist"].pk),
    Stop("entrepreneurs:charter_list", "admin"),
    Stop("entrepreneurs:charter_new", "admin"),
    Stop("entrepreneurs:board", "welcomer"),
    Stop("entrepreneurs:candidate_list", "welcomer"),
    Stop("entrepreneurs:pool_list", "welcomer"),
    Stop("entrepreneurs:funnel", "welcomer"),
    Stop("entrepreneurs:target_set", "welcomer"),
    Stop("entrepreneurs:funnel_rows", "welcomer", lambda _house: "received"),
    Stop("entrepreneurs:stage_change", "admin", lambda house: house.welcome["stage"].pk),
    Stop("entrepreneurs:stage_end", "admin", lambda house: house.welcome["stage"].pk),
    Stop("entrepreneurs:candidate_file", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:application_transfer", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:candidate_ask", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:interview_fix", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:candidate_invite", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:information_note", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:grid_mark", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:criterion_waive", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:finding_record", "welcomer", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:slip_send", "welcomer", lambda house: house.welcome["application"].pk),
    Stop(
        "entrepreneurs:application_outcome",
        "welcomer",
        lambda house: (house.welcome["application"].pk, "refuser"),
    ),
    Stop(
        "entrepreneurs:reminders_stop",
        "welcomer",
        lambda house: (house.welcome["application"].pk, house.welcome["invitation"].pk),
    ),
    Stop("entrepreneurs:mark_change", "welcomer", lambda house: house.welcome["mark"].pk),
    Stop("entrepreneurs:slip_answer", "welcomer", lambda house: house.welcome["slip"].pk),
    Stop("entrepreneurs:opinions_ask", "human_resources", lambda house: house.welcome["application"].pk),
    Stop("entrepreneurs:opinion_give", "neighbour", lambda house: house.welcome["opinion"].pk),
    Stop("entrepreneurs:committee_list", "sitting"),
    Stop("entrepreneurs:committee_plan", "welcomer"),
    Stop(
        "entrepreneurs:committee_detail",
        "welcomer",
        lambda house: house.welcome["planned"].pk,
        state="planned",
    ),
    Stop(
        "entrepreneurs:committee_detail",
        "sitting",
        lambda house: house.welcome["convened"].pk,
        state="convened",
    ),
    Stop("entrepreneurs:committee_change", "welcomer", lambda house: house.welcome["planned"].pk),
    Stop("entrepreneurs:committee_cancel", "welcomer", lambda house: house.welcome["planned"].pk),
    Stop("entrepreneurs:committee_file", "sitting", lambda house: house.welcome["file"].pk),
    Stop("entrepreneurs:committee_decide", "welcomer", lambda house: house.welcome["file"].pk),
    Stop("entrepreneurs:my_day", "coach"),
    Stop("entrepreneurs:portfolio", "coach"),
    Stop("entrepreneurs:team_load", "human_resources"),
    Stop("entrepreneurs:alert_act", "coach", lambda house: (house.coaching["alert"].pk, "sourdine")),
    Stop("entrepreneurs:own_coaching", "coached", sent_on=True),
    Stop("entrepreneurs:coaching_file", "coach", lambda house: house.coaching["person"], state="coach"),
    Stop("entrepreneurs:coaching_file", "coached", lambda house: house.coaching["person"], state="own"),
    Stop("entrepreneurs:coaching_plan", "coach", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:coaching_project", "coach", lambda house: house.coaching["person"]),
    Stop(
        "entrepreneurs:coaching_project",
        "coach",
        lambda house: house.coaching["person"],
        state="compared",
        query="?version=2&avec=1",
    ),
    Stop("entrepreneurs:project_write", "coached", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:coaching_figures", "coach", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:coaching_path", "coach", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:referent_name", "human_resources", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:referent_end", "human_resources", lambda house: house.coaching["referent"]),
    Stop("entrepreneurs:meeting_book", "coached", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:meeting_arrange", "coach", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:report_new", "coach", lambda house: house.coaching["person"]),
    Stop("entrepreneurs:meeting_detail", "coached", lambda house: house.coaching["meeting"], state="coming"),
    Stop("entrepreneurs:meeting_detail", "coach", lambda house: house.coaching["past"], state="past"),
    Stop("entrepreneurs:meeting_move", "coached", lambda house: house.coaching["meeting"]),
    Stop("entrepreneurs:meeting_cancel", "coached", lambda house: house.coaching["meeting"]),
    Stop("entrepreneurs:slot_list", "coach"),
    Stop("entrepreneurs:slot_offer", "coach"),
    Stop("entrepreneurs:days_close", "coach"),
    Stop("entrepreneurs:report_of", "coach"),
    Stop("entrepreneurs:report_detail", "coached", lambda house: house.coaching["report"]),
    Stop("entrepreneurs:report_edit", "coach", lambda house: house.coaching["draft"]),
    Stop("entrepreneurs:report_note", "coach", lambda house: house.coaching["report"]),
    Stop("entrepreneurs:report_add", "coach", lambda house: house.coaching["report"]),
    Stop("entrepreneurs:report_discard", "coach", lambda house: house.coaching["draft"]),
    Stop("entrepreneurs:interview_detail", "coach", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:interview_write", "coach", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:interview_propose", "coach", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:interview_sign", "coached", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:interview_reopen", "coached", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:interview_cancel", "coach", lambda house: house.coaching["interview"]),
    Stop("entrepreneurs:support_catalogue", "coached"),
    Stop("entrepreneurs:support_answer", "coach", lambda house: (house.coaching["asked"].pk, "prevoir")),
    Stop("entrepreneurs:funded_list", "accountant"),
    Stop("entrepreneurs:funded_open", "accountant"),
    Stop("entrepreneurs:funded_sessions", "accountant", lambda house: house.coaching["funded"]),
    Stop("entrepreneurs:trade_detail", "admin", gathered("trade")),
    Stop("entrepreneurs:trade_change", "admin", gathered("trade")),
    Stop("entrepreneurs:trade_close", "admin", gathered("trade")),
    Stop("entrepreneurs:cover_end", "human_resources", gathered("cover")),
    Stop("entrepreneurs:activity_covers", "admin", gathered("activity")),
    Stop("entrepreneurs:cover_add", "admin", gathered("activity")),
    Stop("entrepreneurs:claim_declare", "gathered", gathered("activity")),
    Stop("entrepreneurs:claim_detail", "admin", gathered("claim")),
    Stop("entrepreneurs:claim_move", "admin", gathered("claim", "clore")),
    Stop("entrepreneurs:activity_close", "admin", gathered("activity")),
    Stop("entrepreneurs:member_list", "gathered", gathered("activity")),
    Stop("entrepreneurs:member_add", "admin", gathered("activity")),
    Stop("entrepreneurs:member_propose", "gathered", gathered("activity")),
    Stop("entrepreneurs:member_part", "gathered", in_collective),
    Stop("entrepreneurs:member_end", "gathered", in_collective),
    Stop("entrepreneurs:collective_list", "asking"),
    Stop("entrepreneurs:join_ask", "seller", gathered("activity")),
    Stop("entrepreneurs:join_detail", "gathered", gathered("demand")),
    Stop("entrepreneurs:join_opinion", "gathered", gathered("demand")),
    Stop("entrepreneurs:join_move", "gathered", gathered("demand", "accepter")),
    Stop("entrepreneurs:contract_list", "human_resources"),
    Stop("entrepreneurs:contract_new", "human_resources"),
    Stop("entrepreneurs:contract_detail", "human_resources", contracted("draft"), state="draft"),
    Stop("entrepreneurs:contract_detail", "human_resources", contracted("contract"), state="to-sign"),
    Stop("entrepreneurs:contract_detail", "human_resources", contracted("cape"), state="cape"),
    Stop("entrepreneurs:contract_detail", "human_resources", contracted("cesa"), state="cesa"),
    Stop("entrepreneurs:contract_days", "human_resources", contracted("draft")),
    Stop("entrepreneurs:contract_amend", "human_resources", contracted("cesa")),
    Stop("entrepreneurs:contract_compare", "human_resources", contracted("cesa")),
    Stop("entrepreneurs:contract_renew", "human_resources", contracted("cape")),
    Stop("entrepreneurs:contract_end", "human_resources", contracted("cape")),
    Stop("entrepreneurs:contract_end_by_law", "human_resources", contracted("cesa")),
    Stop("entrepreneurs:terms_write", "human_resources", contracted("amendment")),
    Stop("entrepreneurs:terms_paper", "human_resources", contracted("terms")),
    Stop("entrepreneurs:terms_sign", "signer", contracted("terms")),
    Stop("entrepreneurs:terms_decline", "signer", contracted("terms")),
    Stop("entrepreneurs:declaration_record", "human_resources", contracted("declared")),
    Stop("entrepreneurs:letter_list", "human_resources"),
    Stop("entrepreneurs:letter_make", "human_resources"),
    Stop("entrepreneurs:letter_text_edit", "admin", lambda _house: "cesa"),
    Stop("entrepreneurs:letter_text_preview", "admin", lambda _house: "cesa"),
    Stop("entrepreneurs:own_path", "signer"),
    Stop("entrepreneurs:person_path", "human_resources", contracted("tester")),
    Stop("entrepreneurs:passage_decide", "human_resources", contracted("tester")),
    Stop("entrepreneurs:sign_by_link", "visitor", sign_link),
    Stop("entrepreneurs:decline_by_link", "visitor", sign_link),
    Stop("entrepreneurs:agreement_list", "gathered", gathered("activity")),
    Stop("entrepreneurs:agreement_new", "gathered", gathered("activity")),
    Stop("entrepreneurs:agreement_detail", "gathered", gathered("signed"), state="signed"),
    Stop("entrepreneurs:agreement_detail", "gathered", gathered("drafted"), state="draft"),
    Stop("entrepreneurs:agreement_edit", "gathered", gathered("drafted")),
    Stop("entrepreneurs:agreement_move", "gathered", gathered("drafted", "proposer")),
    Stop("entrepreneurs:agreement_sign", "gathered", gathered("waiting")),
    Stop("entrepreneurs:agreement_decline", "gathered", gathered("waiting")),
    Stop("entrepreneurs:agreement_detail", "gathered", gathered("waiting"), state="to-sign"),
    Stop("entrepreneurs:agreement_countersign", "welcomer", gathered("waiting")),
    Stop("entrepreneurs:agreement_by_link", "visitor", agreement_link),
    Stop("entrepreneurs:agreement_decline_by_link", "visitor", agreement_link),
    Stop("accounting:sharing_lines", "gathered", lambda house: (house.gathered["sharing"].pk, 1)),
    Stop("accounting:sharing_new", "accountant", gathered("activity")),
    Stop("accounting:sharing_detail", "gathered", gathered("sharing")),
    Stop("accounting:sharing_undo", "accountant", gathered("sharing")),
    Stop("accounting:my_parts", "gathered"),
    Stop("invoicing:cover_waive", "human_resources", lambda house: house.handed["quote"]),
    Stop("invoicing:cover_stop_list", "human_resources"),
    Stop("entrepreneurs:activity_change", "admin", lambda house: house.activity),
    Stop("entrepreneurs:activity_detail", "admin", lambda house: house.activity),
    Stop("accounting:account_change", "accountant", lambda house: house.account),
    Stop("accounting:activity_statement", "seller", lambda house: house.activity),
    Stop("accounting:contribution_list", "seller", lambda house: (house.activity.pk, this_month())),
    Stop("accounting:entry", "accountant", lambda house: house.entry),
    Stop("accounting:run_detail", "seller", lambda house: house.activity.contributions.first()),
    Stop("accounting:run_reverse", "accountant", lambda house: house.activity.contributions.last()),
    Stop("accounting:exemption_detail", "accountant", lambda house: house.exemption),
    Stop("accounting:exemption_end", "accountant", lambda house: house.exemption),
    Stop("accounting:scale_add", "accountant", state="slices", query="?forme=slices"),
    Stop("accounting:scale_detail", "accountant", lambda house: house.scale),
    Stop(
        "accounting:figure",
        "seller",
        lambda house: (house.activity.pk, this_month(), "tresorerie", "toujours"),
    ),
    Stop("accounting:my_statement", "seller", sent_on=True),
    Stop("people:accept_invitation", "visitor", lambda house: house.invitation),
    Stop("people:account", "seller"),
    Stop("people:account_close", "admin", lambda house: house.users["seller"].person),
    Stop("people:account_plan_closing", "admin", lambda house: house.users["seller"].person),
    Stop("people:account_reset_factor", "admin", lambda house: house.users["guarded"].person),
    Stop("people:assistance_list", "seller", state="some"),
    Stop("people:assistance_list", "several", state="none"),
    Stop("people:assistance_start", "admin", lambda house: house.users["seller"].person),
    Stop("people:session_list", "seller"),
    Stop("people:account_reopen", "admin", lambda house: house.users["closed"].person),
    Stop("people:organisation_detail", "admin", lambda house: house.organisation),
    Stop("people:organisation_edit", "admin", lambda house: house.organisation),
    Stop("people:person_detail", "admin", lambda house: house.person, state="invited"),
    Stop("people:person_detail", "admin", lambda house: house.users["seller"].person, state="with-account"),
    Stop("people:person_edit", "admin", lambda house: house.person),
    Stop("core:calendar", "seller"),
    Stop("people:own_deadlines", "seller", state="some"),
    Stop("people:own_deadlines", "several", state="none"),
    Stop("people:deadline_list", "human_resources"),
    Stop("people:deadline_write", "human_resources"),
    Stop("people:own_requests", "seller"),
    Stop("people:request_send", "seller"),
    Stop("people:request_detail", "seller", lambda house: house.desk["request"], state="own"),
    Stop("people:request_detail", "human_resources", lambda house: house.desk["request"], state="to-answer"),
    Stop("people:queue", "human_resources", lambda house: ("ressources-humaines",), state="full"),
    Stop("people:queue", "training_manager", lambda house: ("formation",), state="empty"),
    Stop(
        "people:queue_item",
        "human_resources",
        lambda house: ("ressources-humaines", house.desk["request"].pk),
    ),
    Stop("entrepreneurs:own_absences", "seller"),
    Stop("entrepreneurs:absence_ask", "seller"),
    Stop("entrepreneurs:absence_list", "human_resources"),
    Stop("entrepreneurs:absence_record", "human_resources"),
    Stop("entrepreneurs:absence_detail", "human_resources", lambda house: house.desk["absence"]),
    Stop("entrepreneurs:team_calendar", "human_resources"),
    Stop("entrepreneurs:register_list", "human_resources"),
    Stop("entrepreneurs:register_enter", "human_resources"),
    Stop("entrepreneurs:register_complete", "human_resources", lambda house: house.desk["entry"]),
    Stop("entrepreneurs:hiring_list", "human_resources"),
    Stop("entrepreneurs:hiring_declare", "human_resources", lambda house: house.desk["entry"].declaration),
    Stop("entrepreneurs:exit_list", "human_resources"),
    Stop("entrepreneurs:exit_open", "human_resources"),
    Stop("entrepreneurs:exit_change", "human_resources", lambda house: house.desk["exit"]),
    Stop("entrepreneurs:exit_detail", "human_resources", lambda house: house.desk["exit"], state="prepared"),
    Stop("entrepreneurs:exit_detail", "seller", lambda house: house.desk["exit"], state="own"),
    Stop("people:own_data", "seller"),
    Stop("people:own_request", "seller"),
    Stop("people:sensitive_index", "human_resources", lambda house: house.users["seller"].person),
    Stop(
        "people:sensitive_record",
        "human_resources",
        lambda house: (house.users["seller"].person.pk, "health"),
    ),
    Stop("people:person_consents", "human_resources", lambda house: house.users["seller"].person),
    Stop(
        "people:consent_record", "human_resources", lambda house: (house.users["seller"].person.pk, "photo")
    ),
    Stop("people:duplicate_list", "admin"),
    Stop("people:person_merge", "admin", lambda house: house.own_data["twins"]),
    Stop("people:merge_undo", "admin", lambda house: house.own_data["merge"]),
    Stop("people:data_desk", "data_officer"),
    Stop("people:reading_list", "data_officer"),
    Stop("people:retention_list", "data_officer"),
    Stop("people:retention_keep", "data_officer", lambda house: house.own_data["proposal"]),
    Stop("people:retention_erase", "data_officer", lambda house: house.own_data["proposal"]),
    Stop("people:data_request_list", "data_officer"),
    Stop("people:data_request_new", "data_officer"),
    Stop("people:data_request", "data_officer", lambda house: house.own_data["request"]),
    Stop("people:guide_list", "human_resources"),
    Stop("people:guide_new", "human_resources"),
    Stop("people:guide_page", "human_resources", lambda house: house.desk["guide"]),
    Stop("people:data_request_act", "data_officer", lambda house: (house.own_data["request"].pk, "repondre")),
    Stop("people:incident_list", "data_officer"),
    Stop("people:incident_new", "data_officer"),
    Stop("people:incident", "data_officer", lambda house: house.own_data["incident"]),
    Stop("people:incident_edit", "data_officer", lambda house: house.own_data["incident"]),
    Stop("people:incident_act", "data_officer", lambda house: (house.own_data["incident"].pk, "notifier")),
    Stop("people:processing_list", "data_officer"),
    Stop("people:processing_new", "data_officer"),
    Stop("people:processing_edit", "data_officer", lambda house: house.own_data["processing"]),
    Stop("people:processing_print", "data_officer"),
    Stop("people:portfolio_edit", "admin", lambda house: house.portfolio),
    Stop("people:role_end", "admin", lambda house: house.role),
    Stop("people:role_give", "admin", lambda house: house.person),
    Stop("people:territory_count", "admin", lambda house: house.territory),
    Stop("people:status_record", "human_resources", lambda house: house.person),
    Stop("people:status_end", "human_resources", lambda house: house.status),
    Stop("people:status_prolong", "human_resources", lambda house: house.status),
    Stop("people:status_correct", "human_resources", lambda house: house.status),
    Stop("people:status_withdraw", "human_resources", lambda house: house.status),
    Stop("people:headcount_list", "admin", lambda _house: "staff"),
    Stop("people:civil_edit", "human_resources", lambda house: house.status.person),
    Stop("people:situation", "human_resources", lambda house: house.status.person),
    Stop("people:situation_entry", "human_resources", lambda house: house.status.person),
    Stop("people:situation_today", "human_resources", lambda house: house.status.person),
    Stop("people:skill_list", "human_resources", lambda house: house.status.person),
    Stop("people:skill_add", "human_resources", lambda house: house.status.person),
    Stop("people:skill_edit", "human_resources", lambda house: house.status.person.skills.first()),
    Stop("people:territory_edit", "admin", lambda house: house.territory),
    Stop("core:import_columns", "seller", lambda house: (house.sheet.code, house.sheet.pk)),
    Stop("core:import_list", "seller"),
    Stop("core:import_new", "seller", lambda house: (house.sheet.code,)),
    Stop("core:import_run", "seller", lambda house: (house.sheet.code, house.sheet.pk), state="tried"),
    Stop("core:job_detail", "accountant", lambda house: house.job),
    Stop("core:job_list", "accountant", state="some"),
    Stop("core:job_list", "seller", state="none"),
    Stop("core:journal_entry", "admin", lambda house: house.act),
    Stop("core:mail_bounce", "admin", lambda house: house.mail),
    Stop("core:mail_detail", "admin", lambda house: house.mail),
    Stop("core:mail_text", "admin", lambda _house: "people.invitation"),
    Stop("core:notice", "seller", lambda house: house.notice, sent_on=True),
    Stop("core:notice_list", "seller", state="some"),
    Stop("core:notice_list", "several", state="none"),
    Stop("core:thread", "accountant", lambda house: ("invoicing.invoice", house.issued.pk)),
    Stop("core:search", "accountant", state="found", query="?q=photo"),
    Stop("core:search", "seller", state="nothing-found", query="?q=introuvable"),
    Stop("core:option_list", "admin", lambda _house: "people.address_zones"),
    Stop("core:option_add", "admin", lambda _house: "people.address_zones"),
    Stop("core:option_edit", "admin", lambda _house: ("people.address_zones", "qpv")),
    Stop("core:option_rule", "admin", lambda _house: "people.address_zones"),
    Stop("core:setting_detail", "admin", lambda _house: "invoicing.payment_days"),
    Stop("portal:home_figures", "accountant"),
    Stop("portal:welcome", "visitor"),
    Stop("portal:help", "visitor", state="visitor"),
    Stop("portal:help", "seller", state="signed-in"),
)


def addresses(resolver: URLResolver | None = None, room: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address by its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{room}{pattern.namespace}:" if pattern.namespace else room
            yield from addresses(pattern, inner)
        else:
            yield f"{room}{pattern.name}", pattern


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address as it is written."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        else:
            yield path


def is_plain(pattern: URLPattern) -> bool:
    """Needs no object."""
    return not pattern.pattern.converters and "(?P<" not in str(pattern.pattern)


def walk() -> list[Stop]:
    """The stops written above, then every other address that needs no object."""
    written = {stop.name for stop in STOPS}
    others = [
        Stop(name, WHO[name.rpartition(":")[0]])
        for name, pattern in addresses()
        if name not in written and name not in NO_PAGE and is_plain(pattern)
    ]
    return [*STOPS, *others]
