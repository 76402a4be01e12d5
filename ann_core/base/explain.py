"""Refused settings in words."""

from pydantic import ValidationError

from ann_core.base.fields import TAG


def explain(error: Exception) -> list[tuple[str, str]]:
    """Refused settings as (field, sentence) pairs, for people: pydantic's ValidationError, or a ValueError of ours."""
    if not isinstance(error, ValidationError):
        return [("", str(error))]
    found = []
    for item in error.errors(include_url=False):
        where = ".".join(str(part) for part in item["loc"] if not str(part).startswith(TAG))
        message = str(item.get("ctx", {}).get("error", item["msg"]))
        came = repr(item.get("input"))
        found.append((where, message if item["type"] == "value_error" else f"{message}, but {came[:60]} came."))
    return found
