from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.documents import Verdict, VideoEvidence
from roundtable.domain.program import VideoRequirement
from roundtable.domain.videos import CanonicalLink, LinkRefused, canonical_link, judge_video

REQUIREMENT = VideoRequirement(
    key="video", title="Video", min_length=timedelta(minutes=5), max_length=timedelta(minutes=15)
)
LOOM = "0123456789abcdef0123456789abcdef"
PANOPTO = "12345678-1234-1234-1234-1234567890ab"


def video(seconds: int | None, *, stated: bool = False) -> VideoEvidence:
    return VideoEvidence(readable=True, seconds=seconds, stated=stated)


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(299, Verdict.FAIL), (300, Verdict.PASS), (900, Verdict.PASS), (901, Verdict.FAIL)],
)
def test_judge_video_at_its_limits(seconds: int, verdict: Verdict) -> None:
    assert judge_video(REQUIREMENT, video(seconds))[0] is verdict


def test_judge_video_outside_the_limits_says_the_length() -> None:
    assert judge_video(REQUIREMENT, video(299)) == (
        Verdict.FAIL,
        "Your video is 4:59 long (minutes and seconds). It must be between 5:00 and 15:00. "
        "Please give a video of that length.",
    )
    assert judge_video(REQUIREMENT, video(901, stated=True)) == (
        Verdict.FAIL,
        "You stated that your video is 15:01 long (minutes and seconds). It must be between 5:00 "
        "and 15:00. Please give a video of that length.",
    )
    assert judge_video(REQUIREMENT, video(300)) == (Verdict.PASS, "")


@pytest.mark.scenario(12)
def test_judge_video_of_unknown_length_is_confirmed_by_a_person() -> None:
    assert judge_video(REQUIREMENT, video(450, stated=True)) == (
        Verdict.LOOK,
        "The applicant stated a length of 7:30; nothing else confirms it, so a person will.",
    )
    assert judge_video(REQUIREMENT, video(None)) == (
        Verdict.FAIL,
        "We could not find out how long your video is. Please state its length in minutes and "
        "seconds; it must be between 5:00 and 15:00.",
    )


@pytest.mark.scenario(13)
def test_judge_video_unreadable_fails_with_its_problem() -> None:
    evidence = VideoEvidence(readable=False, problem="This file is a web page, not a video.")
    assert judge_video(REQUIREMENT, evidence) == (
        Verdict.FAIL,
        "This file is a web page, not a video.",
    )


@pytest.mark.parametrize(
    ("url", "name", "canonical"),
    [
        ("https://vimeo.com/123456789?share=copy", "Vimeo", "https://vimeo.com/123456789"),
        ("https://vimeo.com/123456789/abcdef0123", "Vimeo",
         "https://vimeo.com/123456789/abcdef0123"),
        ("https://player.vimeo.com/video/123456789?h=abcdef0123", "Vimeo",
         "https://vimeo.com/123456789/abcdef0123"),
        ("https://vimeo.com/channels/staffpicks/123456789", "Vimeo", "https://vimeo.com/123456789"),
        ("HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ&t=10s#here", "YouTube",
         "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "YouTube",
         "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube",
         "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "YouTube",
         "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        (f"https://loom.com/share/Our-Team-{LOOM}?sid=1", "Loom", f"https://www.loom.com/share/{LOOM}"),
        ("https://acme.wistia.com/medias/abc123def4", "Wistia",
         "https://acme.wistia.com/medias/abc123def4"),
        ("https://fast.wistia.net/embed/iframe/abc123def4?x=1", "Wistia",
         "https://fast.wistia.net/embed/iframe/abc123def4"),
        ("https://us02web.zoom.us/rec/share/AbC.dEf_1?pwd=x.Y&utm=1", "Zoom",
         "https://us02web.zoom.us/rec/share/AbC.dEf_1?pwd=x.Y"),
        ("https://drive.google.com/file/d/1AbcDEF_ghi-jkl/view?usp=sharing", "Google Drive",
         "https://drive.google.com/file/d/1AbcDEF_ghi-jkl/view"),
        ("https://drive.google.com/open?id=1AbcDEF_ghi-jkl", "Google Drive",
         "https://drive.google.com/file/d/1AbcDEF_ghi-jkl/view"),
        ("https://dropbox.com/scl/fi/abc123/our%20video.mp4?rlkey=k1&dl=0", "Dropbox",
         "https://www.dropbox.com/scl/fi/abc123/our%20video.mp4?rlkey=k1"),
        ("https://acme.sharepoint.com/:v:/s/team/EabcDEF?e=x1", "OneDrive",
         "https://acme.sharepoint.com/:v:/s/team/EabcDEF?e=x1"),
        ("https://1drv.ms/v/s!Abc-123", "OneDrive", "https://1drv.ms/v/s!Abc-123"),
        (f"https://acme.hosted.panopto.com/Panopto/Pages/Embed.aspx?id={PANOPTO}&v=1", "Panopto",
         f"https://acme.hosted.panopto.com/Panopto/Pages/Viewer.aspx?id={PANOPTO}"),
        ("https://media.example.org/team/7?key=a b#top".replace(" ", "%20"), "media.example.org",
         "https://media.example.org/team/7?key=a%20b"),
    ],
)  # fmt: skip
def test_canonical_link_in_one_spelling(url: str, name: str, canonical: str) -> None:
    link = canonical_link(f" {url}\n", ("media.example.org",))
    assert link == CanonicalLink(host_name=name, url=canonical)
    assert canonical_link(link.url, ("media.example.org",)) == link


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "Please give the link to your video."),
        ("http://vimeo.com/123456789", "The link must begin with https://."),
        ("vimeo.com/123456789", "The link must begin with https://."),
        ("javascript:alert(1)", "The link must begin with https://."),
        ("https://me@vimeo.com/123456789", "The link holds a user name."),
        ("https://vimeo.com@evil.example/1", "The link holds a user name."),
        ("https://vimeo.com:443/123456789", "The link holds a port number."),
        ("https://[::1]/123456789", "The link holds a port number."),
        ("https://vimeo.com.evil.example/123456789", "We cannot take videos from vimeo.com.evil"),
        ("https://evilvimeo.com/123456789", "We cannot take videos from evilvimeo.com."),
        ("https://vimeo.com./123456789", "This is no complete web address."),
        ("https://vimeo/123456789", "This is no complete web address."),
        ("https://169.254.169.254/latest", "This is no complete web address."),
        ("https://2130706433/", "This is no complete web address."),
        ("https://vimeo。com/123456789", "The link's host is written with letters"),
        ("https://v\u0456meo.com/123456789", "The link's host is written with letters"),
        ("https://xn--vmeo-53d.com/123456789", "The link's host is written with letters"),
        ("https://vimeo%2ecom/123456789", "The link's host is written with letters"),
        ("https://vimeo.com\\@evil.example/1", "This link has spaces in it."),
        ("https://vimeo.com/123 456", "This link has spaces in it."),
        ("https://vimeo.com/123456789\r\nX: y", "This link has spaces in it."),
        ("https://vimeo.com/../123456789", "This link is not in its usual form."),
        ("https://vimeo.com/%2e%2e/1", "This link is not in its usual form."),
        ("https://[vimeo.com/1", "This is no complete web address."),
        ("https://vimeo.com/" + "1" * 2000, "This link is too long."),
        ("https://vimeo.com/about", "This Vimeo link does not lead to one video."),
        ("https://www.youtube.com/@channel", "This YouTube link does not lead to one video."),
        ("https://www.youtube.com/watch?v=short", "This YouTube link does not lead to one video."),
        ("https://zoom.us/j/123456", "This Zoom link does not lead to one video."),
        ("https://drive.google.com/drive/folders/abc", "This Google Drive link does not lead"),
        ("https://www.dropbox.com/scl/fo/abc/def", "This Dropbox link does not lead"),
        ("https://acme.sharepoint.com/sites/team", "This OneDrive link does not lead"),
        ("https://media.example.org/team/7", "We cannot take videos from media.example.org."),
    ],
)
def test_canonical_link_refused_in_plain_words(url: str, reason: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        canonical_link(url)
    assert refused.value.reason.startswith(reason)
    assert refused.value.reason.endswith(".")


def test_canonical_link_of_a_program_with_subdomains() -> None:
    assert canonical_link("https://tv.example.org/7", ("*.example.org",)).host_name == (
        "tv.example.org"
    )
    for url in ("https://example.org/7", "https://evilexample.org/7"):
        with pytest.raises(LinkRefused):
            canonical_link(url, ("*.example.org",))


HOSTS = st.sampled_from(
    ["vimeo.com", "youtu.be", "www.loom.com", "a.zoom.us", "b.sharepoint.com", "example.org", "x"]
)


@given(HOSTS | st.text(max_size=20), st.text(max_size=40), st.text(max_size=40))
def test_canonical_link_is_refused_or_stays_the_same(host: str, path: str, query: str) -> None:
    try:
        link = canonical_link(f"https://{host}/{path}?{query}", ("example.org",))
    except LinkRefused:
        return
    assert link.url.isascii()
    assert canonical_link(link.url, ("example.org",)) == link
