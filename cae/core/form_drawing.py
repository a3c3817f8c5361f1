"""What the form components need to know of a Django form: controls, helps, errors, sections."""

from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_filters.fields import DateRangeField
from django_filters.widgets import SuffixedMultiWidget

from cae.core.forms import empty_word
from cae.core.search import plain

# What Django offers for nothing: « --------- ».
DASHES = BLANK_CHOICE_DASH[0][1]
CHECKS = (forms.CheckboxInput,)
GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
# A person reads down a list so far.
MANY = 200
SHORT = (forms.DateInput, forms.NumberInput, forms.TimeInput)


def kind_of(bound: BoundField) -> str:
    """Which drawing a field takes: check, group or line."""
    widget = bound.field.widget
    if isinstance(widget, GROUPS):
        return "group"
    return "check" if isinstance(widget, CHECKS) else "line"


def css_class(widget: forms.Widget) -> str:
    """Bootstrap's class for a control."""
    if isinstance(widget, (*CHECKS, *GROUPS)):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def name_the_empty_choice(field: forms.Field) -> None:
    """Says in a word what Django writes in dashes, and what a list of choices leaves blank."""
    widget = field.widget
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = empty_word(field)
    elif isinstance(widget, ChoiceWidget) and not widget.allow_multiple_selected:
        choices = list(widget.choices)
        if any(label in ("", DASHES) for _key, label in choices):
            word = empty_word(field)
            widget.choices = [(key, word if label in ("", DASHES) else label) for key, label in choices]


def control(bound: BoundField) -> SafeString:
    """The control itself, with its class, its keyboard and its links to help and error."""
    widget = bound.field.widget
    if isinstance(widget, forms.DateInput) and widget.input_type in {"text", "date"}:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    classes = f"{widget.attrs.get('class', '')} {css_class(widget)}".split()
    attrs: dict[str, Any] = {
        "class": " ".join(dict.fromkeys([*classes, *(["is-invalid"] if bound.errors else [])]))
    }
    if isinstance(widget, forms.NumberInput) and "inputmode" not in widget.attrs:
        attrs["inputmode"] = "decimal" if isinstance(bound.field, forms.DecimalField) else "numeric"
    # A label stands above: a text inside the control would only be mistaken for an answer.
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        attrs["rows"] = 4
    return bound.as_widget(attrs=attrs)


def parts(
    bound: BoundField, *, prefix: str = "", suffix: str = "", hide_label: bool = False
) -> dict[str, Any]:
    """Everything that components/field.html draws."""
    widget = bound.field.widget
    kind = kind_of(bound)
    name_the_empty_choice(bound.field)
    if kind == "group":
        widget.attrs["class"] = css_class(widget)
    return {
        "bound": bound,
        "kind": kind,
        "control": "" if kind == "group" else control(bound),
        "choices": list(bound) if kind == "group" else [],
        # What is asked before a later act may wait without being said optional.
        "optional": not bound.field.required
        and kind != "check"
        and not getattr(bound.field, "is_asked_later", False),
        "short": isinstance(widget, SHORT),
        "prefix": prefix,
        "suffix": suffix,
        "hide_label": hide_label,
    }


def filter_parts(bound: BoundField) -> dict[str, Any]:
    """Everything that components/filter_field.html draws; the two ends of a range are drawn one by one."""
    widget: Any = bound.field.widget
    if isinstance(widget, forms.NullBooleanSelect):
        widget.choices = [("", _("Indifférent")), ("true", _("Oui")), ("false", _("Non"))]
    if isinstance(bound.field, forms.ModelChoiceField) and not few_rows(bound):
        return {"bound": bound, "control": bound.as_hidden(), "ends": [], "hidden": True}
    if isinstance(widget, SuffixedMultiWidget):
        return {"bound": bound, "control": "", "ends": ends_of(bound, widget)}
    return {"bound": bound, "control": control(bound), "ends": []}


def few_rows(bound: BoundField) -> bool:
    """Reads the rows that a filter offers, if they are few enough to be a choice. Beyond, the search box of
    the bar finds them by name, and the address still bears the one chosen."""
    chooser: Any = bound.field
    named_by = getattr(chooser, "named_by", None)
    if isinstance(chooser.widget.choices, list):
        return len(chooser.widget.choices) <= MANY
    if named_by is not None:
        # In no order: PostgreSQL stops at the last one, where it would sort thousands that are not offered.
        rows = chooser.queryset.order_by().values_list("pk", named_by)[: MANY + 1]
        named = sorted(rows, key=lambda row: (plain(row[1]), row[0]))
        chooser.widget.choices = [("", chooser.empty_label), *named]
    else:
        chooser.queryset = chooser.queryset[: MANY + 1]
        # Through `iter`: a list that asked for their number first would count them with a query.
        chooser.widget.choices = list(iter(chooser.choices))
    return len(chooser.widget.choices) <= MANY


def ends_of(bound: BoundField, widget: Any) -> list[dict[str, Any]]:
    """The two controls of a range, each with a label of its own."""
    typed: Any = bound.value() or []
    values = typed if isinstance(typed, list | tuple) else widget.decompress(typed)
    values = [*values, None, None]
    ends = []
    for place, (part, suffix) in enumerate(zip(widget.widgets, widget.suffixes, strict=True)):
        attrs = {"class": css_class(part), "id": f"{bound.auto_id}_{suffix}"}
        if isinstance(bound.field, DateRangeField):
            part.input_type = "date"
        side = _("de") if place == 0 else _("à")
        drawn = part.render(f"{bound.html_name}_{suffix}", values[place], attrs)
        ends.append({"id": attrs["id"], "label": f"{bound.label} – {side}", "control": drawn})
    return ends


def sections(form: BaseForm) -> list[dict[str, Any]]:
    """The visible fields, gathered as the form's `sections` say: ((title, (name, (name, name), …)), …).

    Names in one tuple stand on one line. Fields that no section names come last, without a title.
    """
    visible = {bound.name: bound for bound in form.visible_fields()}
    found = []
    for title, names in getattr(form, "sections", ()):
        rows = [(name,) if isinstance(name, str) else tuple(name) for name in names]
        drawn = [[visible.pop(name) for name in row if name in visible] for row in rows]
        found.append({"title": title, "rows": [row for row in drawn if row]})
    if visible:
        found.append({"title": "", "rows": [[bound] for bound in visible.values()]})
    return [section for section in found if section["rows"]]


def errors_of(form: BaseForm, row: str = "") -> list[dict[str, str]]:
    """Each error of one form: the sentence, the field's name after that of its row, the control to go to."""
    visible = form.visible_fields()
    first = _target(visible[0]) if row and visible else ""
    found = [{"text": str(text), "label": row, "target": first} for text in form.non_field_errors()]
    for bound in form:
        label = row if bound.is_hidden else _named(str(bound.label), row)
        target = first if row and bound.is_hidden else _target(bound)
        found += [{"text": str(text), "label": label, "target": target} for text in bound.errors]
    return found


def all_errors(*drawn: Any) -> list[dict[str, str]]:
    """The errors of forms and formsets, in the order of the page; a row says its name by `row_name`."""
    found: list[dict[str, str]] = []
    for one in drawn:
        if isinstance(one, BaseFormSet):
            found += [{"text": str(text), "label": "", "target": ""} for text in one.non_form_errors()]
            for form in one.forms:
                found += errors_of(form, getattr(form, "row_name", ""))
        elif one is not None and one.is_bound:
            found += errors_of(one)
    return found


def _target(bound: BoundField) -> str:
    return str(bound.id_for_label or bound.auto_id)


def _named(label: str, row: str) -> str:
    """« Ligne 3, prix unitaire HT »; a word in capitals (« TVA ») keeps them. A colon follows the name:
    « Pourquoi ? » loses its own sign."""
    label = label.rstrip("\u00a0 ?!.:")
    if not row:
        return label
    return f"{row}, {label if label[:2].isupper() else label[:1].lower() + label[1:]}"
