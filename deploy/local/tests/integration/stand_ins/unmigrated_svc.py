"""A service for tests of the runner whose migration fails."""

import sys

if __name__ == "__main__":
    sys.exit("the migration says what is wrong")
