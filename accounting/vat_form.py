"""The VAT form of 2026 and the rules of the tax calendar, as first rows.

Source: formulaire 3310-CA3-SD (cerfa 10963*31) and notice 3310-NOT-CA3-SD (50449#29), 2026; CGI art. 287 and
289 B, ann. IV art. 39 (VAT), art. 1679 quinquies (CFE), art. 240 (DAS2), art. 223 (result), CSS art. R243-6
(contributions), C. trav. art. R6352-22 (training). Days are « à confirmer » for each cooperative.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from accounting.states.vat import BoxPart, BoxShape, DeadlineRhythm

CODE, VALID_FROM = "CA3", date(2022, 1, 1)
LABEL = "Déclaration 3310-CA3-SD"
SOURCE = "Cerfa 10963*31, notice 50449#29 (2026) ; cases en vigueur depuis le 1er janvier 2022"

_TAXED, _UNTAXED, _GROSS = BoxPart.TAXED, BoxPart.UNTAXED, BoxPart.GROSS
_DEDUCTED, _RESULT = BoxPart.DEDUCTED, BoxPart.RESULT
_BASE, _BOTH, _TAX = BoxShape.BASE, BoxShape.BOTH, BoxShape.TAX
_ABROAD = "Achats de prestations de services auprès d’un assujetti non établi en France (art. 283-2 du CGI)"
_NOT_ESTABLISHED = "Achats auprès d’un assujetti non établi en France (art. 283-1 du CGI)"

# line, number of its box, label, part, columns, rate, what it gathers, formula, line that bears it below zero
_Box = tuple[str, str, str, str, str, str, tuple[str, ...], str, str]
BOXES: tuple[_Box, ...] = (
    ("A1", "0979", "Ventes, prestations de services", _TAXED, _BASE, "", ("sale",), "", "F8"),
    (
        "A2",
        "0981",
        "Autres opérations imposables",
        _TAXED,
        _BASE,
        "",
        ("sale/asset", "bought/domestic"),
        "",
        "F8",
    ),
    ("A3", "0044", _ABROAD, _TAXED, _BASE, "", ("bought/services_abroad",), "", "F8"),
    ("A4", "0056", "Importations (autres que les produits pétroliers)", _TAXED, _BASE, "", (), "", ""),
    ("B2", "0031", "Acquisitions intracommunautaires", _TAXED, _BASE, "", ("bought/eu_goods",), "", "F8"),
    ("B4", "0040", _NOT_ESTABLISHED, _TAXED, _BASE, "", ("bought/not_established",), "", "F8"),
    ("B5", "0036", "Régularisations", _TAXED, _BASE, "", ("late/taxed",), "", "F8"),
    ("E1", "0032", "Exportations hors UE", _UNTAXED, _BASE, "", ("sale/export",), "", "B5"),
    (
        "E2",
        "0033",
        "Autres opérations non imposables",
        _UNTAXED,
        _BASE,
        "",
        ("sale/exempt", "sale/services_abroad", "sale/domestic"),
        "",
        "B5",
    ),
    (
        "F2",
        "0034",
        "Livraisons intracommunautaires à destination d’une personne assujettie (ventes B to B)",
        _UNTAXED,
        _BASE,
        "",
        ("sale/eu_goods",),
        "",
        "B5",
    ),
    ("F8", "0039", "Régularisations", _UNTAXED, _BASE, "", ("late/untaxed",), "", "B5"),
    ("08", "0207", "Taux normal 20 %", _GROSS, _BOTH, "20.00", (), "", "21"),
    ("09", "0105", "Taux réduit 5,5 %", _GROSS, _BOTH, "5.50", (), "", "21"),
    ("9B", "0151", "Taux réduit 10 %", _GROSS, _BOTH, "10.00", (), "", "21"),
    ("10", "0201", "Taux normal 8,5 % (départements d’outre-mer)", _GROSS, _BOTH, "8.50", (), "", "21"),
    ("T6", "1010", "Taux de 2,1 % (France continentale)", _GROSS, _BOTH, "2.10", (), "", "21"),
    ("15", "0600", "TVA antérieurement déduite à reverser", _GROSS, _TAX, "", (), "", ""),
    ("5B", "0602", "Sommes à ajouter, y compris acompte congés", _GROSS, _TAX, "", (), "", ""),
    (
        "16",
        "",
        "Total de la TVA brute due (lignes 08 à 5B)",
        _GROSS,
        _TAX,
        "",
        (),
        "08+09+9B+10+T6+15+5B",
        "",
    ),
    (
        "17",
        "0035",
        "Dont TVA sur acquisitions intracommunautaires",
        _GROSS,
        _TAX,
        "",
        ("tax_of/B2",),
        "",
        "",
    ),
    (
        "19",
        "0703",
        "Biens constituant des immobilisations",
        _DEDUCTED,
        _TAX,
        "",
        ("deducted/assets",),
        "",
        "15",
    ),
    ("20", "0702", "Autres biens et services", _DEDUCTED, _TAX, "", ("deducted/other",), "", "15"),
    ("21", "0059", "Autre TVA à déduire", _DEDUCTED, _TAX, "", ("deducted/late",), "", "15"),
    (
        "22",
        "8001",
        "Report du crédit apparaissant ligne 27 de la précédente déclaration",
        _DEDUCTED,
        _TAX,
        "",
        ("carried",),
        "",
        "",
    ),
    ("2C", "0603", "Sommes à imputer, y compris acompte congés", _DEDUCTED, _TAX, "", (), "", ""),
    ("23", "", "Total de la TVA déductible (lignes 19 à 2C)", _DEDUCTED, _TAX, "", (), "19+20+21+22+2C", ""),
    ("25", "0705", "Crédit de TVA (ligne 23 − ligne 16)", _RESULT, _TAX, "", (), "23-16", ""),
    ("TD", "8900", "TVA due (ligne 16 − ligne 23)", _RESULT, _TAX, "", (), "16-23", ""),
    ("27", "8003", "Crédit de TVA à reporter", _RESULT, _TAX, "", (), "25", ""),
    ("28", "8901", "TVA nette due", _RESULT, _TAX, "", (), "TD", ""),
    ("32", "9992", "Total à payer", _RESULT, _TAX, "", (), "28", ""),
)
# Lines that the result is read from: what is paid, what is carried to the next return.
TO_PAY, TO_CARRY = "32", "27"

_M, _Q, _Y = DeadlineRhythm.MONTH, DeadlineRhythm.QUARTER, DeadlineRhythm.YEAR
# The VAT deadlines follow the parameter of the return; their code says so.
VAT_RULES = {"month": "vat-month", "quarter": "vat-quarter"}
# code, label, source, rhythm, months after the period, day, whether it is paid
RULES: tuple[tuple[str, str, str, str, int, int, bool], ...] = (
    ("vat-month", "TVA", "CGI art. 287, ann. IV art. 39", _M, 1, 24, True),
    ("vat-quarter", "TVA", "CGI art. 287-2, ann. IV art. 39", _Q, 1, 24, True),
    ("des", "Déclaration européenne de services", "CGI art. 289 B", _M, 1, 10, False),
    ("dsn", "DSN et cotisations sociales", "CSS art. R133-14 et R243-6", _M, 1, 15, True),
    ("payroll-tax", "Taxe sur les salaires", "CGI ann. III art. 369", _Y, 1, 15, True),
    ("training", "Bilan pédagogique et financier", "C. trav. art. R6352-22", _Y, 5, 31, False),
    ("apprenticeship", "Solde de la taxe d’apprentissage", "C. trav. art. L6241-2", _Y, 5, 15, True),
    ("fees", "DAS2 (honoraires versés)", "CGI art. 240", _Y, 5, 5, False),
    ("result", "Déclaration de résultats", "CGI art. 223", _Y, 5, 5, False),
    ("result-tax", "Solde de l’impôt sur les sociétés", "CGI art. 1668", _Y, 5, 15, True),
    ("cvae", "CVAE", "CGI art. 1586 octies", _Y, 5, 5, True),
    ("cfe", "CFE", "CGI art. 1679 quinquies", _Y, 0, 15, True),
)


def load_first_vat(get_model: Callable[[str, str], Any]) -> None:
    """Does: adds the form of 2026 and the rules of the calendar, unless they are there.
    Refuses: nothing. Leaves behind: a form with its boxes, rules."""
    known = {"label": LABEL, "source": SOURCE}
    form, made = get_model("accounting", "VatForm").objects.get_or_create(
        code=CODE, valid_from=VALID_FROM, defaults=known
    )
    if made:
        get_model("accounting", "VatBox").objects.bulk_create(
            get_model("accounting", "VatBox")(
                form=form,
                position=position,
                code=code,
                number=number,
                label=label,
                part=part,
                shape=shape,
                rate=rate or None,
                gathers=list(gathers),
                formula=formula,
                overflow=overflow,
            )
            for position, (code, number, label, part, shape, rate, gathers, formula, overflow) in enumerate(
                BOXES, start=1
            )
        )
    for code, label, source, rhythm, months, day, is_paid in RULES:
        get_model("accounting", "DeadlineRule").objects.get_or_create(
            code=code,
            valid_from=VALID_FROM,
            defaults={
                "label": label,
                "source": source,
                "rhythm": rhythm,
                "months_after": months,
                "day": day,
                "is_paid": is_paid,
            },
        )
