"""The rows of the books, one file per concept."""

from accounting.models.accounts import Account, AnalyticAccount, CostKind, Journal
from accounting.models.allocation import AllocationRight, AllocationShare, ResultAllocation
from accounting.models.bank import BankAccount, BankLayout, BankLine, BankStatement
from accounting.models.bank_matches import BankMatch, BankMatchedLine, BankRule
from accounting.models.closings import Closing
from accounting.models.contributions import ContributionPart, ContributionRun, SaleMovement
from accounting.models.controls import BooksControl
from accounting.models.deadlines import DeadlineRule, TaxDeadline
from accounting.models.deposits import DepositItem, DepositSlip
from accounting.models.entries import Entry, EntryLine
from accounting.models.entry_models import EntryModel, EntryModelLine, RecurringEntry
from accounting.models.exports import ExportBatch, ExportedEntry
from accounting.models.fec import FecExport
from accounting.models.funds import Fund, FundDeferral, FundDuty, FundInstalment, FundSpending
from accounting.models.layouts import LayoutLine, StatementLayout
from accounting.models.ledger_imports import ImportedEntry, LedgerDifference, LedgerImport, LedgerSource
from accounting.models.lettering import LetteredLine, Lettering
from accounting.models.levies import Levy, LevyTaking, LevyTerm
from accounting.models.manual import ManualEntry, ManualLine, PlannedReversal
from accounting.models.pay_rules import PayrollOverride, PayrollRuleset
from accounting.models.pay_years import RetainedResultAgreement, YearEndRegularisation
from accounting.models.payments import PaymentBatch, PaymentLine, PaymentOrder
from accounting.models.payroll import PayItem, PayMonth, PayNumber, PayProposal
from accounting.models.payroll_files import (
    ExportLayout,
    PayExport,
    PayExportEntry,
    PayJournalImport,
    PayResult,
)
from accounting.models.payslips import Payslip, PayslipBatch
from accounting.models.periods import FiscalYear, Period
from accounting.models.scales import ContributionScale, Exemption, ScaleAssignment
from accounting.models.sharing import ResultSharePart, ResultSharing
from accounting.models.totals import MonthTotal
from accounting.models.treasury import (
    CashFloor,
    CashPlan,
    FloorExcess,
    ForecastAlert,
    ForecastScenario,
)
from accounting.models.trials import ScaleTrial
from accounting.models.vat_coefficients import VatCoefficient
from accounting.models.vat_forms import VatBox, VatForm
from accounting.models.vat_returns import VatCounted, VatFigure, VatReturn, VatRuling
from accounting.models.year_closings import StatementAgreement, YearClosing

__all__ = [
    "Account",
    "AllocationRight",
    "AllocationShare",
    "AnalyticAccount",
    "BankAccount",
    "BankLayout",
    "BankLine",
    "BankMatch",
    "BankMatchedLine",
    "BankRule",
    "BankStatement",
    "BooksControl",
    "CashFloor",
    "CashPlan",
    "Closing",
    "ContributionPart",
    "ContributionRun",
    "ContributionScale",
    "CostKind",
    "DeadlineRule",
    "DepositItem",
    "DepositSlip",
    "Entry",
    "EntryLine",
    "EntryModel",
    "EntryModelLine",
    "Exemption",
    "ExportBatch",
    "ExportLayout",
    "ExportedEntry",
    "FecExport",
    "FiscalYear",
    "FloorExcess",
    "ForecastAlert",
    "ForecastScenario",
    "Fund",
    "FundDeferral",
    "FundDuty",
    "FundInstalment",
    "FundSpending",
    "ImportedEntry",
    "Journal",
    "LayoutLine",
    "LedgerDifference",
    "LedgerImport",
    "LedgerSource",
    "LetteredLine",
    "Lettering",
    "Levy",
    "LevyTaking",
    "LevyTerm",
    "ManualEntry",
    "ManualLine",
    "MonthTotal",
    "PayExport",
    "PayExportEntry",
    "PayItem",
    "PayJournalImport",
    "PayMonth",
    "PayNumber",
    "PayProposal",
    "PayResult",
    "PaymentBatch",
    "PaymentLine",
    "PaymentOrder",
    "PayrollOverride",
    "PayrollRuleset",
    "Payslip",
    "PayslipBatch",
    "Period",
    "PlannedReversal",
    "RecurringEntry",
    "ResultAllocation",
    "ResultSharePart",
    "ResultSharing",
    "RetainedResultAgreement",
    "SaleMovement",
    "ScaleAssignment",
    "ScaleTrial",
    "StatementAgreement",
    "StatementLayout",
    "TaxDeadline",
    "VatBox",
    "VatCoefficient",
    "VatCounted",
    "VatFigure",
    "VatForm",
    "VatReturn",
    "VatRuling",
    "YearClosing",
    "YearEndRegularisation",
]
