"""Fields of settings: one declaration gives type, bounds, words and widget."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from ann_core.base.registry import Registry

TAG = "kind:"
"""How the alternatives of a field begin that pydantic tells apart; people never see them (`explain`)."""


class Settings(BaseModel):
    """Frozen, no unknown names, no NaN or infinity, no guessing between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, strict=True)


def option(default: Any, label: str, help: str, *, choices: Registry[Any] | tuple[str, ...] | None = None,
           options: tuple[Any, ...] = (), step: float | None = None, **bounds: Any) -> Any:
    """A field that widgets can be made from: label and help in words; `choices`: a registry or names to choose from;
    `options`: the numbers a widget offers (others within the bounds are as good); `step`: the step of a slider."""
    return Field(default, title=label, description=help, validate_default=False,
                 json_schema_extra={"choices": choices, "options": options, "step": step}, **bounds)  # type: ignore[dict-item]


@dataclass(frozen=True)
class Declared:
    """What `option` says of a field. low, high: its bounds, where it has any"""

    label: str
    help: str
    default: Any
    choices: Registry[Any] | tuple[str, ...] | None
    options: tuple[Any, ...]
    step: float | None
    low: Any
    high: Any


def declared(settings: type[BaseModel], path: str) -> Declared:
    """The declaration of an option by its dotted name. Raises KeyError when there is none."""
    section, _, rest = path.partition(".")
    field = settings.model_fields[section]
    if rest:
        models = _models(field.annotation)
        return declared(next((one for one in models if rest.partition(".")[0] in one.model_fields), models[0]), rest)
    bounds = {kind: getattr(bound, kind) for bound in field.metadata for kind in ("ge", "gt", "le") if hasattr(bound, kind)}
    extra: Any = field.json_schema_extra
    return Declared(field.title or path, field.description or "", field.default, extra["choices"], extra["options"],
                    extra["step"], bounds.get("ge", bounds.get("gt")), bounds.get("le"))


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The settings that may stand in a field: one, or alternatives."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def known(registry: Registry[Any], *extra: str) -> Any:
    def check(value: str) -> str:
        if value not in extra and value not in registry:
            raise ValueError(registry.unknown(value))
        return value
    return check


def one_of(kind: str, *names: str) -> Any:
    """A validator for a few names that need no registry."""
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"Unknown {kind} '{value[:40]}'. Available: {', '.join(names)}.")
        return value
    return check


def alternatives(registry: Registry[Any], usual: str) -> Any:
    """The type of a field whose settings are told apart by their `kind`, one of a registry whose records have `settings`;
    without a kind they are the usual ones."""
    def kind_of(value: Any) -> Any:
        return value.get("kind", usual) if isinstance(value, dict) else getattr(value, "kind", usual)

    def tag(value: Any) -> str:
        kind = kind_of(value)
        return f"{TAG}{kind if isinstance(kind, str) and kind in registry else usual}"

    def exists(value: Any) -> Any:
        if kind_of(value) not in registry:
            raise ValueError(registry.unknown(kind_of(value)))
        return value

    kinds = [Annotated[record.settings, Tag(f"{TAG}{key}")] for key, record in registry.items()]
    return Annotated[reduce(or_, kinds), Discriminator(tag), BeforeValidator(exists)]
