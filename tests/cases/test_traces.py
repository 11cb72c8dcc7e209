"""What may tell whose case it was is found where it stands; what does not is left alone."""

from datetime import date

from hypothesis import given, strategies as st
import pytest

from cases.traces import FindingKind as Kind, districts, find
from papers.case_book_facts import Facts, band, months_between, suppressed, when

ROSTER = [(Kind.LABEL, "Aさん"), (Kind.LABEL, "R08-0007"), (Kind.ROSTER, "みなも保健所"), (Kind.ROSTER, "佐藤 次郎")]


@pytest.mark.parametrize(("text", "kind", "words"), [
    ("令和8年6月10日に訪ねた", Kind.DATE, "令和8年6月10日"), ("令和８年６月に訪ねた", Kind.DATE, "令和８年６月"), ("令和元年に", Kind.DATE, "令和元年"), ("R8.6.10に", Kind.DATE, "R8.6.10"),
    ("6/10に訪ねた", Kind.DATE, "6/10"), ("2026-06-10に", Kind.DATE, "2026-06-10"), ("六月十日に", Kind.DATE, "六月十日"), ("2026年に", Kind.DATE, "2026年"),
    ("82歳の母", Kind.AGE, "82歳"), ("８２才の母", Kind.AGE, "８２才"), ("八十二歳の母", Kind.AGE, "八十二歳"),
    ("借金は1,234,000円", Kind.NUMBER, "1,234,000"), ("番号は１２３４", Kind.NUMBER, "１２３４"), ("090-1234-5678へ", Kind.TELEPHONE, "090-1234-5678"), ("０３－１２３４－５６７８へ", Kind.TELEPHONE, "０３－１２３４－５６７８"),
    ("みなも市に住む", Kind.PLACE, "みなも市"), ("熊本市で", Kind.PLACE, "熊本市"), ("青葉地区の", Kind.PLACE, "青葉地区"), ("青葉市立病院", Kind.PLACE, "青葉市"), ("3丁目の角", Kind.PLACE, "3丁目"), ("大字青葉に", Kind.PLACE, "大字青葉"), ("5番地", Kind.PLACE, "5番地"),
    ("Aさんは", Kind.LABEL, "Aさん"), ("Ａさんは", Kind.LABEL, "Ａさん"), ("R08-0007の", Kind.LABEL, "R08-0007"), ("みなも保健所と", Kind.ROSTER, "みなも保健所"), ("佐藤次郎さんが", Kind.ROSTER, "佐藤次郎"), ("次郎さんが", Kind.ROSTER, "次郎"),
    ("〇九〇-一二三四-五六七八へ", Kind.TELEPHONE, "〇九〇-一二三四-五六七八"), ("二〇二六年に", Kind.DATE, "二〇二六年"), ("三の五の二に住む", Kind.PLACE, "三の五の二"), ("A棟２０１の", Kind.PLACE, "A棟２０１"),
])
def test_what_can_be_looked_up_is_found_where_it_stands(text, kind, words):
    found = find({"flow": f"前の行\n{text}"}, ROSTER)
    assert [(each.field, each.kind, each.words) for each in found] == [("flow", kind, words)]
    assert text.startswith(found[0].before[-3:] + words)


@pytest.mark.parametrize("text", ["80歳代の母と50歳代の子", "相談受付から3か月後に訪ねた", "3回集まった", "市町村の窓口", "本市の制度", "市役所と町内会", "同じ地区の人", "文字で伝える", "週2回、10分ずつ", "都市部では", "暮らす町で", "これは市民の", "地区の人", "の町内会", "役割を決めた", "", "三分の二", "母に歳が近い", "おばさんに歳が近い", "この際ごさいさんを", "実際に行くじっさい", "数千年", "五千円", "百年の計", "一切さい", "月3-4回", "定員10-15名", "対象は小学1-3年", "一人一人の話", "二の次"])
def test_what_tells_nobody_is_left_alone(text):
    assert find({"flow": text}, ROSTER) == []


ONES = (("",), ("いち", "いっ"), ("に",), ("さん",), ("よん", "し"), ("ご",), ("ろく",), ("なな", "しち"), ("はち", "はっ"), ("きゅう", "く"))
KANJI = "〇一二三四五六七八九"


def in_kanji(number):
    """二千二十六."""
    made = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        made += ("" if digit == 1 and name and (power < 1000 or number < 2000) else KANJI[digit]) + name if digit else ""
    return made


@given(st.integers(10, 119), st.data())
def test_an_age_is_found_in_kana_and_in_figures_of_every_kind(age, data):
    tens, ones = age // 10 % 10, age % 10
    said = ("ひゃく" if age > 99 else "") + ((data.draw(st.sampled_from(ONES[tens])) if tens > 1 else "") + "じゅう" if tens else "") + data.draw(st.sampled_from(ONES[ones]))
    kata = "".join(chr(ord(each) + 96) for each in said)
    written = data.draw(st.sampled_from([said, kata, str(age), in_kanji(age), "".join(KANJI[int(each)] for each in str(age))])) + data.draw(st.sampled_from("歳才"))
    before, after = data.draw(st.sampled_from(["", "母は", "今年、"])), data.draw(st.sampled_from(["の母", "になる", ""]))

    assert [(each.kind, each.words) for each in find({"flow": before + written + after}, ())] == [(Kind.AGE, written)]


@given(st.integers(1900, 2099), st.sampled_from(["", "度"]), st.sampled_from(["", "5月", "五月十日"]))
def test_a_year_is_found_in_words(year, after, day):
    written = f"{in_kanji(year)}年{day if not after else ''}"
    found = find({"flow": f"それは{written}{after}のこと"}, ())
    assert found[0].kind == Kind.DATE and found[0].words in (written, f"{in_kanji(year)}年") and found[0].words.startswith(in_kanji(year))


def test_a_district_is_known_by_its_areas_and_what_every_town_has_is_none():
    areas = ["東ヶ丘中学校区", "全市", "市内全域", "中央地区", "南圏域", "東部"]
    assert districts(areas) == ["東ヶ丘", "東ヶ丘中学校区"]
    assert [each.words for each in find({"flow": "東ヶ丘に住む"}, [(Kind.PLACE, each) for each in districts(areas)])] == ["東ヶ丘"]


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=30))
def test_whatever_is_called_an_area_or_written_the_check_answers(areas, text):
    assert all(len(each) > 1 for each in districts(areas))
    find({"flow": text}, [(Kind.PLACE, each) for each in districts(areas)])


def test_a_house_number_without_its_town_is_found():
    assert [(each.kind, each.words) for each in find({"flow": "東ヶ丘5-2に住む"}, ())] == [(Kind.PLACE, "5-2")]


def test_a_confirmed_finding_is_the_same_only_while_its_line_stays():
    one, two = find({"flow": "6/10と6/10"}, ())
    assert one.key != two.key
    assert find({"flow": "前に一行\n6/10と6/10"}, ())[0].key == one.key
    assert find({"flow": "6/10と6/11"}, ())[0].key != one.key


def test_whoever_may_not_know_the_names_learns_the_line_and_not_the_words():
    seen, = find({"flow": "松野が来た"}, (), naming=lambda line: "松野" in line)
    known, = find({"flow": "松野が来た"}, (), naming=lambda line: "松野" in line, names=["松野"])
    assert (seen.kind, seen.words, seen.before, seen.after) == (Kind.NAME, "", "", "")
    assert (known.words, known.after, known.key) == ("松野", "が来た", seen.key)


def test_ages_are_told_in_bands_and_time_in_months():
    assert [band(each) for each in (82, 50, 9, 17, 93, None)] == ["80歳代", "50歳代", "10歳未満", "10歳代", "90歳以上", "年代不明"]
    assert band(82, wide=True) == "高齢（65歳以上）"
    assert months_between(date(2026, 1, 31), date(2026, 4, 30)) == 2
    assert [when(each) for each in (0, 3, 12, 14)] == ["相談受付から1か月未満", "相談受付から3か月", "相談受付から1年", "相談受付から1年2か月"]


def test_what_fell_into_one_month_stands_in_one_line():
    facts = Facts("8050世帯", (), (), ((0, "相談受付"), (0, "アセスメント"), (3, "支援会議")), (("支援会議", 1),), (), 5, False)
    assert facts.flow == (("相談受付から1か月未満", "相談受付、アセスメント"), ("相談受付から3か月", "支援会議"))
    assert Facts.read(facts.kept) == facts


def test_small_numbers_are_hidden_and_nothing_gives_them_away():
    assert suppressed([("甲", 5), ("乙", 2), ("丙", 4), ("丁", 0)]) == (("甲", "5件"), ("乙", "非公表"), ("丙", "非公表"))
    assert suppressed([("甲", 5), ("乙", 2), ("丙", 1)]) == (("甲", "5件"), ("乙", "非公表"), ("丙", "非公表"))
    assert suppressed([("甲", 5), ("乙", 2), ("丙", 2), ("丁", 3)]) == (("甲", "5件"), ("乙", "非公表"), ("丙", "非公表"), ("丁", "非公表"))
    assert suppressed([("甲", 1), ("乙", 1)]) is None  # two of two: that each is one would follow
    assert suppressed([]) == ()
    assert suppressed([("甲", 3)]) == (("甲", "3件"),)
