"""Nothing in, whether properties can be read at full speed here out."""

from __future__ import annotations


def has_quick_yaml() -> bool:
    """Whether PyYAML was installed together with libyaml."""
    import yaml

    return hasattr(yaml, "CSafeLoader")
