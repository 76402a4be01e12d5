"""The lesson on backpropagation: values forward, derivatives back, on a network small enough to follow number by number."""

from ann_core.lessons.backprop_worksheet import worksheet
from ann_core.nn import network
from ann_core.scalar import autograd, chain
from ann_core.scalar import matrix as chain_matrix
from ui.lesson import Idea, lesson
from ui.lessons import backprop, backprop_ideas, backprop_more
from ui.lessons.backprop_more import SMALL

IDEAS = (
    Idea("forward", "Forward: from the inputs to the loss",
         "A sample goes in at the left. Each unit adds up its inputs, each times a **weight**, plus a **bias** (the sum z), "
         "and bends that sum with its **activation** (the answer a). At the end the **loss** L says how wrong the answer is. "
         "Step through it, and change any number.",
         backprop_ideas.forward_show,
         "Forward: every unit's sum z, then its answer a, layer by layer, and the loss at the end.",
         backprop_ideas.forward_ask, code=(autograd.Value, chain.trace)),
    Idea("backward", "Backward: from the loss to every weight",
         "The **derivative** ∂L/∂w is the slope of the loss over w: how many times as much the loss changes as w does. Below "
         "0, more of w lowers the loss. The *chain rule* finds it from what stands to its right: a derivative already known, "
         "times the slope of one small step; where several ways lead on, their sum.",
         backprop_ideas.backward_show,
         "Backward: a known derivative times a local slope, added up over the ways that lead on; no way is walked twice.",
         backprop_ideas.backward_ask, code=(autograd.Value.backward,)),
    Idea("chain", "One weight's chain, factor by factor",
         "Click a weight or a bias. Everything between it and the loss lights up. Along each **path** the slopes are "
         "multiplied; where several paths lead to the loss, their products are added.",
         backprop_ideas.chain_show,
         "A derivative is a sum over paths, and each path a product of local slopes, weights among them.",
         backprop_ideas.chain_ask, code=(chain.Path,)),
    Idea("matrix", "The same in matrices",
         "A whole layer at once: its weights form a table W, one row for each input and one column for each unit. The same "
         "numbers come out, all units at once, and the **shapes** tell whether a product is possible.",
         backprop_ideas.matrix_show,
         "Forward, layer l: Zˡ = Aˡ⁻¹Wˡ + bˡ. Backward: dZˡ = dAˡ ⊙ g′(Zˡ), dWˡ = (Aˡ⁻¹)ᵀ dZˡ / m, dAˡ⁻¹ = dZˡ (Wˡ)ᵀ.",
         backprop_ideas.matrix_ask, code=(chain_matrix._passes, network.Network.gradient_into)),
    Idea("update", "Update: one step of learning, and the cycle",
         "Now every weight takes a small step against its derivative; the **learning rate** η says how small. Then it all "
         "begins again: forward, loss, backward, update.",
         backprop_more.update_show, "Backpropagation computes the gradient, the optimiser updates the weights; then repeat.",
         backprop_more.update_ask, code=(chain.learn,)),
    Idea("xor", "XOR: the cycle, 10,000 times",
         "XOR answers 1 when exactly one of two inputs is 1. Two inputs, four hidden units and one output learn it by nothing "
         "but this cycle. An **epoch** is one pass over all four corners.",
         backprop_more.xor_show, "Nothing but forward, loss, backward, update, repeated 10,000 times: that is enough for XOR.",
         backprop_more.xor_ask, backprop_more.xor_config, (chain_matrix.learn, network.Network.loss_and_grad)),
    Idea("playground", "Your own network from the Playground",
         "A small network of yours, as it stands in the Playground now, with one of its training rows. The graph on this page "
         "and the engine that trains there work differently and get the same gradient.",
         backprop_more.playground_show,
         "What you follow by hand here is exactly what the Playground's engine computes, row by row.",
         backprop_more.playground_ask, lambda: SMALL, (chain.from_run,)),
    Idea("worksheet", "Worksheet: by hand",
         "A page to print in the shape of the present network, with blanks to fill in, and a key apart. Choose its shape by "
         "an example, and "
         "its numbers by the number of the sheet.",
         backprop_more.worksheet_show, "Whoever has filled in one sheet by hand knows what backpropagation is.",
         backprop_more.worksheet_ask, code=(worksheet,)),
)

lesson("backprop", "Backpropagation", IDEAS, backprop.ADDRESS)
