"""Layers: pairs of pure functions."""

from ann_core.nn.layers.base import PLAIN, Layer, Pass, Sequential
from ann_core.nn.layers.block import Block
from ann_core.nn.layers.convolution import Conv2D
from ann_core.nn.layers.dense import Activate, Dense, EachStep
from ann_core.nn.layers.dropout import Dropout
from ann_core.nn.layers.normalization import BatchNorm
from ann_core.nn.layers.pooling import AveragePool2D, Flatten, GlobalAveragePool, GlobalMaxPool, GlobalPool, MaxPool2D, Pool2D

__all__ = ["PLAIN", "Activate", "AveragePool2D", "BatchNorm", "Block", "Conv2D", "Dense", "Dropout", "EachStep", "Flatten",
           "GlobalAveragePool", "GlobalMaxPool", "GlobalPool", "Layer", "MaxPool2D", "Pass", "Pool2D", "Sequential"]
