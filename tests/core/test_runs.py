"""Words of scripts without spaces are found wherever they begin, in the order of their phrase."""

import pytest

from service.core.folding import fold
from service.core.index import Index
from service.core.patterns import phrase


def found(written: str, message: str, meaning: str = "symptoms") -> list[str]:
    """The letters of each place where the phrase is found."""
    folded = fold(message)
    hits = Index([phrase(written, meaning, "zh-Hans")]).search(folded).hits
    return ["".join(folded.split()[place] for place in sorted(hit.positions)) for hit in hits]


@pytest.mark.parametrize(
    ("written", "message", "places", "remark"),
    [
        ("呼吸", "他呼吸很好", ["呼吸"], "in the middle of a row of letters"),
        ("呼吸", "呼，吸", ["呼吸"], "signs between letters are nothing"),
        ("没|没有 呼吸", "没有呼吸", ["没有呼吸"], "the longer choice"),
        ("没|没有 呼吸", "没呼吸", ["没呼吸"], "the shorter choice"),
        ("おはよう|おはようございます", "おはようございます", ["おはようございます"], "all of what was written"),
        ("人々", "人々が", ["人々"], "the sign that repeats a letter is one"),
        ("没 呼吸", "没有呼吸", [], "a space in a phrase is no gap"),
        ("呼吸 没", "没呼吸", [], "the order counts"),
        ("没 … 呼吸", "没呼吸", ["没呼吸"], "a gap may be empty"),
        ("没 … 呼吸", "没有在呼吸", ["没呼吸"], "three letters in it"),
        ("没 … 呼吸", "没有钱所以呼吸", [], "four are too many"),
        ("没 … 呼吸", "没没呼吸", ["没呼吸"], "the first beginning that goes on to the end"),
        ("跳 一 跳", "跳一跳一跳", ["跳一跳"], "the same letters count once"),
        ("跳 跳", "跳跳跑跳跳", ["跳跳", "跳跳"], "each place where it stands"),
        ("ct 检查", "明天检查做ct", ["检查ct"], "beside other words in any order, with all its letters"),
        ("检查", "检", [], "half a word is none"),
        ("バス", "ばすに乗る", ["ばす"], "kana of either kind"),
        ("がん", "かん", [], "a voiced letter is another one"),
    ],
)
def test_a_phrase_is_found(written: str, message: str, places: list[str], remark: str) -> None:
    assert found(written, message) == places, remark


def test_in_fear_more_may_stand_in_a_gap() -> None:
    assert found("吞 … 电池", "吞了一个小的圆电池", "alarm") == ["吞电池"]
    assert not found("吞 … 电池", "吞了一个小的圆圆电池", "alarm")
    assert not found("吞 … 电池", "吞了一个小的圆电池")


def test_the_languages_of_each_letter_are_known() -> None:
    phrases = [phrase("呼吸", "symptoms", "zh-Hans"), phrase("呼吸", "symptoms", "ja"), phrase("叫", "alarm", "ja")]
    assert Index(phrases).search(fold("叫呼吸吗")).languages == (
        frozenset({"ja"}),
        frozenset({"ja", "zh-Hans"}),
        frozenset({"ja", "zh-Hans"}),
        frozenset(),
    )
