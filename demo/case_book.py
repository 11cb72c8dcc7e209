"""The sample's case book: one example that the office can read, one whose words still tell too much."""

from __future__ import annotations

from cases import flow
from core.database import session
from demo.people import Town
from identities.traces import findings
from papers.case_book import CaseExample
from papers.case_book_of_case import facts_of, year_of

READY = dict(
    title="長く離れていた相談先と、もう一度つながった世帯",
    overview="親と同居する本人が、長い間、外とのつながりを持たずに暮らしていた。家族の体調の変化をきっかけに相談につながった。",
    troubles="・暮らしの費用の見通しが立たない\n・家族の介護と本人の暮らしを、別々の窓口がそれぞれ見ていた",
    flow="初めは手紙だけでやり取りし、会う場所と時間を本人が選べるようにした。会議の後は、訪問する人を一人に絞った。",
    decided="・本人と会う窓口を一つにする\n・家族の介護と本人の相談を、別の日に分けて訪問する\n・次に集まる時期を先に決めておく",
    worked="・本人が答えやすい聞き方を、参加した全員で揃えたこと\n・できたことを会議の初めに共有したこと",
    remains="本人が日中に過ごせる場所は、まだ一つしかない。",
    missing="・少人数で、決まった予定がなくても過ごせる場\n・夜間に電話で話せる相手")
DRAFT = dict(
    title="地域の見守りから始まった世帯（下書き）",
    overview="82歳の母と50歳代の子の世帯。令和7年6月に民生委員から相談があった。",
    troubles="・母の通院が途切れている\n・家の片付けが進まない",
    flow="6/10に初めて訪問した。3回目の訪問で玄関先の話ができた。",
    decided="・訪問の曜日を決める", worked="・同じ人が続けて訪ねたこと", remains="", missing="・片付けを一緒に行う人")


def write(town: Town) -> None:
    """Write both for cases of the sample; the first read through by somebody else, or alone with a note."""
    over = next(each for each in town.cases.values() if each.stage in flow.OVER)
    other = next(each for each in town.cases.values() if each is not over and each.people)
    for case, words, ready in ((over, READY, True), (other, DRAFT, False)):
        by = case.team[0].user
        made = CaseExample.begin(case, by, year_of(over), facts_of(case, ready), ready, **words)
        if ready:
            reader = next(iter(made.others), by)
            made.make_ready(reader, len(findings(case, made.texts)), "題名から順に読み合わせ、特定につながる記載がないことを確かめた。")
    session.flush()
