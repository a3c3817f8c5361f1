"""The addresses of the cooperative and how the walk reaches them: an associate with things in hand sees their
own pages, a co-manager the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from governance.states.votes import Method
from tests.browser.house import House
from tests.browser.stops import ACTS, FILE, Stop, seen_by

NO_PAGE = {
    "governance:amendment_withdraw": ACTS,
    "governance:assembly_publish": ACTS,
    "governance:attendance_act": ACTS,
    "governance:attendance_print": ACTS,
    "governance:body_act": ACTS,
    "governance:candidate_withdraw": ACTS,
    "governance:candidates_draw": ACTS,
    "governance:console_act": ACTS,
    "governance:convocation_letter": ACTS,
    "governance:convocation_newcomers": ACTS,
    "governance:convocation_post": ACTS,
    "governance:convocation_unpost": ACTS,
    "governance:correspondence_print": ACTS,
    "governance:decision_act": ACTS,
    "governance:held_on_pay": ACTS,
    "governance:item_move": ACTS,
    "governance:item_remove": ACTS,
    "governance:mandate_resume": ACTS,
    "governance:member_paper": FILE,
    "governance:member_speak": ACTS,
    "governance:minutes_code": ACTS,
    "governance:minutes_draft": ACTS,
    "governance:minutes_hand_over": ACTS,
    "governance:minutes_take_back": ACTS,
    "governance:paper_remove": ACTS,
    "governance:proxy_revoke": ACTS,
    "governance:refund_act": ACTS,
    "governance:remote": ACTS,
    "governance:resolution_support": ACTS,
    "governance:rule_set_act": ACTS,
    "governance:section_remove": ACTS,
    "governance:vote_act": ACTS,
    "governance:vote_check": ACTS,
}


def of(name: str, *more: str) -> Callable[[House], Any]:
    """An object of the cooperative of the house, then those that its address names within it."""
    return lambda house: tuple(_key(house.governed[one]) for one in (name, *more))


def said(name: str, word: str) -> Callable[[House], Any]:
    """An object, with the word that its address adds."""
    return lambda house: (house.governed[name].pk, word)


def room(name: str, key: str) -> Callable[[House], Any]:
    """What stands in the address of a room or of its screen."""
    return lambda house: (getattr(house.governed[name], key),)


def within(name: str, one: str) -> Callable[[House], Any]:
    """One of several objects of the same kind."""
    return lambda house: house.governed[name][one]


def awaited(house: House) -> tuple[int, int]:
    """Minutes handed to be signed, with the place of one of the bureau."""
    minutes = house.governed["minuted"].minutes
    return minutes.assembly_id, minutes.signatures.latest("pk").pk


def _key(row: Any) -> Any:
    return row.pk


_m = seen_by("co_manager", "governance")
_a = seen_by("member", "governance")

_REGISTER = (
    _m("associate_list", state="all"),
    _m("associate_list", state="nothing-found", query="?q=introuvable"),
    _m("associate_detail", of("associate"), "present"),
    _m("associate_detail", of("legal_person"), "legal-person"),
    _m("associate_detail", of("left"), "left"),
    _m("associate_detail", of("late"), "suspended"),
    _a("associate_detail", of("associate"), "own"),
    _m("associate_category", of("associate")),
    _m("associate_represent", of("legal_person")),
    _m("associate_unrepresent", of("legal_person")),
    _m("associate_lose", of("associate")),
    _m("associate_restore", of("left")),
    _m("associate_certificate", of("associate")),
    _m("associate_rights", said("associate", "suspendre"), "suspend"),
    _m("associate_rights", said("associate", "mise-en-demeure"), "notice"),
    _m("associate_rights", said("late", "rendre"), "give-back"),
    _m("college_edit", of("college")),
    _m("admission_detail", of("asked"), "to-vote"),
    _a("admission_detail", of("admission"), "own"),
    Stop("governance:admission_detail", "newcomer", of("asking"), "draft"),
    Stop("governance:admission_edit", "newcomer", of("asking")),
    _m("admission_opinion", of("asked")),
    _m("admission_move", said("admission", "refuser"), "refuse"),
    _m("admission_move", said("admission", "mettre-au-vote"), "put-to-vote"),
    _a("own_situation", state="associate"),
    Stop("governance:own_situation", "newcomer", state="asking"),
    Stop("governance:own_situation", "seller", state="not-yet"),
    Stop("governance:own_request", "seller"),
)

_SHARES = (
    _m("movement_reverse", of("movement")),
    _m("share_class_change", of("parts")),
    _m("subscription_detail", of("subscription"), "signed"),
    _a("subscription_detail", of("to_sign"), "own-draft"),
    _a("subscription_sign", of("to_sign")),
    _m("subscription_paper", of("to_sign")),
    _m("subscription_pay", of("subscription")),
    _m("payment_reverse", of("subscription", "payment")),
    _m("subscription_cancel", of("subscription")),
    _m("refund_detail", of("refund"), "asked"),
    _m("refund_detail", within("refunds", "withdrawn"), "withdrawn"),
    _m("refund_detail", within("refunds", "paid"), "paid"),
    _a("refund_detail", of("refund"), "own"),
    _a("own_shares"),
    _a("own_subscribe"),
    _a("own_refund"),
)

_RULES = (
    _m("rule_set_detail", of("rule_set"), "confirmed"),
    _m("rule_set_detail", lambda house: house.governed["line"].rule_set, "draft"),
    _m("rule_set_change", lambda house: house.governed["line"].rule_set),
    _m("rule_line", of("line"), "choice"),
    *(
        _m("rule_line", within("lines", form), form)
        for form in ("decision", "cap", "fraction", "weights", "confirmed")
    ),
    _a("rule_set_detail", of("rule_set"), "associate"),
    _m("founding_text_list", state="kept"),
    _a("founding_text_list", state="associate"),
    _a("rule_set_list", state="associate"),
    _m("rule_set_list", state="kept"),
)

_BODIES = (
    _m("governance_page", state="kept"),
    _a("governance_page", state="associate"),
    _m("body_detail", of("body"), "kept"),
    _a("body_detail", of("body"), "associate"),
    _m("body_change", of("body")),
    _m("mandate_open", of("body")),
    _m("mandate_change", of("mandate")),
    _m("mandate_end", of("mandate")),
    _m("election_seat", of("election")),
    _m("decision_detail", of("decision"), "kept"),
    _a("decision_detail", of("decision"), "in-charge"),
    _m("decision_change", of("decision")),
    _m("decision_entrust", of("decision")),
)

_ASSEMBLIES = (
    _m("assembly_list", state="all"),
    _a("assembly_list", state="called"),
    _m("assembly_list", state="nothing-found", query="?q=introuvable"),
    _m("assembly_detail", of("bare"), "bare"),
    _m("assembly_detail", of("cancelled"), "cancelled"),
    _m("assembly_detail", of("signed"), "signed"),
    _m("assembly_detail", of("draft"), "draft"),
    _m("assembly_detail", of("convened"), "convened"),
    _m("assembly_detail", of("sitting"), "open"),
    _m("assembly_detail", of("closed"), "closed"),
    _m("assembly_change", of("draft")),
    _m("assembly_move", of("convened")),
    _m("assembly_bureau", of("convened")),
    _m("assembly_cancel", of("convened")),
    _m("assembly_accounts", of("draft"), "prepared"),
    _m("assembly_accounts", of("closed"), "held"),
    _m("assembly_call_again", of("convened")),
    _m("assembly_convene", of("draft"), "ready"),
    _m("assembly_convene", of("bare"), "missing"),
    _m("item_new", of("draft")),
    _m("item_change", lambda house: house.governed["draft"].items.first()),
    _m("section_new", of("draft")),
    _m("section_change", lambda house: house.governed["draft"].section_meetings.first()),
    _m("section_move", of("section")),
    _m("section_cancel", of("section")),
    _m("paper_new", of("convened")),
    _m("resolution_new", of("draft")),
    _a("resolution_propose", of("convened")),
    _m("resolution_detail", of("to_vote"), "convened"),
    _m("resolution_detail", of("proposed"), "proposed"),
    _m("resolution_detail", of("election"), "election"),
    _a("resolution_detail", of("resolution"), "associate"),
    _m("resolution_change", lambda house: house.governed["draft"].resolutions.first()),
    _m("resolution_write", lambda house: house.governed["draft"].resolutions.first()),
    _m("resolution_withdraw", of("to_vote")),
    _m("resolution_accept", of("proposed")),
    _m("resolution_refuse", of("proposed")),
    _a("amendment_new", of("to_vote"), "associate"),
    _m("amendment_new", of("to_vote"), "for-somebody"),
    _m("candidate_new", of("election")),
    _m("candidate_change", of("candidate")),
    _m("convocation_list", of("convened"), "some"),
    _m("convocation_list", of("draft"), "none"),
    _m("convocation_detail", of("convocation"), "mail"),
    _m("convocation_detail", of("letter"), "letter"),
    _m("convocation_prove", of("letter")),
    _a("question_ask", of("convened")),
    _m("question_answer", of("to_answer")),
)

_VOICES = (
    _a("own_proxy", of("convened"), "before"),
    _a("own_proxy", of("sitting"), "in-sitting"),
    _a("proxy_give", of("convened", "associate")),
    _a("correspondence", of("convened", "associate")),
    _a("proxy_detail", of("own_proxy"), "giver"),
    _m("proxy_detail", of("proxy"), "kept"),
    _a("proxy_instruct", of("own_proxy")),
    _m("proxy_list", of("convened"), "some"),
    _m("proxy_list", of("closed"), "closed"),
    _m("proxy_enter", of("convened")),
    _m("attendance", of("sitting"), "open"),
    _m("attendance", of("convened"), "convened"),
    _m("attendance", of("closed"), "closed"),
    _m("attendance_events", of("assembly")),
    _m("attendance_cancel", of("assembly", "event")),
    _m("attendance_code", of("sitting")),
    _m("tablet", of("sitting")),
    _m("tablet_sign", of("sitting", "associate")),
    _a("check_in", room("sitting", "room_key"), "open"),
    _a("check_in", room("convened", "room_key"), "convened"),
    _m("correspondence_list", of("convened"), "some"),
    _m("correspondence_list", of("closed"), "none"),
    _m("correspondence_enter", of("convened")),
)

_ROOM = (
    Stop("governance:screen", "visitor", room("sitting", "screen_key"), "voting"),
    Stop("governance:screen", "visitor", room("counted", "screen_key"), "proclaimed"),
    Stop("governance:screen", "visitor", room("convened", "screen_key"), "before"),
    _m("console", of("sitting"), "open"),
    _m("console", of("counted"), "counted"),
    _m("console", of("convened"), "convened"),
    _m("console", of("closed"), "closed"),
    _a("member_assembly", of("sitting"), "open"),
    _a("member_assembly", of("convened"), "convened"),
    _a("member_assembly", of("minuted"), "closed"),
)

_VOTES = (
    _a("vote_cards", of("sitting"), "cards"),
    _a("vote_cards", of("convened"), "nothing-open"),
    _a("vote_receipts", of("assembly"), "some"),
    _a("vote_receipts", of("sitting"), "none"),
    _a("vote_receipt", lambda house: (house.governed["ballot"].receipt,)),
    _m("vote_list", of("sitting"), "open"),
    _m("vote_list", of("counted"), "proclaimed"),
    _m("vote_list", of("convened"), "none"),
    _a("vote_list", of("sitting"), "associate"),
    _m("vote_detail", of("vote"), "open"),
    _a("vote_detail", of("vote"), "open-to-associates"),
    *(_m("vote_detail", within("proclaimed", one), f"proclaimed-{one}") for one in Method.values),
    _a("vote_detail", within("proclaimed", Method.RESOLUTION), "proclaimed-to-associates"),
    _m("vote_detail", of("ready"), "to-open"),
    _m("vote_detail", of("called"), "roll-call"),
    _m("vote_detail", of("raised"), "proclaimed-hands"),
    _m("vote_detail", of("hands"), "hands-to-count"),
    _m("vote_detail", of("paper"), "closed"),
    _m("vote_prepare", of("to_vote")),
    _m("vote_prepare_amendment", of("amendment")),
    _m("vote_cancel", of("vote")),
    _m("vote_counts", of("hands"), "hands"),
    _m("vote_counts", of("paper"), "paper"),
    _m("vote_correct", of("raised")),
    _m("vote_roll", of("called")),
    _m("vote_renote", of("noted"), "which"),
)

_MINUTES = (
    _m("minutes_list", state="kept"),
    _a("minutes_list", state="associate"),
    _m("minutes_detail", of("closed"), "none"),
    _m("minutes_detail", of("begun"), "draft"),
    _a("minutes_detail", of("minuted"), "to-sign"),
    _m("minutes_detail", of("signed"), "signed"),
    _m("minutes_edit", of("begun")),
    _a("minutes_sign", of("minuted")),
    _m("minutes_unsigned", awaited),
    _m("extract_new", of("signed")),
    _m("turnout", state="kept"),
    _a("turnout", state="associate"),
)

STOPS: tuple[Stop, ...] = (
    *_REGISTER,
    *_SHARES,
    *_RULES,
    *_BODIES,
    *_ASSEMBLIES,
    *_VOICES,
    *_ROOM,
    *_VOTES,
    *_MINUTES,
)
