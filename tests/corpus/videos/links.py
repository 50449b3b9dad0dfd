"""Links to videos, with what their hosts answer.

The answers are written by hand in the shape that the hosts' oEmbed endpoints document.
"""

import json
from functools import partial

from roundtable.domain.evidence import Verdict
from tests.corpus.cases import VideoCase

_accepted = partial(VideoCase, Verdict.PASS)
_returned = partial(VideoCase, Verdict.FAIL)
_asked_about = partial(VideoCase, Verdict.LOOK)


def _vimeo(seconds: int | None, **more: object) -> tuple[int, bytes]:
    told = {
        "type": "video", "version": "1.0", "provider_name": "Vimeo",
        "provider_url": "https://vimeo.com/", "title": "Our team", "author_name": "Team",
        "html": '<iframe src="https://player.vimeo.com/video/700000001"></iframe>',
        "width": 426, "height": 240, "upload_date": "2022-10-02 09:12:44", "video_id": 700000001,
        **({"duration": seconds} if seconds is not None else {}), **more,
    }  # fmt: skip
    return 200, json.dumps(told).encode()


def _youtube() -> tuple[int, bytes]:
    told = {
        "title": "Our team", "author_name": "Team", "type": "video", "height": 113, "width": 200,
        "version": "1.0", "provider_name": "YouTube", "provider_url": "https://www.youtube.com/",
        "html": '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
    }  # fmt: skip
    return 200, json.dumps(told).encode()


def _player(provider: str, seconds: float) -> tuple[int, bytes]:
    told = {
        "type": "video", "version": "1.0", "html": "<iframe></iframe>", "height": 540,
        "width": 960, "provider_name": provider, "title": "Our team", "duration": seconds,
    }  # fmt: skip
    return 200, json.dumps(told).encode()


_LOOM = "https://www.loom.com/share/0123456789abcdef0123456789abcdef"
_DRIVE = "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view"
_OPEN_PAGE = (200, b"")
_GONE = (404, b"")

_WITH_LENGTH = (
    _accepted(
        "vimeo", "Ten minutes, says Vimeo.", link="https://vimeo.com/700000001", answer=_vimeo(600)
    ),
    _accepted(
        "vimeo-5m00",
        "Exactly five minutes.",
        link="https://vimeo.com/700000001",
        answer=_vimeo(300),
    ),
    _returned(
        "vimeo-4m59",
        "One second too short, says Vimeo.",
        link="https://vimeo.com/700000001",
        answer=_vimeo(299),
    ),
    _returned(
        "vimeo-15m01",
        "One second too long, says Vimeo.",
        link="https://vimeo.com/700000001",
        answer=_vimeo(901),
    ),
    _accepted(
        "vimeo-unlisted",
        "Unlisted: whoever has the whole link can watch.",
        link="https://vimeo.com/700000001/0a1b2c3d4e?share=copy&utm_source=mail",
        answer=_vimeo(600),
    ),
    _accepted(
        "vimeo-stated-otherwise",
        "What Vimeo says counts, not what was stated.",
        link="https://vimeo.com/700000001",
        answer=_vimeo(600),
        stated=60,
    ),
    _accepted(
        "loom", "Six minutes, says Loom.", link=f"{_LOOM}?sid=1234", answer=_player("Loom", 361.2)
    ),
    _accepted(
        "wistia",
        "Seven minutes, says Wistia.",
        link="https://lakeside.wistia.com/medias/e4a27b971d",
        answer=_player("Wistia, Inc.", 420.0),
    ),
)
_WITHOUT_LENGTH = (
    _asked_about(
        "youtube-stated",
        "YouTube tells no length; the stated one is to be confirmed.",
        link="https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s",
        answer=_youtube(),
        stated=480,
    ),
    _returned(
        "youtube",
        "YouTube tells no length and none is stated.",
        link="https://youtu.be/dQw4w9WgXcQ?si=abc",
        answer=_youtube(),
    ),
    _returned(
        "youtube-stated-too-long",
        "Twenty minutes, says the applicant.",
        link="https://www.youtube.com/shorts/dQw4w9WgXcQ",
        answer=_youtube(),
        stated=1200,
    ),
    _asked_about(
        "zoom",
        "Zoom tells nothing to strangers; the stated length is to be confirmed.",
        link="https://us02web.zoom.us/rec/share/AbCd_1234.eFgH?pwd=xyz",
        stated=600,
        page=_OPEN_PAGE,
    ),
    _asked_about(
        "drive",
        "Google Drive tells no length; the stated one is to be confirmed.",
        link=f"{_DRIVE}?usp=sharing",
        stated=600,
        page=_OPEN_PAGE,
    ),
    _asked_about(
        "dropbox",
        "Dropbox tells no length; the stated one is to be confirmed.",
        link="https://www.dropbox.com/scl/fi/abc123/team.mp4?rlkey=xyz&dl=0",
        stated=600,
        page=_OPEN_PAGE,
    ),
    _asked_about(
        "onedrive",
        "OneDrive tells no length; the stated one is to be confirmed.",
        link="https://lakeside.sharepoint.com/:v:/s/team/EaBcDeFgHiJk?e=abc",
        stated=600,
        page=_OPEN_PAGE,
    ),
    _asked_about(
        "panopto",
        "Panopto tells no length; the stated one is to be confirmed.",
        link="https://lakeside.hosted.panopto.com/Panopto/Pages/Viewer.aspx"
        "?id=0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
        stated=600,
        page=_OPEN_PAGE,
    ),
    _asked_about(
        "vimeo-silent",
        "Vimeo does not answer; the stated length is to be confirmed.",
        link="https://vimeo.com/700000001",
        stated=600,
    ),
    _returned(
        "vimeo-silent-nothing-stated",
        "Vimeo does not answer and no length is stated.",
        link="https://vimeo.com/700000001",
    ),
    _asked_about(
        "host-of-the-program",
        "A host that the program adds; the length is stated.",
        link="https://media.lakeside.org/team/video",
        stated=600,
        hosts=("*.lakeside.org",),
    ),
)
_NOT_OPEN = (
    _asked_about(
        "vimeo-password",
        "Behind a password: an officer tries, or asks for it.",
        link="https://vimeo.com/700000001",
        answer=_vimeo(None),
        stated=600,
    ),
    _asked_about(
        "vimeo-not-embeddable",
        "Embedding is off; an officer tries the link.",
        link="https://vimeo.com/700000001",
        answer=(403, b"{}"),
        stated=600,
    ),
    _returned(
        "vimeo-gone",
        "Removed: there is no video.",
        link="https://vimeo.com/700000001",
        answer=_GONE,
        page=_GONE,
        stated=600,
    ),
    _returned(
        "youtube-gone",
        "Removed: there is no video.",
        link="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        answer=_GONE,
        page=_OPEN_PAGE,
        stated=600,
    ),
    _asked_about(
        "drive-asks-to-sign-in",
        "Drive asks to sign in: an officer asks for access.",
        link=_DRIVE,
        stated=600,
        page=(403, b""),
    ),
)
_REFUSED = (
    _returned("not-allow-listed", "A host that the program does not take.",
              link="https://videos.example.com/team.mp4", stated=600),
    _returned("address-of-a-computer", "A bare IP address.", link="https://192.168.0.10/team.mp4",
              stated=600),
    _returned("decimal-host", "An IP address as one number.", link="https://3232235530/team.mp4",
              stated=600),
    _returned("user-in-host", "What looks like Vimeo is a user name on another host.",
              link="https://vimeo.com@evil.example/700000001", stated=600),
    _returned("shortened", "A shortened link leads who knows where.",
              link="https://bit.ly/3xTeam", stated=600),
    _returned("without-https", "Not a protected link; copying it again mends it.",
              link="ftp://vimeo.com/700000001", stated=600),
    _returned("channel", "Leads to a channel and not to one video.",
              link="https://www.youtube.com/@lakeside", stated=600),
    _returned("look-alike-letters", "Written with letters that look like others.",
              link="https://vime\u043e.com/700000001", stated=600),
)  # fmt: skip

LINKS = (*_WITH_LENGTH, *_WITHOUT_LENGTH, *_NOT_OPEN, *_REFUSED)
