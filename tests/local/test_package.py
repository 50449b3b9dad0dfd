from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from local.layers import build_roundtable
from local.package import (
    allow_password_sign_in,
    allow_plain_http,
    leave_out,
    package,
    read_template,
    widen_rights,
)
from local.problem import CannotGoOnError


def template_of(**resources: Any) -> dict[str, Any]:
    return {"Resources": resources}


def test_leave_out_removes_types_outputs_and_dependencies() -> None:
    template = template_of(
        Alarm={"Type": "AWS::CloudWatch::Alarm", "Properties": {}},
        Table={"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "DependsOn": ["Alarm"]},
    )
    template["Outputs"] = {"A": {"Value": {"Ref": "Alarm"}}, "T": {"Value": {"Ref": "Table"}}}

    leave_out(template, {"AWS::CloudWatch::Alarm": "why"})

    assert template == {
        "Resources": {"Table": {"Type": "AWS::DynamoDB::Table", "DependsOn": []}},
        "Outputs": {"T": {"Value": {"Ref": "Table"}}},
    }


@pytest.mark.parametrize("action", ["states:SendTaskSuccess", "cloudwatch:DescribeAlarms"])
def test_widen_rights_changes_only_what_cannot_be_named(action: str) -> None:
    answer = {"Effect": "Allow", "Action": [action], "Resource": "machine"}
    start = {"Effect": "Allow", "Action": "states:StartExecution", "Resource": "machine"}
    template = template_of(Role={"Properties": {"Policies": [{"Statement": [answer, start]}]}})

    widen_rights(template)

    assert (answer["Resource"], start["Resource"]) == ("*", "machine")


def test_allow_password_sign_in_keeps_what_the_template_allows() -> None:
    client = {"Type": "AWS::Cognito::UserPoolClient", "Properties": {"ExplicitAuthFlows": ["A"]}}
    template = template_of(Client=client)

    allow_password_sign_in(template)

    assert client["Properties"] == {"ExplicitAuthFlows": ["A", "ALLOW_ADMIN_USER_PASSWORD_AUTH"]}


def test_allow_plain_http_drops_policies_that_only_ask_for_tls() -> None:
    tls = {"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    other = {"Effect": "Allow", "Action": "sqs:SendMessage"}
    template = template_of(
        Only={"Properties": {"PolicyDocument": {"Statement": [tls]}}},
        Both={"Properties": {"PolicyDocument": {"Statement": [tls, other]}}},
    )

    allow_plain_http(template)

    assert template == template_of(Both={"Properties": {"PolicyDocument": {"Statement": [other]}}})


def test_package_uploads_code_and_inlines_the_state_machine(tmp_path: Path) -> None:
    (tmp_path / "functions" / "greet" / "__pycache__").mkdir(parents=True)
    (tmp_path / "functions" / "greet" / "app.py").write_text("def handler(e, c): return e\n")
    (tmp_path / "machine.asl.yaml").write_text(
        "StartAt: End\nStates:\n  End: {Type: Succeed, Comment: '${Table}'}\n"
    )
    (tmp_path / "template.yaml").write_text("""
Transform: AWS::Serverless-2016-10-31
Resources:
  Greet:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: functions/greet/, Handler: app.handler, Runtime: python3.13}
  Machine:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: machine.asl.yaml
      DefinitionSubstitutions: {Table: t}
      Role: arn:aws:iam::000000000000:role/r
""")

    first = package(tmp_path / "template.yaml", {}, bucket="b", domain="d.localhost")
    again = package(tmp_path / "template.yaml", {}, bucket="b", domain="d.localhost")

    (key,) = first.archives
    resources = first.template["Resources"]
    assert resources["Greet"]["Properties"]["Code"] == {"S3Bucket": "b", "S3Key": key}
    assert resources["Machine"]["Properties"]["DefinitionSubstitutions"] == {"Table": "t"}
    assert '"StartAt": "End"' in str(resources["Machine"]["Properties"]["DefinitionString"])
    assert again == first


def test_package_missing_function_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(
        "Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: nowhere}}}"
    )

    with pytest.raises(CannotGoOnError, match="nowhere, which is not there"):
        package(file, {}, bucket="b", domain="d")


@pytest.mark.parametrize(
    ("text", "told"),
    [("a: [", "is not YAML"), ("- a", "not a YAML mapping"), ("a: 1", "Resources")],
)
def test_read_template_broken_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "template.yaml"
    file.write_text(text)

    with pytest.raises(CannotGoOnError, match=told):
        read_template(file)


def test_layer_holds_the_catalogs_of_pages_and_notices(tmp_path: Path) -> None:
    ours = build_roundtable(tmp_path) / "python" / "roundtable"

    found = {str(file.relative_to(ours)) for file in ours.rglob("*.mo")}
    assert found == {
        "messages/locale/es/LC_MESSAGES/messages.mo",
        "web/pages/locale/es/LC_MESSAGES/pages.mo",
    }
