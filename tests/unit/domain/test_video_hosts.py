import pytest

from roundtable.domain.video_hosts import KNOWN_HOSTS, LinkParts, known_host, whole_link

EXAMPLES = {
    "Vimeo": ("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
    "YouTube": ("youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"),
    "Loom": ("loom.com", "www.loom.com"),
    "Wistia": ("acme.wistia.com", "fast.wistia.net", "acme.wi.st"),
    "Zoom": ("zoom.us", "us02web.zoom.us", "acme.us.zoom.us", "acme.zoomgov.com", "zoom.com"),
    "Google Drive": ("drive.google.com", "docs.google.com", "drive.usercontent.google.com"),
    "Dropbox": ("dropbox.com", "www.dropbox.com", "dl.dropboxusercontent.com"),
    "OneDrive": ("1drv.ms", "onedrive.live.com", "acme.sharepoint.com", "a-my.sharepoint.us"),
    "Panopto": ("acme.hosted.panopto.com", "cloud.panopto.eu"),
}


def test_known_host_of_each_name_that_applicants_read() -> None:
    assert tuple(EXAMPLES) == KNOWN_HOSTS
    for name, hosts in EXAMPLES.items():
        for host in hosts:
            found = known_host(host)
            assert found is not None, host
            assert found[0] == name, host


@pytest.mark.parametrize(
    "host",
    ["", "google.com", "accounts.google.com", "login.live.com", "live.com", "evilvimeo.com",
     "vimeo.com.evil.example", "vimeo.com.", "a.b.sharepoint.com", "sharepoint.com", "wistia.com",
     "www.1drv.ms", "a.b.c.zoom.us", "-a.zoom.us"],
)  # fmt: skip
def test_known_host_of_no_other(host: str) -> None:
    assert known_host(host) is None


def test_whole_link_is_ascii_without_a_fragment() -> None:
    parts = LinkParts(host="tv.example.org", path="/ü x", query={}, raw_query="key=ä b")
    assert whole_link(parts) == "https://tv.example.org/%C3%BC%20x?key=%C3%A4%20b"
    bare = LinkParts(host="tv.example.org", path="", query={}, raw_query="")
    assert whole_link(bare) == "https://tv.example.org/"
