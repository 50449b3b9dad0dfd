"""People who sign in: reviewers and staff, created in the user pool with a password.

`make token WHO=staff` prints an ID token of one of them.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError

from local.account import DEFAULT_PORT, Account
from local.deploy import physical_names
from local.problem import exit_with_one_line

# Everyone's password here; it opens nothing but an emulator on the loopback interface.
LOCAL_PASSWORD = "Roundtable-2024"  # noqa: S105
GROUPS = ("reviewers", "staff")


@dataclass(frozen=True)
class Person:
    """Somebody who signs in."""

    email: str
    name: str
    group: str


REVIEWER = Person("reviewer@roundtable.example", "Robin Reviewer", "reviewers")
STAFF = Person("staff@roundtable.example", "Sam Staff", "staff")


@dataclass(frozen=True)
class Users:
    """The one user pool of a deployed stack."""

    account: Account

    @cached_property
    def _pool(self) -> str:
        return next(iter(physical_names(self.account, "AWS::Cognito::UserPool").values()))

    @cached_property
    def _client(self) -> dict[str, Any]:
        found = self._cognito.list_user_pool_clients(UserPoolId=self._pool, MaxResults=1)
        described = self._cognito.describe_user_pool_client(
            UserPoolId=self._pool, ClientId=found["UserPoolClients"][0]["ClientId"]
        )
        client: dict[str, Any] = described["UserPoolClient"]
        return client

    @cached_property
    def _cognito(self) -> Any:  # noqa: ANN401 - a boto3 client
        return self.account.client("cognito-idp")

    def add(self, person: Person, *, password: str = LOCAL_PASSWORD) -> None:
        """Create `person` with `password` in their group; one who exists gets it anew."""
        attributes = {"email": person.email, "email_verified": "true", "name": person.name}
        try:
            self._cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=person.email,
                MessageAction="SUPPRESS",
                # MiniStack's own choice would be shorter than the pool's policy asks for.
                TemporaryPassword=password,
                UserAttributes=[{"Name": name, "Value": of} for name, of in attributes.items()],
            )
        except ClientError as refusal:
            if refusal.response.get("Error", {}).get("Code") != "UsernameExistsException":
                raise
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=person.email, Password=password, Permanent=True
        )
        self._cognito.admin_add_user_to_group(
            UserPoolId=self._pool, Username=person.email, GroupName=person.group
        )

    def id_token(self, person: Person, *, password: str = LOCAL_PASSWORD) -> str:
        """Sign `person` in and return their ID token, which the JWT authorizer takes."""
        client_id = self._client["ClientId"]
        parameters = {"USERNAME": person.email, "PASSWORD": password}
        if secret := self._client.get("ClientSecret"):
            told = hmac.new(secret.encode(), f"{person.email}{client_id}".encode(), hashlib.sha256)
            parameters["SECRET_HASH"] = base64.b64encode(told.digest()).decode()
        answer = self._cognito.admin_initiate_auth(
            UserPoolId=self._pool,
            ClientId=client_id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters=parameters,
        )
        return str(answer["AuthenticationResult"]["IdToken"])


def person_of(group: str) -> Person:
    """Return the one who stands for `group` on this machine."""
    return {"reviewers": REVIEWER, "staff": STAFF}.get(
        group, Person(f"{group}@roundtable.example", group.capitalize(), group)
    )


def main() -> None:
    """Print the ID token of the reviewer or the member of staff."""
    parser = argparse.ArgumentParser(prog="make token", description=__doc__)
    parser.add_argument("who", choices=["staff", "reviewer"])
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    chosen = parser.parse_args()
    person = STAFF if chosen.who == "staff" else REVIEWER
    print(Users(Account(chosen.port)).id_token(person))


if __name__ == "__main__":
    exit_with_one_line(main)
