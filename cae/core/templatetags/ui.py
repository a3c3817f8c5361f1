"""The components that pages are built with: each tag draws one template of templates/components/."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import charts, form_drawing, jobs, notices, permissions, threads

register = template.Library()

# A status is a word with a shape: each sign names its drawing in the sprite.
SHAPES = {
    "●": "circle-fill",
    "▲": "triangle-fill",
    "◇": "diamond",
    "■": "square-fill",
    "✕": "x-lg",
    "✔": "check-lg",
}

# A step of the breadcrumb of so many letters is never cut, even on the narrowest phone.
SURELY_WHOLE = 24


def drawn(component: str, /, **context: Any) -> SafeString:
    """The component with these facts and no other."""
    return SafeString(get_template(f"components/{component}.html").render(context))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """{% icon "receipt" %}; with a label when no word stands beside it: {% icon "lock" _("Émise") %}."""
    address = static("vendor/bootstrap-icons/sprite.svg")
    drawing = format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', address, name
    )
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, label) if label else drawing


@register.simple_tag
def shape(sign: str) -> SafeString:
    """The drawing of « ● », « ▲ », « ◇ », « ■ », « ✕ » or « ✔ »."""
    return icon(SHAPES.get(sign, sign))


@register.simple_tag
def status(tone: str, shape: str, word: str) -> SafeString:
    """{% status "success" "●" _("Payée") %}; tones: neutral, info, success, warning, danger."""
    return drawn("status", tone=tone, shape=shape, word=word)


@register.simple_tag(takes_context=True)
def may(context: Mapping[str, Any], right: str, obj: object = None) -> bool:
    """{% may "invoicing.issue_invoice" invoice as ok %}."""
    request = context.get("request")
    return bool(request and permissions.can(request.user, right, obj))


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the breadcrumb, inside {% block breadcrumb %}; the last one has no address. A long one may
    be cut on the screen: pointed at, it says itself whole."""
    return drawn("crumb", label=label, url=url, may_be_cut=len(str(label)) > SURELY_WHOLE)


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "", badge: str = "", lock: bool = False) -> SafeString:
    """{% page_head _("Factures") lead=… badge=… lock=True %}actions, the main one last{% endpage_head %}."""
    actions = SafeString(content.strip())
    return drawn("page_head", title=title, lead=lead, badge=badge, lock=lock, actions=actions)


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", action: str = "", icon: str = "") -> SafeString:
    """{% card title=_("Paiements") url=… action=_("Tout voir") %}…{% endcard %}."""
    return drawn("card", title=title, url=url, action=action, icon=icon, content=content)


@register.simple_tag
def figure(
    label: str, value: str, *, hint: str = "", url: str = "", definition: str = "", trend: str = ""
) -> SafeString:
    """{% figure _("À encaisser") total|money hint=_("3 factures") url=… definition=… %}."""
    return drawn("figure", label=label, value=value, hint=hint, url=url, definition=definition, trend=trend)


@register.simple_tag
def todo_item(item: Any) -> SafeString:
    """One thing that waits: `item` has label, url, since, due, kind and count (facts.Todo)."""
    return drawn("todo_item", item=item)


@register.simple_block_tag
def message(content: str, tone: str = "info", title: str = "") -> SafeString:
    """{% message "warning" title=_("…") %}…{% endmessage %}."""
    return drawn("message", tone=tone, title=title, content=content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002  (the attribute it becomes)
    """{% dialog id="archive" title=_("Archiver ?") %}form{% enddialog %}, for short confirmations only."""
    return drawn("dialog", id=id, title=title, content=content)


@register.simple_tag
def dialog_button(id: str, label: str, tone: str = "secondary", icon: str = "") -> SafeString:  # noqa: A002
    """The button that opens the dialog `id`."""
    return drawn("dialog_button", id=id, label=label, tone=tone, icon=icon)


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """{% tabs _("Ventes") %}{% tab … %}{% endtabs %}: links between sibling pages."""
    return drawn("tabs", label=label, content=content)


@register.simple_tag
def tab(label: str, url: str, current: bool = False, count: int | None = None) -> SafeString:
    """{% tab _("Clients") url current=True count=12 %}."""
    return drawn("tab", label=label, url=url, current=current, count=count)


@register.simple_block_tag
def menu(
    content: str, label: str, *, icon: str = "", tone: str = "secondary", end: bool = False, up: bool = False
) -> SafeString:
    """{% menu _("Nouveau") icon="plus-lg" %}{% menu_link … %}{% endmenu %}: opens without JavaScript."""
    return drawn("menu", label=label, icon=icon, tone=tone, end=end, up=up, content=content)


@register.simple_tag
def menu_link(label: str, url: str, icon: str = "", current: bool = False) -> SafeString:
    """One link of a {% menu %}."""
    return drawn("menu_link", label=label, url=url, icon=icon, current=current)


@register.simple_tag
def steps(items: Iterable[Mapping[str, Any]], label: str) -> SafeString:
    """{% steps items label=… %}: each has label, state (done, current, todo, partial); perhaps url, hint."""
    known = {"url": "", "hint": ""}
    rows = [known | dict(item) for item in items]
    return drawn("steps", items=rows, label=label, done=sum(row["state"] == "done" for row in rows))


@register.simple_tag
def timeline(events: Iterable[Mapping[str, Any]]) -> SafeString:
    """{% timeline events %}: each has label and at, and may have by, detail, url, tone; latest first."""
    known = {"by": "", "detail": "", "url": "", "tone": "neutral"}
    return drawn("timeline", events=[known | dict(event) for event in events])


@register.simple_tag
def empty_state(
    title: str, text: str = "", action: str = "", url: str = "", icon: str = "inbox"
) -> SafeString:
    """{% empty_state _("Aucun devis…") text=… action=_("Créer un devis") url=… %}: why, and what next."""
    return drawn("empty_state", title=title, text=text, action=action, url=url, icon=icon)


@register.simple_tag
def person(name: str, detail: str = "", url: str = "") -> SafeString:
    """{% person "Claire Lenoir" detail=_("conseillère") %}."""
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return drawn("person", name=name, detail=detail, url=url, initials=initials)


@register.simple_tag
def error_summary(*forms: Any) -> SafeString:
    """{% error_summary form formset %}: each error leads to its field; takes focus."""
    return drawn("error_summary", errors=form_drawing.all_errors(*forms))


@register.simple_tag
def field(bound: BoundField, prefix: str = "", suffix: str = "", hide_label: bool = False) -> SafeString:
    """{% field form.amount suffix="€" %}: label, help, control, error."""
    return drawn("field", **form_drawing.parts(bound, prefix=prefix, suffix=suffix, hide_label=hide_label))


@register.simple_tag
def form_fields(form: BaseForm, summary: bool = True) -> SafeString:
    """{% form_fields form %}: the error summary, then each field, in the form's `sections` if it has some."""
    return drawn("form_fields", form=form, summary=summary, sections=form_drawing.sections(form))


@register.simple_tag
def filter_field(bound: BoundField) -> SafeString:
    """{% filter_field bound %}: a field of a filter bar, small, without help; a range has two controls."""
    return drawn("filter_field", **form_drawing.filter_parts(bound))


@register.simple_tag(takes_context=True)
def hidden_query(context: Mapping[str, Any], keep: str = "", drop: str = "") -> SafeString:
    """The values of the address as hidden fields: those named in `keep`, or all but those in `drop`."""
    query, kept, dropped = context["request"].GET, keep.split(), drop.split()
    names = [name for name in query if (name in kept if keep else name not in dropped)]
    pairs = [(name, value) for name in names for value in query.getlist(name)]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.filter
def tenth(job: Any) -> str:
    """What a screen reader hears of a job, changed every tenth only."""
    if job.is_over:
        return str(job.get_state_display())
    share = job.done * 10 // job.total * 10 if job.total else 0
    return _("%(share)s %% faits") % {"share": share}


@register.filter
def progress(job: Any) -> str:
    """How far a job is, in words: « 120 sur 250, encore environ 40 s »."""
    said = _("%(done)s sur %(total)s") % {"done": job.done, "total": job.total}
    left = jobs.remaining(job, timezone.now())
    if left is None:
        return said
    seconds = int(left.total_seconds())
    if seconds < 60:
        span = _("%(count)s s") % {"count": max(5, round(seconds, -1))}
    else:
        minutes = -(-seconds // 60)
        span = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return _("%(said)s, encore environ %(span)s") % {"said": said, "span": span}


@register.filter
def silent(job: Any) -> bool:
    """The worker of this job died, or never came."""
    return jobs.is_silent(job, timezone.now())


@register.filter
def retriable(job: Any) -> int:
    """How many of the items that failed can be tried again alone."""
    return len(jobs.retriable(job))


@register.simple_tag(takes_context=True)
def bell(context: Mapping[str, Any]) -> SafeString:
    """{% bell %}: how many notices wait for the person, and the way to them."""
    request = context["request"]
    return drawn("bell", count=notices.unread_count(request.user))


@register.simple_tag(takes_context=True)
def thread(context: Mapping[str, Any], obj: Any) -> SafeString:
    """{% thread quote %}: what people wrote about an object, and the form to write (core.threads)."""
    shown = threads.thread_of(obj, context["request"].user)
    return drawn("thread", thread=shown, csrf_token=context.get("csrf_token", ""))


@register.simple_tag
def bars(rows: Iterable[tuple[str, Any]], title: str, description: str = "", unit: str = "€") -> SafeString:
    """{% bars rows title=_("Ventes par mois") %}: one bar for each (label, number)."""
    chart = charts.bar_chart(list(rows), title=title, description=description, unit=unit)
    return drawn("bars", chart=chart)


@register.simple_tag
def sparkline(numbers: Iterable[Any], title: str) -> SafeString:
    """{% sparkline numbers title=_("Ventes, douze mois") %}: a small trend beside a figure."""
    return drawn("sparkline", chart=charts.spark(list(numbers), title=title))


@register.simple_tag(takes_context=True)
def html_attributes(context: Mapping[str, Any]) -> SafeString:
    """The theme and density of the person, for <html>; « system » leaves the choice to the style sheet."""
    request = context.get("request")
    user = getattr(request, "user", None)
    theme, density = getattr(user, "theme", "system"), getattr(user, "density", "comfort")
    chosen = format_html('data-bs-theme="{}" ', theme) if theme in {"light", "dark"} else ""
    return format_html('{}data-density="{}"', chosen, "compact" if density == "compact" else "comfort")


@register.simple_tag
def phone_entries(menu: Iterable[Any]) -> list[Any]:
    """The three entries of the menu in the bottom bar of phones: one of each group, then others."""
    groups = list(menu or ())
    first = [group.entries[0] for group in groups]
    return [*first, *(entry for group in groups for entry in group.entries[1:])][:3]


@register.simple_tag
def menu_keys(menu: Iterable[Any]) -> list[dict[str, Any]]:
    """The letter that follows « g » for each entry: that which begins its label, or the first of its label
    that is left. A word takes no letter by which another begins: « f » stays « Factures »."""
    entries = [entry for group in menu or () for entry in group.entries]
    words = [_letters(entry.label) for entry in entries]
    keys: dict[str, int] = {}
    for place, word in enumerate(words):
        if word:
            keys.setdefault(word[0], place)
    for place, word in enumerate(words):
        free = next((letter for letter in word if letter not in keys), None)
        if free and place not in keys.values():
            keys[free] = place
    return [
        {"key": key, "entry": entries[place]} for key, place in sorted(keys.items(), key=lambda one: one[1])
    ]


def _letters(label: Any) -> list[str]:
    return [one for one in unicodedata.normalize("NFD", str(label).lower()) if "a" <= one <= "z"]
