"""Sign-ins of reviewers and staff, in a Cognito user pool."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from botocore.exceptions import ClientError

from roundtable.adapters.aws_errors import code_of, service
from roundtable.ports import Directory

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


class CognitoDirectory(Directory):
    """Users are named by their address; Cognito mails them how to sign in first."""

    def __init__(self, client: "CognitoIdentityProviderClient", user_pool: str) -> None:
        self._client = client
        self._user_pool = user_pool

    def invite(self, email: str, name: str, group: Literal["reviewers", "staff"]) -> str:
        """Create the sign-in if it is missing, add it to the group, return its subject (`sub`).

        Who signs in already is not mailed again and keeps the name given first.
        """
        address = email.strip().lower()
        with service("Cognito"):
            subject = self._create(address, name) or self._find(address)
            self._client.admin_add_user_to_group(
                UserPoolId=self._user_pool, Username=address, GroupName=group
            )
        return subject

    def groups_of(self, subject: str) -> frozenset[str] | None:
        """Return the groups of a user; None where there is none, or it is disabled.

        A pool whose users are named by their address takes the subject as their name.
        """
        with service("Cognito"):
            try:
                user = self._client.admin_get_user(UserPoolId=self._user_pool, Username=subject)
                if not user["Enabled"]:
                    return None
                pages = self._client.get_paginator("admin_list_groups_for_user").paginate(
                    UserPoolId=self._user_pool, Username=subject
                )
                return frozenset(
                    group.get("GroupName", "") for page in pages for group in page["Groups"]
                )
            except self._client.exceptions.UserNotFoundException:
                return None

    def _create(self, address: str, name: str) -> str:
        try:
            made = self._client.admin_create_user(
                UserPoolId=self._user_pool,
                Username=address,
                UserAttributes=[
                    {"Name": "email", "Value": address},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": "name", "Value": name},
                ],
                DesiredDeliveryMediums=["EMAIL"],
            )
        except ClientError as error:
            if code_of(error) in {"UsernameExistsException", "AliasExistsException"}:
                return ""
            raise
        return _subject(made["User"].get("Attributes", []))

    def _find(self, address: str) -> str:
        found = self._client.admin_get_user(UserPoolId=self._user_pool, Username=address)
        return _subject(found["UserAttributes"])


def _subject(attributes: "Iterable[AttributeTypeTypeDef]") -> str:
    return next(item.get("Value", "") for item in attributes if item["Name"] == "sub")
