"""`python -m local_stack.gateway values.yaml > envoy.yaml`: the configuration for compose, Kubernetes or by hand."""

import sys
from pathlib import Path

import yaml

from local_stack.gateway.render import render
from local_stack.gateway.values import GatewayValues

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m local_stack.gateway VALUES.yaml")
    document = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write(render(GatewayValues.model_validate(document)))
