"""`python -m submission_svc api|worker|migrate|check|replay|retry-parked`."""

import sys

from service_kit.process import main
from submission_svc.bootstrap import process

if __name__ == "__main__":
    sys.exit(main(process))
