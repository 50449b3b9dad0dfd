"""Uploaded videos."""

from functools import partial

from local.rehearsal.files import infected, truncated, video_mp4, web_page
from roundtable.domain.evidence import Verdict
from tests.corpus.cases import VideoCase
from tests.corpus.making.letter import Letter
from tests.corpus.making.movies import exaggerated, large_recording, quicktime, sound_only, webm
from tests.corpus.making.pdf import pdf

_accepted = partial(VideoCase, Verdict.PASS)
_returned = partial(VideoCase, Verdict.FAIL)
_asked_about = partial(VideoCase, Verdict.LOOK)
_TWO_GIGABYTES = 1_900_000_000

FILES = (
    _returned("4m59.mp4", "One second too short.", make=partial(video_mp4, 299)),
    _accepted("5m00.mp4", "Exactly five minutes is enough.", make=partial(video_mp4, 300)),
    _accepted("15m00.mp4", "Exactly fifteen minutes is, too.", make=partial(video_mp4, 900)),
    _returned("15m01.mp4", "One second too long.", make=partial(video_mp4, 901)),
    _accepted(
        "from-a-camera.mp4",
        "Ten minutes; the header stands at the end of the file.",
        make=partial(video_mp4, 600, header_last=True),
    ),
    _accepted("from-a-mac.mov", "Eight minutes in QuickTime.", make=partial(quicktime, 480)),
    _returned("short.mov", "A minute in QuickTime: too short.", make=partial(quicktime, 60)),
    _accepted(
        "large.mp4",
        "Twelve minutes in 1.9 GB, as a good camera makes them.",
        make=partial(large_recording, 720, _TWO_GIGABYTES),
        size=_TWO_GIGABYTES,
    ),
    _accepted("exported.webm", "Ten minutes in WebM with its length.", make=partial(webm, 600.0)),
    _returned("too-long.webm", "Twenty minutes in WebM.", make=partial(webm, 1200.0)),
    _returned(
        "from-a-browser.webm",
        "No length in the file and none stated: the applicant must state it.",
        make=partial(webm, None),
    ),
    _asked_about(
        "from-a-browser-stated.webm",
        "No length in the file; the stated eight minutes are to be confirmed.",
        make=partial(webm, None),
        stated=480,
    ),
    _asked_about(
        "live-recording-stated.mp4",
        "A live recording without a length; the stated ten minutes are to be confirmed.",
        make=partial(video_mp4, 600, fragmented=True),
        stated=600,
    ),
    _returned(
        "live-recording.mp4",
        "A live recording without a length and nothing stated: the applicant must state it.",
        make=partial(video_mp4, 600, fragmented=True),
    ),
    _returned(
        "live-recording-stated-short.mp4",
        "The applicant states two minutes: too short.",
        make=partial(video_mp4, 120, fragmented=True),
        stated=120,
    ),
    _accepted(
        "stated-otherwise.mp4",
        "The file says ten minutes; what was stated by mistake does not count.",
        make=partial(video_mp4, 600),
        stated=60,
    ),
    _returned(
        "cut-off.mp4", "The upload broke off.", make=lambda: truncated(video_mp4(600))
    ),
    _returned(
        "cut-off-before-its-header.mp4",
        "The upload broke off before the header: no player opens it.",
        make=lambda: truncated(video_mp4(600, header_last=True)),
    ),
    _returned("sound-only.mp4", "Ten minutes of sound, no picture.", make=partial(sound_only, 600)),
    _returned(
        "sound-only.m4a",
        "A sound recording.",
        make=lambda: sound_only(600).replace(b"isom", b"M4A ", 1),
    ),
    _returned("zero-bytes.mp4", "There is nothing in the file.", make=lambda: b""),
    _returned("web-page.mp4", "The sign-in page of a file store.", make=web_page),
    _returned("letter.mp4", "The letter was uploaded as the video.", make=lambda: pdf(Letter())),
    _returned("infected.mp4", "A virus was found in it (EICAR).", make=infected),
    _returned(
        "exaggerated.mp4",
        "Its header claims four gigabytes that are not there: no player opens it.",
        make=partial(exaggerated, 600),
    ),
)  # fmt: skip
