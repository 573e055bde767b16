"""Recordings as browsers and phones make them: real bytes, a tone, words that must not stay."""

import io
from fractions import Fraction

import av
from av.audio.frame import AudioFrame

CANARY = "canari-7f3a"
KINDS = {
    "webm": ("webm", "libopus", "fltp"),
    "ogg": ("ogg", "libopus", "fltp"),
    "m4a": ("ipod", "aac", "fltp"),
    "mp3": ("mp3", "libmp3lame", "s16p"),
    "wav": ("wav", "pcm_s16le", "s16"),
}
# One turn of the tone: 60 samples low, 60 high.
TURN = b"".join(level.to_bytes(2, "little", signed=True) * 60 for level in (-8000, 8000))


def recording(kind: str = "webm", seconds: float = 2, *, rate: int = 48_000) -> bytes:
    """A square tone; its title is the canary."""
    container, codec, layout = KINDS[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as written:
        written.metadata["title"] = CANARY
        stream = written.add_stream(codec, rate=rate, layout="mono")
        stream.format = layout
        resampler = av.AudioResampler(layout, "mono", rate)
        for start in range(0, int(seconds * rate), rate // 10):
            frame = _tenth(rate, start)
            for each in resampler.resample(frame):
                written.mux(stream.encode(each))
        written.mux(stream.encode(None))
    return out.getvalue()


def _tenth(rate: int, start: int) -> AudioFrame:
    frame = AudioFrame("s16", "mono", rate // 10)
    frame.planes[0].update((TURN * (rate // 1200 + 1))[: rate // 10 * 2])
    frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
    return frame


def film() -> bytes:
    """Two images and no sound, as a telephone films."""
    out = io.BytesIO()
    with av.open(out, "w", format="webm") as written:
        stream = written.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(2):
            frame = av.VideoFrame(64, 48, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.pts = number
            written.mux(stream.encode(frame))
        written.mux(stream.encode(None))
    return out.getvalue()
