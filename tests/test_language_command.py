"""`oms-line language`: each of its words, as a translator, a reviewer or an operator types it."""

import csv
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.files.catalogs import Status
from service.files.languages import read_languages
from service.files.messages import CATALOGS
from service.files.reviews import FIELDS, digest
from service.house import ROOT
from service.settings import NAMES
from tests.conftest import ACCOUNT, PUBLIC_URL
from tests.files import conftest
from tests.files.conftest import LANGUAGE, PLURALS, Desk
from tests.workshop.test_report import Read

desk = conftest.desk
TODAY = datetime.now(UTC).date().isoformat  # asked when it is needed: a test may run at midnight
HEADER = ",".join(FIELDS) + "\n"
LEDGER = "locales/sw/reviews.csv"
ALARMS = ("alarm", "alarm/voice", "alarm/unknown-number")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All settings from the environment: nothing is written into the checkout."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "PUBLIC_URL": PUBLIC_URL, "TWILIO_ACCOUNT_SID": ACCOUNT.sid, "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token,
        "SECRET_KEY": "a secret of the tests", "AUDIO_FOLDER": str(tmp_path / "speech"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk as the checkout of the command, with two passages of each topic: they are as good as all."""
    for topic in (desk.root / "content/topics").glob("*.toml"):
        head, *passages = topic.read_text("utf-8").split("[[passages]]")
        kept = [passage for passage in passages if "regions" not in passage][:2]
        topic.write_text("[[passages]]".join([head, *kept]), "utf-8")
    monkeypatch.setattr("service.cli.base.ROOT", desk.root)
    return desk


@pytest.fixture
def swahili(root: Desk) -> Desk:
    """With a language of which all is translated and nothing is reviewed."""
    root.languages("sw")
    root.translate("sw", prefix="sw ")
    return root


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner(mix_stderr=False).invoke(main, words, input=typed)


def told(*words: str, code: int = 0, typed: str | None = None) -> str:
    answer = run("language", *words, typed=typed)
    assert answer.exit_code == code, answer.stdout + answer.stderr
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer.stdout + answer.stderr


def rows(desk: Desk, tag: str = "sw") -> list[dict[str, str]]:
    path = desk.root / "locales" / tag / "reviews.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def status(desk: Desk, name: str) -> Status:
    return desk.read().translations["sw"][name].status


def edit(desk: Desk, name: str, **changes: object) -> None:
    """Change an entry of the Swahili catalogs; `fuzzy` is set or cleared."""
    for catalog in CATALOGS:
        po = desk.catalog("sw", catalog)
        for entry in po:
            if entry.msgctxt == name:
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
                if changes.get("fuzzy"):
                    entry.flags.insert(0, "fuzzy")
                entry.msgstr = str(changes.get("msgstr", entry.msgstr))
        po.save()


# ---- new -----------------------------------------------------------------------------------------


def test_a_new_language_is_begun_and_told_file_by_file(root: Desk) -> None:
    said = told("new", "sw")
    wrote = [line.removeprefix("wrote ") for line in said.splitlines() if line.startswith("wrote ")]
    assert wrote[0] == "locales/languages.toml"
    assert wrote[-1] == "tests/words/sw.txt"
    assert len(wrote) == 6
    assert all((root.root / name).is_file() for name in wrote)
    assert "`oms-line catalog check sw` tells what is left." in said
    entry = read_languages(root.root).entries["sw"]
    assert (entry.name, entry.phone.gather) == ("Kiswahili", "sw-TZ")
    assert entry.phone.speakers == {"gtts": "sw/com", "embedded": "bnt/sw"}


def test_a_new_language_passes_its_check_and_is_not_offered(root: Desk) -> None:
    told("new", "sw")
    checked = run("catalog", "check", "sw")
    assert checked.exit_code == 0, checked.stdout + checked.stderr
    assert "tests/words/sw.txt: warning: has 0 sentences" in checked.stdout
    assert "All is well" in checked.stdout
    assert "All is well" in run("catalog", "check").stdout
    assert run("catalog", "update", "sw").stdout == "sw: 0 of 3 catalogs changed.\n"
    assert root.read().library.languages == ("en",)
    assert "not yet" in row_of(told("report"), "sw")


@pytest.mark.parametrize("tag", ["pt-BR", "zh-Hant", "yue"])
def test_a_new_language_has_a_voice_that_the_line_accepts(root: Desk, tag: str) -> None:
    told("new", tag)
    assert "not yet" in row_of(told("report"), tag), "a voice that Twilio does not document would be no start"
    assert read_languages(root.root).entries[tag].phone.voice


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("en",), "en is in locales/languages.toml already"),
        (("swahili",), "swahili is no language tag: they look like sw, pt-BR or zh-Hant"),
        (("pt_br",), "pt_br: write it pt-BR"),
        (("und", "--name", "x", "--english-name", "x"), "und names no language"),
        (("tlh",), "give --name and --english-name"),
        (("tlh", "--name", "tlhIngan Hol"), "give --name and --english-name"),
    ],
)
def test_what_cannot_be_begun_is_told_and_leaves_all_as_it_was(root: Desk, words: tuple[str, ...], what: str) -> None:
    before = {path: path.read_bytes() for path in root.root.rglob("*") if path.is_file()}
    assert what in told("new", *words, code=1)
    assert {path: path.read_bytes() for path in root.root.rglob("*") if path.is_file()} == before


def test_a_language_is_begun_once(root: Desk) -> None:
    told("new", "sw")
    assert "sw is in locales/languages.toml already" in told("new", "sw", code=1)


def test_a_language_that_unicode_does_not_know_is_begun_with_its_names(root: Desk) -> None:
    told("new", "tlh", "--name", "tlhIngan Hol", "--english-name", "Klingon")
    entry = read_languages(root.root).entries["tlh"]
    assert (entry.name, entry.english_name) == ("tlhIngan Hol", "Klingon")
    assert "Klingon" in (root.root / "tests/words/tlh.txt").read_text("utf-8")


def test_english_in_disorder_is_told_before_anything_is_written(root: Desk) -> None:
    root.write("content/alarm.toml", "text = ")
    assert "content/alarm.toml" in told("new", "sw", code=1)
    assert [*read_languages(root.root).entries] == ["en"]


# ---- report --------------------------------------------------------------------------------------


def row_of(report: str, tag: str) -> list[str]:
    """The cells of a language."""
    lines = [[cell.strip() for cell in line.strip("│").split("│")] for line in report.splitlines()]
    found = [cells for cells in lines if cells[0].partition(" ")[0] == tag]
    assert len(found) == 1, report
    return found[0]


def test_the_report_has_a_row_for_each_language(root: Desk) -> None:
    spanish = LANGUAGE.format(tag="es", plurals=PLURALS, parts=4)
    root.languages("sw", more=f'\n{spanish}phone = {{ voice = "Polly.Lupe", say = "es-US" }}\n')
    root.translate("sw", {"about/title": ""}, prefix="sw ", fuzzy=True)
    root.write("tests/words/sw.txt", "nothing of ours => nothing\nzq => alarm\n")
    root.write("tests/words/aside/sw.txt", "zq => nothing\n")
    root.write("locales/es/LC_MESSAGES/messages.po", "")
    total = sum(message.catalog != "words" for message in root.read().messages)
    said = told("report")
    assert [line.split()[1] for line in said.splitlines() if line.startswith("│")] == ["en", "sw", "es"]
    english, swahili, spanish = (row_of(said, tag) for tag in ("en", "sw", "es"))
    assert english[:6] == ["en en", "text", f"{total}/{total}", "0", "0", "1"]
    assert english[-1] == "0/0 aside 0/0"
    assert swahili[:6] == ["sw sw", "text", f"{total - 1}/{total}", str(total - 1), "0", "1"]
    assert swahili[7].startswith("urgent/")
    assert swahili[8].startswith("none ")
    assert swahili[9] == "1/2 aside 1/1"
    assert spanish == ["es es", "not yet", f"0/{total}", "0", "0", "", "0", "", "", "0/0 aside 0/0"]


def test_the_report_tells_what_can_be_heard(root: Desk) -> None:
    spanish = LANGUAGE.format(tag="es", plurals=PLURALS, parts=4)
    root.languages(more=f'\n{spanish}phone = {{ voice = "Polly.Lupe", say = "es-US" }}\n')
    root.translate("es", prefix="es ")
    cells = row_of(told("report"), "es")
    assert cells[1] == "text, phone"
    assert cells[8].startswith("say ")


def test_the_report_is_of_the_languages_that_are_named_in_their_order(swahili: Desk) -> None:
    said = told("report", "sw", "en")
    assert said.index("│ sw") < said.index("│ en")
    assert "│ en" not in told("report", "sw")
    assert told("report", "en", "sw", "en").count("│ en") == 1


@pytest.mark.parametrize("words", [("report", "xx"), ("report", "sw", "xx"), ("report", "SW")])
def test_a_report_of_a_language_that_is_not_there_is_refused(swahili: Desk, words: tuple[str, ...]) -> None:
    assert f"{words[-1]} is no language of locales/languages.toml" in told(*words, code=1)


def test_the_report_is_also_a_page(swahili: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert f"wrote {file}" in told("report", "--html", str(file))
    text = file.read_text("utf-8")
    seen = Read(text)
    assert [cells[0] for cells in seen.tables[0].rows[1:]] == ["en en (en)", "sw sw (sw)"]
    assert f"<p>{TODAY()}. How far" in text


def test_a_page_that_cannot_be_written_is_told_without_a_trace(swahili: Desk, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "report.html"
    assert f"{file} cannot be written: No such file or directory" in told("report", "en", "--html", str(file), code=1)
    assert "is a directory" in told("report", "--html", str(tmp_path), code=2)


def test_what_is_broken_is_told_beside_the_report(swahili: Desk, tmp_path: Path) -> None:
    swahili.write("locales/sw/LC_MESSAGES/messages.po", "torn\n")
    answer = run("language", "report", "--html", str(tmp_path / "report.html"))
    assert answer.exit_code == 0
    assert answer.stderr.startswith("locales/sw/LC_MESSAGES/messages.po:1: is not a line of a PO file")
    assert row_of(answer.stdout, "sw")[1] == "not yet"
    assert "messages.po:1: is not a line" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize("words", [("report",), ("review", "sw", "--kind", "language", "--by", "A")])
def test_files_that_cannot_be_read_at_all_are_told(swahili: Desk, words: tuple[str, ...]) -> None:
    swahili.write("locales/languages.toml", "[languages\n")
    assert "locales/languages.toml:1: is not valid TOML" in told(*words, code=1)


def test_settings_that_are_wrong_are_told(swahili: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTS", "perhaps")
    assert "DRAFTS is 'perhaps'" in told("report", code=1)


# ---- review --------------------------------------------------------------------------------------


def review(*words: str, kind: str = "language", code: int = 0, typed: str | None = None) -> str:
    return told("review", "sw", *words, "--kind", kind, "--by", "A. Reviewer", code=code, typed=typed)


def test_each_text_is_shown_beside_its_english_and_asked_about(swahili: Desk) -> None:
    said = review("alarm", typed="y\nn\ny\n")
    for number, name in enumerate(ALARMS, 1):
        english = next(message.text for message in swahili.read().messages if message.id == name)
        assert f"{number} of 3  {name}\n  {english}\n  sw {english}\n" in said
    assert "2 rows added to locales/sw/reviews.csv" in said
    assert said.endswith("1 of 3 wait for a language review.\n")
    assert [row["id"] for row in rows(swahili)] == ["alarm", "alarm/unknown-number"]


def test_a_row_says_who_found_which_texts_right_and_when(swahili: Desk) -> None:
    before = TODAY()
    told("review", "sw", "alarm/voice", "--kind", "medical", "--by", ' Dr. "B", Nairobi ', typed="y\n")
    english = next(message.text for message in swahili.read().messages if message.id == "alarm/voice")
    (row,) = rows(swahili)
    assert row["date"] in {before, TODAY()}
    assert {**row, "date": ""} == {
        "id": "alarm/voice",
        "source_sha": digest(english),
        "target_sha": digest(f"sw {english}"),
        "kind": "medical",
        "reviewer": 'Dr. "B", Nairobi',
        "date": "",
    }
    assert (swahili.root / LEDGER).read_text("utf-8").startswith(HEADER)


@pytest.mark.parametrize(
    ("typed", "noted", "waiting"),
    [
        ("y\ny\ny\n", 3, 0),
        ("n\nn\nn\n", 0, 3),
        ("y\nq\n", 1, 2),  # q: the rest stays as it is
        ("q\n", 0, 3),
        ("n\ny\nq\n", 1, 2),
        ("what?\n\nyes\ny\nq\n", 1, 2),  # asked until it is an answer
    ],
)
def test_yes_is_noted_no_and_the_rest_are_not(swahili: Desk, typed: str, noted: int, waiting: int) -> None:
    said = review("alarm", typed=typed)
    assert len(rows(swahili)) == noted
    assert (swahili.root / LEDGER).exists() == bool(noted)
    assert (f"{noted} rows added" in said) == bool(noted)
    assert said.endswith(f"{waiting} of 3 wait for a language review.\n")


@pytest.mark.parametrize(("typed", "noted"), [("y\nn\n", 1), ("", 0)])
def test_where_the_terminal_goes_what_was_read_before_stays_read(swahili: Desk, typed: str, noted: int) -> None:
    """In a process of its own: click's own runner never comes to the end of what is typed."""
    command = (
        "import sys; from pathlib import Path; import service.cli.base as base; base.ROOT = Path(sys.argv.pop(1))\n"
        "from service.cli import main; main()"
    )
    words = (str(swahili.root), "language", "review", "sw", "alarm", "--kind", "language", "--by", "A")
    done = subprocess.run(
        [sys.executable, "-c", command, *words], cwd=ROOT, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(rows(swahili)) == noted
    assert done.stdout.endswith(f"{3 - noted} of 3 wait for a language review.\n")


def test_what_was_reviewed_is_not_asked_again_and_what_was_not_is(swahili: Desk) -> None:
    review("alarm", typed="y\nn\nq\n")
    again = review("alarm", typed="y\ny\n")
    assert "1 of 2  alarm/voice" in again
    assert "  alarm\n" not in again
    assert "0 of 3 wait for a language review." in again
    third = review("alarm")
    assert "Right?" not in third
    assert "rows added" not in third
    assert [row["id"] for row in rows(swahili)] == ["alarm", "alarm/voice", "alarm/unknown-number"]


def test_whoever_has_read_all_that_is_named_need_not_be_asked(swahili: Desk) -> None:
    said = review("alarm", "prompt/goodbye/end", "--yes")
    assert "Right?" not in said
    assert [row["id"] for row in rows(swahili)] == [*ALARMS, "prompt/goodbye/end"]
    assert "0 of 4 wait for a language review." in said


def test_yes_to_everything_at_once_is_refused(swahili: Desk) -> None:
    assert "--yes needs what was read: topics, catalogs or ids" in review("--yes", code=1)
    assert rows(swahili) == []


@pytest.mark.parametrize(
    ("kind", "reached", "next_kind_waits"),
    [("language", Status.LANGUAGE_REVIEWED, True), ("medical", Status.MEDICALLY_REVIEWED, False)],
)
def test_the_line_knows_a_text_as_reviewed_from_then_on(
    swahili: Desk, kind: str, reached: Status, next_kind_waits: bool
) -> None:
    review("alarm", "--yes", kind=kind)
    assert [status(swahili, name) for name in ALARMS] == [reached] * 3
    assert status(swahili, "about/title") is Status.TRANSLATED
    other = {"language": "medical", "medical": "language"}[kind]
    waiting = 3 if next_kind_waits else 0
    assert f"{waiting} of 3 wait for a {other} review." in review("alarm", kind=other, typed="q\n")


def test_both_reviews_stand_beside_each_other_and_the_higher_counts(swahili: Desk) -> None:
    review("alarm", "--yes")
    review("alarm", "--yes", kind="medical")
    assert [row["kind"] for row in rows(swahili)] == ["language"] * 3 + ["medical"] * 3
    assert status(swahili, "alarm") is Status.MEDICALLY_REVIEWED


def test_a_review_ends_when_the_translation_changes(swahili: Desk) -> None:
    review("alarm", "--yes")
    edit(swahili, "alarm", msgstr="sw Call {emergency}!")
    assert [status(swahili, name) for name in ALARMS[:2]] == [Status.TRANSLATED, Status.LANGUAGE_REVIEWED]
    assert "1 of 1  alarm\n" in review("alarm", typed="y\n")
    assert status(swahili, "alarm") is Status.LANGUAGE_REVIEWED
    assert [row["id"] for row in rows(swahili)].count("alarm") == 2, "the old row tells what was read then"


def test_a_review_ends_when_the_english_changes(swahili: Desk) -> None:
    review("alarm", "--yes")
    english = next(message.text for message in swahili.read().messages if message.id == "alarm")
    swahili.edit("content/alarm.toml", english, f"{english} Now.")
    assert status(swahili, "alarm") is Status.STALE
    said = review("alarm")
    assert "1 of 3 are still marked fuzzy, or their English has changed" in said
    assert "0 of 3 wait for a language review." in said
    assert run("catalog", "update", "sw").exit_code == 0
    edit(swahili, "alarm", fuzzy=False)  # a translator has looked at it
    assert status(swahili, "alarm") is Status.TRANSLATED
    assert "1 of 1  alarm\n" in review("alarm", typed="q\n")


def test_drafts_are_not_reviewed_before_a_translator_has_read_them(swahili: Desk) -> None:
    edit(swahili, "alarm", fuzzy=True)
    said = review("alarm", "--yes")
    assert "1 of 3 are still marked fuzzy" in said
    assert [row["id"] for row in rows(swahili)] == ["alarm/voice", "alarm/unknown-number"]
    assert "0 of 3 wait for a language review." in said
    assert status(swahili, "alarm") is Status.DRAFT
    edit(swahili, "alarm", fuzzy=False)
    said = review("alarm", "--yes")
    assert "fuzzy" not in said
    assert status(swahili, "alarm") is Status.LANGUAGE_REVIEWED


def test_where_all_are_drafts_nobody_is_asked(root: Desk) -> None:
    root.languages("sw")
    root.translate("sw", prefix="sw ", fuzzy=True)
    said = review()
    total = sum(message.catalog != "words" for message in root.read().messages)
    assert f"{total} of {total} are still marked fuzzy" in said
    assert f"0 of {total} wait for a language review." in said
    assert rows(root) == []


def test_rows_are_added_below_those_that_are_there(swahili: Desk) -> None:
    old = "about/title,0,0,language,Somebody,2020-01-01"
    swahili.write(LEDGER, HEADER + old)  # an editor left the last line open
    review("alarm", "--yes")
    text = (swahili.root / LEDGER).read_text("utf-8")
    assert text.startswith(f"{HEADER}{old}\nalarm,")
    assert [row["id"] for row in rows(swahili)] == ["about/title", *ALARMS]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("nowhere",), "sw has nothing of nowhere translated"),
        (("urgent/nothing", "ALARM"), "sw has nothing of urgent/nothing, ALARM translated"),
        (("nowhere", "--yes"), "sw has nothing of nowhere translated"),
        (("alarm", "nowhere", "--yes"), "sw has nothing of nowhere translated"),  # else half of what was meant is done
    ],
)
def test_ids_that_are_none_are_told(swahili: Desk, words: tuple[str, ...], what: str) -> None:
    assert what in review(*words, code=1)
    assert rows(swahili) == []


def test_a_language_that_is_only_begun_has_nothing_to_review(root: Desk) -> None:
    told("new", "sw")
    assert "sw has nothing of the texts translated" in review(code=1)


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("xx", "--kind", "language", "--by", "A"), 1, "xx is no language of locales/languages.toml"),
        (("en", "--kind", "medical", "--by", "A"), 1, "English is reviewed topic by topic"),
        (("sw", "--kind", "language", "--by", " "), 1, "--by is empty: a review has a reviewer"),
        (("sw", "--kind", "language"), 2, "Missing option '--by'"),
        (("sw", "--by", "A"), 2, "Missing option '--kind'"),
        (("sw", "--kind", "spelling", "--by", "A"), 2, "'spelling' is not one of"),
    ],
)
def test_a_review_that_cannot_be_is_refused(swahili: Desk, words: tuple[str, ...], code: int, what: str) -> None:
    assert what in told("review", *words, code=code)
    assert not [*swahili.root.glob("locales/*/reviews.csv")]


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        (LEDGER, "id,who\n", "its first line must be id,source_sha"),
        (LEDGER, f"{HEADER}alarm,1,2,spelling,A,2026-01-01\n", "a review has a kind"),
        ("locales/sw/LC_MESSAGES/messages.po", "torn\n", "is not a line of a PO file"),
    ],
)
def test_nothing_is_reviewed_in_files_that_cannot_be_read(swahili: Desk, file: str, text: str, what: str) -> None:
    swahili.write(file, text)
    assert f"{file}:" in (said := review("alarm", "--yes", code=1))
    assert what in said
    assert (swahili.root / file).read_text("utf-8") == text


def test_what_is_broken_in_another_language_keeps_nobody_from_reviewing(swahili: Desk) -> None:
    swahili.languages("sw", "xx")
    swahili.write("locales/xx/LC_MESSAGES/messages.po", "torn\n")
    review("alarm", "--yes")
    assert len(rows(swahili)) == 3


# ---- where drafts are not served -----------------------------------------------------------------


@pytest.mark.parametrize("languages", ["", "en,sw", "sw"])
def test_where_drafts_are_not_served_reviewing_makes_a_language_offered(
    swahili: Desk, monkeypatch: pytest.MonkeyPatch, languages: str
) -> None:
    monkeypatch.setenv("DRAFTS", "no")
    if languages != "sw":
        monkeypatch.setenv("LANGUAGES", languages)
        assert row_of(told("report"), "sw")[1] == "not yet"
        monkeypatch.delenv("LANGUAGES")
    else:
        monkeypatch.setenv("LANGUAGES", languages)
        assert "no language is complete enough to be offered" in told("report", code=1)
    review("alarm", "messages", "--yes")
    assert row_of(told("report"), "sw")[1] == "text"
    library = swahili.read(drafts=False).library
    assert library.languages == ("en", "sw")
    assert library.editions["sw"].topics["urgent"].language == "en"
    review("urgent", "--yes")
    assert swahili.read(drafts=False).library.editions["sw"].topics["urgent"].language == "sw"
    assert row_of(told("report"), "sw")[4] == str(len(rows(swahili)))


def test_an_edition_all_of_which_clinicians_have_read_says_so(swahili: Desk) -> None:
    review("content", "messages", "--yes")
    edition = swahili.read().library.editions["sw"]
    assert (edition.draft, edition.reviewed) == (False, False)
    review("content", "messages", "--yes", kind="medical")
    assert swahili.read().library.editions["sw"].reviewed
    edit(swahili, "alarm", msgstr="sw Call {emergency}!")
    assert not swahili.read().library.editions["sw"].reviewed
