import pytest

from roundtable.adapters.videos.guarded_fetch import Fetched
from roundtable.adapters.videos.link_page import facts_of, redirects_to_follow, shows_nothing
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts, canonical_link

DRIVE = "https://drive.google.com/file/d/1AbcDEF_ghi-jkl/view"
ZOOM = "https://zoom.us/rec/share/abc"
SHAREPOINT = "https://acme-my.sharepoint.com/:v:/g/personal/a/Eabc"
PANOPTO = (
    "https://acme.hosted.panopto.com/Panopto/Pages/Viewer.aspx"
    "?id=12345678-1234-1234-1234-1234567890ab"
)
OWN = "https://tv.example.org/7"
RESTRICTED, GONE, UNKNOWN = Availability.RESTRICTED, Availability.GONE, Availability.UNKNOWN


def link_to(url: str) -> CanonicalLink:
    return canonical_link(url, ("*.example.org",))


def said(url: str, status: int, leads_to: str = "", at: str = "") -> Availability:
    facts = facts_of(link_to(url), Fetched(status, at or url, leads_to))
    assert facts == LinkFacts(availability=facts.availability, tool="page")
    return facts.availability


@pytest.mark.parametrize("url", [DRIVE, ZOOM, SHAREPOINT, PANOPTO])
@pytest.mark.parametrize(
    ("status", "availability"),
    [(200, UNKNOWN), (206, UNKNOWN), (401, RESTRICTED), (403, RESTRICTED), (404, GONE),
     (410, GONE), (429, UNKNOWN), (500, UNKNOWN), (999, UNKNOWN)],
)  # fmt: skip
def test_facts_by_the_status_of_the_page(url: str, status: int, availability: Availability) -> None:
    assert said(url, status) is availability


def test_facts_of_a_programs_own_host_that_may_hide_what_it_has() -> None:
    assert said(OWN, 404) is RESTRICTED
    assert said(OWN, 200) is UNKNOWN


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        (DRIVE, "https://accounts.google.com/ServiceLogin?continue=x"),
        (SHAREPOINT, "https://login.microsoftonline.com/abc/oauth2/authorize?x=1"),
        (SHAREPOINT, "https://acme-my.sharepoint.com/_forms/default.aspx?ReturnUrl=x"),
        (SHAREPOINT, "https://acme-my.sharepoint.com/_layouts/15/Authenticate.aspx?Source=x"),
        (SHAREPOINT, "https://acme-my.sharepoint.com/personal/a/_layouts/15/AccessDenied.aspx"),
        ("https://1drv.ms/v/s!Abc", "https://login.live.com/login.srf?x=1"),
        (ZOOM, "https://zoom.us/signin?from=rec"),
        ("https://www.dropbox.com/s/abc/v.mp4", "https://www.dropbox.com/login?cont=x"),
        (PANOPTO, "https://acme.hosted.panopto.com/Panopto/Pages/Auth/Login.aspx?Auth=x"),
        (OWN, "https://idp.example.org/start"),
        (OWN, "https://example.okta.com/app/x"),
        (OWN, "https://www.example.org/idp/profile/SAML2/Redirect/SSO?x=1"),
    ],
)
def test_facts_of_a_page_that_asks_to_sign_in(url: str, leads_to: str) -> None:
    assert said(url, 302, leads_to) is RESTRICTED
    assert said(url, 200, at=leads_to) is RESTRICTED


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        (SHAREPOINT, "https://acme-my.sharepoint.com/personal/a/_layouts/15/stream.aspx?id=x"),
        (DRIVE, "https://www.google.com/sorry/index"),
        (ZOOM, "https://zoom.us/rec/component-page?x=1"),
        (OWN, "https://media.example.net/authors/7"),
        (OWN, "https://["),
        (OWN, ""),
    ],
)
def test_facts_of_a_page_that_leads_elsewhere_are_none(url: str, leads_to: str) -> None:
    assert said(url, 302, leads_to) is UNKNOWN


@pytest.mark.parametrize(
    ("url", "redirects"), [(SHAREPOINT, 0), ("https://1drv.ms/v/s!Abc", 3), (DRIVE, 3), (OWN, 3)]
)
def test_redirects_are_followed_where_they_need_no_cookie(url: str, redirects: int) -> None:
    assert redirects_to_follow(link_to(url)) == redirects


@pytest.mark.parametrize(
    ("answer", "nothing"),
    [
        (Fetched(404, ZOOM), True),
        (Fetched(302, ZOOM, "https://zoom.us/signin"), True),
        (Fetched(200, "https://zoom.us/signin"), True),
        (Fetched(403, ZOOM), False),
        (Fetched(200, ZOOM), False),
        (Fetched(503, ZOOM), False),
    ],
)
def test_a_page_shows_nothing_where_it_says_so(answer: Fetched, *, nothing: bool) -> None:
    assert shows_nothing(answer) is nothing
