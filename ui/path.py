"""The path: the lessons in their order, and how far a visitor has come."""

from dataclasses import dataclass

import streamlit as st

from ui.progress import SEEN


@dataclass(frozen=True)
class Lesson:
    """A lesson on the path. page: its file in pages/<group>/ without .py, which is also its name in the session and in the
    table of docs/curriculum.md   group: where it stands in the menu"""

    page: str
    title: str
    icon: str
    sentence: str
    group: str = "learn"

    @property
    def place(self) -> str:
        """Its page's name in pages/, for example learn/losses."""
        return f"{self.group}/{self.page}"


LESSONS = (
    Lesson("neuron", "Neuron", ":material/adjust:", "A weighted sum, a threshold, and how they are learned."),
    Lesson("backprop", "Backpropagation", ":material/account_tree:", "How the chain rule finds every derivative."),
    Lesson("activations", "Activations", ":material/show_chart:", "Why units bend their sums, and what each bend costs."),
    Lesson("losses", "Losses", ":material/trending_down:", "What counts as a mistake, and how much."),
    Lesson("optimizers", "Optimisers", ":material/directions_run:", "How a gradient becomes a step, and which suits when."),
    Lesson("initialization", "Initialisation", ":material/start:", "How weights begin, and what that decides."),
    Lesson("gradients", "Gradients", ":material/stairs:", "Why they vanish or explode on their way back, and what helps."),
    Lesson("generalization", "Generalisation", ":material/query_stats:", "What learning is worth on rows never seen."),
    Lesson("convolution", "Convolution", ":material/grid_on:", "Small filters that look at every place of a picture.",
           "architectures"),
    Lesson("autoencoder", "Autoencoder", ":material/compress:", "Through a few numbers and back: learning without labels.",
           "architectures"),
    Lesson("recurrence", "Recurrence", ":material/cycle:", "A state that is carried on, and what time does to its gradient.",
           "architectures"),
    Lesson("attention", "Attention", ":material/center_focus_strong:", "Looking back at everything instead of remembering it.",
           "architectures"),
    Lesson("gan", "GAN", ":material/compare_arrows:", "Two networks learn against each other: one makes, one judges.",
           "architectures"),
)
"""The path, in order."""


def of_group(group: str) -> list[Lesson]:
    """The lessons of one group, in their order."""
    return [lesson for lesson in LESSONS if lesson.group == group]


def standing(lesson: Lesson) -> str:
    """How many of its ideas the visitor has seen; of how many, once the lesson has been opened since this session began. "" for
    none."""
    seen = [key for page, key in st.session_state.get(SEEN, ()) if page == lesson.page]
    total = st.session_state.get(f"{lesson.page}/ideas")
    if total:
        return f"{len(seen)} of {total} ideas seen"
    return f"{len(seen)} idea{'s' * (len(seen) > 1)} seen" if seen else ""
