"""Data: a first chart of accounts, the journals with their series of numbers, the shared section."""

from django.db import migrations

from accounting.chart import CHART, COST_KINDS, JOURNALS, load_first_chart
from accounting.first_layouts import load_first_layouts
from accounting.first_pay_rules import load_first_pay_rules
from accounting.states.books import SHARED_CODE, series_of
from accounting.vat_form import load_first_vat


def load(apps, schema_editor):
    load_first_chart(apps.get_model)
    load_first_layouts(apps.get_model)
    load_first_vat(apps.get_model)
    load_first_pay_rules(apps.get_model)


def unload(apps, schema_editor):
    """Takes away what was loaded; the database refuses it once entries point at it.

    Layouts and rules of pay stay."""
    apps.get_model("accounting", "AnalyticAccount").objects.filter(code=SHARED_CODE).delete()
    codes = [code for code, _label in JOURNALS]
    apps.get_model("accounting", "Journal").objects.filter(code__in=codes).delete()
    series = [series_of(code) for code in codes]
    apps.get_model("core", "NumberSeries").objects.filter(code__in=series).delete()
    numbers = [number for number, _label, _kind, _role in CHART]
    apps.get_model("accounting", "Account").objects.filter(number__in=numbers).delete()
    kinds = [code for code, *_rest in COST_KINDS]
    apps.get_model("accounting", "CostKind").objects.filter(code__in=kinds).delete()


class Migration(migrations.Migration):
    dependencies = [("accounting", "0001_initial"), ("core", "0002_initial")]
    operations = [migrations.RunPython(load, unload)]
