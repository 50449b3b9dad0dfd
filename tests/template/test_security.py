"""What the security checklist asks of the template (rows 2, 14, 20, 23 to 25, and 31)."""

import json
import re

import pytest

from roundtable.web.pages.members import HOMES
from tests.template.template import (
    Statement,
    expanded,
    functions,
    granted,
    resources,
    statements_of,
    template,
    text,
)

# AWS knows no resource for these actions; any other `*` is a mistake.
WITHOUT_RESOURCE = {
    "dynamodb:ListStreams",
    "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
    "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
    "textract:AnalyzeDocument",
    "xray:GetSamplingRules", "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords", "xray:PutTraceSegments",
}  # fmt: skip
STATEMENTS = [pytest.param(one, id=f"{one.owner}-{one.content.get('Sid', '')}")
              for one in granted()]  # fmt: skip
PRIVATE = {"BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True,
           "RestrictPublicBuckets": True}  # fmt: skip


@pytest.mark.parametrize("one", STATEMENTS)
def test_no_role_may_do_whatever_it_likes(one: Statement) -> None:
    assert not [action for action in one.actions if "*" in action]
    assert one.content["Effect"] == "Allow"


@pytest.mark.parametrize("one", STATEMENTS)
def test_any_resource_only_where_aws_knows_none(one: Statement) -> None:
    if "*" in one.resources:
        assert set(one.actions) <= WITHOUT_RESOURCE


def test_every_star_has_its_reason_beside_it() -> None:
    bare = [
        line.strip()
        for line in text().splitlines()
        if re.search(r'(Resource: "\*"|Action: \w+:\*)', line) and "#" not in line
    ]
    assert bare == []


def test_no_policy_of_aws_is_attached() -> None:
    for name, resource in expanded()["Resources"].items():
        if resource["Type"] == "AWS::IAM::Role":
            attached = resource["Properties"].get("ManagedPolicyArns", [])
            assert attached in ([], [{"Ref": "WriteLogsAndTraces"}]), name


def test_only_those_who_may_move_an_application_signal_its_execution() -> None:
    assert _who("states:SendTaskSuccess") == {
        "ApplicantSiteFunction", "CheckLetterFunction", "CheckVideoFunction", "ClockFunction",
        "OnScanFunction", "OnUploadFunction", "ReleaseSeatFunction", "ReviewerSiteFunction",
        "StaffSiteFunction",
    }  # fmt: skip
    assert _who("states:StartExecution") == {"ClockFunction", "StartWorkflowFunction"}


def test_only_few_reach_documents_mail_and_sign_ins() -> None:
    assert _who("s3:PutObject") == {"ApplicantSiteFunction", "ReadLetterFunction"}
    assert _who("s3:GetObjectVersion") == {
        "ApplicantSiteFunction", "CheckLetterFunction", "CheckVideoFunction", "ClockFunction",
        "OnUploadFunction", "ReadLetterFunction", "ReviewerSiteFunction", "StaffSiteFunction",
        "VerifySignaturesFunction",
    }  # fmt: skip
    assert _who("ses:SendEmail") == {
        "ApplicantSiteFunction", "SendNoticeFunction", "SendQueuedNoticesFunction",
    }  # fmt: skip
    members = {"ReviewerSiteFunction", "StaffSiteFunction"}
    assert _who("cognito-idp:AdminCreateUser") == {"StaffSiteFunction"}
    assert _who("cognito-idp:AdminListGroupsForUser") == members
    assert _who("dynamodb:DeleteItem") == {"ApplicantSiteFunction", *members}
    assert _who("dynamodb:Scan") == set()


@pytest.mark.parametrize("name", ["ReviewerSiteFunction", "StaffSiteFunction"])
def test_sites_of_members_delete_nothing_but_sessions(name: str) -> None:
    deleting = [one for one in statements_of(name).values() if "dynamodb:DeleteItem" in one.actions]
    assert [(one.actions, one.content["Condition"]) for one in deleting] == [
        (
            ["dynamodb:DeleteItem"],
            {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["SESSION#*"]}},
        )
    ]


def test_what_reads_hostile_files_reaches_nothing_else() -> None:
    reading = {"s3:GetObject", "s3:GetObjectVersion", "kms:Decrypt"}
    assert _what("VerifySignaturesFunction") == reading
    assert _what("ReadLetterFunction") == reading | {"s3:PutObject", "kms:GenerateDataKey"}
    documents = {"Fn::Sub": "${DocumentsBucket.Arn}/documents/*"}
    previews = {"Fn::Sub": "${DocumentsBucket.Arn}/previews/*"}
    of_reader = statements_of("ReadLetterFunction")
    assert of_reader["Documents"].resources == [documents]
    assert of_reader["Previews"].actions == ["s3:PutObject"]
    assert of_reader["Previews"].resources == [previews]
    assert statements_of("VerifySignaturesFunction")["Documents"].resources == [documents]


def test_what_is_not_found_clean_leaves_the_bucket_for_the_search_and_the_hash_alone() -> None:
    policy = resources("AWS::S3::BucketPolicy")["DocumentsBucketPolicy"]
    _, *guarded = policy["PolicyDocument"]["Statement"]
    read, tag = (one["Fn::If"][1] for one in guarded)
    assert all(one["Fn::If"][0] == "HasGuardDuty" for one in guarded)
    assert (read["Effect"], read["Principal"]) == ("Deny", "*")
    assert read["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert read["Condition"] == {
        "StringNotEquals": {"s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND"},
        "ArnNotEquals": {
            "aws:PrincipalArn": [
                {"Fn::GetAtt": [f"{name}Role", "Arn"]}
                for name in ("MalwareSearch", "OnUpload", "Clock")
            ]
        },
    }
    assert all("Tagging" in action for action in tag["Action"])
    assert tag["Condition"] == {
        "ArnNotEquals": {"aws:PrincipalArn": {"Fn::GetAtt": ["MalwareSearchRole", "Arn"]}}
    }


def test_table_is_encrypted_restorable_and_stays() -> None:
    table = template()["Resources"]["Table"]
    properties = table["Properties"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["SSESpecification"]["SSEType"] == "KMS"
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert properties["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert properties["DeletionProtectionEnabled"] == {"Fn::If": ["IsProtected", True, False]}


@pytest.mark.parametrize("name", sorted(resources("AWS::S3::Bucket")))
def test_bucket_is_private_versioned_encrypted_and_tls_only(name: str) -> None:
    bucket = resources("AWS::S3::Bucket")[name]
    assert bucket["PublicAccessBlockConfiguration"] == PRIVATE
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    policy = resources("AWS::S3::BucketPolicy")[f"{name}Policy"]
    deny = policy["PolicyDocument"]["Statement"][0]
    assert (deny["Effect"], deny["Principal"]) == ("Deny", "*")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert deny["Resource"] == [
        {"Fn::GetAtt": [name, "Arn"]},
        {"Fn::Sub": f"${{{name}.Arn}}/*"},
    ]


def test_documents_are_logged_announced_and_posted_from_the_site_only() -> None:
    documents = resources("AWS::S3::Bucket")["DocumentsBucket"]
    assert documents["LoggingConfiguration"]["DestinationBucketName"] == {"Ref": "AccessLogBucket"}
    assert documents["NotificationConfiguration"] == {
        "EventBridgeConfiguration": {"EventBridgeEnabled": True}
    }
    (rule,) = documents["CorsConfiguration"]["CorsRules"]
    assert (rule["AllowedOrigins"], rule["AllowedMethods"]) == ([{"Ref": "SiteUrl"}], ["POST"])


def test_logs_are_encrypted_and_kept_for_a_time_only() -> None:
    logs = resources("AWS::Logs::LogGroup")
    assert len(logs) == len(functions()) + 2  # the API's and the workflow's
    for name, log in logs.items():
        assert log["RetentionInDays"] == {"Ref": "LogRetentionDays"}, name
        assert log["KmsKeyId"] == {"Fn::GetAtt": ["Key", "Arn"]}, name


def test_workflow_logs_no_execution_data() -> None:
    workflow = resources("AWS::Serverless::StateMachine")["Workflow"]
    assert workflow["Logging"]["IncludeExecutionData"] is False
    assert workflow["Logging"]["Level"] == "ERROR"
    assert workflow["Tracing"] == {"Enabled": True}


def test_api_logs_routes_not_paths_and_limits_the_rate() -> None:
    api = resources("AWS::Serverless::HttpApi")["Api"]
    noted = set(re.findall(r"\$context\.([\w.]+)", api["AccessLogSettings"]["Format"]))
    assert noted == {"requestId", "identity.sourceIp", "routeKey", "status", "responseLatency",
                     "error.messageString"}  # fmt: skip
    assert set(api["DefaultRouteSettings"]) == {"ThrottlingBurstLimit", "ThrottlingRateLimit"}


def test_api_of_reviewers_and_staff_is_guarded_by_the_gateway_and_pages_by_their_session() -> None:
    """Browsers send no token with a page; `test_member_pages_access` proves the pages' guard."""
    routes = {
        f"{event['Properties']['Method']} {event['Properties']['Path']}": (
            name.removesuffix("SiteFunction"),
            event["Properties"].get("Auth", {}).get("Authorizer"),
        )
        for name, function in functions().items()
        for event in function.get("Events", {}).values()
        if event["Type"] == "HttpApi"
    }
    assert routes == {
        "GET /": ("Applicant", None),
        "GET /{proxy+}": ("Applicant", None),
        "POST /programs/{proxy+}": ("Applicant", None),
        "POST /language": ("Applicant", None),
        "ANY /api/{proxy+}": ("Applicant", None),
        "GET /api/openapi.json": ("Applicant", None),
        "ANY /api/reviewer/{proxy+}": ("Reviewer", "People"),
        "GET /reviewer": ("Reviewer", None),
        "GET /reviewer/{proxy+}": ("Reviewer", None),
        "POST /reviewer/{proxy+}": ("Reviewer", None),
        "ANY /api/staff/{proxy+}": ("Staff", "People"),
        "GET /staff": ("Staff", None),
        "GET /staff/{proxy+}": ("Staff", None),
        "POST /staff/{proxy+}": ("Staff", None),
    }


def test_pool_sends_people_back_to_our_two_sites_alone() -> None:
    client = resources("AWS::Cognito::UserPoolClient")["UserPoolClient"]
    assert [client["CallbackURLs"], client["LogoutURLs"]] == [
        [{"Fn::Sub": f"${{SiteUrl}}{home}/{page}"} for home in HOMES.values()]
        for page in ("signed-in", "signed-out")
    ]
    assert client["AllowedOAuthScopes"] == ["openid", "email"]


def test_people_are_invited_and_may_use_a_second_factor() -> None:
    pool = resources("AWS::Cognito::UserPool")["UserPool"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert (pool["MfaConfiguration"], pool["EnabledMfas"]) == ("OPTIONAL", ["SOFTWARE_TOKEN_MFA"])
    client = resources("AWS::Cognito::UserPoolClient")["UserPoolClient"]
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH"]
    assert client["GenerateSecret"] is False
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    groups = resources("AWS::Cognito::UserPoolGroup").values()
    assert {group["GroupName"] for group in groups} == {"reviewers", "staff"}


def test_queues_and_topics_are_encrypted() -> None:
    assert all(one["SqsManagedSseEnabled"] for one in resources("AWS::SQS::Queue").values())
    assert all("KmsMasterKeyId" in one for one in resources("AWS::SNS::Topic").values())
    assert resources("AWS::KMS::Key")["Key"]["EnableKeyRotation"] is True


def test_who_calls_a_function_is_named() -> None:
    for name, resource in expanded()["Resources"].items():
        if resource["Type"] == "AWS::Lambda::Permission":
            assert "SourceArn" in resource["Properties"], name


def _what(name: str) -> set[str]:
    """Return what a function may do beyond logs and traces."""
    return {action for one in statements_of(name).values() for action in one.actions}


def _who(action: str) -> set[str]:
    return {
        name
        for name in functions()
        if any(action in one.actions for one in statements_of(name).values())
    }


def test_template_names_no_account_and_no_secret() -> None:
    written = json.dumps(template())
    assert not re.search(r"\b\d{12}\b", written)
    assert not re.search(r"(?i)secret|password\W+\w", written.replace("GenerateSecret", "")
                         .replace("TemporaryPasswordValidityDays", "")
                         .replace("PasswordPolicy", ""))  # fmt: skip
