"""A service for tests of the runner that ends with an error right after it has begun; its migration does not."""

import sys

if __name__ == "__main__" and sys.argv[1] != "migrate":
    sys.exit("the broken service says why it cannot start")
