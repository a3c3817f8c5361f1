"""First VAT rates and the two series of numbers: what any cooperative needs before its first invoice."""

from datetime import date
from decimal import Decimal

import pgtrigger
from django.db import migrations

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
    for code, label, template in SERIES:
        NumberSeries.objects.create(code=code, label=label, template=template, dates_rise=True)


def remove(apps, schema_editor):
    with pgtrigger.ignore("invoicing.VatRate:vatrate_kept"):
        apps.get_model("invoicing", "VatRate").objects.filter(code__in=[row[0] for row in RATES]).delete()
    apps.get_model("core", "NumberSeries").objects.filter(code__in=[row[0] for row in SERIES], counter=0).delete()


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
