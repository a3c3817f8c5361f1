"""The addresses of the books, and how the walk reaches them: lists a subject, in the order of the room.
Objects are those of tests/browser/books.py."""

from __future__ import annotations

from accounting.models import StatementLayout
from tests.browser.stops import ACTS, FILE, PART, Stop, seen_by, shelf

of = shelf("booked")
_c = seen_by("accountant", "accounting")
_h = seen_by("human_resources", "accounting")
_s = seen_by("seller", "accounting")

# -- ledger
LEDGER_NO_PAGE: dict[str, str] = {
    "accounting:month_close": ACTS,
    "accounting:manual_validate": ACTS,
    "accounting:manual_discard": ACTS,
    "accounting:model_withdraw": ACTS,
    "accounting:recurring_skip": ACTS,
    "accounting:recurring_act": ACTS,
    "accounting:planned_drop": ACTS,
}
LEDGER: tuple[Stop, ...] = (
    _c("overview"),
    _c("month_list"),
    _c("month_list", None, "closed", "?exercice=2020-01"),
    _c("month_detail", lambda _house: ("2020-01",), "closed"),
    _c("month_detail", lambda _house: ("2020-02",), "to-close"),
    _c("month_detail", lambda _house: ("2199-01",), "to-come"),
    _c("month_reopen", lambda _house: ("2020-01",)),
    _c("month_lock", lambda _house: ("2020-01",)),
    _c("fiscal_year_open"),
    _c("fiscal_year_close", lambda _house: ("2020-01",)),
    _c("manual_list"),
    _c("manual_list", None, "none", "?q=absent"),
    _c("manual_new"),
    _c("manual_detail", of("manual_draft")),
    _c("manual_detail", of("manual_uneven"), "uneven"),
    _c("manual_detail", of("manual_posted"), "posted"),
    _c("manual_detail", of("manual_given_up"), "given-up"),
    _c("manual_edit", of("manual_draft")),
    _c("manual_attach", of("manual_draft")),
    _c("model_list"),
    _c("model_new"),
    _c("model_detail", of("entry_model")),
    _c("model_edit", of("entry_model")),
    _c("recurring_list"),
    _c("recurring_new"),
    _c("recurring_detail", of("recurring_entry")),
    _c("planned_list"),
    _c("entry", of("planned_entry"), "planned"),
    _c("entry_reverse", of("free_entry")),
)

# -- lettering
LETTERING_NO_PAGE: dict[str, str] = {
    "accounting:letter_all": ACTS,
    "accounting:section_open": ACTS,
    "accounting:journals_restore": ACTS,
}
LETTERING: tuple[Stop, ...] = (
    _c("lettering_accounts"),
    _c("letter_account", of("lettered_account")),
    _c("letter_account", of("lettered_account"), "none", "?q=absent"),
    _c("letter_proposals", of("lettered_account")),
    _c("lettering_list"),
    _c("lettering_detail", of("lettering")),
    _c("lettering_detail", of("lettering_undone"), "undone"),
    _c("lettering_undo", of("lettering")),
    _c("aged_balance"),
    _c("aged_balance", None, "suppliers", "?cote=fournisseurs"),
    _c("aged_section", of("lettered_section"), "lines", "?tiers=Client+A"),
    _s("own_aged", of("lettered_activity")),
    _c("lack_list"),
)

# -- layouts
LAYOUTS_NO_PAGE: dict[str, str] = {
    "accounting:layout_try": PART,
    "accounting:layout_file": FILE,
    "accounting:cooperative_file": FILE,
    "accounting:shared_services_file": FILE,
}
LAYOUTS: tuple[Stop, ...] = (
    _s("layout_statement", lambda house: (house.activity.pk, "resultat")),
    _s("layout_statement", lambda house: (house.activity.pk, "bilan"), "balance"),
    _s("layout_lines", lambda house: (house.activity.pk, "resultat", "produits")),
    _c("cooperative_home"),
    _c("cooperative_statement", lambda _house: ("bilan",)),
    _c("cooperative_lines", lambda _house: ("resultat", "produits")),
    _s("shared_services"),
    _c("sales_by_axis"),
    _c("layout_list"),
    _c("layout_add"),
    _c("layout_add", state="version", query="?version=1"),
    _c("layout_detail", lambda _house: StatementLayout.objects.first()),
)

# -- levies
LEVIES_NO_PAGE: dict[str, str] = {
    "accounting:trial_again": ACTS,
    "accounting:year_close": ACTS,
}
LEVIES: tuple[Stop, ...] = (
    _c("levy_list"),
    _c("levy_list", None, "none", "?q=absent"),
    _c("levy_add"),
    _c("levy_add", None, "changed", "?de=1"),
    _c("levy_detail", of("levy")),
    _c("levy_detail", of("levy_ended"), "ended"),
    Stop("accounting:levy_detail", "seller", of("levy"), "seller"),
    _c("levy_taking_list", of("levy")),
    _c("levy_end", of("levy")),
    _c("levy_term_add", of("levy")),
    _c("levy_term_end", of("levy_term")),
    _s("levy_taking", of("levy_taking")),
    _c("levy_taking_undo", of("levy_taking")),
    _c("year_preview"),
    _c("trial_list"),
    _c("trial_detail", of("trial")),
    _c("trial_detail", of("trial_asked"), "asked"),
)

# -- simulation
SIMULATION_NO_PAGE: dict[str, str] = {}
SIMULATION: tuple[Stop, ...] = (
    _s("simulate_pay"),
    _s("simulate_pay", state="simulated", query="?known=net&amount=1200&month=2026-11"),
    _c("pay_rules"),
    _c("ruleset_start", of("ruleset")),
    _c("override_end", of("override")),
    _s("affordable_pay", lambda house: house.activity),
    _s("price", lambda house: house.activity),
    _s(
        "price",
        lambda house: house.activity,
        state="worked-out",
        query="?wanted=price&net=1200&days=120&costs=3000",
    ),
)

# -- payroll
PAYROLL_NO_PAGE: dict[str, str] = {
    "accounting:pay_agree": ACTS,
    "accounting:pay_check": ACTS,
    "accounting:pay_check_many": ACTS,
    "accounting:pay_layout_confirm": ACTS,
    "accounting:pay_layout_offer": ACTS,
    "accounting:pay_moves_file": FILE,
    "accounting:pay_print": ACTS,
    "accounting:pay_year_settle": ACTS,
    "accounting:payslip_file": FILE,
    "accounting:retained_drop": ACTS,
    "accounting:slips_drop": ACTS,
    "accounting:slips_file": ACTS,
}
PAYROLL: tuple[Stop, ...] = (
    _s("my_pay"),
    _s("my_pay", state="to-accept", query="?mois=2026-10"),
    _s("my_pays"),
    _s("pay_ask", of("pay_to_accept")),
    _s("pay_year", of("pay_year"), "own"),
    _s("retained", of("retained")),
    _h("pay_list"),
    _h("pay_list", None, "short", "?mois=2026-11&a_voir=court"),
    _h("pay_list", None, "none", "?q=absent"),
    _h("pay_propose"),
    _h("pay_detail", of("pay")),
    _h("pay_detail", of("pay_to_accept"), "to-accept"),
    _h("pay_detail", of("pay_withdrawn"), "withdrawn"),
    _h("pay_revise", of("pay_to_accept")),
    _h("pay_withdraw", of("pay_to_accept")),
    _h("pay_moves"),
    _h("pay_number", lambda house: house.booked["pay"].person_id),
    _h("pay_layouts"),
    _h("pay_layout_add"),
    _h("pay_layout", of("pay_layout")),
    _h("pay_layout_change", of("pay_layout")),
    _h("pay_exports"),
    _h("pay_export_add"),
    _h("pay_export", of("pay_export")),
    _h("pay_export", of("pay_export_replaced"), "replaced"),
    _h("pay_export_again", of("pay_export")),
    _c("pay_imports"),
    _c("pay_import_add"),
    _c("pay_import", of("pay_journal")),
    _c("pay_import", of("pay_journal_undone"), "undone"),
    _c("pay_import_undo", of("pay_journal")),
    _h("slip_list"),
    _h("slips_add"),
    _h("slip_batch", of("slip_batch")),
    _h("pay_years"),
    _h("pay_years_compute"),
    _h("pay_years_assembly"),
    _h("pay_year", of("pay_year")),
    _h("retained_add", of("pay_year")),
)

# -- bank
BANK_NO_PAGE: dict[str, str] = {}
BANK: tuple[Stop, ...] = (
    _c("bank"),
    _c("bank_lines"),
    _c("bank_lines", None, "none", "?q=absente"),
    _c("bank_line", of("bank_line")),
    _c("bank_line", of("bank_line"), "search", "?piece=client"),
    _c("bank_line", of("bank_line_matched"), "matched"),
    _c("bank_line", of("bank_line_undone"), "undone"),
    _c("bank_line", of("bank_line_ruled"), "ruled", "?ventiler=1"),
    _c("bank_undo", of("bank_line_matched")),
    _c("bank_sure"),
    _c("bank_import"),
    _c("bank_statements"),
    _c("bank_statement", of("bank_statement")),
    _c("bank_statement_remove", of("bank_statement")),
    _c("bank_rules"),
    _c("bank_rule", of("bank_rule")),
    _c("bank_layouts"),
    _c("bank_layout_add"),
    _c("bank_layout_change", of("bank_layout")),
    _c("bank_account_add"),
    _c("bank_account", of("bank_account")),
)

# -- reconciliation
RECONCILIATION_NO_PAGE: dict[str, str] = {
    "accounting:deposit_pdf": FILE,
}
RECONCILIATION: tuple[Stop, ...] = (
    _c("deposit_list"),
    _c("deposit_prepare"),
    _c("deposit_detail", of("slip")),
    _c("deposit_detail", of("slip_deposited"), "deposited"),
    _c("deposit_detail", of("slip_credited"), "credited"),
    _c("deposit_detail", of("slip_cancelled"), "cancelled"),
    _c("deposit_deposit", of("slip")),
    _c("deposit_credit", of("slip_deposited")),
    _c("deposit_take_back", of("slip_credited")),
    _c("deposit_cancel", of("slip")),
    Stop("accounting:reconciliation_home", "accountant", sent_on=True),
    _c("reconciliation", of("reconciled_account")),
)

# -- treasury
TREASURY_NO_PAGE: dict[str, str] = {
    "accounting:scenario_drop": ACTS,
    "accounting:house_scenario_drop": ACTS,
}


TREASURY: tuple[Stop, ...] = (
    _s("forecast", lambda house: house.activity),
    _s("forecast", lambda house: house.activity, "compared", "?mois=9&retard=30&paie=400"),
    _s("forecast_month", lambda house: (house.activity.pk, house.booked["this_month"])),
    _s("scenario_keep", lambda house: house.activity, query="?retard=30"),
    _c("house_forecast"),
    _c("house_forecast", None, "compared", "?mois=12&retard=60"),
    _c("house_month", lambda house: (house.booked["this_month"],)),
    _c("house_scenario_keep", None, "", "?retard=60"),
    _c("cash_plan_list"),
    _c("cash_plan_list", None, "none", "?q=absent"),
    _c("cash_plan_add"),
    _c("cash_plan_end", of("cash_plan")),
    _c("floor_list"),
    _c("floor_set"),
    _c("floor_end", of("cash_floor")),
    _c("excess_list"),
    Stop("accounting:excess_allow", "welcomer"),
    Stop("accounting:excess_end", "welcomer", of("floor_excess")),
)

# -- vat
VAT_NO_PAGE: dict[str, str] = {
    "accounting:vat_prepare": ACTS,
    "accounting:vat_reopen": ACTS,
    "accounting:vat_sheet": FILE,
    "accounting:deadline_make": ACTS,
    "accounting:deadline_reopen": ACTS,
}
VAT: tuple[Stop, ...] = (
    _c("vat_list"),
    _c("vat_open"),
    _c("vat_untaxed"),
    _c("coefficient_list"),
    _c("coefficient_add"),
    _c("vat_rule", of("vat_doubtful")),
    _c("vat_assess", of("vat_untaxed")),
    _c("vat_return", of("vat_draft"), "draft"),
    _c("vat_return", of("vat_ready"), "ready"),
    _c("vat_return", of("vat_filed"), "filed"),
    _c("vat_box", of("vat_filed", "08")),
    _c("vat_file", of("vat_ready")),
    _c("vat_undo", of("vat_filed")),
    _c("vat_pay", of("vat_filed")),
    _c("deadline_list"),
    _c("deadline_all"),
    _c("deadline_add"),
    _c("deadline_detail", of("tax_deadline")),
    _c("deadline_follow", of("tax_deadline")),
    _c("deadline_file", of("tax_deadline")),
    _c("deadline_pay", of("tax_deadline")),
    _c("deadline_drop", of("tax_deadline")),
)

# -- funds
FUNDS_NO_PAGE: dict[str, str] = {
    "accounting:fund_start": ACTS,
    "accounting:duty_remove": ACTS,
    "accounting:instalment_remove": ACTS,
}
FUNDS: tuple[Stop, ...] = (
    _c("fund_list"),
    _c("fund_list", None, "none", "?q=absente"),
    _s("fund_list", None, "seller"),
    _c("fund_add"),
    _c("fund_rests"),
    _c("fund_detail", of("fund")),
    _c("fund_detail", of("fund_asked"), "asked"),
    _c("fund_detail", of("fund_won"), "won"),
    _c("fund_detail", of("fund_lost"), "lost"),
    _s("fund_detail", of("fund"), "seller"),
    _c("fund_change", of("fund_asked")),
    _c("fund_award", of("fund_asked")),
    _c("fund_amend", of("fund")),
    _c("fund_refuse", of("fund_asked")),
    _c("fund_give_up", of("fund_asked")),
    _c("fund_close", of("fund")),
    _c("instalment_add", of("fund")),
    _c("instalment_receive", of("fund_instalment")),
    _c("duty_add", of("fund")),
    _c("duty_do", of("fund_duty")),
    _c("fund_letter_add", of("fund")),
    _c("fund_spending_list", of("fund")),
    _c("fund_spending_add", lambda house: (house.booked["fund"].pk, house.booked["fund_cost"].pk)),
    _c("fund_spending_undo", of("fund_spending")),
)

# -- year_end
YEAR_END_NO_PAGE: dict[str, str] = {
    "accounting:year_prepare": ACTS,
    "accounting:year_resume": ACTS,
    "accounting:year_carry": ACTS,
    "accounting:year_send": ACTS,
    "accounting:year_remind": ACTS,
}
YEAR_END: tuple[Stop, ...] = (
    _c("year_workbench", lambda _house: ("2025-01",)),
    _c("year_workbench", lambda _house: ("2025-01",), "none", "?q=absent"),
    _c("year_undo", lambda _house: ("2025-01",)),
    _c("accrual_list", lambda _house: ("2025-01",)),
    _c("accrual_new", lambda _house: ("2025-01",)),
    _c("year_statement", of("year_statement"), "read"),
    _s("year_statement", of("year_statement"), "to-accept"),
    _s("year_statements", lambda house: (house.activity.pk,)),
    _s("my_year_statements"),
)

# -- allocation
ALLOCATION_NO_PAGE: dict[str, str] = {
    "accounting:allocation_propose": ACTS,
    "accounting:allocation_decide": ACTS,
    "accounting:allocation_try": PART,
    "accounting:allocation_read": ACTS,
    "accounting:allocation_pay_rest": ACTS,
    "accounting:allocation_file": FILE,
}
ALLOCATION: tuple[Stop, ...] = (
    _c("allocation_list"),
    _c("allocation_list", None, "none", "?q=absent"),
    _c("allocation", lambda _house: ("2020-01",), "none"),
    _c("allocation", lambda _house: ("2022-01",), "proposed"),
    _c("allocation", lambda _house: ("2021-01",), "paid"),
    _c("allocation_facts", of("allocation")),
    _c("allocation_right", of("allocation_right")),
    _c("allocation_join", of("allocation")),
    _c("allocation_take_back", of("allocation")),
    _c("allocation_vote", of("allocation")),
    _c("allocation_reconsider", of("allocation")),
    _c("allocation_post", of("allocation")),
    _c("allocation_undo", of("allocation")),
    _c("allocation_pay", of("allocation")),
    _c("allocation_unpay", of("allocation")),
)

# -- exports
EXPORTS_NO_PAGE: dict[str, str] = {
    "accounting:fec_make": ACTS,
    "accounting:ledger_import_try": ACTS,
    "accounting:ledger_import_apply": ACTS,
    "accounting:ledger_import_discard": ACTS,
}
EXPORTS: tuple[Stop, ...] = (
    _c("fec_list"),
    _c("fec_list", None, "none", "?q=absent"),
    _c("fec_check"),
    _c("fec", of("fec")),
    _c("export_list"),
    _c("export_list", None, "none", "?q=absent"),
    _c("export_add"),
    _c("export_add", None, "seen", "?starts_on=2020-01-01&ends_on=2020-01-31&journals=OD&format=csv"),
    _c("export_batch", of("export_batch")),
    _c("export_undo", of("export_batch")),
    _c("ledger_import_list"),
    _c("ledger_import_list", None, "none", "?q=absent"),
    _c("ledger_source_list"),
    _c("ledger_source_add"),
    _c("ledger_source", of("ledger_source")),
    _c("ledger_import_add"),
    _c("ledger_import", of("ledger_applied"), "applied"),
    _c("ledger_import", of("ledger_trial"), "trial"),
    _c("ledger_import", of("ledger_wrong"), "wrong"),
    _c("ledger_import", of("ledger_undone"), "undone"),
    _c("ledger_import", of("ledger_unread"), "unread"),
    _c("ledger_import_columns", of("ledger_unread")),
    _c("ledger_import_differences", of("ledger_applied")),
    _c("ledger_import_undo", of("ledger_applied")),
)

# -- audit
AUDIT_NO_PAGE: dict[str, str] = {
    "accounting:audit_make": ACTS,
}
AUDIT: tuple[Stop, ...] = (
    _c("audit_home"),
    _c("audit_home", None, "empty", "?exercice=2199-01"),
    _c("audit_proof", lambda _house: ("numeros",)),
    _c("audit_proof", lambda _house: ("saisies",), "by-hand", "?exercice=2026-01"),
    _c("audit_proof", lambda _house: ("reglages",), "settings"),
)

NO_PAGE: dict[str, str] = {
    **LEDGER_NO_PAGE,
    **LETTERING_NO_PAGE,
    **LAYOUTS_NO_PAGE,
    **LEVIES_NO_PAGE,
    **SIMULATION_NO_PAGE,
    **PAYROLL_NO_PAGE,
    **BANK_NO_PAGE,
    **RECONCILIATION_NO_PAGE,
    **TREASURY_NO_PAGE,
    **VAT_NO_PAGE,
    **FUNDS_NO_PAGE,
    **YEAR_END_NO_PAGE,
    **ALLOCATION_NO_PAGE,
    **EXPORTS_NO_PAGE,
    **AUDIT_NO_PAGE,
}

STOPS: tuple[Stop, ...] = (
    *LEDGER,
    *LETTERING,
    *LAYOUTS,
    *LEVIES,
    *SIMULATION,
    *PAYROLL,
    *BANK,
    *RECONCILIATION,
    *TREASURY,
    *VAT,
    *FUNDS,
    *YEAR_END,
    *ALLOCATION,
    *EXPORTS,
    *AUDIT,
)
