"""A sound written again as an MP3 of one voice: no tag, no cover, no picture, no place.

A program of its own, `python -I audio.py SECONDS < received > written`: a file that crashes a
decoder, or makes it take all memory, ends this child and not the platform
(journeys/documents/sounds.py). It imports nothing of the project. It writes how many seconds the
sound lasts on a line, then the sound; refusing, it says why in one word on its error output.

MP3 because every phone plays it: iPhones older than 2025 do not play Opus in Ogg.
"""

import io
import resource
import sys
from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition

RATE, BITS = 24_000, 48_000  # Hz and bits a second: a voice on a telephone
TOLERANCE = 5  # seconds over the limit: phones stop late
MEMORY = 1024**3
REFUSED = 3  # exit code; any other than 0 is a crash

# The demuxer of each beginning of file. It is named, never guessed: playlists and the like, which
# have other files opened, are not among them.
BEGINNINGS = (
    (b"\x1aE\xdf\xa3", 0, "matroska"),
    (b"OggS", 0, "ogg"),
    (b"ftyp", 4, "mp4"),
    (b"WAVE", 8, "wav"),
    (b"fLaC", 0, "flac"),
    (b"#!AMR", 0, "amr"),
    (b"ID3", 0, "mp3"),
    *((head, 0, "aac") for head in (b"\xff\xf1", b"\xff\xf9")),
    *((head, 0, "mp3") for head in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
)


class Refused(Exception):
    """One word: video, long, broken."""


def rewritten(content: bytes, longest: int) -> tuple[bytes, float]:
    """The sound as MP3, and its seconds. Raises Refused."""
    try:
        with av.open(io.BytesIO(content), format=_format_of(content)) as source:
            return _encoded(_frames(source, longest))
    except (FFmpegError, ValueError, EOFError, MemoryError, OverflowError) as error:
        raise Refused("broken") from error


def _format_of(content: bytes) -> str:
    for head, at, name in BEGINNINGS:
        if content[at : at + len(head)] == head:
            return name
    raise Refused("broken")


def _frames(source: InputContainer, longest: int) -> Iterator[AudioFrame]:
    """One voice at RATE, until the end or the limit, whatever the file says of its length."""
    if any(not each.disposition & Disposition.attached_pic for each in source.streams.video):
        raise Refused("video")
    if not source.streams.audio:
        raise Refused("broken")
    resampler, samples = AudioResampler("s16p", "mono", RATE), 0
    for frame in source.decode(source.streams.audio[0]):
        for voice in resampler.resample(frame):
            samples += voice.samples
            if samples > (longest + TOLERANCE) * RATE:
                raise Refused("long")
            yield voice
    yield from resampler.resample(None)


def _encoded(frames: Iterator[AudioFrame]) -> tuple[bytes, float]:
    out, samples = io.BytesIO(), 0
    with av.open(out, "w", format="mp3", options={"id3v2_version": "0"}) as written:
        stream = written.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=BITS)
        for frame in frames:
            frame.pts = samples
            samples += frame.samples
            written.mux(stream.encode(frame))
        if not samples:
            raise Refused("broken")
        written.mux(stream.encode(None))
    return out.getvalue(), samples / RATE


def main() -> int:
    longest = int(sys.argv[1])
    seconds = 10 + longest // 20
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        written, lasting = rewritten(sys.stdin.buffer.read(), longest)
    except Refused as refused:
        sys.stderr.write(str(refused))
        return REFUSED
    sys.stdout.buffer.write(f"{lasting:.1f}\n".encode() + written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
