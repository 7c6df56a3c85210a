"""A mistyped word finds each listed word within the errors its length allows, and no other."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from service.core.typos import SHORTEST_WITH_ERRORS, Typos, errors_allowed

words = st.text("abc", min_size=1, max_size=14)


@given(listed=st.lists(words, max_size=12), edits=st.lists(st.tuples(st.integers(0, 14), st.sampled_from("+-=~"))))
def test_it_finds_what_comparing_with_every_word_would_find(listed: list[str], edits: list[tuple[int, str]]) -> None:
    written = listed[0] if listed else "abcabcabc"
    for place, kind in edits[:3]:
        before, after = written[:place], written[place:]
        changed = {"+": f"b{after}", "-": after[1:], "=": f"c{after[1:]}", "~": after[1:2] + after[:1] + after[2:]}
        written = before + changed[kind]
    every = {
        word: OSA.distance(written, word)
        for word in listed
        if len(written) >= SHORTEST_WITH_ERRORS and 0 < errors_allowed(word) >= OSA.distance(written, word)
    }
    assert Typos(listed).near(written) == every


def test_two_letters_swapped_in_the_middle_are_one_error() -> None:
    assert Typos(["fevers"]).near("fevres") == {"fevers": 1}
    assert Typos(["fevers"]).near("feevrs") == {"fevers": 1}
    assert Typos(["convulsion"]).near("covnuslion") == {"convulsion": 2}


def test_short_words_have_no_errors() -> None:
    assert Typos(["fits"]).near("fitss") == {}
    assert Typos(["fever"]).near("feve") == {}
    assert Typos(["fever"]).near("feverr") == {"fever": 1}
