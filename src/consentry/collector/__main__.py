"""`python -m consentry.collector OPTIONS`: how `consentry.collector.serving.start` starts one; OPTIONS are JSON."""

import json
import sys

from consentry.collector.server import serve
from consentry.collector.serving import Options

if __name__ == "__main__":
    serve(Options(**json.loads(sys.argv[1])))
