"""Attention: from a sentence squeezed into one state to looking back at all of it. A lesson, and a lab."""

from functools import partial

from ann_core.lessons import attention as core
from ann_core.lessons import attention_depth as deep_stacks
from ann_core.lessons import attention_large as sizes
from ann_core.lessons import attention_trained as trained
from ann_core.lessons.attention_heads import look as by_hand
from ann_core.lessons.attention_spread import spread
from ann_core.nn.layers import EncoderDecoder, LayerNorm, Positions, SelfAttention, TransformerBlock
from ann_core.nn.layers.attention import ahead, softmax_rows
from ann_core.nn.layers.scores import Additive, Dot, General
from ui.architectures.attention import lab, onward
from ui.architectures.views import switch, views
from ui.lesson import Idea, lesson
from ui.lessons.attention import (
    PAGE,
    asks,
    asks_scores,
    asks_whole,
    controls,
    links,
    links_whole,
    shows_block,
    shows_depth,
    shows_heads,
    shows_large,
    shows_look,
    shows_order,
    shows_scores,
)

IDEAS = (
    Idea("squeeze", "A question in 32 numbers",
         "Could you say 4711 backwards after hearing it once, and then eight digits? Two networks try. One must keep all that "
         "it reads in 32 numbers, its *state*; the other one may look back at the question. (The part that reads is called "
         "*encoder*, the part that writes the answer, token by token, *decoder*.) What is lost when everything must fit into "
         "one state?",
         "A single state has to carry all that was read; the longer the question, the fewer answers come out whole.",
         shows_look.squeeze, asks.squeeze, link=links.squeeze, code=(EncoderDecoder.forward, trained.by_length), core=True),
    Idea("look", "Looking back",
         "Why keep only what one knows at the end? The encoder has a state e after each token. With *attention* the decoder "
         "looks back at all of them. Move its *query* q, the numbers by which it asks: which state is taken in, and how much "
         "of it?",
         "Attention is a score for each state, a softmax that makes weights of the scores, and the sum weighted by them.",
         shows_look.look, asks.look, link=links.look, code=(core.look_back, softmax_rows), core=True),
    Idea("scores", "Three ways to score",
         "How well does a state fit a query? One answer is a *dot product*: number times number, added up. Two others learn "
         "something of their own. Change score and query: what can each one look for?",
         "A dot product finds more of what the query has; a matrix between lets it ask for something else; only the additive "
         "score bends.",
         shows_scores.scores, asks_scores.scores, link=links.scores, code=(Dot, General, Additive)),
    Idea("views", "Query, key, value",
         "How can one vector ask, be found, and hand something over? Where tokens look at each other, which is called "
         "*self-attention*, each one does all three.",
         "A query is what a token asks for, a key what it is found by, a value what it hands over: three learned views of "
         "one vector.",
         shows_look.views, asks.views, link=links.views, code=(core.see, SelfAttention.forward)),
    Idea("root", "Divided by a root",
         "What happens to the weights when queries become longer? A *Transformer* is a network of self-attention. Its score of "
         "a key k for a query q is q · k: each number of q times the same number of k, added up. It divides every score by √d, "
         "where d is how many numbers q has. Take more numbers, with the root and without it.",
         "Scores spread like √d; without the root the softmax gives nearly all to one key, and its slope vanishes.",
         shows_scores.root, asks_scores.root, link=links.root, code=(spread, SelfAttention.backward)),
    Idea("heads", "Several looks at once",
         "What if two things are needed that stand at two places? One softmax makes one set of weights. What changes when a "
         "vector is cut into two *heads*, each with a softmax of its own?",
         "Heads share a vector's numbers and look each for itself; one head alone can only take in one mean.",
         shows_heads.heads, asks_scores.heads, link=links.heads, code=(by_hand, SelfAttention.forward), core=True),
    Idea("order", "Does it know the order?",
         "Does a Transformer know what comes first? It has no state that goes from token to token: every place looks at all "
         "places at once. Here it turns digits round. What does it know of where they stand?",
         "Attention by itself sees which tokens there are and not where; positions have to be added to them.",
         shows_order.order, asks.order, link=links.order, code=(Positions, trained.best_without_places), core=True),
    Idea("mask", "No look ahead",
         "How far does one get without looking ahead? A network that writes may not see what it has yet to say. So each place "
         "looks at itself and at those before it, and at nothing else. The same digits are turned round.",
         "A causal mask gives all later places the weight 0; what lies ahead can then only be guessed.",
         shows_order.mask, asks.mask, link=links.mask, code=(ahead, trained.best_behind_a_mask)),
    Idea("block", "One block, forward and back",
         "What is a Transformer made of? Of blocks: attention between the tokens, then a small *feed-forward* network at each "
         "of them, and past both a *residual* way on which what came is added again. Choose a part: what stands there, and "
         "what gradient comes back to it?",
         "A block adds to what came; so the gradient goes back by two ways at once, and both add up.",
         shows_block.block, asks_whole.block, link=links_whole.block,
         code=(TransformerBlock.forward, TransformerBlock.backward)),
    Idea("depth", "Many blocks",
         "Does a gradient come back through dozens of blocks? Large models have so many, one behind the other. Here are "
         "twenty such stacks before their first step of learning. What do the residual way and layer norm do for the gradient "
         "on its way back?",
         "The residual lets the gradient pass every block, and layer norm before each half keeps its size.",
         shows_depth.depth, asks_whole.depth, link=links_whole.depth, code=(deep_stacks.reach, LayerNorm.backward)),
    Idea("large", "From here to large models",
         "Where are all the parameters of a large model? Those that write whole texts are built of the same blocks. Set their "
         "sizes: where are the parameters, and what else grows?",
         "A large model has the same parts: about 12 d² parameters in each block, T² weights in each head, and far more text "
         "to learn from.",
         shows_large.large, asks_whole.large, link=links_whole.large, code=(sizes.Sizes, sizes.counted)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=onward, beside=partial(switch, PAGE)), lab)
