"""Optional dependencies, imported when first needed."""

import importlib
from types import ModuleType

from goldwire.model.errors import GoldwireError


def need(module: str, extra: str) -> ModuleType:
    """Import a module that an extra installs; raises GoldwireError with the install command if it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise GoldwireError(f"{error}; install it with: pip install 'goldwire[{extra}]'") from None
