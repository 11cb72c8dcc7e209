"""Whatever is typed or sent: never a broken page, never a lost word, nothing half kept."""

from __future__ import annotations

import re

from markupsafe import escape
import pytest

from core import clock, languages, text
from tests.wide import NOBODY, nothing_kept

LONG = "長" * 10_000
CONTROLS = ["a\x00b", "a\x0bb", "a\x1bb", "a\u202eb", "a\ufffeb"]
MARKUP = ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE \"case\"; --", "{{ 7*7 }}"]
ODD = ["", "abc", "0", "-1", str(2**63), "１", "9" * 5000, "None", "\x00", "長" * 300, "令和0年1月1日", "2026-02-30", "R8.13.1",
       "0001-01-01", "9999-12-31", "99:99", "25:00"]
DAYS = ["1900-01-01", "昭和1年12月25日", "大正15年12月24日", "2100-12-31", "R1.5.1", "平成31年4月30日"]
HIDDEN = ["\x00", "長" * 10_000, str(2**63)]
BODIES = [(b"", ""), (b"\xff\xfe=%ff%fe&text=%82%a0", "application/x-www-form-urlencoded"), (b"{", "application/json"),
          (b'{"label": 5, "text": ["x"], "login": {}}', "application/json"), (b"--x\r\nContent-Disp", "multipart/form-data; boundary=x"),
          (b"x", "multipart/form-data")]


def _(message, **values):
    return languages.catalogue("ja").gettext(message) % values if values else languages.catalogue("ja").gettext(message)


# name: (who sends it, where to, what a person would have typed). Where: words in braces are ids in the wide world.
TODAY = clock.today().isoformat()
MAPPED = dict(name="子ども食堂", kana="こどもしょくどう", footing="informal", kind="place", domains="ELD", area="東", does="夕食", whom="子ども", contact="受付", phone="00-0000",
              agency_id="0", cost="無料", hours="水曜", memo="注", checked_on=TODAY)
WISH = dict(wished="居場所", enables="過ごせる", need="一人でいる", nearest="児童館", next_step="見学", kind="place", domain_code="")
FORMS = {
    "council": ("hanako", "/councils", dict(
        name="検討委員会", purpose="検証する", ground="設置要綱", chair_title="会長", quorum="majority", proxies_count="y", public="y", through="y",
        keepers="{other_id}", ended_on="")),
    "council changed": ("hanako", "/councils/{council_id}", dict(
        name="検討委員会", purpose="検証する", ground="設置要綱", chair_title="会長", quorum="half", keepers="{other_id}", ended_on="2099-03-31", version="")),
    "council member": ("hanako", "/councils/{council_id}/members", dict(
        member_id="{colleague_id}", post="member", category="公募", since=TODAY, until="2099-03-31")),
    "term changed": ("hanako", "/councils/members/{term_id}", dict(
        member_id="{colleague_id}", post="chair", category="学識経験者", since=TODAY, until="2099-03-31", version="")),
    "session": ("hanako", "/councils/{council_id}/sessions", dict(
        number="2", name="検討委員会", day="2027-01-20", start="14:00", end="15:00", mode="both", place="302", online_url="https://a.example/x",
        purpose="目的", to_decide="決めること", topics="議題", materials="資料", public="y", closed_reason="個人情報", version="")),
    "session told": ("hanako", "/councils/sessions/{session_id}", dict(
        number="1", topics="議題", materials="資料", public="y", closed_reason="個人情報", visitors="3", version="")),
    "reflection": ("jiro", "/meetings/{meeting_id}/reflection", dict(role="yes", speaking="no", blame="between", wish="yes", moving="yes"), "F"),
    "reflection sheets": ("hanako", "/meetings/{meeting_id}/reflection/sheets", {
        f"{question}_{answer}": number for question in ("role", "speaking", "blame", "wish", "moving") for answer, number in (("yes", "4"), ("between", "1"), ("no", "0"))}, "F"),
    "sheet": ("jiro", "/hearings/{hearing_id}/sheets/{agency_id}", {
        "facts-0-id": "", "facts-0-text": "事実", "facts-0-source": "訪問", "view": "見立て", "doing": "訪問", "can": "できる", "hard": "難しい",
        "condition": "条件", "asks": "お願い", "decide": "決める", "roles-0-id": "", "roles-0-answer": "to_talk", "roles-0-word": "ひとこと",
        "hand_in": "1", "version": ""}),
    "deadline": ("hanako", "/hearings/{hearing_id}/sheets/deadline", dict(due_on=TODAY), "P"),
    "candidate": ("hanako", "/hearings/{hearing_id}/candidates", dict(what="訪問")),
    "inquiry": ("hanako", "/hearings/{hearing_id}/inquiries", {"due_on": TODAY, "questions-0-text": "質問"}, "P"),
    "inquiry changed": ("hanako", "/inquiries/{inquiry_id}", {"due_on": TODAY, "questions-0-text": "質問", "version": ""}, "P"),
    "inquiry answered": ("goro", "/inquiries/{inquiry_id}/answer", {
        "answers-0-text": "回答", "state": "cannot", "reason": "理由", "how": "paper", "answered_on": TODAY, "version": ""}),
    "letter": ("hanako", "/hearings/{hearing_id}/letters", dict(
        kind="notice", agencies="{agency_id}", number="第1号", dated_on=TODAY, due_on=TODAY, ground="根拠", asks="お願い", contact="担当")),
    "case": ("hanako", "/cases", dict(
        label="Dさん世帯", household_type="8050", stage="intake", opened_on="2026-06-17", summary="概要", own_words="声", strengths="強み",
        **{"people-0-id": "", "people-0-label": "Dさん", "people-0-relation": "母", "people-0-age": "80", "people-0-note": "メモ",
           "people-0-shared": "y", "needs-0-domain": "ELD", "needs-0-text": "介護"})),
    "case changed": ("hanako", "/cases/{case_id}", dict(
        label="Aさん世帯", household_type="8050", stage="plan", opened_on="2026-06-17", summary="概要", version="",
        **{"people-0-id": "{person_id}", "people-0-label": "Dさん", "needs-0-domain": "ELD", "needs-0-text": "介護"})),
    "household": ("hanako", "/cases/{case_id}/household", {
        "version": "", "apart": "{person_id}", "relations-0-first": "", "relations-0-second": "", "relations-0-kind": "parent", "relations-0-note": "",
        "ties-0-person": "{person_id}", "ties-0-name": "隣のCさん", "ties-0-strength": "weak", "ties-0-note": "回覧板",
        "conflicts-0-member": "保健センター 佐藤 次郎", "conflicts-0-note": "甥"}),
    "stage": ("hanako", "/cases/{case_id}/stage", dict(
        to="accompanied", on=clock.today().isoformat(), reason="理由", lead_agency_id="{agency_id}", roles="訪問", outlook="見通し", watchers="隣人", signs="来ない",
        **{"checks-0": "2099-06-01", "checks-1": ""}, version="")),
    "check": ("hanako", "/cases/{case_id}/checks/{check_id}", dict(
        on="2026-06-17", finding="concern", words="痩せた", again_on="2099-06-01", reopen_to="assessment")),
    "plan": ("hanako", "/cases/{case_id}/plan", {
        "aim": "願い", "family_idea": "案", "goals-0-text": "目標", "goals-0-issue": "課題", "goals-0-supports-0-who": "隣人",
        "goals-0-supports-0-what": "声掛け", "goals-0-supports-0-often": "週1回", "goals-0-supports-0-until": "2027-03-31",
        "goals-0-supports-0-own_part": "返事", "programmes": "outreach", "programme_note": "訪問", "informal": "なし", "emergency": "119",
        "period_from": "2026-06-01", "period_to": "2027-03-31", "monitoring_on": "2026-12-01", "version": ""}),
    "plan frozen": ("hanako", "/cases/{case_id}/plan/versions", dict(hearing_id="0", change="追記")),
    "plan agreed": ("hanako", "/cases/{case_id}/plan/agreement", dict(who="Aさん", agreed_on="2026-06-17")),
    "plan watched": ("hanako", "/cases/{case_id}/plan/monitoring", dict(seen="続いている", seen_on="2026-06-17", next_on="2099-06-01")),
    "plan evaluated": ("hanako", "/cases/{case_id}/plan/evaluation", {
        "on": "2026-06-17", "results-0-result": "partly", "results-0-word": "少し", "changes": "変化", "own_view": "受け止め", "remaining": "残り",
        "missing": "足りない", "conclusion": "replan", "reason": "理由"}),
    "consent": ("hanako", "/cases/{case_id}/people/{person_id}/consent", dict(
        state="given", on="2026-06-01", method="oral", agencies="{agency_id}", about="health", scope="関係課", witness="山田", expires_on="2027-06-01", reason="理由")),
    "consent form": ("hanako", "/cases/{case_id}/consent-form", dict(agencies="{agency_id}", about="health", scope="関係課", expires_on="2027-06-01")),
    "meeting": ("hanako", "/cases/{case_id}/meetings", dict(
        kind="shien", name="会議", day="2027-01-20", start="14:00", end="15:00", mode="both", place="302", online_url="https://a.example/x",
        purpose="目的", to_decide="決めること", template="standard")),
    "meeting without a case": ("hanako", "/meetings", dict(
        kind="general", name="会議", day="2027-01-20", start="14:00", end="15:00", mode="in_person", place="302", template="general")),
    "meeting changed": ("hanako", "/meetings/{meeting_id}", dict(
        name="会議", day="2027-01-20", start="14:00", end="15:00", mode="in_person", place="302", purpose="目的", to_decide="決めること",
        **{"steps-0-title": "開会", "steps-0-minutes": "5", "steps-0-screen": "none", "steps-0-say": "始めます。", "steps-0-limited": "y"}), "P"),
    "turns": ("hanako", "/meetings/{meeting_id}/cases", {
        "turns-0-id": "{hearing_id}", "turns-0-place": "1", "turns-0-turn": "case_20", "turns-0-purpose": "目的", "turns-0-to_decide": "決めること",
        "version": ""}, "P"),
    "one more case": ("hanako", "/meetings/{meeting_id}/hearings", dict(
        number="R01-9999", turn="case_20", purpose="目的", to_decide="決めること"), "P"),
    "fixed members": ("hanako", "/fixed-members", dict(act="look", text="保健")),
    "seats": ("hanako", "/hearings/{hearing_id}/seats", {
        "member": "{member_id}", "level-{member_id}": "required", "role-{member_id}": "facilitator"}, "P"),
    "opening": ("hanako", "/meetings/{meeting_id}/opening", {"attendance-{seat_id}": "proxy", "proxy-{seat_id}": "代理",
                                                             "acknowledged-{seat_id}": "aloud", "attendance-{guest_seat_id}": "absent",
                                                             "attendance-{asked_seat_id}": "written"}, "P"),
    "reply": ("jiro", "/meetings/{meeting_id}/reply", dict(reply="yes", note="遅れます"), "P"),
    "days offered": ("hanako", "/meetings/{meeting_id}/dates", {
        "answer_by": "2027-01-18", "slots-0-day": "2027-01-20", "slots-0-start": "14:00", "slots-0-end": "15:00", "slots-1-day": "2027-01-21",
        "slots-1-start": "10:00", "slots-1-end": "11:00", "version": ""}, "P"),
    "days answered": ("jiro", "/meetings/{meeting_id}/dates/answer", {"slot_{slot_id}": "yes", "slot_{other_slot_id}": "maybe", "word": "午前がよい"}, "Q"),
    "days heard": ("hanako", "/meetings/{meeting_id}/dates/members/{member_id}", {
        "slot_{slot_id}": "yes", "slot_{other_slot_id}": "no", "word": "午前がよい"}, "Q"),
    "day decided": ("hanako", "/meetings/{meeting_id}/dates/decision", {"slot": "{slot_id}"}, "Q"),
    "how I am told": ("jiro", "/notices/settings", dict(by_mail="daily", reminders="y")),
    "all notices seen": ("jiro", "/notices/seen", dict(newest="1")),
    "room": ("hanako", "/rooms", dict(name="401会議室", seats="12", note="投影可")),
    "room changed": ("hanako", "/rooms/{room_id}", dict(name="402会議室", seats="12", note="投影可", version="")),
    "agenda template": ("hanako", "/agenda-templates/{template_id}", {
        "ja": "うちの30分", "en": "Our 30 minutes", "hint_ja": "いつでも", "hint_en": "Any time", "purpose": "fit", "version": "", "steps-0-place": "1",
        "steps-0-title_ja": "開会", "steps-0-minutes": "5", "steps-0-screen": "rules", "steps-0-limited": "y", "steps-0-say_ja": "始めます。",
        "steps-0-title_en": "Opening", "steps-0-say_en": "We begin."}),
    "series": ("hanako", "/series", dict(
        name="定例", kind="shien", template="standard", pattern="monthly", weekday="2", ordinals="2", weeks="2", first_on="2026-12-01", last_on="2027-03-31",
        on_closed="next", start="14:00", end="16:00", mode="both", place="302会議室", online_url="https://a.example/x")),
    "series changed": ("hanako", "/series/{series_id}", dict(
        name="定例", kind="shien", template="standard", pattern="weekly", weekday="3", weeks="2", first_on="2026-12-01", last_on="2027-03-31",
        on_closed="skip", start="14:00", end="16:00", mode="in_person", place="302会議室", version="")),
    "day of a series": ("hanako", "/series/{series_id}/days", dict(rule_day="2026-12-09", choice="usual", moved_to="2026-12-10")),
    "acknowledgement": ("saburo", "/meetings/{meeting_id}/acknowledgement", dict(accepted="1")),
    "line": ("jiro", "/hearings/{hearing_id}/entries", dict(key="k1", kind="fact", text="事実", source="訪問", agency_id="0", read="0")),
    "line changed": ("jiro", "/entries/{entry_id}", dict(read="1", kind="fact", text="事実", source="訪問", agency_id="0")),
    "line settled": ("jiro", "/entries/{entry_id}/settlement", dict(text="決着")),
    "wall": ("hanako", "/hearings/{hearing_id}/wall", dict(shown="roles", words="1")),
    "line limited": ("hanako", "/entries/{entry_id}/limitation", dict(limited="1")),
    "line moved": ("jiro", "/entries/{entry_id}/place", dict(after="0")),
    "line stepped": ("jiro", "/entries/{entry_id}/place", dict(way="up")),
    "line turned": ("jiro", "/entries/{entry_id}/kind", dict(read="1", kind="decision")),
    "line made a role": ("jiro", "/entries/{entry_id}/action", dict(key="t1")),
    "line removed": ("jiro", "/entries/{entry_id}/removal", dict(read="1")),
    "role": ("jiro", "/hearings/{hearing_id}/actions", dict(
        key="k2", what="訪問", who="", due_on="2027-06-01", rank="main", until_on="2027-09-01", nature="direct", escalation="a{agency_id}",
        escalation_on="2027-06-01", soon="")),
    "role changed": ("jiro", "/actions/{action_id}", dict(
        what="訪問", who="", due_on="2027-06-01", rank="main", until_on="2027-09-01", nature="", escalation="", escalation_on="", version="")),
    "role joined": ("jiro", "/actions/{action_id}/company", dict(other="a{agency_id}", part="support")),
    "progress": ("jiro", "/actions/{carried_id}/progress", dict(state="stuck", note="留守"), "F"),
    "handing over": ("hanako", "/members/{member_id}/handover", {"to": "{colleague_id}", "cause": "transfer", "to_{carried_id}": ""}),
    "absence": ("hanako", "/members/{member_id}/absences", dict(acting="{colleague_id}", from_on=TODAY, to_on=TODAY)),
    "successor": ("hanako", "/handover/cases", dict(to="{other_id}")),
    "carried on": ("hanako", "/hearings/{hearing_id}/carried/{carried_id}/progress", dict(state="stuck", note="留守"), "C"),
    "carried role": ("hanako", "/hearings/{hearing_id}/carried/{carried_id}/role", dict(who="a{agency_id}", due_on="2099-06-01"), "C"),
    "carried line": ("hanako", "/hearings/{hearing_id}/carried/lines/{left_id}", dict(note="済んだ"), "C"),
    "confirmation": ("jiro", "/actions/{action_id}/confirmation", dict(answer="condition", word="条件", read="{words_id}")),
    "several confirmations": ("jiro", "/actions/confirm", {
        "r{action_id}-read": "{words_id}", "r{action_id}-answer": "condition", "r{action_id}-word": "条件", "r{action_id}-answer_by": "2027-06-01"}),
    "idea": ("jiro", "/hearings/{hearing_id}/ideas", dict(
        key="k3", need="課題", wished="資源", enables="支援", kind="place", nearest="近いもの", first_step="一歩", forum="協議会", owner_id="0",
        owner_member_id="{member_id}", due_on="2027-06-01")),
    "idea changed": ("jiro", "/ideas/{idea_id}", dict(
        need="課題", wished="資源", enables="支援", kind="place", nearest="近いもの", owner_id="0", due_on="2027-06-01", version="")),
    "card of the deck": ("hanako", "/clue-cards", dict(
        title_ja="もう一つの問い", question_ja="何でしょうか。", how_ja="聞きます。", title_en="Another", question_en="What?", how_en="Listen.")),
    "card changed": ("hanako", "/clue-cards/{card_id}", dict(
        title_ja="もう一つの問い", question_ja="何でしょうか。", how_ja="聞きます。", title_en="Another", question_en="What?", how_en="Listen.", version="")),
    "card shown": ("hanako", "/hearings/{hearing_id}/cards", dict(card="card-1")),
    "card put away": ("hanako", "/cards/{use_id}/end", dict(outcome="出てきたこと", read="{mark_id}", began="")),
    "card noted": ("jiro", "/cards/{use_id}/outcome", dict(outcome="出てきたこと", read="{mark_id}", began="")),
    "outcome": ("hanako", "/meetings/{meeting_id}/closing", dict(
        held_from="14:00", held_to="15:00", next_meeting="12月", verdict="適切", appropriateness="fit", emergency="119", lead_agency_id="0", version="")),
    "round": ("other", "/hearings/{hearing_id}/rounds", dict(key="k4", question="問い"), "Z"),
    "word": ("jiro", "/rounds/{round_id}/word", dict(text="言葉", read="1")),
    "word heard": ("other", "/rounds/{round_id}/seats/{seat_id}", dict(text="言葉"), "Z"),
    "signal": ("goro", "/hearings/{hearing_id}/signals", dict(kind="word")),
    "draft sent round": ("hanako", "/meetings/{meeting_id}/circulations", dict(answer_by="2099-01-20"), "D"),
    "draft given more time": ("hanako", "/circulations/{circulation_id}/extension", dict(until="2099-01-20", reason="年末のため", version="")),
    "draft agreed to": ("goro", "/circulations/{circulation_id}/agreement", {"for": ""}),
    "remark": ("jiro", "/circulations/{circulation_id}/remarks", dict(
        at="{sentence_id}", kind="correct", text="直した文", why="理由", confined="y", how="")),
    "remark answered": ("hanako", "/remarks/{remark_id}/answer", dict(outcome="partly", words="載せる文", said="説明", read="1")),
    "reopening": ("hanako", "/meetings/{meeting_id}/minutes/reopening", dict(reason="日付の誤り"), "F"),
    "colleague": ("hanako", "/cases/{case_id}/team", dict(user_id="2")),
    "account": ("kanri", "/accounts", dict(name="新人", login="newcomer", roles="clerk", password="long enough word")),
    "account changed": ("kanri", "/accounts/{user_id}", dict(name="次郎", login="jiro", roles="clerk", password="", version="")),
    "paper style": ("kanri", "/settings/paper", dict(body_font="ＭＳ 明朝", heading_font="ＭＳ ゴシック", body_size="10.5", table_size="9", left="30", right="20", top="25", bottom="25", lines="40", characters="0", numbering="dai", comma="、", days="long", times="half", box_title="供覧", box_labels="課長", header_text="福祉課", footer_text="みなも市", logo_words="市章", number_rule="み福第{番号}号", version="")),
    "after": ("kanri", "/settings/after", dict(confirm_within="3", minutes_within="10", remarks_within="10", remind_before="3", remind_after="3", digest_at="8:30", quiet_from="20:00", quiet_to="7:00", link_days="14", version="")),
    "retention class": ("fumiko", "/retention/meetings/{meeting_id}/class", dict(name="10年", until="2099-03-31", reason="子どもの事例"), "F"),
    "class of retention": ("fumiko", "/settings/retention", dict(name="7年", years="7")),
    "classes of kinds": ("kanri", "/settings/retention/kinds", dict(juso="10年", shien="10年", premeeting="5年", general="永年", reason="規程の改正")),
    "disposal decided": ("hanako", "/retention/disposals/{disposal_id}/decision", dict(items="{listed_id}", decision="refused", reason="引き続き使う"), "F"),
    "disposal stopped": ("hanako", "/retention/meetings/{meeting_id}/holds", dict(reason="開示請求", until="2099-03-31"), "F"),
    "office": ("kanri", "/settings", dict(name="みなも市", handling_mark="取扱注意", retention="5年", phone="00-0000-0000", answer_within="3", check_months="12", version="")),
    "agency": ("hanako", "/agencies", dict(name="新しい機関", kind="public", domains="ELD", prefectural="y")),
    "agency changed": ("hanako", "/agencies/{agency_id}", dict(name="名を変えた機関", kind="public", domains="ELD", version="")),
    "member": ("hanako", "/agencies/{agency_id}/members", dict(
        name="新人", kana="しんじん", job="主事", email="a@example.jp", phone="00-0000", user_id="0")),
    "member changed": ("hanako", "/members/{member_id}", dict(name="次郎", job="主事", email="a@example.jp", user_id="0", version="")),
    "agency's letters": ("hanako", "/agencies/{agency_id}", dict(
        name="保健所", kind="contracted", contract="委託", head="保健所長", postal="1230001", address="本町1", phone="00-0000", fax="00-0001", remarks="注", version="")),
    "member's days": ("hanako", "/members/{member_id}", dict(
        name="次郎", section="保健係", deputy="代理", remarks="注", since="2026-04-01", left_on="2099-03-31", user_id="0", version="")),
    "domain": ("hanako", "/domains", dict(ja="新しい分野", en="New field")),
    "domain changed": ("hanako", "/domains/{code}", dict(ja="高齢と介護", en="Ageing", out="y", version="")),
    "import columns": ("hanako", "/agencies/imports/{import_id}", {
        "sheet": "0", "row": "1", "kind": "public", "guess": "y", "posts": "y", "column-0": "agency", "column-1": "job", "column-2": "name"}),
    "import": ("hanako", "/agencies/imports/{import_id}/preview", dict(take="2", read="{read_id}")),
    "pledge": ("jiro", "/meetings/{meeting_id}/pledge", dict(term="year", accepted="y")),
    "pledges on paper": ("hanako", "/meetings/{meeting_id}/pledges", dict(term="year", given_on=TODAY, member="{member_id}")),
    "check of the rules": ("hanako", "/meetings/{meeting_id}/rules/review", {"safety-1": "partly", "note": "ゆっくり話す", "version": ""}),
    "draft of the rules": ("kanri", "/ground-rules/draft", dict(
        compliance_ja="1. 秘密", compliance_en="1. Secrets", safety_ja="1. 安心", safety_en="1. Safe", procedure_ja="1. 時間", procedure_en="1. Time", note="理由", version="")),
    "publication of the rules": ("kanri", "/ground-rules/draft/publication", dict(effective_on=TODAY, version="")),
    "citation": ("kanri", "/ground-rules/citations/{key}", dict(ja="社会福祉法", en="Social Welfare Act", since="2027-04-01", as_of="2026-04-01", note="注")),
    "referral": ("jiro", "/referrals", dict(
        label="Jさん世帯", household_type="other", worry="心配", own_words="声", done="訪問", ask="相談", criteria="1", agreement="not_yet",
        agreement_reason="まだ話していない", urgency="life", shown_to_agency="y",
        **{"people-0-label": "Jさん", "people-0-relation": "母", "people-0-age": "40", "needs-0-domain": "CHD", "needs-0-text": "居場所"})),
    "referral again": ("jiro", "/referrals/{referral_id}", dict(
        label="Jさん世帯", household_type="other", worry="心配", own_words="声", done="訪問", ask="相談", criteria="1", agreement="given",
        urgency="normal", **{"people-0-label": "Jさん", "needs-0-domain": "CHD", "needs-0-text": "居場所"}), "F"),
    "message": ("jiro", "/referrals/{referral_id}/messages", dict(message="付け加えます")),
    "answer": ("other", "/referrals/{referral_id}/answers", dict(answer="return", case="0", words="年齢を教えてください", seal="", version="")),
    "examples": ("hanako", "/referrals/criteria", {
        "rows-0-id": "1", "rows-0-place": "2", "rows-0-ja": "目安", "rows-0-en": "Example", "rows-0-active": "y", "criterion_needed": "y",
        "version": ""}),
    "password": ("jiro", "/password", dict(password="wrong", new_password="another long word", repeated="another long word")),
    "sign-in": (NOBODY, "/sign-in", dict(login="jiro", password="wrong", next="/cases")),
    "search cases": ("hanako", "/cases/search", dict(text="介護", stage="plan", household="8050", consent="missing", team="mine")),
    "search roles": ("hanako", "/actions/search", dict(text="訪問", of="all", state="overdue", agency="", case="{case_id}", period="week")),
    "search a case's roles": ("jiro", "/cases/{case_id}/actions/search", dict(text="訪問", state="open", period="none")),
    "search meetings": ("jiro", "/meetings/search", dict(text="支援")),
    "search records": ("fumiko", "/records/search", dict(
        text="訪問", year="", of="shien", case="", agency="{agency_id}", filed="no", since="2026-04-01", until=TODAY, versions="all", order="held")),
    "records filed": ("fumiko", "/records/filing", dict(record="{record_id}", binder="令和8年度 支援会議綴", number="第1号"), "F"),
    "record filed": ("fumiko", "/records/{record_id}/filing", dict(binder="令和8年度 支援会議綴", number="第1号"), "F"),
    "year": ("fumiko", "/records/year", dict(of="shien", all_versions="y", key="k9"), "F"),
    "language": (NOBODY, "/language", dict(language="en", next="/")),
}
# what is a text that a person types, and is shown again; and what no person types at all
TYPED = {"label", "summary", "own_words", "strengths", "scope", "witness", "reason", "name", "place", "purpose", "to_decide", "note", "text",
         "source", "what", "word", "need", "wished", "enables", "nearest", "first_step", "forum", "next_meeting", "verdict", "emergency",
         "handling_mark", "kana", "job", "phone", "ja", "en", "people-0-label", "people-0-relation", "people-0-note",
         "needs-0-text", "steps-0-title", "turns-0-purpose", "turns-0-to_decide", "number"}
TYPED |= {"facts-0-text", "facts-0-source", "view", "doing", "can", "hard", "condition", "asks", "decide", "roles-0-word", "questions-0-text",
          "answers-0-text", "ground", "contact"}
TYPED |= {"ground", "chair_title", "category", "topics", "materials", "closed_reason"}
TYPED |= {"ties-0-name", "ties-0-note", "conflicts-0-note"}
UNSEEN = {"slot", "key", "read", "people-0-id", "steps-0-screen", "turns-0-id", "proxy-{seat_id}", "next", "password", "new_password", "repeated", "login", "online_url", "email"}
TYPED |= {"question", "why", "said"}
UNSEEN |= {"at", "for"}
TYPED |= {"worry", "done", "ask", "agreement_reason", "message", "words", "rows-0-ja", "rows-0-en"}
UNSEEN |= {"seal", "rows-0-id"}
WHEN = {"first_on", "last_on", "rule_day", "moved_to", "answer_by", "slots-0-day", "opened_on", "on", "expires_on", "day", "due_on", "as_of"}
TYPED |= {"roles", "outlook", "watchers", "signs", "words"}
UNSEEN |= {"to"}
WHEN |= {"ended_on", "again_on", "checks-0", "until"}
TYPED |= {"aim", "family_idea", "informal", "change", "seen", "changes", "own_view", "remaining", "missing", "programme_note",
          "goals-0-text", "goals-0-issue", "goals-0-supports-0-who", "goals-0-supports-0-what", "goals-0-supports-0-often",
          "goals-0-supports-0-own_part", "results-0-word"}
TYPED |= {"binder"}
WHEN |= {"period_from", "period_to", "monitoring_on", "agreed_on", "seen_on", "next_on", "goals-0-supports-0-until"}
UNSEEN |= {"facts-0-id", "roles-0-id", "hand_in"}
WHEN |= {"answered_on", "dated_on"}
TYPED |= {"title_ja", "question_ja", "how_ja", "title_en", "question_en", "how_en", "outcome"}
TYPED |= {"hint_ja", "hint_en", "steps-0-say", "steps-0-title_ja", "steps-0-say_ja", "steps-0-title_en", "steps-0-say_en"}


# requests for disclosure
FORMS |= {
    "disclosure": ("fumiko", "/disclosures", dict(
        received_on=TODAY, capacity="proxy", identity_by="運転免許証", authority_by="委任状", wanted="会議録", corrected_days="0")),
    "disclosure changed": ("fumiko", "/disclosures/{disclosure_id}", dict(
        received_on=TODAY, capacity="self", identity_by="運転免許証", authority_by="", wanted="会議録", corrected_days="3", version="")),
    "disclosure extended": ("fumiko", "/disclosures/{disclosure_id}/extension", dict(extended_on=TODAY, extension_reason="文書が多い")),
    "disclosure decided": ("fumiko", "/disclosures/{disclosure_id}/decision", dict(
        decision="absent", decided_on=TODAY, decided_by="部長", ground="第82条", reason="見当たらない")),
    "third party asked": ("fumiko", "/disclosures/{disclosure_id}/opinions", dict(party="保健センター", asked_on=TODAY, answer_by="2099-06-01")),
    "third party heard": ("fumiko", "/disclosure-opinions/{opinion_id}", dict(answer="agrees", answered_on=TODAY)),
    "disclosure found": ("hanako", "/disclosures/{disclosure_id}/finding", dict(wanted="見本")),
    "disclosure proposed": ("hanako", "/disclosure-items/{disclosure_item_id}", dict(verdict="open", ground="", note="表題")),
    "disclosure terms": ("fumiko", "/disclosures/terms", dict(
        days="15", extension="45", closed="after", own="第78条", foi="条例", remedies="審査請求", version="")),
}
TYPED |= {"identity_by", "authority_by", "extension_reason", "decided_by", "party", "own", "foi", "remedies"}
WHEN |= {"received_on", "extended_on", "decided_on", "asked_on"}

# names and addresses
FORMS |= {
    "identity": ("hanako", "/cases/{case_id}/identity/{person_id}", dict(
        name="見本 花江", kana="みほん はなえ", former_name="仮名", birth_date="S18.4.12", sex="女性", address="架空町1", telephone="000-0000-0000",
        may_call="yes", call_when="午前", version="")),
    "identity of the household": ("hanako", "/cases/{case_id}/identity/household", dict(
        address="架空町1", telephone="000-0000-0000", may_call="no", call_when="手紙で", version="")),
    "search by name": ("hanako", "/names", dict(wanted="見本")),
}
TYPED |= {"former_name", "sex", "address", "telephone", "call_when", "wanted"}
WHEN |= {"birth_date"}


# copies of the minutes
FORMS |= {
    "copy": ("hanako", "/meetings/{meeting_id}/copies/{agency_id}", dict(sections="decisions", lean="1"), "F"),
    "copy of the office": ("fumiko", "/meetings/{meeting_id}/copies/record", dict(recipient="文書担当"), "F"),
    "copy for a disclosure": ("fumiko", "/meetings/{meeting_id}/copies/disclosure", dict(recipient="情報公開担当", cases="R08-0001"), "F"),
    "copy to disclose": ("fumiko", "/meetings/{meeting_id}/copies/disclosed", dict(recipient="請求者", cases="R08-0001"), "F"),
    "copy handed over": ("hanako", "/copies/{copy_id}/deliveries", dict(on=TODAY, how="hand", pieces="1", recall="1"), "F"),
    "copy collected": ("fumiko", "/deliveries/{delivery_id}/return", dict(returned_on=TODAY), "F"),
    "withheld": ("fumiko", "/meetings/{meeting_id}/withholding", dict(places="hearings.0.own_words", words="", everywhere="1", ground="1", reason="理由", line="1",
                                                                     decision="withhold"), "F"),
    "rest opened": ("fumiko", "/meetings/{meeting_id}/withholding/rest", dict(places="hearings.0.own_words", aware="y", version="1.0.0"), "F"),
    "own form renamed": ("kanri", "/settings/forms/{form_id}/name", dict(name="様式", version="")),
    "withholding approved": ("fumiko", "/meetings/{meeting_id}/withholding/approval", dict(decided_by="課長", decided_on=TODAY, aware="y"), "F"),
    "grounds": ("kanri", "/withholding-grounds", {"rows-0-id": "1", "rows-0-name": "第三者情報", "rows-0-article": "第2号", "rows-0-reason": "理由",
                                                  "rows-0-active": "y", "version": ""}),
}
BOOK = dict(title="母と子の世帯", overview="概要", troubles="困りごと", flow="流れ", decided="決定", worked="良かったこと", remains="課題", missing="資源")
FORMS |= {
    "example": ("hanako", "/cases/{case_id}/case-book", BOOK | dict(widened="y")),
    "example changed": ("hanako", "/case-book/{example_id}", BOOK | dict(version="", widened="y")),
    "finding confirmed": ("hanako", "/case-book/{example_id}/confirmations", dict(key="0", reason="一般の言葉")),
    "idea leaves": ("hanako", "/ideas/{idea_id}/proposal", WISH | dict(area="東", looked="y", kept="0")),
    "proposal joined": ("hanako", "/ideas/{idea_id}/proposal/{proposal_id}", dict(area="東")),
    "proposal changed": ("hanako", "/resources/proposals/{proposal_id}", WISH | dict(version="", kept="0")),
    "proposal goes on": ("hanako", "/resources/proposals/{proposal_id}/steps", dict(
        state="study", on=TODAY, note="協議した", forum="協議体", owner_id="{agency_id}", owner_member_id="{member_id}", next_step="見学", next_on=TODAY, version="")),
    "forums": ("hanako", "/resources/forums", dict(names="協議体")),
    "resource": ("hanako", "/resources/map/entries", MAPPED),
    "resource changed": ("hanako", "/resources/map/{resource_id}", MAPPED | dict(version="")),
    "resource ended": ("hanako", "/resources/map/{resource_id}/end", dict(on=TODAY, note="閉じた")),
    "resource said to be wrong": ("jiro", "/resources/map/{resource_id}/corrections", dict(text="曜日が違う")),
    "hint settled": ("hanako", "/resources/map/corrections/{correction_id}", dict(came="right")),
    "resources found": ("jiro", "/resources/map", dict(text="サロン", footing="informal", of="place", domain="ELD", area="", state="")),
    "map in the room": ("jiro", "/hearings/{hearing_id}/map", dict(text="サロン")),
    "resource import columns": ("hanako", "/resources/map/imports/{map_import_id}", {
        "sheet": "0", "row": "1", "kind": "place", "footing": "informal", "guess": "y", "checked": "y", "column-0": "name", "column-1": "does", "column-2": "phone"}),
    "resource import": ("hanako", "/resources/map/imports/{map_import_id}/preview", dict(take="2", read="{map_read_id}")),
    "proposals found": ("hanako", "/resources/proposals", dict(text="居場所", state="idea", domain="ELD", due="over")),
    "example ready": ("hanako", "/case-book/{example_id}/ready", dict(note="読み合わせた"), "F"),
    "example withdrawn": ("hanako", "/case-book/{example_id}/withdrawal", dict(reason="特定のおそれ"), "F"),
}
TYPED |= {"does", "whom", "contact", "cost", "hours", "memo"}
WHEN |= {"checked_on"}
TYPED |= {"wished", "enables", "need", "nearest", "next_step", "area", "names"}
TYPED |= {*BOOK}  # a finding that is there is confirmed in tests/papers/test_case_book.py
TYPED |= {"recipient", "decided_by", "rows-0-name", "rows-0-article", "rows-0-reason"}
WHEN |= {"returned_on", "decided_on"}


# the self-check of a year
FORMS |= {
    "self-check": ("kanri", "/self-check", dict(year=str(clock.fiscal_year(clock.today()) - 1))),
    "self-check answered": ("hanako", "/self-check/{year}/{section}", dict(rules_written="yes", rules_written_note="補足", rules_content="compliance",
                                                                           rules_content_note="補足", version="")),
    "self-check finished": ("hanako", "/self-check/{year}/end", dict(resolve="試すこと", version="")),
    "self-check reopened": ("kanri", "/self-check/{year}/reopening", dict(reason="誤り", version="")),
}
TYPED |= {"rules_written_note", "rules_content_note", "resolve"}


@pytest.fixture
def send(wide, monkeypatch):
    """`send(form, changed)` gives the answer and what it would have kept; the wide world stays as it is."""

    def post(name, changed, **more):
        person, where, fields, *thing = FORMS[name]
        client, token = wide.visitor(person)
        ids = wide.things[(thing or ["A"])[0]]
        fields = {key.format(**ids): value.format(**ids) if re.fullmatch(r"[am]?\{\w+_id\}", value) else value
                  for key, value in (fields | changed).items() if value is not None}
        with nothing_kept(monkeypatch) as kept:
            answer = client.post(where.format(**ids), data=fields | {"csrf_token": token}, **more)
        return answer, kept

    return post


TYPED |= {"r{action_id}-word"}
WHEN |= {"r{action_id}-answer_by"}
FORMS["paper tried"] = ("kanri", "/settings/paper/trial", FORMS["paper style"][2])
TYPED |= {"box_title", "box_labels", "header_text", "footer_text", "logo_words", "number_rule"}
TYPED |= {"section", "deputy", "remarks", "head", "address", "fax", "contract"}
WHEN |= {"since", "left_on", "until_on", "escalation_on"}
ROSTER_BUTTONS = {"agencies.come_back", "agencies.leave", "domains.move", "imports.give_up",
                  "imports.create"}  # the last takes a file: tests/agencies/test_hostile_files.py


@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_every_form_of_the_house_is_tried_here(wide):
    tried = ROSTER_BUTTONS | {wide.app.url_map.bind("localhost").match(where.format(**wide.things["A"]), method="POST")[0]
             for _who, where, *_rest in FORMS.values()}
    forms = {rule.endpoint for rule in wide.app.url_map.iter_rules() if "POST" in rule.methods}
    forms -= {"identities.fill_age"}  # a button
    buttons = {"accounts.depart", "accounts.end", "actions.remove", "dates.close", "dates.remind", "rooms.remove", "series.make", "series.send", "feed.renew", "feed.stop", "meetings.cancel", "meetings.switch", "records.unfile",
               "minutes.finalise", "hearings.remove", "resources.remove", "agenda.extend", "entries.restore", "agenda.start", "seats.invite", "seats.retry"}
    buttons |= {"inquiries.send", "inquiries.take_back", "sheets.record", "sheets.remind", "sheets.withdraw"}
    buttons |= {"deck.move", "deck.set_aside", "deck.bring_back", "deck.restore"}
    buttons |= {"templates.copy", "templates.set_aside", "templates.bring_back", "templates.restore"}
    buttons |= {"acts.undo", "acts.redo"}
    buttons |= {"notices.see", "handover.back"}
    buttons |= {"confirming.agree", "confirming.withdraw", "followup.ask", "followup.nudge", "followup.receive"}  # tests/followup/test_asking.py
    buttons |= {"circulation.remind", "draft.withdraw"}
    buttons |= {"retention.release", "classes.drop", "disposals.propose", "disposals.carry_out"}  # the last two need a term that is over: tests/retention
    buttons |= {"own_forms.add", "own_forms.create", "own_forms.prefer", "own_forms.put_away", "own_forms.remove", "own_forms.use"}  # the first two take a file: tests/papers
    buttons |= {"rounds.reveal", "rounds.end", "signals.take_in"}
    buttons |= {"answers.take", "referrals.acknowledge", "referrals.withdraw"}
    buttons |= {"guests.answer", "guests.agree", "guests.report", "guests.withdraw", "links.again", "links.enter", "links.leave",
                "personal_links.create", "personal_links.mail", "personal_links.revoke", "personal_links.slip",
                "guest_reflection.create"}  # tests/links, tests/reflection
    buttons |= {"deciding.deliver", "deciding.look_again", "deciding.withdraw", "disclosure_papers.issue", "finding.link", "finding.link_case",
                "finding.link_member", "finding.settle", "finding.unlink", "finding.unlink_case"}  # tests/disclosure
    buttons |= {"register.merge", "register.part"}  # tests/resources/test_register.py
    buttons |= {"community.check", "community.resume", "map_imports.give_up", "map_imports.create", "mapping.create"}  # tests/community; the last but one takes a file
    buttons |= {"outbox.retry", "outbox.retry_all", "outbox.wake", "outbox.withdraw"}
    buttons |= {"council_members.remove"}
    buttons |= {"withholding.carry", "withholding.lift"}
    buttons |= {"drafts.begin", "drafts.discard", "pledges.remind", "pledges.strike"}  # tests/ground_rules and tests/papers
    first = {"accounts.settle"}
    assert tried | buttons | first == forms


@pytest.mark.parametrize("name", FORMS)
def test_what_a_person_would_type_is_taken(send, name):
    answer, _kept = send(name, {})
    assert answer.status_code in ((422,) if name in ("password", "sign-in", "one more case", "reflection sheets") else (409,) if name in ("finding confirmed", "copy to disclose", "withholding approved", "rest opened") else (200, 303)), told(answer.text)


# The kinds of fields are few and shared by all forms. Each form is tried with some of what can be typed, each kind of
# field with all of it: what differs from form to form is what a door does with a fault, not which faults there are.

def turn(name, of, at=0):
    """One of these for each form, in turn."""
    return of[(list(FORMS).index(name) + at) % len(of)]


@pytest.mark.parametrize("name", FORMS)
def test_hostile_text_breaks_no_form_and_is_shown_again(send, name, database_kind):
    typed = [each for each in FORMS[name][2] if each in TYPED and (name, each) != ("wall", "words")]  # there it is a switch
    refused = [LONG, " ".join(CONTROLS)] if database_kind == "sqlite" else []  # before the database is asked
    for hostile in [*refused, turn(name, MARKUP)] if typed else []:
        answer, kept = send(name, dict.fromkeys(typed, hostile))
        sound(answer, kept, (name, hostile[:30]))
        assert b"<script>alert(1)" not in answer.data
        if hostile in refused and answer.status_code != 409:
            assert answer.status_code == 422, (name, hostile[:10])
            assert str(escape(text.revealed(hostile))) in answer.text, (name, hostile[:10])


@pytest.mark.parametrize("name", FORMS)
def test_absurd_choices_numbers_and_days_break_no_form(send, name, database_kind):
    rest = [each for each in FORMS[name][2] if each not in TYPED]
    sqlite = database_kind == "sqlite"  # PostgreSQL is hardly ever reached with these: it gets one of each
    for at in range(5 if sqlite else 1):
        sound(*send(name, dict.fromkeys(rest, turn(name, ODD, at * 4))), (name, at))
    for place, field in enumerate(rest if sqlite else rest[:1]):
        if field in WHEN:
            sound(*send(name, {field: turn(name, DAYS, place)}), (name, field))
        sound(*send(name, {field: turn(name, HIDDEN, place) if field in UNSEEN | {"version"} else "unknown"}), (name, field))
    for hidden in ("once", "version"):
        sound(*send(name, {hidden: turn(name, HIDDEN)}), (name, hidden))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_a_form_with_fields_missing_is_answered(send, name):
    fields = FORMS[name][2]
    for left_out in [*([field] for field in fields), list(fields)]:
        sound(*send(name, dict.fromkeys(left_out)), (name, left_out))


@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_a_body_that_is_no_form_is_answered(wide, monkeypatch):
    for place, (name, (person, where, _fields, *thing)) in enumerate(FORMS.items()):
        client, token = wide.visitor(person)
        where = where.format(**wide.things[(thing or ["A"])[0]])
        for body, kind in BODIES if place == 0 else (turn(name, BODIES), turn(name, BODIES, 3)):
            for header in ({}, {"X-CSRFToken": token})[place > 0:]:  # without a token the forms are all refused at one door
                with nothing_kept(monkeypatch) as kept:
                    sound(client.post(where, data=body, content_type=kind, headers=header), kept, (name, body, header))


@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_more_than_the_house_can_carry_is_refused_in_words(wide):
    for person in ("hanako", NOBODY):
        client, token = wide.visitor(person)
        answer = client.post("/cases", data={"csrf_token": token, "summary": "x" * 3_000_000})
        assert answer.status_code == 413
        assert _("That was too much at once.") in answer.text


@pytest.mark.parametrize("person", ["hanako", "jiro", "fumiko", "kanri", NOBODY])
@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_an_absurd_address_is_answered(wide, person):
    client, _token = wide.visitor(person)
    for id in ("0", "-1", str(2**31), str(2**63), "9" * 400, "abc", "１", "%00", "1%00"):
        for where in ("/cases/", "/referrals/", "/meetings/", "/actions/", "/accounts/", "/agencies/", "/members/", "/ground-rules/citations/"):
            assert client.get(where + id).status_code < 500, where + id
    for where in ("/cases", "/referrals", "/referrals/sent", "/meetings", "/resources", "/records", "/audit", "/actions"):
        for page in ("0", "-1", str(2**63), "9" * 400, "abc", "１", "%00"):
            assert client.get(f"{where}?page={page}&when={page}&hearing={page}").status_code < 500, (where, page)
    meeting = wide.things["F"]["meeting_id"]
    for where in (f"/meetings/{meeting}/minutes/{2**63}.docx", f"/meetings/{meeting}/room?hearing={2**63}", f"/cases/{2**63}/edit"):
        assert client.get(where).status_code < 500, where


def sound(answer, kept, what):
    assert answer.status_code < 500, (what, answer.status_code)
    assert answer.status_code < 400 or not [act for act in kept if act[0] not in ("sign-in refused", "saw")], what


# -- what the answer says ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name, changed, field, message", [
    ("case", dict(label=""), "label", _("Please fill this in.")),
    ("case", dict(label=LONG), "label", _("At most %(limit)s characters; there are %(count)s now.", limit=80, count="10,000")),
    ("case", dict(summary="ab\x0bc"), "summary", _(
        "Character %(place)s cannot be kept in a document. It is shown as a sign now; delete it and save again.", place=3)),
    ("case", dict(opened_on="令和0年5月1日"), "opened_on", _("Write a date that exists, for example 2026-07-08 or R8.7.8.")),
    ("case", dict(opened_on="2026-02-30"), "opened_on", _("Write a date that exists, for example 2026-07-08 or R8.7.8.")),
    ("case", dict(opened_on="1899-12-31"), "opened_on", _("Write a date between 1900 and 2100.")),
    ("case", dict(opened_on="2100-01-01"), "opened_on", _("This day has not come yet.")),
    ("case", {"people-0-age": "200"}, "people-0-age", _("Write a number from %(low)s to %(high)s.", low=0, high=120)),
    ("case", {"people-0-age": "八十"}, "people-0-age", _("Write a whole number.")),
    ("case", {"people-0-label": "", "people-0-note": "誰か"}, "people-0-label", _("Give this person a label such as A.")),
    ("case", {"needs-0-domain": ""}, "needs-0-domain", _("Choose one of the choices shown.")),
    ("case", dict(household_type="no such"), "household_type", _("Choose one of the choices shown.")),
    ("consent", dict(expires_on="2026-05-31"), "expires_on", _("The end lies before the beginning.")),
    ("consent", dict(on="2100-01-01"), "on", _("This day has not come yet.")),
    ("consent", dict(method=""), "method", _("Say how the consent was given.")),
    ("consent", dict(scope="", agencies=None), "scope", _("Say with whom what may be shared.")),
    ("plan", dict(informal=""), "informal", _("Please fill this in.")),
    ("plan", dict(period_to="2026-05-31"), "period_to", _("The end lies before the beginning.")),
    ("plan", dict(monitoring_on="2027-04-01"), "monitoring_on", _("This day lies outside the period of the plan.")),
    ("plan", {"goals-0-text": ""}, "goals-0-text", _("Write the goal.")),
    ("plan", {"goals-0-supports-0-what": ""}, "goals-0-supports-0-what", _("Write what the support is.")),
    ("plan agreed", dict(agreed_on="2100-01-01"), "agreed_on", _("This day has not come yet.")),
    ("plan watched", dict(next_on="2020-01-01"), "next_on", _("This day has passed.")),
    ("plan evaluated", dict(own_view=""), "own_view", _("Please fill this in.")),
    ("stage", dict(on="2100-01-01"), "on", _("This day has not come yet.")),
    ("stage", dict(on="2000-01-01"), "on", _("The last move was on a later day.")),
    ("stage", dict(lead_agency_id="0"), "lead_agency_id", _("Choose the agency that keeps the thread afterwards.")),
    ("stage", dict(signs=""), "signs", _("Write at which signs support starts again.")),
    ("stage", dict(to="assessment", reason=""), "reason", _("Write why.")),
    ("check", dict(words=""), "words", _("Write what was seen or heard.")),
    ("check", dict(again_on="2020-01-01"), "again_on", _("A day to look again must not have passed.")),
    ("meeting", dict(end="13:00"), "end", _("The end must come after the start.")),
    ("meeting", dict(end="14:00"), "end", _("The end must come after the start.")),
    ("meeting", dict(day="2020-01-01"), "day", _("This day has passed.")),
    ("meeting", dict(day="2099-01-01"), "day", _("This day is more than three years away.")),
    ("meeting", dict(start="25:00"), "start", _("Write a time that exists, for example 14:00.")),
    ("meeting", dict(place=""), "place", _("Write where people meet.")),
    ("meeting", dict(online_url="javascript:alert(1)"), "online_url", _("Write an address that begins with https://.")),
    ("meeting changed", {"steps-0-minutes": "0"}, "steps-0-minutes", _("Write a number from %(low)s to %(high)s.", low=1, high=240)),
    ("meeting changed", {"steps-0-minutes": ""}, "steps-0-minutes", _("How many minutes?")),
    ("role changed", dict(what=""), "what", _("Please fill this in.")),
    ("role changed", dict(due_on="2020-01-01"), "due_on", _("This day lies before the meeting.")),
    ("role changed", dict(until_on="2027-05-31"), "until_on", _("A role ends after the day it is due.")),
    ("role joined", dict(other=""), "other", _("Please fill this in.")),
    ("confirmation", dict(word=""), "word", _("Write the condition.")),
    ("idea changed", dict(need=""), "need", _("Please fill this in.")),
    ("outcome", dict(held_to="13:59"), "held_to", _("The end must come after the start.")),
    ("outcome", dict(held_from="25:00"), "held_from", _("Write a time that exists, for example 14:00.")),
    ("reopening", dict(reason=""), "reason", _("Please fill this in.")),
    ("identity", dict(birth_date="S18.13.1"), "birth_date", _("Write a date that exists, for example 2026-07-08 or R8.7.8.")),
    ("identity", dict(birth_date="2100-01-01"), "birth_date", _("This day has not come yet.")),
    ("identity", dict(telephone="なし"), "telephone", _("Write the number in digits.")),
    ("search by name", dict(wanted=""), "wanted", _("Please fill this in.")),
    ("account", dict(login="じろう"), "login", _("Use letters, digits and . _ - @ only.")),
    ("account", dict(login="jiro"), "login", _("This sign-in name is taken.")),
    ("account", dict(password="short"), "password", _("At least %(count)s characters.", count=10)),
    ("account", dict(password=""), "password", _("Please fill this in.")),
    ("agency", dict(name="保健センター"), "name", _("An agency of this name is on the roster already.")),
    ("member", dict(email="no address"), "email", _("Write a mail address such as name@example.jp.")),
    ("agency's letters", dict(postal="12"), "postal", _("A postal code has seven digits.")),
    ("member's days", dict(left_on="2026-03-31"), "left_on", _("The end lies before the beginning.")),
    ("domain", dict(ja="高齢、介護"), "ja", _("Leave out commas: in tables they stand between two domains.")),
    ("domain", dict(ja="障害"), "ja", _("There is a domain of this name.")),
    ("import columns", dict(row="99"), "row", _("Write a number from %(low)s to %(high)s.", low=1, high=3)),
    ("days offered", {"slots-1-end": "09:00"}, "slots-1-end", _("The end must come after the start.")),
    ("days offered", {"slots-0-day": "2020-01-01"}, "slots-0-day", _("This day has passed.")),
    ("room", dict(name="302会議室"), "name", _("There is a room of this name already.")),
    ("series", dict(last_on="2026-11-30"), "last_on", _("The end lies before the beginning.")),
    ("series", dict(last_on="2029-03-31"), "last_on", _("At most two years from the first day.")),
    ("series", dict(pattern="weekly", weeks=""), "weeks", _("Write a number from %(low)s to %(high)s.", low=1, high=12)),
    ("office", dict(name=""), "name", _("Please fill this in.")),
    ("citation", dict(as_of=""), "as_of", _("Please fill this in.")),
    ("office", dict(answer_within="0"), "answer_within", _("Write a number from %(low)s to %(high)s.", low=1, high=30)),
    ("referral", dict(worry=""), "worry", _("Please fill this in.")),
    ("referral", dict(agreement_reason=""), "agreement_reason", _("Write why the household is put forward without agreement.")),
    ("referral", {"people-0-label": ""}, "people-0-label", _("Give this person a label such as A.")),
    ("referral", {"needs-0-domain": ""}, "needs-0-domain", _("Choose one of the choices shown.")),
    ("answer", dict(words=""), "words", _("Write what is missing, so that the agency can complete it.")),
    ("answer", dict(answer="advise", words=""), "words", _("Write the advice.")),
    ("message", dict(message=""), "message", _("Please fill this in.")),
    ("examples", {"rows-0-ja": ""}, "rows-0-ja", _("Write the example. One you no longer need is taken off with its tick.")),
    ("password", dict(), "password", _("This is not your present password.")),
    ("password", dict(repeated="something else"), "repeated", _("The two are not the same.")),
    ("sign-in", dict(), "password", _("The name and the password do not fit together.")),
])
@pytest.mark.databases("sqlite")  # refused before the database is asked
def test_a_fault_is_told_at_its_field_in_japanese(send, name, changed, field, message):
    answer, _kept = send(name, changed)

    assert answer.status_code == 422
    assert told_at(answer.text, field) == message


@pytest.mark.parametrize("name, changed", [
    ("case", dict(household_type="x", stage="x")), ("consent", dict(state="x")), ("meeting", dict(kind="x")), ("meeting", dict(mode="x")),
    ("reply", dict(reply="x")), ("confirmation", dict(answer="x")), ("account", dict(roles="emperor")), ("agency", dict(domains="XXX")),
    ("seats", {"level-{member_id}": "x"}), ("seats", {"member": "99999"}), ("import columns", {"column-1": "x"}), ("import columns", dict(sheet="7")), ("import", dict(take="99")), ("member", dict(user_id="x")),
    ("referral", dict(urgency="x")), ("referral", dict(agreement="x")), ("referral", dict(criteria="99")), ("answer", dict(answer="x")),
    ("answer", dict(case="99999")),
])
def test_a_choice_that_was_not_offered_is_refused_in_words(send, name, changed):
    answer, _kept = send(name, changed)

    assert answer.status_code == 422
    assert _("Choose one of the choices shown.") in answer.text
    assert "valid choice" not in answer.text


def test_somebody_chosen_twice_for_one_table_is_named(wide, monkeypatch):
    client, token = wide.visitor("hanako")
    member = wide.things["P"]["member_id"]
    with nothing_kept(monkeypatch):
        answer = client.post("/hearings/{hearing_id}/seats".format(**wide.things["P"]), data={
            "csrf_token": token, "member": [str(member), str(member)], f"role-{member}": "facilitator"})

    assert answer.status_code == 422
    assert _("Somebody was chosen twice for one table: %(names)s.", names="保健センター 佐藤 次郎") in answer.text


@pytest.mark.parametrize("name, field", [("line", "text"), ("role", "what"), ("idea", "enables")])
def test_what_was_typed_in_the_room_comes_back_without_scripts(send, name, field):
    missing = {"line": "source", "role": "due_on", "idea": "need"}[name]
    answer, _kept = send(name, {field: "消えてはいけない文", missing: "2020-01-01" if missing == "due_on" else ""})

    assert answer.status_code == 422
    assert "消えてはいけない文" in answer.text
    assert 'class="error' in answer.text


def test_what_was_typed_is_kept_when_the_house_refuses(wide):
    client, token = wide.visitor("jiro")
    late = client.post("/hearings/{hearing_id}/entries".format(**wide.things["F"]), data={
        "csrf_token": token, "key": "late", "kind": "opinion", "text": "確定した後の\n大切な一言"})

    assert late.status_code == 409
    assert "確定した後の\n大切な一言" in late.text


def test_markup_is_shown_as_it_was_typed_wherever_it_appears(world):
    hanako = world.browser("hanako")
    hostile = '<script>alert(1)</script>"\'><img src=x>'
    hanako.get("/cases/new")
    fields = FORMS["case"][2] | {key: hostile for key in FORMS["case"][2] if key in TYPED and key != "people-0-relation"}
    case = hanako.post("/cases", fields | {"label": hostile[:80], "people-0-label": hostile[:40]}).location
    pages = [hanako.get(where).text for where in (case, "/cases", case + "/edit", case + "/meetings/new", "/")]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)
    assert "&lt;script&gt;alert(1)" in pages[0]


def told(page):
    """What a page says went wrong, in short."""
    return re.findall(r'<(?:h1|li|p class="error")[^>]*>.*?</', page)[-8:]


def told_at(page, field):
    """The message that stands at a field marked as faulty."""
    found = re.search(rf'<div class="field[^"]*field--error[^"]*">\s*<label for="{field}">.*?</label>.*?'
                      rf'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    return found and found[1].replace("&#39;", "'")
