"""What the API says of itself, for a wallet that has only our address."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from badges.wallet_api import scopes

BASE = "/ims/ob/v3p0"
SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{}_schema.json"
TITLE = "Open Badges API"
VERSION = "3.0"
AUTH = ["none", "client_secret_basic", "client_secret_post"]


def service(request: HttpRequest) -> dict[str, Any]:
    """The Service Description Document: OpenAPI 3.0 with what 1EdTech adds to it.

    Source: Open Badges 3.0, 6.3 and ServiceDescriptionDocument; 1EdTech Security Framework 1.1.
    """
    at = _addresses(request)
    site = request.build_absolute_uri("/")
    return {
        "openapi": "3.0.1",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "description": "The badges of a person, read by the wallet that they chose.",
            "termsOfService": site,
            "x-imssf-image": request.build_absolute_uri("/static/img/favicon.svg"),
            "x-imssf-privacyPolicyUrl": site,
        },
        "servers": [{"url": request.build_absolute_uri(BASE)}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "OAuth2ACG": {
                    "type": "oauth2",
                    "description": "Authorization Code Grant, with PKCE (S256) for every client.",
                    "x-imssf-name": TITLE,
                    "x-imssf-registrationUrl": at["register"],
                    "x-imssf-privacyPolicyUrl": site,
                    "x-imssf-termsOfServiceUrl": site,
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": at["authorize"],
                            "tokenUrl": at["token"],
                            "refreshUrl": at["token"],
                            "scopes": scopes.SCOPES,
                        }
                    },
                }
            },
            "schemas": {"Imsx_StatusInfo": {"$ref": SCHEMAS.format("imsx_statusinfo")}},
        },
    }


def server(request: HttpRequest) -> dict[str, Any]:
    """The same for OAuth 2 libraries. Source: RFC 8414."""
    at = _addresses(request)
    return {
        "issuer": request.build_absolute_uri("/").rstrip("/"),
        "authorization_endpoint": at["authorize"],
        "token_endpoint": at["token"],
        "revocation_endpoint": at["revoke"],
        "registration_endpoint": at["register"],
        "scopes_supported": list(scopes.SCOPES),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": AUTH,
        "revocation_endpoint_auth_methods_supported": AUTH,
        "code_challenge_methods_supported": ["S256"],
    }


def _addresses(request: HttpRequest) -> dict[str, str]:
    names = {
        "authorize": "portal_wallet_ask",
        "token": "oauth_token",
        "revoke": "oauth_revoke",
        "register": "oauth_register",
    }
    return {key: request.build_absolute_uri(reverse(name)) for key, name in names.items()}


def _paths() -> dict[str, Any]:
    page = [
        _query("limit", {"type": "integer", "minimum": 1}),
        _query("offset", {"type": "integer", "minimum": 0}),
        _query("since", {"type": "string", "format": "date-time"}),
    ]
    badges, badge = "getopenbadgecredentialsresponse", "achievementcredential"
    return {
        "/credentials": {
            "get": _operation("getCredentials", badges, scopes.READ, parameters=page),
            "post": _operation("upsertCredential", badge, scopes.WRITE, requestBody=_body(badge)),
        },
        "/profile": {
            "get": _operation("getProfile", "profile", scopes.READ_PROFILE),
            "put": _operation(
                "putProfile", "profile", scopes.WRITE_PROFILE, requestBody=_body("profile")
            ),
        },
        "/discovery": {"get": _operation("getServiceDescription", "")},
    }


def _operation(name: str, schema: str, needed: str = "", **more: Any) -> dict[str, Any]:
    error = {"$ref": "#/components/schemas/Imsx_StatusInfo"}
    done: dict[str, Any] = {"description": "Done."} | (_content(schema) if schema else {})
    answers = {"200": done, "default": {"description": "Why not."} | _json(error)}
    if name == "upsertCredential":
        answers |= {"201": done, "304": {"description": "It is there already."}}
    security = {"security": [{"OAuth2ACG": [needed]}]} if needed else {}
    return {"operationId": name, "responses": answers} | security | more


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _body(schema: str) -> dict[str, Any]:
    found = _content(schema)
    if schema == "achievementcredential":
        found["content"]["text/plain"] = {"schema": {"type": "string"}}
    return {"required": True} | found


def _content(schema: str) -> dict[str, Any]:
    return _json({"$ref": SCHEMAS.format(schema)})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
