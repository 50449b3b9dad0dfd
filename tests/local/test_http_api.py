from __future__ import annotations

from typing import Any

import pytest

from local.http_api import serve_at, write_out_routes


@pytest.fixture
def template() -> dict[str, Any]:
    integration = {"payloadFormatVersion": "2.0", "type": "aws_proxy", "uri": "uri-of-site"}
    body = {
        "info": {"title": "sites"},
        "paths": {
            "/reviews/{id}": {
                "post": {
                    "x-amazon-apigateway-integration": integration,
                    "security": [{"People": ["openid"]}],
                }
            },
            "/apply/{proxy+}": {
                "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": integration}
            },
        },
        "components": {
            "securitySchemes": {
                "People": {
                    "type": "oauth2",
                    "x-amazon-apigateway-authorizer": {
                        "type": "jwt",
                        "identitySource": "$request.header.Authorization",
                        "jwtConfiguration": {"issuer": "https://pool", "audience": ["client"]},
                    },
                }
            }
        },
        "x-amazon-apigateway-cors": {"allowOrigins": ["https://site"], "maxAge": 600},
    }
    return {
        "Resources": {
            "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Body": body}},
            "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": {"StageName": "$default"}},
        }
    }


def test_write_out_routes_makes_route_integration_and_authorizer(template: dict[str, Any]) -> None:
    write_out_routes(template)

    resources = template["Resources"]
    assert resources["Api"]["Properties"] == {
        "Name": "sites",
        "ProtocolType": "HTTP",
        "CorsConfiguration": {"AllowOrigins": ["https://site"], "MaxAge": 600},
        "Tags": {},
    }
    routes = {
        one["Properties"]["RouteKey"]: one["Properties"].get("AuthorizerId")
        for one in resources.values()
        if one["Type"] == "AWS::ApiGatewayV2::Route"
    }
    assert routes == {
        "POST /reviews/{id}": {"Ref": "ApiPeopleAuthorizer"},
        "ANY /apply/{proxy+}": None,
    }
    assert resources["ApiPeopleAuthorizer"]["Properties"]["JwtConfiguration"] == {
        "Audience": ["client"],
        "Issuer": "https://pool",
    }
    integrations = [
        one["Properties"]["IntegrationUri"]
        for one in resources.values()
        if one["Type"] == "AWS::ApiGatewayV2::Integration"
    ]
    assert integrations == ["uri-of-site", "uri-of-site"]


def test_write_out_routes_gives_different_routes_different_names(template: dict[str, Any]) -> None:
    paths = template["Resources"]["Api"]["Properties"]["Body"]["paths"]
    operation = paths["/reviews/{id}"]
    paths |= {"/reviews/id": operation, "/reviews/{id+}": operation, "/reviews_id": operation}

    write_out_routes(template)

    types = [one["Type"] for one in template["Resources"].values()]
    assert types.count("AWS::ApiGatewayV2::Route") == 5


def test_serve_at_maps_the_domain_to_the_only_api(template: dict[str, Any]) -> None:
    serve_at(template, "here.localhost")

    resources = template["Resources"]
    assert resources["LocalDomainName"]["Properties"] == {"DomainName": "here.localhost"}
    assert resources["LocalApiMapping"]["Properties"] == {
        "ApiId": {"Ref": "Api"},
        "DomainName": {"Ref": "LocalDomainName"},
        "Stage": {"Ref": "Stage"},
    }
