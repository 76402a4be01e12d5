"""Layers: pairs of pure functions."""

from ann_core.layers.base import PLAIN, Layer, Mode, Residual, Sequential
from ann_core.layers.dense import Activate, Dense
from ann_core.layers.dropout import Dropout
from ann_core.layers.normalization import BatchNorm

__all__ = ["PLAIN", "Activate", "BatchNorm", "Dense", "Dropout", "Layer", "Mode", "Residual", "Sequential"]
