"""The sign-in page of a Cognito user pool, and the endpoints behind it."""

import json
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import cast
from urllib.parse import urlencode, urlsplit

from roundtable.ports import HostedSignIn, Identified, SignInRefused, Unavailable

_SCOPES = "openid email"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_MOST_BYTES = 100_000
"""Many times what either endpoint answers."""
_SPENT = "invalid_grant"
"""What the token endpoint says of a code that is spent, too old, or not for this verifier."""


class CognitoHostedSignIn(HostedSignIn):
    """Asks the pool itself who signed in, over TLS, instead of reading the token it gave.

    The token serves for that one question and is forgotten. Redirects are not followed.
    """

    def __init__(self, address: str, client_id: str, *, seconds: float = 5) -> None:
        """Take the address of the pool's pages; `seconds` is how long each answer may take."""
        self._address = address.rstrip("/")
        self._client_id = client_id
        self._seconds = seconds

    @property
    def origin(self) -> str:
        """The address of the pool's pages: they are at the root of a host of their own."""
        return self._address

    def sign_in_address(self, *, state: str, challenge: str, back_to: str) -> str:
        """Return the authorization endpoint with what it is asked."""
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": back_to,
            "scope": _SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._address}/oauth2/authorize?{urlencode(asked)}"

    def exchange(self, code: str, *, verifier: str, back_to: str) -> Identified:
        """Use a code up and return who signed in.

        Raises SignInRefused, Unavailable, or RuntimeError where the pool and we disagree about
        how it is set up.
        """
        form = {
            "grant_type": "authorization_code",
            "client_id": self._client_id,
            "code": code,
            "redirect_uri": back_to,
            "code_verifier": verifier,
        }
        granted = self._ask("POST", "/oauth2/token", urlencode(form), _FORM)
        bearer = {"Authorization": f"Bearer {granted['access_token']}"}
        who = self._ask("GET", "/oauth2/userInfo", None, bearer)
        return Identified(subject=str(who["sub"]), email=str(who["email"]))

    def sign_out_address(self, *, back_to: str) -> str:
        """Return the logout endpoint, which ends the pool's own session in this browser."""
        asked = {"client_id": self._client_id, "logout_uri": back_to}
        return f"{self._address}/logout?{urlencode(asked)}"

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> dict[str, object]:
        parts = urlsplit(self._address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=self._seconds)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            status, content = answer.status, answer.read(_MOST_BYTES)
        except (OSError, HTTPException) as error:
            raise Unavailable(f"hosted sign-in: {type(error).__name__}") from error
        finally:
            connection.close()
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable(f"hosted sign-in: {status}")
        told = _told(content)
        if status != HTTPStatus.OK:
            if told.get("error") == _SPENT:
                raise SignInRefused(_SPENT)
            raise RuntimeError(f"the hosted sign-in answers {status} {told.get('error')}")
        return told


def _told(content: bytes) -> dict[str, object]:
    try:
        told: object = json.loads(content)
    except ValueError:
        return {}
    return cast("dict[str, object]", told) if isinstance(told, dict) else {}
