"""Closed lists of pay: elements, layouts, and the tables of legal moves (ACC-23, ACC-26 to ACC-29)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow


class PayState(TextChoices):
    PROPOSED = "proposed", _("À accepter")
    ASKED = "asked", _("Autre montant demandé")
    AGREED = "agreed", pgettext_lazy("pay proposal", "Acceptée")
    CHECKED = "checked", pgettext_lazy("pay proposal", "Contrôlée")
    EXPORTED = "exported", _("Envoyée en paie")
    REAL = "real", _("Paie reçue")
    WITHDRAWN = "withdrawn", pgettext_lazy("pay proposal", "Retirée")


class PayItemKind(TextChoices):
    FIXED = "fixed", _("Part fixe")
    ADVANCE = "advance", _("Avance sur la part variable")
    YEAR = "year", _("Solde de fin d’année")
    EXIT = "exit", _("Solde de fin de contrat")
    ABSENCE = "absence", _("Absence")
    DAILY = "daily", _("Indemnités journalières")
    EXPENSES = "expenses", _("Frais remboursés")
    COVER = "cover", _("Dispense de mutuelle")
    SHARES = "shares", _("Retenue pour parts sociales")


class YearEndState(TextChoices):
    COMPUTED = "computed", _("Calculée")
    DUE = "due", _("À verser")
    SETTLED = "settled", pgettext_lazy("year-end pay", "Versée avec la paie")
    CARRIED = "carried", _("Reportée")


class RetainedState(TextChoices):
    TO_SIGN = "to_sign", _("À signer")
    SIGNED = "signed", pgettext_lazy("retained result", "Signé")
    DROPPED = "dropped", pgettext_lazy("retained result", "Abandonné")


class ImportState(TextChoices):
    POSTED = "posted", _("Passé en écritures")
    UNDONE = "undone", pgettext_lazy("pay journal", "Annulé")


class ImportKind(TextChoices):
    SUMMARY = "summary", _("Récapitulatif par bulletin")
    JOURNAL = "journal", _("Écritures comptables")


class SlipsState(TextChoices):
    READ = "read", _("À vérifier")
    FILED = "filed", _("Classés")
    DROPPED = "dropped", pgettext_lazy("payslips", "Abandonné")


class Separator(TextChoices):
    SEMICOLON = "semicolon", _("Point-virgule")
    COMMA = "comma", _("Virgule")
    TAB = "tab", _("Tabulation")


class DecimalMark(TextChoices):
    COMMA = "comma", _("Virgule")
    POINT = "point", _("Point")


class DateShape(TextChoices):
    SLASHES = "slashes", _("31/12/2026")
    COMPACT = "compact", _("31122026")
    ISO = "iso", _("2026-12-31")


class Encoding(TextChoices):
    UTF8 = "utf-8", _("UTF-8")
    UTF8_BOM = "utf-8-sig", _("UTF-8 avec marque")
    CP1252 = "cp1252", _("Windows (cp1252)")


class PayColumn(TextChoices):
    """What a column of the file may hold."""

    NUMBER = "number", _("Matricule")
    LAST_NAME = "last_name", _("Nom")
    FIRST_NAME = "first_name", _("Prénom")
    CODE = "code", _("Code de paie")
    LABEL = "label", _("Libellé de l’élément")
    VALUE = "value", _("Valeur")
    STARTS = "starts", _("Début")
    ENDS = "ends", _("Fin")
    ANALYTIC = "analytic", _("Code analytique")
    MONTH = "month", _("Mois de paie")


# What the simulated gross is made of; what is held or paid beside it is not.
GROSS_KINDS: tuple[str, ...] = (
    PayItemKind.FIXED,
    PayItemKind.ADVANCE,
    PayItemKind.YEAR,
    PayItemKind.EXIT,
)
# Taken off the gross by the days that they say.
MINUS_KINDS: tuple[str, ...] = (PayItemKind.ABSENCE,)
# One of each in a section: a second would pay twice.
ONCE_KINDS: tuple[str, ...] = (
    PayItemKind.FIXED,
    PayItemKind.ADVANCE,
    PayItemKind.YEAR,
    PayItemKind.EXIT,
    PayItemKind.COVER,
    PayItemKind.SHARES,
)
# These say something without an amount.
WORDS_KINDS: tuple[str, ...] = (PayItemKind.ABSENCE, PayItemKind.COVER)
# Nothing of it changes any more: payroll has it.
SENT_STATES: tuple[str, ...] = (PayState.EXPORTED, PayState.REAL)
# Its money is not in the books yet, though it will leave.
COMING_STATES: tuple[str, ...] = (
    PayState.PROPOSED,
    PayState.ASKED,
    PayState.AGREED,
    PayState.CHECKED,
    PayState.EXPORTED,
)

PAY_SHAPES: dict[str, tuple[str, str]] = {
    PayState.PROPOSED: ("info", "●"),
    PayState.ASKED: ("warning", "▲"),
    PayState.AGREED: ("info", "✔"),
    PayState.CHECKED: ("success", "✔"),
    PayState.EXPORTED: ("neutral", "◇"),
    PayState.REAL: ("success", "●"),
    PayState.WITHDRAWN: ("neutral", "✕"),
}
IMPORT_SHAPES: dict[str, tuple[str, str]] = {
    ImportState.POSTED: ("success", "✔"),
    ImportState.UNDONE: ("neutral", "✕"),
}
SLIPS_SHAPES: dict[str, tuple[str, str]] = {
    SlipsState.READ: ("warning", "▲"),
    SlipsState.FILED: ("success", "✔"),
    SlipsState.DROPPED: ("neutral", "✕"),
}

YEAR_END_SHAPES: dict[str, tuple[str, str]] = {
    YearEndState.COMPUTED: ("info", "●"),
    YearEndState.DUE: ("warning", "▲"),
    YearEndState.SETTLED: ("success", "✔"),
    YearEndState.CARRIED: ("neutral", "◇"),
}
RETAINED_SHAPES: dict[str, tuple[str, str]] = {
    RetainedState.TO_SIGN: ("warning", "▲"),
    RetainedState.SIGNED: ("success", "✔"),
    RetainedState.DROPPED: ("neutral", "✕"),
}

_P, _A, _G, _C = (
    state.value for state in (PayState.PROPOSED, PayState.ASKED, PayState.AGREED, PayState.CHECKED)
)
_E, _R = PayState.EXPORTED.value, PayState.REAL.value
_PREPARE, _ANSWER = "accounting.prepare_pay", "accounting.answer_pay"

PAY_FLOW = Workflow(
    "accounting.PayProposal",
    (
        Move("agree", (_P,), _G, _ANSWER, _("Accepter")),
        Move("ask", (_P, _G), _A, _ANSWER, _("Demander un autre montant")),
        Move("revise", (_P, _A, _G, _C), _P, _PREPARE, _("Revoir les montants")),
        Move("check", (_P, _G), _C, _PREPARE, _("Contrôler")),
        Move("withdraw", (_P, _A, _G, _C), PayState.WITHDRAWN.value, _PREPARE, _("Retirer")),
        Move("export", (_C,), _E, "accounting.export_pay", _("Envoyer en paie")),
        Move("receive", (_E,), _R, "accounting.import_pay", _("Recevoir la paie")),
        Move("give_back", (_R,), _E, "accounting.import_pay", _("Annuler la paie reçue")),
    ),
)
IMPORT_FLOW = Workflow(
    "accounting.PayJournalImport",
    (
        Move(
            "undo",
            (ImportState.POSTED.value,),
            ImportState.UNDONE.value,
            "accounting.import_pay",
            _("Annuler ce journal"),
        ),
    ),
)
SLIPS_FLOW = Workflow(
    "accounting.PayslipBatch",
    (
        Move("file", (SlipsState.READ.value,), SlipsState.FILED.value, _PREPARE, _("Classer les bulletins")),
        Move("drop", (SlipsState.READ.value,), SlipsState.DROPPED.value, _PREPARE, _("Abandonner")),
    ),
)
_CLOSE = "accounting.close_pay_year"
YEAR_END_FLOW = Workflow(
    "accounting.YearEndRegularisation",
    (
        Move("owe", (YearEndState.COMPUTED.value,), YearEndState.DUE.value, _CLOSE, _("Arrêter à verser")),
        Move("carry", (YearEndState.COMPUTED.value,), YearEndState.CARRIED.value, _CLOSE, _("Reporter")),
        Move(
            "settle", (YearEndState.DUE.value,), YearEndState.SETTLED.value, _CLOSE, _("Verser avec la paie")
        ),
    ),
)
RETAINED_FLOW = Workflow(
    "accounting.RetainedResultAgreement",
    (
        Move(
            "sign",
            (RetainedState.TO_SIGN.value,),
            RetainedState.SIGNED.value,
            "accounting.sign_retained",
            _("Signer"),
        ),
        Move("drop", (RetainedState.TO_SIGN.value,), RetainedState.DROPPED.value, _CLOSE, _("Abandonner")),
    ),
)
