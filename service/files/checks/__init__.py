"""All that can be checked in content/ and locales/ by a machine: each fault with its file, its line, and what to do."""

from service.files.checks.every import check_all, check_catalogs

__all__ = ["check_all", "check_catalogs"]
