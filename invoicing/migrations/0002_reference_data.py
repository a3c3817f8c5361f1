"""First VAT rates, series of numbers and notices of the law, kinds of expense and of deal, mileage scale and
reminders: what any cooperative needs before its first month."""

from datetime import date
from decimal import Decimal

import pgtrigger
from django.db import migrations

from invoicing.deal_kinds import load_deal_kinds
from invoicing.first_expense_kinds import load_first_kinds, unload_first_kinds
from invoicing.internal_series import load_internal_series
from invoicing.mileage_scale import YEAR, load_first_scale
from invoicing.piece_series import load_piece_series
from invoicing.reminder_steps import load_first_steps

# code, label, rate, category, printed text, VATEX code. Rates in force since 1 January 2014 (CGI art. 278,
# 278-0 bis, 279, 281 quater ff.); « à confirmer » in domain.md 5.3.
RATES = (
    ("normal", "20 %", "0.2000", "S", "", ""),
    ("intermediate", "10 %", "0.1000", "S", "", ""),
    ("reduced", "5,5 %", "0.0550", "S", "", ""),
    ("particular", "2,1 %", "0.0210", "S", "", ""),
    (
        "training",
        "Exonéré : formation professionnelle",
        "0.0000",
        "E",
        "Exonération de TVA, art. 261-4-4° a du CGI",
        "VATEX-FR-CGI261-4",
    ),
    (
        "reverse-eu",
        "Autoliquidation : services dans l’Union européenne",
        "0.0000",
        "AE",
        "Autoliquidation, art. 283-2 du CGI",
        "VATEX-EU-AE",
    ),
    (
        "reverse-building",
        "Autoliquidation : sous-traitance du bâtiment",
        "0.0000",
        "AE",
        "Autoliquidation, art. 283-2 nonies du CGI",
        "VATEX-EU-AE",
    ),
    (
        "intra-eu-goods",
        "Livraison de biens dans l’Union européenne",
        "0.0000",
        "K",
        "Exonération de TVA, art. 262 ter I du CGI",
        "VATEX-EU-IC",
    ),
    (
        "export",
        "Exportation hors de l’Union européenne",
        "0.0000",
        "G",
        "Exonération de TVA, art. 262 I du CGI",
        "VATEX-EU-G",
    ),
)
SERIES = (
    ("invoice", "Factures", "F{YYYY}-{SEQ_YEAR:4}"),
    ("quote", "Devis", "D{YYYY}-{SEQ_YEAR:4}"),
    ("credit_note", "Avoirs", "A{YYYY}-{SEQ_YEAR:4}"),
    ("supplier_order", "Commandes fournisseurs", "BC{YYYY}-{SEQ_YEAR:4}"),
)

# code, title, text, source, then what differs from a notice of every document of everybody, compulsory, general.
# All « à confirmer » (domain.md 5.2, 5.3); the texts of untaxed sales stand with their rates, above. What stands
# between braces is a parameter of the cooperative.
INVOICES, QUOTES = {"place": "invoices"}, {"place": "quotes"}
PROFESSIONALS, PRIVATE = {"audience": "professionals"}, {"audience": "private_persons"}
OPTIONAL = {"compulsory": False}
MENTIONS = (
    (
        "late-penalties",
        "Pénalités de retard",
        "Pénalités de retard : taux de refinancement de la BCE majoré de 10 points.",
        "C. com. L441-10 II",
        INVOICES | PROFESSIONALS | {"note": "PMD"},
    ),
    (
        "late-penalties-private",
        "Retard de paiement d’un particulier",
        "En cas de retard de paiement : intérêts au taux légal après mise en demeure.",
        "C. civ. art. 1231-6",
        INVOICES | PRIVATE | {"note": "PMD"},
    ),
    (
        "recovery",
        "Indemnité de recouvrement",
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
        "C. com. D441-5",
        INVOICES | PROFESSIONALS | {"note": "PMT"},
    ),
    # BR-FR-05 wants this note on every document, and the rule of commerce binds no private person.
    (
        "recovery-private",
        "Indemnité de recouvrement : particuliers",
        "Indemnité forfaitaire pour frais de recouvrement : sans objet pour un particulier.",
        "C. com. D441-5",
        INVOICES | PRIVATE | {"note": "PMT"},
    ),
    (
        "discount",
        "Escompte",
        "Pas d’escompte pour paiement anticipé.",
        "C. com. L441-9",
        INVOICES | {"note": "AAB"},
    ),
    (
        "vat-debits",
        "TVA sur les débits",
        "Option pour le paiement de la taxe d’après les débits",
        "CGI ann. II art. 242 nonies A, I-16°",
        {"on_debits": True, "note": "TXD"},
    ),
    (
        "training-number",
        "Déclaration d’activité de formation",
        "Déclaration d’activité enregistrée sous le numéro {nda}. Cet enregistrement ne vaut pas agrément de l’État.",
        "C. trav. R6351-6 et L6352-12",
        {"nature": "training", "note": "REG"},
    ),
    (
        "agreement",
        "Acceptation du devis",
        "Pour accepter ce devis avant la fin de sa validité : en ligne, ou daté et signé avec la mention « Bon pour accord ».",
        "C. civ. art. 1113 à 1118",
        QUOTES,
    ),
    (
        "withdrawal",
        "Droit de rétractation",
        "Contrat conclu à distance ou hors établissement : le client a quatorze jours pour se rétracter, sans motif, "
        "par une déclaration écrite au vendeur ou par le formulaire annexé à l’article R221-1 du code de la consommation.",
        "C. conso. L221-5 et L221-18",
        QUOTES | PRIVATE | OPTIONAL | {"note": "REG"},
    ),
    (
        "building-insurance",
        "Assurance décennale",
        "Assurance de responsabilité décennale : {assurance}.",
        "Loi 96-603 art. 22-2 ; C. assur. L243-2",
        OPTIONAL | {"note": "REG"},
    ),
    ("free-quote", "Devis gratuit", "Ce devis est gratuit.", "Arrêté du 24 janvier 2017", QUOTES | OPTIONAL),
)


def add(apps, schema_editor):
    VatRate = apps.get_model("invoicing", "VatRate")
    NumberSeries = apps.get_model("core", "NumberSeries")
    for code, label, rate, category, text, vatex in RATES:
        VatRate.objects.create(
            code=code,
            label=label,
            rate=Decimal(rate),
            category=category,
            exemption_text=text,
            vatex_code=vatex,
            valid_from=date(2014, 1, 1),
            to_confirm=True,
        )
    Mention = apps.get_model("invoicing", "Mention")
    for rank, (code, title, text, source, details) in enumerate(MENTIONS, start=1):
        Mention.objects.create(
            code=code,
            title=title,
            text=text,
            source=source,
            position=rank * 10,
            valid_from=date(2014, 1, 1),
            to_confirm=True,
            **details,
        )
    for code, label, template in SERIES:
        NumberSeries.objects.create(code=code, label=label, template=template, dates_rise=True)
    for load in (
        load_first_scale,
        load_first_steps,
        load_first_kinds,
        load_deal_kinds,
        load_internal_series,
        load_piece_series,
    ):
        load(apps.get_model)


def remove(apps, schema_editor):
    unload_first_kinds(apps.get_model)
    with pgtrigger.ignore("invoicing.MileageBand:mileageband_append_only"):
        apps.get_model("invoicing", "MileageBand").objects.filter(scale__year=YEAR).delete()
    with pgtrigger.ignore("invoicing.MileageScale:mileagescale_append_only"):
        apps.get_model("invoicing", "MileageScale").objects.filter(year=YEAR).delete()
    with pgtrigger.ignore("invoicing.VatRate:vatrate_kept"):
        apps.get_model("invoicing", "VatRate").objects.filter(code__in=[row[0] for row in RATES]).delete()
    with pgtrigger.ignore("invoicing.Mention:mention_kept"):
        codes = [row[0] for row in MENTIONS]
        apps.get_model("invoicing", "Mention").objects.filter(code__in=codes).delete()
    apps.get_model("core", "NumberSeries").objects.filter(
        code__in=[row[0] for row in SERIES], counter=0
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
