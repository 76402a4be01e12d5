"""PyTorch's gradients for objectives with several turns or answers of another shape: torch_objectives.npz.

    pip install torch==2.13.0 numpy==2.4.6
    python tests/golden/make_torch_objectives.py

Needs nothing of this project. Weights are W (n_in, n_out), flat in order W, b of each layer; the discriminator before
the generator.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

FILE = Path(__file__).with_name("torch_objectives.npz")
GAMES = {
    "non_saturating": (lambda z: F.softplus(-z), F.softplus, lambda z: F.softplus(-z)),
    "minimax": (lambda z: F.softplus(-z), F.softplus, lambda z: -F.softplus(z)),
    "least_squares": (lambda z: 0.5 * (z - 1) ** 2, lambda z: 0.5 * z**2, lambda z: 0.5 * (z - 1) ** 2),
}
JUDGE, MAKER, CODE, STEPS = [2, 5, 4, 1], [3, 6, 2], [6, 4, 2, 4, 6], [3, 5, 4]


def drawn(rng, widths):
    """W and b of each layer."""
    return [torch.tensor(rng.standard_normal(shape) * 0.6, requires_grad=True)
            for a, b in zip(widths, widths[1:], strict=False) for shape in ((a, b), (b,))]


def answer(layers, X):
    """tanh between the layers, none behind the last."""
    for i in range(0, len(layers), 2):
        X = X @ layers[i] + layers[i + 1]
        X = X if i == len(layers) - 2 else torch.tanh(X)
    return X


def flat(arrays):
    return np.concatenate([array.detach().numpy().ravel() for array in arrays])


def main():
    rng, stored = np.random.default_rng(12), {}
    judge, maker = drawn(rng, JUDGE), drawn(rng, MAKER)
    X = torch.tensor(rng.standard_normal((7, 2)))
    noise = [torch.tensor(rng.standard_normal((7, 3))) for _ in range(2)]
    stored |= {"gan_theta": flat(judge + maker), "gan_X": X.numpy(), "gan_noise": np.stack([n.numpy() for n in noise])}
    for name, (real, fake, fool) in GAMES.items():
        loss = real(answer(judge, X)).mean() + fake(answer(judge, answer(maker, noise[0]).detach())).mean()
        stored[f"{name}_judge"], stored[f"{name}_judge_loss"] = flat(torch.autograd.grad(loss, judge)), loss.item()
        made = answer(maker, noise[1])
        loss = fool(answer(judge, made)).mean()
        stored[f"{name}_through"] = torch.autograd.grad(loss, made, retain_graph=True)[0].numpy()
        stored[f"{name}_maker"], stored[f"{name}_maker_loss"] = flat(torch.autograd.grad(loss, maker)), loss.item()

    net, X = drawn(rng, CODE), torch.tensor(rng.standard_normal((9, 6)))
    loss = 0.5 * ((answer(net, X) - X) ** 2).sum(1).mean()
    stored |= {"code_theta": flat(net), "code_X": X.numpy(), "code_loss": loss.item(),
               "code_grad": flat(torch.autograd.grad(loss, net))}

    net, X = drawn(rng, STEPS), torch.tensor(rng.standard_normal((4, 5, 3)))
    y = torch.tensor(rng.integers(-1, 4, (4, 5)))
    loss = F.cross_entropy(answer(net, X).reshape(-1, 4), y.reshape(-1), ignore_index=-1)
    stored |= {"steps_theta": flat(net), "steps_X": X.numpy(), "steps_y": y.numpy(), "steps_loss": loss.item(),
               "steps_grad": flat(torch.autograd.grad(loss, net))}
    np.savez(FILE, torch=torch.__version__, **stored)


if __name__ == "__main__":
    main()
