"""`python -m reporting_svc api|worker|migrate|check|replay|retry-parked`."""

import sys

from reporting_svc.bootstrap import process
from service_kit.process import main

if __name__ == "__main__":
    sys.exit(main(process))
