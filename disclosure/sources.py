"""Where records about a person are kept: every kind of paper and entry, and the tables it is made of.

`SOURCES` and `NOTHING` together name every table that hangs on a case, a household member, a meeting or somebody of the
roster; `tests/disclosure/test_completeness.py` walks the foreign keys and fails when one is missing. A table added to the
house must be put into one of the two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.languages import later
from disclosure import sources_case, sources_meeting, sources_member


@dataclass(frozen=True)
class Source:
    """One kind of record: its name on the screen and on paper, its tables, and how its records are found."""

    key: str
    label: object
    law_name: str
    covers: tuple[str, ...]
    find: Callable


SOURCES = (
    Source("referral", later("Referral"), "つなぎ票（相談の受付）", ("referral", "referral_person", "referral_need", "referral_tick", "referral_step"), sources_case.referrals),
    Source("case", later("Case record"), "事案記録", ("case", "need", "case_team", "case_conflict", "stage_move", "closure", "aftercare_check"), sources_case.cases),
    Source("household_person", later("Entry of a household member"), "世帯員の記載", ("household_person",), sources_case.people),
    Source("household_map", later("Household map"), "世帯図（家族関係・つながり）", ("family_relation", "case_tie"), sources_case.maps),
    Source("identity", later("Name and address"), "氏名・住所等の記録", ("identity", "identity_term"), sources_case.identities),
    Source("consent", later("Consent"), "本人の同意の記録", ("consent", "consent_agency"), sources_case.consents),
    Source("plan", later("Support plan"), "支援プラン", ("plan", "plan_version", "plan_agreement", "plan_tabling", "plan_verdict"), sources_case.plans),
    Source("monitoring", later("Monitoring"), "モニタリングの記録", ("plan_monitoring",), sources_case.monitorings),
    Source("evaluation", later("Evaluation"), "評価シート", ("plan_evaluation",), sources_case.evaluations),
    Source("minutes", later("Minutes"), "会議録", ("minutes_version", "minutes_part", "filing"), sources_meeting.minutes),
    Source("draft", later("Record taken in the meeting"), "会議中の記録（会議録の素案）", (
        "meeting", "hearing", "entry", "entry_revision", "settlement", "room_act", "agenda_item", "round", "round_word", "card_use"), sources_meeting.hearings),
    Source("circulation", later("Circulated draft and remarks"), "会議録（案）の回覧と意見", ("circulation", "circulation_reader", "circulation_extension", "remark"), sources_meeting.circulations),
    Source("copy", later("Copies handed out"), "配布した写しの記録", ("paper_copy", "paper_copy_hearing", "copy_delivery"), sources_meeting.copies),
    Source("withholding", later("Passages marked as withheld"), "不開示箇所の検討の記録", ("withholding_mark", "withholding_approval"), sources_meeting.withholdings),
    Source("sheet", later("Preparation sheet"), "準備シート", ("sheet", "sheet_fact"), sources_meeting.sheets),
    Source("inquiry", later("Written inquiry and its answer"), "書面照会と回答", ("inquiry", "inquiry_question"), sources_meeting.inquiries),
    Source("letter", later("Official letter"), "公文書（開催通知・情報提供依頼）", ("paper_letter",), sources_meeting.letters),
    Source("roles", later("Roles, confirmations and progress"), "役割分担・確認・進捗の記録", (
        "action_item", "confirmation", "asking", "asked_role", "change_request", "progress_step", "reminder", "handover_item", "role_candidate"), sources_meeting.roles),
    Source("ideas", later("Resource ideas"), "資源開発の案", ("resource_idea", "resource_proposal_source"), sources_meeting.ideas),
    Source("mail", later("Mails"), "送信した電子メール（件数）", (), sources_meeting.mails),
    Source("case_book", later("Example in the case book"), "事例集の事例", ("case_example", "case_example_step", "case_example_confirmation"), sources_case.examples),
    Source("disposal", later("Disposal of a record"), "廃棄の記録", ("disposal_item",), sources_meeting.disposals),
    Source("request", later("Earlier request for disclosure"), "従前の開示請求の記録", ("disclosure_subject", "disclosure_item"), sources_case.requests),
    Source("member", later("Entry on the roster"), "構成員名簿の記載", ("member", "core_member", "absence", "handover"), sources_member.members),
    Source("seat", later("Seats, attendance and rules read"), "出欠・グランドルール確認の記録", ("seat", "acknowledgement", "proxy_acknowledgement", "pledge"), sources_member.seats),
    Source("council", later("Membership of councils"), "検討委員会等の委員の記録", ("council_member",), sources_member.councils),
    Source("dates", later("Answers to date finding, calendar entries"), "日程調整の回答・予定表への登録", (
        "date_reply", "date_mark", "date_letter", "held_entry", "series_entry"), sources_member.calendars),
    Source("notice", later("Notices and personal links"), "お知らせ・個人用リンクの記録", ("notice", "notice_setting", "link", "guest_sitting"), sources_member.notices),
)

NOTHING = {
    "date_poll": "days offered for a meeting; who answered what is in date_reply",
    "date_slot": "days offered for a meeting; who answered what is in date_reply",
    "series_meeting": "ties a meeting to its series: a day, nobody",
    "reflection_box": "a sealed count of anonymous answers; whose they are stands nowhere",
    "reflection_mark": "keyed hashes for a week, so that nobody is asked twice; they lead to nobody",
    "reflection_result": "how a whole table felt, in bands, nobody",
    "resource_proposal": "a wished resource, told without its case; who of the roster is in charge of it is their office, not they",
    "social_resource": "what exists in the town for everybody; the wish it came from names no case",
    "social_resource_domain": "the fields of what exists in the town",
    "social_resource_step": "what was changed of an entry about the town, and when",
    "social_resource_correction": "what somebody said about an entry on the town",
    "resource_proposal_step": "where a wished resource stood from a day on",
    "resource_proposal_kept": "that somebody read the words of a wished resource through",
    "resource_merger": "that two wishes are for the same thing",
    "retention_choice": "how long a record is kept, nobody",
    "retention_hold": "that a record may not be disposed of; the request that asks for it is listed itself",
    "sheet_deadline": "a day for a whole meeting, nobody",
    "rule_review": "how a meeting kept its rules, nobody",
    "rule_finding": "how a meeting kept its rules, nobody",
    "council_session": "which session of a council a meeting is, its topics and papers: a meeting without a case, nobody",
    "signal_count": "counts of signals in a room, given without a name",
}

LABELS = {each.key: each.label for each in SOURCES}
LAW_NAMES = {each.key: each.law_name for each in SOURCES}
OF_TABLE = {table: each.key for each in SOURCES for table in each.covers}
