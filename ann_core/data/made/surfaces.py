"""Functions to fit, with values in [−1, 1]: f(X) with X (N, D) -> (N,). One or two inputs."""

import numpy as np

# Centre x₁, centre x₂, width, height of each hill (a negative height is a hollow).
HILLS = np.array([[-1.4, 1.2, 0.8, 1], [1.3, 1.4, 0.7, -0.8], [1.2, -1.3, 0.9, 0.9], [-1.3, -1.3, 0.7, -1]])


def plane(X):
    """y = (x₁ + x₂) / 5"""
    return X.sum(axis=1) / 5


def hills(X):
    """y = Σₖ hₖ exp(−‖x − cₖ‖² / 2sₖ²)"""
    squared_distance = np.square(X[:, None] - HILLS[:, :2]).sum(axis=2)
    return np.exp(-squared_distance / (2 * HILLS[:, 2] ** 2)) @ HILLS[:, 3]


def ripple(X):
    """y = cos(π r) exp(−r/3), r = ‖x‖"""
    r = np.hypot(X[:, 0], X[:, 1])
    return np.cos(np.pi * r) * np.exp(-r / 3)


def sine(X):
    """y = sin(π x₁)"""
    return np.sin(np.pi * X[:, 0])


def step(X):
    """y = −1 left of 0 and +1 from 0 on"""
    return np.where(X[:, 0] < 0, -1.0, 1.0)


def absolute(X):
    """y = |x₁| − 1"""
    return np.abs(X[:, 0]) - 1


def cubic(X):
    """y = (x₁³ − 3x₁) / 2"""
    return (X[:, 0] ** 3 - 3 * X[:, 0]) / 2
