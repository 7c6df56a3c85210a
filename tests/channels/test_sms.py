"""Whoever writes gets an answer that fits what was written, once, or the silence that is due."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from service.app import create_app
from service.channels.sms import MOST_ALARMS, MOST_REPLIES
from service.core.meanings import NETWORK_HELP, OPT_OUT, RESERVED
from service.house import House
from service.memory import Remembered, Turn, open_memory
from service.settings import Settings
from service.simulator.exchange import InProcess
from service.simulator.rest import SentBox
from service.simulator.texting import Texter
from tests.channels.asking import LINE_NUMBER, ask, texts
from tests.conftest import ACCOUNT, AMERICAN, FRENCH, PUBLIC_URL, SPANIARD, Clock, Line, settings

ALARM_US = "Call 911 now."
GREETING = "OMS information line."
SORRY = "Something went wrong on our side."
WRITTEN = [
    "", " ", "\n", "x" * 1600, "word " * 320, "👶🏽👶🏽", "👨‍👩‍👧‍👦" * 200, "\x00\x01\x0b\uffff", "a\ufffeb", "?", "*", "#", "0", "9" * 400,
    "שלום, מה זה", "عفواً، ما هذا؟", "abc שלום ١٢٣ 😀", "\u202e\u2066abc", "ไม่เข้าใจ", "日本語", "<Response/>", "&amp;<>\"'", "%s %d {key} {0}",
    "../../etc", "A\u0301" * 700, "\U0010ffff", "\u0000" * 1600, "1" + "\ufe0f\u20e3",
]  # fmt: skip


@pytest.fixture
def broken_line(open_line: Callable[..., Line]) -> Line:
    """A line whose store has lost its tables: one in memory is empty after it was closed."""
    line = open_line()
    line.memory.close()
    return line


@pytest.fixture
def quiet_house(house: House) -> House:
    """A house whose languages lack a prompt that every menu needs."""
    library = house.shelf.library
    editions = {
        tag: replace(
            edition, prompts={key: said for key, said in edition.prompts.items() if key != "reply-with-number"}
        )
        for tag, edition in library.editions.items()
        if tag in {"en", "es", "fr"}  # of the others a script is needed to know whether they can be heard
    }
    return replace(house, shelf=replace(house.shelf, library=replace(library, languages=(), editions=editions)))


@pytest.fixture
def crowded(house: House, tmp_path: object) -> Iterator[Line]:
    """A line whose store is a file, as threads meet it."""
    clock, sent = Clock(), SentBox(ACCOUNT)
    chosen = settings(database_url=f"sqlite:///{tmp_path}/memory.sqlite3")
    memory = open_memory(chosen.database_url, chosen.secret_key, clock)
    yield Line(create_app(chosen, house, memory, clock, sent), memory, clock, sent)
    memory.close()


def path_of(line: Line, number: str = AMERICAN) -> str | None:
    return line.memory.recall(number).path


# ---- anything can be written ---------------------------------------------------------------------


@pytest.mark.parametrize("body", WRITTEN, ids=lambda body: ascii(body[:12]))
def test_whatever_is_written_is_answered(line: Line, body: str) -> None:
    texter = line.texter()
    assert texter.text(body)  # the first words, and any later ones
    assert texter.text("menu")
    assert texter.text(body)
    assert not any(SORRY in text for text in texter.text(body))


@pytest.mark.parametrize("body", WRITTEN, ids=lambda body: ascii(body[:12]))
def test_an_emergency_is_heard_wherever_somebody_has_got_to(line: Line, body: str) -> None:
    texter = line.texter()
    texter.text(body)
    (answer,) = texter.text("not breathing")
    assert answer.startswith(ALARM_US)


def test_an_emergency_is_heard_before_any_greeting(line: Line) -> None:
    (answer,) = line.texter().text("Please help, she is NOT BREATHING!!")
    assert answer.startswith(ALARM_US)


def test_letters_after_the_longest_text_that_twilio_delivers_are_not_read(line: Line) -> None:
    assert not line.texter().text("x " * 800 + " not breathing")[-1].startswith(ALARM_US)


@pytest.mark.parametrize(
    "form",
    [
        {"From": ""},
        {"To": ""},
        {"MessageSid": ""},
        {"NumMedia": ""},
        {"NumMedia": "a few"},
        {"NumMedia": "-1"},
        {"FromCountry": "??"},
        {"OptOutType": ""},
        {"ChannelMetadata": "{}", "Unheard": "of"},
    ],
)
def test_missing_and_strange_parameters_are_answered_all_the_same(line: Line, form: dict[str, str]) -> None:
    assert GREETING in texts(line, "menu", **form)[0]
    assert texts(line, None, **form)


def test_a_message_of_nothing_but_its_account_is_answered(line: Line) -> None:
    assert b"<Message>" in ask(line, "/sms", {}, voice=False).body


def test_of_a_repeated_parameter_the_first_counts(line: Line) -> None:
    twice = line.texter().text("menu", extra=[("Body", "not breathing"), ("Body", "menu")])
    assert twice[0].startswith(ALARM_US)


def test_the_path_may_end_in_a_slash_since_twilio_would_not_follow(line: Line) -> None:
    assert b"<Message>" in ask(line, "/sms/", {"From": AMERICAN, "Body": "menu"}, voice=False).body


# ---- who writes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "alarm"),
    [
        (AMERICAN, "Call 911 now."),
        (SPANIARD, "Call 112 now."),
        (FRENCH, "Call 112 now."),
        ("+80012345678", "Call your local emergency number now."),
        ("+882161234567", "Call your local emergency number now."),
        ("+9991234567", "Call your local emergency number now."),
        ("12345", "Call your local emergency number now."),
        ("+266696687", "Call your local emergency number now."),
        ("anonymous", "Call your local emergency number now."),
    ],
)
def test_the_emergency_number_is_that_of_the_writers_country(house: House, line: Line, number: str, alarm: str) -> None:
    texter = line.texter(number)
    texter.text("English")
    (answer,) = texter.text("not breathing")
    number_named = alarm.removeprefix("Call ").removesuffix(" now.")
    emergency = house.shelf.library.emergency.get("FR" if number == FRENCH else "ES" if number == SPANIARD else "", "")
    assert number_named in answer or (emergency and emergency in answer)


@pytest.mark.parametrize("number", ["anonymous", "", "+266696687", "client:joey"])
def test_nothing_is_kept_of_the_anonymous(line: Line, number: str) -> None:
    first = line.texter(number).text("English")
    assert GREETING in first[0]
    assert line.texter(number).text("English") == first
    assert path_of(line, number) is None


def test_a_short_code_that_writes_goes_on_where_it_was(line: Line) -> None:
    texter = line.texter("12345")
    texter.text("English")
    assert path_of(line, "12345")
    assert texter.text("menu") == texter.text("menu")


def test_whatsapp_and_sms_of_one_number_are_one_conversation(line: Line) -> None:
    line.texter(SPANIARD).text("English")
    assert len(line.texter(SPANIARD, channel="whatsapp").text("menu")) == 1


def test_the_called_numbers_language_counts_until_somebody_chooses(
    open_line: Callable[..., Line], house: House
) -> None:
    line = open_line(numbers={LINE_NUMBER: "es"})
    spanish = house.shelf.library.editions["es"].prompts["reply-with-number"].text
    assert spanish in texts(line, "*")[-1] or spanish in texts(line, "menu")[-1]


def test_pictures_without_words_are_told_what_we_cannot_do(line: Line) -> None:
    texter = line.texter()
    texter.text("menu")
    assert "cannot open pictures" in texter.text("", media=2)[0]
    assert "cannot open pictures" in texter.text(" \n", media=1)[0]


def test_words_beside_a_picture_are_read(line: Line) -> None:
    assert line.texter().text("not breathing", media=1)[0].startswith(ALARM_US)


# ---- reserved words ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_word_that_the_network_answers_is_left_to_it(line: Line, word: str) -> None:
    for spelt in (word, word.upper(), f" {word.title()}\n"):
        assert texts(line, spelt) == []
    assert path_of(line) is None


@pytest.mark.parametrize("word", ["HELP!", "help!!!", "Help?", "YES!", "«help»", "help 🆘", "quit."])
def test_what_no_network_answers_is_never_left_in_silence(line: Line, word: str) -> None:
    # Networks know their words by the letter: anything beside them, and nobody else would answer.
    assert texts(line, word)


def test_a_call_for_help_with_marks_is_told_the_emergency_number_first(line: Line) -> None:
    answer = texts(line, "HELP!!!")
    assert answer[0] == "If someone is in danger, call 911 now."


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_what_advanced_opt_out_has_answered_is_left_to_it(line: Line, kind: str) -> None:
    assert texts(line, "arrêtez", OptOutType=kind) == []
    assert line.texter(channel="whatsapp").text("stop", extra=[("OptOutType", kind)]) == []


@pytest.mark.parametrize("channel", ["whatsapp", "short code"])
@pytest.mark.parametrize("word", sorted(RESERVED))
def test_where_nobody_else_answers_we_do(line: Line, channel: str, word: str) -> None:
    texter = line.texter(channel="whatsapp") if channel == "whatsapp" else line.texter("+12025550124", line="12345")
    answer = (
        line.texter(channel="whatsapp").text(word.upper())
        if channel == "whatsapp"
        else texts(line, word.upper(), From="+12025550124", To="12345")
    )
    assert texter
    if word in OPT_OUT:
        assert answer[-1].startswith("We write only when you write to us.")
    elif word in NETWORK_HELP:
        assert answer[0] == "If someone is in danger, call 911 now."
        assert answer[-1].startswith("This is an information line about OMS.")
    else:
        assert "urgent signs" in answer[-1]


# ---- once and once only --------------------------------------------------------------------------


def test_the_same_message_again_gets_the_same_answer_and_moves_nothing(line: Line) -> None:
    texter = line.texter()
    texter.text("symptoms")
    first = texter.text("more", sid="SM1")
    reached = path_of(line)
    assert texter.text("more", sid="SM1") == first
    assert path_of(line) == reached
    assert texter.text("more") != first
    assert texter.text("more", sid="SM1") == first  # also after another one


def test_the_same_message_eight_times_at_once_is_one_message(crowded: Line) -> None:
    crowded.texter().text("symptoms")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: crowded.texter().text("more", sid="SM2"), range(8)))
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]
    assert path_of(crowded) == "en/symptoms/1"


def test_messages_without_an_id_are_messages_all_the_same(line: Line) -> None:
    texts(line, "symptoms")
    assert texts(line, "more") != texts(line, "more")


# ---- robots --------------------------------------------------------------------------------------


def test_a_robot_that_echoes_is_met_with_silence_and_later_heard_again(line: Line) -> None:
    robot = line.texter()
    echo, answered = "hello", 0
    for _ in range(MOST_ALARMS + 10):
        answer = robot.text(echo)
        answered += bool(answer)
        echo = "\n".join(answer) or echo
    assert answered <= MOST_ALARMS  # the bound while our own words come back as an emergency
    assert robot.text("menu") == []
    line.clock.forward(minutes=5, seconds=1)
    assert robot.text("menu")


def test_an_emergency_is_answered_when_nothing_else_is_but_not_without_end(line: Line) -> None:
    texter = line.texter()
    for _ in range(MOST_REPLIES):
        assert texter.text("menu")
    assert texter.text("menu") == []
    answers = [texter.text("seizure") for _ in range(MOST_ALARMS)]
    assert answers[0][0].startswith(ALARM_US)
    assert sum(map(bool, answers)) == MOST_ALARMS - MOST_REPLIES
    line.clock.forward(minutes=6)
    assert texter.text("seizure")


def test_a_message_met_with_silence_is_met_with_it_again(line: Line) -> None:
    texter = line.texter()
    for _ in range(MOST_REPLIES):
        texter.text("menu")
    assert texter.text("symptoms", sid="SM3") == []
    line.clock.forward(minutes=6)
    assert texter.text("symptoms", sid="SM3") == []
    assert texter.text("symptoms")


# ---- time ----------------------------------------------------------------------------------------


def test_four_hours_later_the_place_is_forgotten_and_the_language_is_not(line: Line) -> None:
    texter = line.texter(SPANIARD)
    texter.text("English")
    read_on = texter.text("symptoms")[-1]
    line.clock.forward(hours=4, seconds=1)
    later = texter.text("more")
    assert later[-1] != read_on
    assert path_of(line, SPANIARD) in {"en/menu", "en/more"}
    assert line.memory.recall(SPANIARD).language == "en"


def test_half_a_year_later_somebody_is_new_again(line: Line) -> None:
    texter = line.texter(SPANIARD)
    assert GREETING in texter.text("English")[0]
    assert len(texter.text("menu")) == 1
    line.clock.forward(days=181)
    assert line.memory.recall(SPANIARD) == Remembered()
    assert len(texter.text("menu")) == 2


def test_a_language_that_is_offered_no_longer_is_not_taken_for_a_choice(
    open_line: Callable[..., Line], house: House
) -> None:
    library = house.shelf.library
    without = tuple(tag for tag in library.editions if tag != "fr")
    line = open_line(replace(house, shelf=replace(house.shelf, library=replace(library, languages=without))))
    line.memory.turn(SPANIARD, "SM4", lambda _: Turn("fr/symptoms/1", "fr"))
    answer = line.texter(SPANIARD).text("menu")
    assert answer
    assert SORRY not in answer[-1]
    # They chose French; what takes its place is offered, and then theirs to choose.
    line.texter(SPANIARD).text("English")
    assert line.memory.recall(SPANIARD).language == "en"
    line.memory.turn(FRENCH, "SM5", lambda _: Turn("fr/menu", "fr"))
    line.texter(FRENCH).text("zzz zzz")
    assert line.memory.recall(FRENCH).language == "fr"


def test_a_repeat_of_a_message_from_before_a_language_was_withdrawn_is_answered(
    open_line: Callable[..., Line], house: House
) -> None:
    library = house.shelf.library
    without = tuple(tag for tag in library.editions if tag != "fr")
    line = open_line(replace(house, shelf=replace(house.shelf, library=replace(library, languages=without))))
    line.memory.turn(AMERICAN, "SM6", lambda _: Turn("fr/symptoms/1", "fr"))
    assert line.texter().text("more", sid="SM6")


def test_a_language_chosen_by_phone_since_then_counts_for_texts(line: Line, house: House) -> None:
    texter = line.texter()
    texter.text("English")
    texter.text("symptoms")
    line.memory.remember_language(AMERICAN, "es")
    spanish = house.shelf.library.editions["es"].topics["symptoms"].passages[1].wording.filled(emergency="911").text
    assert spanish in texter.text("6")[-1]


def test_a_language_chosen_by_phone_that_is_not_offered_changes_nothing(line: Line) -> None:
    texter = line.texter()
    texter.text("English")
    texter.text("symptoms")
    line.memory.remember_language(AMERICAN, "xx")
    texter.text("6")
    assert (path_of(line) or "").startswith("en/symptoms/1")


# ---- trouble -------------------------------------------------------------------------------------


def test_without_the_store_people_are_answered_as_strangers_and_operators_told(
    broken_line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    texter = broken_line.texter()
    assert GREETING in texter.text("symptoms")[0]
    assert GREETING in texter.text("symptoms")[0]
    assert texter.text("not breathing")[0].startswith(ALARM_US)
    assert "DATABASE_URL" in caplog.text
    assert "answered without memory" in caplog.text
    assert AMERICAN not in caplog.text
    assert "symptoms" not in caplog.text.replace("en/symptoms", "")


def test_when_something_breaks_somebody_gets_an_apology_with_the_emergency_number(
    open_line: Callable[..., Line], quiet_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    texter = open_line(quiet_house).texter()
    (answer,) = texter.text("menu")
    assert answer.startswith(SORRY)
    assert "call 911" in answer
    assert "KeyError at reply.py:" in caplog.text
    assert texter.text("not breathing")[0].startswith(ALARM_US)


def test_no_number_and_no_words_of_anybody_are_in_the_log(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    texter = line.texter(SPANIARD)
    for body in ("my son Quentin has OMS", "English", "symptoms", "more", "not breathing", "Quentin", "8", "stop"):
        texter.text(body)
    texts(line, "HELP!", From=f"whatsapp:{SPANIARD}", To="whatsapp:+15005550006", ProfileName="Quentin")
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("service")]
    assert len(lines) >= 9
    for record in caplog.records:
        written = f"{record.getMessage()} {record.args} {record.exc_text}"
        assert not [word for word in (SPANIARD[1:], "Quentin", "breathing", "15005550006") if word in written]


def test_a_line_of_log_names_a_pseudonym_the_place_what_came_of_it_and_the_time(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "service.line")
    line.texter().text("symptoms")
    line.texter("anonymous").text("symptoms")
    known, nobody = (record.getMessage().split() for record in caplog.records if record.name == "service.line")
    assert known[:2] == ["sms", line.memory.pseudonym(AMERICAN)[:12]]
    assert known[2].startswith("en/symptoms/0")
    assert (known[3], known[5]) == ("answered", "ms")
    assert nobody[1] == "nobody"


def test_the_secret_decides_about_pseudonyms(line: Line) -> None:
    other = open_memory("sqlite://", "another secret of tests", Clock())
    assert other.pseudonym(AMERICAN) != line.memory.pseudonym(AMERICAN)
    other.close()


def test_a_line_with_a_path_in_its_address_is_reached_there(house: House) -> None:
    public_url = f"{PUBLIC_URL}/oms"
    chosen: Settings = settings(public_url=public_url)
    memory = open_memory(chosen.database_url, chosen.secret_key)
    app = create_app(chosen, house, memory)
    assert Texter(InProcess(app, public_url), ACCOUNT, public_url, AMERICAN).text("menu")
    memory.close()
