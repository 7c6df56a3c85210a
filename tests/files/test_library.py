"""From files to a library: what is served in which language, and what is left out."""

from datetime import date

import pytest

from service.core.content import TOPICS
from service.core.errors import LineError
from service.files.catalogs import LEDGER, digest
from service.files.messages import messages
from service.files.problems import Problems
from service.files.source import read_source
from tests.files.conftest import Desk


def test_a_topic_is_offered_whole_or_not_at_all(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"about/blame": ""}, prefix="xx ")
    topics = desk.read().library.editions["xx"].topics
    assert {name for name, topic in topics.items() if topic.language == "en"} == {"about"}
    assert not any(passage.wording.text.startswith("xx") for passage in topics["about"].passages)
    assert topics["urgent"].passages[0].wording.text.startswith("xx ")


def test_a_spoken_wording_that_is_missing_costs_the_topic_too(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"treatment/medicines/voice": ""}, prefix="xx ")
    assert desk.read().library.editions["xx"].topics["treatment"].language == "en"


def test_a_title_may_be_said_in_another_way_than_it_is_written(desk: Desk) -> None:
    desk.edit("content/topics/about.toml", 'title = "What is OMS?"', 'title = "OMS?"\ntitle_voice = "What is OMS?"')
    title = desk.read().library.editions["en"].topics["about"].title
    assert (title.text, title.voice) == ("OMS?", "What is OMS?")


def test_the_nearest_language_of_the_chain_is_served(desk: Desk) -> None:
    desk.languages("xy", "xx", more='fallbacks = ["xy"]\n')
    desk.translate("xx", {"about/blame": "", "adults/care": ""}, prefix="xx ")
    desk.translate("xy", {"adults/care": ""}, prefix="xy ")
    topics = desk.read().library.editions["xx"].topics
    assert [topics[name].language for name in ("urgent", "about", "adults")] == ["xx", "xy", "en"]


def test_stale_text_is_never_served(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    desk.edit("content/topics/about.toml", "You cannot catch it.", "No one can catch it.")
    assert desk.read().library.editions["xx"].topics["about"].language == "en"


@pytest.mark.parametrize("name", ["alarm", "alarm/voice", "alarm/unknown-number", "prompt/ask", "prompt/star/voice"])
def test_a_language_without_its_own_words_or_alarm_is_not_offered(desk: Desk, name: str) -> None:
    desk.languages("xx")
    desk.translate("xx", {name: ""}, prefix="xx ")
    assert list(desk.read().library.editions) == ["en"]


def test_drafts_are_served_only_where_they_may_be(desk: Desk) -> None:
    desk.languages("xx", "xy")
    desk.translate("xx", prefix="xx ", fuzzy=True)
    desk.translate("xy", prefix="xy ")
    editions = desk.read().library.editions
    assert [(tag, edition.draft, edition.reviewed) for tag, edition in editions.items()] == [
        ("en", False, False), ("xx", True, False), ("xy", False, False),
    ]  # fmt: skip
    assert list(desk.read(drafts=False).library.editions) == ["en", "xy"]


def test_an_edition_is_reviewed_when_all_it_serves_is(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"about/blame": ""}, prefix="xx ")
    rows = [
        f"{m.id},{digest(m.text)},{digest('xx ' + m.text)},medical,Somebody,2026-11-30"
        for m in messages(read_source(desk.root))
    ]
    desk.write(f"locales/xx/{LEDGER}", "\n".join(["id,source_sha,target_sha,kind,reviewer,date", *rows]) + "\n")
    assert desk.read().library.editions["xx"].reviewed
    desk.write(f"locales/xx/{LEDGER}", "\n".join(["id,source_sha,target_sha,kind,reviewer,date", *rows[:-60]]) + "\n")
    assert not desk.read().library.editions["xx"].reviewed


def test_an_operator_decides_which_languages_are_offered(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", prefix="xx ")
    assert list(desk.read(languages=("xx",)).library.editions) == ["xx"]
    with pytest.raises(Problems, match=r"LANGUAGES: qq, qr: not in locales/languages\.toml"):
        desk.read(languages=("qq", "en", "qr"))
    desk.translate("xx", {"alarm": ""})
    with pytest.raises(LineError, match="no language is complete enough"):
        desk.read(languages=("xx",))


def test_the_operator_is_named_only_if_there_is_one(desk: Desk) -> None:
    def said(operator: str) -> str:
        passages = desk.read(operator=operator).library.editions["en"].topics["service"].passages
        return " ".join(passage.wording.text for passage in passages)

    assert "run by" not in said("")
    assert "This service is run by The Line." in said("The Line")


def test_a_review_is_dated_in_the_callers_language(desk: Desk) -> None:
    desk.languages("es")
    desk.translate("es", prefix="es ")
    before = desk.read().library.editions
    assert not before["en"].reviewed
    for name in TOPICS:
        desk.edit(f"content/topics/{name}.toml", "review_by", 'reviewed = 2026-11-21\nreviewer = "Dr. Who"\nreview_by')
    after = desk.read().library.editions
    assert after["en"].reviewed
    english, spanish = (
        next(p.wording for p in after[tag].topics["service"].passages if p.id == "checked") for tag in ("en", "es")
    )
    assert "November 21, 2026" in english.text
    assert "21 de noviembre de 2026" in spanish.voice
    assert after["en"].topics["service"].reviewed == date(2026, 11, 21)


def test_emergency_numbers_are_said_where_the_language_is_likely(desk: Desk) -> None:
    desk.languages("es")
    desk.translate("es", prefix="es ")
    desk.write(
        "content/emergency.toml",
        "\n".join(
            f'[{region}]\ncountry = "{region}"\nnumber = "{number}"\nkind = "all"\n'
            'confidence = "secondary"\nsource = "a list"\nconfirmed = false\nalso = ["119"]\n'
            for region, number in (("GT", "123"), ("JP", "120"))
        ),
    )
    shelf = desk.read()
    assert shelf.library.editions["es"].numbers_said == {"112", "911", "999", "123"}
    assert shelf.source.emergency_numbers == {"123", "120", "119"}
    assert shelf.library.emergency == {"GT": "123", "JP": "120"}


def test_a_word_that_cannot_be_read_costs_nothing_but_itself(desk: Desk) -> None:
    desk.languages("xx")
    desk.translate("xx", {"words/menu": "a*\nstart over"}, prefix="xx ")
    shelf = desk.read()
    assert "xx" in shelf.library.editions
    assert [problem.file for problem in shelf.broken] == ["locales/xx/LC_MESSAGES/words.po"]
    assert [p.literal for p in shelf.phrasebook.phrases if p.language == "xx" and p.meaning == "menu"] == ["start over"]
