"""What translators write in a word list becomes phrases, or is refused in words that help them."""

import pytest

from service.core.errors import ContentError
from service.core.patterns import MOST_SLOTS, Phrase, phrase


@pytest.mark.parametrize(
    ("written", "slots", "weak", "tight", "remark"),
    [
        ("Choking!", (("choking",),), False, False, "folded"),
        ("blue lips", (("blue",), ("lips",)), False, False, "a slot for each word"),
        ("not|cant breath*|breth*", (("not", "cant"), ("breath*", "breth*")), False, False, "choices and stems"),
        ("test?", (("test",),), True, False, "weak"),
        ("  my dad ? ", (("my",), ("dad",)), True, False, "a space before the mark"),
        ("n'arrive pas", (("n",), ("arrive",), ("pas",)), False, False, "an elision is two words"),
        ("叫不醒", (("叫不醒",),), False, True, "an unspaced script: one word, as long as it is written"),
        ("没|没有 呼吸", (("没", "没有"), ("呼吸",)), False, True, "choices of such words"),
        ("药", (("药",),), False, True, "a single letter"),
        ("CT検査", (("ct",), ("検査",)), False, False, "beside Latin letters it is found as a word among words"),
        ("दवा बात", (("दवा",), ("बात",)), False, False, "Hindi"),
    ],
)
def test_an_entry_is_read(
    written: str, slots: tuple[tuple[str, ...], ...], *, weak: bool, tight: bool, remark: str
) -> None:
    assert phrase(written, "urgent", "en") == Phrase("urgent", "en", slots, weak, tight), remark


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "has 1 to"),
        (" ? ", "has 1 to"),
        ("a" + " a" * MOST_SLOTS, "has 1 to"),
        ("...", "has 1 to"),
        ("!!!", "no letter and no digit"),
        ("…呼吸", "stands between words"),
        ("呼吸…", "stands between words"),
        ("not … breathing", "stands between words"),
        ("呼吸*", "is not needed"),
        ("not| breath", "no letter and no digit"),
        ("*", "no letter and no digit"),
        ("b*", "nearly everything"),
        ("not|l'eau", "between single words"),
        ("药|CT检查", "between single words"),
    ],
)
def test_what_cannot_be_searched_is_refused(written: str, problem: str) -> None:
    with pytest.raises(ContentError, match=problem) as refusal:
        phrase(written, "urgent", "xx")
    assert refusal.value.subject == "xx"


@pytest.mark.parametrize("written", ["吞 … 电池|硬币", "吞…电池|硬币", "吞...电池|硬币"])
def test_other_letters_may_stand_in_a_gap(written: str) -> None:
    swallowed = phrase(written, "alarm", "zh-Hans")
    assert swallowed.slots == (("吞",), ("电池", "硬币"))
    assert swallowed.gaps == {1}
    assert swallowed.literal == "吞电池"


def test_the_most_slots_are_allowed() -> None:
    assert len(phrase(" ".join("a" * MOST_SLOTS), "urgent", "en").slots) == MOST_SLOTS


def test_a_phrase_can_be_said() -> None:
    assert phrase("not|cant breath*|breth*", "alarm", "en").literal == "not breath"


def test_the_same_entry_is_read_once_and_is_another_in_another_list() -> None:
    """Lists are read again with each change of a file, and thousands of phrases are as they were."""
    assert phrase("blue lips", "alarm", "en") is phrase("blue lips", "alarm", "en")
    assert phrase("blue lips", "urgent", "en") == Phrase("urgent", "en", (("blue",), ("lips",)))
    assert phrase("blue lips", "alarm", "xx").language == "xx"


def test_what_was_refused_once_is_refused_again() -> None:
    for _ in range(2):
        with pytest.raises(ContentError, match="nearly everything"):
            phrase("b*", "urgent", "xx")
