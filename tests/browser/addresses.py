"""Every address of the house and how the walk reaches it: a new one that nobody wrote here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cae.core.periods import Month
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


# Who sees most of a room.
WHO = {
    "": "visitor",
    "demonstration": "visitor",
    "invoicing": "accountant",
    "accounting": "accountant",
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
    "entrepreneurs:days_reopen": ACTS,
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
