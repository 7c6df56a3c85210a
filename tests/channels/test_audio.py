"""Recordings as Twilio and phones fetch them: public, in parts if they like, and the same for ever."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.house import House
from service.speech.archive import file_name
from service.speech.carriers import Carriers
from service.speech.recordings import Recordings
from tests.conftest import Line

SOUND = bytes(range(256)) * 40
NAME = file_name(SOUND, "wav")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes(SOUND)
    (tmp_path / file_name(b"mp3", "mp3")).write_bytes(b"mp3")
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "secret.wav").write_bytes(b"no recording of ours")
    return tmp_path


@pytest.fixture
def client(folder: Path, house: House, open_line: Callable[..., Line]) -> Iterator[FlaskClient]:
    heard = Carriers(house.carriers.languages, Recordings(folder), "https://line.example.org/audio")
    with open_line(replace(house, carriers=heard)).app.test_client() as client:
        yield client


def test_a_recording_is_sent_whole_with_its_type_and_may_be_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(f"/audio/{NAME}")
    assert (answer.status_code, answer.data, answer.content_type) == (200, SOUND, "audio/wav")
    assert {*answer.headers["Cache-Control"].split(", ")} == {"max-age=31536000", "public", "immutable"}
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["ETag"] == f'"{NAME[:16]}"'
    assert "Set-Cookie" not in answer.headers
    mp3 = client.get(f"/audio/{file_name(b'mp3', 'mp3')}")
    assert (mp3.data, mp3.content_type) == (b"mp3", "audio/mpeg")


def test_twilio_asks_for_the_head_first(client: FlaskClient) -> None:
    answer = client.head(f"/audio/{NAME}")
    assert (answer.status_code, answer.data, answer.content_type) == (200, b"", "audio/wav")
    assert answer.content_length == len(SOUND)


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        ("bytes=0-9", 206, SOUND[:10]),
        ("bytes=10230-", 206, SOUND[10230:]),
        ("bytes=-5", 206, SOUND[-5:]),
        ("bytes=0-99999999", 206, SOUND),
        ("bytes=99999-", 416, b""),
        ("apples=1-2", 200, SOUND),
    ],
)
def test_a_part_can_be_asked_for(client: FlaskClient, wanted: str, status: int, body: bytes) -> None:
    answer = client.get(f"/audio/{NAME}", headers={"Range": wanted})
    assert (answer.status_code, answer.data) == (status, body)


def test_who_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    answer = client.get(f"/audio/{NAME}", headers={"If-None-Match": f'"{NAME[:16]}"'})
    assert (answer.status_code, answer.data) == (304, b"")
    changed = client.get(f"/audio/{NAME}", headers={"Range": "bytes=0-1", "If-Range": '"another"'})
    assert (changed.status_code, changed.data) == (200, SOUND)


@pytest.mark.parametrize(
    "path",
    [
        "manifest.json", "secret.wav", "0123456789abcdef.wav", "../manifest.json", "..%2fmanifest.json", "%2e%2e/x.wav",
        NAME.upper(), f"{NAME}%00", f"a{NAME}", "", "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_else_is_ever_sent(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/audio/{path}")
    assert (answer.status_code, answer.data) == (404, b"")


def test_an_altered_recording_is_not_played(
    client: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / NAME).write_bytes(SOUND[::-1])
    assert client.get(f"/audio/{NAME}").status_code == 404
    assert f"{NAME} was altered" in caplog.text


def test_nothing_can_be_put_there(client: FlaskClient) -> None:
    assert client.post(f"/audio/{NAME}", data=b"x").status_code == 405
    assert client.put(f"/audio/{NAME}", data=b"x").status_code == 405
