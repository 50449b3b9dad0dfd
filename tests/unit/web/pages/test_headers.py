from roundtable.web.pages.headers import content_policy, page_headers, public_headers

BUCKET = "https://documents.s3.us-east-1.amazonaws.com"


def test_policy_of_a_page_allows_only_our_own_files() -> None:
    assert content_policy() == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_policy_of_an_upload_page_names_the_bucket() -> None:
    assert content_policy(bucket=BUCKET) == (
        "default-src 'none'; style-src 'self'; script-src 'self'; "
        f"img-src 'self' {BUCKET} data:; connect-src 'self' {BUCKET}; "
        f"form-action 'self' {BUCKET}; base-uri 'none'; frame-ancestors 'none'"
    )


def test_policy_names_where_a_form_ends() -> None:
    policy = content_policy(sends_to=["https://sign-in.example"])
    assert "form-action 'self' https://sign-in.example;" in policy


def test_headers_of_a_page_keep_it_out_of_every_store() -> None:
    headers = page_headers()
    assert headers.pop("Content-Security-Policy") == content_policy()
    assert headers == {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_headers_of_a_public_page_may_let_it_be_stored() -> None:
    assert page_headers(cache_control="public, max-age=60")["Cache-Control"] == "public, max-age=60"


def test_public_page_is_kept_for_a_minute_by_what_decides_its_language() -> None:
    public, personal = public_headers(), page_headers()
    assert public == personal | {
        "Cache-Control": "public, max-age=60",
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
