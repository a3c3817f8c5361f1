"""The addresses of spending, deals, parts of quotes and reminders, and how the walk reaches them: lists a
subject, in the order of their owners. Objects are those of tests/browser/spending.py."""

from __future__ import annotations

from tests.browser.stops import ACTS, FILE, PART, Of, Stop, seen_by, shelf

of = shelf("spent")
_s = seen_by("seller", "invoicing")
_c = seen_by("accountant", "invoicing")

# -- EXPA: receipts and monthly claims
EXPENSES_NO_PAGE: dict[str, str] = {
    "invoicing:claim_submit": ACTS,
    "invoicing:claim_take_back": ACTS,
    "invoicing:expense_fields": PART,
    "invoicing:expense_live": PART,
    "invoicing:expense_remove": ACTS,
    "invoicing:expense_rule_confirm": ACTS,
    "invoicing:favourite_forget": ACTS,
    "invoicing:voucher_set_aside": ACTS,
    "invoicing:voucher_take_up": ACTS,
}
EXPENSES: tuple[Stop, ...] = (
    _s("claim_list", state="some"),
    _c("claim_list", state="accountant"),
    _s("claim_list", state="nothing-found", query="?q=introuvable"),
    _s("claim_detail", of("expense_claim"), "draft"),
    _s("claim_detail", of("submitted_claim"), "submitted"),
    _c("claim_detail", of("submitted_claim"), "accountant"),
    _s("claim_copy", of("expense_claim")),
    _s("expense_new"),
    _s("expense_new", state="flat", query="?nature=flat-meal"),
    _s("expense_edit", of("expense")),
    _s("favourite_keep", of("expense")),
    _s("favourite_list", state="some"),
    _s("voucher_capture"),
    Stop("invoicing:voucher_offline", "visitor"),
    _s("voucher_list", state="some"),
    _s("voucher_detail", of("voucher"), "to-complete"),
    _s("voucher_detail", of("used_voucher"), "used"),
    _c("expense_kind_list"),
    _c("expense_kind_detail", of("expense_kind")),
    _c("expense_kind_edit", of("expense_kind")),
    _c("expense_rule_new", of("expense_kind")),
)

# -- EXPB: check of claims, mileage
CLAIMS_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            "invoicing:claims_approve",
            "invoicing:claim_order",
            "invoicing:trip_remove",
            "invoicing:favourite_trip_drop",
            "invoicing:vehicle_archive",
            "invoicing:advance_grant",
            "invoicing:recharge_undo",
        ),
        ACTS,
    ),
    "invoicing:trip_live": PART,
}
CLAIMS: tuple[Stop, ...] = (
    _s("trip_list"),
    _s("trip_new"),
    _s("trip_detail", of("trip")),
    _s("trip_edit", of("trip")),
    _s("mileage_log"),
    _s("vehicle_list"),
    _s("vehicle_new"),
    _s("vehicle_detail", of("vehicle")),
    _s("vehicle_edit", of("vehicle")),
    _s("vehicle_paper_new", of("vehicle")),
    _s("advance_list"),
    _s("advance_new"),
    _s("advance_detail", of("advance")),
    _s("claim_detail", of("claim_approved"), "approved"),
    _s("claim_waive", of("claim_approved")),
    _c("claim_queue"),
    _c("claim_check", of("claim_to_check")),
    _c("claim_reverse", of("claim_approved")),
    _c("advance_detail", of("advance"), "staff"),
    _c("advance_refuse", of("advance")),
    _c("advance_return", of("advance")),
    _c("mileage_scale_list"),
    _c("mileage_scale_new", of("mileage_scale")),
    Stop("invoicing:recharge_new", "seller", lambda house: house.draft),
)

# -- INC: files that come in
INCOMING_NO_PAGE: dict[str, str] = {
    "invoicing:incoming_shown": FILE,
    **dict.fromkeys(
        (
            "invoicing:incoming_bring_back",
            "invoicing:incoming_open",
            "invoicing:mail_in_make",
            "invoicing:mail_in_withdraw",
        ),
        ACTS,
    ),
}
INCOMING: tuple[Stop, ...] = (
    _s("incoming_list", state="some"),
    _c("incoming_list", state="accountant"),
    _s("incoming_list", state="nothing-found", query="?q=introuvable"),
    _s("incoming_deposit"),
    _s("incoming_detail", of("read_file"), "read"),
    _s("incoming_detail", of("unreadable_file"), "unreadable"),
    _s("incoming_detail", of("file_set_aside"), "set-aside"),
    _c("incoming_detail", of("stray_file"), "stray"),
    _s("incoming_assign", of("unreadable_file")),
    _s("incoming_set_aside", of("unreadable_file")),
    _s("mail_in_addresses"),
    _c("incoming_mails"),
)

# -- PUR: suppliers, orders, purchases
PURCHASES_NO_PAGE: dict[str, str] = dict.fromkeys(
    (
        "invoicing:purchase_take",
        "invoicing:purchase_resume",
        "invoicing:purchase_release",
        "invoicing:purchase_order_submit",
        "invoicing:purchase_order_take_back",
        "invoicing:supplier_accept",
        "invoicing:supplier_archive",
        "invoicing:supplier_restore",
        "invoicing:split_key_archive",
        "invoicing:split_key_restore",
    ),
    ACTS,
)
PURCHASES: tuple[Stop, ...] = (
    _s("purchase_list", state="some"),
    _c("purchase_list", state="accountant"),
    _s("purchase_list", state="nothing-found", query="?q=introuvable"),
    _s("purchase_new"),
    _c("purchase_new", state="accountant"),
    _s("purchase_detail", of("received_purchase"), "received"),
    _c("purchase_detail", of("doubtful_purchase"), "doubtful"),
    _c("purchase_detail", of("approved_purchase"), "approved"),
    _c("purchase_detail", of("ordered_purchase"), "ordered"),
    _c("purchase_detail", of("credit_note"), "credit-note"),
    _s("purchase_edit", of("received_purchase")),
    _c("purchase_approve", of("doubtful_purchase")),
    _s("purchase_dispute", of("received_purchase")),
    _s("purchase_refuse", of("received_purchase")),
    _c("purchase_undo", of("approved_purchase")),
    _c("purchase_payment", of("approved_purchase")),
    _c("purchase_withdraw", of("ordered_purchase")),
    _c("purchase_settle", of("approved_purchase")),
    _c("purchase_impute", of("credit_note")),
    _c("purchase_due_list", state="some"),
    _c("supplier_balances", state="some"),
    _s("supplier_list", state="some"),
    _c("supplier_list", state="accountant"),
    _c("supplier_detail", of("supplier"), "bank-waits"),
    _s("supplier_detail", of("supplier"), "seller"),
    _s("supplier_new"),
    _c("supplier_edit", of("supplier")),
    _c("bank_propose", of("other_supplier")),
    _c("bank_confirm", of("waiting_bank")),
    _c("bank_reject", of("waiting_bank")),
    _s("purchase_order_list", state="some"),
    _s("purchase_order_new"),
    _s("purchase_order_detail", of("draft_order"), "draft"),
    _s("purchase_order_detail", of("numbered_order"), "approved"),
    _s("purchase_order_edit", of("draft_order")),
    _c("purchase_order_approve", of("draft_order")),
    _s("purchase_order_send", of("numbered_order")),
    _s("purchase_order_receive", of("numbered_order")),
    _s("purchase_order_close", of("numbered_order")),
    _s("purchase_order_cancel", of("draft_order")),
    _c("split_key_list", state="some"),
    _c("split_key_new"),
    _c("split_key_detail", of("split_key")),
    _c("split_key_weigh", of("split_key")),
)

# -- PAY: payment orders
PAYMENTS_NO_PAGE: dict[str, str] = {"people:bank_confirm": ACTS}


def _pay(name: str, of_what: Of | None = None, state: str = "", who: str = "") -> Stop:
    """Seen by the accountant unless said otherwise."""
    return Stop(f"accounting:{name}", who or "accountant", of_what, state)


PAYMENTS: tuple[Stop, ...] = (
    _pay("payment_list", state="some"),
    _pay("payment_held", state="some"),
    _pay("payment_all", state="some"),
    _pay("payment_detail", of("planned_payment"), "planned"),
    _pay("payment_detail", of("held_payment"), "held"),
    _pay("payment_detail", of("rejected_payment"), "rejected"),
    _pay("payment_detail", of("sent_payment"), "at-bank"),
    _pay("payment_clear", of("held_payment")),
    _pay("payment_correct", of("rejected_payment")),
    _pay("payment_settle", of("sent_payment")),
    _pay("payment_reject", of("sent_payment")),
    _pay("batch_list", state="some"),
    _pay("batch_prepare"),
    _pay("batch_detail", of("prepared_batch"), "prepared"),
    _pay("batch_detail", of("released_batch"), "released"),
    _pay("batch_detail", of("prepared_batch"), "to-release", "co_manager"),
    _pay("batch_release", of("prepared_batch"), who="co_manager"),
    _pay("batch_cancel", of("prepared_batch")),
    _pay("batch_settle", of("released_batch")),
    Stop("people:own_bank", "seller"),
    Stop("people:bank_list", "accountant"),
    Stop("people:bank_detail", "accountant", of("given_bank")),
    Stop("people:bank_refuse", "accountant", of("given_bank")),
)

# -- PROG: parts of a quote
PARTS_NO_PAGE: dict[str, str] = {
    "invoicing:quote_instalment": ACTS,
    "invoicing:quote_balance": ACTS,
    "invoicing:quote_unamend": ACTS,
    "invoicing:quote_account": FILE,
}
PARTS: tuple[Stop, ...] = (
    _s("quote_deposit", of("work")),
    _s("quote_interim", of("by_parts")),
    _s("quote_progress", of("work")),
    _s("quote_amend", of("work")),
    _s("part_edit", of("part_draft")),
    _s("retention_release", of("situation")),
    _s("retention_list"),
)

# -- CHA: reminders, statements, losses
CHASING_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            "invoicing:reminders_send",
            "invoicing:steps_forget",
            "invoicing:policy_set",
            "invoicing:pause_lift",
            "invoicing:merge_undo",
            "invoicing:access_withdraw",
            "invoicing:access_copy",
            "invoicing:dispute_close",
            "invoicing:invoice_recovery",
        ),
        ACTS,
    ),
    "invoicing:chase_letter": PART,
    "invoicing:account_file": FILE,
    "invoicing:account_statement": FILE,
}


def _by_link(name: str) -> Stop:
    """Seen by who holds the link."""
    return Stop(f"invoicing:{name}", "visitor", lambda house: (house.spent["account_token"],))


CHASING: tuple[Stop, ...] = (
    _s("reminder_list"),
    _c("reminder_list", state="staff"),
    _s("chased_list"),
    _s("chased_list", state="paused", query="?stage=paused"),
    _s("chase_customer", of("late_customer")),
    _s("chase_customer", of("late_customer"), "letter", "?channel=letter&tone=formal"),
    _s("reminder_detail", of("reminder")),
    _s("reminder_undo", of("reminder")),
    _s("reminder_steps"),
    _c("house_steps"),
    _s("activity_steps", lambda house: (house.activity.pk,)),
    _s("customer_detail", of("late_customer"), "late"),
    _s("customer_duplicates"),
    _s("customer_merge", lambda house: tuple(one.pk for one in house.spent["twins"][:2])),
    _s("customer_statement", of("late_customer")),
    _s("statement_send", of("late_customer")),
    _s("customer_pause", of("late_customer")),
    _s("dispute_open", of("late_customer")),
    _s("credit_limit", of("late_customer")),
    _s("invoice_pause", of("late_invoice")),
    _c("invoice_loss", of("late_invoice")),
    _c("loss_back", of("lost_invoice")),
    _c("invoice_detail", of("lost_invoice"), "lost"),
    _by_link("account"),
    _by_link("account_question"),
)

# -- EXC: statuses and exchange
EXCHANGE_NO_PAGE: dict[str, str] = {
    "invoicing:exchange_again": ACTS,
    "invoicing:exchange_bulk": ACTS,
    "invoicing:exchange_deposited": ACTS,
    "invoicing:exchange_file": FILE,
    "invoicing:sender_ask_again": ACTS,
}
EXCHANGE: tuple[Stop, ...] = (
    _c("exchange_list"),
    _c("exchange_list", state="in-error", query="?step=failed"),
    _c("exchange_message", of("package")),
    _c("exchange_message", of("told"), state="came"),
    _c("exchange_message", of("broken"), state="broken"),
    _c("exchange_aside", of("broken")),
    _c("invoice_status", of("exchanged")),
    _s("invoice_detail", of("exchanged"), state="disputed"),
    _c("address_list"),
    _c("address_give"),
    _s("sender_edit"),
    Stop("invoicing:reply_address", "visitor", lambda house: (house.spent["reply_token"],)),
)

# -- DEAL: deals, papers, contracts read
DEALS_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(
        (
            "invoicing:piece_detach",
            "invoicing:deal_file_remove",
            "invoicing:deal_file_restore",
            "invoicing:deal_reopen",
            "invoicing:review_withdraw",
            "invoicing:clause_archive",
            "invoicing:clause_restore",
            "invoicing:deal_kind_archive",
            "invoicing:deal_paper_stop",
        ),
        ACTS,
    ),
}
DEALS: tuple[Stop, ...] = (
    _s("deal_list"),
    _s("deal_new"),
    _s("deal_detail", of("deal")),
    _s("deal_detail", of("deal_wanting"), "wanting"),
    _s("deal_detail", of("deal_closed"), "closed"),
    _s("deal_edit", of("deal")),
    _s("piece_attach", of("deal")),
    _s("deal_join", lambda house: ("factures", house.issued.pk)),
    _s("deal_file_add", of("deal")),
    _s("deal_close", of("deal_wanting")),
    _c("deal_detail", of("deal_wanting"), "staff"),
    _c("paper_waive", lambda house: (house.spent["deal_wanting"].pk, house.spent["deal_paper"].pk)),
    _s("review_list"),
    _s("review_new"),
    _s("review_detail", of("review")),
    _s("review_detail", of("review_answered"), "answered"),
    _c("review_answer", of("review")),
    _c("clause_list"),
    _c("clause_new"),
    _c("clause_detail", of("clause")),
    _c("clause_edit", of("clause")),
    _c("deal_kind_list"),
    _c("deal_kind_new"),
    _c("deal_kind_detail", of("deal_kind")),
)

# -- JOINT: joint quotes, internal sales
JOINT_NO_PAGE: dict[str, str] = dict.fromkeys(
    (
        "invoicing:quote_shares_ask",
        "invoicing:quote_share_agree",
        "invoicing:quote_share_withdraw",
        "invoicing:internal_offer",
        "invoicing:internal_take_back",
        "invoicing:internal_accept",
        "invoicing:internal_invoice",
        "invoicing:internal_discard",
    ),
    ACTS,
) | {"invoicing:internal_preview": FILE}
JOINT: tuple[Stop, ...] = (
    _s("quote_shares", of("joint_draft"), "lines"),
    _s("quote_detail", of("joint_draft"), "joint-draft"),
    _s("quote_detail", of("joint_quote"), "joint"),
    _s("invoice_detail", of("joint_invoice"), "joint"),
    _s("internal_list", state="some"),
    _s("internal_new"),
    _s("internal_detail", of("internal_draft"), "draft"),
    _s("internal_detail", of("internal_invoiced"), "invoiced"),
    _s("internal_edit", of("internal_draft")),
    _s("internal_credit", of("internal_invoiced")),
    _c("internal_detail", of("internal_offered"), "offered"),
    _c("internal_decline", of("internal_offered")),
)

# -- JR: recurring documents
RECURRING_NO_PAGE: dict[str, str] = dict.fromkeys(
    (
        "invoicing:recurring_pause",
        "invoicing:recurring_resume",
        "invoicing:recurring_end",
        "invoicing:recurring_make",
    ),
    ACTS,
)
RECURRING: tuple[Stop, ...] = (
    _s("recurring_list", state="some"),
    _s("recurring_detail", of("plan")),
    _s("recurring_edit", of("plan")),
    _s("invoice_repeat", of("repeated_invoice")),
    _s("quote_repeat", of("repeated_quote")),
    _s("purchase_order_repeat", of("repeated_order")),
)

# -- DN: delivery notes and proforma invoices
DELIVERIES_NO_PAGE: dict[str, str] = {
    "invoicing:delivery_issue": ACTS,
    "invoicing:delivery_link": ACTS,
    "invoicing:proforma_link": ACTS,
    "invoicing:public_piece_file": FILE,
}


def _piece(name: str, token: str, state: str = "") -> Stop:
    """Seen by whoever holds the link of a piece."""
    return Stop(f"invoicing:{name}", "visitor", lambda house: (house.spent[token],), state)


DELIVERIES: tuple[Stop, ...] = (
    _s("delivery_list", state="some"),
    _c("delivery_list", state="accountant"),
    _s("delivery_list", state="nothing-found", query="?q=introuvable"),
    _s("delivery_detail", of("delivery_draft"), "draft"),
    _s("delivery_detail", of("delivery_issued"), "issued"),
    _s("delivery_detail", of("delivery_signed"), "signed"),
    _s("delivery_edit", of("delivery_draft")),
    _s("delivery_send", of("delivery_issued")),
    _s("delivery_sign", of("delivery_issued")),
    _s("delivery_cancel", of("delivery_issued")),
    _s("quote_delivery", of("delivered_quote")),
    _s("invoice_delivery", of("delivered_invoice")),
    _s("proforma_list", state="some"),
    _s("proforma_detail", of("proforma")),
    _s("proforma_send", of("proforma")),
    _s("quote_proforma", of("announced_quote")),
    _s("invoice_proforma", of("announced_draft")),
    _piece("public_piece", "delivery_token", "to-sign"),
    _piece("public_piece", "signed_token", "signed"),
    _piece("public_piece", "proforma_token", "proforma"),
    _piece("public_piece_sign", "delivery_token"),
)

# -- DEB: what was paid in the name of customers
DISBURSEMENTS: tuple[Stop, ...] = (Stop("invoicing:proof_new", "seller", lambda house: house.activity),)

NO_PAGE: dict[str, str] = {
    **EXPENSES_NO_PAGE,
    **CLAIMS_NO_PAGE,
    **INCOMING_NO_PAGE,
    **PURCHASES_NO_PAGE,
    **PAYMENTS_NO_PAGE,
    **PARTS_NO_PAGE,
    **CHASING_NO_PAGE,
    **EXCHANGE_NO_PAGE,
    **DEALS_NO_PAGE,
    **JOINT_NO_PAGE,
    **RECURRING_NO_PAGE,
    **DELIVERIES_NO_PAGE,
}

STOPS: tuple[Stop, ...] = (
    *EXPENSES,
    *CLAIMS,
    *INCOMING,
    *PURCHASES,
    *PAYMENTS,
    *PARTS,
    *CHASING,
    *EXCHANGE,
    *DEALS,
    *JOINT,
    *RECURRING,
    *DELIVERIES,
    *DISBURSEMENTS,
)
