"""Layers: pairs of pure functions."""

from ann_core.nn.layers.attention import Attended, SelfAttention
from ann_core.nn.layers.base import PLAIN, Layer, Pass, Sequential
from ann_core.nn.layers.bidirectional import Bidirectional
from ann_core.nn.layers.block import Block
from ann_core.nn.layers.convolution import Conv2D
from ann_core.nn.layers.dense import Activate, Dense, EachStep
from ann_core.nn.layers.dropout import Dropout
from ann_core.nn.layers.embedding import Embedding
from ann_core.nn.layers.encoder_decoder import EncoderDecoder
from ann_core.nn.layers.gru import GRU
from ann_core.nn.layers.layer_norm import LayerNorm
from ann_core.nn.layers.lstm import LSTM
from ann_core.nn.layers.normalization import BatchNorm
from ann_core.nn.layers.pooling import AveragePool2D, Flatten, GlobalAveragePool, GlobalMaxPool, GlobalPool, MaxPool2D, Pool2D
from ann_core.nn.layers.position import Positions
from ann_core.nn.layers.recurrent import Recurrent
from ann_core.nn.layers.rnn import RNN
from ann_core.nn.layers.transformer import TransformerBlock

__all__ = ["GRU", "LSTM", "PLAIN", "RNN", "Activate", "Attended", "AveragePool2D", "BatchNorm", "Bidirectional", "Block",
           "Conv2D", "Dense", "Dropout", "EachStep", "Embedding", "EncoderDecoder", "Flatten", "GlobalAveragePool",
           "GlobalMaxPool", "GlobalPool", "Layer", "LayerNorm", "MaxPool2D", "Pass", "Pool2D", "Positions", "Recurrent",
           "SelfAttention", "Sequential", "TransformerBlock"]
