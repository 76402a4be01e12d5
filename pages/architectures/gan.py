"""Two networks against each other: a generator and a discriminator. A lab."""

from ui.architectures.gan import lab

lab()
