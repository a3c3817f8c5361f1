"""The secret ballot that anyone can verify: protocol Belenios version 1, group Ed25519, homomorphic questions
(GOV-26 to GOV-28). Whatever is hashed is text, kept byte for byte; a point is its 32 bytes of RFC 8032."""
