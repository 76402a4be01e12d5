"""Layers: pairs of pure functions."""

from ann_core.nn.layers.base import PLAIN, Layer, Mode, Residual, Sequential
from ann_core.nn.layers.dense import Activate, Dense
from ann_core.nn.layers.dropout import Dropout
from ann_core.nn.layers.normalization import BatchNorm

__all__ = ["PLAIN", "Activate", "BatchNorm", "Dense", "Dropout", "Layer", "Mode", "Residual", "Sequential"]
