"""What makes a badge verifiable, as pure functions: documents, their canonical form, signatures.

No models, no network, no clock but the one given. Sources: 1EdTech Open Badges 3.0, W3C Verifiable
Credentials 2.0, Data Integrity EdDSA Cryptosuites 1.0, Bitstring Status List 1.0, RDF Dataset
Canonicalization (RDFC-1.0).

To issue: `documents` builds, `integrity.sign` or `jwt.sign` signs, `baking` puts in an image.
To check: `baking.unbake`, `integrity.verify` or `jwt.verify`, `dates.check_dates`,
`status.check`. Each refusal is an `errors.ProofError` with a code of its own.
"""
