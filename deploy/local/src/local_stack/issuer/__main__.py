"""`python -m local_stack.issuer`: serve the issuer; refuses to start outside the embedded mode."""

import sys

from pydantic import ValidationError

from local_stack.issuer.app import create_app
from local_stack.issuer.keys import signing_key
from local_stack.issuer.personas import load_personas
from local_stack.issuer.settings import IssuerSettings
from local_stack.issuer.tokens import Mint
from service_kit.serving import serve


def main() -> int:
    """Check the mode before anything else is read."""
    try:
        settings = IssuerSettings()
    except ValidationError as error:
        wrong = "; ".join(f"OPENPMM_{str(part['loc'][0]).upper()}: {part['msg']}" for part in error.errors())
        print(f"The local issuer starts in the embedded mode only (OPENPMM_MODE=embedded). {wrong}", file=sys.stderr)
        return 2
    mint = Mint(signing_key(settings.signing_key_file), settings.token_issuer, settings.token_audience)
    serve(create_app(mint, load_personas(settings.register_file)), settings.http_host, settings.http_port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
