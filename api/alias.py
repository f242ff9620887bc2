"""The name `api` for this package where it is installed under another, `attribution.service`: `page` imports by it.

In: nothing. Out: the name. A package of that name that is loaded already keeps it.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("api", sys.modules[__name__.rpartition(".")[0]])
