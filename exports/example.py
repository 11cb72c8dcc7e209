"""A meeting that never was, to show what stands in each field: the town, its agencies and its people exist nowhere. Pure."""

from __future__ import annotations

from functools import cache

from .minutes import Assignment, Attendee, Carried, Hearing, Idea, Minutes, Statement

READ = "第1版 令和8年6月8日 画面"


@cache
def example() -> Minutes:
    """A final 会議録 on one household, with something in every field."""
    return Minutes(
        title="令和8年度第3回 みほん市支援会議 会議録", office="みほん市", legal_kind="支援会議",
        legal_ground="社会福祉法第106条の6に基づく支援会議（本人同意を要しない）", handling_mark="取扱注意", reference="R08-支援-0003", document_number="み福第12号", status="確定 第1版",
        held="令和8年6月10日(水) 午後2時から午後3時まで", place="市役所3階 302会議室", mode="対面・オンライン併用", purpose="母の暮らしを支えながら、長男と関わるきっかけをつくる。",
        to_decide="訪問の担当と理由、緊急時の連絡先", facilitator="重層担当課 甲野", note_taker="社会福祉協議会 乙川", timekeeper="自立相談支援機関 己野",
        rules="グランドルール第1版（出席者5名中5名が確認、開会時に全員で確認（午後2時2分））", hearings=(_household(),),
        next_meeting="令和8年7月22日(水) 午後2時　302会議室", confirmation="役割3件中2件確認済み", reopened=("第1版を令和8年6月20日に再開: 期限の誤りを正すため",),
        author="社会福祉協議会 乙川", written_on="令和8年6月11日", finalised_on="令和8年6月17日", retention="5年", disclosure="不開示情報を含む（開示請求時に個別に判断）").sealed()


def _household() -> Hearing:
    return Hearing(
        case_number="R08-0007", household="Ａさん世帯：Ａさん（母、82歳）、Ｂさん（長男、54歳）\n持ち家。固定資産税に滞納がある。",
        own_words="Ａさん「自分が元気なうちに、息子のことを考えておきたい。」", consent=("Ａさん：同意あり、令和8年5月27日、口頭", "Ｂさん：未確認"), attendees=(
            Attendee("重層担当課", "主査", "甲野", "進行役", "出席", READ), Attendee("社会福祉協議会", "CSW", "乙川", "記録者", "出席", READ),
            Attendee("地域包括支援センター", "社会福祉士", "丙山", "", "出席", READ), Attendee("保健センター", "保健師", "戊村", "", "出席（オンライン）", READ),
            Attendee("自立相談支援機関", "主任相談支援員", "己野", "タイムキーパー", "出席", READ), Attendee("民生委員・児童委員協議会", "民生委員", "癸谷", "", "欠席", "―")),
        facts=(Statement("母の体重が3か月で4kg減った。", "地域包括支援センター", "受診時の計測 6月3日"), Statement("固定資産税が2年分納められていない。", "納税課", "台帳 6月8日現在")),
        formulations=(Statement("息子のことを話せる相手を求めている。", "地域包括支援センター"),), issues=(Statement("母の負担をどう軽くするか。"),),
        opinions=(Statement("働けるかどうかより、ラジオの話から始めたい。", "保健センター", question="最初の一歩は何か"), Statement("督促より先に分納の相談を伝えたい。", "自立相談支援機関")),
        decisions=(Statement("配食を週2回に増やす。"), Statement("長男への訪問は月1回、保健師と支援員の2人で行う。")), taken_back=(Statement("延滞金の扱いを課内で確かめ、次回までに伝える。", "納税課"),),
        assignments=(Assignment("配食の調整と体重の確認", "地域包括支援センター 丙山", "令和8年6月24日(水)", "主", "引き受ける（令和8年6月10日）", True),
                     Assignment("長男への初回の訪問", "保健センター 戊村", "令和8年7月8日(水)", "副", "引き受ける（令和8年6月11日）"),
                     Assignment("ゆるやかな見守り", "未割当", "定めなし", "協力", "未回答")),
        carried=(Carried("介護保険の更新申請", "地域包括支援センター", "令和8年5月29日", "完了"),), cards=(Statement("元気な頃の仕事の話が出た。", source="うまくいっていた頃は何があったか"),),
        ideas=(Idea("家から出なくても人の役に立てる場がない。", "自宅で小さな修理を頼まれる仕組み", "外出しなくても出番ができる。", "仕組み", "社協のリユース事業", "家電の点検を1件頼んでみる。",
                    "参加支援の会議", "社会福祉協議会 乙川", "令和8年9月30日(水)"),),
        dissents=(Statement("訪問は月2回が望ましい。", "保健センター", "令和8年6月13日", about="長男への訪問は月1回"),), circulated=(Statement("令和8年6月12日に回覧、4名が確認。"),),
        verdict="修正のうえ適切である。", emergency="平日昼間は地域包括支援センター。夜間と休日は市役所の代表電話。", lead_agency="地域包括支援センター",
        held="午後2時から午後3時まで", purpose="母の暮らしを支える。", to_decide="訪問の担当", next_meeting="令和8年7月22日(水)")
