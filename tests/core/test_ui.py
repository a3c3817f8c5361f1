"""The components say what they must to eyes, to ears and to a keyboard."""

import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import django_filters
import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory

from cae.core import charts, form_drawing
from cae.core.facts import Todo
from cae.core.models import OutgoingEmail


def drawn(text: str, **context: Any) -> str:
    return Template(text).render(Context(context))


class SampleForm(forms.Form):
    sections = (("Identité", ("name", ("siren", "born_on"))),)

    name = forms.CharField(label="Nom", help_text="Comme sur la carte")
    siren = forms.CharField(label="SIREN", required=False)
    born_on = forms.DateField(label="Né le")
    kind = forms.ChoiceField(label="Genre", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="D’accord", required=False)
    key = forms.CharField(widget=forms.HiddenInput, initial="k1")


def test_a_status_is_a_word_with_a_shape() -> None:
    html = drawn('{% status "danger" "▲" "En retard" %}')
    assert "En retard" in html
    assert "#triangle-fill" in html
    assert 'aria-hidden="true"' in html


def test_an_icon_alone_has_a_spoken_word() -> None:
    assert "visually-hidden" not in drawn('{% icon "lock" %}')
    assert '<span class="visually-hidden">Émise</span>' in drawn('{% icon "lock" "Émise" %}')


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    html = drawn(
        '{% status "info" "●" evil %}{% person evil detail=evil %}{% crumb evil %}'
        "{% empty_state evil text=evil %}"
        "{% figure evil evil hint=evil %}{% page_head evil lead=evil %}{% endpage_head %}"
        "{% card title=evil %}{{ evil }}{% endcard %}",
        evil=evil,
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 8


def test_a_step_that_may_be_cut_says_itself_whole_when_pointed_at() -> None:
    long = "Approuver les comptes " * 9
    for url in ("", "/x/"):
        assert f'title="{long}"' in drawn("{% crumb long url %}", long=long, url=url)
    assert "title" not in drawn('{% crumb "Résolutions" "/x/" %}')


def test_a_page_head_has_one_heading_and_keeps_its_actions() -> None:
    html = drawn('{% page_head "Factures" lock=True %}<a href="/x/">Créer</a>{% endpage_head %}')
    assert html.count("<h1") == 1
    assert '<a href="/x/">Créer</a>' in html
    assert "verrouillé" in html


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = SampleForm({"key": "k1"})
    html = drawn("{% field form.name %}", form=form)
    assert 'for="id_name"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert set(described[1].split()) == {"id_name_helptext", "id_name_error"}
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    html = drawn("{% field form.siren %}", form=SampleForm())
    assert "(facultatif)" in html
    assert "(facultatif)" not in drawn("{% field form.name %}", form=SampleForm())


def test_a_date_is_picked_and_read_back_in_iso() -> None:
    html = drawn("{% field form.born_on %}", form=SampleForm(initial={"born_on": date(2026, 11, 25)}))
    assert 'type="date"' in html
    assert 'value="2026-11-25"' in html


def test_radios_stand_in_a_named_group() -> None:
    html = drawn("{% field form.kind %}", form=SampleForm())
    assert "<fieldset" in html
    assert re.search(r"<legend[^>]*>\s*Genre", html)
    assert html.count('type="radio"') == 2
    assert html.count("form-check-input") == 2


def test_form_fields_draws_each_field_once_with_its_sections_and_hidden_fields() -> None:
    html = drawn("{% form_fields form %}", form=SampleForm())
    for name in SampleForm.base_fields:
        controls = re.findall(rf'<(?:input|select|textarea)[^>]*name="{name}"', html)
        assert len(controls) == (2 if name == "kind" else 1), name
    assert re.search(r"<legend>\s*Identité", html)


def test_the_error_summary_leads_to_each_wrong_field() -> None:
    form = SampleForm({"key": "k1"})
    form.add_error(None, "Tout est faux.")
    html = drawn("{% error_summary form %}", form=form)
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert "Tout est faux." in html
    assert "4 réponses sont à corriger" in html
    assert drawn("{% error_summary form %}", form=SampleForm()).strip() == ""


@pytest.mark.parametrize("label", ["Pourquoi ?", "Pourquoi\u00a0?", "Pourquoi :", "Pourquoi"])
def test_a_name_before_a_colon_has_no_sign_of_its_own(label: str) -> None:
    class Asking(forms.Form):
        reason = forms.CharField(label=label)

    form = Asking({})
    assert [error["label"] for error in form_drawing.errors_of(form)] == ["Pourquoi"]


def test_the_error_summary_reads_formsets() -> None:
    lines = forms.formset_factory(SampleForm, extra=0)
    formset = lines({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-key": "k"})
    targets = [error["target"] for error in form_drawing.all_errors(formset)]
    assert "id_form-0-name" in targets


def test_a_todo_counts_and_dates() -> None:
    item = Todo("Relancer", "/x/", since=date(2026, 1, 2), count=3)
    html = drawn("{% todo_item item %}", item=item)
    assert 'href="/x/"' in html
    assert "02/01/2026" in html
    assert ">3<" in html


def test_a_message_of_danger_interrupts_and_others_wait() -> None:
    assert 'role="alert"' in drawn('{% message "danger" %}<p>Non</p>{% endmessage %}')
    assert 'role="status"' in drawn('{% message "success" %}<p>Oui</p>{% endmessage %}')


def test_steps_count_what_is_done() -> None:
    items = [{"label": "Un", "state": "done"}, {"label": "Deux", "state": "current"}]
    html = drawn('{% steps items label="Étapes" %}', items=items)
    assert "1 étape faite sur 2" in html
    assert 'aria-current="step"' in html


def test_bars_have_a_name_a_description_and_their_table() -> None:
    html = drawn('{% bars rows title="Ventes" %}', rows=[("janv.", Decimal(1200)), ("févr.", Decimal(-50))])
    labelled = re.search(r'aria-labelledby="(\S+) (\S+)"', html)
    assert labelled is not None
    assert all(f'id="{name}"' in html for name in labelled.groups())
    assert html.count("1\u202f200,00\u00a0€") == 2
    assert html.count("1\u202f200\u00a0€") == 1
    assert "style=" not in html


def test_bars_stand_on_the_base_line_above_or_under() -> None:
    up, down, nothing = charts.bar_chart([("a", 10), ("b", -10), ("c", 0)], title="t").bars
    base = charts.bar_chart([("a", 10), ("b", -10), ("c", 0)], title="t").base_y
    assert Decimal(up.y) + Decimal(up.height) == Decimal(base)
    assert Decimal(down.y) == Decimal(base)
    assert down.negative
    assert not nothing.negative


@pytest.mark.parametrize("numbers", [[], [0], [5, 5, 5], [-1, 2]])
def test_a_sparkline_stays_in_its_box(numbers: list[int]) -> None:
    line = charts.spark(numbers, title="t")
    for point in line.points.split():
        x, y = (Decimal(part) for part in point.split(","))
        assert 0 <= x <= charts.SPARK_WIDTH
        assert 0 <= y <= charts.SPARK_HEIGHT


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        (["Écritures", "Exports", "Étapes"], "ext"),
        # A word leaves alone the letter by which another begins.
        (["Accueil", "Affaires", "Factures", "Aa"], "aif"),
        (["", "Devis"], "d"),
    ],
)
def test_each_letter_of_the_menu_is_pressed_once(labels: list[str], keys: str) -> None:
    menu = [SimpleNamespace(entries=[SimpleNamespace(label=label, url="/x/") for label in labels])]
    html = drawn("{% menu_keys menu as keys %}{% for one in keys %}{{ one.key }}{% endfor %}", menu=menu)
    assert html == keys


@pytest.mark.django_db
def test_the_page_of_components_shows_no_undefined_variable(client: Client) -> None:
    page = client.get("/composants/")
    assert page.status_code == 200
    assert "undefined" not in page.text
    for name in (
        "page-head",
        "figure-card",
        "todo",
        "message message-danger",
        "data-table",
        "timeline",
        "step step-done",
        "empty",
    ):
        assert f'class="{name}' in page.text, name


@pytest.mark.django_db
def test_the_worker_keeps_static_files_and_the_pages_that_hold_nobody_s_data(client: Client) -> None:
    worker = client.get("/service-worker.js")
    assert worker["Content-Type"] == "text/javascript"
    listed = re.search(r"FILES = \[(.*)\]", worker.text)
    assert listed is not None
    kept = [name.encode().decode("unicode_escape").strip('"') for name in listed[1].split(", ")]
    pages = [name for name in kept if not name.startswith("/static/")]
    assert pages == ["/hors-ligne/", "/depenses/photographier/hors-ligne/"]
    # Anybody reads them: they say nothing of anybody.
    for page in pages:
        assert client.get(page).status_code == 200
    assert client.get("/manifest.webmanifest").json()["name"] == "Alvéole"


class SampleFilters(django_filters.FilterSet):
    on = django_filters.DateFromToRangeFilter(label="Date")
    archived = django_filters.BooleanFilter(label="Archivés")


def test_a_range_of_dates_has_two_labelled_controls_that_keep_what_was_chosen() -> None:
    form = SampleFilters(
        {"on_after": "2026-10-01", "on_before": ""}, queryset=OutgoingEmail.objects.none()
    ).form
    html = drawn("{% filter_field form.on %}", form=form)
    assert html.count('type="date"') == 2
    assert 'name="on_after" value="2026-10-01"' in html
    assert re.findall(r'<label[^>]*for="(\w+)"', html) == ["id_on_after", "id_on_before"]


def test_a_yes_or_no_filter_asks_nothing_until_it_is_chosen() -> None:
    form = SampleFilters({"archived": ""}, queryset=OutgoingEmail.objects.none()).form
    html = drawn("{% filter_field form.archived %}", form=form)
    assert re.findall(r'<option value="(\w*)"', html) == ["", "true", "false"]
    assert re.findall(r'<option value="(\w*)" selected', html) == [""]


def test_an_address_keeps_its_filters_as_hidden_fields(rf: RequestFactory) -> None:
    request = rf.get("/x/?q=pins&tri=-total&colonnes=a&colonnes=b&page=2")
    context = {"request": request}
    kept = Template('{% hidden_query keep="tri colonnes" %}').render(Context(context))
    assert re.findall(r'name="(\w+)" value="([^"]*)"', kept) == [
        ("tri", "-total"),
        ("colonnes", "a"),
        ("colonnes", "b"),
    ]
    left = Template('{% hidden_query drop="colonnes page" %}').render(Context(context))
    assert re.findall(r'name="(\w+)"', left) == ["q", "tri"]


@pytest.mark.parametrize(
    ("theme", "density", "written"),
    [
        ("system", "comfort", 'data-density="comfort"'),
        ("dark", "compact", 'data-bs-theme="dark" data-density="compact"'),
        ('x" onload="', 'y"', 'data-density="comfort"'),
    ],
)
def test_the_theme_of_the_person_is_written_by_the_server(theme: str, density: str, written: str) -> None:
    request = SimpleNamespace(user=SimpleNamespace(theme=theme, density=density))
    assert drawn("{% html_attributes %}", request=request) == written


def test_a_screen_reader_hears_a_job_every_tenth_only() -> None:
    heard = {
        drawn("{{ job|tenth }}", job=SimpleNamespace(is_over=False, done=done, total=200))
        for done in range(200)
    }
    assert len(heard) == 10


def test_the_page_of_a_crash_needs_nothing_of_the_request() -> None:
    page = get_template("500.html").render()
    assert "Rien de ce que vous veniez d’envoyer n’a été enregistré" in page
    assert "undefined" not in page


@pytest.mark.django_db
def test_an_address_unknown_of_the_house_is_said_with_a_way_back(client: Client) -> None:
    page = client.get("/une-page-qui-n-existe-pas/")
    assert page.status_code == 404
    assert "Cette page n’existe pas" in page.text
    assert 'href="/"' in page.text
