"""Losses and output heads as programs spell them in NumPy: the loss of each row, and its gradient at the last sums."""

from ann_core.export.activation_text import SPELT, filled
from ann_core.nn.losses import OutputHead

ELEMENT: dict[str, tuple[str, str]] = {
    "squared_error": ("0.5 * (a - y) ** 2", "a - y"),
    "absolute_error": ("np.abs(a - y)", "np.sign(a - y)"),
    "huber": ("np.where(np.abs(a - y) <= delta, 0.5 * (a - y) ** 2, delta * (np.abs(a - y) - 0.5 * delta))",
              "np.clip(a - y, -delta, delta)"),
    "log_cosh": ("np.abs(a - y) + np.log1p(np.exp(-2 * np.abs(a - y))) - np.log(2)", "np.tanh(a - y)"),
    "hinge": ("np.maximum(0, 1 - y * a)", "np.where(y * a < 1, -y, 0.0)"),
}
"""Value and slope of the losses that are a sum over outputs. a: the answer, y: the target"""


TRUE = ("np.logaddexp(0, -z)", "expit(z) - 1")
FALSE = ("np.logaddexp(0, z)", "expit(z)")
NEAR_1, NEAR_0 = ("0.5 * (z - 1) ** 2", "z - 1"), ("0.5 * z * z", "z")
PRICES: dict[str, tuple[tuple[str, str], ...]] = {
    "non_saturating": (TRUE, FALSE, TRUE),
    "minimax": (TRUE, FALSE, ("-np.logaddexp(0, z)", "-expit(z)")),
    "least_squares": (NEAR_1, NEAR_0, NEAR_1),
}
"""What the discriminator pays for true and for generated samples, and the generator for its own: value and slope of each."""
PAID = (("real", "the discriminator pays for a true sample"), ("fake", "it pays for a made one"),
        ("fool", "the generator pays for it"))


def prices(game: str) -> str:
    """The functions `real`, `fake` and `fool` of the discriminator's last sums z, each with its slope."""
    return "\n\n\n".join(
        f'def {name}(z):\n    """What {says}."""\n    return {value}\n\n\n'
        f'def {name}_slope(z):\n    """Its derivative by z."""\n    return {slope}'
        for (name, says), (value, slope) in zip(PAID, PRICES[game], strict=True))


def losses(head: OutputHead, delta: float) -> str:
    """The functions `losses` and `slope` of the last sums z and the targets y. delta: Huber's"""
    key, output = head.loss.key, head.output
    if key == "binary_cross_entropy":
        bent, value, slope = "", "(np.logaddexp(0, z) - y * z).sum(-1)", "expit(z) - y"
    elif key == "categorical_cross_entropy":
        bent, value = "    top = z.max(-1, keepdims=True)\n", "np.log(np.exp(z - top).sum(-1)) + top[..., 0] - (y * z).sum(-1)"
        slope = "softmax(z) - y"
    else:
        element, derivative = (text.replace("delta", repr(delta)) for text in ELEMENT[key])
        bend = "softmax(z)" if output == "softmax" else SPELT[output].numpy
        value = f"({element}).sum(-1)"
        bent = f"    a = {bend}\n"
        if output == "softmax":
            slope = f"a * (({derivative}) - (a * ({derivative})).sum(-1, keepdims=True))"
        else:
            slope = f"({derivative}) * ({filled(SPELT[output].slope, 'z', None, 'a')})"
    bent_for_slope = bent if key in ELEMENT else ""
    label = head.loss.label[0].upper() + head.loss.label[1:]
    return (f'def losses(z, y):\n    """{label} of each row, from the last sums z."""\n'
            f"{bent}    return {value}\n\n\n"
            'def slope(z, y):\n    """The derivative of each row\'s loss by its last sums."""\n'
            f"{bent_for_slope}    return {slope}")
