"""Golden numbers from PyTorch: losses and gradients of random small networks, 20 steps of every optimiser.

An independent oracle: it imports torch, numpy and json, never the engine. PyTorch differentiates with its own
autograd; only the parameter layout and the loss conventions are written here a second time.
Writes torch_networks.npz and torch_optimizers.npz beside this file; running it again gives the same bytes.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

HERE = Path(__file__).parent
MARGIN = 1e-6       # no pre-activation and no residual lies nearer than this to a corner
SPREAD = 1e-11      # shuffling the rows moves no block of the gradient by more than this share of its maximum
ZERO = 1e-13        # a block below this share of the gradient's largest entry is zero but for rounding

torch.set_default_dtype(torch.float64)      # also makes NAdam keep its running product in float64
torch.set_num_threads(1)

ACTIVATIONS = {
    "linear": lambda z, alpha: z,
    "step": lambda z, alpha: (z > 0).to(z.dtype),
    "sigmoid": lambda z, alpha: torch.sigmoid(z),
    "hard_sigmoid": lambda z, alpha: F.relu6(z + 3) / 6,   # the slope of F.hardsigmoid is 1/6 in float32
    "tanh": lambda z, alpha: torch.tanh(z),
    "relu": lambda z, alpha: F.relu(z),
    "leaky_relu": lambda z, alpha: F.leaky_relu(z, 0.01 if alpha is None else alpha),
    "elu": lambda z, alpha: F.elu(z, 1.0 if alpha is None else alpha),
    "selu": lambda z, alpha: F.selu(z),
    "gelu": lambda z, alpha: F.gelu(z, approximate="none"),
    "silu": lambda z, alpha: F.silu(z),
    "mish": lambda z, alpha: F.mish(z),
    "softplus": lambda z, alpha: torch.logaddexp(z, torch.zeros_like(z)),   # F.softplus is cut off at z = 20
    "softsign": lambda z, alpha: F.softsign(z),
    "sine": lambda z, alpha: torch.sin(z),
    "gaussian": lambda z, alpha: torch.exp(-(z**2)),
}
ALPHAS = {"leaky_relu": [None, 0.05, 0.2], "elu": [None, 0.5, 1.5]}
CORNERS = {"step": [0], "relu": [0], "leaky_relu": [0], "elu": [0], "selu": [0], "hard_sigmoid": [-3, 3]}

PAIRS = [("regression", output, loss) for output in ("linear", "tanh", "sigmoid")
         for loss in ("squared_error", "absolute_error", "huber", "log_cosh")]
PAIRS += [("two classes", output, loss) for output, loss in (
    ("sigmoid", "binary_cross_entropy"), ("sigmoid", "squared_error"), ("tanh", "squared_error"),
    ("tanh", "hinge"), ("linear", "hinge"))]
PAIRS += [("several classes", output, loss) for output, loss in (
    ("softmax", "categorical_cross_entropy"), ("softmax", "squared_error"), ("sigmoid", "squared_error"),
    ("linear", "hinge"))]
AUTO = {"regression": ("linear", "squared_error"), "two classes": ("sigmoid", "binary_cross_entropy"),
        "several classes": ("softmax", "categorical_cross_entropy")}


def loss_rows(output, loss, delta, Z, Y):
    """Per-row loss (N,) of logits Z against targets Y, and every entry's distance to the loss's corner."""
    if loss == "binary_cross_entropy":
        return F.binary_cross_entropy_with_logits(Z, Y, reduction="none").sum(1), None
    if loss == "categorical_cross_entropy":
        return F.cross_entropy(Z, Y, reduction="none"), None
    P = {"linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
         "softmax": lambda z: F.softmax(z, dim=1)}[output](Z)
    if loss == "squared_error":
        return 0.5 * F.mse_loss(P, Y, reduction="none").sum(1), None
    if loss == "absolute_error":
        return F.l1_loss(P, Y, reduction="none").sum(1), P - Y
    if loss == "huber":
        return F.huber_loss(P, Y, reduction="none", delta=delta).sum(1), (P - Y).abs() - delta
    if loss == "log_cosh":
        return torch.log(torch.cosh(P - Y)).sum(1), None
    return F.relu(1 - Y * P).sum(1), 1 - Y * P      # hinge


def shapes(case):
    """Names and shapes of the parameter blocks in the order in which theta holds them."""
    config, blocks, n_in = case["network"], {}, case["n_in"]
    hidden = [layer["units"] for layer in config["layers"]]
    for number, units in enumerate([*hidden, case["n_out"]]):
        blocks[f"layers.{number}.W"], blocks[f"layers.{number}.b"] = (n_in, units), (units,)
        if config["batch_norm"] and number < len(hidden):
            blocks[f"layers.{number}.gamma"], blocks[f"layers.{number}.beta"] = (units,), (units,)
        n_in = units
    return blocks


def split(case, vector):
    """The named blocks of a flat vector (P,)."""
    blocks = shapes(case)
    parts = torch.split(vector, [int(np.prod(shape)) for shape in blocks.values()])
    return {name: part.reshape(shape) for (name, shape), part in zip(blocks.items(), parts, strict=True)}


def forward(case, theta, X, draws=(), running=None, training=True):
    """Logits Z (N, n_out) and the distances of all pre-activations to the corners of their activations.

    running: (mean, var) a hidden layer; batch normalisation updates them in training, else it uses them.
    """
    config, p, A, distances = case["network"], split(case, theta), X, []
    for number, layer in enumerate(config["layers"]):
        before = A
        Z = F.linear(A, p[f"layers.{number}.W"].T, p[f"layers.{number}.b"])
        if config["batch_norm"]:
            mean, var = running[number] if running else (None, None)
            Z = F.batch_norm(Z, mean, var, p[f"layers.{number}.gamma"], p[f"layers.{number}.beta"],
                             training=training, momentum=0.1, eps=1e-5)
        distances += [Z - corner for corner in CORNERS.get(layer["activation"], [])]
        A = ACTIVATIONS[layer["activation"]](Z, layer["alpha"])
        if config["dropout"]:
            A = A * (draws[number] >= config["dropout"]) / (1 - config["dropout"])
        if config["skip"] and number > 0:
            shared = min(before.shape[1], A.shape[1])
            A = A + F.pad(before[:, :shared], (0, A.shape[1] - shared))
    last = len(config["layers"])
    return F.linear(A, p[f"layers.{last}.W"].T, p[f"layers.{last}.b"]), distances


def loss_and_grad(case, theta, X, Y, draws=(), running=None):
    """Mean loss, its gradient (P,) by autograd, and the smallest distance to any corner."""
    config = case["network"]
    output, loss = AUTO[case["target"]] if config["output"] == "auto" else (config["output"], config["loss"])
    theta = theta.clone().requires_grad_()
    Z, distances = forward(case, theta, X, draws, running)
    rows, residual = loss_rows(output, loss, config["huber_delta"], Z, Y)
    value = rows.mean()
    (grad,) = torch.autograd.grad(value, theta)
    distances += [] if residual is None else [residual]
    nearest = min((float(d.detach().abs().min()) for d in distances), default=1.0)
    return value.detach(), grad, nearest


def zero_blocks(case, grad):
    """Blocks whose exact gradient is zero: a bias before batch normalisation, all that lies before a step."""
    return [name for name, part in split(case, grad).items() if part.abs().max() <= ZERO * grad.abs().max()]


def well_conditioned(case, grad, shuffled):
    """Whether summing the rows in another order leaves every block as it was, but for rounding."""
    zero, others = zero_blocks(case, grad), split(case, shuffled)
    return zero == zero_blocks(case, shuffled) and all(
        (part - others[name]).abs().max() <= SPREAD * part.abs().max()
        for name, part in split(case, grad).items() if name not in zero)


def make_theta(case, rng):
    parts = []
    for name, shape in shapes(case).items():
        kind = name.rsplit(".", 1)[1]
        if kind == "W":
            parts.append(rng.normal(0, 1.2 / np.sqrt(shape[0]), shape))
        else:
            parts.append(rng.uniform(0.5, 1.5, shape) if kind == "gamma" else rng.normal(0, 0.3, shape))
    return torch.tensor(np.concatenate([part.ravel() for part in parts]))


def make_targets(case, rng):
    n, n_out, network = case["rows"], case["n_out"], case["network"]
    if case["target"] == "regression":
        return torch.tensor(rng.normal(0, 1, (n, n_out)))
    labels = rng.integers(0, max(n_out, 2), n)
    Y = np.eye(n_out)[labels] if n_out > 1 else labels[:, None].astype(float)
    signed = network["output"] == "tanh" or network["loss"] == "hinge"
    return torch.tensor(2 * Y - 1 if signed else Y)


def make_case(rng, pair, activations, batch_norm=False, skip=False, dropout=0.0, auto=False):
    """A network's settings, its data's sizes and what its targets are."""
    target, output, loss = pair
    layers = [{"units": int(rng.integers(1, 10)), "activation": name,
               "alpha": ALPHAS[name][rng.integers(3)] if name in ALPHAS else None} for name in activations]
    network = {"layers": layers, "output": "auto" if auto else output, "loss": "auto" if auto else loss,
               "huber_delta": float(rng.choice([0.5, 1.0, 2.0])) if loss == "huber" else 1.0,
               "batch_norm": bool(batch_norm), "skip": bool(skip), "dropout": float(dropout)}
    low, high = {"regression": (1, 6), "two classes": (1, 2), "several classes": (2, 6)}[target]
    return {"network": network, "task": "regression" if target == "regression" else "classification",
            "target": target, "n_in": int(rng.integers(1, 8)), "n_out": int(rng.integers(low, high)),
            "rows": int(rng.integers(8 if batch_norm else 1, 41))}


def draw(seed, plan):
    """A case and its numbers: drawn again until no entry lies at a corner and rounding does not matter."""
    for attempt in range(1000):
        rng = np.random.default_rng([seed, attempt])
        case = make_case(rng, *plan)
        theta, Y = make_theta(case, rng), make_targets(case, rng)
        X = torch.tensor(rng.normal(0, 1, (case["rows"], case["n_in"])))
        widths = [layer["units"] for layer in case["network"]["layers"]] if case["network"]["dropout"] else []
        draws = [torch.tensor(rng.random((case["rows"], units))) for units in widths]
        order = torch.tensor(rng.permutation(case["rows"]))
        loss, grad, nearest = loss_and_grad(case, theta, X, Y, draws)
        _, shuffled, _ = loss_and_grad(case, theta, X[order], Y[order], [u[order] for u in draws])
        if nearest > MARGIN and grad.abs().max() > 1e-3 and well_conditioned(case, grad, shuffled):
            flat = torch.cat([torch.zeros(0), *(u.ravel() for u in draws)])
            case |= {"parameters": len(theta), "draws": len(flat), "zero": zero_blocks(case, grad)}
            return case, {"theta": theta, "X": X, "Y": Y, "draws": flat, "loss": loss, "grad": grad}
    raise RuntimeError(f"No well-conditioned numbers found for {plan}")


def network_plans():
    """Each activation at depths 1-6; each pair without hidden layers, then with mixed ones; free mixtures."""
    names = list(ACTIVATIONS)
    for number, (name, depth) in enumerate(product(names, range(1, 7))):
        yield PAIRS[number % len(PAIRS)], [name] * depth, number % 5 == 1, number % 4 == 2
    yield from ((pair, []) for pair in PAIRS)      # single neurons, logistic and softmax regression
    rng = np.random.default_rng(1)
    for pair, batch_norm, skip in product(PAIRS, (False, True), (False, True)):
        yield pair, rng.choice(names, rng.integers(2, 5)).tolist(), batch_norm, skip
    for number in range(100):
        target = list(AUTO)[rng.integers(3)]
        pair = (target, *AUTO[target]) if number % 5 == 0 else PAIRS[rng.integers(len(PAIRS))]
        yield (pair, rng.choice(names, rng.integers(1, 7)).tolist(), rng.random() < 0.4, rng.random() < 0.5,
               [0.0, 0.2, 0.5][number % 3], number % 5 == 0)


def pack(path, cases, records):
    """One array a quantity, case after case; the sizes in the JSON text say where each case ends."""
    columns = {key: torch.cat([r[key].ravel() for r in records]).numpy() for key in records[0]}
    np.savez_compressed(path, cases=np.array(json.dumps(cases)), **columns)


def make_networks():
    cases, records = zip(*(draw(seed, plan) for seed, plan in enumerate(network_plans())), strict=True)
    pack(HERE / "torch_networks.npz", cases, records)
    return cases


STEPS, BATCH = 20, 8
OPTIMIZERS = {      # every hyperparameter of the formula: PyTorch's defaults but for the rate and momentum
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "momentum": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    "nesterov": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {"lr": 0.05, "eps": 1e-10}),
    "adadelta": (torch.optim.Adadelta, {"lr": 1.0, "rho": 0.9, "eps": 1e-6}),
    "rmsprop": (torch.optim.RMSprop, {"lr": 0.01, "alpha": 0.99, "eps": 1e-8}),
    "adam": (torch.optim.Adam, {"lr": 0.01, "betas": [0.9, 0.999], "eps": 1e-8}),
    "adamw": (torch.optim.AdamW, {"lr": 0.01, "betas": [0.9, 0.999], "eps": 1e-8, "weight_decay": 0.01}),
    "nadam": (torch.optim.NAdam, {"lr": 0.01, "betas": [0.9, 0.999], "eps": 1e-8, "momentum_decay": 0.004}),
}


def train(case, name, rule, theta, X, Y, batches):
    """theta after every step (STEPS, P), and batch normalisation's running (mean, var) a layer at the end.

    Penalties act on weights only: ½ l2 ΣW² + l1 Σ|W|. L2 is torch.optim's weight_decay of the weights' group
    or, where the gradient is clipped, part of the loss, so that the gradient of the whole is clipped.
    AdamW's own weight_decay acts on all parameters, which is PyTorch's default.
    """
    make, settings = OPTIMIZERS[name]
    blocks = {key: part.clone().requires_grad_() for key, part in split(case, theta).items()}
    weights = [part for key, part in blocks.items() if key.endswith(".W")]
    others = [part for key, part in blocks.items() if not key.endswith(".W")]
    clipped = rule["clip_norm"] or rule["clip_value"]
    decay, l2 = (0.0, rule["l2"]) if clipped else (rule["l2"], 0.0)
    own = {"weight_decay": decay} if decay else {}
    optimizer = make([{"params": weights, **own}, {"params": others}], **settings)
    layers = case["network"]["layers"] if case["network"]["batch_norm"] else []
    running = [(torch.zeros(layer["units"]), torch.ones(layer["units"])) for layer in layers]
    path = []
    for rows in batches:
        flat = torch.cat([part.detach().ravel() for part in blocks.values()])
        _, grad, _ = loss_and_grad(case, flat, X[rows], Y[rows], running=running)
        for key, part in split(case, grad).items():
            blocks[key].grad = part.clone()
        penalty = sum(rule["l1"] * W.abs().sum() + 0.5 * l2 * (W**2).sum() for W in weights)
        penalty.backward()      # adds to the gradients that stand there
        if rule["clip_norm"]:   # clip_grad_norm_ would divide by norm + 1e-6
            norm = torch.nn.utils.get_total_norm([part.grad for part in blocks.values()])
            for part in blocks.values():
                part.grad *= min(1.0, rule["clip_norm"] / float(norm))
        if rule["clip_value"]:
            torch.nn.utils.clip_grad_value_(blocks.values(), rule["clip_value"])
        optimizer.step()
        path.append(torch.cat([part.detach().ravel() for part in blocks.values()]))
    return torch.stack(path), running


def optimizer_runs():
    """(network, optimiser, rule): each optimiser bare and with L2; L1; clipping; batch normalisation."""
    alone = {"l1": 0.0, "l2": 0.0, "clip_norm": None, "clip_value": None}
    runs = [("plain", name, {}) for name in OPTIMIZERS]
    runs += [("plain", name, {"l2": 0.02}) for name in OPTIMIZERS if name != "adamw"]
    rules = ({"l1": 0.01}, {"clip_norm": 0.2}, {"clip_value": 0.05}, {"clip_norm": 0.2, "clip_value": 0.05},
             {"l1": 0.01, "l2": 0.02, "clip_norm": 0.2}, {"clip_norm": 1e3})      # the last is never reached
    runs += [("plain", name, rule) for name in ("sgd", "momentum", "adam") for rule in rules]
    runs += [("normalized", name, {"l2": 0.02}) for name in ("sgd", "momentum")]
    return [(network, name, alone | rule) for network, name, rule in runs]


def make_optimizers():
    """Two small networks, without and with batch normalisation, on mini-batches in a stored order."""
    rng, n, runs = np.random.default_rng(7), 40, optimizer_runs()
    X = torch.tensor(rng.normal(0, 1, (n, 2)))
    Y = (X[:, :1] * X[:, 1:] > 0).to(X.dtype)
    epochs = [rng.permutation(n).reshape(-1, BATCH) for _ in range(STEPS * BATCH // n)]
    batches = torch.tensor(np.concatenate(epochs))
    layers = [{"units": units, "activation": "tanh", "alpha": None} for units in (6, 4)]
    network = {"layers": layers, "output": "sigmoid", "loss": "binary_cross_entropy", "huber_delta": 1.0,
               "batch_norm": False, "skip": False, "dropout": 0.0}
    plain = {"network": network, "task": "classification", "n_in": 2, "n_out": 1}
    networks = {"plain": plain, "normalized": plain | {"network": network | {"batch_norm": True}}}
    arrays = {f"theta_{key}": make_theta(case, rng) for key, case in networks.items()}
    paths, listed = [], []
    for number, (key, name, rule) in enumerate(runs):
        case = networks[key]
        path, running = train(case, name, rule, arrays[f"theta_{key}"], X, Y, batches)
        paths.append(path.ravel())
        listed.append({"network": key, "optimizer": name, "torch": OPTIMIZERS[name][1], **rule})
        if running:     # mean and variance layer after layer, and the answers outside training that use them
            arrays[f"running_{number}"] = torch.cat([part for pair in running for part in pair])
            logits, _ = forward(case, path[-1], X, running=running, training=False)
            arrays[f"answers_{number}"] = torch.sigmoid(logits)
    arrays |= {"X": X, "Y": Y, "batches": batches, "paths": torch.cat(paths)}
    text = np.array(json.dumps({"networks": networks, "runs": listed}))
    np.savez_compressed(HERE / "torch_optimizers.npz", text=text, **{k: a.numpy() for k, a in arrays.items()})
    return runs


if __name__ == "__main__":
    networks, runs = make_networks(), make_optimizers()
    print(f"{len(networks)} networks and {len(runs)} optimiser runs from PyTorch {torch.__version__}")
