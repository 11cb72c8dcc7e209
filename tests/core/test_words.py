"""However it is typed, it is found; whatever stands elsewhere is not."""

from __future__ import annotations

import pytest

from core import words


def found(query, text):
    """What the index does: every token needed is there, then every word is part of the text."""
    kept = words.plain(text)
    asked = words.asked(query)
    there = words.tokens(kept)
    return bool(asked) and all(words.needed(word) <= there for word in asked) and all(word in kept for word in asked)


@pytest.mark.parametrize(("query", "text"), [
    ("介護", "母の介護負担が大きい"),  # two letters
    ("負担", "母の介護負担が大きい"),
    ("母", "母の介護負担が大きい"), ("い", "母の介護負担が大きい"),  # one letter, also the last
    ("介護負担", "母の介護負担が大きい"),
    ("母 負担", "母の介護負担が大きい"), ("負担　母", "母の介護負担が大きい"),  # several words, in any order
    ("ひきこもり", "ヒキコモリの長男"), ("ヒキコモリ", "ひきこもりの長男"), ("ﾋｷｺﾓﾘ", "ひきこもりの長男"),
    ("ガス", "ｶﾞｽが止められた"), ("がす", "ガスが止められた"),
    ("サーバー", "さーばーの更新"), ("ケアマネ", "ｹｱﾏﾈｼﾞｬｰ"),
    ("8050", "８０５０世帯"), ("dv", "ＤＶの相談"), ("ＤＶ", "dvの相談"), ("nPo法人", "NPO法人あおぞら"),
    ("R08-0007", "R08-0007 Aさん世帯"), ("r08-0007", "R08-0007"), ("Ｒ０８－０００７", "R08-0007"), ("R08ー0007", "R08-0007"),
    ("0007", "R08-0007"), ("08-00", "R08-0007"), ("07", "R08-0007"), ("7", "R08-0007"), ("R08-支援-0003", "R08-支援-0003"),
    ("山田花子", "山田 花子"), ("山田花子", "山田　花子"), ("山田 花子", "山田花子"), ("花子", "山田 花子"),
    ("高橋", "髙橋 進"), ("髙橋", "高橋 進"), ("山崎", "山﨑"), ("渡辺", "渡邉"), ("葛", "葛\U000e0100城市"), ("葛城", "葛\U000e0100城市"),
    ("a@example.jp", "宛先は a@example.jp です"), ("example", "a@example.jp"), ("々", "佐々木"), ("佐々木", "佐々木"), ("〇", "〇〇さん"),
])
def test_it_is_found(query, text):
    assert found(query, text)


@pytest.mark.parametrize(("query", "text"), [
    ("負介", "介護負担"), ("介担", "介護負担"),
    ("介護負担", "介護の話と負担、護負"),  # all its pairs are there, the word is not
    ("支援会", "支援。会議"), ("支援会", "支援、会議"), ("支援会", "支援\n会議"), ("介護支援", "介護\n支援"),  # not across a stop or a line
    ("0007", "R08-0017"), ("R08-0007", "R08-0008 電話 0007"), ("母 父", "母の介護"), ("ハハ", "パパ"),
    ("", "介護"), ("　", "介護"), ("！？", "介護！？"), ("%", "100%"), ("_", "a_b"), ("\x00", "介護"), ('"', '"介護"'),
])
def test_it_is_not_found(query, text):
    assert not found(query, text)


def test_no_token_can_be_taken_apart_by_the_index():
    text = words.plain("R08-0007 Aさん・Bさん世帯「8050」葛\U000e0100城🏠家 naïve ÀÉ ａｂ－ｃ o'clock e\u0301 か\u3099 \"引用\" *強調* 支援-会議")
    for token in words.tokens(text):
        assert all(letter.isalnum() or ord(letter) > 127 for letter in token), token
        assert token == token.strip()
