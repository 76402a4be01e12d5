"""A network as an ONNX file: the preparation of its inputs, its steps, and the answer in the visitor's own terms."""

import numpy as np
import onnx
from onnx import TensorProto, helper

from ann_core.data.table.encoder import CategoryColumn, InputColumn, NumberColumn, OrderedColumn
from ann_core.data.table.moment_column import MomentColumn
from ann_core.export.onnx_graph import IR, OPSET, OPSET_ML, Graph
from ann_core.export.onnx_steps import WRITERS
from ann_core.export.steps import INPUTS
from ann_core.export.taken import Inputs, Taken

ML = "ai.onnx.ml"
ANSWER = "answer"
WRITES = ("One call writes one token and reads the question anew: the first half of the steps is the question, the second half "
          "what was written so far, one step later. The loop around it is `written` in Python with NumPy.")
MOMENTS = ("No operator of ONNX reads dates, so they come as the numbers that are made of them; `moments` in Python with NumPy "
           "makes these.")


def to_onnx(t: Taken) -> bytes:
    """The file. Inputs: one for each column, (rows, 1), numbers in double precision (a gap is NaN) or words (a gap is ''); or
    one array. Outputs: `answer`, and `probabilities` where there are classes."""
    inputs = t.inputs.without_moments
    names = _input_names(inputs)
    g = Graph(names)
    values = {INPUTS: _prepared(g, inputs, names)}
    for step in t.every_step:
        values[step.name] = WRITERS[step.kind](g, step, *(values[value] for value in step.takes))
    last = t.every_step[-1] if t.every_step else t.steps[-1]
    outputs = _outputs(g, t, values[last.name], last.shape)
    graph = g.proto("network", [_info(name, *kind) for name, kind in zip(names, _kinds(inputs), strict=True)], outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(ML, OPSET_ML)],
                              producer_name="Neural playground", ir_version=IR,
                              doc_string=f"{t.title}. {onnx_note(t)}".strip())
    helper.set_model_props(model, {f"class {i}": name for i, name in enumerate(t.answer.names)})
    onnx.checker.check_model(model)
    return model.SerializeToString()


def onnx_note(t: Taken) -> str:
    """What is to be known of this network's file."""
    dates = any(isinstance(column, MomentColumn) for column in t.inputs.columns)
    return " ".join([*([WRITES] if t.writes else []), *([MOMENTS] if dates else [])])


def _info(name: str, kind: int, shape: tuple[int, ...]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, ["rows", *shape])


def _input_names(inputs: Inputs) -> list[str]:
    """The columns' own names; with something in front where one is empty or comes twice."""
    names = Graph()
    return [names.name(column.name or "column") for column in inputs.columns] or [inputs.name]


def _kinds(inputs: Inputs) -> list[tuple[int, tuple[int, ...]]]:
    if not inputs.columns:
        return [(TensorProto.DOUBLE, inputs.raw)]
    return [(TensorProto.DOUBLE if isinstance(column, NumberColumn) else TensorProto.STRING, (1,)) for column in inputs.columns]


def _prepared(g: Graph, inputs: Inputs, names: list[str]) -> str:
    """What the network is given, in single precision."""
    if inputs.columns:
        parts = [_number(g, column, name) if isinstance(column, NumberColumn) else _words(g, column, name)
                 for column, name in zip(inputs.columns, names, strict=True)]
        value = g.node("Concat", *parts, axis=1)
    else:
        value = g.node("Reshape", names[0], g.constant(np.array([0, -1])))
    if inputs.features:
        columns = [g.node("Gather", value, g.constant(np.array([i])), axis=1) for i in range(len(inputs.columns))]
        value = g.node("Concat", *(FEATURE_NODES[key](g, *columns) for key in inputs.features), axis=1)
    scaler = inputs.scaler
    value = g.node("Sub", value, g.constant(scaler.center, np.float64))
    value = g.node("Div", value, g.constant(scaler.scale, np.float64))
    if not scaler.varies.all():
        value = g.node("Where", g.constant(scaler.varies), value, g.constant(np.zeros(1), np.float64))
    value = g.node("Cast", value, to=TensorProto.FLOAT)
    return g.node("Reshape", value, g.constant(np.array([0, *inputs.shape])))


def _number(g: Graph, column: NumberColumn, name: str) -> str:
    return g.node("Where", g.node("IsNaN", name), g.constant(np.array(column.fill), np.float64), name)


def _words(g: Graph, column: InputColumn, name: str) -> str:
    """One input for each word, or its place on a scale, as `encode` makes them of words that are spelt as in the table."""
    assert isinstance(column, CategoryColumn | OrderedColumn)
    usual = column.values.index(column.fill) if column.fill in column.values else 0
    other = isinstance(column, CategoryColumn) and column.other
    unknown = len(column.values) if other else usual
    known = {word: i for i, word in enumerate(column.values)}
    known.setdefault("", usual)  # a gap
    place = g.node("LabelEncoder", name, domain=ML, keys_strings=[word.encode() for word in known],
                   values_int64s=list(known.values()), default_int64=unknown)
    if isinstance(column, OrderedColumn):
        return g.node("Cast", place, to=TensorProto.DOUBLE)
    last = len(column.values) + other
    columns = np.arange(last)[-len(column.inputs):]
    return g.node("Cast", g.node("Equal", place, g.constant(columns[None])), to=TensorProto.DOUBLE)


def _sine(g: Graph, x: str) -> str:
    """ONNX's Sin is spelt for single precision by most runtimes; π is multiplied in double precision before."""
    turned = g.node("Mul", x, g.constant(np.array(np.pi), np.float64))
    return g.node("Sin", turned)


FEATURE_NODES = {
    "x1": lambda g, *x: x[0],
    "x2": lambda g, *x: x[1],
    "x1_squared": lambda g, *x: g.node("Mul", x[0], x[0]),
    "x2_squared": lambda g, *x: g.node("Mul", x[1], x[1]),
    "x1_x2": lambda g, *x: g.node("Mul", x[0], x[1]),
    "sin_x1": lambda g, *x: _sine(g, x[0]),
    "sin_x2": lambda g, *x: _sine(g, x[1]),
}


def _outputs(g: Graph, t: Taken, value: str, shape: tuple[int, ...]) -> list[onnx.ValueInfoProto]:
    if t.answer.kind in ("classes", "tokens"):
        g.nodes_out("Identity", [value], ["probabilities"])
        best = g.node("ArgMax", value, axis=-1, keepdims=0)
        g.nodes_out("LabelEncoder", [best], [ANSWER], ML, keys_int64s=list(range(len(t.answer.names))),
                    values_strings=[name.encode() for name in t.answer.names], default_string=b"")
        said, probabilities = g.nodes[-1].output[0], g.nodes[-3].output[0]
        return [_info(said, TensorProto.STRING, shape[:-1]), _info(probabilities, TensorProto.FLOAT, shape)]
    g.nodes_out("Identity", [value], [ANSWER])
    return [_info(g.nodes[-1].output[0], TensorProto.DOUBLE, shape)]
