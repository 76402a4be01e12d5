"""The lesson on backpropagation: values forward, derivatives back, on a network small enough to follow number by number."""

from ann_core.lessons.backprop_worksheet import worksheet
from ann_core.nn import network
from ann_core.scalar import autograd, chain
from ann_core.scalar import matrix as chain_matrix
from ui.lesson import Idea, lesson
from ui.lessons.backprop import ADDRESS, asks, controls, links, shows_graph, shows_learning

IDEAS = (
    Idea("forward", "Forward: from the inputs to the loss",
         "How does a network come to its answer, and how wrong is it? One example goes in at the left. Each unit adds up its "
         "inputs, each times a **weight**, plus a **bias** (the sum z), and bends that sum with its **activation** (the "
         "answer a). At the end the **loss** L says how wrong the answer is. Step through it, and change any number.",
         "Forward: every unit's sum z, then its answer a, layer by layer, and the loss at the end.",
         shows_graph.forward, asks.forward, code=(autograd.Value, chain.trace), core=True),
    Idea("backward", "Backward: from the loss to every weight",
         "Which weight is to blame, and how much? The **derivative** ∂L/∂w says it: a small change of w, times it, is the "
         "change of the loss. Below 0, more of w lowers the loss. The *chain rule* finds it from what stands to its right: a "
         "derivative already known, times the slope of one small step; where several ways lead on, their sum.",
         "Backward: a known derivative times a local slope, added up over the ways that lead on; no way is walked twice.",
         shows_graph.backward, asks.backward, code=(autograd.Value.backward,), core=True),
    Idea("chain", "One weight's chain, factor by factor",
         "By which ways does one weight reach the loss? Click a weight or a bias: everything in between lights up. Along each "
         "**path** the slopes are multiplied. And where several paths lead to the loss?",
         "A derivative is a sum over paths, and each path a product of local slopes, weights among them.",
         shows_graph.chain, asks.chain, code=(chain.Path,), core=True),
    Idea("matrix", "The same in matrices",
         "Must one go through a layer number by number? Taken whole, its weights form a table W, one row for each input and "
         "one column for each unit. The same numbers come out, all units at once, and the **shapes** tell whether a product "
         "is possible.",
         "Forward, layer l: Zˡ = Aˡ⁻¹Wˡ + bˡ. Backward: dZˡ = dAˡ ⊙ g′(Zˡ), dWˡ = (Aˡ⁻¹)ᵀ dZˡ / m, dAˡ⁻¹ = dZˡ (Wˡ)ᵀ.",
         shows_graph.matrix, asks.matrix, code=(chain_matrix._passes, network.Network.gradient_into)),
    Idea("update", "Update: one step of learning, and the cycle",
         "All derivatives are known: how does the network get better? Every weight takes a small step against its own; the "
         "**learning rate** η says how small. Then it all begins again: forward, loss, backward, update.",
         "Backpropagation computes the gradient, the optimiser updates the weights; then repeat.",
         shows_learning.update, asks.update, code=(chain.learn,), core=True),
    Idea("xor", "XOR: the cycle, 10,000 times",
         "Can four hidden units learn what no single line can do? XOR answers 1 when exactly one of two inputs is 1. Two "
         "inputs, four hidden units and one output go through nothing but this cycle. An **epoch** is one pass over all four "
         "corners.",
         "Nothing but forward, loss, backward, update, repeated 10,000 times: that is enough for XOR.",
         shows_learning.xor, asks.xor, link=links.xor, code=(chain_matrix.learn, network.Network.loss_and_grad)),
    Idea("playground", "Your own network from the Playground",
         "Does it work for your own network, too? Here is a small one of yours, as it stands in the Playground now, with one "
         "of its training rows. The graph on this page and the engine that trains there work differently: compare their "
         "gradients.",
         "What you follow by hand here is exactly what the Playground's engine computes, row by row.",
         shows_learning.playground, asks.playground, link=links.playground, code=(chain.from_run,)),
    Idea("worksheet", "Worksheet: by hand",
         "Could you do it with a pencil? A page to print in the shape of the present network, with blanks to fill in, and a "
         "key apart. Choose its shape by an example, and its numbers by the number of the sheet.",
         "Whoever has filled in one sheet by hand knows what backpropagation is.",
         shows_learning.worksheet, asks.worksheet, code=(worksheet,)),
)

lesson("backprop", IDEAS, controls, ADDRESS)
