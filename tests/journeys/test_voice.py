"""Voice notes: whatever a phone records becomes one MP3 that holds nothing but the voice."""

import io
from inspect import signature

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.documents.sounds import MP3, clean_sound
from tests.figures import FULL
from tests.journeys.hostile import SCRIPT, archive, image
from tests.journeys.sounds import CANARY, KINDS, film, recording


def sent(content: bytes, name: str = "voix.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="audio/webm")


@pytest.mark.parametrize("kind", KINDS)
def test_what_phones_record_becomes_an_mp3_of_the_same_length(kind):
    received = recording(kind, 2)
    assert CANARY.encode() in received or kind == "wav"

    sound, content_type, seconds = clean_sound(sent(received))

    assert (content_type, seconds) == (MP3, 2)
    with av.open(io.BytesIO(sound)) as kept:
        assert kept.format.name == "mp3"
        assert kept.streams.audio[0].channels == 1
        assert not kept.metadata.get("title")
    assert CANARY.encode() not in sound
    assert len(sound) < 20_000


def test_three_minutes_are_the_limit():
    assert signature(clean_sound).parameters["longest"].default == 180


@pytest.mark.parametrize("longest", [180 if FULL else 60])
def test_a_recording_as_long_as_asked_is_kept_and_a_longer_one_is_not(longest):
    sound, _type, seconds = clean_sound(sent(recording("ogg", longest)), longest=longest)
    assert seconds == longest and len(sound) < 6_700 * longest

    with pytest.raises(ValidationError, match=f"trop long : gardez {longest // 60} minute"):
        clean_sound(sent(recording("ogg", longest + 10)), longest=longest)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OggS",
        recording("webm")[:200],
        b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        SCRIPT,
        image(),
        archive(),
        b"ID3" + b"\0" * 500,
        b"RIFF\xff\xff\xff\x7fWAVEfmt " + b"\xff" * 200,
    ],
)
def test_what_is_no_sound_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="ne s’écoute pas"):
        clean_sound(sent(content))


def test_a_film_is_refused():
    with pytest.raises(ValidationError, match="est une vidéo"):
        clean_sound(sent(film()))


def test_a_file_too_big_is_refused_before_it_is_read(settings):
    settings.UPLOAD_MOST_BYTES = 1000

    with pytest.raises(ValidationError, match="trop lourd"):
        clean_sound(sent(recording()))
