"""Why a badge is refused: each reason has a name; badges/verification words them in French."""

CODES = {
    # The document
    "not_a_document": "not a JSON object, or not readable as JSON",
    "too_big": "larger than any badge, or nested deeper",
    "too_long": "a text longer than its field takes",
    "too_complex": "parts that cannot be told apart without unreasonable work",
    "no_context": "the first context is not that of Verifiable Credentials 2.0",
    "unknown_context": "a context that is not one of those we carry",
    "inline_context": "terms redefined inside the document",
    "unknown_term": "a member or a type that the contexts do not define: nothing would sign it",
    "unsigned_value": "a value where the contexts expect none: nothing would sign it",
    "not_plain": "keywords of JSON-LD, nested arrays, nulls: the same facts written otherwise",
    "bad_iri": "an identifier that is not an absolute address",
    "described_twice": "the badge, its holder or its status described again elsewhere",
    "wrong_type": "not the kind of credential that is asked for",
    "bad_date": "a date that is not of the form YYYY-MM-DDTHH:MM:SSZ",
    "not_yet_valid": "valid later only",
    "expired": "no longer valid",
    # The proof
    "no_proof": "not signed",
    "many_proofs": "several proofs: which one speaks?",
    "bad_proof": "a proof that lacks a part, or whose value is no signature",
    "unknown_suite": "signed by a method that we do not check",
    "wrong_purpose": "a proof made for something else than asserting",
    "wrong_method": "signed with a key that is not the issuer's",
    "wrong_key": "the proof names another key than the one given",
    "bad_key": "a key that cannot be read, or of another kind",
    "bad_signature": "changed since it was signed, or signed by another key",
    # The token
    "bad_token": "not a token, or one that cannot be read",
    "bad_header": "a header with other members than alg, kid, jwk and typ",
    "alg_none": "a token that says it is not signed",
    "wrong_alg": "an algorithm that is not that of the key",
    "wrong_kid": "the token names another key than the one given",
    "wrong_claims": "claims of the token that contradict the badge",
    # The status
    "revoked": "withdrawn by its issuer",
    "bad_status": "a status that cannot be read",
    "status_of_another": "a status list of another issuer, or another list",
    # The image
    "not_an_image": "neither PNG nor SVG",
    "no_badge": "an image without a badge inside",
    "two_badges": "an image with several badges inside",
    "active_image": "a drawing with scripts, or that loads something",
}


class ProofError(ValueError):
    """A document, a proof or an image that is refused.

    Parameters: `code`, one of `CODES`; `detail`, where or what, in English, for the log.
    """

    def __init__(self, code: str, detail: str = ""):
        if code not in CODES:
            raise KeyError(code)
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail or CODES[code]}")
