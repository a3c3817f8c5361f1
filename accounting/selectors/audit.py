"""The proofs that an auditor asks of a year of the books, and the files made of them (ACC-51)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.selectors import audit_acts, audit_books
from accounting.selectors.audit_parts import Findings, Proof, Tone
from cae.core.models import Document
from cae.core.periods import Span

AUDIT_FILE = "accounting.audit_file"

PROOFS: tuple[Proof, ...] = (
    Proof(
        "numeros",
        gettext_lazy("Numéros manquants"),
        gettext_lazy("Chaque journal est numéroté sans trou, de sa première écriture à sa dernière."),
        audit_books.missing_numbers,
    ),
    Proof(
        "chaine",
        gettext_lazy("Chaîne des sceaux"),
        gettext_lazy(
            "Le sceau d’une écriture couvre ses faits et le sceau d’avant ; chaque contrôle les relit tous."
        ),
        audit_books.chain,
    ),
    Proof(
        "pieces",
        gettext_lazy("Pièces justificatives"),
        gettext_lazy("Derrière chaque écriture, un document de la maison ou un fichier joint."),
        audit_books.without_piece,
    ),
    Proof(
        "clotures",
        gettext_lazy("Certificats de clôture"),
        gettext_lazy("Ce que les livres tenaient à chaque clôture, et depuis l’origine (total perpétuel)."),
        audit_books.certificates,
    ),
    Proof(
        "reouvertures",
        gettext_lazy("Mois rouverts"),
        gettext_lazy("Un mois clos ne se rouvre qu’avec un motif ; verrouillé, il ne se rouvre plus."),
        audit_acts.months_reopened,
    ),
    Proof(
        "saisies",
        gettext_lazy("Saisies à la main et contre-passations"),
        gettext_lazy("Ce que personne ne calcule : écrit par quelqu’un, ou qui annule une autre écriture."),
        audit_books.by_hand,
    ),
    Proof(
        "reglages",
        gettext_lazy("Réglages changés"),
        gettext_lazy("Qui a changé quoi : paramètres, plan comptable, barèmes, comptes bancaires, identité."),
        audit_acts.settings_changed,
    ),
    Proof(
        "exports",
        gettext_lazy("FEC et exports"),
        gettext_lazy("Les fichiers sortis des livres, avec leur empreinte."),
        audit_acts.files_out,
    ),
    Proof(
        "reprises",
        gettext_lazy("Écritures tenues ailleurs"),
        gettext_lazy("Les fichiers d’autres comptabilités repris dans les livres, avec leur empreinte."),
        audit_acts.files_in,
    ),
    Proof(
        "droits",
        gettext_lazy("Droits donnés"),
        gettext_lazy("Les rôles de l’équipe et des auditeurs, donnés ou retirés pendant l’exercice."),
        audit_acts.rights_given,
    ),
)


@dataclass(frozen=True)
class Answer:
    """A proof with what was found."""

    proof: Proof
    found: Findings


def proof_named(code: str) -> Proof | None:
    return next((proof for proof in PROOFS if proof.code == code), None)


def answers(span: Span, most: int) -> list[Answer]:
    """Every proof of a year, with the first rows of its table."""
    return [Answer(proof, proof.find(span, most)) for proof in PROOFS]


def verdict(found: list[Answer]) -> str:
    """The whole in a sentence."""
    wrong = [str(one.proof.label) for one in found if one.found.tone is Tone.WRONG]
    if not wrong:
        return _("Rien n’est rompu : numéros, sceaux et certificats se suivent.")
    return _("À examiner d’abord : %(proofs)s.") % {"proofs": ", ".join(wrong)}


def audit_file_name(span: Span) -> str:
    return f"dossier-de-preuve-{span.starts_on:%Y-%m-%d}-{span.ends_on:%Y-%m-%d}.pdf"


def audit_files(span: Span) -> QuerySet[Any]:
    """The files made for a year, the latest first."""
    rows = Document.objects.filter(kind=AUDIT_FILE, name=audit_file_name(span))
    return rows.select_related("created_by__person").order_by("-pk")
