"""The words of mails that the cooperative changes: versions by date, preview, those of origin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cae.core import mail_texts
from cae.core.forms import DayField, refused_at
from cae.core.permissions import requires


class MailTextForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Objet"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Texte"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Une ligne vide commence un nouveau paragraphe."),
    )
    valid_from = DayField(label=gettext_lazy("À partir du"))


@requires("core.change_mail_texts")
def mail_text_list(request: HttpRequest) -> HttpResponse:
    """Each kind of mail whose words may change, and since when they did."""
    today = timezone.localdate()
    rows = [
        {"kind": kind, "row": mail_texts.versions_of(code, "fr").filter(valid_from__lte=today).first()}
        for code, kind in sorted(mail_texts.MAILS.items(), key=lambda item: str(item[1].label))
    ]
    return render(request, "core/mail_texts.html", {"rows": rows})


@requires("core.change_mail_texts")
def mail_text(request: HttpRequest, code: str) -> HttpResponse:
    """One kind of mail in one language: its words in force, the form that changes them, what it would say."""
    kind = mail_texts.MAILS.get(code)
    language = request.GET.get("langue", "fr")
    if kind is None or language not in dict(settings.LANGUAGES):
        raise Http404(code)
    today = timezone.localdate()
    with override(language):
        subject, body = mail_texts.text_in_force(code, on=today, language=language)
    initial = {"subject": subject, "body": body, "valid_from": today}
    typed = request.POST.copy()
    if typed.get("do") == "restore":  # what was typed is given up
        typed["subject"], typed["body"] = subject, body
    form = MailTextForm(typed or None, initial=initial)
    seen = None
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            seen = _done(request, kind, language, form.cleaned_data)
        if seen is None and not form.errors:
            return redirect(f"{reverse('core:mail_text', args=[code])}?langue={language}")
    examples = mail_texts.examples_of(kind)
    context = {
        "kind": kind,
        "form": form,
        "seen": seen or mail_texts.fill(subject, body, examples),
        "is_preview": seen is not None,
        "places": [(name, place.label, place.example) for name, place in kind.places.items()],
        "versions": mail_texts.versions_of(code, language).select_related("author__person"),
        "languages": [(label, f"?langue={one}", one == language) for one, label in settings.LANGUAGES],
        "language": language,
        "today": today,
    }
    return render(request, "core/mail_text.html", context, status=422 if form.errors else 200)


def _done(
    request: HttpRequest, kind: mail_texts.MailKind, language: str, typed: dict[str, Any]
) -> dict[str, Any] | None:
    """Saves, or goes back to the words of origin; gives what the mail would say when only that was asked."""
    act = request.POST.get("do")
    if act == "preview":
        mail_texts.check_text(kind, subject=typed["subject"], body=typed["body"])
        return mail_texts.fill(typed["subject"], typed["body"], mail_texts.examples_of(kind))
    if act == "restore":
        typed = typed | {"subject": "", "body": ""}
    else:
        mail_texts.check_text(kind, subject=typed["subject"], body=typed["body"])
    mail_texts.save_text(kind.code, language=language, actor=request.user, **typed)
    messages.success(
        request, _("Le texte d’origine est rétabli.") if act == "restore" else _("Texte enregistré.")
    )
    return None
