"""Write an HTTP API's routes out as resources.

SAM describes the routes of an `AWS::Serverless::HttpApi` in an OpenAPI body. AWS imports it,
MiniStack does not: every route would answer 404. Here the body becomes the Route, Integration and
Authorizer resources that AWS would make of it.
"""

from __future__ import annotations

import re
from typing import Any

Resources = dict[str, Any]

_METHODS = {
    "get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method",
}  # fmt: skip


def write_out_routes(template: dict[str, Any]) -> None:
    """Replace each API's `Body` by resources, in place."""
    resources: Resources = template["Resources"]
    bodies = {
        name: resource["Properties"].pop("Body")
        for name, resource in resources.items()
        if resource["Type"] == "AWS::ApiGatewayV2::Api" and "Body" in resource["Properties"]
    }
    for api, body in bodies.items():
        properties = resources[api]["Properties"]
        properties.setdefault("Name", body.get("info", {}).get("title", api))
        properties["ProtocolType"] = "HTTP"
        # Only an import from a body knows this one.
        properties.pop("FailOnWarnings", None)
        if cors := body.get("x-amazon-apigateway-cors"):
            properties["CorsConfiguration"] = {_pascal(name): value for name, value in cors.items()}
        properties.pop("DisableExecuteApiEndpoint", None)
        properties["Tags"] = {
            tag["name"]: tag["x-amazon-apigateway-tag-value"] for tag in body.get("tags", [])
        }
        _add_authorizers(resources, api, body)
        _add_routes(resources, api, body)


def serve_at(template: dict[str, Any], domain: str) -> None:
    """Let the one HTTP API answer at the root of `domain`.

    A domain of the template's own is left out: it needs a certificate, and a name in the DNS.
    """
    resources: Resources = template["Resources"]
    own = [
        name
        for name, resource in resources.items()
        if resource["Type"] in {"AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping"}
    ]
    for name in own:
        del resources[name]
    apis = [
        name for name, resource in resources.items() if resource["Type"] == "AWS::ApiGatewayV2::Api"
    ]
    stages = [
        name
        for name, resource in resources.items()
        if resource["Type"] == "AWS::ApiGatewayV2::Stage"
    ]
    if len(apis) != 1 or len(stages) != 1:
        return
    resources["LocalDomainName"] = {
        "Type": "AWS::ApiGatewayV2::DomainName",
        "Properties": {"DomainName": domain},
    }
    resources["LocalApiMapping"] = {
        "Type": "AWS::ApiGatewayV2::ApiMapping",
        "Properties": {
            "ApiId": {"Ref": apis[0]},
            "DomainName": {"Ref": "LocalDomainName"},
            "Stage": {"Ref": stages[0]},
        },
    }


def _add_authorizers(resources: Resources, api: str, body: dict[str, Any]) -> None:
    for name, scheme in body.get("components", {}).get("securitySchemes", {}).items():
        about = scheme.get("x-amazon-apigateway-authorizer", {})
        if about.get("type") != "jwt":
            continue
        settings = about["jwtConfiguration"]
        resources[_authorizer(api, name)] = {
            "Type": "AWS::ApiGatewayV2::Authorizer",
            "Properties": {
                "ApiId": {"Ref": api},
                "AuthorizerType": "JWT",
                "IdentitySource": [about.get("identitySource", "$request.header.Authorization")],
                "JwtConfiguration": {
                    "Audience": settings.get("audience", []),
                    "Issuer": settings["issuer"],
                },
                "Name": name,
            },
        }


def _add_routes(resources: Resources, api: str, body: dict[str, Any]) -> None:
    for path, operations in body.get("paths", {}).items():
        for method, operation in operations.items():
            if method not in _METHODS:
                continue
            verb = "ANY" if method.startswith("x-") else method.upper()
            key = path if path == "$default" else f"{verb} {path}"
            name = f"{api}{_logical(key)}"
            integration = operation["x-amazon-apigateway-integration"]
            resources[f"{name}Integration"] = {
                "Type": "AWS::ApiGatewayV2::Integration",
                "Properties": {
                    "ApiId": {"Ref": api},
                    "IntegrationType": "AWS_PROXY",
                    "IntegrationUri": integration["uri"],
                    "PayloadFormatVersion": integration.get("payloadFormatVersion", "2.0"),
                },
            }
            properties: dict[str, Any] = {
                "ApiId": {"Ref": api},
                "RouteKey": key,
                "Target": {"Fn::Sub": f"integrations/${{{name}Integration}}"},
            }
            security = operation.get("security", body.get("security", []))
            for authorizer, scopes in ((n, s) for need in security for n, s in need.items()):
                if authorizer == "NONE":
                    continue
                properties |= {
                    "AuthorizationType": "JWT",
                    "AuthorizerId": {"Ref": _authorizer(api, authorizer)},
                    "AuthorizationScopes": scopes,
                }
            resources[f"{name}Route"] = {
                "Type": "AWS::ApiGatewayV2::Route",
                "Properties": properties,
            }


def _authorizer(api: str, name: str) -> str:
    return f"{api}{_logical(name)}Authorizer"


def _logical(text: str) -> str:
    """Make a logical id of a route key; `{id}` and `id` must not meet."""
    text = re.sub(r"\{(\w+)\+\}", r" rest of \1 ", text)
    text = re.sub(r"\{(\w+)\}", r" a \1 ", text)
    words = re.split(r"[^A-Za-z0-9]+", text.replace("_", " under ").replace("$", "the "))
    return "".join(word[:1].upper() + word[1:] for word in words) or "Root"


def _pascal(name: str) -> str:
    return name[:1].upper() + name[1:]
