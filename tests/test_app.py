"""The line as a whole: what it needs to start, what it leaves out, and what it tells those who watch it."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from service.app import create_app, wsgi
from service.files.library import Choice, read_library
from service.files.problems import Problem, Problems
from service.house import ROOT, House, open_house, utc_now
from service.memory import open_memory
from service.settings import SettingsError
from service.simulator.exchange import InProcess
from service.simulator.texting import Texter
from tests.conftest import ACCOUNT, AMERICAN, PUBLIC_URL, Clock, Line, settings


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what people edit."""
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_line_speaks_every_language_that_is_ready(house: House) -> None:
    library = house.shelf.library
    assert {"en", "es", "fr"} <= set(library.editions)
    assert library.by_phone <= set(library.editions)
    assert library.today == Clock().now.date()


def test_a_language_whose_catalogs_cannot_be_read_is_left_out_and_told(
    copy: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (copy / "locales" / "fr" / "LC_MESSAGES" / "messages.po").write_text('<<<<<<< ours\nmsgid "a"\n', encoding="utf-8")
    house = open_house(settings(), copy, Clock())
    assert "fr" not in house.shelf.library.editions
    assert "en" in house.shelf.library.editions
    memory = open_memory("sqlite://", "a secret of the tests")
    app = create_app(settings(), house, memory, Clock())
    assert "left out" in caplog.text
    assert "locales/fr/LC_MESSAGES/messages.po" in caplog.text
    assert Texter(InProcess(app, PUBLIC_URL), ACCOUNT, PUBLIC_URL, AMERICAN).text("menu")
    memory.close()


def test_broken_english_is_no_start_and_tells_the_file(copy: Path) -> None:
    (copy / "content" / "alarm.toml").write_text("text = ", encoding="utf-8")
    with pytest.raises(Problems, match=r"content/alarm\.toml"):
        open_house(settings(), copy, Clock())


def test_voices_that_twilio_does_not_know_are_no_start_and_all_are_told(copy: Path) -> None:
    languages = copy / "locales" / "languages.toml"
    change(languages, '"Polly.Lupe"', '"Polly.Nobody"')
    change(languages, '"fr-FR", speakers', '"xx-XX", speakers')
    with pytest.raises(Problems) as caught:
        open_house(settings(), copy, Clock())
    assert {problem.what.partition(":")[0] for problem in caught.value.found} == {"es", "fr"}


def test_a_language_without_a_voice_is_offered_by_text_only(copy: Path) -> None:
    change(copy / "locales" / "languages.toml", 'voice = "Polly.Lupe", say = "es-US", gather = "es-US", ', "")
    library = open_house(settings(), copy, Clock()).shelf.library
    assert "es" in library.editions
    assert "es" not in library.by_phone


def test_an_operator_chooses_among_languages_and_drafts(house: House) -> None:
    assert set(open_house(settings(languages=("en-GB",)), clock=Clock(), words=False).shelf.library.editions) == {"en"}
    strict = open_house(settings(drafts=False), clock=Clock(), words=False).shelf.library
    unread = {tag for tag, edition in house.shelf.library.editions.items() if edition.draft}
    assert unread
    assert not unread & {*strict.editions}, "nobody but a machine has read them"
    assert "en" in strict.editions
    with pytest.raises(Problems, match="LANGUAGES"):
        open_house(settings(languages=("xx",)), clock=Clock())


def test_a_language_is_chosen_by_the_tag_of_any_country(
    open_line: Callable[..., Line], house: House, caplog: pytest.LogCaptureFixture
) -> None:
    spanish = replace(house, shelf=replace(house.shelf, library=replace(house.shelf.library, languages=("es",))))
    line = open_line(spanish, languages=("es-MX",))
    assert "not offered" not in caplog.text
    greeting = house.shelf.library.editions["es"].prompts["greeting"].text.partition("{")[0]
    assert line.texter().text("menu")[0].startswith(greeting)


def test_a_language_that_was_asked_for_and_is_not_ready_is_told(
    open_line: Callable[..., Line], house: House, caplog: pytest.LogCaptureFixture
) -> None:
    english = replace(house, shelf=replace(house.shelf, library=replace(house.shelf.library, languages=("en",))))
    open_line(english, languages=("en-GB", "es-MX"))
    told = [message for message in caplog.messages if "is not offered" in message]
    assert [message.partition(" ")[0] for message in told] == ["es"], "nobody asked for the others"
    caplog.clear()
    open_line(english)
    told = [message for message in caplog.messages if "is not offered" in message]
    assert len(told) == len(house.shelf.languages.entries) - 1, "all are asked for where none is"


@pytest.mark.parametrize(
    ("tag", "language", "remark"),
    [
        ("pt-PT", "pt-BR", "the only Portuguese there is"),
        ("es-MX", "es", ""),
        ("zh-HK", "zh-Hant", "written as there"),
        ("fr", "fr", ""),
    ],
)
def test_a_number_has_the_language_that_is_nearest_to_its_own(
    open_line: Callable[..., Line], house: House, tag: str, language: str, remark: str
) -> None:
    number = "+351210000000"
    line = open_line(numbers={number: tag})
    caller = "+12025550177"  # somebody who would otherwise be offered English
    greeting = house.shelf.library.editions[language].prompts["greeting"].text.partition("{")[0]
    assert line.texter(caller, line=number).text("menu")[0].startswith(greeting), remark
    english = house.shelf.library.editions["en"].prompts["greeting"].text.partition("{")[0]
    assert line.texter("+12025550178").text("menu")[0].startswith(english), "other numbers are as they were"


def test_the_operators_name_is_told(house: House) -> None:
    assert read_library(ROOT, Choice()).library
    library = open_house(settings(operator="A hospital of the tests"), clock=Clock()).shelf.library
    assert any("A hospital of the tests" in p.wording.text for p in library.editions["en"].topics["service"].passages)


def test_topics_past_their_date_are_told_to_be_without_a_restart(open_line: Callable[..., Line], house: House) -> None:
    line = open_line()
    overdue = house.shelf.library.editions["en"].prompts["notice/overdue"].text
    about = house.shelf.library.editions["en"].topics["about"]

    def read_through() -> str:
        texter = line.texter()
        texter.text("menu")
        texter.text("4")
        return "".join("".join(texter.text(key)) for key in ("2", *["6"] * len(about.passages)))

    assert overdue not in read_through()
    line.clock.forward(days=(about.review_by - line.clock.now.date()).days + 1)
    assert overdue in read_through()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/healthz/"])
def test_the_health_checks_are_public_and_tell_about_nobody(line: Line, path: str) -> None:
    line.texter().text("menu")
    answer = line.app.test_client().get(path)
    assert answer.status_code == 200
    assert AMERICAN[1:] not in answer.text
    assert ACCOUNT.sid not in answer.text


def test_readiness_tells_the_content_and_the_store(line: Line, house: House) -> None:
    answer = line.app.test_client().get("/readyz")
    assert answer.json == {"ready": True, "content": list(house.shelf.library.editions), "store": "ready"}
    assert line.app.test_client().get("/healthz").json == {"alive": True}


def test_without_its_store_the_line_is_not_ready_and_answers_all_the_same(line: Line) -> None:
    line.memory.close()
    answer = line.app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert (answer.json["ready"], answer.json["store"]) == (False, "out of reach")
    assert line.app.test_client().get("/healthz").status_code == 200
    assert line.texter().text("menu")
    assert line.caller().ring().said


def test_what_nobody_expected_is_an_error_without_a_page(house: House, caplog: pytest.LogCaptureFixture) -> None:
    memory = open_memory("sqlite://", "a secret of the tests")

    def no_time() -> object:
        raise RuntimeError("+12025550123 wrote something")

    app = create_app(settings(), house, memory, no_time)  # type: ignore[arg-type] - a clock that breaks
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.data) == (500, b"")
    assert "Content-Type" not in answer.headers
    assert "RuntimeError" in caplog.text
    assert "555" not in caplog.text
    memory.close()


def test_in_development_no_text_is_sent(house: House) -> None:
    memory = open_memory("sqlite://", "a secret of the tests")
    development = settings(production=False)
    app = create_app(development, house, memory, Clock())
    from_line = Line(app, memory, Clock(), None)  # type: ignore[arg-type] - nothing is caught, as nothing is sent
    caller = from_line.caller("+12025551234")
    caller.ring()
    caller.press("1")
    assert "cannot send a text" in " ".join(getattr(one, "text", "") for one in caller.press("8").said)
    memory.close()


def test_a_faulty_shelf_is_told_when_the_line_starts(house: House, caplog: pytest.LogCaptureFixture) -> None:
    told = replace(house, shelf=replace(house.shelf, broken=(Problem("locales/xx/x.po", 7, "is torn"),)))
    memory = open_memory("sqlite://", "a secret of the tests")
    create_app(settings(), told, memory, Clock())
    assert "left out: locales/xx/x.po:7: is torn" in caplog.text
    memory.close()


def test_the_server_takes_its_settings_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for name, value in {
        "ENVIRONMENT": "production", "PUBLIC_URL": PUBLIC_URL, "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token, "SECRET_KEY": "a secret of the tests", "LANGUAGES": "en,es",
        "DATABASE_URL": f"sqlite:///{tmp_path}/memory.sqlite3",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    app = wsgi()
    assert app.test_client().get("/readyz").status_code == 200
    assert Texter(InProcess(app, PUBLIC_URL), ACCOUNT, PUBLIC_URL, AMERICAN).text("menu")
    monkeypatch.setenv("PORT", "none")
    with pytest.raises(SettingsError, match="PORT"):
        wsgi()


def test_the_time_has_a_zone() -> None:
    assert utc_now().tzinfo is not None
