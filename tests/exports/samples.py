"""Fictional meetings to print: the town, its agencies and its people exist nowhere."""

from __future__ import annotations

from dataclasses import replace

from exports.minutes import Assignment, Attendee, Hearing, Idea, Minutes, Statement

READ = "第1版 令和8年6月8日 画面"


def attendee(agency, job, name, role="", attendance="出席(対面)", acknowledged=READ) -> Attendee:
    """One line of 出席者一覧 with the usual answers filled in."""
    return Attendee(agency, job, name, role, attendance, acknowledged)


def mother_and_son() -> Hearing:
    """An ageing mother and her withdrawn son, heard without the son's consent."""
    return Hearing(
        case_number="R08-0007",
        household="Aさん(母、82歳、要介護2)とBさん(長男、54歳)の2人世帯。持ち家。固定資産税に滞納がある。",
        own_words="Aさん「自分が元気なうちに、息子のことを考えておきたい。」\nBさん(ふすま越しに)「今のままでいい。」",
        consent=(
            "Aさん(母)　あり　令和8年5月27日　口頭(ケアマネジャーが確認)　範囲: 本日の出席機関",
            "Bさん(長男)　なし",
        ),
        attendees=(
            attendee("重層担当課", "主査", "甲野", "進行役"),
            attendee("社会福祉協議会", "CSW", "乙川", "記録者"),
            attendee("地域包括支援センター", "社会福祉士", "丙山"),
            attendee("みなも居宅介護支援事業所", "主任介護支援専門員", "丁田", "事例提供者"),
            attendee("保健センター", "保健師", "戊村", attendance="出席(オンライン)"),
            attendee("自立相談支援機関", "主任相談支援員", "己野", "タイムキーパー"),
            attendee("ひきこもり地域支援センター", "支援員", "庚本"),
            attendee("納税課", "主任", "辛島", attendance="代理出席(壬生)"),
            attendee("民生委員・児童委員協議会", "民生委員", "癸谷", attendance="欠席", acknowledged=""),
        ),
        facts=(
            Statement(
                "訪問介護のたびに、Bさんの食事をAさんが一人で用意している。",
                "訪問介護事業所",
                "訪問記録 5月分",
            ),
            Statement("Aさんの体重が3か月で4kg減った。", "みなも居宅介護支援事業所", "受診時の計測 6月3日"),
            Statement("固定資産税が2年分納められていない。", "納税課", "台帳 6月8日現在"),
            Statement(
                "Bさんは古いラジオを自分で直している。", "民生委員・児童委員協議会", "Aさんの話 5月20日"
            ),
        ),
        formulations=(
            Statement(
                "Aさんは息子のことを話せる相手を求めている。恥ずかしさが相談を遅らせている。",
                "地域包括支援センター",
            ),
        ),
        issues=(
            Statement("Aさんの負担を、暮らしを変えずにどう軽くするか。"),
            Statement("Bさんに会う理由を、どのように無理なくつくるか。"),
        ),
        opinions=(
            Statement("働けるかどうかより、ラジオの話ができる相手がいることから始めたい。", "保健センター"),
            Statement("督促より先に、分けて納める相談ができることを伝えたい。", "自立相談支援機関"),
            Statement(
                "同意を急がず、同意があったときの動きを決めておくのがよい。", "ひきこもり地域支援センター"
            ),
        ),
        decisions=(
            Statement("Aさんの配食を週2回に増やす。"),
            Statement(
                "Bさんへの訪問は保健師と支援員の2人で月1回とし、Aさんの体調を伝えることを訪問の理由とする。"
            ),
            Statement("緊急時は地域包括支援センターが一次連絡先となる。"),
        ),
        taken_back=(Statement("延滞金の扱いを課内で確かめ、次回までに伝える。", "納税課"),),
        assignments=(
            Assignment(
                "Bさんへの月1回の訪問(初回)",
                "保健センター 戊村",
                "令和8年7月8日(水)",
                "副",
                "引き受ける(6月11日)",
            ),
            Assignment(
                "分けて納める相談の案内",
                "自立相談支援機関 己野",
                "令和8年6月30日(火)",
                "主・協力",
                "条件付き: Aさんの同席があること",
            ),
            Assignment("ゆるやかな見守り", "民生委員 癸谷", "継続(7月から月2回)", "協力", "未回答"),
            Assignment("Bさんの同意が得られたときの連絡の取りまとめ", "未割当", "次回まで", "協力", "未回答"),
            Assignment(
                "配食の調整と体重の確認",
                "みなも居宅介護支援事業所 丁田",
                "令和8年6月24日(水)",
                "主",
                "引き受ける(6月10日)",
                True,
            ),
        ),
        ideas=(
            Idea(
                need="家から出なくても、得意なことで人の役に立てる場がない。",
                wished="自宅にいたまま、小さな修理を頼まれる仕組み",
                enables="外出しなくても出番ができ、家族以外とのやりとりが始まる。",
                kind="仕組み",
                nearest="社会福祉協議会のリユース事業",
                first_step="家電の点検を1件、試しに頼んでみる。",
                forum="参加支援の会議",
                owner="社会福祉協議会 乙川",
                by_when="令和8年9月30日(水)",
            ),
        ),
        lead_agency="みなも居宅介護支援事業所",
        emergency="平日昼間は地域包括支援センター。夜間と休日は市役所の代表電話を経て重層担当課の当番へ。",
    )


def young_carer() -> Hearing:
    """A girl of fourteen who cooks for her sister; the plan is examined with consent."""
    return Hearing(
        case_number="R08-0012",
        household="母(41歳、通院中)、Dさん(中学2年、14歳)、妹(小学1年、7歳)の母子世帯。賃貸アパート。",
        own_words="Dさん「妹のごはんは私が作る。もしママが入院したら、どうなるのかがこわい。」",
        consent=(
            "母　あり　令和8年6月17日　書面　範囲: 学校、こども家庭センター、障害福祉課、社会福祉協議会",
        ),
        attendees=(
            attendee("重層担当課", "主査", "甲野", "進行役"),
            attendee("こども家庭センター", "相談員", "子安"),
            attendee("みなも中学校", "SSW", "丑田"),
            attendee("社会福祉協議会", "CSW", "乙川", "記録者"),
            attendee(
                "子ども食堂ひだまりの台所",
                "代表",
                "寅井",
                attendance="書面照会",
                acknowledged="第1版 令和8年7月1日 書面",
            ),
        ),
        facts=(Statement("4月から6月までの遅刻は23回。", "みなも中学校", "出席簿"),),
        opinions=(Statement("家事をやめさせるのではなく、選べるようにしたい。", "みなも中学校"),),
        decisions=(
            Statement("母の調子が悪い週の合図を、母と保健師で決める。"),
            Statement("部活動は週1回から始める。"),
        ),
        assignments=(
            Assignment(
                "妹の緊急時の預け先の登録",
                "こども家庭センター 子安",
                "令和8年7月31日(金)",
                "主",
                "引き受ける(7月8日)",
                True,
            ),
            Assignment(
                "朝の声掛けと別室の用意", "みなも中学校 丑田", "令和8年9月2日(水)", "主", "引き受ける(7月9日)"
            ),
        ),
        verdict="修正のうえ適切。緊急時の妹の預け先を書き加えること。",
        emergency="こども家庭センター(24時間)。",
    )


def one_case() -> Minutes:
    """A 支援会議 on one case, final."""
    return Minutes(
        title="令和8年度第3回みなも市支援会議 会議録",
        office="みなも市",
        legal_kind="支援会議",
        legal_ground="社会福祉法第106条の6に基づく支援会議(本人の同意を要しない。出席者は同条第6項の守秘義務を負う。)",
        handling_mark="取扱注意",
        reference="R08-支援-0003",
        status="確定 第1版",
        held="令和8年6月10日(水)　午後2時から午後3時まで",
        place="市役所3階 302会議室",
        mode="併用(保健センターはオンライン)",
        purpose="Aさんの暮らしを支えながら、Bさんと関係をつくる方法を考える。",
        to_decide="1 訪問の担当と理由　2 緊急時の一次連絡先",
        facilitator="重層担当課 甲野",
        note_taker="社会福祉協議会 乙川",
        timekeeper="自立相談支援機関 己野",
        rules="グランドルール 第1版(全員で読み上げて確認、午後2時02分)",
        hearings=(mother_and_son(),),
        next_meeting="令和8年7月22日(水)　午後2時　市役所3階 302会議室"
        "\n長男の同意が得られた場合は、重層的支援会議として開く。",
        confirmation="8名中7名確認済み(令和8年6月12日現在)",
        author="社会福祉協議会 乙川",
        written_on="令和8年6月11日",
        finalised_on="令和8年6月17日",
        retention="5年",
        disclosure="非公開",
    ).sealed()


def two_cases() -> Minutes:
    """Both cases in one 重層的支援会議, reopened once."""
    return replace(
        one_case(),
        title="令和8年度第2回みなも市重層的支援会議 会議録",
        legal_kind="重層的支援会議",
        legal_ground="みなも市重層的支援体制整備事業実施要綱に基づく重層的支援会議(本人の同意を確認済み)",
        reference="R08-重層-0002",
        hearings=(mother_and_son(), young_carer()),
        reopened=("第2版　令和8年7月15日　事例2の期限の誤りを正すため(重層担当課 甲野)",),
    ).sealed()


def general() -> Minutes:
    """A meeting without a case: a draft with hardly anything in it yet."""
    hearing = Hearing(
        "", "", "", (), (attendee("重層担当課", "主査", "甲野"),), issues=(Statement("相談の受け方"),)
    )
    return replace(
        one_case(),
        title="令和8年度第1回検討委員会 会議録",
        status="案",
        hearings=(hearing,),
        finalised_on="",
        next_meeting="",
    ).sealed()


def long_meeting(rows: int = 60) -> Minutes:
    """One case with `rows` rows of 役割分担, enough to run over several pages."""
    hearing = mother_and_son()
    assignments = tuple(
        replace(hearing.assignments[n % 5], what=f"{n + 1} {hearing.assignments[n % 5].what}")
        for n in range(rows)
    )
    return replace(one_case(), hearings=(replace(hearing, assignments=assignments),)).sealed()
