"""Optional dependencies: imported when first needed, and named with their extra where they are missing."""

import importlib
from typing import Any

from goldwire.model.errors import GoldwireError


def need(module: str, extra: str) -> Any:
    """Import a module that an extra installs; raises GoldwireError, which says how to install it, if it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise GoldwireError(f"{error}; install it with: pip install 'goldwire[{extra}]'") from None
