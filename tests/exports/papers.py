"""One paper of every kind that is drawn from plain data alone."""

from __future__ import annotations

from cases.map import Person, Relation, Tie, draw
from exports import letters, slips, word
from exports.blocks import End, Title
from tests.exports.samples import general, long_meeting, one_case, two_cases

PICTURE = draw([Person(1, "Aさん", "母"), Person(2, "Bさん", "長男", True)], [Relation(1, 2, "parent")], [Tie(1, "隣のCさん", "strained")],
               {"strained": "こじれている"}, "世帯図", "Aさんは母、Bさんは長男。隣のCさんとは、こじれている。")
LETTER = letters.Letter(number="みな福第1号", date="令和8年7月1日", addressee=("みなも保健所長　様",), sender=("みなも市長　水面　太郎",), title="情報の提供について(依頼)",
                        body=("次のとおり依頼します。",), points=(("回答期限", "令和8年7月15日"), ("提出先", "重層担当課")),
                        mark="取扱注意", reference="R08-支援-0003", agency="みなも保健所", questions=("受診の状況", "支援の経過"), due="令和8年7月15日")
SLIP = slips.Slip("あなたの役割の確認について", "民生委員　癸谷", "みなも市重層担当課", "https://example.jp/l/1", ("101", "010", "111"), "123456",
                  "令和8年7月31日まで", "重層担当課 00-0000", "R08-支援-0003")
DRAWN = {
    "one_case": lambda: word.write(one_case()),
    "two_cases": lambda: word.write(two_cases()),
    "general": lambda: word.write(general()),
    "across": lambda: word.write(one_case(), across="内部検討用・交付不可"),
    "long_meeting": lambda: word.write(long_meeting()),
    "letters": lambda: word.draw(letters.lay_out([LETTER, LETTER]), LETTER.title, LETTER.mark, LETTER.reference),
    "slips": lambda: word.draw([*slips.lay_out(SLIP), *slips.lay_out(SLIP)], SLIP.title),
    "household": lambda: word.draw([Title("世帯図", "別紙"), PICTURE, End()], "世帯図"),
}
