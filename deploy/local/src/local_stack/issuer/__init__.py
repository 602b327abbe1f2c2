"""The local token issuer: plays the identity provider in the embedded mode, and only there."""
