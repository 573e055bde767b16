"""What a wallet may ask for. Source: Open Badges 3.0, 6.2.1 (Scopes)."""

_BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"

READ = f"{_BASE}credential.readonly"
WRITE = f"{_BASE}credential.upsert"
READ_PROFILE = f"{_BASE}profile.readonly"
WRITE_PROFILE = f"{_BASE}profile.update"
# Asked by wallets that the specification's examples led; a refresh token comes without it too.
OFFLINE = "offline_access"

SCOPES: dict[str, str] = {
    READ: "Read the badges of the authenticated person.",
    WRITE: "Put badges of other issuers in the wallet of the authenticated person.",
    READ_PROFILE: "Read the profile of the authenticated person: an opaque identifier.",
    WRITE_PROFILE: "Ask to change this profile; the answer says what is refused.",
    OFFLINE: "Go on while the person is away.",
}


def known(wanted: list[str]) -> list[str]:
    """Those of `wanted` that exist here, once each, in the order of SCOPES."""
    return [scope for scope in SCOPES if scope in wanted]
